"""Everything that readers do, by keyboard alone: both languages, both widths, with scripts and without."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import open_page
from tests.browser.journey import photo
from tests.browser.keyboard import EVERYWHERE, Keyboard
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("readers' journeys")]

WORDS = {"ar": "عدد الأسر 1,200 وليس 12,000.", "en": "It is 1,200 families, not 12,000."}


@contextmanager
def reading(site: Site, browser: Browser, language: str, width: str, scripts: bool) -> Iterator[Keyboard]:
    """A reader on the newest article of a language."""
    with open_page(browser, locale=language, width=width, scripts=scripts) as page:
        page.goto(f"{site.url}{site.articles(language)[0]}")
        yield Keyboard(page)


def heading(keys: Keyboard) -> str:
    return keys.page.locator("h1").inner_text()


def answer_by_receipt(keys: Keyboard) -> None:
    keys.choose("reply", "receipt")
    keys.press("form .send button[value=check]")


@EVERYWHERE
def test_a_correction_is_written_checked_changed_sent_followed_and_withdrawn(
    site: Site, browser: Browser, language: str, width: str, scripts: bool
) -> None:
    with reading(site, browser, language, width, scripts) as keys:
        keys.press(".actions .btn[href$='/correction/']")
        keys.press("button[value=place]")
        keys.choose("place", "2")
        keys.press("button[value=placed]")
        assert keys.page.locator("blockquote.quote").count() == 1
        keys.choose("problem", "fact")
        keys.write("#id_text", WORDS[language])
        answer_by_receipt(keys)
        keys.press("button[value^=change]")
        keys.write("#id_sources", "https://example.org/report")
        keys.press("form .send button[value=check]")
        keys.press("button[value=send]")
        receipt = keys.page.locator("#receipt").inner_text()
        keys.press("a[href*='/my-case/files/']")
        keys.choose_file("#id_file", "photo.png", photo((300, 200)))
        keys.press("form[enctype] .btn")
        assert keys.page.locator("ul.stack li").count() == 1
        keys.press("a.back")
        keys.write("#id_text", WORDS[language] + " +")
        keys.press("form[action$='/write/'] button")
        assert WORDS[language] + " +" in keys.page.locator(".thread").last.inner_text()
        keys.press("form[action$='/end/'] button")
        keys.page.goto(f"{site.url}/{language}/case/")
        keys.write("#id_receipt", receipt)
        keys.press("form .send button")
        keys.press("form[action$='/withdraw/'] button")
        assert heading(keys) == {"ar": "سُحب الطلب", "en": "Withdrawn"}[language]


@EVERYWHERE
def test_a_complaint_is_made_with_clause_connection_and_remedy(
    site: Site, browser: Browser, language: str, width: str, scripts: bool
) -> None:
    with reading(site, browser, language, width, scripts) as keys:
        keys.press(".actions .btn[href$='/complaint/']")
        keys.tick("clauses", "fairness")
        keys.write("#id_text", WORDS[language])
        keys.choose("relation", "subject")
        keys.tick("sought", "reply")
        answer_by_receipt(keys)
        keys.press("button[value=send]")
        assert len([digit for digit in keys.page.locator("#receipt").inner_text() if digit.isdigit()]) == 24
        keys.press("form[action$='/saved/'] button")
        assert keys.page.locator("#receipt").count() == 0
        keys.press("a.btn[href*='/my-case/']")
        assert WORDS[language] in keys.page.locator(".thread").last.inner_text()


@EVERYWHERE
def test_an_article_is_followed(site: Site, browser: Browser, language: str, width: str, scripts: bool) -> None:
    with reading(site, browser, language, width, scripts) as keys:
        keys.press("a[href$='/follow/']")
        keys.write("#id_address", f"{language}.{width}.{scripts}@example.org")
        keys.press("main form .btn")
        assert (
            heading(keys)
            == {"ar": "رسالة فيها رابط في طريقها إلى البريد", "en": "A mail with a link is on its way"}[language]
        )
        keys.press("main a[href]")
        assert keys.page.locator("article").count() == 1


@EVERYWHERE
def test_the_promises_and_the_log_are_read_and_the_language_is_changed_in_place(
    site: Site, browser: Browser, language: str, width: str, scripts: bool
) -> None:
    other = {"ar": "en", "en": "ar"}[language]
    with reading(site, browser, language, width, scripts) as keys:
        for place in ("how-we-correct/", "how-we-handle-complaints/", "code-of-ethics/", "corrections/"):
            keys.press(f"footer a[href$='/{language}/{place}']")
            keys.press(f"header a[lang='{other}']")
            assert keys.page.url == f"{site.url}/{other}/{place}"
            keys.press(f"header a[lang='{language}']")


@EVERYWHERE
def test_an_empty_form_is_said_at_the_top_and_each_sentence_leads_to_its_field(
    site: Site, browser: Browser, language: str, width: str, scripts: bool
) -> None:
    with open_page(browser, locale=language, width=width, scripts=scripts, refusals_expected=True) as page:
        keys = Keyboard(page)
        page.goto(f"{site.url}{site.article_root(language)}correction/")
        keys.press("form .send button[value=check]")
        assert page.locator(".err-box:focus").count() == 1
        keys.reach(".err-box a[href='#id_text']")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.locator("#id_text:focus, #id_sources:focus").count() == 1
