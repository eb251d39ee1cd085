"""Words of the desk's pages that depend on the moment: how a case stands to its deadline."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corrections.domain.clock_words import reply_lateness, time_left, weekdays_words
from corrections.domain.clocks import read_calendar
from corrections.domain.mentions import apart
from corrections.domain.own_steps import OwnSteps
from corrections.domain.undo import Undoing
from corrections.enums import OPEN_STATUSES, Happening, Kind, Severity, Status, WaitingOn
from corrections.models import Case, Event
from corrections.work_choices import HoldReason
from newsroom import dates

register = template.Library()
register.filter(weekdays_words)


#: A held case keeps its promises too.
_RUNNING = (Status.HELD, *OPEN_STATUSES)


@register.filter
def with_mentions(text: str) -> str:
    """A note with each @username apart from the direction of the words around it."""
    pieces = ((format_html('<bdi dir="ltr">{}</bdi>', each) if is_name else each,) for is_name, each in apart(text))
    return format_html_join("", "{}", pieces)


@register.filter
def has_clock(case: Case) -> bool:
    """Whether the time to the decision runs: the case waits neither for its reader nor is it over."""
    return case.status in _RUNNING and case.waiting_on != WaitingOn.READER


@register.simple_tag
def due_words(case: Case, now: datetime, midnight: datetime) -> str:
    """1 day overdue / Today, 17:00 / Tomorrow / 23 February / Clock paused."""
    if case.status not in _RUNNING:
        return _("No deadline")
    if case.waiting_on == WaitingOn.READER:
        return _("Clock paused")
    due = case.decision_due_at
    if due < now:
        return _overdue(due, now)
    if due < midnight:
        return _("Today, %(time)s") % {"time": dates.time_of_day(due)}
    if due < midnight + timedelta(days=1):
        return _("Tomorrow")
    return dates.day_and_month(due)


@register.simple_tag
def working_time_left(case: Case, now: datetime) -> str:
    """The working time until the decision is due; empty where the clock stands or the time is over."""
    runs = has_clock(case) and case.decision_due_at > now
    return time_left(read_calendar(case), now, case.decision_due_at) if runs else ""


@register.simple_tag
def late_reply(case: Case) -> str:
    """By how much working time the first reply was late; empty where it was not, or there was none yet."""
    replied_at = case.first_reply_at
    return reply_lateness(read_calendar(case), case.acknowledge_due_at, replied_at) if replied_at else ""


@register.simple_tag
def due_class(case: Case, now: datetime, midnight: datetime) -> str:
    """late, today or nothing, for the look."""
    if not has_clock(case):
        return ""
    if case.decision_due_at < now:
        return "late"
    return "today" if case.decision_due_at < midnight else ""


@register.simple_tag
def event_words(event: Event) -> str:
    """What happened, and where the event says it in coded words, to what: Severity set: Serious error."""
    words = _("Second signature") if event.data.get("signed") else str(Happening(event.happening).label)
    if event.happening == Happening.SEVERITY_SET:
        return f"{words}: {_label(Severity, event.data.get('severity'))}"
    if event.happening == Happening.KIND_CHANGED:
        return f"{words}: {_label(Kind, event.data.get('to'))}"
    if event.happening == Happening.HELD and "reason" in event.data:
        return f"{words}: {_label(HoldReason, event.data['reason'])}"
    if event.happening == Happening.UNDONE:
        return f"{words}: {_label(Happening, event.data.get('of'))}"
    if event.happening == Happening.SNOOZED:
        return f"{words}: {dates.day_and_month(date.fromisoformat(event.data['until']))}"
    return f"{words}{_promised(event)}"


def _promised(event: Event) -> str:
    """To which day a promise moved; nothing of other events."""
    if event.happening not in (Happening.DEADLINE_EXTENDED, Happening.DEADLINE_MOVED, Happening.LEAD_EXTENDED):
        return ""
    return f": {dates.weekday_and_date(datetime.fromisoformat(event.data['due']))}"


@register.simple_tag
def done_words(event: Event) -> str:
    """What a person has just done, said to that person: Assigned to you."""
    if event.happening == Happening.DECIDED:
        return f"{Status.DECIDED.label}."
    to_oneself = event.happening == Happening.CLAIMED or event.data.get("to") == event.staff_member_id
    return f"{_('Assigned to you') if to_oneself else _done(event)}."


def _done(event: Event) -> str:
    if event.happening == Happening.NOTE_ADDED:
        return _("Internal note added")
    if event.happening == Happening.RELEASED:
        return _("The case is released")
    if event.happening == Happening.UNDONE:
        return _("Step taken back: %(step)s") % {"step": _label(Happening, event.data.get("of"))}
    if event.happening == Happening.SNOOZED:
        until = date.fromisoformat(event.data["until"])
        return _("The case is put aside until %(day)s") % {"day": dates.day_and_month(until)}
    return event_words(event)


@register.simple_tag
def seconds_until(moment: datetime, now: datetime) -> int:
    """How many seconds are left, none where the moment has passed."""
    return max(0, round((moment - now).total_seconds()))


@register.simple_tag
def undoing_of(own: OwnSteps, event: Event) -> Undoing | None:
    """What the page says of undoing an event; nothing of the steps of others."""
    return own.undoings.get(event.pk)


def _label(choices: type[Severity | Kind | Happening | HoldReason], value: object) -> str:
    return str(choices(value).label) if value in choices.values else "—"


def _overdue(due: datetime, now: datetime) -> str:
    days = (timezone.localdate(now) - timezone.localdate(due)).days
    if days == 0:
        return _("Overdue since %(time)s") % {"time": dates.time_of_day(due)}
    return ngettext("%(count)s day overdue", "%(count)s days overdue", days) % {"count": days}
