"""Signing in and out, with a limit on guesses by source and by user name, and a second factor where one is set up."""

import json
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from corrections.desk import pending
from corrections.desk.access import clock, second_factor_roles
from corrections.desk.addresses import other_language_url
from corrections.domain import abuse
from newsroom import guesses, known_devices, second_factor, sessions, staff
from newsroom.models import StaffMember
from newsroom.network import client_address
from newsroom.privacy import private

_LONGEST_NAME = 150


class SignInForm(AuthenticationForm):
    """User name and password; the answer is the same for a wrong name and a wrong password."""

    error_messages = {
        "invalid_login": _("User name and password do not belong together."),
        "inactive": _("User name and password do not belong together."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.use_required_attribute = False
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")
        self.fields["username"].widget.attrs |= {"class": "mid", "dir": "ltr"}
        self.fields["password"].widget.attrs |= {"class": "mid", "dir": "ltr"}
        self.fields["username"].error_messages["required"] = str(_("Give your user name"))
        self.fields["password"].error_messages["required"] = str(_("Give your password"))


@method_decorator(private, name="dispatch")
class SignIn(LoginView):
    """Ten failed tries in a quarter of an hour for each network; for each account fewer and fewer (newsroom.guesses). A
    device on which somebody has signed in before has a count of its own for that account, and no other."""

    template_name = "corrections/desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:  # type: ignore[override]  # the stubs know of a request that Django does not
        """Where the way leads afterwards, as its address asks; never to this door again, or out of it."""
        place = super().get_redirect_url()
        return "" if _is_door(place) else str(place)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = other_language_url(self.request.get_full_path())
        context = super().get_context_data(**{"other_language_url": place, **kwargs})
        # Django's own, the host of the request, would stand in the place of the newsroom's name.
        del context["site_name"]
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now, source, name = timezone.now(), client_address(request), name_in(request)
        device = known_devices.device_that_knows(request, name)
        guessers = guesses.by_device(name, device) if device else guesses.by_strangers(name)
        try:
            # Counted before the password is looked at, so that parallel guesses count too.
            if not device:
                abuse.spend(abuse.SIGN_IN, source, now)
            guesses.count(guessers, now)
        except (abuse.TooMany, guesses.TooManyGuesses) as too_many:
            return self._refused(too_many.retry_after_seconds)
        self.has_right_password = False
        response = super().post(request, *args, **kwargs)
        if self.has_right_password:
            guesses.forgive(guessers)
            if not device:
                abuse.give_back(abuse.SIGN_IN, source, now)
        return response

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Lets somebody in, or asks for the second factor first."""
        self.has_right_password = True
        member = form.get_user()
        if second_factor.has_second_factor(member):
            pending.remember(self.request, member, self.get_success_url(), clock())
            ask_device(self.request, member)
            return HttpResponseRedirect(reverse("desk:second_factor"))
        return let_in(self.request, member, self.get_success_url(), has_factor=False)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    def _refused(self, retry_after_seconds: int) -> HttpResponse:
        # An unbound form: the password is not looked at, and not shown again.
        form = SignInForm(self.request, initial={"username": name_in(self.request)})
        context = self.get_context_data(form=form, too_many=True)
        response = self.render_to_response(context, status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(retry_after_seconds)
        return response


class ExpiredSignIn(SignIn):
    """The answer to a sign-in without a valid token: nothing is checked, the user name stays."""

    redirect_authenticated_user = False
    username = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SignInForm(request, initial={"username": self.username})
        return self.render_to_response(self.get_context_data(form=form, expired=True))


class SignOut(LogoutView):
    """Ends the session; only by POST."""

    next_page = "desk:sign_in"


def ask_device(request: HttpRequest, member: StaffMember) -> None:
    """Makes what the passkeys of whoever is about to come in are asked at the second step."""
    options = second_factor.begin_check(member)
    pending.keep_question(request, json.dumps(options) if options else "")


def let_in(request: HttpRequest, member: StaffMember, place: str, *, has_factor: bool) -> HttpResponse:
    """Opens a session, under a new key; the answer leads to the place and lets the device remember whom it knows."""
    now = clock()
    login(request, member)
    second_factor.note_proved(request, has_factor=has_factor)
    sessions.begin(request, member, now)
    staff.note_signed_in(member, has_factor=has_factor, roles=second_factor_roles(), now=now)
    response = HttpResponseRedirect(place)
    known_devices.remember(request, response, member)
    return response


def name_in(request: HttpRequest) -> str:
    """The user name as the form reads it, so that one account is one name to the limit, however it is written."""
    typed = request.POST.get("username", "").strip()[:_LONGEST_NAME]
    return str(UsernameField().to_python(typed)).strip()


def _is_door(place: str) -> bool:
    """Whether it is one of the doors, in whichever language."""
    doors = [reverse(f"desk:{name}") for name in ("sign_in", "sign_out", "second_factor")]
    path = urlsplit(place).path
    return path in [translate_url(door, language) for door in doors for language, _name in settings.LANGUAGES]


def sign_in_again(request: HttpRequest) -> HttpResponseBase:
    """The sign-in again; a typed password is not shown back."""
    again = ExpiredSignIn.as_view(username=name_in(request))
    # As a POST the view would check the token once more, and its refusal would lead here again.
    request.method = "GET"
    return again(request)
