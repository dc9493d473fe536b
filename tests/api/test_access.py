"""Who may call what: every route, every role, every place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from enforcement.accounts import operations as accounts
from enforcement.accounts.permissions import PERMISSIONS
from enforcement.api.auth import PAGES
from enforcement.api.auth import PUBLIC
from enforcement.cases import operations as cases
from enforcement.db import connected
from enforcement.findings import operations as findings
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import Review
from enforcement.models import Token
from enforcement.models import User
from enforcement.models import Waiver
from enforcement.models.accounts import ROLES
from enforcement.reviews import operations as reviews
from tests.api.caller import Caller
from tests.api.caller import Clock
from tests.office import PENALTY
from tests.office import Office

ANY_ID = "0" * 26
EVERYBODY = frozenset(ROLES)
KEEPERS = frozenset({"officer"})
READERS = frozenset({"officer", "reviewer", "supervisor"})
OVERSEERS = frozenset({"supervisor", "admin"})

#: Who may call each route, written down a second time and on purpose not taken from the table of permissions.
EXPECTED: dict[tuple[str, str], frozenset[str]] = {
    **{
        (method, f"/api/{plural}{rest}"): roles
        for plural in ("penalties", "measures", "inspections")
        for method, rest, roles in (
            ("POST", "", KEEPERS),
            ("GET", "", READERS),
            ("GET", "/<id:public_id>", READERS),
            ("PATCH", "/<id:public_id>", KEEPERS),
        )
    },
    ("GET", "/api/cases/<id:public_id>/outcomes"): READERS,
    ("POST", "/api/check"): EVERYBODY,
    ("GET", "/api/findings"): READERS,
    ("POST", "/api/findings/<id:public_id>/response"): KEEPERS,
    ("POST", "/api/findings/<id:public_id>/waiver"): KEEPERS,
    ("POST", "/api/waivers/<id:public_id>/approval"): frozenset({"supervisor"}),
    ("GET", "/api/reviews"): READERS,
    ("POST", "/api/cases/<id:public_id>/reviews"): frozenset({"officer", "reviewer"}),
    ("POST", "/api/sweeps"): OVERSEERS,
    ("GET", "/api/sweeps"): OVERSEERS,
    ("GET", "/api/rules"): EVERYBODY,
    ("GET", "/api/rules/<rule_id>"): EVERYBODY,
    ("GET", "/api/parameters"): EVERYBODY,
    ("GET", "/api/statistics/annual"): frozenset({"supervisor"}),
}


def guarded(app: Flask) -> dict[tuple[str, str], str]:
    """Every route of the API with a caller, and its endpoint; pages stand behind a guard of their own."""
    return {
        (method, rule.rule): rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint not in PUBLIC and not rule.endpoint.startswith(PAGES)
    }


def test_every_route_declares_a_permission_or_is_named_as_public(app: Flask) -> None:
    without = [
        endpoint for endpoint in guarded(app).values() if not hasattr(app.view_functions[endpoint], "permissions")
    ]
    assert without == []


def test_every_public_endpoint_that_is_named_exists_and_none_is_a_case(app: Flask) -> None:
    assert set(app.view_functions) >= PUBLIC
    addresses = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint in PUBLIC}
    assert addresses == {
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/openapi.json",
        "/api/docs",
        "/api/docs/<name>",
    }


def test_no_endpoint_falls_between_the_guard_of_the_api_and_that_of_the_pages(app: Flask) -> None:
    pages = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(PAGES)}
    assert [endpoint for endpoint in pages if not hasattr(app.view_functions[endpoint], "page_access")] == []
    assert [address for address in pages.values() if address.startswith("/api")] == []


def test_every_route_stands_in_the_table_of_this_test(app: Flask) -> None:
    assert set(guarded(app)) == set(EXPECTED)


def test_a_route_that_declares_nothing_lets_nobody_in(app: Flask, office: Office) -> None:
    app.add_url_rule("/api/forgotten", "forgotten", lambda: "secret")
    officer = Caller.of(app, office.officer, office.now)
    assert officer.get("/api/forgotten").status_code == 403
    assert Caller(app).get("/api/forgotten").status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_the_routes_that_are_its_own_and_no_others(app: Flask, office: Office, role: str) -> None:
    caller = Caller.of(app, getattr(office, role), office.now)
    wrong = {}
    for (method, rule), roles in EXPECTED.items():
        address = rule.replace("<id:public_id>", ANY_ID).replace("<rule_id>", "O-25")
        body = {"json": {"result": "passed"}} if role == "reviewer" and method == "POST" else {}
        status = caller.call(method, address, **body).status_code
        if (status != 403) != (role in roles):
            wrong[method, rule] = status
    assert wrong == {}


def test_a_permission_that_no_role_holds_cannot_be_declared() -> None:
    from enforcement.api.auth import permission

    with pytest.raises(ValueError, match="case.destroy"):
        permission("case.destroy")
    with pytest.raises(ValueError, match="none named"):
        permission()


def test_whoever_manages_accounts_keeps_and_reads_no_cases() -> None:
    assert {name for name in PERMISSIONS["admin"] if name.startswith(("case.re", "case.ch", "finding", "review"))} == {
        "case.check"
    }


def test_the_body_of_a_review_decides_which_permission_it_needs(officer: Caller, reviewer: Caller) -> None:
    address = f"/api/cases/{ANY_ID}/reviews"
    assert officer.post(address, {}).status_code == 404
    assert officer.post(address, {"result": "passed"}).status_code == 403
    assert reviewer.post(address, {"result": "passed"}).status_code == 404
    assert reviewer.post(address, {}).status_code == 403


# ---- tokens


def challenge(app: Flask, header: str | None) -> tuple[int, str]:
    response = Caller(app).get("/api/penalties", headers={"Authorization": header} if header is not None else {})
    return response.status_code, response.headers.get("WWW-Authenticate", "")


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic bGk6bGk=", "enf_abc", "Digest username=li"])
def test_without_a_token_the_caller_is_asked_for_one(app: Flask, header: str | None) -> None:
    assert challenge(app, header) == (401, 'Bearer realm="enforcement"')


@pytest.mark.parametrize("token", ["x", "enf_" + "A" * 43, "enf_" + "A" * 5000, "enf_'; DROP TABLE users; --", "enf_é"])
def test_a_token_nobody_issued_is_refused_by_name(app: Flask, token: str) -> None:
    assert challenge(app, f"Bearer {token}") == (401, 'Bearer realm="enforcement", error="invalid_token"')


def test_the_scheme_may_be_written_in_any_case(app: Flask, officer: Caller) -> None:
    secret = officer.headers["Authorization"].split()[1]
    assert challenge(app, f"bearer {secret}")[0] == 200


def test_a_revoked_token_lets_nobody_in(officer: Caller, office: Office) -> None:
    with connected():
        accounts.revoke_token(office.officer, Token.get(), office.now)
    assert officer.get("/api/penalties").status_code == 401


def test_a_token_ends_at_its_moment(app: Flask, office: Office, clock: Clock) -> None:
    caller = Caller.of(app, office.officer, office.now, expires_at=office.now + timedelta(hours=1))
    clock.now = office.now + timedelta(minutes=59)
    assert caller.get("/api/penalties").status_code == 200
    clock.now = office.now + timedelta(hours=1)
    assert caller.get("/api/penalties").status_code == 401


def test_the_token_of_a_closed_account_lets_nobody_in(officer: Caller, office: Office) -> None:
    with connected():
        accounts.update_user("test", office.officer, {"active": False}, office.now)
    assert officer.get("/api/penalties").status_code == 401


def test_a_token_with_scopes_holds_those_of_its_user_and_no_more(app: Flask, office: Office) -> None:
    caller = Caller.of(app, office.officer, office.now, scopes="case.read sweep.run")
    assert caller.get("/api/penalties").status_code == 200
    assert caller.post("/api/penalties", PENALTY).status_code == 403
    assert caller.post("/api/sweeps").status_code == 403, "a scope gives nothing that the role does not hold"


def test_the_token_is_asked_for_before_the_body_is_read(client: Caller) -> None:
    response = client.post("/api/penalties", data=b"{" * 1000, content_type="text/xml")
    assert response.status_code == 401


def test_an_address_that_is_not_there_is_404_and_a_wrong_method_405_with_the_methods_there_are(client: Caller) -> None:
    assert client.get("/api/nothing").status_code == 404
    response = client.call("DELETE", "/api/penalties")
    assert response.status_code == 405
    assert set(response.headers["Allow"].replace(" ", "").split(",")) == {"GET", "HEAD", "OPTIONS", "POST"}


# ---- places: one's own agency, one below it, and one beside it


@pytest.fixture
def make(app: Flask, office: Office) -> Callable[[str, Agency], Caller]:
    def user(role: str, agency: Agency) -> Caller:
        with connected():
            login = f"{role}-{agency.code.lower()}"
            made = accounts.create_user("test", office.now, login=login, name=login, role=role, agency=agency)
        return Caller.of(app, made, office.now)

    return user


class Things:
    """A case of street A with everything that hangs on it."""

    def __init__(self, office: Office) -> None:
        facts = {**PENALTY, "number": "示街罚立〔2026〕7号", "served_on": None}
        with connected():
            self.case: Case = cases.record(
                office.colleague, "penalty", {k: v for k, v in facts.items() if v}, office.now
            )
            self.finding: Finding = Finding.get(Finding.case == self.case, Finding.state == "overdue")
            last_day = (office.now + timedelta(days=9)).date()
            self.waiver: Waiver = findings.propose_waiver(
                office.colleague, self.finding.public_id, "送达地址不详", last_day, "", office.now
            )
            self.review: Review = reviews.submit(office.colleague, self.case.public_id, office.now)
            self.version = Case.get_by_id(self.case.id).version

    def calls(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """Every way to reach one of them, by method and address."""
        tag = {"headers": {"If-Match": f'"{self.version}"'}}
        case, finding, waiver = self.case.public_id, self.finding.public_id, self.waiver.public_id
        return {
            "read": (f"GET /api/penalties/{case}", {}),
            "outcomes": (f"GET /api/cases/{case}/outcomes", {}),
            "change": (f"PATCH /api/penalties/{case}", {"json": {"place": "某路"}, **tag}),
            "respond": (f"POST /api/findings/{finding}/response", {"json": {"text": "已补"}}),
            "propose": (f"POST /api/findings/{finding}/waiver", {"json": {"ground": "x", "last_day": "2026-03-20"}}),
            "approve": (f"POST /api/waivers/{waiver}/approval", {"json": {"approved": True}}),
            "submit": (f"POST /api/cases/{case}/reviews", {"json": {}}),
            "answer": (f"POST /api/cases/{case}/reviews", {"json": {"result": "correct", "opinion": "裁量理由不足"}}),
        }


#: What each role gets for a thing it may see; 403 is "not your role", 409 "waits already".
SEEN: dict[str, dict[str, int]] = {
    "officer": {"read": 200, "outcomes": 200, "change": 200, "respond": 201, "propose": 409, "approve": 403, "submit": 409,
                "answer": 403},
    "reviewer": {"read": 200, "outcomes": 200, "change": 403, "respond": 403, "propose": 403, "approve": 403, "submit": 403,
                 "answer": 201},
    "supervisor": {"read": 200, "outcomes": 200, "change": 403, "respond": 403, "propose": 403, "approve": 200,
                   "submit": 403, "answer": 403},
    "admin": dict.fromkeys(("read", "outcomes", "change", "respond", "propose", "approve", "submit", "answer"), 403),
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("place", ["own", "child", "foreign"])
def test_what_is_below_can_be_reached_and_what_lies_beside_is_not_there(
    office: Office, make: Callable[[str, Agency], Caller], role: str, place: str
) -> None:
    caller = make(role, {"own": office.street, "child": office.district, "foreign": office.other}[place])
    things = Things(office)
    answered = {}
    for name, (call, options) in things.calls().items():
        method, address = call.split()
        answered[name] = caller.call(method, address, **options).status_code
    expected = (
        SEEN[role]
        if place != "foreign"
        else {name: 404 if status != 403 else 403 for name, status in SEEN[role].items()}
    )
    assert answered == expected


@pytest.mark.parametrize(
    ("role", "address"), [("officer", "penalties"), ("reviewer", "reviews"), ("supervisor", "findings")]
)
def test_a_list_holds_what_is_below_and_nothing_of_beside(
    office: Office, make: Callable[[str, Agency], Caller], role: str, address: str
) -> None:
    Things(office)
    totals = {
        place: make(role, agency).get(f"/api/{address}").json["total"] > 0
        for place, agency in (("own", office.street), ("above", office.district), ("beside", office.other))
    }
    assert totals == {"own": True, "above": True, "beside": False}


def test_a_case_cannot_be_recorded_for_an_agency_beside_one_s_own(officer: Caller, office: Office) -> None:
    response = officer.post("/api/penalties", {**PENALTY, "agency": "D-B"})
    assert (response.status_code, list(response.json["errors"])) == (422, ["agency"])
    assert Case.select().count() == 0


def test_a_case_cannot_be_moved_to_an_agency_beside_one_s_own(officer: Caller) -> None:
    made = officer.post("/api/penalties", PENALTY)
    response = officer.patch(made.headers["Location"], {"agency": "D-B"}, made.headers["ETag"])
    assert (response.status_code, list(response.json["errors"])) == (422, ["agency"])


def test_the_officer_of_the_district_records_for_a_street_below(
    office: Office, make: Callable[[str, Agency], Caller]
) -> None:
    response = make("officer", office.district).post("/api/penalties", {**PENALTY, "agency": "D-B"})
    assert (response.status_code, response.json["agency"]) == (201, "D-B")


def test_the_kind_in_an_address_must_be_that_of_the_case(officer: Caller) -> None:
    made = officer.post("/api/penalties", PENALTY)
    assert officer.get(f"/api/measures/{made.json['id']}").status_code == 404


def test_nothing_that_answers_403_or_404_writes_anything(stranger: Caller, office: Office, now: datetime) -> None:
    things = Things(office)
    before = User.select().count(), Waiver.select().count(), Review.select().count(), things.version
    for call, options in things.calls().values():
        method, address = call.split()
        stranger.call(method, address, **options)
    after = (
        User.select().count(),
        Waiver.select().count(),
        Review.select().count(),
        Case.get_by_id(things.case.id).version,
    )
    assert after == before
