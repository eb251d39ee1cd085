"""submit(): the one way in for forms, programs and embeds."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from corrections.domain import abuse, clocks, identity, words
from corrections.domain.faults import refuse_if
from corrections.domain.submission import Submission
from corrections.domain.timeline import READER, append
from corrections.enums import Happening, Purpose, Severity, Status
from corrections.keys import hashed, hashing_key
from corrections.models import Case, CaseCounter, Clause, Event, Message
from corrections.procedures import due_times, procedure_for
from corrections.receipts import derive_receipt, hash_receipt
from newsroom.models import Article, Revision
from newsroom.text import fold


class ArticleUnknown(Exception):
    """There is no such article."""


class SubmissionDiffers(Exception):
    """The same form was sent before with other words; the earlier case stands, nothing new was written."""

    def __init__(self, case_number: str) -> None:
        super().__init__(case_number)
        self.case_number = case_number


@dataclass(frozen=True)
class Receipted:
    """The case and the secret that opens it; `is_new` is False when the submission had arrived before."""

    case: Case
    receipt: str
    is_new: bool


def submit(submission: Submission, *, source: str, now: datetime) -> Receipted:
    """Takes a report in.

    In order: cleans and checks the words; finds the case of an earlier try with the same key (then nothing is
    written and the same receipt returned); spends the source's allowance; in one transaction writes the case,
    its messages, identity, first event and deliveries; after the commit wakes the senders.
    `source` is the network address; only a one-day keyed hash of its network is kept.
    Raises Refused, ArticleUnknown, SubmissionDiffers, abuse.TooMany.
    """
    clean, signs = words.cleaned(submission)
    refuse_if(words.faults_of(clean))
    earlier = _earlier(clean)
    if earlier:
        return earlier
    revision = _revision_seen(clean)
    abuse.spend(abuse.SUBMIT, source, now)
    try:
        with transaction.atomic():
            case = _write(clean, signs, revision, now)
    except IntegrityError:
        # The same key arrived twice at once and the other was first.
        lost_race = _earlier(clean)
        if lost_race is None:
            raise
        return lost_race
    return Receipted(case, derive_receipt(hashing_key(), clean.submission_key), is_new=True)


def _earlier(submission: Submission) -> Receipted | None:
    case = Case.objects.filter(submission_hash=_submission_hash(submission)).first()
    if case is None:
        return None
    if case.content_hash != _content_hash(submission):
        raise SubmissionDiffers(case.number)
    return Receipted(case, derive_receipt(hashing_key(), submission.submission_key), is_new=False)


def _submission_hash(submission: Submission) -> str:
    return hashed("submission", submission.submission_key)


def _content_hash(submission: Submission) -> str:
    content = [
        submission.kind,
        submission.article_id,
        submission.problem,
        submission.text,
        submission.sources,
        submission.remedy_sought,
        sorted(submission.clause_keys),
        submission.relation,
        submission.credit,
        submission.name,
        submission.address if submission.wants_mail else "",
    ]
    return hashed("content", json.dumps(content))


def _revision_seen(submission: Submission) -> Revision:
    article = Article.objects.filter(pk=submission.article_id).first()
    if article is None:
        raise ArticleUnknown
    revisions = Revision.objects.filter(article=article)
    seen = revisions.filter(number=submission.revision_number or article.latest).first()
    return seen or revisions.get(number=article.latest)


def _write(submission: Submission, signs: abuse.Signs, revision: Revision, now: datetime) -> Case:
    clauses = list(Clause.objects.filter(key__in=submission.clause_keys, is_retired=False))
    urgent = any(clause.concerns_safety for clause in clauses)
    due = due_times(procedure_for(submission.kind), clocks.calendar(), now, urgent)
    year, sequence = _next_number(now)
    receipt = derive_receipt(hashing_key(), submission.submission_key)
    case = Case.objects.create(
        year=year,
        sequence=sequence,
        version=1,
        kind=submission.kind,
        problem=submission.problem,
        relation=submission.relation,
        credit=submission.credit,
        status=Status.HELD if signs.are_suspicious else Status.NEW,
        severity=Severity.SAFETY if urgent else Severity.UNSORTED,
        language=submission.language,
        channel=submission.channel,
        article_id=submission.article_id,
        revision=revision,
        summary=words.summary_of(submission.text),
        search_text=fold(f"{submission.text} {revision.title}"),
        receipt_hash=hash_receipt(hashing_key(), receipt),
        submission_hash=_submission_hash(submission),
        content_hash=_content_hash(submission),
        suspicion=signs.as_data(),
        received_at=now,
        acknowledge_due_at=due.acknowledge_at,
        decision_due_at=due.decide_at,
    )
    case.clauses.set(clauses)
    if submission.wants_mail or submission.name:
        identity.write(case, name=submission.name, address=submission.address if submission.wants_mail else "")
    event = append(case, Happening.RECEIVED, by=READER, sequence=1, now=now, data={"held": signs.are_suspicious})
    _write_messages(case, event, submission, now)
    return case


def _write_messages(case: Case, event: Event, submission: Submission, now: datetime) -> None:
    texts = {
        Purpose.REPORT: submission.text,
        Purpose.SOURCES: submission.sources,
        Purpose.REMEDY_SOUGHT: submission.remedy_sought,
    }
    Message.objects.bulk_create(
        Message(case=case, event=event, purpose=purpose, text=text, written_at=now)
        for purpose, text in texts.items()
        if text
    )


def _next_number(now: datetime) -> tuple[int, int]:
    """The next number of the site's year; the row lock holds until the commit, so numbers have no gaps."""
    year = timezone.localdate(now).year
    CaseCounter.objects.get_or_create(year=year)
    counter = CaseCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return year, counter.last
