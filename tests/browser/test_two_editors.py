"""Two editors in two browsers at one case, in Arabic: they see each other, nothing of either is lost or undone."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import open_page
from tests.browser.journey import send_correction, sign_in
from tests.browser.site import Site, running_demonstration
from tests.services.chromium import CHROMIUM_ARGUMENTS, chromium_path

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("two editors")]

#: Presence holds so long here, in seconds; the pages say that somebody is there three times as often.
SECONDS = 6
NOUR, SALMA = "نور س.", "سلمى ع."
ANSWER, OTHER_ANSWER = "شكرًا لكم، نراجع الرقم مع البلدية.", "وصلنا بلاغكم، وسنعود إليكم غدًا."


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_demonstration(PRESENCE_SECONDS=str(SECONDS)) as running:
        yield running


@pytest.fixture(scope="module")
def second_browser(browser: Browser) -> Iterator[Browser]:
    """Another Chromium, a process of its own."""
    other = browser.browser_type.launch(executable_path=chromium_path(), args=[*CHROMIUM_ARGUMENTS])
    try:
        yield other
    finally:
        other.close()


@contextmanager
def desk_of(browser: Browser, site: Site, username: str) -> Iterator[Page]:
    with open_page(browser, locale="ar", width="desktop", refusals_expected=True) as page:
        page.set_default_timeout(20_000)
        sign_in(page, site.url, "ar", username)
        yield page


@pytest.fixture
def nour(browser: Browser, site: Site) -> Iterator[Page]:
    with desk_of(browser, site, "nour") as page:
        yield page


@pytest.fixture
def salma(second_browser: Browser, site: Site) -> Iterator[Page]:
    with desk_of(second_browser, site, "salma") as page:
        yield page


@pytest.fixture
def address(browser: Browser, site: Site) -> str:
    """A new case that nobody has looked at."""
    words = "عدد الأسر 1,200 وليس 12,000."
    with open_page(browser, locale="ar", width="desktop") as page:
        send_correction(page, f"{site.url}{site.articles('ar')[0]}", words)
        sign_in(page, site.url, "ar", "rami")
        page.goto(f"{site.url}/ar/desk/?view=unassigned")
        newest = page.locator(".cases h2 a").filter(has_text=words).last.get_attribute("href")
    return f"{site.url}{newest}".partition("?")[0]


def both_open(address: str, *pages: Page) -> None:
    for page in pages:
        page.goto(address)
        page.locator(".dgrid").wait_for()


def press(page: Page, door: str) -> None:
    """Presses the button that leads to a door of the case, where needed after choosing what is being added."""
    if page.locator(f"[name=addition][value={door}]").count():
        page.locator(f"[name=addition][value={door}]").check()
    with page.expect_navigation():
        page.locator(f"button[formaction*='/{door}/'], form[action*='/{door}/'] button.btn").first.click()


def top(page: Page, selector: str) -> float:
    """Where an element begins on the screen, in CSS pixels from above."""
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"]


def test_of_two_who_claim_at_once_one_has_the_case_and_the_other_sees_who(
    nour: Page, salma: Page, address: str
) -> None:
    both_open(address, nour, salma)
    press(nour, "claim")
    press(salma, "claim")
    refusal = salma.locator(".err-box")
    expect(refusal).to_contain_text("بدء المراجعة")
    expect(refusal).to_contain_text(NOUR)
    salma.goto(address)
    expect(salma.locator(".facts").first).to_contain_text(NOUR)


def test_a_stale_answer_stands_beside_the_others_and_goes_out_with_one_more_press(
    nour: Page, salma: Page, address: str
) -> None:
    both_open(address, nour, salma)
    nour.locator(".compose textarea").fill(ANSWER)
    salma.locator(".compose textarea").fill(OTHER_ANSWER)
    press(salma, "message")
    press(nour, "message")
    theirs, mine = nour.locator(".err-box .both section").all()
    expect(theirs).to_contain_text(OTHER_ANSWER)
    expect(theirs).to_contain_text(SALMA)
    expect(mine).to_contain_text(ANSWER)
    expect(nour.locator(".compose textarea")).to_have_value(ANSWER)
    press(nour, "message")
    expect(nour.locator(".talk")).to_contain_text(OTHER_ANSWER)
    expect(nour.locator(".talk")).to_contain_text(ANSWER)


def test_different_changes_go_through_side_by_side(nour: Page, salma: Page, address: str) -> None:
    both_open(address, nour, salma)
    salma.locator(".compose textarea").fill("اتصلتُ بالبلدية.")
    press(salma, "note")
    nour.locator("#severity_severity").select_option("serious")
    press(nour, "severity")
    assert nour.locator(".err-box").count() == 0
    expect(nour.locator(".dhead")).to_contain_text("خطأ جوهري")
    expect(nour.locator(".talk")).to_contain_text("اتصلتُ بالبلدية.")


def test_each_sees_the_other_look_write_and_leave_and_nothing_moves_under_the_cursor(
    browser: Browser, site: Site, salma: Page, address: str
) -> None:
    with desk_of(browser, site, "nour") as nour:
        both_open(address, salma)
        below = top(salma, ".dgrid")
        both_open(address, nour)
        here = salma.locator("[data-presence]")
        expect(here).to_have_text(f"في الصفحة الآن: {NOUR}", timeout=20_000)
        assert top(salma, ".dgrid") == below
        nour.locator(".compose textarea").press_sequentially("نراجع")
        expect(here).to_have_text(f"{NOUR} – كتابة", timeout=20_000)
        expect(nour.locator("[data-presence]")).to_have_text(f"في الصفحة الآن: {SALMA}", timeout=20_000)
        salma.goto(f"{site.url}/ar/desk/?view=all")
        expect(salma.locator(".cases [data-here]").filter(has_text=f"{NOUR} – كتابة")).to_have_count(1)
        last_row = top(salma, ".case:last-child")
    expect(salma.locator(".cases [data-here]").filter(has_text=NOUR)).to_have_count(0, timeout=30_000)
    assert top(salma, ".case:last-child") == last_row


def test_a_browser_that_died_is_gone_after_a_while(browser: Browser, site: Site, salma: Page, address: str) -> None:
    dying = browser.browser_type.launch(executable_path=chromium_path(), args=[*CHROMIUM_ARGUMENTS])
    page = dying.new_page(locale="ar")
    sign_in(page, site.url, "ar", "nour")
    both_open(address, page, salma)
    here = salma.locator("[data-presence]")
    expect(here).to_have_text(f"في الصفحة الآن: {NOUR}", timeout=20_000)
    # No word reaches the server any more, as when a computer loses its power.
    page.context.set_offline(True)
    dying.close()
    expect(here).to_have_text("", timeout=30_000)


def test_what_was_typed_is_kept_through_the_others_changes_and_on_another_computer(
    browser: Browser, second_browser: Browser, site: Site, address: str
) -> None:
    with desk_of(browser, site, "nour") as nour, desk_of(second_browser, site, "salma") as salma:
        both_open(address, nour, salma)
        nour.locator(".compose textarea").press_sequentially(ANSWER)
        expect(nour.locator(".compose [data-kept]")).to_contain_text("حُفظت المسودة عند", timeout=20_000)
        salma.locator(".compose textarea").fill("ملاحظة من زميلة.")
        press(salma, "note")
        expect(salma.locator(".compose textarea")).to_have_value("")
    with desk_of(second_browser, site, "nour") as elsewhere:
        both_open(address, elsewhere)
        expect(elsewhere.locator(".compose textarea")).to_have_value(ANSWER)
        press(elsewhere, "discard")
        expect(elsewhere.locator(".compose textarea")).to_have_value("")


def test_without_scripts_a_button_keeps_the_draft(browser: Browser, site: Site, address: str) -> None:
    with open_page(browser, locale="ar", width="phone", scripts=False) as page:
        sign_in(page, site.url, "ar", "nour")
        both_open(address, page)
        page.locator(".compose textarea").fill(ANSWER)
        page.locator(".compose [data-keep]").click()
        expect(page.locator(".compose textarea")).to_have_value(ANSWER)
        expect(page.locator(".compose [data-kept]")).to_contain_text("حُفظت المسودة عند")
