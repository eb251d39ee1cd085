"""The second step of the sign-in: a code of an app, a recovery code, or a passkey."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corrections.desk import pending
from corrections.desk.access import clock
from corrections.desk.account_forms import CodeForm
from corrections.desk.addresses import other_language_url
from corrections.desk.sign_in import ask_device, let_in
from corrections.domain import abuse
from newsroom import second_factor
from newsroom.expired_forms import when_expired
from newsroom.models import StaffMember
from newsroom.network import client_address
from newsroom.privacy import private


@private
def _expired(request: HttpRequest) -> HttpResponse:
    return _page(request, pending.pending_member(request, clock()), CodeForm(), expired=True)


@when_expired(_expired)
@private
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Asks for the second factor of whoever has given the right password, and lets them in."""
    member = pending.pending_member(request, clock())
    if request.method != "POST":
        return _page(request, member, CodeForm())
    if member is None:
        return HttpResponseRedirect(reverse("desk:sign_in"))
    now, source = clock(), client_address(request)
    try:
        # Counted before the code is looked at, for the person and not only for the source.
        abuse.spend(abuse.SECOND_FACTOR, source, now)
        abuse.spend_by_name(abuse.SECOND_FACTOR, str(member.pk), now)
    except abuse.TooMany as too_many:
        response = _page(request, member, CodeForm(), status=HTTPStatus.TOO_MANY_REQUESTS, too_many=True)
        response["Retry-After"] = str(too_many.retry_after_seconds)
        return response
    form = CodeForm(request.POST)
    if not _proves(member, form, request.POST.get("answer", "")):
        return _page(request, member, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    abuse.give_back(abuse.SECOND_FACTOR, source, now)
    abuse.give_back_by_name(abuse.SECOND_FACTOR, str(member.pk), now)
    place = pending.place_of(request)
    pending.forget(request)
    response = let_in(request, member, place, has_factor=True)
    if request.POST.get("answer"):
        second_factor.note_passkey(request, now)
    return response


def _proves(member: StaffMember, form: CodeForm, answer: str) -> bool:
    """Whether the answer of a device, or else the code, is this person's; if not, the form says so."""
    try:
        if answer:
            second_factor.check_passkey(member, answer_in(answer))
        elif form.is_valid():
            second_factor.check_code(member, form.cleaned_data["code"])
        else:
            return False
    except second_factor.WrongCode:
        form.add_error("code", _("This code is wrong, or it was used already. Wait for the next one."))
        return False
    except second_factor.WrongPasskey:
        form.full_clean()
        form.errors.clear()
        form.add_error("code", _("The device was not accepted. Try once more, or give a code."))
        return False
    return True


def answer_in(text: str) -> object:
    """What a device answered, as the script wrote it into the form; None for anything that is no JSON."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _page(
    request: HttpRequest, member: StaffMember | None, form: CodeForm, status: HTTPStatus = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    if member is None:
        return HttpResponseRedirect(reverse("desk:sign_in"))
    if request.method == "POST":
        # What a device was asked, it is asked once.
        ask_device(request, member)
    context = {
        "form": form,
        "options": pending.question_of(request),
        "other_language_url": other_language_url(request.get_full_path()),
        **more,
    }
    return render(request, "corrections/desk/second_factor.html", context, status=status)
