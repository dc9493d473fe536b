"""Every deadline of a case with the fact that keeps it, for time-lines, calendars and the help before a step.

An outcome says that publication is due on 2026-02-28; to draw a time-line or to say by when a step must be taken one must know
*which fact* is waited for. The rules say so in their duties, and here they are read out, each with its state on a day::

    for item in dated_duties("penalty", case, law, date(2026, 3, 2)):
        print(item.fact, item.due, item.state)        # published_on 2026-02-28 overdue
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import datetime
from typing import NamedTuple

from rules.facts import Case
from rules.facts import Text
from rules.facts import fact_name
from rules.law import Law
from rules.outcome import Duty
from rules.outcome import Every
from rules.outcome import Severity
from rules.outcome import State
from rules.outcome import Verdict
from rules.outcome import resolve
from rules.rulebook import Rulebook
from rules.rulebook import default_rulebook
from rules.rulebook import judge


class DatedDuty(NamedTuple):
    """A duty of one rule: the fact it starts from, the fact that keeps it, its last day and its state."""

    rule: str
    title: Text
    severity: Severity
    start_fact: str
    start: date | datetime | None
    fact: str
    done: date | datetime | None
    due: date | datetime | None
    state: State


def dated_duties(case: Case, law: Law, day: date, book: Rulebook | None = None) -> list[DatedDuty]:
    """Give the duties of the rules that concern a case, each with its state at the end of ``day``."""
    return list(_dated(book or default_rulebook(), case, law, day))


def _dated(book: Rulebook, case: Case, law: Law, day: date) -> Iterator[DatedDuty]:
    for version in book.applicable(case, day):
        for duty in _duties(judge(version, case, law)):
            answer = resolve(duty, day, law.calendar, case.extract)
            yield DatedDuty(
                rule=version.id,
                title=version.title,
                severity=duty.severity or version.severity,
                start_fact=fact_name(duty.start_fact),
                start=duty.start,
                fact=fact_name(duty.done_fact),
                done=duty.done,
                due=answer.due,
                state=answer.state,
            )


def _duties(verdict: Verdict | None) -> Iterator[Duty]:
    if isinstance(verdict, Duty):
        yield verdict
    elif isinstance(verdict, Every):
        for part in verdict.parts:
            yield from _duties(part)
