"""The list of cases: order, views, filters, search, pages, words, and what it costs."""

import html
import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from corrections.domain import queue, queue_filters
from corrections.enums import Severity
from corrections.models import Case, Delivery
from corrections.templatetags.desk_words import due_class, due_words, event_words
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import HOSTILE, address_of, fields_in, now, page_address, press, text_of
from tests.factories import make_article, make_case, make_section

QUEUE = "/ar/desk/"
DAMASCUS = ZoneInfo("Asia/Damascus")
#: Monday, half past ten in the morning.
MONDAY = datetime(2025, 2, 17, 10, 30, tzinfo=DAMASCUS)
MIDNIGHT = datetime(2025, 2, 18, 0, 0, tzinfo=DAMASCUS)


def shown(client: Client, **filters: Any) -> list[int]:
    """The ids of the cases on the page, in order."""
    return [row.pk for row in client.get(QUEUE, filters).context["queue"].rows]


def count_of(client: Client, view: str) -> int:
    counts: dict[str, int] = client.get(QUEUE).context["queue"].counts
    return counts[view]


def make_due(case: Case, due: datetime, **fields: Any) -> Case:
    Case.objects.filter(pk=case.pk).update(decision_due_at=due, **fields)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def three(article: Article) -> list[Case]:
    """Cases due in five days, in two, and (people's safety) in nine."""
    cases = [make_case(article, now=now(), text=f"ملاحظة رقم {number}") for number in range(3)]
    later = [now() + timedelta(days=days) for days in (5, 2, 9)]
    return [
        make_due(cases[0], later[0]),
        make_due(cases[1], later[1]),
        make_due(cases[2], later[2], severity=Severity.SAFETY),
    ]


def test_safety_stands_first_and_then_what_is_due_first(desk: Client, three: list[Case]) -> None:
    assert shown(desk) == [three[2].pk, three[1].pk, three[0].pk]


def test_what_runs_stands_before_what_waits_for_its_reader_and_that_before_what_is_done_with(
    desk: Client, article: Article
) -> None:
    running, paused, done = (make_case(article, now=now(), text=f"ملاحظة رقم {number}") for number in range(3))
    press(desk, paused, "claim")
    press(desk, paused, "ask", text="ما المصدر؟")
    Case.objects.filter(pk=done.pk).update(status="withdrawn")
    make_due(running, now() + timedelta(days=9))
    make_due(paused, now() - timedelta(days=1))
    make_due(done, now() - timedelta(days=30))
    assert shown(desk, view="all") == [running.pk, paused.pk, done.pk]


def test_each_view_shows_its_cases_and_the_rail_counts_them(desk: Client, three: list[Case]) -> None:
    first, second, third = three
    press(desk, first, "claim")
    press(desk, second, "hold", reason="abuse")
    press(desk, third, "claim")
    press(desk, third, "ask", text="ما المصدر؟")
    expected: dict[str, set[int]] = {
        "open": {first.pk, third.pk},
        "overdue": set(),
        "today": set(),
        "unassigned": set(),
        "mine": {first.pk, third.pk},
        "mentions": set(),
        "waiting": {third.pk},
        "signature": set(),
        "reviews": set(),
        "snoozed": set(),
        "held": {second.pk},
        "decided": set(),
        "all": {first.pk, second.pk, third.pk},
    }
    assert {view: set(shown(desk, view=view)) for view in expected} == expected
    assert desk.get(QUEUE).context["queue"].counts == {view: len(pks) for view, pks in expected.items()}


def test_a_late_case_is_late_until_the_clock_stops(desk: Client, case_in_review: Case) -> None:
    make_due(case_in_review, now() - timedelta(days=3))
    assert shown(desk, view="overdue") == [case_in_review.pk]
    assert 'class="count alert"' in desk.get(QUEUE).content.decode()
    assert "طلب واحد، منها طلب متأخر واحد" in text_of(desk.get(QUEUE))
    press(desk, case_in_review, "ask", text="ما المصدر؟")
    assert (shown(desk, view="overdue"), count_of(desk, "overdue")) == ([], 0)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "complaint"}, ["complaint"]),
        ({"kind": "correction", "language": "ar"}, ["arabic"]),
        ({"language": "en"}, ["english"]),
        ({"section": "sport"}, ["english"]),
        ({"severity": "serious"}, ["arabic"]),
        ({"severity": "serious", "language": "en"}, []),
        ({"kind": "nonsense"}, []),
        ({"section": HOSTILE}, []),
    ],
)
def test_filters_narrow_the_list(desk: Client, article: Article, filters: dict[str, str], expected: list[str]) -> None:
    cases = {
        "arabic": make_case(article, now=now()),
        "english": make_case(make_article("en", section=make_section("sport")), now=now()),
        "complaint": make_case(article, now=now(), kind="complaint"),
    }
    Case.objects.filter(pk=cases["arabic"].pk).update(severity="serious")
    assert sorted(shown(desk, **filters)) == sorted(cases[name].pk for name in expected)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"owner": "me"}, ["taken"]),
        ({"owner": "nobody"}, ["late", "new"]),
        ({"owner": "somebody"}, ["other", "taken"]),
        ({"status": "in_review", "owner": "me"}, ["taken"]),
        ({"due": "overdue"}, ["late"]),
        ({"due": "today"}, ["taken"]),
        ({"due": "week"}, ["other", "taken"]),
        ({"channel": "api"}, ["other"]),
        ({"owner": "nonsense"}, []),
        ({"due": HOSTILE}, []),
    ],
)
def test_filters_of_owner_state_due_and_channel(
    desk: Client, article: Article, second_editor: StaffMember, filters: dict[str, str], expected: list[str]
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        cases = {
            name: make_case(article, now=now(), text=f"ملاحظة {name}") for name in ("new", "late", "taken", "other")
        }
        press(desk, cases["taken"], "claim")
        press(desk, cases["other"], "assign", assignee=second_editor.pk)
        make_due(cases["late"], MONDAY - timedelta(minutes=1))
        make_due(cases["taken"], MONDAY + timedelta(hours=3))
        # The last minute of the working week, which begins on Sunday.
        make_due(cases["other"], datetime(2025, 2, 22, 23, 59, tzinfo=DAMASCUS), channel="api")
        make_due(cases["new"], datetime(2025, 2, 23, 0, 0, tzinfo=DAMASCUS))
        assert sorted(shown(desk, **filters)) == sorted(cases[name].pk for name in expected)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("17/02/2025", "", [2, 3]),
        ("", "17/2/2025", [1, 2]),
        ("١٧/٠٢/٢٠٢٥", "۱۷٫۰۲٫۲۰۲۵".replace("٫", "."), [2]),
        ("2025-02-18", "2025-02-17", [2, 3]),
        ("31/12/2026", "", []),
    ],
)
def test_arrived_between_two_days_in_any_digits_and_in_either_order(
    desk: Client, article: Article, first: str, last: str, expected: list[int]
) -> None:
    moments = {1: MONDAY - timedelta(hours=10, minutes=31), 2: MIDNIGHT - timedelta(seconds=1), 3: MIDNIGHT}
    cases = {number: make_case(article, now=moment, text=f"ملاحظة {number}") for number, moment in moments.items()}
    found = shown(desk, view="all", from_day=first, to_day=last)
    assert sorted(found) == sorted(cases[number].pk for number in expected)


@pytest.mark.parametrize(
    "written", ["2/17/2025", "30/02/2025", "yesterday", HOSTILE, "0000-00-00", "1/1/1", "9999-12-31"]
)
def test_a_day_that_is_none_is_said_beside_its_field_and_stays_there(
    desk: Client, three: list[Case], written: str
) -> None:
    response = desk.get(QUEUE, {"from_day": written})
    page = response.content.decode()
    assert len(response.context["queue"].rows) == 3
    assert fields_in(page, "from_day") == [written]
    assert re.search(r'<p class="err" id="from_day-error">.*يلزم يوم بصيغة', page)
    assert 'aria-describedby="from_day-error"' in page


@pytest.mark.parametrize("words", ["الجدول", "جدول", "جَدْوَل", "تقرير الجدول", " ألجدول "])
def test_words_are_found_however_they_are_written(desk: Client, article: Article, words: str) -> None:
    wanted = make_case(article, now=now(), text="الرقم في الجدول الثاني من تقرير البلدية.")
    make_case(article, now=now(), text="سؤال آخر تمامًا.")
    assert shown(desk, view="all", words=words) == [wanted.pk]


def test_the_headline_of_the_article_as_it_is_now_finds_the_case_and_the_article(
    desk: Client, article: Article
) -> None:
    case = make_case(article, now=now(), text="الرقم غير صحيح.")
    make_case(make_article("en"), now=now(), text="Another report.")
    response = desk.get(QUEUE, {"view": "all", "words": "الزيتون"})
    assert ids(response) == [case.pk]
    assert [found.pk for found in response.context["articles"]] == [article.pk]
    assert "<bdi>عودة ضخ المياه إلى عين الزيتون</bdi></a>" in response.content.decode()
    assert desk.get(QUEUE, {"view": "all"}).context["articles"] == []


def _in_arabic_digits(number: str) -> str:
    return number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


@pytest.mark.parametrize("write", [str, _in_arabic_digits])
@pytest.mark.parametrize("form", ["{year}/{sequence:04d}", " {year} / {sequence} ", "{sequence:04d}", "{sequence}"])
def test_a_number_leads_to_its_case_from_whichever_view(desk: Client, three: list[Case], write: Any, form: str) -> None:
    case = three[1]
    Case.objects.filter(pk=case.pk).update(status="closed", decided_at=now(), closed_at=now())
    words = write(form.format(year=case.year, sequence=case.sequence))
    response = desk.get(QUEUE, {"kind": "complaint", "words": words})
    assert (response.status_code, response["Location"]) == (302, address_of(case))


def test_a_number_of_several_years_lists_them_all_and_one_of_no_case_is_searched_as_words(
    desk: Client, three: list[Case]
) -> None:
    Case.objects.filter(pk=three[0].pk).update(year=three[0].year - 1, sequence=three[1].sequence)
    assert set(shown(desk, view="decided", words=str(three[1].sequence))) == {three[0].pk, three[1].pk}
    assert shown(desk, view="all", words="9999") == []


def test_a_number_leads_nobody_to_a_case_that_they_may_not_see(
    article: Article, conflicted: Client, three: list[Case]
) -> None:
    Case.objects.update(kind="complaint", was_complaint=True)
    response = conflicted.get(QUEUE, {"view": "all", "words": three[1].number})
    assert (response.status_code, response.context["rows"]) == (200, [])


@pytest.mark.parametrize(
    "words", [HOSTILE, "%", "_", "\\", "'; DROP TABLE", "2025/99999999999", "\u202e", "9" * 5000, "/"]
)
def test_a_strange_search_is_answered(desk: Client, three: list[Case], words: str) -> None:
    response = desk.get(QUEUE, {"view": "all", "words": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "place", ["0", "-1", "x", "4-1-1", "1-" + "9" * 18 + "-1", "1-1-" + "9" * 400, "\u0661-1-1", "1-1", ""]
)
@pytest.mark.parametrize("side", ["after", "before"])
def test_a_strange_place_in_the_list_is_its_beginning(desk: Client, three: list[Case], place: str, side: str) -> None:
    assert len(shown(desk, **{side: place})) == 3


def test_an_unknown_view_is_the_open_one(desk: Client, three: list[Case]) -> None:
    assert desk.get(QUEUE, {"view": HOSTILE}).context["queue"].filters.view == "open"


def followed(client: Client, response: Any, relation: str) -> Any:
    """The page behind the link to the next or the previous one."""
    link = re.search(rf'<a href="([^"]+)" rel="{relation}">', response.content.decode())
    assert link
    return client.get(QUEUE + html.unescape(link[1]))


def ids(response: Any) -> list[int]:
    return [row.pk for row in response.context["queue"].rows]


def test_pages_keep_the_view_and_the_filters_and_lead_on_and_back(desk: Client, article: Article) -> None:
    for number in range(52):
        make_case(article, now=now(), text=f"ملاحظة رقم {number}")
    asked = {"view": "unassigned", "kind": "correction", "words": "ملاحظة"}
    pages = [desk.get(QUEUE, asked)]
    for _turn in range(2):
        pages.append(followed(desk, pages[-1], "next"))
    assert [len(ids(page)) for page in pages] == [25, 25, 2]
    assert len({pk for page in pages for pk in ids(page)}) == 52
    assert {page.context["queue"].filters.words for page in pages} == {"ملاحظة"}
    assert [page.context["queue"].later is None for page in pages] == [False, False, True]
    back = followed(desk, pages[2], "prev")
    assert (ids(back), ids(followed(desk, back, "prev"))) == (ids(pages[1]), ids(pages[0]))
    assert followed(desk, back, "prev").context["queue"].earlier is None


def test_the_selection_is_one_form_around_the_list(desk: Client, three: list[Case]) -> None:
    page = desk.get(QUEUE, {"view": "unassigned", "kind": "correction"}).content.decode()
    form = re.search(r'<form id="selection" method="post".*?</form>', page, re.DOTALL)
    assert form
    assert fields_in(form[0], "case") == [case.number for case in (three[2], three[1], three[0])]
    assert fields_in(form[0], "filters") == ["view=unassigned&kind=correction"]
    assert fields_in(form[0], "whole_view") == []


def test_all_of_a_view_can_be_selected_once_a_page_does_not_hold_it(desk: Client, article: Article) -> None:
    make_cases(article, 26)
    page = desk.get(QUEUE).content.decode()
    assert (fields_in(page, "whole_view"), 'data-total="26"' in page) == (["1"], True)


def test_a_page_misses_nothing_and_repeats_nothing_when_the_list_changes_meanwhile(
    desk: Client, article: Article
) -> None:
    cases = [make_case(article, now=now(), text=f"ملاحظة رقم {number}") for number in range(30)]
    first = desk.get(QUEUE, {"view": "unassigned"})
    for case in cases[:10]:
        press(desk, case, "claim")
    second = followed(desk, first, "next")
    assert ids(second) == [case.pk for case in cases[25:]]


def test_an_empty_list_says_so(desk: Client) -> None:
    page = desk.get(QUEUE, {"view": "held"}).content.decode()
    assert ("data-cases" in page, 'class="pager"' in page) == (False, False)


def test_the_language_switch_keeps_the_place(desk: Client, three: list[Case]) -> None:
    assert (
        'href="/en/desk/?view=all&amp;kind=correction"'
        in desk.get(f"{QUEUE}?view=all&kind=correction").content.decode()
    )


def test_a_row_says_what_is_known(desk: Client, case: Case, article: Article, editor: StaffMember) -> None:
    make_case(article, now=now(), text="بلاغ آخر.")
    Case.objects.filter(pk=case.pk).update(severity="serious", language="en")
    Delivery.objects.filter(event__case=case).update(status="failed")
    text = " ".join(text_of(desk.get(QUEUE)).split())
    for words in (
        case.number,
        "خطأ جوهري",
        "بلاغ آخر عن المقال",
        "الإنكليزية",
        "غير مسند",
        "عودة ضخ المياه إلى عين الزيتون",
    ):
        assert words in text
    press(desk, case, "claim")
    assert f"<bdi>{editor.display_name}</bdi>" in desk.get(QUEUE).content.decode()


def test_hostile_words_of_readers_and_staff_stay_words(desk: Client, article: Article, editor: StaffMember) -> None:
    make_case(article, now=now(), text=HOSTILE)
    StaffMember.objects.filter(pk=editor.pk).update(display_name=HOSTILE)
    for name in ("queue", "notices", "deliveries"):
        page = desk.get(page_address(name)).content.decode()
        assert ("<script>alert" in page, "<img src=x" in page) == (False, False)


@pytest.mark.parametrize(
    ("due", "words", "look"),
    [
        (datetime(2025, 2, 17, 17, 0, tzinfo=DAMASCUS), "اليوم، 17:00", "today"),
        (datetime(2025, 2, 17, 23, 59, tzinfo=DAMASCUS), "اليوم، 23:59", "today"),
        (datetime(2025, 2, 18, 0, 0, tzinfo=DAMASCUS), "غدًا", ""),
        (datetime(2025, 2, 18, 23, 59, tzinfo=DAMASCUS), "غدًا", ""),
        (datetime(2025, 2, 19, 0, 0, tzinfo=DAMASCUS), "19 شباط", ""),
        (datetime(2025, 2, 16, 17, 0, tzinfo=DAMASCUS), "متأخر يوم واحد", "late"),
        (datetime(2025, 2, 10, 17, 0, tzinfo=DAMASCUS), "متأخر 7 أيام", "late"),
        (datetime(2025, 2, 5, 17, 0, tzinfo=DAMASCUS), "متأخر 12 يومًا", "late"),
        (datetime(2024, 11, 9, 17, 0, tzinfo=DAMASCUS), "متأخر 100 يوم", "late"),
    ],
)
def test_due_words(due: datetime, words: str, look: str) -> None:
    case = Case(status="new", decision_due_at=due)
    with translation.override("ar"):
        assert (due_words(case, MONDAY, MIDNIGHT), due_class(case, MONDAY, MIDNIGHT)) == (words, look)


def test_a_paused_clock_and_a_closed_case_have_no_due_words() -> None:
    late = datetime(2025, 2, 5, 17, 0, tzinfo=DAMASCUS)
    waiting = Case(status="waiting", waiting_on="reader", decision_due_at=late)
    closed = Case(status="closed", decision_due_at=late)
    with translation.override("ar"):
        assert due_words(waiting, MONDAY, MIDNIGHT) == "المهلة متوقفة"
    assert [due_class(case, MONDAY, MIDNIGHT) for case in (waiting, closed)] == ["", ""]


def test_the_history_says_which_severity_and_which_kind(desk: Client, case: Case) -> None:
    press(desk, case, "severity", severity="serious")
    press(desk, case, "kind", kind="addition")
    with translation.override("en"):
        assert [event_words(event) for event in case.events.all()] == [
            "Case received",
            "Severity set: Serious error",
            "Kind changed: Additional details",
        ]


def test_what_is_due_today_is_counted_by_the_sites_own_day(desk: Client, case: Case) -> None:
    make_due(case, datetime(2025, 2, 17, 23, 30, tzinfo=DAMASCUS))
    with time_machine.travel(datetime(2025, 2, 17, 22, 30, tzinfo=DAMASCUS), tick=False):
        assert count_of(desk, "today") == 1
    with time_machine.travel(datetime(2025, 2, 16, 23, 30, tzinfo=DAMASCUS), tick=False):
        assert count_of(desk, "today") == 0


def test_the_list_costs_the_same_at_3_rows_and_at_300(desk: Client, article: Article) -> None:
    paths = [QUEUE, f"{QUEUE}?view=all&words=ملاحظة&kind=correction", f"{QUEUE}?view=mine"]
    make_cases(article, 3)
    few = [queries_of(desk, path) for path in paths]
    make_cases(article, 297)
    assert [queries_of(desk, path) for path in paths] == few
    assert max(few) <= 12


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def make_cases(article: Article, number: int) -> None:
    for each in range(number):
        make_case(article, now=now(), text=f"ملاحظة رقم {each}")


def test_how_a_word_is_searched_does_not_tell_of_a_complaint_about_the_own_article(
    conflicted: Client, complaint: Case, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SQLite knows no likeness: here everything is alike, so that it shows when likeness is asked.
    monkeypatch.setattr(queue_filters, "alike", lambda words, column: Q())
    make_case(case.article, now=now(), kind="complaint", text="قنطرة")
    of_nobody, of_the_complaint = shown(conflicted, words="زمهرير"), shown(conflicted, words="قنطرة")
    assert of_nobody == of_the_complaint == [case.pk]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_search_finds_the_same_whether_its_cases_are_few_or_many_and_counts_a_few(
    desk: Client, three: list[Case], case: Case, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    for module in (queue_filters, queue):
        monkeypatch.setattr(module, "MOST_NAMED", most)
    response = desk.get(QUEUE, {"view": "all", "words": "ملاحظة"})
    found = response.context["queue"]
    assert [row.pk for row in found.rows] == [three[2].pk, three[1].pk, three[0].pk]
    assert (found.total, found.is_all) == (most, most == 3)
    said = {1: "أكثر من طلب واحد", 2: "أكثر من طلبين", 3: "3 طلبات"}
    assert said[most] in text_of(response)


def test_all_that_a_search_of_too_many_finds_is_selected_without_a_number(
    desk: Client, three: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (queue_filters, queue):
        monkeypatch.setattr(module, "MOST_NAMED", 2)
    monkeypatch.setattr(queue, "PAGE_SIZE", 1)
    page = desk.get(QUEUE, {"view": "all", "words": "ملاحظة"}).content.decode()
    assert re.findall(r'name="whole_view"[^>]*data-total="([^"]+)"> ([^<]+)<', page) == [
        ("2+", "تحديد كل طلبات هذا العرض")
    ]


def test_the_list_is_narrowed_to_a_colleague_and_says_so_and_is_cleared_again(
    desk: Client, three: list[Case], standards_editor: StaffMember
) -> None:
    Case.objects.filter(pk=three[0].pk).update(assigned_to=standards_editor, status="in_review")
    query = {"view": "open", "owner": str(standards_editor.pk), "from_day": "٠١/٠١/٢٠٢٥"}
    response = desk.get(QUEUE, query)
    assert ids(response) == [three[0].pk]
    text = " ".join(text_of(response).split())
    assert f"الكل المفتوح – {standards_editor.display_name}، ورد من يوم 01/01/2025" in text.replace(" ،", "،")
    assert '<a href="?view=open">إلغاء التصفية</a>' in response.content.decode()
    assert "إلغاء التصفية" not in text_of(desk.get(QUEUE))
    assert shown(desk, owner="99999999999999999") == []


def test_a_waiting_case_is_found_by_what_it_waits_for(desk: Client, three: list[Case]) -> None:
    for case, waiting_on in zip(three, ("reader", "second_signature"), strict=False):
        Case.objects.filter(pk=case.pk).update(status="waiting", waiting_on=waiting_on)
    found = {status: shown(desk, status=status) for status in ("reader", "second_signature")}
    assert found == {"reader": [three[0].pk], "second_signature": [three[1].pk]}
    offered = [value for value, _label in desk.get(QUEUE).context["choices"]["status"]]
    assert ("waiting" in offered, {"reader", "second_signature"} <= set(offered)) == (False, True)
    assert set(shown(desk, status="waiting")) == {three[0].pk, three[1].pk}
