"""A case as one line of time: what was done, what is due, what was missed.

A case page must answer at a glance where the case stands. Recorded days are done acts; duties that are not kept yet stand at
their last day, those that were missed at the day they should have been kept::

    for mark in timeline("penalty", case, law, today):
        print(mark.day, mark.fact, mark.state)       # 2026-02-28 published_on missed

Acts of one day stand in the order of the procedure.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from typing import Literal
from typing import NamedTuple

from enforcement.guidance.duties import DatedDuty
from enforcement.guidance.duties import dated_duties
from enforcement.guidance.procedure import path_of
from enforcement.guidance.procedure import value_of
from rules.facts import KINDS
from rules.facts import STEPS
from rules.facts import Case
from rules.facts import Fact
from rules.facts import facts_of
from rules.law import Law
from rules.reckoning import day_of

MarkState = Literal["done", "late", "due", "missed"]
#: Days that belong to a person or to a term and are no act of the case.
NO_ACTS = frozenset({"party_birth_date", "reviewer_first_reviewed_on", "deferred_until"})


class Mark(NamedTuple):
    """A point of the line: an act that was done (perhaps late), is due, or was missed; ``rules`` are those it is due by."""

    day: date
    at: datetime | None
    fact: str
    state: MarkState
    due: date | datetime | None
    rules: tuple[str, ...]


def timeline(kind: str, case: Case, law: Law, day: date) -> list[Mark]:
    """Draw the line of a case at the end of a day, oldest first."""
    duties: dict[str, list[DatedDuty]] = {}
    for duty in dated_duties(case, law, day):
        duties.setdefault(duty.fact, []).append(duty)
    facts = [fact for fact in facts_of(KINDS[kind]).values() if fact.type in ("date", "moment")]
    marks = [mark for fact in facts if (mark := _mark(case, fact, duties.get(fact.name, []))) is not None]
    order = _order(kind, case)
    return sorted(marks, key=lambda mark: (mark.day, order[mark.fact]))


def _mark(case: Case, fact: Fact, duties: list[DatedDuty]) -> Mark | None:
    if fact.name in NO_ACTS:
        return None
    value = value_of(case, fact.name)
    dated = sorted((duty for duty in duties if duty.due is not None), key=lambda duty: day_of(duty.due or date.max))
    rules = tuple(dict.fromkeys(duty.rule for duty in dated))
    due = dated[0].due if dated else None
    if value is not None:
        late = any(duty.state == "late" for duty in duties)
        moment = value if isinstance(value, datetime) else None
        return Mark(day_of(value), moment, fact.name, "late" if late else "done", due, rules)
    if due is None or all(duty.state == "undetermined" for duty in dated):
        return None
    missed = any(duty.state == "overdue" for duty in dated)
    return Mark(day_of(due), None, fact.name, "missed" if missed else "due", due, rules)


def _order(kind: str, case: Case) -> dict[str, int]:
    """Places of facts: the acts of the path in its order, between them the declarations in that of the steps."""
    steps = list(STEPS)
    declared = sorted(facts_of(KINDS[kind]).values(), key=lambda fact: steps.index(fact.step))
    order = {fact.name: 10 * place for place, fact in enumerate(declared)}
    acts = path_of(kind, case).acts
    places = sorted(order[name] for name in acts if name in order)
    return order | dict(zip([name for name in acts if name in order], places, strict=True))
