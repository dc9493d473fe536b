"""Every YAML case under ``cases/``: what the facts are, the day, and the state the law gives them."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from rules.explanation import explain
from rules.facts import KINDS
from rules.law import Entry
from rules.law import Law
from rules.law import Officer
from rules.law import Value
from rules.law import default_law
from rules.law import load_profile
from rules.rulebook import default_rulebook

CASES = Path(__file__).parent / "cases"


def read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, yaml.CSafeLoader)


def everything() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        sheet = read(path)
        for case in sheet["cases"]:
            case["on"] = case.pop(True, None) or case["on"]  # YAML 1.1 reads the key "on" as true
            rule = case.get("rule", sheet["rule"])
            facts = {**sheet.get("base", {}), **case.get("facts", {})}
            facts = {name: value for name, value in facts.items() if name not in case.get("without", ())}
            found.append(pytest.param(rule, facts, case, id=f"{rule}: {case['name']}"))
    return found


@cache
def calendar() -> Any:
    return default_law().calendar


def law_for(case: dict[str, Any]) -> Law:
    if not {"profile", "register", "catalogue", "parameters"} & set(case):
        return default_law()
    register = case.get("register")
    catalogue = case.get("catalogue")
    overrides = {
        name: tuple(msgspec.convert(value, Value, strict=False) for value in values)
        for name, values in case.get("parameters", {}).items()
    }
    return Law(
        load_profile(case.get("profile", "tianjin")),
        calendar(),
        register=None if register is None else {row["number"]: msgspec.convert(row, Officer) for row in register},
        catalogue=None if catalogue is None else [msgspec.convert(row, Entry, strict=False) for row in catalogue],
        overrides=overrides,
    )


@pytest.mark.parametrize(("rule", "facts", "case"), everything())
def test_it_gives_the_state_the_law_gives(rule: str, facts: dict[str, Any], case: dict[str, Any]) -> None:
    facts = dict(facts)
    kind = facts.pop("kind")
    subject = msgspec.convert(facts, KINDS[kind], strict=False)
    outcomes = {
        language: {
            found.rule: found for found in explain(default_rulebook(), subject, law_for(case), case["on"], language)
        }
        for language in ("zh", "en")
    }
    outcome = outcomes["zh"].get(rule)
    assert (outcome.state if outcome else "none") == case["expect"], outcome
    if outcome is None:
        return
    plain = next(found for found in default_rulebook().check(subject, law_for(case), case["on"]) if found.rule == rule)
    assert (plain.state, plain.due, plain.severity) == (outcome.state, outcome.due, outcome.severity)
    if "due" in case:
        due = (
            outcome.due
            if isinstance(case["due"], date) and type(outcome.due) is type(case["due"])
            else str(outcome.due)
        )
        assert due == (case["due"] if not isinstance(due, str) else str(case["due"]))
    if "severity" in case:
        assert outcome.severity == case["severity"]
    if "missing" in case:
        missing = outcome.missing
        assert missing is not None
        assert [*missing.facts, *missing.parameters, *missing.years] == case["missing"]
    if "says" in case:
        assert str(case["says"]) in outcome.message
    if "says_en" in case:
        assert case["says_en"] in outcomes["en"][rule].message
    assert outcome.message and outcomes["en"][rule].message
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in _without_quotes(outcomes["en"][rule].message, facts))


def _without_quotes(message: str, facts: dict[str, Any]) -> str:
    """An English sentence may quote Chinese facts, but must be English itself."""
    for value in facts.values():
        for text in value if isinstance(value, list) else [value]:
            message = message.replace(str(text), "")
    return message
