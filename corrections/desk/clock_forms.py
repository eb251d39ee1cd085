"""Forms of the desk's pages about deadlines: a procedure, the simulator, the working week, a holiday."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corrections.calendar import DAYS_OF_WEEK, Week
from corrections.desk.clock_fields import (
    DayField,
    NumberField,
    OptionalDayField,
    OptionalTimeField,
    ShiftsField,
    TimeField,
    show_shifts,
)
from corrections.domain.faults import Fault
from corrections.enums import Finding, Kind, Remedy
from corrections.procedures import CLOCKS, Clock, Office, Procedure, Unit
from newsroom.days import weekdays_in_order

UNITS = {
    Unit.WORKING_DAYS: _("working days"),
    Unit.CALENDAR_DAYS: _("days, all of them"),
    Unit.HOURS: _("hours, all of them"),
    Unit.WORKING_HOURS: _("working hours"),
}
OFFICES = {Office.DESK: _("Every editor of the desk"), Office.STANDARDS: _("The standards editors")}
CLOCK_NAMES = {
    "acknowledge": _("First reply"),
    "urgent_acknowledge": _("First reply where people’s safety is concerned"),
    "statement": _("Statement of the author"),
    "decide": _("Decision"),
    "answer_question": _("The reader’s answer to a question"),
    "extension": _("Longest extension of a decision"),
    "appeal_window": _("Window in which a review can be asked for"),
    "review": _("Decision of a review"),
    "reminder_before": _("Reminder before a deadline"),
    "escalate_after": _("To the administrators after a missed deadline"),
}


class ClockForm(forms.Form):
    """What the forms here have in common: faults of the domain stand beside their fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "use_required_attribute": False, **kwargs})

    def add_faults(self, faults: Sequence[Fault]) -> None:
        """Puts the domain's faults beside the fields they belong to."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, str(fault.message))


class ClockPair(NamedTuple):
    """The two fields of a clock."""

    amount: forms.BoundField
    unit: forms.BoundField


class ProcedureForm(ClockForm):
    """Every part of a procedure. A clock is two fields: its number, under the clock's own name, and its unit."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    decided_by = forms.ChoiceField(
        label=pgettext_lazy("on cases", "Who decides"), choices=[(each.value, OFFICES[each]) for each in Office]
    )
    extensions = NumberField(label=_("How often a decision may be put off"))
    second_signature_findings = forms.MultipleChoiceField(
        label=_("Findings that two people sign"),
        choices=Finding.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    second_signature_remedies = forms.MultipleChoiceField(
        label=_("Remedies that two people sign"),
        choices=Remedy.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CLOCKS:
            self.fields[name] = NumberField(label=CLOCK_NAMES[name])
            self.fields[f"{name}_unit"] = forms.ChoiceField(
                label=_("Unit"), choices=[(each.value, UNITS[each]) for each in Unit]
            )

    @classmethod
    def of(cls, terms: Procedure, seen: int) -> "ProcedureForm":
        """The form filled in with a procedure."""
        initial: dict[str, Any] = {
            "seen": seen,
            "decided_by": terms.decided_by.value,
            "extensions": terms.extensions,
            "second_signature_findings": sorted(terms.second_signature_findings),
            "second_signature_remedies": sorted(terms.second_signature_remedies),
        }
        for name in CLOCKS:
            clock: Clock = getattr(terms, name)
            initial |= {name: clock.amount, f"{name}_unit": clock.unit.value}
        return cls(initial=initial)

    def clocks(self) -> Iterator[ClockPair]:
        """The fields of the clocks, in the order in which they may come to run."""
        return (ClockPair(self[name], self[f"{name}_unit"]) for name in CLOCKS)

    def terms(self) -> Procedure:
        """The procedure that was filled in."""
        data = self.cleaned_data
        parts: dict[str, Any] = {name: Clock(data[name], Unit(data[f"{name}_unit"])) for name in CLOCKS}
        return Procedure(
            decided_by=Office(data["decided_by"]),
            extensions=data["extensions"],
            second_signature_findings=frozenset(data["second_signature_findings"]),
            second_signature_remedies=frozenset(data["second_signature_remedies"]),
            **parts,
        )


#: The fields of the simulator that make a pause: all of them, or none.
PAUSE = ("asked_on", "asked_time", "answered_on", "answered_time")


class SimulatorForm(ClockForm):
    """When a report arrives, and what it is about."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    day = DayField(label=_("Received on"), help_text=_("Day, month, year: 25/12/2026"))
    time = TimeField(label=_("At"), help_text=_("Such as 16:00"))
    asked_on = OptionalDayField(label=_("We wait for the reader from"), help_text=_("Optional: the day of a question."))
    asked_time = OptionalTimeField(label=_("Time of the question"), help_text=_("Such as 16:00"))
    answered_on = OptionalDayField(label=_("Until"), help_text=_("The day of the answer."))
    answered_time = OptionalTimeField(label=_("Time of the answer"), help_text=_("Such as 16:00"))
    draft = forms.BooleanField(label=_("By the draft instead of the procedure in force"), required=False)
    urgent = forms.BooleanField(label=_("People’s safety is concerned"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuses a pause that lacks a part, begins before the report, or ends before it begins."""
        data = super().clean() or {}
        given = [name for name in PAUSE if self.data.get(name, "").strip()]
        for name in PAUSE if given else ():
            if name not in given:
                self.add_error(name, _("Give both days and both times of the waiting, or none of them"))
        waits = None if self.errors else self.waits()
        if waits and waits[0] < self.received_at():
            self.add_error("asked_on", _("Nobody waits before the report has arrived"))
        elif waits and waits[1] <= waits[0]:
            self.add_error("answered_on", _("The waiting ends after it has begun"))
        return data

    def received_at(self) -> datetime:
        """The moment of receipt in the site's time."""
        return self._moment("day", "time")

    def waits(self) -> tuple[datetime, datetime] | None:
        """The moments of the question and of the answer, of a form that is whole; None where nobody waits."""
        if self.cleaned_data["asked_on"] is None:
            return None
        return self._moment("asked_on", "asked_time"), self._moment("answered_on", "answered_time")

    def _moment(self, day: str, time: str) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data[day], self.cleaned_data[time]))


class WeekForm(ClockForm):
    """The hours of each weekday; `seen` marks the week that the form was shown with."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in weekdays_in_order(settings.SITE_WEEKEND):
            self.fields[f"day{day}"] = ShiftsField(label=WEEKDAYS[day])

    @classmethod
    def of(cls, week: Week, seen: str) -> "WeekForm":
        """The form filled in with a week."""
        return cls(initial={"seen": seen, **{f"day{day}": show_shifts(shifts) for day, shifts in enumerate(week)}})

    def week(self) -> Week:
        """The week that was filled in."""
        return tuple(self.cleaned_data[f"day{day}"] for day in range(DAYS_OF_WEEK))


class HolidayForm(ClockForm):
    """A day on which nobody works."""

    day = DayField(label=_("Day"), help_text=_("Day, month, year: 25/12/2026"))
    name_ar = forms.CharField(
        label=_("Name in Arabic"), required=False, max_length=1000, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    name_en = forms.CharField(
        label=_("Name in English"), required=False, max_length=1000, widget=forms.TextInput(attrs={"dir": "auto"})
    )


def first_moment(now: datetime) -> dict[str, str]:
    """What the simulator shows before anything is filled in: now."""
    local = timezone.localtime(now)
    return {"day": f"{local:%d/%m/%Y}", "time": f"{local:%H:%M}"}


def show_week(week: Week) -> list[tuple[str | Promise, str]]:
    """A week day by day, as its form shows it."""
    return [(WEEKDAYS[day], show_shifts(week[day])) for day in weekdays_in_order(settings.SITE_WEEKEND)]


def written(day: date) -> str:
    """A day as the fields here read it."""
    return f"{day:%d/%m/%Y}"
