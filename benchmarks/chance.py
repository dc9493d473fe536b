"""Seeded chance that knows the calendar: which facts are recorded, and how many working days later a step follows.

A case is drafted as a time-line to its end, and the drafting stops at the first step after the day the book is written for.
So the recent cases are open and the old ones are closed, as in a real book::

    chance = Chance(1, calendar, first=date(2021, 1, 4), last=date(2026, 11, 24))
    chance.later(date(2026, 2, 12), 7, 7)      # date(2026, 2, 28): over the Spring Festival
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Any
from typing import TypeVar

from rules.calendar import Calendar
from rules.calendar import UnknownYear

T = TypeVar("T")

#: Moments are recorded in Beijing time.
BEIJING = timezone(timedelta(hours=8))
#: A step that has not come yet, and will not within the years that the calendar knows.
NEVER = date.max


class Weighted(Sequence[T]):
    """Things to choose among, each with its share of all."""

    def __init__(self, shares: dict[T, float]) -> None:
        self.things = tuple(shares)
        self.cumulative = tuple(accumulate(shares.values()))

    def __len__(self) -> int:
        return len(self.things)

    def __getitem__(self, at: Any) -> Any:
        return self.things[at]


class Chance:
    """The dice of one run: the same seed throws the same cases."""

    def __init__(self, seed: int, calendar: Calendar, first: date, last: date) -> None:
        self._random = Random(seed)
        self._roll = self._random.random
        self._calendar = calendar
        self._working = tuple(_working_days(calendar, first, last))

    def true(self, share: float) -> bool:
        """Throw a yes that comes with a share of all throws."""
        return self._roll() < share

    def whole(self, low: int, high: int) -> int:
        """Throw a whole number, both ends included."""
        return low + int(self._roll() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """Choose one of some things, each as likely as the other."""
        return things[int(self._roll() * len(things))]

    def choose(self, things: Weighted[T]) -> T:
        """Choose one of some things by its share."""
        return self._random.choices(things.things, cum_weights=things.cumulative)[0]

    def two(self, things: Sequence[T]) -> list[T]:
        """Choose two different things."""
        first = int(self._roll() * len(things))
        return [things[first], things[first - self.whole(1, len(things) - 1)]]

    def yuan(self, low: int, high: int, step: int = 50) -> Decimal:
        """Throw an amount of money as it is recorded, with two places."""
        return Decimal(self.whole(low // step, high // step) * step).quantize(Decimal("0.01"))

    def event_day(self) -> date:
        """Throw a working day of the book."""
        return self.pick(self._working)

    def later(self, day: date, low: int, high: int) -> date:
        """Throw a day that many working days after another; NEVER when the calendar ends before it."""
        try:
            return self._calendar.add_working_days(day, self.whole(low, high))
        except UnknownYear:
            return NEVER

    def earlier(self, day: date, low: int, high: int) -> date:
        """Throw a day that many days before another."""
        return day - timedelta(self.whole(low, high))

    def at(self, day: date, first_hour: int, last_hour: int) -> datetime:
        """Throw a moment of a day between two hours."""
        minute = self.whole(first_hour * 60, last_hour * 60)
        return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=BEIJING)


def _working_days(calendar: Calendar, first: date, last: date) -> list[date]:
    days = (first + timedelta(after) for after in range((last - first).days + 1))
    return [day for day in days if calendar.is_working(day)]
