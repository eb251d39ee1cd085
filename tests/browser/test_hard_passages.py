"""Passages that are hard to count, selected in a real browser and carried through real revisions: the same word twice,
signs above letters, Latin names, emoji, three paragraphs, edits before and inside, a paragraph that goes."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hard passages in a browser")]

SCIENTIST = "👩🏽‍🔬"
FIRST = f"قالت {SCIENTIST} الخبيرة إن 12,000 أسرة تنتظر 🎉 وإن 12,000 مشترك في شبكة BlueWell Trust عادوا."
SECOND = "أعلن مُحَمَّد الأَحْمَد ذلك في البلدة."
THIRD = "وتنتهي الأعمال قبل نهاية آذار."
ARTICLE = [FIRST, SECOND, THIRD]
#: Where words stand in the first paragraph, in code points.
AGAIN, TRUST = FIRST.rindex("12,000"), FIRST.index("Trust")

#: Selects from where a word stands for the n-th time in one paragraph to where another ends in the same or another one.
SELECT = """([from, word, nth, to, last]) => {
  const lines = [...document.querySelectorAll('#text [id^=p]')].map(paragraph => paragraph.firstChild);
  let start = -1;
  for (let time = 0; time < nth; time++) start = lines[from].data.indexOf(word, start + 1);
  const end = from === to ? lines[to].data.indexOf(last, start) : lines[to].data.indexOf(last);
  getSelection().setBaseAndExtent(lines[from], start, lines[to], end + last.length);
}"""


def select(page: Page, address: str, wanted: tuple[int, str, int, int, str]) -> list[str]:
    """Selects words of the article and takes the offer; gives the lines that the form quotes."""
    page.goto(address)
    page.evaluate(SELECT, list(wanted))
    page.locator(".pick a").click()
    page.wait_for_url("**/correction/?revision=*")
    return page.locator("blockquote.quote p").inner_text().splitlines()


@pytest.fixture(scope="module")
def address(site: Site) -> str:
    return site.url + site.bring(ARTICLE)


@pytest.mark.parametrize(
    ("wanted", "quoted", "place"),
    [
        ((0, "12,000", 2, 0, "12,000"), ["12,000"], f"1.{AGAIN}-1.{AGAIN + 6}"),
        ((0, SCIENTIST, 1, 0, SCIENTIST), [SCIENTIST], "1.5-1.9"),
        (
            (0, "BlueWell", 1, 0, "Trust"),
            ["BlueWell Trust"],
            f"1.{TRUST - 9}-1.{TRUST + 5}",
        ),
        ((1, "حَمَّ", 1, 1, "د"), ["مُحَمَّد"], "2.7-2.13"),
        ((0, "Trust", 1, 2, "الأعمال"), ["Trust عادوا.", SECOND, "وتنتهي الأعمال"], f"1.{TRUST}-3.14"),
    ],
    ids=["same word twice", "emoji of several", "latin name", "signs above letters", "three paragraphs"],
)
def test_the_form_quotes_the_whole_words_that_were_selected(
    browser: Browser, address: str, wanted: tuple[int, str, int, int, str], quoted: list[str], place: str
) -> None:
    with open_page(browser, width="phone") as page:
        assert select(page, address, wanted) == quoted
        assert page.url.partition("place=")[2] == place


def report(page: Page, address: str, wanted: tuple[int, str, int, int, str]) -> str:
    """Reports the selected words; gives the address of the own case in English."""
    select(page, address, wanted)
    page.locator("input[name=problem][value=fact]").check()
    page.locator("#id_text").fill("1,200")
    page.locator("input[name=reply][value=receipt]").check()
    page.locator(".send button[value=check]").click()
    page.locator("button[value=send]").click()
    page.wait_for_url("**/received/**")
    return page.url.replace("/ar/received/", "/en/my-case/")


def fate(page: Page, case: str) -> tuple[str, list[str]]:
    """What the own case says of its passage, and its words then and now."""
    page.goto(case)
    section = page.locator("section[aria-labelledby=passage-head]")
    return section.locator("p.mt3").inner_text(), section.locator("blockquote p").all_inner_texts()


def test_each_passage_goes_its_own_way_through_edits_before_it_inside_it_and_around_it(
    site: Site, browser: Browser, address: str
) -> None:
    there, changed, gone = (
        "It still stands in the article as it was.",
        "It has been changed since.",
        "It no longer stands in the article.",
    )
    with open_page(browser) as page:
        first, second, over, name = (
            report(page, address, (0, "12,000", 1, 0, "12,000")),
            report(page, address, (0, "12,000", 2, 0, "12,000")),
            report(page, address, (0, "عادوا", 1, 2, "الأعمال")),
            report(page, address, (1, "مُحَمَّد", 1, 1, "الأَحْمَد")),
        )
        before = "🎉🎉 فقرة جديدة فيها 12,000 أيضًا."
        site.bring([before, FIRST.replace("12,000", "1,200", 1), SECOND, THIRD])
        assert fate(page, first) == (changed, ["12,000", "1,200"])
        assert fate(page, second) == (there, ["12,000"])
        assert fate(page, over) == (there, [f"عادوا.\n{SECOND}\nوتنتهي الأعمال"])
        site.bring([before, FIRST.replace("12,000", "1,200"), THIRD, SECOND.replace("أعلن ", "قال ")])
        assert fate(page, second) == (changed, ["12,000", "1,200"])
        # The same words in another paragraph are not the passage: it went with its own.
        assert fate(page, name) == (gone, ["مُحَمَّد الأَحْمَد"])
        assert fate(page, over) == (
            changed,
            [f"عادوا.\n{SECOND}\nوتنتهي الأعمال", "عادوا.\nوتنتهي الأعمال"],
        )
