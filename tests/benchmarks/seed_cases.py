"""Fills an empty database with many cases, without mails: `python -m tests.benchmarks.seed_cases 100000`."""

import random
import sys
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - Django has to be set up before its models are imported
from django.utils import timezone  # noqa: E402

from corrections.domain.procedures_in_force import in_force  # noqa: E402
from corrections.models import Case, Clause, Decision, Event, Message, Notice  # noqa: E402
from newsroom.models import Article, Byline, Revision, StaffMember  # noqa: E402
from newsroom.text import fold  # noqa: E402
from tests.factories import make_article, make_section  # noqa: E402

ARTICLES = 1000
#: Of a thousand cases so many are open; the rest is decided.
OPEN_OF_THOUSAND = 30
#: One article in so many is the editor's own; one decision in so many has a notice, or was reviewed.
OWN_IN, NOTICE_IN, REVIEWED_IN = 50, 5, 50
BATCH = 5000
SYLLABLES = ("با", "تص", "حي", "مد", "ين", "ال", "كت", "ور", "سم", "نا", "رق", "عد", "خب", "يا", "لم", "شر")


def main(count: int) -> None:
    chance = random.Random(2026)
    sections = [make_section(slug) for slug in ("services", "sport", "economy", "culture")]
    for number in range(ARTICLES):
        make_article("ar" if number % 3 else "en", section=sections[number % 4])
    Byline.objects.filter(article__in=Article.objects.all()[::OWN_IN]).update(staff_member=_editor())
    # A second person works on the cases of two sections alone.
    StaffMember.objects.filter(username="salma").update(section_ids=[section.pk for section in sections[:2]])
    seen = dict(Revision.objects.values_list("article_id", "pk"))
    languages = dict(Article.objects.values_list("pk", "language"))
    editor = _editor()
    clauses = list(Clause.objects.all())
    versions = in_force()
    now = timezone.now()
    words = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(3000)]
    for start in range(0, count, BATCH):
        numbers = range(start + 1, min(start + BATCH, count) + 1)
        cases = [_case(number, chance, words, seen, languages, editor, now) for number in numbers]
        for case in cases:
            case.procedure_version, case.was_complaint = versions[case.kind], case.kind == "complaint"
        Case.objects.bulk_create(cases)
        _with_everything(cases, chance, clauses, seen, editor)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _editor() -> StaffMember:
    return StaffMember.objects.get(username="nour")


def _case(
    number: int,
    chance: random.Random,
    words: list[str],
    seen: dict[int, int],
    languages: dict[int, str],
    editor: StaffMember,
    now: datetime,
) -> Case:
    article = chance.choice(list(seen))
    text = " ".join(chance.choices(words, k=25))
    received = now - timedelta(minutes=chance.randrange(60 * 24 * 700))
    is_open = chance.randrange(1000) < OPEN_OF_THOUSAND
    status = chance.choice(["new", "in_review"]) if is_open else chance.choice(["decided", "closed"])
    took = timedelta(hours=chance.randrange(1, 24 * 14))
    kind = chance.choice(["correction", "correction", "addition", "complaint"])
    is_reviewed = not is_open and number % REVIEWED_IN == 0
    return Case(
        year=2000 + number // 50_000,
        sequence=number % 50_000 + 1,
        version=1,
        kind=kind,
        was_complaint=kind == "complaint",
        problem="fact",
        status=status,
        severity=chance.choice(["", "", "", "serious", "safety"]),
        language=languages[article],
        channel="form",
        article_id=article,
        revision_id=seen[article],
        assigned_to=editor if status != "new" and number % 5 == 0 else None,
        summary=text[:150],
        search_text=fold(text),
        receipt_hash=f"r{number}",
        submission_hash=f"s{number}",
        content_hash=f"c{number}",
        received_at=received,
        acknowledge_due_at=received + timedelta(days=2),
        decision_due_at=(now if is_open else received) + timedelta(hours=chance.randrange(24 * 10)),
        first_reply_at=None if status == "new" else received + took / 3,
        decided_at=None if is_open else received + took,
        review_asked_at=received + took * 0.9 if is_reviewed else None,
        closed_at=received + took + timedelta(days=30) if status == "closed" else None,
    )


def _with_everything(
    cases: list[Case], chance: random.Random, clauses: list[Clause], seen: dict[int, int], editor: StaffMember
) -> None:
    events = Event.objects.bulk_create(
        Event(case=case, sequence=1, happening="received", actor_kind="reader", happened_at=case.received_at)
        for case in cases
    )
    _with_answers(cases)
    Message.objects.bulk_create(
        Message(case=case, event=event, purpose="report", text=case.summary, written_at=case.received_at)
        for case, event in zip(cases, events, strict=True)
    )
    _with_decisions([case for case in cases if case.decided_at], chance, seen, editor)
    named = Case.clauses.through
    named.objects.bulk_create(
        named(case_id=case.pk, clause_id=chance.choice(clauses).pk) for case in cases if case.kind == "complaint"
    )


def _with_decisions(cases: list[Case], chance: random.Random, seen: dict[int, int], editor: StaffMember) -> None:
    """Every decided case has one that holds; a reviewed case another before it, in half of them the same."""
    live = [_decision(case, chance, seen, editor) for case in cases]
    before = [
        _decision(case, chance, seen, editor, state="superseded", decided_at=case.received_at + timedelta(minutes=30))
        for case in cases
        if case.review_asked_at
    ]
    Decision.objects.bulk_create([*live, *before])
    Notice.objects.bulk_create(
        Notice(
            article_id=decision.case.article_id,
            decision=decision,
            kind="correction",
            language=decision.case.language,
            text="—",
            published_at=decision.decided_at,
        )
        for decision in live
        if decision.case.sequence % NOTICE_IN == 0
    )


def _decision(case: Case, chance: random.Random, seen: dict[int, int], editor: StaffMember, **fields: Any) -> Decision:
    defaults = {"state": "live", "decided_at": case.decided_at, **_signed(case, editor)}
    return Decision(
        case=case,
        finding=chance.choice(["upheld", "not_upheld", "partly_upheld"]),
        remedy="correction" if case.sequence % NOTICE_IN == 0 else "none",
        revision_id=seen[case.article_id],
        reason="—",
        decided_by=editor,
        **{**defaults, **fields},
    )


def _with_answers(cases: list[Case]) -> None:
    """Every tenth reader was asked, and answered after some hours."""
    asked = [case for case in cases if case.sequence % 10 == 0]
    for sequence, happening, hours in ((2, "question_asked", 1), (3, "reader_answered", 5)):
        Event.objects.bulk_create(
            Event(
                case=case,
                sequence=sequence,
                happening=happening,
                actor_kind="reader",
                happened_at=case.received_at + timedelta(hours=hours + case.sequence % 7),
            )
            for case in asked
        )


def _signed(case: Case, editor: StaffMember) -> dict[str, Any]:
    """Every tenth decision was signed by another editor."""
    if case.sequence % 10 or case.decided_at is None:
        return {}
    return {"signed_by_id": editor.pk + 1, "signed_at": case.decided_at + timedelta(hours=3)}


if __name__ == "__main__":
    main(int(sys.argv[1]))
