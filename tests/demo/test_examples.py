"""The example cases show what their titles say, on any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from enforcement.cases.schemas import load_facts
from enforcement.cases.schemas import to_facts
from enforcement.demo.examples import Example
from enforcement.demo.examples import examples
from enforcement.demo.examples import facts_on
from rules.facts import KINDS
from rules.facts import Fact
from rules.facts import facts_of
from rules.outcome import WORST_FIRST
from rules.rulebook import default_rulebook
from tests.demo.law import CALENDAR
from tests.demo.law import law_on

#: A working day, one after a long holiday, a holiday, a Saturday, a working Sunday, the first day of a year.
DAYS = [
    date(2026, 11, 24),
    date(2026, 10, 9),
    date(2026, 10, 3),
    date(2026, 6, 13),
    date(2026, 9, 20),
    date(2026, 1, 1),
    date(2025, 8, 1),
]
#: Facts that name a day to come.
TO_COME = {"ends_on", "demand_until", "self_demolition_until", "deferred_until", "rectify_by"}

BY_NAME = {example.name: example for example in examples()}


def states(example: Example, day: date) -> dict[str, str]:
    """State of every rule that concerns an example on a day."""
    facts = facts_on(example, day, CALENDAR)
    case = to_facts(example.kind, load_facts(example.kind, facts))
    law = law_on(day, facts.get("agency"))
    return {found.rule: found.state for found in default_rulebook().check(case, law, day)}


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("name", BY_NAME)
def test_an_example_has_exactly_the_outcomes_it_names(name: str, day: date) -> None:
    found = states(BY_NAME[name], day)

    assert {rule: state for rule, state in found.items() if state != "satisfied"} == BY_NAME[name].expect


def test_every_state_is_shown_on_each_kind_of_case() -> None:
    shown: dict[str, set[str]] = defaultdict(set)
    for example in examples():
        shown[example.kind] |= set(states(example, DAYS[0]).values())

    assert shown == {kind: set(WORST_FIRST) for kind in KINDS}


def test_every_rule_of_the_book_concerns_an_example() -> None:
    concerned = {rule for example in examples() for rule in states(example, DAYS[0])}

    assert set(default_rulebook().rules) - concerned == set()


def test_the_sound_examples_have_nothing_but_satisfied_outcomes() -> None:
    sound = {example.name for example in examples() if not example.expect}

    assert {
        "ordinary-complete",
        "summary-complete",
        "seizure-complete",
        "demolition-complete",
        "inspection-complete",
    } <= sound


@pytest.mark.parametrize("name", BY_NAME)
def test_the_facts_of_an_example_are_canonical_and_nothing_has_happened_yet_to_come(name: str) -> None:
    example, day = BY_NAME[name], DAYS[0]
    facts = facts_on(example, day, CALENDAR)

    assert load_facts(example.kind, facts) == facts
    late = {key: text for key, text in _dates(facts, facts_of(KINDS[example.kind])) if text[:10] > day.isoformat()}
    assert set(late) <= TO_COME


def _dates(facts: dict[str, Any], declared: dict[str, Fact]) -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        if declared[name].type in ("date", "moment"):
            yield name, value
        elif declared[name].type == "records":
            for record in value:
                yield from _dates(record, {item.name: item for item in declared[name].items})


def test_no_party_of_an_example_can_exist() -> None:
    codes = {example.name: facts_on(example, DAYS[0], CALENDAR).get("party_code", "") for example in examples()}

    assert {name: code for name, code in codes.items() if "129999" not in code and "*" not in code} == {}


def test_numbers_are_unique_per_agency_and_kind_and_carry_the_year_of_the_case() -> None:
    seen: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for example in examples():
        facts = facts_on(example, DAYS[0], CALENDAR)
        seen[facts.get("agency"), example.kind, facts["number"]].append(example.name)
        assert "{" not in facts["number"] + facts.get("decision_number", ""), example.name

    assert {key: names for key, names in seen.items() if len(names) > 1} == {}
    old = facts_on(BY_NAME["old-law-service"], DAYS[0], CALENDAR)
    assert "〔2020〕" in old["number"]
    assert "〔2020〕" in old["decision_number"]


def test_forgetting_a_fact_accuses_nobody_in_an_extract() -> None:
    """An extract that tells less than the whole case never says more against anybody."""
    accused: dict[str, set[str]] = defaultdict(set)
    for example in examples():
        facts = {**facts_on(example, DAYS[0], CALENDAR), "extract": True}
        law = law_on(DAYS[0], facts.get("agency"))
        told = _accused(example.kind, facts, law)
        for name in set(facts) - {"extract"}:
            rest = {key: value for key, value in facts.items() if key != name}
            for rule in _accused(example.kind, rest, law) - told:
                accused[rule].add(f"{example.name} without {name}")

    assert accused == {}


def _accused(kind: str, facts: dict[str, Any], law: Any) -> set[str]:
    case = msgspec.convert(facts, KINDS[kind], strict=False)
    found = default_rulebook().check(case, law, DAYS[0])
    return {item.rule for item in found if item.state in ("violated", "late", "overdue")}
