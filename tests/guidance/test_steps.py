"""What lies ahead of a case and between which days, as the rules themselves say when asked day by day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from enforcement.cases.schemas import load_facts
from enforcement.cases.schemas import to_facts
from enforcement.guidance.procedure import PATHS
from enforcement.guidance.procedure import next_act
from enforcement.guidance.procedure import path_of
from enforcement.guidance.procedure import shown_first
from enforcement.guidance.procedure import steps_of
from enforcement.guidance.steps import Advice
from enforcement.guidance.steps import StepAdvice
from enforcement.guidance.steps import advise
from enforcement.guidance.steps import wanted_facts
from rules.facts import KINDS
from rules.facts import Case
from rules.facts import facts_of
from rules.law import default_law
from rules.rulebook import default_rulebook
from tests.office import PENALTY

LAW = default_law()
TODAY = date(2026, 1, 14)
#: Noticed on 2026-01-13, with nothing waived and nothing decided.
NOTICED = {
    name: PENALTY[name]
    for name in (
        "procedure",
        "handlers",
        "party_kind",
        "party_name",
        "party_code",
        "public_interest",
        "social_risk",
        "major_rights",
        "complex",
        "act_ended_on",
        "discovered_on",
        "filed_on",
        "filing_approved_by",
        "investigation_reported_on",
        "notice_served_on",
        "noticed_kinds",
        "noticed_fine",
        "hearing_told",
    )
}


def case_of(kind: str, facts: dict[str, Any]) -> Case:
    return to_facts(kind, load_facts(kind, facts))


def advice(kind: str, facts: dict[str, Any], day: date = TODAY) -> Advice:
    return advise(kind, case_of(kind, facts), LAW, day)


def step(found: Advice, name: str) -> StepAdvice:
    return next(item for item in found.steps if item.fact == name)


def states_with(facts: dict[str, Any], name: str, day: date) -> dict[str, str]:
    """What the rules say once the act was done on a day."""
    found = default_rulebook().check(case_of("penalty", {**facts, name: day.isoformat()}), LAW, day)
    return {item.rule: item.state for item in found}


def test_every_act_of_a_path_is_a_day_or_moment_of_its_kind() -> None:
    wrong = [
        (path.id, act)
        for path in PATHS
        for act in path.acts
        if act not in facts_of(KINDS[path.kind]) or facts_of(KINDS[path.kind])[act].type not in ("date", "moment")
    ]
    assert wrong == []


def test_every_path_is_chosen_by_the_facts_it_names() -> None:
    chosen = {path.id: path_of(path.kind, case_of(path.kind, dict(path.chosen_by))).id for path in PATHS}
    assert chosen == {path.id: path.id for path in PATHS}


def test_after_the_notice_the_decision_comes_next_between_two_days() -> None:
    found = advice("penalty", NOTICED)
    decision = step(found, "decided_on")
    assert (found.path.id, found.next) == ("ordinary", "decided_on")
    assert (decision.earliest, decision.latest, decision.limit) == (date(2026, 1, 21), date(2026, 4, 7), "O-23")
    assert (decision.first, decision.overdue) == ((), False)


def test_the_rules_agree_with_both_sides_of_the_earliest_day() -> None:
    assert states_with(NOTICED, "decided_on", date(2026, 1, 20))["O-06"] == "violated"
    assert states_with(NOTICED, "decided_on", date(2026, 1, 21))["O-06"] == "satisfied"


def test_the_rules_agree_with_both_sides_of_the_latest_day() -> None:
    assert states_with(NOTICED, "decided_on", date(2026, 4, 7))["O-23"] == "satisfied"
    assert states_with(NOTICED, "decided_on", date(2026, 4, 8))["O-23"] == "late"


def test_what_no_waiting_mends_comes_first() -> None:
    decision = step(advice("penalty", {**NOTICED, "complex": True}), "decided_on")
    assert decision.first == ("O-16", "O-20")
    assert decision.earliest == date(2026, 1, 21)


def test_a_decision_that_still_lacks_its_notice_has_no_earliest_day() -> None:
    facts = {name: value for name, value in NOTICED.items() if not name.startswith(("notice", "hearing"))}
    found = advice("penalty", facts)
    assert found.next == "notice_served_on"
    decision = step(found, "decided_on")
    assert "O-05" in decision.first
    assert (decision.earliest, decision.latest) == (None, date(2026, 4, 7))


def test_a_waiver_of_statement_and_hearing_moves_the_decision_forward() -> None:
    waived = {**NOTICED, "statement_waived_on": "2026-01-13", "hearing_waived_on": "2026-01-13"}
    assert step(advice("penalty", waived), "decided_on").earliest == date(2026, 1, 13)


def test_a_hearing_that_was_asked_for_comes_before_the_decision() -> None:
    asked = {**NOTICED, "hearing_requested_on": "2026-01-14", "hearing_notified_on": "2026-01-15"}
    found = advice("penalty", asked)
    assert found.next == "hearing_held_on"
    held = step(found, "hearing_held_on")
    assert states_with(asked, "hearing_held_on", held.earliest or TODAY)["O-13"] == "satisfied"
    before = date.fromordinal((held.earliest or TODAY).toordinal() - 1)
    assert states_with(asked, "hearing_held_on", before)["O-13"] == "violated"


def test_what_was_missed_is_overdue_and_keeps_its_last_day() -> None:
    facts = {**NOTICED, "decided_on": "2026-02-12", "statement_waived_on": "2026-01-13", "fine": "500.00"}
    found = advice("penalty", facts, date(2026, 3, 2))
    assert {item.fact: (item.latest, item.overdue) for item in found.steps} == {
        "served_on": (date(2026, 2, 28), True),
        "published_on": (date(2026, 2, 28), True),
        "platform_entered_on": (date(2026, 2, 28), True),
    }
    assert found.next == "served_on"


def test_steps_come_in_the_order_of_the_procedure() -> None:
    facts = {**NOTICED, "decided_on": "2026-02-12", "statement_waived_on": "2026-01-13", "fine": "500.00"}
    names = [item.fact for item in advice("penalty", facts, date(2026, 3, 2)).steps]
    assert names == ["served_on", "published_on", "platform_entered_on"]


@pytest.mark.parametrize("over", [{"closed_on": "2026-03-01"}, {"extract": True}])
def test_nothing_lies_ahead_of_a_closed_case_or_an_extract(over: dict[str, Any]) -> None:
    found = advice("penalty", {**NOTICED, **over})
    assert (found.next, found.steps) == (None, ())


def test_a_case_whose_way_is_not_chosen_has_no_next_act() -> None:
    found = advice("penalty", {})
    assert (found.path.acts, found.next, found.steps) == ((), None, ())


def test_days_without_enforcement_are_no_end_of_the_time_for_it() -> None:
    facts = {
        "class": "execution",
        "type": "restore",
        "base_decision_served_on": "2025-05-05",
        "demand_served_on": "2026-01-05",
        "demand_until": "2026-01-20",
        "execution_decided_on": "2026-02-12",
        "execution_decision_served_on": "2026-02-12",
    }
    found = advice("measure", facts, date(2026, 2, 12))
    assert found.next == "executed_at"
    assert step(found, "executed_at").latest is None


def test_an_application_to_the_court_goes_its_own_way() -> None:
    case = case_of("measure", {"class": "execution", "type": "court_application", "demand_served_on": "2026-01-05"})
    assert next_act(path_of("measure", case), case) == "court_applied_on"


def test_a_new_form_shows_what_the_first_act_needs() -> None:
    facts = {"procedure": "ordinary"}
    found = advice("penalty", facts)
    wanted = wanted_facts("penalty", found, ["party_kind", "decided_on", "complex"])
    assert shown_first("penalty", case_of("penalty", facts), wanted) == ("identity", "party", "weight", "filing")


def test_a_form_shows_every_step_of_which_something_is_recorded() -> None:
    shown = shown_first("penalty", case_of("penalty", {"procedure": "ordinary", "crime_suspected": False}), ())
    assert shown == ("identity", "party", "transfer")


def test_every_fact_of_a_kind_stands_in_exactly_one_step() -> None:
    for kind, struct in KINDS.items():
        names = [fact.name for facts in steps_of(kind).values() for fact in facts]
        assert sorted(names) == sorted(facts_of(struct)), kind
