"""One's own account: what is set up, recovery codes, password, open sessions."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from corrections.desk.access import clock, must_set_up_factor, second_factor_roles, signed_in_only
from corrections.desk.account_forms import ConfirmForm, NewPasswordForm
from corrections.desk.account_steps import LARGEST_ID, asks, codes_page, form_page, is_confirmed
from corrections.desk.addresses import other_language_url
from corrections.domain import staff as people
from newsroom import second_factor, sessions, staff
from newsroom.models import StaffMember

_DIGITS_OF_A_CODE = 8
_MOST_CODES = 20


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
def remove_app(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """Unties the app."""
    return _removal(request, member, lambda: staff.remove_app(member, **_here(request)), "app")


@asks
@signed_in_only
def remove_passkey(request: HttpRequest, member: StaffMember, number: int) -> HttpResponse:
    """Unties one device."""
    wanted = min(number, LARGEST_ID)
    return _removal(request, member, lambda: staff.remove_passkey(member, wanted, **_here(request)), "passkey")


@asks
@signed_in_only
def make_codes(request: HttpRequest, member: StaffMember) -> HttpResponse:
    """New recovery codes, shown in the answer and never again."""
    if not second_factor.has_second_factor(member):
        return HttpResponseRedirect(reverse("desk:account"))
    form = ConfirmForm(member, request.POST or None)
    if is_confirmed(request, member, form):
        return codes_page(request, staff.make_recovery_codes(member, now=clock()))
    return form_page(request, "new_codes", form)


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
    if is_confirmed(request, member, form):
        people.change_password(member, form.cleaned_data["new_password1"], now=clock())
        update_session_auth_hash(request, member)
        sessions.begin(request, member, clock())
        return HttpResponseRedirect(reverse("desk:account"))
    return form_page(request, "password", form)


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


def _here(request: HttpRequest) -> dict[str, Any]:
    """The session that goes on when the others end, and the moment."""
    return {"session": request.session.session_key, "now": clock()}


def _removal(request: HttpRequest, member: StaffMember, remove: Any, page: str) -> HttpResponse:
    form = ConfirmForm(member, request.POST or None)
    is_last = second_factor.factors_of(member).count == 1 and member.role in second_factor_roles()
    if is_last:
        return form_page(request, f"remove_{page}", None, is_last=True)
    if is_confirmed(request, member, form):
        remove()
        if not second_factor.has_second_factor(member):
            request.session.pop(second_factor.PROVED, None)
        return HttpResponseRedirect(reverse("desk:account"))
    return form_page(request, f"remove_{page}", form)
