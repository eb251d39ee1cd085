"""Working time of the site: which days and hours count, and when a promise ends.

Pure: the moments, the working week and the holidays come as arguments.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FRIDAY_AND_SATURDAY = frozenset({4, 5})
OPENING_TIME, CLOSING_TIME = time(9, 0), time(17, 0)
DAYS_OF_WEEK = 7
#: The end of a calendar day. Not midnight, which would be shown as the following date.
END_OF_DAY = time(23, 59)
#: No newsroom closes longer in one piece; a table of holidays that says so is a mistake.
LONGEST_CLOSURE_DAYS = 366


class NoWorkingDay(Exception):
    """The weekend and the holidays leave no working day within LONGEST_CLOSURE_DAYS."""

    def __init__(self, after: date) -> None:
        super().__init__(f"no working day within {LONGEST_CLOSURE_DAYS} days after {after:%Y/%m/%d}")
        self.after = after


@dataclass(frozen=True, order=True)
class Shift:
    """A stretch of a working day in local time; it ends later than it starts."""

    starts_at: time
    ends_at: time


#: The shifts of each weekday, Monday first, each day's in their order and apart from each other. Nobody works on a day
#: without shifts.
Week = tuple[tuple[Shift, ...], ...]


def even_week(weekend: Collection[int], opens_at: time = OPENING_TIME, closes_at: time = CLOSING_TIME) -> Week:
    """A week whose working days are all alike; `weekend` holds Python's weekday numbers (Monday is 0)."""
    shifts = (Shift(opens_at, closes_at),)
    return tuple(() if day in weekend else shifts for day in range(DAYS_OF_WEEK))


#: From Sunday to Thursday, 9:00 to 17:00.
LEVANTINE_WEEK = even_week(FRIDAY_AND_SATURDAY)


def week_from(data: Sequence[Sequence[Sequence[str]]]) -> Week:
    """The week that `week_data` gave."""
    return tuple(tuple(Shift(*map(time.fromisoformat, shift)) for shift in day) for day in data)


def week_data(week: Week) -> list[list[list[str]]]:
    """A week as it is stored."""
    return [[[f"{at:%H:%M}" for at in (shift.starts_at, shift.ends_at)] for shift in day] for day in week]


@dataclass(frozen=True)
class WorkingCalendar:
    """The working week and the holidays of one site, in its own time zone.

    A working day ends with its last shift. Every moment given must be aware (ValueError otherwise); every moment
    returned stands in `time_zone`.
    """

    time_zone: ZoneInfo
    week: Week = LEVANTINE_WEEK
    holidays: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether the desk works on that day."""
        return bool(self.week[day.weekday()]) and day not in self.holidays

    def closes_at(self, day: date) -> time:
        """When a working day ends: with its last shift."""
        return self.week[day.weekday()][-1].ends_at

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that is `count` working days after `day`, which is day zero.

        The next working day counts one: Thursday and one is Sunday where the weekend is Friday and Saturday.
        With a count of zero, `day` itself or, where nobody works on it, the next working day. Adding a
        holiday never makes the result earlier.

        Raises ValueError for a negative count, NoWorkingDay where there is none within a year.
        """
        if count < 0:
            raise ValueError("a promise cannot end before it is given")
        if count == 0:
            return day if self.is_working_day(day) else self._next_working_day(day)
        for _ in range(count):
            day = self._next_working_day(day)
        return day

    def due_at(self, received_at: datetime, working_days: int) -> datetime:
        """Closing time of the working day that is `working_days` (at least one) after the day of receipt.

        Raises ValueError for less than one: what arrives after closing time would be due before it arrived.
        """
        if working_days < 1:
            raise ValueError("a promise lasts one working day at least")
        return self._closing(self.add_working_days(self.day_of(received_at), working_days))

    def add_calendar_days(self, started_at: datetime, days: int) -> datetime:
        """The end (23:59) of the local day that lies `days` days later, whether anybody works on it or not.

        The whole of that day belongs to the reader, since only its date is shown.
        """
        return self._at(self.day_of(started_at) + timedelta(days=days), END_OF_DAY)

    def add_hours(self, started_at: datetime, hours: int) -> datetime:
        """The moment so many hours later; they run through nights, weekends and changes of the hour."""
        return self._local(_utc(started_at) + timedelta(hours=hours))

    def add_working_hours(self, started_at: datetime, hours: int) -> datetime:
        """The moment at which so many hours (at least one) of working time have passed, shift by shift.

        Adding a holiday never makes it earlier. Raises ValueError for less than one, NoWorkingDay.
        """
        if hours < 1:
            raise ValueError("a promise lasts one hour at least")
        *_before, last = self.stretches(started_at, hours)
        return last[1]

    def stretches(self, started_at: datetime, hours: int) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of working time that make up so many hours, from a moment on; the last ends with them."""
        left, start = timedelta(hours=hours), _utc(started_at)
        day = self.add_working_days(self.day_of(started_at), 0)
        while left:
            for shift in self.week[day.weekday()]:
                # A shift that a change of the hour swallows has no length, or less.
                begins = max(_utc(self._at(day, shift.starts_at)), start)
                ends = min(_utc(self._at(day, shift.ends_at)), begins + left)
                if begins < ends:
                    left -= ends - begins
                    yield self._local(begins), self._local(ends)
            day = self._next_working_day(day)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`; 0 where `end` is not later."""
        days = range(1, (end - start).days + 1)
        return sum(self.is_working_day(start + timedelta(days=number)) for number in days)

    def working_time_between(self, started_at: datetime, ended_at: datetime) -> timedelta:
        """How much working time lies between two moments; none where the second is not later."""
        start, end, passed = _utc(started_at), _utc(ended_at), timedelta()
        day = self.day_of(started_at)
        while day <= self.day_of(ended_at):
            for shift in self.week[day.weekday()] if self.is_working_day(day) else ():
                begins, ends = _utc(self._at(day, shift.starts_at)), _utc(self._at(day, shift.ends_at))
                passed += max(min(ends, end) - max(begins, start), timedelta())
            day += timedelta(days=1)
        return passed

    def extend(self, due_at: datetime, working_days: int) -> datetime:
        """The moment so many working days after another: at the same local time or, where that is later, at the end of
        the working day."""
        local = self._local(due_at)
        return self._move(local, local.date(), working_days)

    def extend_for_change(self, due_at: datetime, started_at: datetime, before: "WorkingCalendar") -> datetime:
        """The moment due after the calendar changed from `before` to this one: as many working days after the start as
        it was before, and never earlier."""
        local, start = self._local(due_at), self.day_of(started_at)
        days = before.working_days_between(start, local.date())
        day = self.add_working_days(start, days) if days else start
        return self._move(local, day, 0) if day > local.date() else local

    def extend_for_pause(self, due_at: datetime, paused_at: datetime, resumed_at: datetime) -> datetime:
        """The moment due after a pause: as many working days later as passed in it (see extend).

        Never earlier than `due_at`. What was not overdue when the pause began is not overdue when it ends:
        where the days that passed do not suffice for that, it is due on the first working day after the end. A moment
        that moves is due at the end of its day: the time of a day before would make a holiday between them count less.

        A pause cut in two where one part ends and the next begins never extends by less than the whole. Count
        both moments with the same holidays: one declared during the pause takes a day from the extension and
        gives it back, at least, when the moment due is first computed anew.
        """
        local, resumed = self._local(due_at), self._local(resumed_at)
        passed = self.working_days_between(self.day_of(paused_at), resumed.date())
        extended = self._closing(self.add_working_days(local.date(), passed)) if passed else local
        was_running = _utc(due_at) > _utc(paused_at)
        if was_running and _utc(extended) <= _utc(resumed):
            return self._closing(self.add_working_days(resumed.date(), 1))
        return extended

    def day_of(self, moment: datetime) -> date:
        """The local day of a moment."""
        return self._local(moment).date()

    @staticmethod
    def later_of(promised: datetime, recomputed: datetime) -> datetime:
        """The later of two moments: a promise once shown is never shortened."""
        return max(promised, recomputed, key=_utc)

    def _next_working_day(self, day: date) -> date:
        for number in range(1, LONGEST_CLOSURE_DAYS + 1):
            candidate = day + timedelta(days=number)
            if self.is_working_day(candidate):
                return candidate
        raise NoWorkingDay(day)

    def _move(self, local: datetime, day: date, working_days: int) -> datetime:
        # Not the time alone: days end differently, and a day that ends later must not be cut short.
        moved = self.add_working_days(day, working_days)
        return self._at(moved, max(local.time().replace(fold=0), self.closes_at(moved)))

    def _closing(self, day: date) -> datetime:
        return self._at(day, self.closes_at(day))

    def _at(self, day: date, local_time: time) -> datetime:
        return datetime.combine(day, local_time, tzinfo=self.time_zone)

    def _local(self, moment: datetime) -> datetime:
        return _utc(moment).astimezone(self.time_zone)


def _utc(moment: datetime) -> datetime:
    # Two moments in one zone are compared and subtracted by their wall clocks, wrong around a change of the
    # hour.
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone says nothing")
    return moment.astimezone(UTC)
