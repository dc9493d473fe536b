"""Recording, reading, changing and listing cases over HTTP."""

from __future__ import annotations

from tests.api.caller import Caller
from tests.office import PENALTY


def test_a_recorded_case_is_answered_with_its_outcomes_its_place_and_its_tag(officer: Caller) -> None:
    response = officer.post("/api/penalties", PENALTY)
    assert response.status_code == 201
    body = response.json
    assert response.headers["Location"] == f"/api/penalties/{body['id']}"
    assert response.headers["ETag"].startswith('"1-')
    assert (body["kind"], body["version"], body["agency"], body["number"]) == ("penalty", 1, "D-A", PENALTY["number"])
    assert body["facts"] == {**PENALTY, "agency": "D-A"}
    assert {outcome["rule"]: outcome["state"] for outcome in body["outcomes"]}["O-25"] == "satisfied"
    assert body["flagged"] is False
