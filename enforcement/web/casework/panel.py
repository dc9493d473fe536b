"""What the panel beside a form says while it is filled in: the next lawful steps, whether the decision is major, what is wrong.

Everything in it comes from the rules and from :mod:`enforcement.guidance`; here it is only put into words and order. What cannot
be judged because facts are not recorded yet is told once, fact by fact, and not rule by rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import NamedTuple

from enforcement.guidance.steps import Advice
from enforcement.guidance.steps import StepAdvice
from enforcement.guidance.steps import advise
from enforcement.guidance.weight import Major
from enforcement.guidance.weight import major
from enforcement.web.outcomes import GROUPS
from enforcement.web.outcomes import grouped
from rules.explanation import Outcome
from rules.explanation import explain
from rules.facts import KINDS
from rules.facts import Case
from rules.facts import Fact
from rules.facts import facts_of
from rules.law import Law
from rules.rulebook import default_rulebook


class Named(NamedTuple):
    """A fact or a rule with its words; ``waiting`` is how many rules wait for the fact."""

    id: str
    label: str
    waiting: int = 0


class Step(NamedTuple):
    """One act ahead: its label, its lawful days, and what must be so first."""

    fact: str
    label: str
    earliest: date | None
    latest: date | datetime | None
    limit: Named | None
    first: tuple[Named, ...]
    unsure: tuple[Named, ...]
    overdue: bool
    is_next: bool


class Panel(NamedTuple):
    """What the panel shows: outcomes by the name of their group (wrong, due, undetermined, fine) and what follows from them.

    ``left_out`` are facts that could not be read and do not count, ``other_unknown`` what is not only for want of facts.
    """

    groups: dict[str, list[Outcome]]
    steps: tuple[Step, ...]
    major: Major | None
    major_missing: tuple[Named, ...]
    missing: tuple[Named, ...]
    other_unknown: tuple[Outcome, ...]
    left_out: tuple[Named, ...]
    advice: Advice


def panel(kind: str, case: Case, law: Law, day: date, language: str, left_out: Iterable[str] = ()) -> Panel:
    """Check a draft at the end of a day and put the answer in order."""
    outcomes = explain(default_rulebook(), case, law, day, language)
    facts = facts_of(KINDS[kind])
    advice = advise(kind, case, law, day)
    weight = major(kind, case, law, language)
    groups: dict[str, list[Outcome]] = {name: [] for name, _, _ in GROUPS} | {
        group.name: group.outcomes for group in grouped(outcomes)
    }
    return Panel(
        groups=groups,
        steps=tuple(_step(step, kind, place == 0, language) for place, step in enumerate(advice.steps)),
        major=weight,
        major_missing=_named(weight.missing if weight else (), facts, language),
        missing=_missing(groups["undetermined"], facts, language),
        other_unknown=tuple(item for item in groups["undetermined"] if not _only_facts(item)),
        left_out=_named(left_out, facts, language),
        advice=advice,
    )


def missing_facts(outcomes: Iterable[Outcome]) -> Counter[str]:
    """How many rules cannot answer for want of each fact."""
    return Counter(name for item in outcomes if item.missing for name in item.missing.facts)


def rule_title(rule: str, kind: str, language: str) -> Named:
    """A rule by the title of its newest version for a kind of case, which states the lawful state."""
    versions = default_rulebook().rule(rule).versions
    newest = [version for version in versions if kind in version.kinds][-1]
    return Named(rule, newest.title.of(language))


def _missing(undetermined: Iterable[Outcome], facts: Mapping[str, Fact], language: str) -> tuple[Named, ...]:
    """Facts in the order of the form."""
    counted = missing_facts(undetermined)
    return tuple(Named(name, facts[name].label.of(language), counted[name]) for name in facts if name in counted)


def _only_facts(outcome: Outcome) -> bool:
    missing = outcome.missing
    return missing is not None and bool(missing.facts) and not missing.parameters and not missing.years


def _named(names: Iterable[str], facts: Mapping[str, Fact], language: str) -> tuple[Named, ...]:
    return tuple(Named(name, facts[name].label.of(language)) for name in names if name in facts)


def _step(step: StepAdvice, kind: str, is_next: bool, language: str) -> Step:
    return Step(
        fact=step.fact,
        label=facts_of(KINDS[kind])[step.fact].label.of(language),
        earliest=step.earliest,
        latest=step.latest,
        limit=rule_title(step.limit, kind, language) if step.limit else None,
        first=tuple(rule_title(rule, kind, language) for rule in step.first),
        unsure=tuple(rule_title(rule, kind, language) for rule in step.unsure),
        overdue=step.overdue,
        is_next=is_next,
    )
