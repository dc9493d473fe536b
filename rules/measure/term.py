"""The days for which things may stay sealed, seized or frozen.

Thirty days from 2026-01-20 end on 2026-02-19. An extension counts when it is approved by that day, and for thirty days at
most: 20 days approved on 2026-02-19 move the last day to 2026-03-11; approved on 2026-02-20 they move nothing.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from rules.facts import Measure
from rules.law import Law
from rules.outcome import Verdict
from rules.outcome import unknown
from rules.reckoning import day_of


def start_of(case: Measure) -> tuple[str, date | None]:
    """Give the fact and the day from which the term counts: the stated start, else the day of execution."""
    starts_on = case.starts_on
    if starts_on is not None:
        return "starts_on", starts_on
    executed_at = case.executed_at
    return "executed_at", None if executed_at is None else day_of(executed_at)


def end_of(case: Measure) -> tuple[str, date | None]:
    """Give the fact and the day that ended the measure: the earlier of lifting and disposal."""
    lifted_on, disposed_on = case.lifted_on, case.disposed_on
    if disposed_on is None or (lifted_on is not None and lifted_on <= disposed_on):
        return "lifted_on", lifted_on
    return "disposed_on", disposed_on


def lawful_days(case: Measure, law: Law, start: date) -> int:
    """Give the days the measure may last: the term, and an extension approved within it, as far as the law allows one."""
    days: int = law.value("seizure_days", start)
    approved_on, more = case.extension_approved_on, case.extension_days
    if approved_on is None or more is None or more <= 0 or approved_on > start + timedelta(days):
        return days
    longest: int = law.value("seizure_extension_days", start)
    return days + min(more, longest)


def perhaps_extended(case: Measure, law: Law, start: date, done: date) -> Verdict | None:
    """Say what an extract would have to tell when a measure ended late, but an unrecorded extension may allow it."""
    approved_on, more = case.extension_approved_on, case.extension_days
    last = start + timedelta(law.value("seizure_days", start))
    if approved_on is not None and (more is not None or approved_on > last):
        return None
    longest: int = law.value("seizure_extension_days", start)
    if done > last + timedelta(longest if more is None else min(more, longest)):
        return None
    facts = (("extension_approved_on", approved_on), ("extension_days", more))
    return unknown(*(name for name, value in facts if value is None))
