"""The ways a case can go, and the acts each of them consists of, in the order of the law.

Somebody who opens an empty form for a penalty should not meet ninety fields. A :class:`Path` says which acts lie ahead, so that
the form can show what this case needs now and fold away the rest::

    path = path_of("penalty", Penalty(procedure="ordinary", filed_on=date(2026, 1, 5)))
    path.id                                     # "ordinary"
    next_act(path, case)                        # "notice_served_on": the first act after the last one recorded

The acts only say what comes after what; whether and when each is lawful is asked of the rules
(:mod:`enforcement.guidance.steps`).
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from functools import cache
from typing import Any
from typing import NamedTuple

from rules.facts import KINDS
from rules.facts import STEPS
from rules.facts import Case
from rules.facts import Fact
from rules.facts import Text
from rules.facts import facts_of

#: Steps that every form shows first.
ALWAYS = ("identity", "party")


class Path(NamedTuple):
    """One way of a kind of case: the facts that choose it, its acts in order, and how it is offered to people."""

    id: str
    kind: str
    chosen_by: Mapping[str, str]
    acts: tuple[str, ...]
    label: Text
    hint: Text


#: What follows every decision on a penalty.
_AFTER = ("published_on", "platform_entered_on")

PATHS: tuple[Path, ...] = (
    Path(
        "ordinary",
        "penalty",
        {"procedure": "ordinary"},
        (
            "filed_on",
            "notice_served_on",
            "hearing_held_on",
            "review_submitted_on",
            "decided_on",
            "served_on",
            *_AFTER,
            "paid_on",
            "closed_on",
        ),
        Text("普通程序处罚", "Penalty, ordinary procedure"),
        Text("立案、调查、告知、决定、送达（处罚法第五十四条起）", "Filing, investigation, notice, decision, service"),
    ),
    Path(
        "summary",
        "penalty",
        {"procedure": "summary"},
        ("decided_on", "reported_to_agency_on", *_AFTER, "paid_on", "closed_on"),
        Text("简易程序处罚（当场处罚）", "Penalty on the spot, summary procedure"),
        Text("小额罚款或警告，当场决定、当场交付（处罚法第五十一条）", "Small fines and warnings, decided on the spot"),
    ),
    Path(
        "measure",
        "measure",
        {"class": "measure"},
        ("approved_at", "executed_at", "platform_entered_on", "lifted_on", "closed_on"),
        Text("行政强制措施", "Coercive measure"),
        Text("查封、扣押等（强制法第十六条起）", "Sealing, seizure and the like"),
    ),
    Path(
        "execution",
        "measure",
        {"class": "execution"},
        (
            "demand_served_on",
            "execution_decided_on",
            "execution_decision_served_on",
            "executed_at",
            "platform_entered_on",
            "closed_on",
        ),
        Text("行政强制执行", "Coercive execution"),
        Text("催告、强制执行决定、实施，或申请法院（强制法第三十四条起）", "Demand, decision, execution, or the court"),
    ),
    Path(
        "inspection",
        "inspection",
        {},
        ("approved_at", "started_at", "concluded_on", "result_told_on", *_AFTER, "closed_on"),
        Text("行政检查", "Inspection"),
        Text("日常、专项或个案检查", "Routine, special or of a case"),
    ),
)
BY_ID: Mapping[str, Path] = {path.id: path for path in PATHS}
#: A penalty or measure of which nobody has said yet which way it goes.
_UNDECIDED = {kind: Path(kind, kind, {}, (), Text("", ""), Text("", "")) for kind in KINDS}
#: Facts that have a value while nobody records one.
_DEFAULTS: Mapping[str, Any] = {"extract": False, "suit_term_months": 6}
_COURT_ACTS = ("demand_served_on", "court_applied_on", "closed_on")


def path_of(kind: str, case: Case) -> Path:
    """Give the way a case goes, by the facts that choose it; one without acts while they are not recorded."""
    for path in PATHS:
        if path.kind == kind and all(value_of(case, name) == value for name, value in path.chosen_by.items()):
            court = value_of(case, "type") == "court_application" if kind == "measure" else False
            return path._replace(acts=_COURT_ACTS) if court else path
    return _UNDECIDED[kind]


def next_act(path: Path, case: Case) -> str | None:
    """Name the first act after the last one recorded that the case still has before it; None at the end or without a path."""
    places = [place for place, name in enumerate(path.acts) if value_of(case, name) is not None]
    ahead = path.acts[max(places, default=-1) + 1 :]
    return next((name for name in ahead if not _is_passed_over(name, case)), None)


def _is_passed_over(name: str, case: Case) -> bool:
    """A hearing that nobody asked for, or that fell away, and a review that nobody needs are no acts of this case."""
    if name == "hearing_held_on":
        asked = value_of(case, "hearing_requested_on") is not None
        fell_away = value_of(case, "hearing_withdrawn_on") or value_of(case, "hearing_waived_on")
        return not asked or fell_away is not None
    return name == "review_submitted_on"


def acts_before(path: Path, name: str) -> tuple[str, ...]:
    """The acts of a path before one of them; all of them for a fact that is none."""
    return path.acts[: path.acts.index(name)] if name in path.acts else path.acts


def value_of(case: Case, name: str) -> Any:
    """Value of a fact by the name of the contract; None when the kind has no such fact."""
    return getattr(case, attribute(name), None)


def attribute(name: str) -> str:
    """Python's name of a fact, which a keyword of Python follows with an underscore."""
    return f"{name}_" if name in ("class", "from") else name


@cache
def steps_of(kind: str) -> Mapping[str, tuple[Fact, ...]]:
    """Give the facts of a kind by step, in the order of the procedure."""
    facts = facts_of(KINDS[kind]).values()
    return {step: own for step in STEPS if (own := tuple(fact for fact in facts if fact.step == step))}


def shown_first(kind: str, case: Case, wanted: Iterable[str]) -> tuple[str, ...]:
    """Name the steps a form shows first: the case itself, what is recorded, and what the ``wanted`` facts belong to."""
    asked = set(wanted)
    return tuple(
        step
        for step, facts in steps_of(kind).items()
        if step in ALWAYS or any(fact.name in asked or is_recorded(case, fact) for fact in facts)
    )


def is_recorded(case: Case, fact: Fact) -> bool:
    """Tell whether a fact was recorded, as opposed to standing at its default."""
    value = value_of(case, fact.name)
    return value is not None and value != () and value != _DEFAULTS.get(fact.name)


def day_of_fact(case: Case, name: str) -> date | None:
    """The day of a fact that is a day or a moment; None when it is not recorded."""
    value = value_of(case, name)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
