"""One's own account: second factor, recovery codes, password, open sessions."""

import io
import json
from http import HTTPStatus
from typing import Any

import segno
from django.contrib.auth import update_session_auth_hash
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corrections.desk.access import clock, must_set_up_factor, second_factor_roles, signed_in_only
from corrections.desk.account_forms import AppForm, ConfirmForm, NewPasswordForm, PasskeyForm
from corrections.desk.addresses import other_language_url
from corrections.domain import abuse
from corrections.domain import staff as people
from newsroom import second_factor, sessions, staff
from newsroom.models import StaffMember
from newsroom.second_factor import WrongCode, WrongPasskey

#: The secret of an app that is being set up waits here.
_SECRET = "app_secret"  # noqa: S105 - the name of a place
_DIGITS_OF_A_CODE = 8
_MOST_CODES = 20
#: Modules of white that readers of codes need around one (ISO/IEC 18004).
_QUIET_ZONE = 4
LARGEST_ID = 2**63 - 1

asks = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@signed_in_only
def show(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """Everything about one's own account."""
    context = {
        "place": "account",
        "factors": second_factor.factors_of(member),
        "is_needed": member.role in second_factor_roles(),
        "is_overdue": must_set_up_factor(request),
        "sessions": sessions.open_sessions(member, request, clock()),
        "other_language_url": other_language_url(request.get_full_path()),
    }
    return render(request, "corrections/desk/account.html", context)


@asks
@signed_in_only
def set_up_app(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """Shows the secret as a picture and as letters, and takes the first code."""
    form = AppForm(member, request.POST or None)
    secret = request.session.setdefault(_SECRET, second_factor.new_secret())
    if _is_confirmed(request, member, form):
        try:
            staff.add_app(member, secret, form.cleaned_data["code"], now=clock())
        except WrongCode:
            form.add_error("code", _("This code is wrong. Look whether the telephone’s clock is right."))
        else:
            del request.session[_SECRET]
            return _set_up(request, member)
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return _form_page(request, "app", form, secret=spaced, address=second_factor.app_address(member, secret))


@require_safe
@signed_in_only
def app_picture(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """The secret that is being set up, as a QR code."""
    secret = request.session.get(_SECRET)
    if secret is None:
        return HttpResponseRedirect(reverse("desk:set_up_app"))
    drawn = io.BytesIO()
    code = segno.make(second_factor.app_address(member, secret), error="m", micro=False)
    code.save(drawn, kind="svg", scale=4, border=_QUIET_ZONE, light="#fff", dark="#000", xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@asks
@signed_in_only
def add_passkey(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """Ties a device to the account."""
    form = PasskeyForm(member, request.POST or None)
    if _is_confirmed(request, member, form):
        try:
            staff.add_passkey(member, form.cleaned_data["name"], form.cleaned_data["answer"], now=clock())
        except WrongPasskey:
            form.add_error(None, _("The device has not answered. Try once more."))
        else:
            return _set_up(request, member)
    return _form_page(request, "passkey", form, options=json.dumps(second_factor.begin_passkey(member)))


@asks
@signed_in_only
def remove_app(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """Unties the app."""
    return _removal(request, member, lambda: staff.remove_app(member, now=clock()), "app")


@asks
@signed_in_only
def remove_passkey(request: HttpRequest, member: StaffMember, number: int) -> HttpResponse:
    """Unties one device."""
    wanted = min(number, LARGEST_ID)
    return _removal(request, member, lambda: staff.remove_passkey(member, wanted, now=clock()), "passkey")


@asks
@signed_in_only
def make_codes(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """New recovery codes, shown in the answer and never again."""
    if not second_factor.has_second_factor(member):
        return HttpResponseRedirect(reverse("desk:account"))
    form = ConfirmForm(member, request.POST or None)
    if _is_confirmed(request, member, form):
        return _codes_page(request, staff.make_recovery_codes(member, now=clock()))
    return _form_page(request, "new_codes", form)


@require_POST
@signed_in_only
def codes_file(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """The codes that the page before has shown, as a file: they come back from that page, for nothing keeps them."""
    typed = request.POST.getlist("codes")[:_MOST_CODES]
    codes = [code for code in typed if code.isascii() and code.isdigit() and len(code) == _DIGITS_OF_A_CODE]
    content = "\ufeff" + "".join(f"{code}\r\n" for code in codes)
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response


@asks
@signed_in_only
def change_password(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """A new password; every other session ends, and every key."""
    form = NewPasswordForm(member, request.POST or None)
    if _is_confirmed(request, member, form):
        people.change_password(member, form.cleaned_data["new_password1"], now=clock())
        update_session_auth_hash(request, member)
        sessions.begin(request, member, clock())
        return HttpResponseRedirect(reverse("desk:account"))
    return _form_page(request, "password", form)


@require_POST
@signed_in_only
def end_session(request: HttpRequest, member: StaffMember, number: int) -> HttpResponse:
    """Ends one session of one's own."""
    sessions.end_session(member, min(number, LARGEST_ID))
    return HttpResponseRedirect(reverse("desk:account"))


@require_POST
@signed_in_only
def end_other_sessions(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """Ends every session but this one."""
    sessions.end_sessions(member, except_key=request.session.session_key)
    return HttpResponseRedirect(reverse("desk:account"))


@require_POST
@signed_in_only
def stay(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """Somebody is still there: the half hour begins anew."""
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    sessions.note_seen(request, response)
    response["X-Seconds-Left"] = str(min(sessions.IDLE.seconds, sessions.seconds_to_the_end(request, member, clock())))
    return response


def _is_confirmed(request: HttpRequest, member: StaffMember, form: BaseForm) -> bool:
    """Whether a form came and is whole, its password included, whose guesses are counted as those of the sign-in."""
    if request.method != "POST":
        return False
    now, name = clock(), member.get_username().casefold()
    try:
        abuse.spend_by_name(abuse.SIGN_IN, name, now)
    except abuse.TooMany:
        form.full_clean()
        form.add_error(None, _("Too many tries. Wait a quarter of an hour and try again."))
        return False
    if not form.is_valid():
        return False
    abuse.give_back_by_name(abuse.SIGN_IN, name, now)
    return True


def _removal(request: HttpRequest, member: StaffMember, remove: Any, page: str) -> HttpResponse:
    form = ConfirmForm(member, request.POST or None)
    is_last = second_factor.factors_of(member).count == 1 and member.role in second_factor_roles()
    if is_last:
        return _form_page(request, f"remove_{page}", None, is_last=True)
    if _is_confirmed(request, member, form):
        remove()
        if not second_factor.has_second_factor(member):
            request.session.pop(second_factor.PROVED, None)
        return HttpResponseRedirect(reverse("desk:account"))
    return _form_page(request, f"remove_{page}", form)


def _set_up(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """After a factor is set up: with the first one come recovery codes."""
    second_factor.note_proved(request)
    if second_factor.factors_of(member).codes_left:
        return HttpResponseRedirect(reverse("desk:account"))
    return _codes_page(request, staff.make_recovery_codes(member, now=clock()))


def _codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "place": "account", "other_language_url": reverse("desk:account")}
    return render(request, "corrections/desk/recovery_codes.html", context)


def _form_page(request: HttpRequest, page: str, form: BaseForm | None, **more: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.is_bound else HTTPStatus.OK
    context = {
        "place": "account",
        "form": form,
        "page": page,
        "other_language_url": other_language_url(request.path),
        **more,
    }
    return render(request, "corrections/desk/account_form.html", context, status=status)
