"""The working week and the holidays, set by administrators."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corrections.desk.access import clock
from corrections.desk.clock_forms import HolidayForm, WeekForm, show_week
from corrections.desk.deadlines import administrators_only, answer
from corrections.desk.refusals import expired_sentence
from corrections.domain import clocks, holiday_proposals, site_calendar
from corrections.domain.faults import Refused
from corrections.domain.site_calendar import NewHoliday, WeekChanged
from corrections.rules import Actor
from newsroom.days import day_of
from newsroom.expired_forms import when_expired


@administrators_only
def _week_expired(request: HttpRequest, actor: Actor) -> HttpResponse:
    return _week_page(request, WeekForm(request.POST), problem=expired_sentence())


@when_expired(_week_expired)
@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def edit_week(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The shifts of the weekdays."""
    if request.method != "POST":
        week = clocks.stored_week()
        return _week_page(request, WeekForm.of(week, seen=site_calendar.week_mark(week)))
    form = WeekForm(request.POST)
    if form.is_valid():
        try:
            site_calendar.set_week(form.week(), actor=actor, seen=form.cleaned_data["seen"], now=clock())
        except Refused as refused:
            form.add_faults(refused.faults)
        except WeekChanged:
            return _week_overtaken(request)
        else:
            return HttpResponseRedirect(reverse("desk:deadlines"))
    return _week_page(request, form)


@administrators_only
def _holidays_expired(request: HttpRequest, actor: Actor) -> HttpResponse:
    return _holidays_page(request, HolidayForm(request.POST), problem=expired_sentence())


@when_expired(_holidays_expired)
@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def edit_holidays(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The holidays to come; adding one."""
    if request.method != "POST":
        return _holidays_page(request, HolidayForm())
    form = HolidayForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        new = NewHoliday(data["day"], data["name_ar"], data["name_en"])
        try:
            added = site_calendar.add_holidays([new], actor=actor, now=clock())
        except Refused as refused:
            form.add_faults(refused.faults)
        else:
            if added:
                return HttpResponseRedirect(reverse("desk:holidays"))
            form.add_error("day", _("This day is a holiday already"))
    return _holidays_page(request, form)


@require_POST
@administrators_only
def remove_holiday(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Makes a day a working day again, for what comes in from now on."""
    form = HolidayForm({"day": request.POST.get("day", "")})
    if form.is_valid():
        site_calendar.remove_holiday(form.cleaned_data["day"], actor=actor)
    return HttpResponseRedirect(reverse("desk:holidays"))


@require_POST
@administrators_only
def add_proposed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Adds the proposals that were ticked, with the names that the list has for them."""
    ticked = set(request.POST.getlist("proposed"))
    proposals = [each for each in holiday_proposals.proposals(day_of(clock())) if each.day.isoformat() in ticked]
    site_calendar.add_holidays(proposals, actor=actor, now=clock())
    return HttpResponseRedirect(reverse("desk:holidays"))


def _week_overtaken(request: HttpRequest) -> HttpResponse:
    """What was typed, beside the week as it stands now; sent again, it takes its place."""
    week = clocks.stored_week()
    form = WeekForm({**request.POST.dict(), "seen": site_calendar.week_mark(week)})
    problem = _("Somebody else has changed the week meanwhile. It stands below; compare before you save yours.")
    return _week_page(request, form, problem=problem, standing=show_week(week), status=HTTPStatus.CONFLICT)


def _week_page(
    request: HttpRequest,
    form: WeekForm,
    *,
    problem: str = "",
    standing: Sequence[tuple[str | Promise, str]] = (),
    status: HTTPStatus | None = None,
) -> HttpResponse:
    context = {"form": form, "problem": problem, "standing": standing}
    return answer(request, "working_week", context, status or _status(form))


def _holidays_page(request: HttpRequest, form: HolidayForm, *, problem: str = "") -> HttpResponse:
    today = day_of(clock())
    holidays = site_calendar.holidays_from(today)
    known = {holiday.day for holiday in holidays}
    context: dict[str, Any] = {
        "form": form,
        "holidays": holidays,
        "proposals": [each for each in holiday_proposals.proposals(today) if each.day not in known],
        "country": holiday_proposals.country() and settings.SITE_COUNTRY_NAMES[get_language() or "ar"],
        "problem": problem,
    }
    return answer(request, "holidays", context, _status(form))


def _status(form: WeekForm | HolidayForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
