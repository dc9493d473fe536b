"""Whatever is sent, the answer is one that is described: never a fault of ours."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from enforcement.reviews.operations import ITEMS
from rules.facts import KINDS
from rules.facts import facts_of
from tests.api.caller import Caller
from tests.office import PENALTY

NAMES = sorted({name for struct in KINDS.values() for name in facts_of(struct)} | {"facts", "kind", "text", "ground",
    "last_day", "document", "result", "opinion", "items", *ITEMS})  # fmt: skip
SCALARS: Any = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(
        ["2026-02-12", "2026-02-30", "2026-02-12T09:30:00+08:00", "500.00", "-1", "1e400", "penalty", "fine"]
    )
)
ANYTHING: Any = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), inner, max_size=6)
    ),
    max_leaves=20,
)
#: One application and database serve all the examples of a test.
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)

REFUSED = {400, 404, 409, 412, 422}


def send(caller: Caller, method: str, address: str, body: Any, **headers: str) -> int:
    """Send a JSON value, null as well, and give the status."""
    return caller.call(
        method, address, data=json.dumps(body), content_type="application/json", headers=headers
    ).status_code


@MANY
@given(body=ANYTHING)
def test_whatever_is_recorded_changed_or_checked(officer: Caller, body: Any) -> None:
    statuses = {
        address: send(officer, "POST", address, body)
        for address in ("/api/penalties", "/api/measures", "/api/inspections", "/api/check")
    }
    assert {address: status for address, status in statuses.items() if status not in {200, 201, *REFUSED}} == {}
    (case, *_) = officer.get("/api/penalties").json["items"] or [officer.post("/api/penalties", PENALTY).json]
    assert send(officer, "PATCH", f"/api/penalties/{case['id']}", body, **{"If-Match": "*"}) in {200, *REFUSED}


@MANY
@given(body=ANYTHING)
def test_whatever_is_said_to_a_finding_or_a_review(officer: Caller, reviewer: Caller, body: Any) -> None:
    if officer.get("/api/findings").json["total"] == 0:
        officer.post("/api/penalties", {name: value for name, value in PENALTY.items() if name != "served_on"})
    finding = officer.get("/api/findings").json["items"][0]
    case = finding["case"]["id"]
    statuses = {
        "response": send(officer, "POST", f"/api/findings/{finding['id']}/response", body),
        "waiver": send(officer, "POST", f"/api/findings/{finding['id']}/waiver", body),
        "submit": send(officer, "POST", f"/api/cases/{case}/reviews", body),
        "answer": send(reviewer, "POST", f"/api/cases/{case}/reviews", body),
    }
    assert {name: status for name, status in statuses.items() if status not in {201, 403, *REFUSED}} == {}


@MANY
@given(name=st.sampled_from(["q", "state", "agency", "from", "flagged", "field", "rule", "sort", "page", "page_size", "as_of"])
       | st.text(max_size=6), value=st.text(max_size=30))  # fmt: skip
def test_whatever_is_asked_for(officer: Caller, supervisor: Caller, name: str, value: str) -> None:
    query = {name: value}
    statuses = {
        address: caller.get(address, query_string=query).status_code
        for caller, address in (
            (officer, "/api/penalties"),
            (officer, "/api/findings"),
            (officer, "/api/parameters"),
            (officer, "/api/reviews"),
            (supervisor, "/api/statistics/annual"),
        )
    }
    assert {address: status for address, status in statuses.items() if status not in {200, 422}} == {}
