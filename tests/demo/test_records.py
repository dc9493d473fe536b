"""The published records: extracts that hold what their sources say, and are held against nobody."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import msgspec
import pytest

from enforcement.cases.schemas import to_facts
from enforcement.demo.records import Record
from enforcement.demo.records import records
from rules.explanation import Outcome
from rules.explanation import explain
from rules.facts import KINDS
from rules.law import default_law
from rules.outcome import WORST_FIRST
from rules.rulebook import default_rulebook
from tests.demo.law import law_on

DAY = date(2026, 11, 24)
ACCUSED = ("violated", "late", "overdue")
BY_ID = {record.record_id: record for record in records()}


def outcomes(record: Record) -> list[Outcome]:
    """Every outcome of a record under the profile's law."""
    return explain(default_rulebook(), to_facts(record.kind, record.facts), default_law(), DAY)


def test_the_chosen_records_are_there_and_the_odd_kinds_are_not() -> None:
    kinds = {kind: sum(record.kind == kind for record in records()) for kind in KINDS}

    assert kinds == {"penalty": 86, "measure": 3, "inspection": 7}
    assert not {"R0126", "R0142", "R0154", "R0168"} & set(BY_ID)
    assert len(BY_ID) == len(records())


@pytest.mark.parametrize("record_id", BY_ID)
def test_a_record_is_an_extract_with_only_whole_dates_and_no_inferred_procedure(record_id: str) -> None:
    record = BY_ID[record_id]

    assert record.facts["extract"] is True
    assert record.facts.get("procedure") == ("summary" if record_id == "R0138" else None)
    assert "handlers" not in record.facts


@pytest.mark.parametrize("record_id", BY_ID)
def test_every_record_answers_and_no_rule_breaks_on_it(record_id: str) -> None:
    found = outcomes(BY_ID[record_id])

    assert found
    assert [outcome.message for outcome in found if "出错" in outcome.message] == []
    assert {outcome.state for outcome in found} <= set(WORST_FIRST)


@pytest.mark.parametrize("record_id", BY_ID)
def test_an_accusation_rests_only_on_facts_that_are_recorded(record_id: str) -> None:
    """What is not in the source may turn out either way: an accusation must stand on what is."""
    record = BY_ID[record_id]
    for outcome in outcomes(record):
        if outcome.state in ACCUSED:
            resting = {name: value for name, value in outcome.facts.items() if value is not None}
            assert set(resting) <= set(record.facts), outcome.rule
            assert _alone(record.kind, resting, outcome.rule) == outcome.state


def _alone(kind: str, facts: dict[str, Any], rule: str) -> str:
    """The state of a rule when nothing but these facts is known."""
    case = msgspec.convert({**msgspec.to_builtins(facts), "extract": True}, KINDS[kind], strict=False)
    return next(found.state for found in default_rulebook().check(case, default_law(), DAY) if found.rule == rule)


def test_no_record_is_accused_under_the_profile_or_in_the_book_of_the_demo() -> None:
    accused: dict[str, set[str]] = defaultdict(set)
    for record in records():
        case = to_facts(record.kind, record.facts)
        for law in (default_law(), law_on(DAY, None)):
            for found in default_rulebook().check(case, law, DAY):
                if found.state in ACCUSED:
                    accused[found.rule].add(record.record_id)

    assert accused == {}


def test_what_a_source_does_say_is_found_in_order() -> None:
    satisfied: dict[str, set[str]] = defaultdict(set)
    for record in records():
        for outcome in outcomes(record):
            if outcome.state == "satisfied":
                satisfied[outcome.rule].add(record.record_id)

    assert satisfied["D-01"] == {"R0036"}  # decided 2024-03-08, published 2024-03-11
    assert satisfied["S-01"] == {"R0138"}  # 500 yuan on an organisation in 2019, when 1,000 was the limit
    assert "R0034" in satisfied["P-08"]  # a credit code that passes both of its checks
