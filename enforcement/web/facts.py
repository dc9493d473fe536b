"""The recorded facts of a case as people read them, step by step of the procedure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from typing import NamedTuple

import msgspec

from enforcement.cases.projection import decode
from enforcement.guidance.procedure import steps_of
from enforcement.guidance.procedure import value_of
from enforcement.models import Case
from rules.facts import KINDS
from rules.facts import STEPS
from rules.facts import Fact
from rules.facts import Text
from rules.facts import fact_name
from rules.facts import facts_of
from rules.wording import Wording


class Step(NamedTuple):
    """A step with its recorded facts: label and value as shown."""

    name: str
    label: Text
    facts: list[tuple[str, str]]


def recorded(case: Case, language: str) -> list[Step]:
    """Give the steps of which something is recorded; "no" is recorded, nothing is not."""
    held = decode(case.kind, case.facts)
    wording = Wording(facts_of(KINDS[case.kind]), language)
    steps = []
    for name, facts in steps_of(case.kind).items():
        shown = [
            (fact.label.of(language), _agency(case, language) if fact.name == "agency" else _shown(held, fact, wording))
            for fact in facts
            if _held(held, fact)
        ]
        if shown:
            steps.append(Step(name, STEPS[name], shown))
    return steps


def _held(case: Any, fact: Fact) -> bool:
    value = value_of(case, fact.name)
    return value is not None and value != () and not (fact.name == "extract" and value is False)


def _agency(case: Case, language: str) -> str:
    """The agency by its name; the fact itself holds its code."""
    return (language == "en" and case.agency.name_en) or case.agency.name_zh


def _shown(case: Any, fact: Fact, wording: Wording) -> str:
    value = value_of(case, fact.name)
    if fact.type == "records":
        return wording.clause.join(_record(item, fact, wording) for item in value)
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return wording.value(value, fact.name)


def _record(record: Any, fact: Fact, wording: Wording) -> str:
    inner = Wording({item.name: item for item in fact.items}, wording.language)
    values = ((fact_name(name), value) for name, value in msgspec.structs.asdict(record).items())
    return wording.joiner.join(
        f"{inner.label(name)} {inner.value(value, name)}" for name, value in values if value is not None
    )
