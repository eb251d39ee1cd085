"""Why a clock runs out when it does, day by day. Pure: it counts on its own, so that a test can hold it against the
date that corrections.procedures computes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from corrections.calendar import WorkingCalendar
from corrections.procedures import Clock, Unit, ends_at

ONE_DAY = timedelta(days=1)


class Why(StrEnum):
    """What a day, or a stretch of it, is to a clock."""

    COUNTED = "counted"
    FREE = "free"
    HOLIDAY = "holiday"
    STRETCH = "stretch"
    EVERY_DAY = "every_day"
    EVERY_HOUR = "every_hour"


@dataclass(frozen=True)
class Step:
    """A run of days that are the same to the clock; holidays and stretches of hours stand alone.

    `count` is the number of the last working day counted; `first_count` that of the first.
    """

    why: Why
    first: date
    last: date
    first_count: int = 0
    count: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def explain(clock: Clock, calendar: WorkingCalendar, started_at: datetime) -> list[Step]:
    """The days between the start of a clock and its end, each said once; the day it starts on is day zero."""
    start, ends = calendar.day_of(started_at), ends_at(clock, calendar, started_at)
    if clock.unit == Unit.CALENDAR_DAYS:
        return [Step(Why.EVERY_DAY, start + ONE_DAY, start + clock.amount * ONE_DAY)]
    if clock.unit == Unit.HOURS:
        return [Step(Why.EVERY_HOUR, start, calendar.day_of(ends), starts_at=started_at, ends_at=ends)]
    if clock.unit == Unit.WORKING_HOURS:
        return list(_together(_stretches(clock.amount, calendar, started_at)))
    return list(_together(_days(clock.amount, calendar, start)))


def last_day(steps: list[Step]) -> date:
    """The day on which the explained clock runs out."""
    return steps[-1].last


def _days(amount: int, calendar: WorkingCalendar, start: date) -> Iterator[Step]:
    counted, day = 0, start
    while counted < amount:
        day += ONE_DAY
        if calendar.is_working_day(day):
            counted += 1
            yield Step(Why.COUNTED, day, day, counted, counted)
        else:
            yield _idle(calendar, day)


def _stretches(hours: int, calendar: WorkingCalendar, started_at: datetime) -> Iterator[Step]:
    day = calendar.day_of(started_at)
    for begins, ends in calendar.stretches(started_at, hours):
        while day < begins.date():
            if not calendar.is_working_day(day):
                yield _idle(calendar, day)
            day += ONE_DAY
        yield Step(Why.STRETCH, day, day, starts_at=begins, ends_at=ends)


def _idle(calendar: WorkingCalendar, day: date) -> Step:
    return Step(Why.HOLIDAY if day in calendar.holidays else Why.FREE, day, day)


def _together(steps: Iterator[Step]) -> Iterator[Step]:
    """Neighbouring days of one sort as one step."""
    run: Step | None = None
    for step in steps:
        if run and step.why == run.why and step.why in (Why.COUNTED, Why.FREE) and step.first == run.last + ONE_DAY:
            run = replace(run, last=step.last, count=step.count)
            continue
        if run:
            yield run
        run = step
    if run:
        yield run
