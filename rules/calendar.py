"""Working days by decree, and what the calendar does not know.

Make-up working days are decreed a year at a time, so a weekday alone says little: 2026-02-14 and 2026-02-28 are working
Saturdays and 2026-02-15 to 02-23 rest::

    calendar = Calendar.load()
    calendar.add_working_days(date(2026, 2, 12), 7)   # date(2026, 2, 28): 13, 14, 24, 25, 26, 27 and 28 February
    calendar.roll(date(2025, 10, 5))                  # date(2025, 10, 9), the first working day after the holiday
    calendar.add_working_days(date(2026, 12, 31), 1)  # raises UnknownYear(2027)

A day outside the decreed years, on either side, raises :class:`UnknownYear` and never wraps around.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from datetime import timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Literal

from rules.parameters.decrees import PACKAGED
from rules.parameters.decrees import SATURDAY
from rules.parameters.decrees import Decree
from rules.parameters.decrees import read_decrees

DayKind = Literal["working", "weekend", "statutory", "adjusted_rest", "working_weekend"]

_WORKING: frozenset[DayKind] = frozenset(("working", "working_weekend"))


class UnknownYear(LookupError):
    """The rest days of ``year`` are not decreed, or not known here."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def __str__(self) -> str:
        return f"the calendar does not know the year {self.year}"


class Calendar:
    """Every day of the decreed years; nothing in it changes.

    ``first`` and ``last`` are the ends of the table, ``years`` the years in it, without a gap, and ``decrees`` what was
    decreed for each of them.
    """

    __slots__ = ("_counts", "_kinds", "_origin", "_working", "decrees", "first", "last", "years")

    def __init__(self, decrees: Iterable[Decree]) -> None:
        """Lay out the table; of two decrees for one year the later one counts. Raises ValueError for a gap."""
        by_year = {decree.year: decree for decree in decrees}
        self.years = tuple(sorted(by_year))
        _check_contiguous(self.years)
        self.decrees = tuple(by_year[year] for year in self.years)
        self.first = date(self.years[0], 1, 1)
        self.last = date(self.years[-1], 12, 31)
        self._origin = self.first.toordinal()
        self._kinds = self._table()
        works = [kind in _WORKING for kind in self._kinds]
        #: Working days up to and including each day of the table.
        self._counts = tuple(accumulate(works))
        #: The working days in order, so that the n-th is an index away.
        self._working = tuple(
            date.fromordinal(ordinal) for ordinal, working in enumerate(works, self._origin) if working
        )

    @classmethod
    def load(cls, *extra: Path) -> Calendar:
        """Read the packaged years and those of further files; raises ValueError that names every fault of a file."""
        decrees = list(_packaged())
        for path in extra:
            decrees.extend(read_decrees(path))
        return cls(decrees)

    def kind(self, day: date) -> DayKind:
        """Tell what kind of day it is; a statutory day on a weekend is ``statutory``. Raises :class:`UnknownYear`."""
        return self._kinds[self._index(day)]

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on the day. Raises :class:`UnknownYear`."""
        return self._kinds[self._index(day)] in _WORKING

    def is_statutory(self, day: date) -> bool:
        """Tell whether all citizens rest on the day by the 放假办法 (法定节假日). Raises :class:`UnknownYear`."""
        return self._kinds[self._index(day)] == "statutory"

    def add_working_days(self, day: date, count: int) -> date:
        """Give the ``count``-th working day after ``day``, and ``day`` itself for 0. Raises :class:`UnknownYear`.

        The day itself is not counted (民法典 201). A negative ``count`` raises ValueError.
        """
        index = day.toordinal() - self._origin
        if count <= 0 or not 0 <= index < len(self._counts):
            return self._add_none(day, count)
        try:
            return self._working[self._counts[index] + count - 1]
        except IndexError:
            raise UnknownYear(self.last.year + 1) from None

    def roll(self, day: date) -> date:
        """Give ``day`` when it works, else the next working day (民法典 203). Raises :class:`UnknownYear`."""
        index = day.toordinal() - self._origin
        if not 0 <= index < len(self._counts):
            raise UnknownYear(day.year)
        before = self._counts[index - 1] if index else 0
        try:
            return self._working[before]
        except IndexError:
            raise UnknownYear(self.last.year + 1) from None

    def working_days_between(self, after: date, until: date) -> int:
        """Count the working days in (after, until]; the other way round the number is negative.

        Raises :class:`UnknownYear` when either end is outside the table.
        """
        return self._counts[self._index(until)] - self._counts[self._index(after)]

    def rest_days(self, after: date, until: date) -> tuple[date, ...]:
        """Give the days in (after, until] on which nobody works. Raises :class:`UnknownYear`."""
        return tuple(day for day, kind in self._span(after, until) if kind not in _WORKING)

    def made_up_days(self, after: date, until: date) -> tuple[date, ...]:
        """Give the Saturdays and Sundays in (after, until] that work by decree. Raises :class:`UnknownYear`."""
        return tuple(day for day, kind in self._span(after, until) if kind == "working_weekend")

    def __reduce__(self) -> tuple[type[Calendar], tuple[tuple[Decree, ...]]]:
        return Calendar, (self.decrees,)

    def _add_none(self, day: date, count: int) -> date:
        """What is left of :meth:`add_working_days`: nothing to add, or nothing known to add to."""
        if count < 0:
            raise ValueError(f"working days are counted forward, not {count}")
        self._index(day)
        return day

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._origin
        if not 0 <= index < len(self._counts):
            raise UnknownYear(day.year)
        return index

    def _span(self, after: date, until: date) -> Iterable[tuple[date, DayKind]]:
        first, last = self._index(after) + 1, self._index(until) + 1
        for index in range(first, last):
            yield date.fromordinal(self._origin + index), self._kinds[index]

    def _table(self) -> tuple[DayKind, ...]:
        """The kind of each day; a later year's decree counts for the days of the December before that it names."""
        days = range(self._origin, self.last.toordinal() + 1)
        # Ordinal 1 is Monday, 0001-01-01.
        table: list[DayKind] = ["weekend" if (ordinal - 1) % 7 >= SATURDAY else "working" for ordinal in days]
        for decree in self.decrees:
            self._mark(table, decree.rest, "adjusted_rest")
            self._mark(table, decree.work, "working_weekend")
            self._mark(table, decree.statutory, "statutory")
        return tuple(table)

    def _mark(self, table: list[DayKind], days: Iterable[date], kind: DayKind) -> None:
        for day in days:
            if day >= self.first:
                table[day.toordinal() - self._origin] = kind


def add_months(day: date, months: int) -> date:
    """Give the corresponding day so many months on, else the last day of that month (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_after - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def add_years(day: date, years: int) -> date:
    """Give the corresponding day so many years on; 29 February falls back to the 28th (民法典 202)."""
    return add_months(day, 12 * years)


def _check_contiguous(years: tuple[int, ...]) -> None:
    if not years:
        raise ValueError("a calendar needs at least one year")
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    if missing:
        raise ValueError(f"the years of a calendar follow one another; missing: {', '.join(map(str, missing))}")


@lru_cache(maxsize=1)
def _packaged() -> tuple[Decree, ...]:
    return tuple(read_decrees(PACKAGED))
