"""Every page worth looking at, each brought into view as its user comes to it."""

import secrets
from collections.abc import Mapping
from datetime import date

from playwright.sync_api import Page

from tests.browser.desk_pages import DESK_STOPS
from tests.browser.journey import add_file, ask_to_follow, come_back, photo, send_complaint, send_correction
from tests.browser.rare_pages import RARE_STOPS
from tests.browser.site import Site
from tests.browser.staff_pages import STAFF_STOPS
from tests.browser.stop import Show, Stop, open_below, open_of_article

WORDS = {"ar": "عدد الأسر 1,200 وليس 12,000. الرقم في تقرير البلدية.", "en": "It is 1,200, not 12,000. See the report."}

QUESTIONS = {
    "ar": "كيف تحققتم من هذا الرقم؟ ومن أي مصدر جاء؟",
    "en": "How was this figure checked?",
}


def _article(page: Page, site: Site, language: str) -> None:
    page.goto(f"{site.url}{site.article_with_notice(language)}")


def _passage(page: Page, site: Site, language: str) -> None:
    page.goto(f"{site.url}{site.article_root(language)}correction/?revision=1&place=2")


def _choosing(page: Page, site: Site, language: str) -> None:
    open_of_article("correction/")(page, site, language)
    page.locator("button[value=place]").click()


def _check(page: Page, site: Site, language: str) -> None:
    """Two errors of one sending, one of them about a passage."""
    _passage(page, site, language)
    _write_error(page, language)
    page.locator("button[value=another]").click()
    _write_error(page, language)


def _write_error(page: Page, language: str) -> None:
    page.locator("input[name=problem][value=fact]").check()
    page.locator("#id_text").fill(WORDS[language])
    page.locator("input[name=reply][value=receipt]").check()
    page.locator("form .send button").click()
    page.locator("button[value=send]").wait_for()


def _received_together(page: Page, site: Site, language: str) -> None:
    _check(page, site, language)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/received/")


def _errors(kind: str) -> Show:
    def show(page: Page, site: Site, language: str) -> None:
        open_of_article(f"{kind}/")(page, site, language)
        page.locator("#id_address").fill("reader@example")
        page.locator("form .send button").click()
        page.locator(".err-box").wait_for()

    return show


def _received(page: Page, site: Site, language: str) -> None:
    send_correction(page, f"{site.url}{site.articles(language)[0]}", WORDS[language], "reader@example.org")


def _status(page: Page, site: Site, language: str) -> None:
    send_complaint(page, f"{site.url}{site.articles(language)[0]}", WORDS[language])
    page.goto(f"{site.url}/{language}/my-case/")


def _files(page: Page, site: Site, language: str) -> None:
    _received(page, site, language)
    add_file(page, f"{site.url}/{language}/my-case/files/", "photo.png", photo((600, 400)))
    page.locator("ul.stack li").wait_for()


def _file_refused(page: Page, site: Site, language: str) -> None:
    _received(page, site, language)
    add_file(page, f"{site.url}/{language}/my-case/files/", "photo.jpg", b"<svg onload='alert(1)'/>")
    page.locator(".err-box").wait_for()


def _follow_errors(page: Page, site: Site, language: str) -> None:
    open_of_article("follow/")(page, site, language)
    page.locator("#id_address").fill("reader@example")
    page.locator("main form .btn").click()
    page.locator(".err-box").wait_for()


def _follow_asked(page: Page, site: Site, language: str) -> None:
    ask_to_follow(page, f"{site.url}{site.article_root(language)}follow/", f"{secrets.token_hex(8)}@example.org")


def _follow_link(page: Page, site: Site, language: str) -> None:
    address = f"{secrets.token_hex(8)}@example.org"
    ask_to_follow(page, f"{site.url}{site.article_root(language)}follow/", address)
    page.goto(site.link_mailed_to(address, "follow"))


def _mailed_link(page: Page, site: Site, language: str) -> None:
    address = f"{secrets.token_hex(8)}@example.org"
    send_correction(page, f"{site.url}{site.articles(language)[0]}", WORDS[language], address)
    page.goto(site.link_mailed_to(address, "open"))


def _wrong_receipt(page: Page, site: Site, language: str) -> None:
    page.goto(f"{site.url}/{language}/case/")
    page.locator("#id_receipt").fill("1234 5678")
    page.locator("form .send button").click()
    page.locator(".err-box").wait_for()


def _queue(page: Page, site: Site, language: str) -> None:
    come_back(page, site.url, language, "salma")


def _case(page: Page, site: Site, language: str) -> None:
    come_back(page, site.url, language, "salma")
    page.locator(".cases h2 a").first.click()
    page.locator(".dgrid").wait_for()


def _case_refused(page: Page, site: Site, language: str) -> None:
    _case(page, site, language)
    page.locator(".compose button").last.click()
    page.locator(".err-box").wait_for()


def _ask_statement(page: Page, site: Site, language: str) -> None:
    """The page on which somebody is asked for a statement, of the first case that is still open."""
    come_back(page, site.url, language, "salma")
    page.locator(".cases h2 a").first.click()
    page.locator("a[href*='/statements/']").click()
    page.locator("#id_question").wait_for()


def _ask_statement_refused(page: Page, site: Site, language: str) -> None:
    _ask_statement(page, site, language)
    page.locator("#id_name").fill("هدى العلي")
    page.locator("main form .acts button").click()
    page.locator(".err-box").wait_for()


def _statement_asked(page: Page, site: Site, language: str) -> str:
    """Asks somebody outside, and gives the address that was written to."""
    address = f"{secrets.token_hex(8)}@example.org"
    _ask_statement(page, site, language)
    page.locator("#id_name").fill("هدى العلي")
    page.locator("#id_address").fill(address)
    page.locator("#id_language").select_option(language)
    page.locator("#id_question").fill(QUESTIONS[language])
    page.locator("main form .acts button").click()
    page.locator("#statements-head").wait_for()
    return address


def _case_with_statement(page: Page, site: Site, language: str) -> None:
    _statement_asked(page, site, language)


def _statement(page: Page, site: Site, language: str) -> None:
    page.goto(site.link_mailed_to(_statement_asked(page, site, language), "statement"))


def _statement_refused(page: Page, site: Site, language: str) -> None:
    _statement(page, site, language)
    page.locator("main form .btn").click()
    page.locator(".err-box").wait_for()


def _statement_given(page: Page, site: Site, language: str) -> None:
    _statement(page, site, language)
    page.locator("#id_text").fill(WORDS[language])
    page.locator("main form .btn").click()
    page.locator(".tag.good").wait_for()


def _case_stale(page: Page, site: Site, language: str) -> None:
    """Two messages to one reader at once, the second from a page that does not know of the first."""
    _case(page, site, language)
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (other, page):
        tab.locator(".compose textarea").fill(WORDS[language])
        with tab.expect_navigation():
            tab.locator("button[formaction*='/message/']").click()
    other.close()
    page.locator(".err-box .both").wait_for()


def _record(page: Page, site: Site, language: str) -> None:
    """The record of a complaint that was decided."""
    come_back(page, site.url, language, "salma")
    page.goto(f"{site.url}/{language}/desk/?view=decided&kind=complaint")
    page.locator(".cases h2 a").first.click()
    page.locator("a[href$='/record/']").click()
    page.locator("#record-decisions").wait_for()


def _record_pack_refused(page: Page, site: Site, language: str) -> None:
    """The reader is to be named to an outside body, and no reason is given."""
    _case(page, site, language)
    form = page.locator("form[action*='/pack/']")
    page.locator("details:has(form[action*='/pack/']) > summary").click()
    form.locator("input[name=identity]").check()
    form.locator("button").click()
    page.locator(".err-box").wait_for()


def _statistics(path: str) -> Show:
    def show(page: Page, site: Site, language: str) -> None:
        come_back(page, site.url, language, "salma")
        page.goto(f"{site.url}/{language}/desk/{path}")

    return show


def _deadlines(path: str) -> Show:
    def show(page: Page, site: Site, language: str) -> None:
        come_back(page, site.url, language, "karam")
        page.goto(f"{site.url}/{language}/desk/deadlines/{path}")

    return show


def _deadlines_refused(path: str, field: str) -> Show:
    def show(page: Page, site: Site, language: str) -> None:
        _deadlines(path)(page, site, language)
        page.locator(f"#id_{field}").fill("?")
        page.locator(f"form:has(#id_{field}) button[type=submit]").click()
        page.locator(".err-box").wait_for()

    return show


def _procedure_preview(page: Page, site: Site, language: str) -> None:
    _deadlines("procedures/complaint/")(page, site, language)
    page.locator("form:has(input[value=bbc]) button").click()
    page.locator("table.terms").wait_for()


def _bulk(action: str) -> Show:
    """The page that follows the choice of an action for the first cases of the list."""

    def show(page: Page, site: Site, language: str) -> None:
        come_back(page, site.url, language, "salma")
        for box in page.locator(".cases [name=case]").all()[:3]:
            box.check()
        page.locator("#bulk-action").select_option(action)
        page.locator("button[formaction*='/bulk/']").click()
        page.locator("form[action*='/bulk/']").first.wait_for()

    return show


def _bulk_preview(page: Page, site: Site, language: str) -> None:
    _bulk("write")(page, site, language)
    for each, words in WORDS.items():
        page.locator(f"#id_text_{each}").fill(words)
    page.locator("main form .btn").first.click()
    page.locator("#preview-head").wait_for()


def _bulk_refused(page: Page, site: Site, language: str) -> None:
    _bulk("write")(page, site, language)
    page.locator("main form .btn").first.click()
    page.locator(".err-box").wait_for()


def _job(page: Page, site: Site, language: str) -> None:
    _bulk_preview(page, site, language)
    page.locator("form[action*='/start/'] button").click()
    # The page loads itself again when the job has ended.
    page.locator("[data-progress]").wait_for(state="detached")
    page.locator("#progress-head").wait_for()


def _decision(page: Page, site: Site, language: str) -> None:
    come_back(page, site.url, language, "salma")
    page.goto(f"{site.url}/{language}/desk/?view=all&kind=correction")
    for address in page.locator(".cases h2 a").evaluate_all("links => links.map(link => link.href)"):
        page.goto(address.partition("?")[0] + "decide/")
        if page.locator("#id_reason").count():
            return
    raise AssertionError("no case of the demonstration can be decided")


def _decision_previewed(page: Page, site: Site, language: str) -> None:
    _decision(page, site, language)
    page.locator("input[name=remedy][value=none]").check()
    page.locator("#id_reason").fill(WORDS[language])
    page.locator("button[name=preview]").click()
    page.locator(".letters").wait_for()


def _just_done(page: Page, site: Site, language: str) -> None:
    _case(page, site, language)
    page.locator("form.compose textarea").fill(WORDS[language])
    page.locator("button[formaction*='/note/']").click()
    page.locator(".done").wait_for()


def _decision_refused(page: Page, site: Site, language: str) -> None:
    _decision(page, site, language)
    # A draft of an earlier stop may stand there.
    page.locator("#id_reason").fill("")
    page.locator("button[name=publish]").click()
    page.locator(".err-box").wait_for()


STOPS: tuple[Stop, ...] = (
    Stop("front", open_below(""), shows="newsroom:front"),
    Stop("article", _article, shows="newsroom:article_with_words"),
    Stop("correction-form", open_of_article("correction/"), shows="reader:correction"),
    Stop("correction-form-errors", _errors("correction"), refuses=True, shows="reader:correction"),
    Stop("correction-form-passage", _passage, shows="reader:correction"),
    Stop("choose-place", _choosing, shows="reader:correction"),
    Stop("check-answers", _check, shows="reader:correction"),
    Stop("received-together", _received_together, shows="reader:received"),
    Stop("complaint-form", open_of_article("complaint/"), shows="reader:complaint"),
    Stop("complaint-form-errors", _errors("complaint"), refuses=True, shows="reader:complaint"),
    Stop("received", _received, shows="reader:received"),
    Stop("files", _files, shows="reader:files"),
    Stop("files-errors", _file_refused, refuses=True, shows="reader:files"),
    Stop("follow", open_of_article("follow/"), shows="reader:follow"),
    Stop("follow-errors", _follow_errors, refuses=True, shows="reader:follow"),
    Stop("follow-asked", _follow_asked, shows="reader:follow_asked"),
    Stop("follow-link", _follow_link, shows="reader:confirm_follow"),
    Stop("follow-gone", open_below("follow/gone/"), refuses=True, shows="reader:confirm_follow"),
    Stop("mailed-link", _mailed_link, shows="reader:open_link"),
    Stop("tracking", _status, shows="reader:my_case"),
    Stop("open-case", open_below("case/"), shows="reader:open_case"),
    Stop("open-case-errors", _wrong_receipt, refuses=True, shows="reader:open_case"),
    Stop("corrections-log", open_below("corrections/"), shows="reader:notices"),
    Stop("promise", open_below("how-we-correct/"), shows="reader:promise"),
    Stop("complaints", open_below("how-we-handle-complaints/"), shows="reader:complaints"),
    Stop("code-of-ethics", open_below("code-of-ethics/"), shows="reader:code"),
    Stop("not-found", open_below("999999/"), refuses=True, shows="newsroom:article"),
    *RARE_STOPS,
    Stop("sign-in", open_below("desk/sign-in/")),
    *STAFF_STOPS,
    Stop("triage-list", _queue),
    Stop("triage-detail", _case),
    Stop("triage-detail-errors", _case_refused, refuses=True),
    Stop("ask-statement", _ask_statement),
    Stop("ask-statement-errors", _ask_statement_refused, refuses=True),
    Stop("record", _record),
    Stop("record-pack-errors", _record_pack_refused, refuses=True),
    Stop("triage-detail-statement", _case_with_statement),
    Stop("statement-link", _statement, shows="reader:statement"),
    Stop("statement-link-errors", _statement_refused, refuses=True, shows="reader:statement"),
    Stop("statement-given", _statement_given, shows="reader:statement"),
    Stop("statement-gone", open_below("statement/gone/"), refuses=True, shows="reader:statement"),
    Stop("triage-detail-stale", _case_stale, refuses=True),
    Stop("statistics", _statistics("statistics/")),
    Stop("statement", _statistics(f"statistics/statement/{date.today().year}/")),  # noqa: DTZ011 - any day of the year
    *DESK_STOPS,
    Stop("deadlines", _deadlines("")),
    Stop("simulator", _deadlines("simulator/?kind=complaint&day=20/2/2025&time=16:00&urgent=on")),
    Stop("simulator-errors", _deadlines("simulator/?kind=complaint&day=&time=25"), refuses=True),
    Stop("procedure", _deadlines("procedures/complaint/")),
    Stop("procedure-errors", _deadlines_refused("procedures/complaint/", "decide"), refuses=True),
    Stop("procedure-preview", _procedure_preview),
    Stop("working-week", _deadlines("week/")),
    Stop("working-week-errors", _deadlines_refused("week/", "day0"), refuses=True),
    Stop("holidays", _deadlines("holidays/")),
    Stop("holidays-errors", _deadlines_refused("holidays/", "day"), refuses=True),
    Stop("triage-search", _statistics("?view=all&words=القرى")),
    Stop("bulk-preview", _bulk_preview),
    Stop("bulk-errors", _bulk_refused, refuses=True),
    Stop("bulk-job", _job),
    Stop("bulk-jobs", _statistics("jobs/")),
    Stop("triage-detail-undo", _just_done),
    Stop("decision", _decision),
    Stop("decision-preview", _decision_previewed),
    Stop("decision-errors", _decision_refused, refuses=True),
)
BY_NAME: Mapping[str, Stop] = {stop.name: stop for stop in STOPS}
