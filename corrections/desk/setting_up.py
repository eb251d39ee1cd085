"""Setting up a second factor: an app or a passkey. It is begun by a button, which makes what the device is shown and
keeps it sealed in the session; the page that asks for the device's answer only shows it."""

import io
import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corrections.desk import sealed_notes
from corrections.desk.access import clock, signed_in_only
from corrections.desk.account_forms import AppForm, PasskeyForm
from corrections.desk.account_steps import asks, codes_page, form_page, is_confirmed
from corrections.desk.addresses import other_language_url
from newsroom import second_factor, staff
from newsroom.models import StaffMember
from newsroom.second_factor import WrongCode, WrongPasskey

#: The places of the session where the secret of an app and the question to a device wait, and for how long.
_APP, _PASSKEY = "app_to_set_up", "passkey_to_add"
LIFETIME = timedelta(minutes=20)
#: Modules of white that readers of codes need around one (ISO/IEC 18004).
_QUIET_ZONE = 4


@require_POST
@signed_in_only
def begin_app(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """Makes the secret of an app; leads to the page that shows it."""
    _keep(request, _APP, second_factor.new_secret(), member)
    return HttpResponseRedirect(reverse("desk:set_up_app"))


@asks
@signed_in_only
def set_up_app(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """Shows the secret as a picture and as letters, and takes the first code."""
    secret = sealed_notes.read(request, _APP, member, clock())
    if secret is None:
        return _not_begun(request, "app", "desk:begin_app")
    form = AppForm(member, request.POST or None)
    if is_confirmed(request, member, form):
        try:
            staff.add_app(member, secret, form.cleaned_data["code"], session=_session(request), now=clock())
        except WrongCode:
            form.add_error("code", _("This code is wrong. Look whether the telephone’s clock is right."))
        else:
            sealed_notes.forget(request, _APP)
            return _set_up(request, member)
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return form_page(request, "app", form, secret=spaced, address=second_factor.app_address(member, secret))


@require_safe
@signed_in_only
def app_picture(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """The secret that is being set up, as a QR code."""
    secret = sealed_notes.read(request, _APP, member, clock())
    if secret is None:
        return HttpResponseRedirect(reverse("desk:set_up_app"))
    drawn = io.BytesIO()
    code = segno.make(second_factor.app_address(member, secret), error="m", micro=False)
    code.save(drawn, kind="svg", scale=4, border=_QUIET_ZONE, light="#fff", dark="#000", xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@require_POST
@signed_in_only
def begin_passkey(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """Makes the question that a device answers; leads to the page that puts it."""
    _ask_device(request, member)
    return HttpResponseRedirect(reverse("desk:add_passkey"))


@asks
@signed_in_only
def add_passkey(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """Ties a device to the account. After an answer that was refused the device is asked anew."""
    options = sealed_notes.read(request, _PASSKEY, member, clock())
    if options is None:
        return _not_begun(request, "passkey", "desk:begin_passkey")
    form = PasskeyForm(member, request.POST or None)
    if is_confirmed(request, member, form):
        try:
            name, answer = form.cleaned_data["name"], form.cleaned_data["answer"]
            staff.add_passkey(member, name, answer, session=_session(request), now=clock())
        except WrongPasskey:
            form.add_error(None, _("The device has not answered. Try once more."))
        else:
            sealed_notes.forget(request, _PASSKEY)
            return _set_up(request, member)
    if form.is_bound:
        options = _ask_device(request, member)
    return form_page(request, "passkey", form, options=options)


def _session(request: HttpRequest) -> str | None:
    return request.session.session_key


def _ask_device(request: HttpRequest, member: StaffMember) -> str:
    options = json.dumps(second_factor.begin_passkey(member))
    _keep(request, _PASSKEY, options, member)
    return options


def _keep(request: HttpRequest, name: str, value: str, member: StaffMember) -> None:
    sealed_notes.keep(request, name, value, member, lasts=LIFETIME, now=clock())


def _not_begun(request: HttpRequest, page: str, begin: str) -> HttpResponse:
    """The page with the button that begins; 409 for an answer that came too late."""
    is_late = request.method == "POST"
    context: dict[str, Any] = {
        "place": "account",
        "page": page,
        "begin": reverse(begin),
        "is_late": is_late,
        "other_language_url": other_language_url(request.path),
    }
    status = HTTPStatus.CONFLICT if is_late else HTTPStatus.OK
    return render(request, "corrections/desk/set_up_begin.html", context, status=status)


def _set_up(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """After a factor is set up: with the first one come recovery codes."""
    second_factor.note_proved(request)
    if second_factor.factors_of(member).codes_left:
        return HttpResponseRedirect(reverse("desk:account"))
    return codes_page(request, staff.make_recovery_codes(member, now=clock()))
