"""What the law still wants of a case, and between which days the next step is lawful.

A notice was served on 2026-01-13. When may the decision be made? Nobody writes that down a second time: the case is tried with
the decision on each day in turn, and the first day on which no rule objects is the earliest lawful one::

    advice = advise("penalty", case, law, date(2026, 1, 14))
    step = advice.steps[0]
    step.fact, step.earliest, step.latest       # "decided_on", date(2026, 1, 21), date(2026, 4, 7)

What objects day after day is no matter of days: it comes ``first``, such as a review that is not passed. The latest day is that
of the duty which waits for the step, else the last day on which no rule objects. Nothing is stored and nothing is decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any
from typing import NamedTuple

import msgspec

from enforcement.guidance.duties import DatedDuty
from enforcement.guidance.duties import dated_duties
from enforcement.guidance.procedure import Path
from enforcement.guidance.procedure import acts_before
from enforcement.guidance.procedure import attribute
from enforcement.guidance.procedure import day_of_fact
from enforcement.guidance.procedure import next_act
from enforcement.guidance.procedure import path_of
from enforcement.guidance.procedure import steps_of
from enforcement.times import SHANGHAI
from rules.facts import KINDS
from rules.facts import STEPS
from rules.facts import Case
from rules.facts import facts_of
from rules.law import Law
from rules.outcome import State
from rules.reckoning import day_of
from rules.rulebook import default_rulebook

#: Days tried for a step, from the last act before it; terms between two acts are shorter.
TRIED = 120
#: Rest days that may follow one another at most, so that the last of the tried days may all be such.
HOLIDAYS = 14
#: Hour at which an act that has a moment is tried: neither at night nor before work.
AT = time(10, 0, tzinfo=SHANGHAI)
_WRONG: frozenset[State] = frozenset({"violated", "late"})
_WAITING: frozenset[State] = frozenset({"pending", "overdue"})
ONE_DAY = timedelta(days=1)


class StepAdvice(NamedTuple):
    """When one act may be done: days from ``earliest`` to ``latest``; None where there is no bound or it is not known yet.

    ``first`` are rules that object however long one waits; while there are any, no earliest day is given unless the act is the
    next one. ``unsure`` are rules that could no longer tell; ``limit`` is the rule behind ``latest``.
    """

    fact: str
    earliest: date | None
    latest: date | datetime | None
    limit: str | None
    first: tuple[str, ...]
    unsure: tuple[str, ...]
    overdue: bool


class Advice(NamedTuple):
    """The acts ahead of a case, in the order of its procedure, and the act that comes next."""

    path: Path
    next: str | None
    steps: tuple[StepAdvice, ...]


def advise(kind: str, case: Case, law: Law, day: date) -> Advice:
    """Say what lies ahead of a case on a day; nothing for an extract or a closed case."""
    path = path_of(kind, case)
    if case.extract or case.closed_on is not None:
        return Advice(path, None, ())
    coming = next_act(path, case)
    waiting = _waited_for(dated_duties(case, law, day))
    names = _in_order(kind, {*waiting, *([coming] if coming else [])}, path)
    before = _states(case, law, day)
    steps = (_step(case, name, path, waiting.get(name), before, law, day) for name in names)
    return Advice(path, coming, tuple(step if step.fact == coming else _without_day(step) for step in steps))


def wanted_facts(kind: str, advice: Advice, missing: Iterable[str]) -> set[str]:
    """Name the facts a form should show now: those of the acts that may be done, and what is ``missing`` up to them.

    ``missing`` are facts without which rules cannot answer; those of steps that lie further ahead are left for later.
    """
    open_acts = {step.fact for step in advice.steps if not step.first} | ({advice.next} if advice.next else set())
    order = list(STEPS)
    step_of = {fact.name: order.index(step) for step, facts in steps_of(kind).items() for fact in facts}
    reach = max((step_of[name] for name in open_acts if name in step_of), default=order.index("filing"))
    return open_acts | {name for name in missing if step_of.get(name, len(order)) <= reach}


def _waited_for(duties: Iterable[DatedDuty]) -> dict[str, DatedDuty]:
    """The duty with the nearest last day for each fact that is waited for."""
    nearest: dict[str, DatedDuty] = {}
    for duty in duties:
        if duty.state not in _WAITING or duty.due is None:
            continue
        known = nearest.get(duty.fact)
        if known is None or day_of(duty.due) < day_of(known.due or date.max):
            nearest[duty.fact] = duty
    return nearest


def _in_order(kind: str, names: set[str], path: Path) -> list[str]:
    """Names of facts in the order of the path, then in that of the declarations; a rule's own terms are no facts."""
    declared = list(facts_of(KINDS[kind]))
    order = {name: place for place, name in enumerate((*path.acts, *declared)) if name not in path.acts[:place]}
    known = [name for name in names if name in declared]
    return sorted(known, key=lambda name: (name not in path.acts, order.get(name, 0)))


def _step(
    case: Case, name: str, path: Path, duty: DatedDuty | None, before: Mapping[str, State], law: Law, day: date
) -> StepAdvice:
    own = frozenset([duty.rule] if duty else ())
    trials = _Trials(case, name, before, own, law)
    start = _anchor(case, name, path, day)
    earliest, lasting = trials.earliest(start)
    return StepAdvice(
        fact=name,
        earliest=earliest,
        latest=duty.due if duty else trials.latest(earliest, lasting),
        limit=duty.rule if duty else None,
        first=tuple(sorted(lasting)),
        unsure=trials.unsure(earliest),
        overdue=duty is not None and duty.state == "overdue",
    )


def _without_day(step: StepAdvice) -> StepAdvice:
    """Acts still to come before this one would move its earliest day."""
    return step._replace(earliest=None) if step.first else step


def _anchor(case: Case, name: str, path: Path, day: date) -> date:
    """The day from which an act is tried: that of the last act before it, else the day asked about."""
    days = [found for act in acts_before(path, name) if (found := day_of_fact(case, act)) is not None]
    return max(days, default=day)


def _states(case: Case, law: Law, day: date) -> dict[str, State]:
    return {found.rule: found.state for found in default_rulebook().check(case, law, day) if found.severity != "info"}


class _Trials:
    """One act tried on one day after another; what was wrong before, and the duty it keeps, are no objection."""

    def __init__(self, case: Case, name: str, before: Mapping[str, State], own: frozenset[str], law: Law) -> None:
        self.case, self.name, self.before, self.own, self.law = case, name, before, own, law
        self.is_moment = facts_of(type(case))[name].type == "moment"
        self._known: dict[date, dict[str, State]] = {}

    def states(self, day: date) -> dict[str, State]:
        """States of all rules if the act were done on a day."""
        if day not in self._known:
            value: Any = datetime.combine(day, AT) if self.is_moment else day
            tried = msgspec.structs.replace(self.case, **{attribute(self.name): value})
            self._known[day] = _states(tried, self.law, day)
        return self._known[day]

    def objections(self, day: date) -> frozenset[str]:
        """Rules that would be broken by doing it on a day and are not broken yet."""
        return frozenset(
            rule
            for rule, state in self.states(day).items()
            if state in _WRONG and self.before.get(rule) not in _WRONG and rule not in self.own
        )

    def earliest(self, start: date) -> tuple[date, frozenset[str]]:
        """The first day without objection; else the first with only those that most days have, and these."""
        seen: dict[date, frozenset[str]] = {}
        for day in (start + place * ONE_DAY for place in range(TRIED)):
            seen[day] = self.objections(day)
            if not seen[day]:
                return day, frozenset()
        lasting = Counter(seen.values()).most_common(1)[0][0]
        return next(day for day, found in seen.items() if found <= lasting), lasting

    def latest(self, earliest: date, lasting: frozenset[str]) -> date | None:
        """The last day with no further objection; None when there still is one at the end of what is tried.

        Days without it in between, such as holidays on which nothing may be enforced, are no end.
        """
        for place in range(TRIED, 0, -1):
            if self.objections(earliest + place * ONE_DAY) <= lasting:
                return None if place > TRIED - HOLIDAYS else earliest + place * ONE_DAY
        return earliest

    def unsure(self, day: date) -> tuple[str, ...]:
        """Rules that could not tell whether doing it on a day is lawful, and that were not undetermined before."""
        states = self.states(day).items()
        return tuple(
            sorted(rule for rule, state in states if state == "undetermined" and self.before.get(rule) != state)
        )
