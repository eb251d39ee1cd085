"""The two flows from the foot of an article, and what their forms become."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language

from corrections.domain import code, intake
from corrections.domain.faults import Fault, Refused
from corrections.domain.submission import Submission
from corrections.enums import Channel, Kind
from corrections.reader.errors_together import each_error, number_in, turned_to
from corrections.reader.forms import ComplaintForm, CorrectionForm, ReportForm, kind_of
from corrections.tokens import FormToken
from newsroom.models import Article


@dataclass(frozen=True)
class Flow:
    """One of the two forms. `takes_several`: several errors of one article may go in one sending."""

    purpose: str
    kind: Kind
    template: str
    check_template: str
    make_form: Callable[..., ReportForm]
    takes_several: bool


def _complaint_form(*args: Any, **kwargs: Any) -> ComplaintForm:
    return ComplaintForm(*args, clauses=code.active_clauses(), **kwargs)


CORRECTION = Flow(
    "correction",
    Kind.CORRECTION,
    "corrections/reader/correction.html",
    "corrections/reader/check_correction.html",
    CorrectionForm,
    takes_several=True,
)
COMPLAINT = Flow(
    "complaint",
    Kind.COMPLAINT,
    "corrections/reader/complaint.html",
    "corrections/reader/check_complaint.html",
    _complaint_form,
    takes_several=False,
)


class NeedsMending(Exception):
    """One of the errors cannot be taken as it is. `data` has it in the form's own fields, `faults` say why."""

    def __init__(self, data: QueryDict, faults: Sequence[Fault]) -> None:
        super().__init__([fault.field for fault in faults])
        self.data = data
        self.faults = faults


def submissions_of(flow: Flow, data: QueryDict, article: Article, token: FormToken) -> dict[int, Submission]:
    """What a filled-in form would send, as it was typed: a submission for the number of each error.

    Raises NeedsMending where one of them could not be taken.
    """
    if not flow.takes_several:
        return {1: _checked(flow, data, data, article, token)}
    each = {number_in(one): one for one in each_error(data)}
    return {number: _checked(flow, one, turned_to(data, number), article, token) for number, one in each.items()}


def _checked(flow: Flow, one: QueryDict, whole: QueryDict, article: Article, token: FormToken) -> Submission:
    submission = _submission(flow, one, article, token)
    try:
        intake.check(submission)
    except Refused as refused:
        raise NeedsMending(whole, refused.faults) from refused
    return submission


def _submission(flow: Flow, data: QueryDict, article: Article, token: FormToken) -> Submission:
    form = flow.make_form(data)
    form.is_valid()
    return Submission(
        kind=kind_of(form),
        article_id=article.pk,
        language=get_language() or settings.LANGUAGE_CODE,
        channel=Channel.FORM,
        submission_key=token.submission_key + form.key_ending(),
        form_age_seconds=token.age_seconds,
        **form.words(),
    )
