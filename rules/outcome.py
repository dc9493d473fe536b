"""What a rule says of a case, and the state that follows from it on a day.

A rule knows neither today nor how to count. It says one of four things:

* a :class:`Duty`: "published_on, seven working days from decided_on" (a deadline is data);
* a :class:`Requirement`: met, breached or not yet met, with no clock of its own;
* :class:`Undetermined`: a fact, a parameter or the calendar of a year is missing, and which;
* an :class:`Every`: several of these, of which the worst speaks.

``resolve`` turns it into the state of contract section 3 on a given day::

    duty = Duty("decided_on", date(2026, 2, 12), 7, "working_days", "published_on", None)
    resolve(duty, date(2026, 2, 28), calendar, extract=False).state   # "pending": the last day counts to its end
    resolve(duty, date(2026, 3, 1), calendar, extract=False).state    # "overdue"
"""

from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any
from typing import Literal
from typing import overload

import msgspec

from rules.calendar import Calendar
from rules.calendar import UnknownYear
from rules.facts import Pause
from rules.reckoning import Reckoning
from rules.reckoning import Unit
from rules.reckoning import day_of
from rules.reckoning import reckon

# The structs below refer to nothing that refers back to them, so the collector of cycles need not look at them (gc=False).

State = Literal["satisfied", "late", "pending", "overdue", "violated", "undetermined"]
Severity = Literal["fatal", "error", "warning", "info"]

#: States from worst to best, as an :class:`Every` chooses between its parts.
WORST_FIRST: tuple[State, ...] = ("violated", "overdue", "late", "undetermined", "pending", "satisfied")


class Duty(msgspec.Struct, frozen=True, gc=False):
    """Something to be done by a last day, counted from an event.

    ``start_fact`` and ``done_fact`` name the facts; ``start`` and ``done`` are their values. ``length`` counts ``unit``;
    the day of the event is not counted (民法典 201). ``roll`` moves a last day that is a rest day to the next working
    day (民法典 203); it is off where that would lengthen a power. ``severity`` overrides the rule's own; ``note`` names
    a message of the rule that is added to the counting.
    """

    start_fact: str
    start: date | datetime | None
    length: int
    unit: Unit
    done_fact: str
    done: date | datetime | None
    pauses: tuple[Pause, ...] = ()
    roll: bool = True
    severity: Severity | None = None
    note: str = ""


class Requirement(msgspec.Struct, frozen=True, gc=False):
    """Something that must be so at a point, judged without a clock.

    ``say`` names one of the rule's messages and ``fields`` fill it beside the case's own facts. ``severity`` overrides
    the rule's own.
    """

    state: Literal["satisfied", "violated", "pending"]
    say: str = ""
    fields: Mapping[str, Any] = {}
    severity: Severity | None = None


class Undetermined(msgspec.Struct, frozen=True, gc=False):
    """No answer, because these facts, parameters or calendar years are missing; ``say`` may give a further reason."""

    facts: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    say: str = ""
    fields: Mapping[str, Any] = {}
    severity: Severity | None = None


class Every(msgspec.Struct, frozen=True, gc=False):
    """Several things that must all be so: the worst of them is the answer."""

    parts: tuple[Duty | Requirement | Undetermined, ...]


Verdict = Duty | Requirement | Undetermined | Every

MET = Requirement("satisfied")


def met(say: str = "", severity: Severity | None = None, **fields: Any) -> Requirement:
    """The lawful state holds; without ``say`` the rule's title says so."""
    return Requirement("satisfied", say, fields, severity) if say or severity else MET


def breach(say: str, severity: Severity | None = None, **fields: Any) -> Requirement:
    """Done wrongly, forbidden, or missing at a point where it may no longer be missing."""
    return Requirement("violated", say, fields, severity)


def waiting(say: str, severity: Severity | None = None, **fields: Any) -> Requirement:
    """Not yet done, and still in order."""
    return Requirement("pending", say, fields, severity)


def unknown(*facts: str, say: str = "", **fields: Any) -> Undetermined:
    """These facts are not recorded, so there is no answer."""
    return Undetermined(facts=facts, say=say, fields=fields)


@overload
def unless_extract(case: Any, facts: tuple[str, ...], otherwise: Verdict) -> Verdict: ...
@overload
def unless_extract(case: Any, facts: tuple[str, ...], otherwise: None) -> Verdict | None: ...
def unless_extract(case: Any, facts: tuple[str, ...], otherwise: Verdict | None) -> Verdict | None:
    """What absent facts mean: in an extract they are merely unknown, in the office's own book ``otherwise``."""
    return Undetermined(facts=facts) if case.extract else otherwise


class Answer(msgspec.Struct, frozen=True, gc=False):
    """A verdict on a day: its state, its last day where it has one, and what it rests on."""

    state: State
    verdict: Duty | Requirement | Undetermined
    due: date | datetime | None = None
    reckoning: Reckoning | None = None
    facts: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def resolve(verdict: Verdict, day: date, calendar: Calendar, extract: bool) -> Answer:
    """State of a verdict at the end of ``day`` (Asia/Shanghai); ``extract`` makes what is not recorded unknown."""
    kind = type(verdict)
    if kind is Requirement:
        return Answer(verdict.state, verdict)  # type: ignore[union-attr, arg-type]
    if kind is Duty:
        return _resolve_duty(verdict, day, calendar, extract)  # type: ignore[arg-type]
    if kind is Undetermined:
        return _undetermined(verdict)  # type: ignore[arg-type]
    answers = [resolve(part, day, calendar, extract) for part in verdict.parts]  # type: ignore[union-attr]
    return min(answers, key=_worse)


def _worse(answer: Answer) -> tuple[int, date]:
    """Worst state first; of several equally bad the one with the earliest last day."""
    return WORST_FIRST.index(answer.state), date.max if answer.due is None else day_of(answer.due)


def _undetermined(verdict: Undetermined) -> Answer:
    return Answer("undetermined", verdict, facts=verdict.facts, parameters=verdict.parameters, years=verdict.years)


def _resolve_duty(duty: Duty, day: date, calendar: Calendar, extract: bool) -> Answer:
    if duty.done is None and extract:
        return Answer("undetermined", duty, facts=(duty.done_fact,))
    if duty.start is None:
        return _without_start(duty, extract)
    try:
        reckoning = reckon(duty, calendar)
    except UnknownYear as error:
        if _done_before_calendar_ends(duty, calendar):
            return Answer("satisfied", duty)
        return Answer("undetermined", duty, years=(error.year,))
    return _within(duty, reckoning, day)


def _done_before_calendar_ends(duty: Duty, calendar: Calendar) -> bool:
    """Tell whether a term that ends beyond the decreed years was kept for certain within them."""
    if duty.start is None or duty.done is None or duty.pauses:
        return False
    return calendar.first <= day_of(duty.start) <= calendar.last and day_of(duty.done) <= calendar.last


def _without_start(duty: Duty, extract: bool) -> Answer:
    if extract:
        return Answer("undetermined", duty, facts=(duty.start_fact,))
    return Answer("pending" if duty.done is None else "satisfied", duty)


def _within(duty: Duty, reckoning: Reckoning, day: date) -> Answer:
    """Compare with the last day; past a last day whose roll-over is unknown nothing can be said."""
    due = reckoning.due
    if due is None:
        return Answer("pending" if duty.done is None else "satisfied", duty, reckoning=reckoning)
    if duty.done is None:
        kept, missed = day <= day_of(due), "overdue"
    else:
        kept, missed = _not_after(duty.done, due), "late"
    if not kept and reckoning.unknown_year:
        return Answer("undetermined", duty, due, reckoning, years=(reckoning.unknown_year,))
    state: Any = ("pending" if duty.done is None else "satisfied") if kept else missed
    return Answer(state, duty, due, reckoning)


def flagged(state: str, severity: str) -> bool:
    """Tell whether an outcome calls for action now: overdue or violated, and fatal or an error (contract section 3)."""
    return state in ("overdue", "violated") and severity in ("fatal", "error")


def _not_after(done: date | datetime, due: date | datetime) -> bool:
    """Compare two moments or two days as they are, a day and a moment by their days."""
    if isinstance(done, datetime) is isinstance(due, datetime):
        return done <= due
    return day_of(done) <= day_of(due)
