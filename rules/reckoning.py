"""Counting a term to its last day (民法典 200–204, 处罚法 85, 强制法 69).

Worked example: 7 working days from 2026-02-12 end on 2026-02-28. The day of the event is not counted; 15 to 23 February
are rest days; the Saturdays 14 and 28 February work by decree. 90 days from 2025-10-01 end on 2025-12-30; with ten days
of hearing in between, on 2026-01-09.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Literal
from typing import Protocol

import msgspec

from rules.calendar import Calendar
from rules.calendar import UnknownYear
from rules.calendar import add_months
from rules.calendar import add_years
from rules.facts import Pause

Unit = Literal["working_days", "days", "months", "years", "hours"]

ONE_DAY = timedelta(days=1)


class Term(Protocol):
    """What is needed to count a term; :class:`rules.outcome.Duty` is one."""

    @property
    def start(self) -> date | datetime | None: ...
    @property
    def length(self) -> int: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def done(self) -> date | datetime | None: ...
    @property
    def pauses(self) -> tuple[Pause, ...]: ...
    @property
    def roll(self) -> bool: ...


class Reckoning(msgspec.Struct, frozen=True, gc=False):
    """The last day of a term and how it came about.

    ``due`` is None while a pause without an end stops the clock. ``raw`` is the last day before roll-over. When the
    calendar does not know the year of ``raw``, the term ends on ``raw`` at the earliest and ``unknown_year`` says so.
    """

    due: date | datetime | None
    raw: date | datetime | None
    paused: tuple[Pause, ...] = ()
    unknown_year: int | None = None


def day_of(moment: date | datetime) -> date:
    """The day of a day or of a moment (moments are kept in Asia/Shanghai)."""
    return moment.date() if isinstance(moment, datetime) else moment


def reckon(term: Term, calendar: Calendar) -> Reckoning:
    """Count a term that has started; raises :class:`UnknownYear` where working days are not decreed."""
    start = term.start
    if start is None:
        raise ValueError("a term without a start has no last day")
    unit = term.unit
    if unit == "hours":
        due = _moment(start) + timedelta(hours=term.length)
        return Reckoning(due, due)
    if term.pauses:
        return _with_pauses(term, day_of(start), calendar)
    raw = _end(day_of(start), term.length, unit, calendar)
    return Reckoning(raw, raw) if unit == "working_days" else _rolled(raw, term, calendar, ())


def _moment(start: date | datetime) -> datetime:
    if not isinstance(start, datetime):
        raise ValueError("a term in hours starts at a moment")
    return start


def _end(start: date, length: int, unit: Unit, calendar: Calendar) -> date:
    if unit == "working_days":
        return calendar.add_working_days(start, length)
    if unit == "days":
        return start + timedelta(length)
    return add_months(start, length) if unit == "months" else add_years(start, length)


def _rolled(raw: date, term: Term, calendar: Calendar, paused: tuple[Pause, ...]) -> Reckoning:
    if not term.roll or term.unit == "working_days":
        return Reckoning(raw, raw, paused)
    try:
        return Reckoning(calendar.roll(raw), raw, paused)
    except UnknownYear as error:
        return Reckoning(raw, raw, paused, unknown_year=error.year)


def _with_pauses(term: Term, start: date, calendar: Calendar) -> Reckoning:
    """Push the last day out by the days of each pause that begins before it."""
    raw = _end(start, term.length, term.unit, calendar)
    used: list[Pause] = []
    counted_to = start
    for pause in sorted(term.pauses, key=lambda item: item.from_):
        if pause.from_ > raw:
            break
        end = pause.to or (day_of(term.done) if term.done is not None else None)
        if end is None:
            return Reckoning(None, None, (*used, pause))
        first = max(pause.from_, counted_to + ONE_DAY)
        if end < first:
            continue
        raw = _push(raw, first, end, term.unit, calendar)
        counted_to = end
        used.append(pause)
    return _rolled(raw, term, calendar, tuple(used))


def _push(raw: date, first: date, last: date, unit: Unit, calendar: Calendar) -> date:
    if unit == "working_days":
        return calendar.add_working_days(raw, calendar.working_days_between(first - ONE_DAY, last))
    return raw + (last - first + ONE_DAY)
