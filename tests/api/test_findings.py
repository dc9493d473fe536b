"""Findings over HTTP: the list, an officer's answer, a waiver and the second person's decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from enforcement.accounts import operations as accounts
from enforcement.db import connected
from enforcement.models import AuditEntry
from enforcement.models import Case
from enforcement.models import Waiver
from tests.api.caller import Caller
from tests.api.caller import Clock
from tests.office import PENALTY
from tests.office import Office

UNSERVED = {name: value for name, value in PENALTY.items() if name != "served_on"}
LAST_DAY = "2026-03-31"


@pytest.fixture
def finding(officer: Caller) -> dict[str, Any]:
    """The overdue service of a decision."""
    made = officer.post("/api/penalties", UNSERVED)
    assert made.status_code == 201
    (found,) = officer.get("/api/findings?rule=O-25").json["items"]
    assert isinstance(found, dict)
    return found


def waived(caller: Caller) -> bool:
    (found,) = caller.get("/api/findings?rule=O-25").json["items"]
    return bool(found["waived"])


def propose(caller: Caller, finding: dict[str, Any], **body: Any) -> Any:
    return caller.post(
        f"/api/findings/{finding['id']}/waiver", {"ground": "送达地址不详", "last_day": LAST_DAY, **body}
    )


def test_a_finding_names_its_case_its_rule_and_its_last_day(finding: dict[str, Any]) -> None:
    assert (finding["state"], finding["severity"], finding["due"]) == ("overdue", "error", "2026-02-04")
    assert (finding["flagged"], finding["waived"], finding["responses"], finding["waivers"]) == (True, False, [], [])
    assert (finding["case"]["number"], finding["case"]["agency"]) == (PENALTY["number"], "D-A")
    assert finding["opened_at"] == "2026-03-02T09:00:00+08:00"


def test_the_list_is_narrowed_by_each_parameter(officer: Caller, finding: dict[str, Any]) -> None:
    def rules(query: str) -> set[str]:
        return {item["rule"] for item in officer.get(f"/api/findings?{query}").json["items"]}

    everything = rules("")
    assert "O-25" in rules("state=overdue") & rules("severity=error") & rules("agency=D-A") & rules("flagged=true")
    assert "O-25" not in rules("state=late") | rules("severity=info") | rules("agency=D-B") | rules("flagged=false")
    assert rules("rule=O-25") == {"O-25"} < everything
    assert rules("waived=false") == everything
    assert rules("waived=true") == set()


def test_what_waits_on_an_unset_parameter_is_found_by_its_name(officer: Caller, finding: dict[str, Any]) -> None:
    items = officer.get("/api/findings?state=undetermined").json["items"]
    by_parameter = {item["parameter"]: item["rule"] for item in items if item["parameter"]}
    assert by_parameter, "the test needs a rule that waits on a parameter nobody has set"
    for parameter, rule in by_parameter.items():
        found = officer.get(f"/api/findings?parameter={parameter}").json["items"]
        assert rule in {item["rule"] for item in found}
        assert {item["parameter"] for item in found} == {parameter}


def test_an_alias_stands_for_its_rule(officer: Caller) -> None:
    officer.post("/api/inspections", {"started_at": "2026-01-05T10:00:00+08:00", "concluded_on": "2026-01-05"})
    by_alias = [item["rule"] for item in officer.get("/api/findings?rule=I-12").json["items"]]
    assert by_alias == ["D-02"]


def test_an_answer_is_shown_with_its_finding(officer: Caller, colleague: Caller, finding: dict[str, Any]) -> None:
    first = officer.post(f"/api/findings/{finding['id']}/response", {"text": " 已联系当事人。\n下周送达。 "})
    colleague.post(f"/api/findings/{finding['id']}/response", {"text": "已送达"})
    assert first.status_code == 201
    (shown,) = officer.get("/api/findings?rule=O-25").json["items"]
    assert [(item["by"]["login"], item["text"]) for item in shown["responses"]] == [
        ("officer", "已联系当事人。\n下周送达。"),
        ("colleague", "已送达"),
    ]


def test_a_waiver_counts_once_a_second_person_has_approved_it(
    officer: Caller, supervisor: Caller, finding: dict[str, Any]
) -> None:
    proposed = propose(officer, finding, document="示街函〔2026〕3号")
    assert (proposed.status_code, proposed.json["status"], proposed.json["last_day"]) == (201, "waiting", LAST_DAY)
    assert waived(officer) is False, "nobody has approved it"
    approved = supervisor.post(f"/api/waivers/{proposed.json['id']}/approval", {"approved": True})
    assert (approved.status_code, approved.json["status"]) == (200, "approved")
    assert approved.json["decided_by"]["login"] == "supervisor"
    assert waived(officer) is True
    (shown,) = officer.get("/api/findings?rule=O-25").json["items"]
    assert (shown["flagged"], shown["waivers"][0]["document"]) == (False, "示街函〔2026〕3号")


def test_an_empty_object_approves(officer: Caller, supervisor: Caller, finding: dict[str, Any]) -> None:
    proposed = propose(officer, finding)
    assert supervisor.post(f"/api/waivers/{proposed.json['id']}/approval", {}).json["status"] == "approved"


def test_a_waiver_ends_after_its_last_day(
    officer: Caller, supervisor: Caller, finding: dict[str, Any], clock: Clock
) -> None:
    proposed = propose(officer, finding)
    supervisor.post(f"/api/waivers/{proposed.json['id']}/approval", {})
    after = {}
    for days in (29, 30):
        clock.now = clock.now.replace(day=2) + timedelta(days=days)
        clock.now = clock.now.replace(month=3, day=31) if days == 29 else clock.now.replace(month=4, day=1)
        supervisor.post("/api/sweeps")
        after[clock.now.date().isoformat()] = waived(officer)
    assert after == {"2026-03-31": True, "2026-04-01": False}


def test_a_refused_waiver_has_a_reason_and_does_not_count(
    officer: Caller, supervisor: Caller, finding: dict[str, Any]
) -> None:
    address = f"/api/waivers/{propose(officer, finding).json['id']}/approval"
    without = supervisor.post(address, {"approved": False})
    assert (without.status_code, set(without.json["errors"])) == (422, {"reason"})
    refused = supervisor.post(address, {"approved": False, "reason": "可以公告送达"})
    assert (refused.json["status"], refused.json["refusal"]) == ("refused", "可以公告送达")
    assert waived(officer) is False


def test_a_waiver_is_decided_once(officer: Caller, supervisor: Caller, finding: dict[str, Any]) -> None:
    address = f"/api/waivers/{propose(officer, finding).json['id']}/approval"
    supervisor.post(address, {})
    entries = AuditEntry.select().count()
    assert supervisor.post(address, {"approved": False, "reason": "x"}).status_code == 409
    assert (Waiver.get().refused_at, AuditEntry.select().count()) == (None, entries)


def test_one_waiver_waits_at_a_time(officer: Caller, finding: dict[str, Any]) -> None:
    assert [propose(officer, finding).status_code for _ in range(2)] == [201, 409]


@pytest.mark.parametrize(("last_day", "fits"), [("2026-03-01", False), ("2026-03-02", True), ("2099-01-01", False)])
def test_a_waiver_ends_neither_in_the_past_nor_never(
    officer: Caller, finding: dict[str, Any], last_day: str, fits: bool
) -> None:
    response = propose(officer, finding, last_day=last_day)
    assert response.status_code == (201 if fits else 422)
    assert fits or set(response.json["errors"]) == {"last_day"}


def test_whoever_proposed_a_waiver_cannot_approve_it_whatever_their_role_has_become(
    officer: Caller, office: Office, finding: dict[str, Any]
) -> None:
    proposed = propose(officer, finding).json
    with connected():
        accounts.update_user("test", office.officer, {"role": "supervisor"}, office.now)
    response = officer.post(f"/api/waivers/{proposed['id']}/approval", {})
    assert (response.status_code, response.json["status"]) == (403, 403)
    assert Waiver.get().approved_at is None


def test_a_finding_that_is_put_right_leaves_the_list_and_the_flag(officer: Caller, finding: dict[str, Any]) -> None:
    address = f"/api/penalties/{finding['case']['id']}"
    read = officer.get(address)
    officer.patch(address, {"served_on": "2026-02-03"}, read.headers["ETag"])
    assert officer.get("/api/findings?rule=O-25").json["items"] == []
    assert Case.get().flagged is False
