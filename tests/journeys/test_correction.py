"""A correction, from the foot of an article to the mail that says it was right: over both set-ups, in a browser."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import open_page, running_chromium
from tests.browser.journey import send_correction
from tests.journeys.documents import article_to_correct, write_document
from tests.journeys.people import confirm_address, hire, open_first_case, press
from tests.services.newsroom import DESK_ADDRESS, Newsroom, running_newsroom

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

READER = "reader@example.net"
WORDS = "الكلمات “{wrong}” غير صحيحة. أعرف ذلك من مصدر أثق به."


@pytest.mark.parametrize("with_servers", [False, True], ids=["sqlite", "postgresql-and-redis"])
def test_a_correction_is_sent_asked_about_decided_published_and_told(with_servers: bool, tmp_path: Path) -> None:
    with running_newsroom(with_servers=with_servers) as newsroom, running_chromium() as browser:
        hire(newsroom)
        article, wrong, right = article_to_correct()
        path = _import(newsroom, write_document(tmp_path, article))

        receipt = _reader_reports(browser, newsroom, path, wrong)
        newsroom.mail.wait_for(2)
        confirm_address(browser, newsroom, READER)
        _editor_asks(browser, newsroom)
        newsroom.mail.wait_for(3)
        _reader_answers(browser, newsroom, receipt)
        newsroom.mail.wait_for(4)
        _editor_corrects(browser, newsroom, wrong, right)
        newsroom.mail.wait_for(5)

        _the_page_shows_the_notice(newsroom, path, right)
        _everybody_was_told(newsroom, wrong, receipt)


def _import(newsroom: Newsroom, document: Path) -> str:
    printed = newsroom.manage("import_articles", str(document), "--by", "layla")
    assert printed.startswith("published: /ar/1/")
    return printed.split()[1]


def _reader_reports(browser: Browser, newsroom: Newsroom, path: str, wrong: str) -> str:
    with open_page(browser, width="phone", scripts=False) as page:
        receipt = send_correction(page, newsroom.url + path, WORDS.format(wrong=wrong), READER)
        assert page.locator(".panel").inner_text().count("/0001") == 1
    digits = "".join(character for character in receipt if character.isdigit())
    assert len(digits) == 24
    return receipt


def _editor_asks(browser: Browser, newsroom: Newsroom) -> None:
    with open_page(browser) as page:
        open_first_case(page, newsroom, "nour")
        press(page, "claim")
        page.locator("textarea[name=text]").first.fill("من أين جاءت المعلومة؟")
        press(page, "ask")
        assert page.locator(".dhead .tag").first.inner_text() == "بانتظار رد خارجي"


def _reader_answers(browser: Browser, newsroom: Newsroom, receipt: str) -> None:
    with open_page(browser, width="phone", scripts=False) as page:
        page.goto(f"{newsroom.url}/ar/case/")
        page.locator("#id_receipt").fill(receipt)
        page.locator("form .send button").click()
        page.locator("#id_text").fill("من بيان الوكالة نفسها.")
        page.locator("form[action$='/write/'] button").click()
        assert page.locator("h1").inner_text() == "قيد التحقق"


def _editor_corrects(browser: Browser, newsroom: Newsroom, wrong: str, right: str) -> None:
    with open_page(browser) as page:
        open_first_case(page, newsroom, "nour")
        page.locator("a[href*='/decide/']").first.click()
        page.locator("input[name=remedy][value=correction]").check()
        page.locator("input[name=finding][value=upheld]").check()
        field = page.locator(f"textarea[name^='block-']:has-text('{wrong}')")
        field.fill(field.input_value().replace(wrong, right))
        page.locator("#id_reason").fill("راجعنا المصدر وصححنا النص.")
        with page.expect_navigation():
            page.locator("button[name=preview]").click()
        assert page.locator(".diff ins").count() >= 1
        with page.expect_navigation():
            page.locator("button[name=previewed]").click()
        assert page.locator(".dhead .tag").first.inner_text() == "صدر القرار"


def _the_page_shows_the_notice(newsroom: Newsroom, path: str, right: str) -> None:
    answer = httpx.get(newsroom.url + path)
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    text = answer.text.split('id="text"')[1].split("</div>")[0]
    assert right in text
    assert answer.text.count('class="notice"') == 1
    assert '"@type": "CorrectionComment"' in answer.text
    assert newsroom.url + "/ar/corrections/1/" in httpx.get(f"{newsroom.url}/ar/corrections/feed.atom").text
    assert httpx.get(f"{newsroom.url}/api/v1/notices/").json()[0]["article"] == 1


def _everybody_was_told(newsroom: Newsroom, wrong: str, receipt: str) -> None:
    """Receipt, question and decision to the reader, arrival to the desk, answer to the editor; no words of theirs."""
    assert len(newsroom.mail.messages_to(READER)) == 3
    assert len(newsroom.mail.messages_to(DESK_ADDRESS)) == 1
    assert len(newsroom.mail.messages_to("nour@example.org")) == 1
    for mail in newsroom.mail.messages():
        body = mail.text("plain") + mail.text("html")
        assert WORDS.format(wrong=wrong) not in body
        assert receipt not in body
        assert str(mail.message["Subject"]).endswith("/0001")
