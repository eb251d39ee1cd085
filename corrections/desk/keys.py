"""The keys with which programs of one's own work on the desk: making, listing and revoking them."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from corrections.desk.access import clock, member_of, signed_in_only
from corrections.desk.account_forms import ConfirmForm, PasswordForm
from corrections.desk.account_steps import LARGEST_ID, asks, form_page, is_confirmed
from corrections.desk.addresses import other_language_url
from corrections.desk.staff import administrators_only, member_or_404
from corrections.domain import api_tokens
from corrections.domain.access import actor_of
from corrections.domain.api_tokens import NoSuchKey
from corrections.domain.faults import Refused
from corrections.models import ApiToken
from corrections.rules import Actor, may_work_on_desk
from newsroom.models import StaffMember

_LONGEST_NAME = 80
_LIFETIMES = ((30, _("30 days")), (90, _("90 days")), (365, _("A year")))


class KeyForm(ConfirmForm):
    """What a new key is for, what it may, and how long."""

    name = forms.CharField(
        label=_("What the key is for"),
        help_text=_("For you and the administrators, such as “figures for the yearly report”."),
        max_length=_LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": "mid", "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Say what the key is for")},
    )
    days = forms.TypedChoiceField(label=_("How long it lives"), coerce=int, choices=_LIFETIMES, initial=90)
    may_write = forms.BooleanField(
        label=_("It may change cases"), help_text=_("Without this it only reads."), required=False
    )
    field_order = ["name", "days", "may_write", "password"]


@asks
@signed_in_only
def show_keys(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """One's own keys; making one, which the answer shows this once."""
    if not may_work_on_desk(actor_of(member)):
        status = HTTPStatus.FORBIDDEN if request.method == "POST" else HTTPStatus.OK
        return _page(request, member, None, status=status)
    form = KeyForm(member, request.POST or None)
    if is_confirmed(request, member, form):
        chosen = {name: form.cleaned_data[name] for name in ("name", "days", "may_write")}
        try:
            row, key = api_tokens.make(member, now=clock(), **chosen)
        except Refused as refused:
            for fault in refused.faults:
                form.add_error(fault.field, str(fault.message))
        else:
            return _page(request, member, KeyForm(member), made=row, key=key)
    return _page(request, member, form)


@asks
@signed_in_only
def revoke(request: HttpRequest, member: StaffMember, number: int) -> HttpResponse:
    """Ends one of one's own keys."""
    row = _found(member, number)
    form = PasswordForm(member, request.POST or None)
    if is_confirmed(request, member, form):
        api_tokens.revoke(row, by=member, now=clock())
        return HttpResponseRedirect(reverse("desk:keys"))
    return form_page(request, "revoke_key", form, row=row)


@require_POST
@administrators_only
def revoke_of_member(request: HttpRequest, actor: Actor, number: int, key: int) -> HttpResponse:
    """An administrator ends a colleague's key."""
    row = _found(member_or_404(actor, number), key)
    api_tokens.revoke(row, by=member_of(request), now=clock())
    return HttpResponseRedirect(reverse("desk:staff_member", args=[number]))


def _found(member: StaffMember, number: int) -> ApiToken:
    try:
        return api_tokens.key_of(member, min(number, LARGEST_ID), clock())
    except NoSuchKey as error:
        raise Http404 from error


def _page(
    request: HttpRequest,
    member: StaffMember,
    form: KeyForm | None,
    *,
    status: HTTPStatus | None = None,
    **more: Any,
) -> HttpResponse:
    is_refused = form is not None and form.is_bound
    now = clock()
    context = {
        "place": "account",
        "form": form,
        "running": api_tokens.running(member, now),
        "ended": api_tokens.ended(member, now),
        "other_language_url": other_language_url(request.path),
        **more,
    }
    answer = status or (HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK)
    return render(request, "corrections/desk/my_keys.html", context, status=answer)
