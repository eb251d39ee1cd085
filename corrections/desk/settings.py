"""The desk's settings: what they are, what would change, how the pages would look, and putting them into force."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corrections import desk_settings
from corrections.desk.access import clock, member_of
from corrections.desk.addresses import other_language_url
from corrections.desk.refusals import expired_sentence
from corrections.desk.settings_form import SettingsForm, in_words, initial_of, label_of
from corrections.desk.staff import administrators_only
from corrections.domain import settings_publishing
from corrections.domain.settings_publishing import Difference, SettingsChanged
from corrections.rules import Actor
from newsroom.expired_forms import when_expired

#: Pages that print settings, by the name in the address of the preview.
PREVIEWS = {"promise": "reader:promise", "complaints": "reader:complaints"}


@administrators_only
def _expired(request: HttpRequest, actor: Actor) -> HttpResponse:
    return _page(request, SettingsForm(request.POST), problem=expired_sentence())


@when_expired(_expired)
@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def show(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Shows the settings; checks others (what would change); publishes them."""
    values = desk_settings.current()
    if request.method != "POST":
        return _page(request, SettingsForm(initial=initial_of(values)))
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    chosen = form.chosen()
    if "publish" not in request.POST:
        return _page(request, form, checked=settings_publishing.differences(values, chosen))
    try:
        settings_publishing.publish(chosen, expected=form.cleaned_data["expected"], by=member_of(request), now=clock())
    except SettingsChanged:
        data = request.POST.copy()
        data["expected"] = str(values.number)
        problem = _("Other settings were published meanwhile. Below is what you would change in them.")
        checked = settings_publishing.differences(values, chosen)
        return _page(request, SettingsForm(data), status=HTTPStatus.CONFLICT, problem=problem, checked=checked)
    return HttpResponseRedirect(reverse("desk:settings"))


@require_POST
@administrators_only
def preview(request: HttpRequest, actor: Actor, page: str) -> HttpResponse:
    """A reader's page as it would be with the settings that were filled in; nothing is written."""
    if page not in PREVIEWS:
        raise Http404
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    address = reverse(PREVIEWS[page])
    request.method = "GET"
    with desk_settings.instead(form.chosen()):
        response: HttpResponse = resolve(address).func(request)
    response["Cache-Control"] = "no-store, private"
    return response


def _page(
    request: HttpRequest,
    form: SettingsForm,
    status: HTTPStatus = HTTPStatus.OK,
    checked: list[Difference] | None = None,
    problem: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "place": "settings",
        "form": form,
        "problem": problem,
        "is_checked": checked is not None,
        "checked": _worded(checked or []),
        "history": [(past.version, _worded(past.differences)) for past in settings_publishing.history()],
        "other_language_url": other_language_url(reverse("desk:settings")),
    }
    return render(request, "corrections/desk/settings.html", context, status=status)


def _worded(differences: list[Difference]) -> list[tuple[Any, str, str]]:
    return [
        (label_of(each.name), in_words(each.name, each.before), in_words(each.name, each.after)) for each in differences
    ]
