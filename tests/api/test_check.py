"""Checking drafts: outcomes in order, by the day and the law asked for, and nothing stored."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from enforcement.api.drafts import MOST_DRAFTS
from enforcement.models import AuditEntry
from enforcement.models import Case
from tests.api.caller import Caller
from tests.api.caller import Clock
from tests.office import PENALTY
from tests.office import Office

DRAFT = {"kind": "penalty", "facts": PENALTY}
UNSERVED = {"kind": "penalty", "facts": {name: value for name, value in PENALTY.items() if name != "served_on"}}


def state(answer: dict[str, Any], rule: str) -> str | None:
    return next((outcome["state"] for outcome in answer["outcomes"] if outcome["rule"] == rule), None)


def test_one_draft_is_answered_with_one_answer(officer: Caller) -> None:
    response = officer.post("/api/check", DRAFT)
    assert response.status_code == 200
    assert set(response.json) == {"number", "kind", "outcomes"}
    assert (response.json["number"], response.json["kind"]) == (PENALTY["number"], "penalty")
    assert state(response.json, "O-25") == "satisfied"


def test_a_list_is_answered_in_its_order(officer: Caller) -> None:
    body = [DRAFT, {"kind": "inspection", "facts": {}}, UNSERVED, {"kind": "measure", "facts": {"number": "m"}}]
    answers = officer.post("/api/check", body).json
    assert [(answer["kind"], answer["number"]) for answer in answers] == [
        ("penalty", PENALTY["number"]),
        ("inspection", None),
        ("penalty", PENALTY["number"]),
        ("measure", "m"),
    ]
    assert [state(answers[place], "O-25") for place in (0, 2)] == ["satisfied", "overdue"]


def test_an_empty_list_is_answered_with_an_empty_list(officer: Caller) -> None:
    assert officer.post("/api/check", []).json == []


def test_the_most_that_may_be_checked_at_once_is_checked(officer: Caller) -> None:
    answers = officer.post(
        "/api/check", [{"kind": "inspection", "facts": {"number": str(n)}} for n in range(MOST_DRAFTS)]
    ).json
    assert [answer["number"] for answer in answers] == [str(number) for number in range(MOST_DRAFTS)]


def test_nothing_is_stored_whoever_checks(officer: Caller, reviewer: Caller, supervisor: Caller, admin: Caller) -> None:
    entries = AuditEntry.select().count()
    statuses = [caller.post("/api/check", DRAFT).status_code for caller in (officer, reviewer, supervisor, admin)]
    assert statuses == [200, 200, 200, 200]
    assert (Case.select().count(), AuditEntry.select().count()) == (0, entries)


@pytest.mark.parametrize(("day", "expected"), [("2026-02-04", "pending"), ("2026-02-05", "overdue")])
def test_a_draft_is_judged_by_the_day_asked_about(officer: Caller, day: str, expected: str) -> None:
    assert state(officer.post(f"/api/check?as_of={day}", UNSERVED).json, "O-25") == expected


def test_without_a_day_it_is_today_s(officer: Caller, clock: Clock) -> None:
    clock.now = clock.now.replace(month=2, day=4)
    assert state(officer.post("/api/check", UNSERVED).json, "O-25") == "pending"


def test_the_office_s_own_register_is_used_unless_a_profile_is_named(officer: Caller) -> None:
    own = officer.post("/api/check", DRAFT).json
    packaged = {
        profile: officer.post(f"/api/check?profile={profile}", DRAFT).json for profile in ("national", "shanghai")
    }
    assert state(own, "P-05") == "satisfied"
    assert {profile: state(answer, "P-05") for profile, answer in packaged.items()} == {
        "national": "undetermined",
        "shanghai": "undetermined",
    }


def test_an_agency_nobody_knows_is_a_text_and_the_caller_s_own_law_is_used(officer: Caller) -> None:
    response = officer.post("/api/check", {"kind": "penalty", "facts": {**PENALTY, "agency": "某局"}})
    assert (response.status_code, state(response.json, "P-05")) == (200, "satisfied")


def test_a_check_says_the_same_as_the_record_that_follows(officer: Caller, office: Office) -> None:
    checked = officer.post("/api/check", {"kind": "penalty", "facts": {**PENALTY, "agency": "D-A"}})
    recorded = officer.post("/api/penalties", PENALTY)
    assert checked.json["outcomes"] == recorded.json["outcomes"]


def test_old_law_is_applied_to_an_old_step(officer: Caller) -> None:
    facts = {"procedure": "summary", "party_kind": "individual", "fine": "100.00", "kinds": ["fine"]}
    by_day = {
        day: state(officer.post("/api/check", {"kind": "penalty", "facts": {**facts, "decided_on": day}}).json, "S-01")
        for day in ("2021-07-14", "2021-07-15")
    }
    assert by_day == {"2021-07-14": "violated", "2021-07-15": "satisfied"}


def test_a_year_without_a_decreed_calendar_is_named(officer: Caller) -> None:
    facts = {**PENALTY, "decided_on": "2031-01-20", "served_on": "2031-02-20", "filed_on": "2031-01-02"}
    outcomes = officer.post("/api/check", {"kind": "penalty", "facts": facts}).json["outcomes"]
    outcome = next(item for item in outcomes if item["rule"] == "O-25")
    assert (outcome["state"], outcome["missing"]["years"]) == ("undetermined", [date(2031, 1, 1).year])
