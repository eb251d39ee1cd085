"""The people of the newsroom: who they are, what they may do, what they see; for administrators. And the door through
which somebody who was invited comes in for the first time."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corrections.desk.access import DeskView, clock, desk_only, member_of, second_factor_roles
from corrections.desk.account_forms import Plain
from corrections.desk.addresses import other_language_url
from corrections.desk.refusals import expired_sentence
from corrections.desk.staff_forms import AccountForm, InvitationForm, JoinForm, initial_of
from corrections.domain import abuse, api_tokens, staff
from corrections.rules import Actor, may_manage_staff
from newsroom.expired_forms import when_expired
from newsroom.models import StaffMember
from newsroom.network import client_address
from newsroom.privacy import private, without_address
from newsroom.queries import sections
from newsroom.second_factor import factors_of
from newsroom.staff import AccountChanged, LastAdministrator, NameTaken, OwnRole, newest_change

LARGEST_ID = 2**63 - 1
SENTENCES = {
    OwnRole: gettext_lazy("Nobody takes their own role, closes their own account or resets their own second factor."),
    LastAdministrator: gettext_lazy("This is the last administrator: without one nobody could manage the staff."),
}
asks = require_http_methods(["GET", "HEAD", "POST"])


def administrators_only(view: DeskView) -> DeskView:
    """The view for administrators; everybody else on the desk gets 403."""

    @wraps(view)
    def guarded(request: HttpRequest, actor: Actor, **kwargs: Any) -> HttpResponse:
        if not may_manage_staff(actor):
            return render(request, "errors/403.html", {"is_error_page": True}, status=HTTPStatus.FORBIDDEN)
        return view(request, actor, **kwargs)

    return desk_only(guarded)


@require_safe
@administrators_only
def show_staff(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody with an account."""
    names = {section.pk: section.name_in(_language()) for section in sections()}
    rows = [
        (listed, [names[pk] for pk in listed.member.section_ids if pk in names]) for listed in staff.everybody(actor)
    ]
    context = {"place": "staff", "rows": rows, "needed": second_factor_roles(), **_other_language(request)}
    return render(request, "corrections/desk/staff.html", context)


@administrators_only
def _invite_expired(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = InvitationForm(request.POST, language=_language())
    form.add_error(None, expired_sentence())
    return _invite_page(request, form, HTTPStatus.OK)


@when_expired(_invite_expired)
@asks
@administrators_only
def invite(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Makes an account, whose owner sets the password by a mailed link."""
    initial = {"language": _language(), "role": "editor"}
    form = InvitationForm(request.POST or None, initial=initial, language=_language())
    if request.method == "POST" and form.is_valid():
        try:
            staff.invite(form.cleaned_data["username"], form.account(), by=member_of(request), now=clock())
        except NameTaken:
            form.add_error("username", _("There is already an account with this name."))
        else:
            return HttpResponseRedirect(reverse("desk:staff"))
    return _invite_page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)


def _invite_page(request: HttpRequest, form: Plain, status: HTTPStatus) -> HttpResponse:
    context = {"place": "staff", "form": form, **_other_language(request)}
    return render(request, "corrections/desk/staff_invite.html", context, status=status)


@administrators_only
def _edit_expired(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    form = AccountForm(request.POST, language=_language())
    return _member_page(request, member_or_404(actor, number), form, problem=expired_sentence())


@when_expired(_edit_expired)
@asks
@administrators_only
def edit(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """One account, and what was changed about it."""
    member = member_or_404(actor, number)
    if request.method != "POST":
        return _member_page(request, member, AccountForm(initial=initial_of(member), language=_language()))
    form = AccountForm(request.POST, language=_language())
    if not form.is_valid():
        return _member_page(request, member, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        seen = form.cleaned_data["seen"] or 0
        staff.change(member, form.account(), seen=seen, by=member_of(request), now=clock())
    except AccountChanged:
        data = request.POST.copy()
        data["seen"] = str(newest_change(member))
        problem = _("Somebody else has changed this account meanwhile: see what below. Press again to save yours.")
        form = AccountForm(data, language=_language())
        return _member_page(request, member, form, status=HTTPStatus.CONFLICT, problem=problem)
    except (OwnRole, LastAdministrator) as error:
        form.add_error("role", SENTENCES[type(error)])
        return _member_page(request, member, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(reverse("desk:staff"))


def _action(act: Callable[..., None]) -> DeskView:
    """A view that does one thing to an account, and leads back to its page."""

    @administrators_only
    def view(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
        member = member_or_404(actor, number)
        try:
            act(member, by=member_of(request), now=clock())
        except (OwnRole, LastAdministrator) as error:
            form = AccountForm(initial=initial_of(member), language=_language())
            problem = SENTENCES[type(error)]
            return _member_page(request, member, form, status=HTTPStatus.CONFLICT, problem=str(problem))
        return HttpResponseRedirect(reverse("desk:staff_member", args=[number]))

    return require_POST(view)


deactivate = _action(staff.deactivate)
activate = _action(staff.activate)
reset_factors = _action(staff.reset_factors)
send_link = _action(staff.send_link)


@asks
@without_address
@private
def join(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Sets the first password, or a new one, by the link of a mail; looking at it changes nothing."""
    now = clock()
    try:
        abuse.spend(abuse.JOIN, client_address(request), now)
        member = staff.invited(min(number, LARGEST_ID), token, now)
        form = JoinForm(member, request.POST or None)
        if request.method == "POST" and form.is_valid():
            staff.join(number, token, form.cleaned_data["new_password1"], now)
            return HttpResponseRedirect(reverse("desk:sign_in"))
    except staff.InvitationGone:
        return render(request, "corrections/desk/join_gone.html", _other_language(request), status=HTTPStatus.NOT_FOUND)
    except abuse.TooMany as too_many:
        response = render(request, "corrections/desk/join_gone.html", {"too_many": True}, status=429)
        response["Retry-After"] = str(too_many.retry_after_seconds)
        return response
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "member": member, **_other_language(request)}
    return render(request, "corrections/desk/join.html", context, status=status)


def member_or_404(actor: Actor, number: int) -> StaffMember:
    """The account of the address, for administrators, or a 404."""
    try:
        return staff.member(actor, min(number, LARGEST_ID))
    except staff.NoSuchMember as error:
        raise Http404 from error


def _member_page(
    request: HttpRequest, member: StaffMember, form: Plain, status: HTTPStatus = HTTPStatus.OK, problem: str = ""
) -> HttpResponse:
    context = {
        "place": "staff",
        "member": member,
        "is_oneself": member.pk == member_of(request).pk,
        "factors": factors_of(member),
        "form": form,
        "problem": problem,
        "changes": staff.changes_of(member),
        "keys": api_tokens.running(member, clock()),
        "other_language_url": other_language_url(reverse("desk:staff_member", args=[member.pk])),
    }
    return render(request, "corrections/desk/staff_member.html", context, status=status)


def _other_language(request: HttpRequest) -> dict[str, str]:
    return {"other_language_url": other_language_url(request.path)}


def _language() -> str:
    return get_language() or "ar"
