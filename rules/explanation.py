"""An answer with everything needed to follow it: message, law, facts and parameters used, and the counting.

The plain check is fast because it records nothing. To explain, the same rule runs once more over a :class:`Witness` of the
case and of the law, which note what was read. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any
from typing import cast

import msgspec

from rules.calendar import Calendar
from rules.facts import KINDS
from rules.facts import Case
from rules.facts import Text
from rules.facts import fact_name
from rules.facts import facts_of
from rules.law import Entry
from rules.law import Law
from rules.law import Officer
from rules.law import Profile
from rules.law import Value
from rules.outcome import Answer
from rules.outcome import Duty
from rules.outcome import Requirement
from rules.outcome import Severity
from rules.outcome import State
from rules.outcome import Undetermined
from rules.outcome import resolve
from rules.reckoning import day_of
from rules.rule import Version
from rules.rulebook import KIND_OF
from rules.rulebook import Rulebook
from rules.rulebook import judge
from rules.rulebook import severity_of
from rules.wording import CRASHED
from rules.wording import MISSING_FACTS
from rules.wording import MISSING_PARAMETERS
from rules.wording import MISSING_YEARS
from rules.wording import Wording


class Citation(msgspec.Struct, frozen=True):
    """A norm and article, in the version applied."""

    name: str
    article: str
    in_force_from: date


class ParameterUsed(msgspec.Struct, frozen=True):
    """A parameter as the rule found it."""

    value: Any
    confirmed: bool
    source: str
    in_force_from: date | None


class Counting(msgspec.Struct, frozen=True):
    """How a last day was counted; ``skipped`` are the rest days that did not count or moved the end."""

    starts: date | datetime
    start_fact: str
    unit: str
    length: int
    skipped: list[date]
    made_up: list[date]
    paused: list[dict[str, Any]]
    raw: date | datetime | None
    ends: date | datetime | None


class Missing(msgspec.Struct, frozen=True):
    """What an undetermined answer lacks."""

    facts: list[str]
    parameters: list[str]
    years: list[int]


class Outcome(msgspec.Struct, frozen=True):
    """The outcome of contract section 5, in one language."""

    rule: str
    aliases: list[str]
    title: str
    state: State
    severity: Severity
    due: date | datetime | None
    message: str
    law: list[Citation]
    facts: dict[str, Any]
    parameters: dict[str, ParameterUsed]
    reckoning: Counting | None
    missing: Missing | None


class Witness:
    """A case that notes which of its facts are read."""

    __slots__ = ("_case", "read")

    def __init__(self, case: Case) -> None:
        self._case = case
        self.read: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._case, name)
        if name != "extract" or value:
            self.read[fact_name(name)] = value
        return value


class WitnessLaw:
    """A law that notes which of its parameters are read; it offers what :class:`rules.law.Law` does."""

    __slots__ = ("_law", "read")

    def __init__(self, law: Law) -> None:
        self._law = law
        self.read: dict[str, Value | None] = {}

    @property
    def calendar(self) -> Calendar:
        """The calendar, as it is."""
        return self._law.calendar

    @property
    def register(self) -> Mapping[str, Officer] | None:
        """The register of officers, as it is."""
        return self._law.register

    @property
    def level(self) -> str:
        """The level of the office, as it is."""
        return self._law.level

    @property
    def profile(self) -> Profile:
        """The profile, as it is."""
        return self._law.profile

    def value(self, name: str, on: date | None) -> Any:
        """Read a parameter and note it."""
        self.read[name] = self._law.lookup(name, on)
        return self._law.value(name, on)

    def lookup(self, name: str, on: date | None) -> Value | None:
        """Look a parameter up and note it."""
        self.read[name] = self._law.lookup(name, on)
        return self.read[name]

    def derive(self, name: str, fallback: str, on: date | None) -> Value:
        """Read a parameter or its stand-in and note it under its own name."""
        self.read[name] = self._law.derive(name, fallback, on)
        return self._law.derive(name, fallback, on)

    def entries(self, on: date | None) -> tuple[Entry, ...] | None:
        """Read the review catalogue and note that it was read."""
        found = self._law.entries(on)
        if found is None:
            self.read["review_catalogue"] = None
        return found


def explain(book: Rulebook, case: Case, law: Law, day: date, language: str = "zh") -> list[Outcome]:
    """Answer every rule that concerns the case at the end of ``day``, explained in ``zh`` or ``en``."""
    return list(_explain(book, case, law, day, language))


def _explain(book: Rulebook, case: Case, law: Law, day: date, language: str) -> Iterator[Outcome]:
    wording = Wording(facts_of(KINDS[KIND_OF[type(case)]]), language)
    for version in book.applicable(case, day):
        witness, witness_law = Witness(case), WitnessLaw(law)
        verdict = judge(version, witness, cast(Law, witness_law))
        if verdict is None:
            continue
        answer = resolve(verdict, day, law.calendar, case.extract)
        yield Outcome(
            rule=version.id,
            aliases=list(version.aliases),
            title=version.title.of(language),
            state=answer.state,
            severity=severity_of(version, answer),
            due=answer.due,
            message=message(version, answer, witness.read, law, wording),
            law=[Citation(item.name.of(language), item.article, item.in_force_from) for item in version.law],
            facts=witness.read,
            parameters={name: _parameter(value) for name, value in witness_law.read.items()},
            reckoning=_counting(answer, law.calendar),
            missing=_missing(answer),
        )


def _parameter(value: Value | None) -> ParameterUsed:
    if value is None:
        return ParameterUsed(None, False, "", None)
    return ParameterUsed(value.value, value.confirmed, value.source, value.from_)


def _missing(answer: Answer) -> Missing | None:
    if answer.state != "undetermined":
        return None
    return Missing([fact_name(name) for name in answer.facts], list(answer.parameters), list(answer.years))


def message(version: Version, answer: Answer, facts: Mapping[str, Any], law: Law, wording: Wording) -> str:
    """The sentence for an answer."""
    verdict = answer.verdict
    if answer.state == "undetermined":
        return _undetermined(version, answer, facts, law, wording)
    if isinstance(verdict, Duty):
        return wording.duty(verdict, answer, law.calendar, version.messages)
    if verdict.say:
        return _said(version, verdict, facts, wording)
    return version.title.of(wording.language) + ("." if wording.language.startswith("en") else "。")


def _said(version: Version, verdict: Requirement | Undetermined, facts: Mapping[str, Any], wording: Wording) -> str:
    shown = {name: wording.value(value, name) for name, value in facts.items()}
    shown |= {name: wording.value(value, name) for name, value in verdict.fields.items()}
    return version.messages[verdict.say].of(wording.language).format_map(_Shown(shown, wording))


class _Shown(dict[str, str]):
    """Facts a message names but the rule did not read are shown as not recorded."""

    def __init__(self, shown: Mapping[str, str], wording: Wording) -> None:
        super().__init__(shown)
        self._wording = wording

    def __missing__(self, name: str) -> str:
        return self._wording.value(None)


def _undetermined(version: Version, answer: Answer, facts: Mapping[str, Any], law: Law, wording: Wording) -> str:
    parts = []
    verdict = answer.verdict
    if isinstance(verdict, Undetermined) and verdict.say == "crashed":
        return wording.fill(CRASHED, **verdict.fields) + ("." if wording.language.startswith("en") else "。")
    if isinstance(verdict, Undetermined) and verdict.say:
        parts.append(_said(version, verdict, facts, wording).rstrip("。."))
    unrecorded = [name for name in map(fact_name, answer.facts) if not (parts and facts.get(name))]
    if unrecorded:
        names = wording.joiner.join(wording.label(name) for name in unrecorded)
        parts.append(wording.fill(MISSING_FACTS, names=names))
    if answer.parameters:
        names = wording.joiner.join(parameter_label(law, name).of(wording.language) for name in answer.parameters)
        parts.append(wording.fill(MISSING_PARAMETERS, names=names))
    if answer.years:
        parts.append(wording.fill(MISSING_YEARS, names=wording.joiner.join(map(str, answer.years))))
    return wording.clause.join(parts) + ("." if wording.language.startswith("en") else "。")


def parameter_label(law: Law, name: str) -> Text:
    """Label of a parameter with its name, as messages show it."""
    known = law.profile.parameters.get(name)
    return Text(f"{known.zh}（{name}）", f"{known.en} ({name})") if known else Text(name, name)


def _counting(answer: Answer, calendar: Calendar) -> Counting | None:
    duty, reckoning = answer.verdict, answer.reckoning
    if not isinstance(duty, Duty) or reckoning is None or duty.start is None:
        return None
    return Counting(
        starts=duty.start,
        start_fact=fact_name(duty.start_fact),
        unit=duty.unit,
        length=duty.length,
        skipped=_skipped(duty, answer, calendar),
        made_up=_made_up(duty, answer, calendar),
        paused=[msgspec.to_builtins(pause) for pause in reckoning.paused],
        raw=reckoning.raw,
        ends=reckoning.due,
    )


def _skipped(duty: Duty, answer: Answer, calendar: Calendar) -> list[date]:
    reckoning = answer.reckoning
    if reckoning is None or reckoning.due is None or reckoning.raw is None or duty.start is None:
        return []
    if duty.unit == "working_days":
        return list(calendar.rest_days(day_of(duty.start), day_of(reckoning.due)))
    if reckoning.raw == reckoning.due:
        return []
    raw = day_of(reckoning.raw)
    return [raw, *calendar.rest_days(raw, day_of(reckoning.due))]


def _made_up(duty: Duty, answer: Answer, calendar: Calendar) -> list[date]:
    if duty.unit != "working_days" or duty.start is None or answer.due is None:
        return []
    return list(calendar.made_up_days(day_of(duty.start), day_of(answer.due)))
