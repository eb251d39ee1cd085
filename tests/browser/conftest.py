"""A running demonstration and a real browser for each file of tests that looks at pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import running_chromium
from tests.browser.site import Site, running_demonstration


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_demonstration() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_chromium() as running:
        yield running
