"""What the pages of one's own account have in common: a form that asks for the password once more."""

from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corrections.desk.access import clock
from corrections.desk.addresses import other_language_url
from newsroom import guesses, second_factor
from newsroom.models import StaffMember

LARGEST_ID = 2**63 - 1

asks = require_http_methods(["GET", "HEAD", "POST"])


def is_confirmed(request: HttpRequest, member: StaffMember, form: BaseForm) -> bool:
    """Whether a form came and is whole, its password and its code of the second step included. Guesses are counted in
    this session alone: nobody else uses them up."""
    if request.method != "POST":
        return False
    guessers = guesses.by_session(member.get_username(), str(request.session.session_key))
    try:
        guesses.count(guessers, clock())
    except guesses.TooManyGuesses:
        form.full_clean()
        form.add_error(None, _("Too many tries. Wait a while and try again; with each further one it takes longer."))
        return False
    if not form.is_valid() or not _proves_factor(request, member, form):
        return False
    guesses.forgive(guessers)
    return True


def _proves_factor(request: HttpRequest, member: StaffMember, form: BaseForm) -> bool:
    """Whether the form's code of the second step is right, where it asks for one. The code is spent."""
    if "factor" not in form.fields:
        return True
    typed = form.cleaned_data["factor"]
    if not typed and second_factor.has_just_used_passkey(request, clock()):
        return True
    try:
        second_factor.check_code(member, typed)
    except second_factor.WrongCode:
        wrong, missing = (
            _("This code is wrong, or it was used already. Wait for the next one."),
            _("Give the code from the app, or a recovery code"),
        )
        form.add_error("factor", wrong if typed else missing)
        return False
    return True


def form_page(request: HttpRequest, page: str, form: BaseForm | None, **more: Any) -> HttpResponse:
    """The page of one form; 422 where it came filled in and is shown again."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.is_bound else HTTPStatus.OK
    context = {
        "place": "account",
        "form": form,
        "page": page,
        "other_language_url": other_language_url(request.path),
        **more,
    }
    return render(request, "corrections/desk/account_form.html", context, status=status)


def codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """New recovery codes, this once."""
    context = {"codes": codes, "place": "account", "other_language_url": reverse("desk:account")}
    return render(request, "corrections/desk/recovery_codes.html", context)
