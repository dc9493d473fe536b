"""The parameters named under a rule are all that it ever reads."""

from __future__ import annotations

import datetime
from typing import Any
from typing import cast

import msgspec
import pytest

from rules.explanation import Witness
from rules.explanation import WitnessLaw
from rules.facts import KINDS
from rules.law import load_profile
from rules.rulebook import default_rulebook
from rules.rulebook import judge
from rules.uses import parameters_used
from tests.rules.test_cases import everything
from tests.rules.test_cases import law_for

KNOWN = load_profile("tianjin").parameters


def version_of(rule: str, since: datetime.date | None, kind: str) -> Any:
    found = [item for item in default_rulebook().rules[rule].versions if item.since == since and kind in item.kinds]
    return found[0]


@pytest.mark.parametrize(("rule", "facts", "case"), everything())
def test_no_case_reads_a_parameter_that_is_not_named_under_its_rule(
    rule: str, facts: dict[str, Any], case: dict[str, Any]
) -> None:
    kind = facts["kind"]
    subject = msgspec.convert(
        {name: value for name, value in facts.items() if name != "kind"}, KINDS[kind], strict=False
    )
    for version in default_rulebook().applicable(subject, case["on"]):
        if kind in version.kinds:
            law = WitnessLaw(law_for(case))
            judge(version, Witness(subject), cast(Any, law))
            assert set(law.read) <= set(parameters_used(version, KNOWN)), version.id


def test_a_name_put_together_while_running_stands_for_all_that_fit() -> None:
    version = version_of("S-01", datetime.date(2021, 7, 15), "penalty")
    assert parameters_used(version, KNOWN) == (
        "summary_fine_individual",
        "summary_fine_organisation",
        "sole_trader_counts_as",
    )


def test_a_rule_of_two_eras_names_the_parameter_of_each() -> None:
    assert parameters_used(version_of("O-25", datetime.date(1996, 10, 1), "penalty"), KNOWN) == ("service_days",)
    assert parameters_used(version_of("O-25", datetime.date(2021, 7, 15), "penalty"), KNOWN) == (
        "service_working_days",
    )


def test_every_parameter_of_the_profile_is_read_by_a_rule_or_belongs_to_a_fact() -> None:
    read = {
        name
        for rule in default_rulebook().rules.values()
        for version in rule.versions
        for name in parameters_used(version, KNOWN)
    }
    assert set(KNOWN) - read == {"suit_term_months"}, "suit_term_months is a fact of the case with a default"
