"""Finding the rules, picking the version in force, running them.

``Rulebook.check`` is the fast way and gives what must be stored; ``Rulebook.explain`` gives the same answers with
everything a person needs to follow them (:mod:`rules.explanation`). A rule that crashes answers undetermined under its own
id and never disappears::

    book = default_rulebook()
    for found in book.check(case, law, date(2026, 11, 24)):
        print(found.rule, found.state, found.due)
"""

from __future__ import annotations

import pkgutil
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from itertools import compress
from operator import attrgetter
from typing import Any
from typing import NamedTuple

import msgspec

from rules.calendar import UnknownYear
from rules.facts import KINDS
from rules.facts import Case
from rules.facts import Inspection
from rules.facts import Measure
from rules.facts import Penalty
from rules.facts import facts_of
from rules.law import Law
from rules.law import Unset
from rules.outcome import Answer
from rules.outcome import Requirement
from rules.outcome import Severity
from rules.outcome import State
from rules.outcome import Undetermined
from rules.outcome import Verdict
from rules.outcome import flagged
from rules.outcome import resolve
from rules.reckoning import ONE_DAY
from rules.reckoning import day_of
from rules.rule import Version

PACKAGES = ("rules.every_case", "rules.penalty", "rules.measure", "rules.inspection")

KIND_OF: dict[type, str] = {Penalty: "penalty", Measure: "measure", Inspection: "inspection"}


class Found(msgspec.Struct, frozen=True, gc=False):
    """The answer of one rule, as far as it is stored: no texts."""

    rule: str
    state: State
    severity: Severity
    due: date | datetime | None
    facts: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def flagged(self) -> bool:
        """Whether the outcome calls for action now."""
        return flagged(self.state, self.severity)


class Rule(NamedTuple):
    """A rule of the catalogue with its versions, oldest first."""

    id: str
    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        """The version in force last; its title and severity stand for the rule in lists."""
        return self.versions[-1]

    def version_on(self, day: date) -> Version | None:
        """The version in force on a day, or None."""
        return next((version for version in self.versions if version.in_force(day)), None)


class _Slot:
    """A rule prepared for one kind of case: where its day comes from and which versions there are."""

    __slots__ = ("dated_by", "days", "id", "versions")

    def __init__(self, rule: Rule, kind: str) -> None:
        self.id = rule.id
        self.versions = tuple(version for version in rule.versions if kind in version.kinds)
        self.dated_by = tuple(dict.fromkeys(name for version in reversed(self.versions) for name in version.dated_by))
        self.days = tuple(attrgetter(name) for name in self.dated_by)

    def pick(self, case: Any, day: date) -> Version | None:
        """The version in force on the first recorded of the rule's days, else on ``day``."""
        for read in self.days:
            moment = read(case)
            if moment is not None:
                return self.version_on(day_of(moment))
        return self.version_on(day)

    def version_on(self, day: date) -> Version | None:
        """The version in force on a day."""
        return next((version for version in reversed(self.versions) if version.in_force(day)), None)


class _Eras:
    """The versions of one kind of case, picked for all rules at once.

    An era lies between two changes of law, and the steps of almost every case lie in one. Which versions apply then follows
    from that era, from the steps that are recorded, and from the era of the day asked about, by which undated steps are
    judged: so few combinations that they are kept. Rules of the other procedure are not even looked at.
    """

    __slots__ = ("_changes", "_days", "_moments", "_names", "_picked", "_slots")

    def __init__(self, slots: tuple[_Slot, ...], kind: str) -> None:
        versions = [version for slot in slots for version in slot.versions]
        begins = {version.since for version in versions if version.since is not None}
        ends = {version.until + ONE_DAY for version in versions if version.until is not None}
        types = {name: fact.type for name, fact in facts_of(KINDS[kind]).items()}
        names = sorted({name for version in versions for name in version.dated_by})
        days, moments = ([name for name in names if types[name] == sort] for sort in ("date", "moment"))
        self._slots = slots
        self._changes = sorted(begins | ends)
        self._names = (*days, *moments)
        self._days, self._moments = _getter(days), _getter(moments)
        self._picked = lru_cache(maxsize=8192)(self._pick)

    def versions(self, case: Any, day: date) -> tuple[Version, ...] | None:
        """Versions to run, or None when the steps lie in several eras."""
        days, moments, changes = self._days(case), self._moments(case), self._changes
        steps = list(filter(None, days))
        steps += [moment.date() for moment in filter(None, moments)]
        era = era_of_day = bisect_right(changes, day)
        if steps:
            era = bisect_right(changes, min(steps))
            if era < len(changes) and changes[era] <= max(steps):
                return None
        recorded = (*map(bool, days), *map(bool, moments))
        return self._picked(getattr(case, "procedure", None), era, era_of_day, recorded)

    def _pick(
        self, procedure: str | None, era: int, era_of_day: int, recorded: tuple[bool, ...]
    ) -> tuple[Version, ...]:
        first_days = (date.min, *self._changes)
        dated = set(compress(self._names, recorded))
        found = (
            slot.version_on(first_days[era_of_day if dated.isdisjoint(slot.dated_by) else era]) for slot in self._slots
        )
        return tuple(
            item for item in found if item is not None and (procedure is None or item.procedure in (None, procedure))
        )


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Read several attributes at once; always a tuple."""
    if not names:
        return lambda case: ()
    if len(names) == 1:
        single = attrgetter(names[0])
        return lambda case: (single(case),)
    return attrgetter(*names)


class Rulebook:
    """The rules by id, and the ways to run them over a case."""

    def __init__(self, versions: Iterable[Version]) -> None:
        grouped: dict[str, list[Version]] = {}
        for version in versions:
            grouped.setdefault(version.id, []).append(version)
        self.rules = {
            rule_id: Rule(rule_id, tuple(sorted(found, key=lambda version: version.since or date.min)))
            for rule_id, found in sorted(grouped.items())
        }
        self.aliases = {
            alias: rule.id for rule in self.rules.values() for version in rule.versions for alias in version.aliases
        }
        self._slots = {kind: self._slots_for(kind) for kind in KIND_OF.values()}
        self._eras = {kind: _Eras(slots, kind) for kind, slots in self._slots.items()}

    def _slots_for(self, kind: str) -> tuple[_Slot, ...]:
        return tuple(
            _Slot(rule, kind) for rule in self.rules.values() if any(kind in version.kinds for version in rule.versions)
        )

    def rule(self, rule_id: str) -> Rule:
        """Give a rule by its id or an alias of it; raises KeyError."""
        return self.rules[self.aliases.get(rule_id, rule_id)]

    def applicable(self, case: Case, day: date) -> Iterable[Version]:
        """Give the version of each rule in force for the case; undated steps are judged by the law of ``day``."""
        kind = KIND_OF[type(case)]
        current = self._eras[kind].versions(case, day)
        if current is not None:
            return current
        picked = (slot.pick(case, day) for slot in self._slots[kind])
        return [version for version in picked if version is not None]

    def check(self, case: Case, law: Law, day: date) -> list[Found]:
        """Answer every rule that concerns the case, at the end of ``day``."""
        found = []
        calendar, extract = law.calendar, case.extract
        for version in self.applicable(case, day):
            verdict = judge(version, case, law)
            if verdict is None:
                continue
            if type(verdict) is Requirement:
                found.append(Found(version.id, verdict.state, verdict.severity or version.severity, None))
                continue
            answer = resolve(verdict, day, calendar, extract)
            severity = severity_of(version, answer)
            found.append(
                Found(version.id, answer.state, severity, answer.due, answer.facts, answer.parameters, answer.years)
            )
        return found


def judge(version: Version, case: Any, law: Any) -> Verdict | None:
    """Run one rule; what it cannot find, and what breaks in it, becomes undetermined under the rule's own id."""
    if version.procedure is not None and case.procedure != version.procedure:
        return Undetermined(facts=("procedure",)) if case.procedure is None else None
    try:
        return _unless_over(version.judge(case, law), case)
    except Unset as error:
        return Undetermined(parameters=(error.name,))
    except UnknownYear as error:
        return Undetermined(years=(error.year,))
    except Exception as error:  # a crashing rule must answer, not vanish
        return Undetermined(say="crashed", fields={"error": f"{type(error).__name__}: {error}"})


def _unless_over(verdict: Verdict | None, case: Any) -> Verdict | None:
    """In a case that is closed nothing waits any more: what was merely not yet done no longer concerns it."""
    if type(verdict) is Requirement and verdict.state == "pending" and case.closed_on is not None:
        return None
    return verdict


def severity_of(version: Version, answer: Answer) -> Severity:
    """Severity of an answer: the verdict's own where it gives one, else the rule's."""
    return answer.verdict.severity or version.severity


def discover() -> Iterator[Version]:
    """Import the modules of the rule packages and yield the versions declared in them, each once."""
    for package in PACKAGES:
        for module in pkgutil.iter_modules(import_module(package).__path__, package + "."):
            for value in vars(import_module(module.name)).values():
                if isinstance(value, Version) and value.judge.__module__ == module.name:
                    yield value


@lru_cache(maxsize=1)
def default_rulebook() -> Rulebook:
    """The rulebook of this release."""
    return Rulebook(discover())
