"""A complaint that is not upheld: decided by the readers' editor, signed by a second person, told to the reader."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import open_page, running_chromium
from tests.browser.journey import send_complaint, sign_in
from tests.journeys.documents import INVENTED, real_article, write_document
from tests.journeys.people import PASSWORD, confirm_address, hire, open_first_case, press
from tests.services.newsroom import Newsroom, running_newsroom
from tests.services.processes import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

READER = "reader@example.net"


@pytest.mark.parametrize("with_servers", [False, True], ids=["sqlite", "postgresql-and-redis"])
def test_a_complaint_is_decided_signed_by_another_and_told(with_servers: bool, tmp_path: Path) -> None:
    with running_newsroom(with_servers=with_servers) as newsroom, running_chromium() as browser:
        hire(newsroom)
        document = write_document(tmp_path, real_article() or INVENTED)
        path = newsroom.manage("import_articles", str(document)).split()[1]
        with open_page(browser, scripts=False) as page:
            receipt = send_complaint(page, newsroom.url + path, "لم يُتح الرد لمن يتناولهم المقال.", address=READER)
        wait_until(lambda: len(newsroom.mail.messages_to(READER)) == 1, 20, "the letter that confirms the address")
        confirm_address(browser, newsroom, READER)

        _an_editor_may_not_decide_it(browser, newsroom)
        _the_standards_editor_proposes(browser, newsroom)
        _another_signs(browser, newsroom)

        wait_until(lambda: len(newsroom.mail.messages_to(READER)) == 2, 20, "the letter with the decision")
        with open_page(browser, scripts=False) as page:
            page.goto(f"{newsroom.url}/ar/case/")
            page.locator("#id_receipt").fill(receipt)
            page.locator("form .send button").click()
            assert page.locator("h1").inner_text() == "الشكوى غير محقّة"
            assert "الرد طُلب قبل النشر" in page.locator("main").inner_text()


def _an_editor_may_not_decide_it(browser: Browser, newsroom: Newsroom) -> None:
    with open_page(browser) as page:
        open_first_case(page, newsroom, "nour")
        assert page.locator("a[href*='/decide/']").count() == 0


def _the_standards_editor_proposes(browser: Browser, newsroom: Newsroom) -> None:
    with open_page(browser) as page:
        open_first_case(page, newsroom, "salma")
        press(page, "claim")
        page.locator("a[href*='/decide/']").first.click()
        page.locator("input[name=remedy][value=none]").check()
        page.locator("input[name=finding][value=not_upheld]").check()
        page.locator("#id_reason").fill("الرد طُلب قبل النشر ولم يصل.")
        with page.expect_navigation():
            page.locator("button[name=publish]").click()
        assert page.locator(".dhead .tag").first.inner_text() == "بانتظار توقيع ثانٍ"
        assert page.locator("form[action*='/sign/']").count() == 0


def _another_signs(browser: Browser, newsroom: Newsroom) -> None:
    with open_page(browser) as page:
        sign_in(page, newsroom.url, "ar", "karam", PASSWORD)
        page.goto(f"{newsroom.url}/ar/desk/?view=signature")
        page.locator(".cases h2 a").first.click()
        press(page, "sign")
        assert page.locator(".dhead .tag").first.inner_text() == "صدر القرار"
