"""Everything that is done on a case by one press of a button. Each is a POST, carries the version its author saw,
calls the domain once, and answers with the case's page."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corrections.desk.access import case_only, clock, found_case
from corrections.desk.addresses import case_address
from corrections.desk.case import case_answer
from corrections.desk.forms import ActionForm
from corrections.desk.offers import SLOTS
from corrections.desk.refusals import EXPECTED, expired_sentence, sentence_of, status_of
from corrections.desk.reply_choice import choice_in
from corrections.desk.walking import walk_query
from corrections.domain import (
    access,
    assignment,
    consents,
    conversation,
    decisions,
    drafts,
    extensions,
    identity,
    mails,
    moves,
    relations,
    snoozing,
)
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Fault, Refused
from corrections.domain.identity import Revealed
from corrections.domain.undo import undo_step
from corrections.models import Case
from corrections.rules import Actor, may_work_on
from newsroom.expired_forms import when_expired
from newsroom.privacy import View
from newsroom.text import fold_digits

Guard = dict[str, Any]
Act = Callable[[Case, Any, Guard], Any]
#: The database has no row beyond it, and asking for one would be an error of its own.
LARGEST_ID = 2**63 - 1


def action(slot: str, act: Act) -> View:
    """A view that checks the form of a slot, acts on the case, and leads back to it (or shows what `act` reveals).

    What goes wrong is answered with the case as it now is and with everything that was typed.
    """

    @case_only
    def view(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
        form = _form(slot, request)
        if not form.is_valid():
            return case_answer(request, actor, case, status=HTTPStatus.UNPROCESSABLE_ENTITY, refused=form)
        guard = {"actor": actor, "expected_version": form.cleaned_data["expected_version"], "now": clock()}
        try:
            with drafts.sending(case, slot, actor=actor):
                outcome = _carried_out(act, case, form.cleaned_data, guard)
        except EXPECTED as error:
            return answer_to(error, request, actor, case, form)
        if isinstance(outcome, Revealed):
            return case_answer(request, actor, found_case(actor, case.year, case.sequence), revealed=outcome)
        return HttpResponseRedirect(case_address(case) + walk_query(request))

    @case_only
    def expired(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
        return case_answer(request, actor, case, problem=expired_sentence(), refused=_form(slot, request))

    return when_expired(expired)(require_POST(view))


def _carried_out(act: Act, case: Case, data: dict[str, Any], guard: Guard) -> Any:
    """Acts; where somebody was quicker by a moment, once more on the case as it is now."""
    try:
        return act(case, data, guard)
    except CaseChanged:
        fresh = found_case(guard["actor"], case.year, case.sequence)
        if fresh.version == case.version:
            raise
        return act(fresh, data, guard)


def answer_to(error: Exception, request: HttpRequest, actor: Actor, case: Case, form: ActionForm) -> HttpResponse:
    """The case's page as it now is, with what went wrong, what happened meanwhile, and the typed words."""
    fresh = found_case(actor, case.year, case.sequence)
    seen = form.cleaned_data["expected_version"]
    if isinstance(error, Refused):
        # What belongs to no field of this form is said over the page.
        others = " ".join(f"{fault.message}." for fault in form.add_faults(error.faults))
        return case_answer(request, actor, fresh, status=status_of(error), refused=form, problem=others)
    return case_answer(
        request,
        actor,
        fresh,
        status=status_of(error),
        problem=sentence_of(error),
        seen=seen,
        refused=form.with_answers(expected_version=fresh.version),
    )


def _form(slot: str, request: HttpRequest) -> ActionForm:
    return SLOTS[slot].form(request.POST, slot=slot)


def _assign(case: Case, data: dict[str, Any], guard: Guard) -> None:
    member = next((member for member in access.desk_members() if member.pk == data["assignee"]), None)
    if member is None:
        raise Refused([Fault("assignee", _("Choose who takes the case"))])
    assignment.assign(case, member, **guard)


def _change_kind(case: Case, data: dict[str, Any], guard: Guard) -> None:
    chosen = (data["clauses"],) if data["clauses"] else ()
    assignment.change_kind(case, data["kind"], clause_keys=chosen, **guard)


def _link(case: Case, data: dict[str, Any], guard: Guard) -> None:
    relations.link_duplicate(case, _case_of(data["lead"], "lead", guard), **guard)


def _gather(case: Case, data: dict[str, Any], guard: Guard) -> None:
    other = _case_of(data["other"], "other", guard)
    relations.link_duplicate(other, case, **{**guard, "expected_version": data["other_version"] or other.version})


def _separate(case: Case, data: dict[str, Any], guard: Guard) -> None:
    other = _case_of(data["other"], "other", guard)
    relations.unlink_duplicate(other, **{**guard, "expected_version": data["other_version"] or other.version})


def _case_of(number: str, field: str, guard: Guard) -> Case:
    """The case that somebody names. Raises Refused."""
    year, _slash, sequence = fold_digits(number).partition("/")
    try:
        return access.fetch_case(guard["actor"], int(year), int(sequence))
    except (ValueError, access.CaseNotFound):
        raise Refused([Fault(field, _("Give the number of the leading case, such as 2025/0147"))]) from None


def _snooze(case: Case, data: dict[str, Any], guard: Guard) -> None:
    snoozing.snooze(case, snoozing.day_chosen(data["preset"], data["until"], guard["now"]), **guard)


def _extend(case: Case, data: dict[str, Any], guard: Guard) -> None:
    words = {"reason_translation": data["reason_translation"]}
    extensions.extend(case, data["amount"] or 0, data["reason"], **words, **guard)


def _reveal(case: Case, data: dict[str, Any], guard: Guard) -> Revealed:
    return identity.reveal(case, reason=data["reason"], **guard)


claim = action("claim", lambda case, data, guard: assignment.claim(case, **guard))
assign = action("assign", _assign)
ask = action("text", lambda case, data, guard: conversation.ask_reader(case, data["text"], **guard))
message = action("text", lambda case, data, guard: conversation.write_to_reader(case, data["text"], **guard))
note = action("text", lambda case, data, guard: conversation.add_note(case, data["text"], data["mentions"], **guard))
severity = action("severity", lambda case, data, guard: assignment.set_severity(case, data["severity"], **guard))
kind = action("kind", _change_kind)
hold = action("hold", lambda case, data, guard: moves.hold(case, data["reason"], **guard))
release = action("release", lambda case, data, guard: moves.release(case, **guard))
resume = action("resume", lambda case, data, guard: moves.resume(case, **guard))
close = action("close", lambda case, data, guard: moves.close(case, **guard))
reopen = action("reopen", lambda case, data, guard: decisions.reopen(case, data["reason"], **guard))
duplicate = action("duplicate", _link)
gather = action("gather", _gather)
separate = action("separate", _separate)
unlink = action("unlink", lambda case, data, guard: relations.unlink_duplicate(case, **guard))
sign = action("sign", lambda case, data, guard: decisions.sign(case, **guard))
refuse = action("refuse", lambda case, data, guard: decisions.refuse_signature(case, data["reason"], **guard))
reveal = action("reveal", _reveal)
undo = action("undo", lambda case, data, guard: undo_step(case, data["step"], **guard))
extend = action("extend", _extend)


@case_only
def _reply(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """The case's page with a reply template in the message that is being written; writes nothing."""
    form = _form("text", request)
    try:
        access.require(may_work_on, actor, access.facts_of(case))
    except access.NotAllowed as error:
        return case_answer(request, actor, case, status=status_of(error), problem=sentence_of(error), refused=form)
    return case_answer(request, actor, case, refused=form, reply=choice_in(request.POST))


@case_only
def _reply_expired(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    return case_answer(request, actor, case, problem=expired_sentence(), refused=_form("text", request))


reply = when_expired(_reply_expired)(require_POST(_reply))


@case_only
def _resend(request: HttpRequest, actor: Actor, case: Case, delivery: int) -> HttpResponse:
    """Tries a failed mail again."""
    if delivery > LARGEST_ID:
        raise Http404
    try:
        mails.resend(case, delivery, actor=actor, now=clock())
    except mails.DeliveryUnknown:
        problem = _("This mail is not waiting to be sent again.")
        return case_answer(request, actor, case, status=HTTPStatus.CONFLICT, problem=problem)
    except access.NotAllowed as error:
        return case_answer(request, actor, case, status=status_of(error), problem=sentence_of(error))
    return HttpResponseRedirect(case_address(case) + walk_query(request))


@case_only
def _resend_expired(request: HttpRequest, actor: Actor, case: Case, delivery: int) -> HttpResponse:
    return case_answer(request, actor, case, problem=expired_sentence())


resend = when_expired(_resend_expired)(require_POST(_resend))
snooze = action("snooze", _snooze)
allow_pack = action("allow_pack", lambda case, data, guard: consents.consent(case, **guard))
wake = action("wake", lambda case, data, guard: snoozing.wake(case, **guard))
