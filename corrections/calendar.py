"""Working time of the site: which days count, and when a promise ends.

Pure: the moments, the weekend and the holidays come as arguments.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FRIDAY_AND_SATURDAY = frozenset({4, 5})
CLOSING_TIME = time(17, 0)
#: The end of a calendar day. Not midnight, which would be shown as the following date.
END_OF_DAY = time(23, 59)
#: No newsroom closes longer in one piece; a table of holidays that says so is a mistake.
LONGEST_CLOSURE_DAYS = 366


class NoWorkingDay(Exception):
    """The weekend and the holidays leave no working day within LONGEST_CLOSURE_DAYS."""

    def __init__(self, after: date) -> None:
        super().__init__(f"no working day within {LONGEST_CLOSURE_DAYS} days after {after:%Y/%m/%d}")
        self.after = after


@dataclass(frozen=True)
class WorkingCalendar:
    """The working week and the holidays of one site, in its own time zone.

    `weekend` holds Python's weekday numbers (Monday is 0). `closes_at` is the local time at which a working
    day ends. Every moment given must be aware (ValueError otherwise); every moment returned stands in
    `time_zone`.
    """

    time_zone: ZoneInfo
    weekend: frozenset[int] = FRIDAY_AND_SATURDAY
    holidays: frozenset[date] = frozenset()
    closes_at: time = CLOSING_TIME

    def is_working_day(self, day: date) -> bool:
        """Whether the desk works on that day."""
        return day.weekday() not in self.weekend and day not in self.holidays

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
        return self._at(self.add_working_days(self._local(received_at).date(), working_days), self.closes_at)

    def add_calendar_days(self, started_at: datetime, days: int) -> datetime:
        """The end (23:59) of the local day that lies `days` days later, whether anybody works on it or not.

        The whole of that day belongs to the reader, since only its date is shown.
        """
        return self._at(self._local(started_at).date() + timedelta(days=days), END_OF_DAY)

    def add_hours(self, started_at: datetime, hours: int) -> datetime:
        """The moment so many hours later; they run through nights, weekends and changes of the hour."""
        return self._local(_utc(started_at) + timedelta(hours=hours))

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`; 0 where `end` is not later."""
        days = range(1, (end - start).days + 1)
        return sum(self.is_working_day(start + timedelta(days=number)) for number in days)

    def extend_for_pause(self, due_at: datetime, paused_at: datetime, resumed_at: datetime) -> datetime:
        """The moment due after a pause: as many working days later as passed in it, at the same local time.

        Never earlier than `due_at`. What was not overdue when the pause began is not overdue when it ends:
        where the days that passed do not suffice for that, it is due on the first working day after the end.

        A pause cut in two where one part ends and the next begins never extends by less than the whole. Count
        both moments with the same holidays: one declared during the pause takes a day from the extension and
        gives it back, at least, when the moment due is first computed anew.
        """
        local, resumed = self._local(due_at), self._local(resumed_at)
        passed = self.working_days_between(self._local(paused_at).date(), resumed.date())
        extended = self._move(local, local.date(), passed) if passed else local
        was_running = _utc(due_at) > _utc(paused_at)
        if was_running and _utc(extended) <= _utc(resumed):
            return self._move(local, resumed.date(), 1)
        return extended

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
        return self._at(self.add_working_days(day, working_days), local.time().replace(fold=0))

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
