"""What the site promises: every page, form and article says it from the configuration that the clocks run on."""

import re
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from corrections.calendar import Shift, even_week
from corrections.domain import code
from corrections.domain.clock_words import span
from corrections.domain.code import Arrangement, ClauseWords
from corrections.enums import Finding, Ground, NoticeKind
from corrections.models import Clause, Holiday
from corrections.procedures import Clock, Unit
from corrections.templatetags.promises import NOTICE_MEANINGS
from newsroom.models import Article
from tests.factories import make_section, put_in_force, work_in

POLICY, PROCEDURE, CODE = "how-we-correct/", "how-we-handle-complaints/", "code-of-ethics/"
TEMPLATES = (
    "promise/times",
    "promise/urgent",
    "promise/week",
    "reader/promise",
    "reader/procedure",
    "reader/next_steps",
)


def page_of(client: Client, path: str, language: str = "en") -> str:
    """The words of a page, without tags, on one line."""
    html = client.get(f"/{language}/{path}").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main")[1].split("</main>")[0]).split())


@pytest.mark.django_db
def test_each_kind_is_promised_what_its_own_clocks_keep(client: Client, article: Article) -> None:
    foot = page_of(client, f"{article.pk}/", "ar")
    assert foot.count("يصل الرد الأول خلال يومَي عمل. يصدر القرار خلال 5 أيام عمل.") == 1
    put_in_force(
        acknowledge=Clock(36, Unit.HOURS),
        decide=Clock(7, Unit.WORKING_DAYS),
        answer_question=Clock(3, Unit.CALENDAR_DAYS),
        extensions=0,
    )
    put_in_force(
        "complaint",
        decide=Clock(20, Unit.CALENDAR_DAYS),
        urgent_acknowledge=Clock(6, Unit.HOURS),
        review=Clock(9, Unit.WORKING_HOURS),
        extensions=2,
        extension=Clock(4, Unit.WORKING_DAYS),
    )
    policy, complaints = page_of(client, POLICY), page_of(client, PROCEDURE)
    assert "First reply within 36 hours. Decision within 7 working days." in policy
    assert "First reply within 36 hours. Decision within 20 days." in complaints
    assert "First reply within 6 hours." in complaints
    assert "A decision is not put off." in policy
    assert "A decision may be put off 2 times, by 4 working days at most each time." in complaints
    assert "The review takes 9 working hours at most." in complaints
    assert ["The answer is awaited for 3 days." in page for page in (policy, complaints)] == [True, True]
    assert "within 7 working days" in page_of(client, f"{article.pk}/correction/")
    assert "Decision within 20 days." in page_of(client, f"{article.pk}/complaint/")
    foot = page_of(client, f"{article.pk}/", "ar")
    assert "التصحيحات والتفاصيل الإضافية: يصل الرد الأول خلال 36 ساعة. يصدر القرار خلال 7 أيام عمل." in foot
    assert "الشكاوى: يصل الرد الأول خلال 36 ساعة. يصدر القرار خلال 20 يومًا." in foot


@pytest.mark.django_db
@pytest.mark.parametrize("path", [POLICY, PROCEDURE])
def test_week_hours_holidays_and_retention_are_those_of_the_site(client: Client, settings: Settings, path: str) -> None:
    before = page_of(client, path)
    assert ("Friday, Saturday" in before, "09:00–17:00" in before, "The next holidays" in before) == (True, True, False)
    morning, evening = Shift(time(9), time(13)), Shift(time(16), time(19))
    work_in(((morning, evening),) * 5 + ((morning,), ()))
    settings.IDENTITY_KEPT_DAYS = 31
    today = timezone.localdate()
    Holiday.objects.create(day=today + timedelta(days=3), name_ar="عيد", name_en="A feast")
    Holiday.objects.create(day=today - timedelta(days=3), name_ar="عيد", name_en="A past feast")
    after = page_of(client, path)
    assert "Days on which nobody works: Sunday." in after
    assert "Monday – Friday: 09:00–13:00 and 16:00–19:00 Saturday: 09:00–13:00" in after
    assert "are deleted 31 days after" in after
    assert ("A feast" in after, "A past feast" in after) == (True, False)


@pytest.mark.django_db
def test_a_site_that_never_rests_says_nothing_of_a_weekend(client: Client) -> None:
    work_in(even_week(()))
    assert "nobody works" not in page_of(client, POLICY)


@pytest.mark.django_db
def test_second_signatures_are_those_that_the_procedure_asks_for(client: Client) -> None:
    assert "Two people sign where this is decided: Retraction, Takedown with a stub." in page_of(client, POLICY)
    assert "where this is decided: Not upheld, Retraction, Takedown" in page_of(client, PROCEDURE)
    put_in_force(second_signature_findings=frozenset(), second_signature_remedies=frozenset())
    assert "Two people sign" not in page_of(client, POLICY) + page_of(client, PROCEDURE)


@pytest.mark.django_db
def test_every_finding_and_every_kind_of_notice_is_told_of_beforehand(client: Client) -> None:
    complaints, policy = page_of(client, PROCEDURE), page_of(client, POLICY)
    assert [each for each in (*Finding, *Ground) if each and str(each.label) not in complaints] == []
    assert {*NOTICE_MEANINGS} == {*NoticeKind}
    assert [str(words) for words in NOTICE_MEANINGS.values() if str(words) not in policy] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_figure_is_written_by_hand(name: str) -> None:
    template = (Path(__file__).parents[3] / f"templates/corrections/{name}.html").read_text("utf-8")
    words = re.sub(r"<[^>]+>|\{% (?!translate)[^%]*%\}|\{\{[^}]*\}\}", " ", template)
    figures = r"\d|\b(?:one|two|three|five|ten|fourteen|ninety) (?:working|days?|hours?)"
    assert re.findall(figures, words) == []


@given(st.integers(1, 10_000), st.sampled_from(Unit))
def test_a_span_says_its_amount_once_and_in_a_unit_that_agrees(amount: int, unit: Unit) -> None:
    with override("ar"):
        words = span(Clock(amount, unit))
    digits = re.findall(r"\d+", words)
    assert digits == ([] if amount in (1, 2) else [str(amount)])
    if 3 <= amount % 100 <= 10:
        assert re.search(r"أيام|ساعات", words)


@pytest.mark.django_db
def test_the_code_shows_the_words_in_force_and_leads_to_those_before(client: Client) -> None:
    first = Clause.objects.get(key="fairness")
    words = replace(ClauseWords.of(first), name_en="Fair play", text_en="Other words.")
    code.keep_clause("fairness", words, Arrangement("people", 5), seen=1, now=timezone.now())
    html = client.get(f"/en/{CODE}").content.decode()
    assert ("Fair play" in html, first.text_en in html) == (True, False)
    assert 'href="/en/code-of-ethics/fairness/2/"' in html
    shown = page_of(client, f"{CODE}fairness/1/")
    assert (first.text_en in shown, "No longer in force" in shown) == (True, True)
    assert client.get(f"/ar/{CODE}fairness/1/").status_code == 200


@pytest.mark.django_db
def test_a_retired_clause_stays_readable(client: Client) -> None:
    clause = Clause.objects.get(key="opinion")
    place = Arrangement(clause.part, clause.position)
    code.keep_clause("opinion", ClauseWords.of(clause), place, seen=1, in_force=False, now=timezone.now())
    assert clause.text_en not in page_of(client, CODE)
    assert 'href="/en/code-of-ethics/opinion/1/"' in client.get(f"/en/{CODE}").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["fairness/2/", "fairness/0/", "nothing/1/", f"fairness/{'9' * 30}/"])
def test_a_version_that_never_was_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/en/{CODE}{path}").status_code == 404


@pytest.mark.django_db
def test_a_code_without_clauses_has_a_page_and_no_word_of_safety(client: Client, article: Article) -> None:
    Clause.objects.update(retired_at=timezone.now())
    assert "No clause is in force." in page_of(client, CODE)
    assert "at risk" not in page_of(client, PROCEDURE) + page_of(client, f"{article.pk}/complaint/")


@pytest.mark.django_db
def test_any_cache_may_keep_these_pages_and_every_page_leads_to_them(client: Client) -> None:
    make_section()
    for path in (POLICY, PROCEDURE, CODE, f"{CODE}privacy/1/"):
        answer = client.get(f"/ar/{path}")
        assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
        assert dict(answer.cookies) == {}
        footer = answer.content.decode().split("<footer")[1]
        assert [each for each in (POLICY, PROCEDURE, CODE) if f'href="/ar/{each}"' not in footer] == []
