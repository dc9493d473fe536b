"""Relative dates of the example cases."""

from __future__ import annotations

from datetime import date

import pytest

from enforcement.demo.days import absolute
from enforcement.demo.days import resolve
from rules.calendar import Calendar
from rules.facts import Penalty
from rules.facts import facts_of

CALENDAR = Calendar.load()
TUESDAY = date(2026, 11, 24)
SATURDAY = date(2026, 11, 28)
#: The National Day block of 2026: 1 to 7 October.
IN_THE_HOLIDAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("D", TUESDAY, "2026-11-24"),
        ("D-30", TUESDAY, "2026-10-25"),
        ("D+1", TUESDAY, "2026-11-25"),
        ("W-1", TUESDAY, "2026-11-23"),
        ("W-2", TUESDAY, "2026-11-20"),  # Friday: the weekend does not count
        ("W-0", SATURDAY, "2026-11-27"),
        ("W-1", SATURDAY, "2026-11-26"),  # counted from Friday, the last working day
        ("W-1", IN_THE_HOLIDAY, "2026-09-29"),  # counted from 30 September
        ("W+2", TUESDAY, "2026-11-26"),
        ("H+0", TUESDAY, "2026-10-03"),  # the newest statutory day at least 45 days back
        ("H-2", TUESDAY, "2026-10-01"),
        ("W-3T16:30", TUESDAY, "2026-11-19T16:30:00+08:00"),
        ("2020-06-11", TUESDAY, "2020-06-11"),
    ],
)
def test_a_relative_date_is_put_into_the_calendar(text: str, day: date, expected: str) -> None:
    assert absolute(text, day, CALENDAR) == expected


@pytest.mark.parametrize("text", ["yesterday", "D-", "X-3", "2026-02-30"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="isoformat|day is out of range"):
        absolute(text, TUESDAY, CALENDAR)


def test_only_facts_that_are_dates_are_resolved() -> None:
    facts = {"cause": "D-1", "filed_on": "D-1", "extensions": [{"days": 30, "approved_on": "D-2"}]}

    assert resolve(facts, facts_of(Penalty), TUESDAY, CALENDAR) == {
        "cause": "D-1",
        "filed_on": "2026-11-23",
        "extensions": [{"days": 30, "approved_on": "2026-11-22"}],
    }
