"""submit(): the one way in for forms, programs and embeds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from corrections.domain import abuse, clocks, identity, places, similar, words
from corrections.domain.faults import refuse_if
from corrections.domain.places import Place
from corrections.domain.procedures_in_force import version_for
from corrections.domain.submission import Submission
from corrections.domain.timeline import READER, append
from corrections.enums import Happening, Kind, Purpose, Severity, Status
from corrections.keys import hashed, hashing_key
from corrections.models import Case, CaseCounter, Clause, Event, Message
from corrections.procedures import due_times
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


@dataclass(frozen=True)
class _Prepared:
    """A submission that may be written: clean, without faults, about a revision (and a place in it) that there is."""

    submission: Submission
    signs: abuse.Signs
    revision: Revision
    place: Place | None


def submit(submission: Submission, *, source: str, now: datetime) -> Receipted:
    """Takes one report in; see submit_together."""
    return submit_together([submission], source=source, now=now)[0]


def submit_together(submissions: Sequence[Submission], *, source: str, now: datetime) -> list[Receipted]:
    """Takes several reports of one sending in, in their order: one case each, tied to the first.

    In order: cleans and checks the words of all; finds the cases of an earlier try with the same keys (where there are
    all, nothing is written and the same receipts are returned); spends the source's allowance once; in one
    transaction writes each missing case with its messages, identity, first event and deliveries; after the commit
    wakes the senders.
    `source` is the network address; only a one-day keyed hash of its network is kept.
    Raises Refused, ArticleUnknown, SubmissionDiffers, abuse.TooMany; then nothing at all was written.
    """
    prepared = [_prepared(submission) for submission in submissions]
    earlier = [_earlier(each.submission) for each in prepared]
    if all(earlier):
        return [receipted for receipted in earlier if receipted]
    abuse.spend(abuse.SUBMIT, source, now)
    try:
        with transaction.atomic():
            return _taken(prepared, source, now)
    except IntegrityError:
        # The same keys arrived twice at once and the other was first.
        lost_race = [_earlier(each.submission) for each in prepared]
        if not all(lost_race):
            raise
        return [receipted for receipted in lost_race if receipted]


def check(submission: Submission) -> Submission:
    """The submission as it would be kept, for the reader to look at; writes nothing. Raises Refused, ArticleUnknown."""
    return _prepared(submission).submission


def has_arrived(submission: Submission) -> bool:
    """Whether this was taken before, with the same key and the same words."""
    try:
        return _earlier(check(submission)) is not None
    except SubmissionDiffers:
        return False


def _prepared(submission: Submission) -> _Prepared:
    clean, signs = words.cleaned(submission)
    article = Article.objects.filter(pk=clean.article_id).first()
    if article is None:
        raise ArticleUnknown
    revision, place = places.shown(article, clean.revision_number, clean.place)
    clean = replace(clean, place=clean.place if place else "", proposed=places.proposed_words(place, clean.proposed))
    refuse_if(words.faults_of(clean))
    return _Prepared(clean, signs, revision, place)


def _taken(prepared: Sequence[_Prepared], source: str, now: datetime) -> list[Receipted]:
    """A case for each that has none yet; the first of a sending ties the others together."""
    taken: list[Receipted] = []
    for each in prepared:
        receipted = _earlier(each.submission)
        if receipted is None:
            case = _write(each, source, now, sent_with=taken[0].case if taken else None)
            receipt = derive_receipt(hashing_key(), each.submission.submission_key)
            receipted = Receipted(case, receipt, is_new=True)
        taken.append(receipted)
    return taken


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
        submission.place,
        submission.proposed,
        submission.text,
        submission.sources,
        submission.remedy_sought,
        sorted(submission.clause_keys),
        submission.sought,
        submission.relation,
        submission.credit,
        submission.name,
        submission.address if submission.wants_mail else "",
    ]
    return hashed("content", json.dumps(content))


def _write(prepared: _Prepared, source: str, now: datetime, sent_with: Case | None) -> Case:
    submission, signs, revision = prepared.submission, prepared.signs, prepared.revision
    clauses = list(Clause.objects.filter(key__in=submission.clause_keys, retired_at=None))
    urgent = any(clause.concerns_safety for clause in clauses)
    version = version_for(submission.kind)
    due = due_times(version.terms, clocks.calendar(), now, urgent)
    grouping = similar.grouping_of(f"{submission.text}\n{submission.proposed}", submission.article_id, submission.kind)
    year, sequence = _next_number(now)
    receipt = derive_receipt(hashing_key(), submission.submission_key)
    case = Case.objects.create(
        year=year,
        sequence=sequence,
        version=1,
        kind=submission.kind,
        was_complaint=submission.kind == Kind.COMPLAINT,
        problem=submission.problem,
        relation=submission.relation,
        sought=list(submission.sought),
        credit=submission.credit,
        status=Status.HELD if signs.are_suspicious else Status.NEW,
        severity=Severity.SAFETY if urgent else Severity.UNSORTED,
        language=submission.language,
        channel=submission.channel,
        article_id=submission.article_id,
        revision=revision,
        sent_with=sent_with,
        summary=words.summary_of(submission.text or submission.proposed),
        search_text=fold(" ".join(_searched(prepared))),
        receipt_hash=hash_receipt(hashing_key(), receipt),
        submission_hash=_submission_hash(submission),
        content_hash=_content_hash(submission),
        suspicion=signs.as_data() | _network_sign(grouping.first, source, now),
        wording=grouping.digest,
        alike_to=grouping.first,
        procedure_version=version,
        received_at=now,
        acknowledge_due_at=due.acknowledge_at,
        decision_due_at=due.decide_at,
    )
    if grouping.first is None:
        abuse.came_from_here(f"report {case.pk}", source, now)
    case.clauses.set(clauses)
    if prepared.place:
        places.write(case, prepared.place, submission.proposed)
    if submission.wants_mail or submission.name:
        identity.write(case, name=submission.name, address=submission.address if submission.wants_mail else "")
    event = append(case, Happening.RECEIVED, by=READER, sequence=1, now=now, data={"held": signs.are_suspicious})
    _write_messages(case, event, submission, now)
    return case


def _network_sign(first: Case | None, source: str, now: datetime) -> dict[str, int]:
    """Whether the network has sent nearly the same report today already; which network it is nobody can tell later."""
    return {"same_network": 1} if first and abuse.came_from_here(f"report {first.pk}", source, now) else {}


def _searched(prepared: _Prepared) -> list[str]:
    submission, quoted = prepared.submission, prepared.place.exact if prepared.place else ""
    return [text for text in (submission.text, quoted, submission.proposed, prepared.revision.title) if text]


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
