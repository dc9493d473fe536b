"""What every rule on measures rests on: the class of a measure, and the night as a parameter."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import timezone
from typing import get_args

import pytest

from rules.facts import Measure
from rules.facts.measure import MeasureType
from rules.law import Law
from rules.law import Value
from rules.law import default_law
from rules.measure.classes import EXECUTION_TYPES
from rules.measure.classes import MEASURE_TYPES
from rules.measure.classes import class_of
from rules.measure.execution import daytime
from rules.outcome import MET
from rules.outcome import Requirement

SHANGHAI = timezone(timedelta(hours=8))


def test_every_type_belongs_to_exactly_one_class() -> None:
    assert sorted((*MEASURE_TYPES, *EXECUTION_TYPES)) == sorted(get_args(MeasureType))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"class_": "execution"}, "execution"),
        ({"type": "freeze"}, "measure"),
        ({"type": "proxy"}, "execution"),
        ({"class_": "measure", "type": "seize"}, "measure"),
        ({}, None),
    ],
)
def test_the_class_is_the_recorded_one_or_that_of_the_type(facts: dict[str, str], expected: str | None) -> None:
    assert class_of(Measure(**facts)) == expected  # type: ignore[arg-type]


def law_with_night(from_: time, until: time) -> Law:
    law = default_law()
    values = {"night_from": from_, "night_until": until}
    return Law(
        law.profile,
        law.calendar,
        overrides={name: (Value(value, date(2020, 1, 1), source="a city's rules"),) for name, value in values.items()},
    )


def on_monday(start: str, end: str) -> Measure:
    moments = [datetime.combine(date(2026, 3, 2), time.fromisoformat(clock), SHANGHAI) for clock in (start, end)]
    return Measure(type="demolish", executed_at=moments[0], executed_until=moments[1])


@pytest.mark.parametrize(
    ("night", "span", "lawful"),
    [
        (("21:00", "07:00"), ("07:00", "21:00"), True),
        (("21:00", "07:00"), ("06:59", "08:00"), False),
        (("21:00", "07:00"), ("20:00", "21:01"), False),
        (("00:00", "05:00"), ("05:00", "23:59"), True),
        (("00:00", "05:00"), ("04:59", "08:00"), False),
        (("00:00", "05:00"), ("00:00", "00:00"), False),
        (("12:00", "14:00"), ("10:00", "12:00"), True),
        (("12:00", "14:00"), ("10:00", "12:01"), False),
        (("12:00", "14:00"), ("14:00", "20:00"), True),
    ],
)
def test_the_night_is_the_one_of_the_place(night: tuple[str, str], span: tuple[str, str], lawful: bool) -> None:
    law = law_with_night(*(time.fromisoformat(clock) for clock in night))
    verdict = daytime(on_monday(*span), law)
    assert isinstance(verdict, Requirement)
    assert (verdict == MET, verdict.say) == (lawful, "" if lawful else "night")


@pytest.mark.parametrize(
    ("start", "say"),
    [
        (datetime(2026, 9, 30, 23, 0, tzinfo=SHANGHAI), "statutory"),
        (datetime(2026, 10, 3, 23, 0, tzinfo=SHANGHAI), "statutory"),
        (datetime(2026, 3, 6, 23, 0, tzinfo=SHANGHAI), "rest"),
        (datetime(2026, 3, 8, 23, 0, tzinfo=SHANGHAI), "rest"),
        (datetime(2026, 3, 9, 23, 0, tzinfo=SHANGHAI), ""),
    ],
)
def test_works_past_midnight_are_judged_by_both_days(start: datetime, say: str) -> None:
    case = Measure(type="demolish", executed_at=start, executed_until=start + timedelta(hours=2))
    verdict = daytime(case, law_with_night(time(2, 0), time(5, 0)))
    assert isinstance(verdict, Requirement)
    assert verdict.say == say
