"""Everything that is done on a case by one press of a button. Each is a POST, carries the version its author saw,
calls the domain once, and answers with the case's page."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corrections.desk.access import case_only, clock, found_case
from corrections.desk.case import case_answer
from corrections.desk.forms import (
    ActionForm,
    AssignForm,
    KindForm,
    LeadForm,
    ReasonForm,
    SeverityForm,
    TextForm,
)
from corrections.domain import (
    access,
    assignment,
    conversation,
    decisions,
    identity,
    mails,
    moves,
    queries,
    relations,
)
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Fault, Refused
from corrections.models import Case
from corrections.rules import Actor
from corrections.workflow import MoveNotAllowed
from newsroom.articles import ArticleChanged, ArticleIsWithdrawn
from newsroom.text import fold_digits

Guard = dict[str, Any]
Act = Callable[[Case, Any, Guard], Any]
#: Fields of a form that are no words of its author.
_NOT_WORDS = ("csrfmiddlewaretoken", "expected_version")


def action(form_class: type[ActionForm], act: Act) -> Callable[..., HttpResponse]:
    """A view that checks the form's shape, acts on the case, and leads back to it.

    What goes wrong is answered with the case as it now is and with everything that was typed.
    """

    @case_only
    def view(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
        form = form_class(request.POST)
        if not form.is_valid():
            return refused(request, actor, case, form)
        guard = guard_of(form, actor, clock())
        try:
            act(case, form.cleaned_data, guard)
        except EXPECTED as error:
            return answer_to(error, request, actor, case, guard["expected_version"])
        return HttpResponseRedirect(case_address(case))

    checked = require_POST(view)
    checked.on_expired_form = case_only(expired)  # type: ignore[attr-defined]
    return checked


#: What may go wrong on the way, each with its own answer.
EXPECTED = (Refused, CaseChanged, MoveNotAllowed, access.NotAllowed, ArticleChanged, ArticleIsWithdrawn)


def guard_of(form: ActionForm, actor: Actor, now: datetime) -> Guard:
    """What the domain asks of every change: who, on which version, when."""
    return {"actor": actor, "expected_version": form.cleaned_data["expected_version"], "now": now}


def answer_to(error: Exception, request: HttpRequest, actor: Actor, case: Case, seen_version: int) -> HttpResponse:
    """The case's page with what went wrong, the right status, and the typed words."""
    fresh = found_case(actor, case.year, case.sequence)
    if isinstance(error, Refused):
        faults = [str(fault.message) for fault in error.faults]
        return case_answer(
            request, actor, fresh, status=HTTPStatus.UNPROCESSABLE_ENTITY, faults=faults, typed=typed_in(request)
        )
    status = HTTPStatus.FORBIDDEN if isinstance(error, access.NotAllowed) else HTTPStatus.CONFLICT
    missed = queries.events_after(fresh, seen_version) if isinstance(error, CaseChanged) else []
    return case_answer(
        request, actor, fresh, status=status, problem=_sentence(error), missed=missed, typed=typed_in(request)
    )


def refused(request: HttpRequest, actor: Actor, case: Case, form: ActionForm) -> HttpResponse:
    """The case's page with the form's own errors: a forged or broken form."""
    faults = [str(error) for errors in form.errors.values() for error in errors]
    return case_answer(
        request, actor, case, status=HTTPStatus.UNPROCESSABLE_ENTITY, faults=faults, typed=typed_in(request)
    )


def expired(request: HttpRequest, actor: Actor, case: Case, **kwargs: Any) -> HttpResponse:
    """A form without a valid token: nothing was done, the words are kept."""
    problem = _("This page expired. Your text is still here; press the button again.")
    return case_answer(request, actor, case, problem=problem, typed=typed_in(request))


def typed_in(request: HttpRequest) -> dict[str, str]:
    """What was written into the form, by field."""
    return {name: value for name, value in request.POST.items() if name not in _NOT_WORDS and isinstance(value, str)}


def case_address(case: Case) -> str:
    """The address of a case's page."""
    return reverse("desk:case", args=[case.year, case.sequence])


def _sentence(error: Exception) -> str:
    if isinstance(error, CaseChanged):
        return _("The case was changed meanwhile. See what happened below; your text is kept. Press again to go on.")
    if isinstance(error, access.NotAllowed):
        return _("The rules do not let you do this on this case.")
    if isinstance(error, ArticleChanged):
        return _("The article was revised meanwhile. Look at it again and decide anew.")
    if isinstance(error, ArticleIsWithdrawn):
        return _("The article has been withdrawn; nothing in it can be changed.")
    return _("This step does not start from where the case stands now.")


def _assign(case: Case, data: dict[str, Any], guard: Guard) -> None:
    member = next((member for member in access.desk_members() if member.pk == data.get("assignee")), None)
    if member is None:
        raise Refused([Fault("assignee", _("Choose who takes the case"))])
    assignment.assign(case, member, **guard)


def _change_kind(case: Case, data: dict[str, Any], guard: Guard) -> None:
    chosen = (data["clauses"],) if data["clauses"] else ()
    assignment.change_kind(case, data["kind"], clause_keys=chosen, **guard)


def _link(case: Case, data: dict[str, Any], guard: Guard) -> None:
    year, _slash, sequence = fold_digits(data.get("lead", "")).partition("/")
    try:
        lead = access.fetch_case(guard["actor"], int(year), int(sequence))
    except (ValueError, access.CaseNotFound):
        raise Refused([Fault("lead", _("Give the number of the leading case, such as 2025/0147"))]) from None
    relations.link_duplicate(case, lead, **guard)


claim = action(ActionForm, lambda case, data, guard: assignment.claim(case, **guard))
assign = action(AssignForm, _assign)
ask = action(TextForm, lambda case, data, guard: conversation.ask_reader(case, data["text"], **guard))
message = action(TextForm, lambda case, data, guard: conversation.write_to_reader(case, data["text"], **guard))
note = action(TextForm, lambda case, data, guard: conversation.add_note(case, data["text"], **guard))
severity = action(SeverityForm, lambda case, data, guard: assignment.set_severity(case, data["severity"], **guard))
kind = action(KindForm, _change_kind)
hold = action(ActionForm, lambda case, data, guard: moves.hold(case, **guard))
release = action(ActionForm, lambda case, data, guard: moves.release(case, **guard))
resume = action(ActionForm, lambda case, data, guard: moves.resume(case, **guard))
close = action(ActionForm, lambda case, data, guard: moves.close(case, **guard))
reopen = action(ReasonForm, lambda case, data, guard: decisions.reopen(case, data["reason"], **guard))
duplicate = action(LeadForm, _link)
unlink = action(ActionForm, lambda case, data, guard: relations.unlink_duplicate(case, **guard))
sign = action(ActionForm, lambda case, data, guard: decisions.sign(case, **guard))
refuse = action(ReasonForm, lambda case, data, guard: decisions.refuse_signature(case, data["reason"], **guard))


@case_only
def reveal(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """Shows name and address in the answer itself, once; the reveal stands in the timeline."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return refused(request, actor, case, form)
    guard = guard_of(form, actor, clock())
    try:
        revealed = identity.reveal(case, reason=form.cleaned_data["reason"], **guard)
    except EXPECTED as error:
        return answer_to(error, request, actor, case, guard["expected_version"])
    return case_answer(request, actor, found_case(actor, case.year, case.sequence), revealed=revealed)


@case_only
def resend(request: HttpRequest, actor: Actor, case: Case, delivery: int) -> HttpResponse:
    """Tries a failed mail again."""
    try:
        mails.resend(case, delivery, actor=actor, now=clock())
    except mails.DeliveryUnknown:
        return case_answer(
            request, actor, case, status=HTTPStatus.CONFLICT, problem=_("This mail is not waiting to be sent again.")
        )
    except access.NotAllowed as error:
        return answer_to(error, request, actor, case, case.version)
    return HttpResponseRedirect(case_address(case))


reveal = require_POST(reveal)
resend = require_POST(resend)
for _view in (reveal, resend):
    _view.on_expired_form = case_only(expired)  # type: ignore[attr-defined]
