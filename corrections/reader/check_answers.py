"""What the reader looks at before sending: the answers as they would be kept, each with the way to change it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corrections.domain import code, places
from corrections.domain.before_sending import Known, known_of
from corrections.domain.places import Place
from corrections.domain.submission import Submission
from corrections.enums import Credit, Kind, Problem, Relation, Sought
from newsroom.models import Article


@dataclass(frozen=True)
class Answer:
    """One answer: the question, what was answered, and the field where it is changed.

    `is_typed`: these are the reader's own words, in whatever language.
    """

    question: str | Promise
    texts: tuple[str | Promise, ...]
    field: str
    is_typed: bool = False


@dataclass(frozen=True)
class Checked:
    """One error, or the complaint, with its answers; `number` counts the errors of a sending from 1."""

    number: int
    answers: list[Answer]
    place: Place | None
    known: Known | None
    change_step: str


def to_check(submissions: Mapping[int, Submission], article: Article) -> list[Checked]:
    """What would be sent, in order, as intake.check gave it."""
    return [
        _checked(number, submission, article, "change" if len(submissions) == 1 else f"change-{number}")
        for number, submission in submissions.items()
    ]


def _checked(number: int, submission: Submission, article: Article, change_step: str) -> Checked:
    revision, place = places.shown(article, submission.revision_number, submission.place)
    return Checked(number, _answers(submission), place, known_of(article, revision, place), change_step)


def _answers(submission: Submission) -> list[Answer]:
    return _complaint_answers(submission) if submission.kind == Kind.COMPLAINT else _error_answers(submission)


def _error_answers(submission: Submission) -> list[Answer]:
    return _given(
        _typed(_("The passage as it should read"), submission.proposed, "id_proposed"),
        Answer(_("What kind of problem is it?"), (Problem(submission.problem).label,), "id_problem"),
        _typed(_("What is correct?"), submission.text, "id_text"),
        _typed(_("How can we check it?"), submission.sources, "id_sources"),
    )


def _complaint_answers(submission: Submission) -> list[Answer]:
    language = get_language() or "ar"
    names = [clause.name_in(language) for clause in code.active_clauses() if clause.key in submission.clause_keys]
    return _given(
        Answer(_("What is the complaint about?"), tuple(names), "id_clauses"),
        _typed(_("What happened?"), submission.text, "id_text"),
        Answer(_("Your connection to the story"), (Relation(submission.relation).label,), "id_relation"),
        Answer(_("What would put it right?"), tuple(Sought(each).label for each in submission.sought), "id_sought"),
        _typed(_("In your own words"), submission.remedy_sought, "id_remedy_sought"),
    )


def shared_answers(submission: Submission) -> list[Answer]:
    """The answers that are asked once for a sending: how to reply, and for corrections how to credit."""
    reply: tuple[Any, ...] = (_("By e-mail"), submission.address) if submission.wants_mail else (_("Without e-mail"),)
    answers = [Answer(_("How should we reply?"), reply, "id_reply")]
    if submission.kind != Kind.COMPLAINT:
        credit = submission.name if submission.credit == Credit.NAME else Credit.NONE.label
        answers.append(Answer(_("If we publish a correction, how should we credit it?"), (credit,), "id_credit"))
    return answers


def _typed(question: str | Promise, text: str, field: str) -> Answer:
    return Answer(question, (text,) if text else (), field, is_typed=True)


def _given(*answers: Answer) -> list[Answer]:
    return [answer for answer in answers if answer.texts]


def kept_fields(data: Any, names: Iterable[str]) -> list[tuple[str, str]]:
    """Every name and value of these fields, to travel on as hidden fields."""
    return [(name, value) for name in names for value in data.getlist(name)]
