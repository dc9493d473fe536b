"""Dates of the example cases, written relative to the day of the demo so that it is alive on any day.

A publication that is due tomorrow is due tomorrow whenever the demo is made: the case says that it was decided ``W-6``, six
working days before the last working day that is not after the demo's day, and the seventh is still to come::

    D-40            forty days before the day of the demo
    W-6T14:30       half past two on the sixth working day before
    H-2             two days before the newest statutory holiday that is at least forty-five days past

Anything else is a date as it stands, for cases under older law.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from datetime import timedelta
from typing import Any

from rules.calendar import Calendar
from rules.facts import Fact

ONE_DAY = timedelta(days=1)

#: How long past a holiday must be, so that what followed it lies in the past as well.
HOLIDAY_AGE = timedelta(days=45)

_RELATIVE = re.compile(r"(?P<anchor>[DWH])(?P<steps>[+-][0-9]{1,4})?(?P<clock>T[0-2][0-9]:[0-5][0-9])?")
_DATED = frozenset({"date", "moment"})


def resolve(facts: Mapping[str, Any], declared: Mapping[str, Fact], day: date, calendar: Calendar) -> dict[str, Any]:
    """Give the facts with every relative date put into the calendar; raises ValueError for one that cannot be read."""
    return {name: _fact(declared[name], value, day, calendar) for name, value in facts.items()}


def absolute(text: str, day: date, calendar: Calendar) -> str:
    """Put one relative date into the calendar, as ``2026-11-24`` or ``2026-11-24T14:30:00+08:00``."""
    found = _RELATIVE.fullmatch(text)
    if found is None:
        return _as_written(text)
    moved = _ANCHORS[found["anchor"]](day, int(found["steps"] or 0), calendar)
    return moved.isoformat() + (f"{found['clock']}:00+08:00" if found["clock"] else "")


def _fact(declared: Fact, value: Any, day: date, calendar: Calendar) -> Any:
    if declared.type in _DATED and isinstance(value, str):
        return absolute(value, day, calendar)
    if declared.type == "records":
        items = {item.name: item for item in declared.items}
        return [resolve(record, items, day, calendar) for record in value]
    return value


def _as_written(text: str) -> str:
    date.fromisoformat(text[:10])
    return text


def _days(day: date, steps: int, calendar: Calendar) -> date:
    return day + timedelta(days=steps)


def _working_days(day: date, steps: int, calendar: Calendar) -> date:
    anchor = day
    while not calendar.is_working(anchor):
        anchor -= ONE_DAY
    if steps >= 0:
        return calendar.add_working_days(anchor, steps)
    for _ in range(-steps):
        anchor = _working_day_before(anchor, calendar)
    return anchor


def _working_day_before(day: date, calendar: Calendar) -> date:
    day -= ONE_DAY
    while not calendar.is_working(day):
        day -= ONE_DAY
    return day


def _from_holiday(day: date, steps: int, calendar: Calendar) -> date:
    anchor = day - HOLIDAY_AGE
    while not calendar.is_statutory(anchor):
        anchor -= ONE_DAY
    return anchor + timedelta(days=steps)


_ANCHORS: dict[str, Callable[[date, int, Calendar], date]] = {"D": _days, "W": _working_days, "H": _from_holiday}
