"""The counting of a term as pictures of months: which days counted, which did not, and where it ends.

Seven working days from 2026-02-12 end on 2026-02-28. Told in a sentence nobody believes it; on a page of the calendar everybody
counts along: 13 and 14 February are the first and second, 15 to 23 rest, 28 is the seventh, a Saturday that works::

    pages = months(outcome.reckoning, calendar)
    pages[0].weeks[2][3]       # Day(date(2026, 2, 12), "start", None)

A term of months or years is counted by its corresponding day and not day by day, so of it only the first and the last months are
drawn. A term in hours has no picture.
"""

from __future__ import annotations

import calendar as months_of_years
from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from typing import Literal
from typing import NamedTuple

from rules.calendar import Calendar
from rules.calendar import UnknownYear
from rules.explanation import Counting
from rules.reckoning import day_of

#: What a day is to a term; ``outside`` lies before or after it.
Part = Literal["outside", "start", "counted", "rest", "paused", "end"]
#: Months drawn at most; of longer terms the first two and the last two.
MOST = 5
ONE_DAY = timedelta(days=1)
_WEEKS = months_of_years.Calendar(firstweekday=0)


class Day(NamedTuple):
    """A day in the picture; ``number`` is its place in the count, ``made_up`` a weekend day that works by decree."""

    day: date
    part: Part
    number: int | None
    made_up: bool = False


class Month(NamedTuple):
    """A month as weeks from Monday; None pads the first and the last. ``gap`` tells that months before it are left out."""

    year: int
    month: int
    weeks: tuple[tuple[Day | None, ...], ...]
    gap: bool = False


def months(counting: Counting, calendar: Calendar) -> list[Month]:
    """Draw a term that has a last day; nothing for one in hours or without an end."""
    if counting.unit == "hours" or counting.ends is None:
        return []
    days = _numbered(counting, calendar)
    first, last = day_of(counting.starts), day_of(counting.ends)
    return [_month(year, month, days, gap) for year, month, gap in _drawn(first, last, counting.unit)]


def _drawn(first: date, last: date, unit: str) -> Iterator[tuple[int, int, bool]]:
    """Year and month of each page, and whether pages before it are left out."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    keep = 1 if unit in ("months", "years") else MOST // 2
    shown = list(numbers) if len(numbers) <= (2 if keep == 1 else MOST) else [*numbers[:keep], *numbers[-keep:]]
    for place, number in enumerate(shown):
        yield number // 12, number % 12 + 1, place > 0 and number != shown[place - 1] + 1


def _numbered(counting: Counting, calendar: Calendar) -> dict[date, Day]:
    """Every day of the term with its part in it, counted from one on the day after the start."""
    first, last = day_of(counting.starts), day_of(counting.ends or counting.starts)
    skipped, made_up = set(counting.skipped), set(counting.made_up)
    paused = set(_paused(counting))
    by_day = counting.unit in ("days", "working_days")
    days: dict[date, Day] = {first: Day(first, "start", None)}
    number = 0
    for ordinal in range(first.toordinal() + 1, last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        rests = day in skipped or (counting.unit == "working_days" and not _works(day, calendar))
        part: Part = "paused" if day in paused else "rest" if rests else "counted"
        if part == "counted":
            number += 1
        days[day] = Day(day, part, number if by_day and part == "counted" else None, day in made_up)
    days[last] = days[last]._replace(part="end")
    return days


def _paused(counting: Counting) -> Iterator[date]:
    end = day_of(counting.ends or counting.starts)
    for pause in counting.paused:
        day, to = _date(pause["from"]), _date(pause.get("to") or end)
        while day <= to:
            yield day
            day += ONE_DAY


def _date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _works(day: date, calendar: Calendar) -> bool:
    try:
        return calendar.is_working(day)
    except UnknownYear:
        return True


def _month(year: int, month: int, days: dict[date, Day], gap: bool) -> Month:
    weeks = tuple(
        tuple(None if day.month != month else days.get(day, Day(day, "outside", None)) for day in week)
        for week in _WEEKS.monthdatescalendar(year, month)
    )
    return Month(year, month, weeks, gap)
