"""The reader's words at the way in: cleaned, checked, counted. Plain text only."""

import re
from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from corrections.domain.abuse import Signs
from corrections.domain.faults import Fault, length_fault, text_faults
from corrections.domain.submission import Submission
from corrections.enums import Credit, Kind, Problem, Purpose, Relation, Sought
from corrections.models import Clause
from newsroom.text import clean_line, clean_text, count_controls, normalise_address

LONGEST_NAME = 120
LONGEST_ADDRESS = 254
LONGEST_SUMMARY = 140
#: Seconds that a person needs at least to read the question and write a word.
FASTEST_PERSON = 3
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def cleaned(submission: Submission) -> tuple[Submission, Signs]:
    """The submission without what only deceives (overriding marks, invisible signs), and what was seen of it."""
    age = submission.form_age_seconds
    signs = Signs(
        honeypot_filled=bool(submission.honeypot.strip()),
        too_fast=age is not None and age < FASTEST_PERSON,
        controls=count_controls(submission.text) + count_controls(submission.sources),
        links=len(_LINK.findall(submission.text)),
    )
    clean = replace(
        submission,
        text=clean_text(submission.text),
        sources=clean_text(submission.sources),
        proposed=clean_text(submission.proposed),
        remedy_sought=clean_text(submission.remedy_sought),
        name=clean_line(submission.name),
        address=normalise_address(submission.address),
        # What only a complaint has says nothing of another kind, and must not put it first in the queue.
        clause_keys=submission.clause_keys if submission.kind == Kind.COMPLAINT else (),
        relation=submission.relation if submission.kind == Kind.COMPLAINT else "",
        sought=in_order(submission.sought) if submission.kind == Kind.COMPLAINT else (),
    )
    return clean, signs


def faults_of(submission: Submission) -> list[Fault]:
    """Everything that has to be mended before a submission can be taken, in the order of the form."""
    return [
        *_kind_faults(submission),
        *_text_faults(submission),
        *length_fault("sources", submission.sources),
        *length_fault("remedy_sought", submission.remedy_sought),
        *_address_faults(submission),
        *_name_faults(submission),
    ]


def _text_faults(submission: Submission) -> list[Fault]:
    """The right words, put in the place of the wrong ones, need no other words."""
    if submission.proposed and not submission.text.strip():
        return length_fault("proposed", submission.proposed)
    return [
        *length_fault("proposed", submission.proposed),
        *text_faults("text", submission.text, Purpose.REPORT),
    ]


def in_order(sought: Iterable[str]) -> tuple[str, ...]:
    """What is sought, each once, as the form asks for it; what is no word of ours comes last."""
    order = list(Sought.values)
    return tuple(sorted(set(sought), key=lambda each: order.index(each) if each in order else len(order)))


def summary_of(text: str) -> str:
    """The first words of a text on one line, for lists."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_SUMMARY:
        return line
    cut = line[:LONGEST_SUMMARY]
    return (cut.rpartition(" ")[0] or cut) + "…"


def address_faults(address: str) -> list[Fault]:
    """What is wrong with a cleaned address, which is checked for its shape and length alone."""
    try:
        validate_email(address)
    except ValidationError:
        return [_incomplete_address()]
    # A number in brackets instead of a name would let anybody choose which computer our mail server talks to.
    is_literal = address.endswith("]")
    return [_incomplete_address()] if is_literal or len(address) > LONGEST_ADDRESS else []


def _kind_faults(submission: Submission) -> list[Fault]:
    if submission.kind == Kind.COMPLAINT:
        return _complaint_faults(submission)
    right = submission.kind in Kind and submission.problem in Problem
    return [] if right else [Fault("problem", _("Choose what kind of problem it is"))]


def _complaint_faults(submission: Submission) -> list[Fault]:
    faults = []
    active = set(Clause.objects.filter(retired_at=None).values_list("key", flat=True))
    chosen = set(submission.clause_keys)
    if not chosen or chosen - active:
        faults.append(Fault("clauses", _("Choose at least one item")))
    if submission.relation not in Relation:
        faults.append(Fault("relation", _("Choose your connection to the story")))
    if set(submission.sought) - {*Sought}:
        faults.append(Fault("sought", _("Choose what would put it right, or leave it open")))
    return faults


def _address_faults(submission: Submission) -> list[Fault]:
    if not submission.wants_mail:
        return []
    if not submission.address:
        return [Fault("address", _("Give an e-mail address, or choose “Without e-mail”"))]
    return address_faults(submission.address)


def _incomplete_address() -> Fault:
    return Fault("address", _("This e-mail address is incomplete. A correct one looks like name@example.com"))


def _name_faults(submission: Submission) -> list[Fault]:
    if submission.credit not in Credit:
        return [Fault("credit", _("Choose how to credit the note"))]
    if submission.credit == Credit.NAME and not submission.name:
        return [Fault("name", _("Write your name, or choose to be credited without one"))]
    return length_fault("name", submission.name, LONGEST_NAME)
