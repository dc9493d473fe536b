"""What the law says of a case, in the order in which a person wants to know: wrong, due, unknown, fine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rules.explanation import Outcome
from rules.facts import Text
from rules.outcome import WORST_FIRST
from rules.reckoning import day_of

#: Name of a group, its heading, and the states in it.
GROUPS: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("wrong", Text("有问题", "Wrong"), ("violated", "overdue", "late")),
    ("due", Text("待办", "Due"), ("pending",)),
    ("undetermined", Text("无法判断", "Undetermined"), ("undetermined",)),
    ("fine", Text("符合", "In order"), ("satisfied",)),
)
_SEVERITIES = ("fatal", "error", "warning", "info")


class Group(NamedTuple):
    """The outcomes of some states, the worst first."""

    name: str
    heading: Text
    outcomes: list[Outcome]


def grouped(outcomes: Iterable[Outcome]) -> list[Group]:
    """Give the groups that are not empty."""
    held = sorted(outcomes, key=_order)
    groups = (Group(name, heading, [item for item in held if item.state in states]) for name, heading, states in GROUPS)
    return [group for group in groups if group.outcomes]


def _order(outcome: Outcome) -> tuple[int, int, date, str]:
    due = outcome.due
    last = date.max if due is None else day_of(due)
    return WORST_FIRST.index(outcome.state), _SEVERITIES.index(outcome.severity), last, outcome.rule
