"""When a job is due: a time on all days, on working days, or on one day of the week, always in Asia/Shanghai.

The scheduler and the ledger must mean the same moments, so both ask the same trigger::

    schedule = Schedule(hour=8, minute=0, working_days=True)
    list(schedule.slots(friday_noon, tuesday_noon))     # Monday 08:00 and Tuesday 08:00, or none in a holiday week

A working Saturday by decree is a working day. In a year whose rest days are not decreed yet, Monday to Friday stand in: a
digest too many does less harm than a year without any.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from functools import cached_property
from typing import Any

from apscheduler.triggers.cron import CronTrigger

from enforcement import lawbook
from enforcement.times import SHANGHAI
from enforcement.times import day_at
from rules.calendar import UnknownYear

SATURDAY = 5
_INSTANT = timedelta(microseconds=1)
#: How far back the latest slot is looked for, near first: a job may run each second or once a week.
_SPANS = (timedelta(minutes=1), timedelta(days=1), timedelta(days=8), timedelta(days=31))


@dataclass(frozen=True)
class Schedule:
    """Fields as cron has them; ``working_days`` leaves out days on which the office is closed."""

    hour: int | str = "*"
    minute: int | str = "*"
    second: int | str = 0
    day_of_week: str = "*"
    working_days: bool = False

    @cached_property
    def trigger(self) -> Any:
        """The trigger for the scheduler; what it fires on a rest day is no slot."""
        return CronTrigger(
            hour=self.hour, minute=self.minute, second=self.second, day_of_week=self.day_of_week, timezone=SHANGHAI
        )

    def slots(self, since: datetime, until: datetime) -> Iterator[datetime]:
        """Yield the moments in (since, until], oldest first."""
        moment = self._after(since)
        while moment is not None and moment <= until:
            if self.is_slot(moment):
                yield moment
            moment = self._after(moment)

    def is_slot(self, moment: datetime) -> bool:
        """Tell whether a moment at which the trigger fires is a slot."""
        return not self.working_days or is_office_day(day_at(moment))

    def newest(self, until: datetime) -> datetime | None:
        """The latest slot up to a moment; None when there was none for a month."""
        for span in _SPANS:
            latest = deque(self.slots(until - span, until), maxlen=1)
            if latest:
                return latest[0]
        return None

    def _after(self, moment: datetime) -> datetime | None:
        following: datetime | None = self.trigger.get_next_fire_time(None, moment + _INSTANT)
        return following


def is_office_day(day: date) -> bool:
    """Tell whether offices work on a day, by the lawbook's calendar, or by the weekday where that does not reach."""
    try:
        return lawbook.calendar().is_working(day)
    except UnknownYear:
        return day.weekday() < SATURDAY
