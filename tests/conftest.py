"""The personas of the tests: reader, author, editors, standards editor, administrator, stranger."""

import secrets
from collections.abc import Callable

import hypothesis
import pytest
from django.apps import apps
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from pytest_django import Settings

from corrections.models import Case
from newsroom import second_factor
from newsroom.models import Article, StaffMember
from tests.factories import make_article, make_staff

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile("tashih", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.load_profile("tashih")


@pytest.fixture(autouse=True)
def language_of_the_site() -> None:
    """A request leaves its language behind in its thread; no test begins with that of another."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def journal_of_its_own(settings: Settings) -> None:
    """Every test begins with the same numbers at the same moment, so that its letters bear the names of those of other
    tests, also of those that run beside it: in a common journal one would find the letter of the other sent."""
    settings.SENT_JOURNAL_DIR = settings.DATA_DIR / "sent" / secrets.token_hex(8)


@pytest.fixture
def author(db: None) -> StaffMember:
    return make_staff("author")


@pytest.fixture
def editor(db: None) -> StaffMember:
    return make_staff("editor")


@pytest.fixture
def second_editor(db: None) -> StaffMember:
    return make_staff("editor")


@pytest.fixture
def standards_editor(db: None) -> StaffMember:
    return make_staff("standards_editor")


@pytest.fixture
def administrator(db: None) -> StaffMember:
    return make_staff("administrator", is_staff=True)


@pytest.fixture
def article(author: StaffMember) -> Article:
    """An Arabic article by the author."""
    return make_article("ar", by=author)


@pytest.fixture
def english_article(author: StaffMember) -> Article:
    return make_article("en", by=author, byline="Layla Haddad")


@pytest.fixture
def reader(db: None) -> Client:
    """A reader's browser: no account, CSRF checked as in real life."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def stranger(db: None) -> Client:
    """Somebody who has not signed in and tries every door."""
    return Client()


@pytest.fixture
def signed_in(db: None) -> Callable[[StaffMember], Client]:
    """A browser in which a staff member has signed in."""

    def browser(member: StaffMember) -> Client:
        client = Client()
        client.force_login(member)
        if second_factor.has_second_factor(member):
            session = client.session
            session[second_factor.PROVED] = True
            session.save()
        return client

    return browser


@pytest.fixture
def row_counts(db: None) -> Callable[[], dict[str, int]]:
    """Counts the rows of every table of ours: equal before and after, if nothing was written."""

    def count() -> dict[str, int]:
        models = [*apps.get_app_config("newsroom").get_models(), *apps.get_app_config("corrections").get_models()]
        return {model._meta.label: model._default_manager.count() for model in models} | {
            "versions": sum(Case.objects.values_list("version", flat=True))
        }

    return count
