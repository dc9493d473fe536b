"""Legal review over HTTP: submitted, queued, answered by somebody else, and then a fact of the case."""

from __future__ import annotations

from typing import Any

import pytest

from enforcement.accounts import operations as accounts
from enforcement.db import connected
from enforcement.models import Case
from enforcement.models import Review
from enforcement.reviews.operations import ITEMS
from tests.api.caller import Caller
from tests.office import PENALTY
from tests.office import Office

PASSED = {"result": "passed", "items": dict.fromkeys(ITEMS, "无异议")}


@pytest.fixture
def case(officer: Caller) -> dict[str, Any]:
    made = officer.post("/api/penalties", {name: value for name, value in PENALTY.items() if name != "decided_on"})
    assert isinstance(made.json, dict)
    return made.json


def reviews(case: dict[str, Any]) -> str:
    return f"/api/cases/{case['id']}/reviews"


def test_a_submitted_case_waits_in_the_queue(officer: Caller, reviewer: Caller, case: dict[str, Any]) -> None:
    submitted = officer.post(reviews(case), {})
    assert (submitted.status_code, submitted.json["status"]) == (201, "waiting")
    (waiting,) = reviewer.get("/api/reviews?status=waiting").json["items"]
    assert (waiting["case"]["id"], waiting["submitted_by"]["login"]) == (case["id"], "officer")
    assert (waiting["submitted_at"], waiting["result"]) == ("2026-03-02T09:00:00+08:00", None)
    assert officer.get(f"/api/penalties/{case['id']}").json["facts"]["review_submitted_on"] == "2026-03-02"


def test_a_submission_needs_no_body_at_all(officer: Caller, case: dict[str, Any]) -> None:
    assert officer.post(reviews(case)).status_code == 201


def test_a_case_waits_once(officer: Caller, colleague: Caller, case: dict[str, Any]) -> None:
    assert [caller.post(reviews(case), {}).status_code for caller in (officer, colleague)] == [201, 409]
    assert Review.select().count() == 1


def test_a_passed_review_becomes_facts_of_the_case(officer: Caller, reviewer: Caller, case: dict[str, Any]) -> None:
    officer.post(reviews(case), {})
    answered = reviewer.post(reviews(case), PASSED)
    assert (answered.status_code, answered.json["status"], answered.json["result"]) == (201, "answered", "passed")
    facts = officer.get(f"/api/penalties/{case['id']}").json["facts"]
    assert {name: facts[name] for name in ("reviewed_on", "review_result", "reviewer", "reviewer_qualified")} == {
        "reviewed_on": "2026-03-02",
        "review_result": "passed",
        "reviewer": "12019999",
        "reviewer_qualified": True,
    }
    assert facts["review_items"] == list(ITEMS)
    assert reviewer.get("/api/reviews").json["items"] == []
    assert [item["result"] for item in reviewer.get("/api/reviews?status=answered").json["items"]] == ["passed"]


def test_the_points_may_be_a_plain_list(officer: Caller, reviewer: Caller, case: dict[str, Any]) -> None:
    officer.post(reviews(case), {})
    answered = reviewer.post(reviews(case), {"result": "passed", "items": list(ITEMS)})
    assert answered.json["items"] == dict.fromkeys(ITEMS, "")


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({"result": "passed"}, {"items"}),
        ({"result": "passed", "items": dict.fromkeys(ITEMS[:-1], "")}, {"items"}),
        ({"result": "correct"}, {"opinion"}),
        ({"result": "correct", "opinion": "x", "items": {"weather": ""}}, {"items"}),
    ],
)
def test_an_incomplete_opinion_is_refused_and_the_case_goes_on_waiting(
    officer: Caller, reviewer: Caller, case: dict[str, Any], body: dict[str, Any], faults: set[str]
) -> None:
    officer.post(reviews(case), {})
    response = reviewer.post(reviews(case), body)
    assert (response.status_code, set(response.json["errors"])) == (422, faults)
    assert Review.get().status == "waiting"


def test_a_case_sent_back_can_be_submitted_again(officer: Caller, reviewer: Caller, case: dict[str, Any]) -> None:
    officer.post(reviews(case), {})
    assert reviewer.post(reviews(case), {"result": "supplement", "opinion": "证据不足"}).json["result"] == "supplement"
    assert officer.post(reviews(case), {}).status_code == 201


def test_nothing_that_does_not_wait_can_be_answered(reviewer: Caller, case: dict[str, Any]) -> None:
    assert reviewer.post(reviews(case), PASSED).status_code == 409


def test_whoever_submitted_or_handled_a_case_cannot_review_it(
    officer: Caller, colleague: Caller, office: Office, case: dict[str, Any]
) -> None:
    officer.post(reviews(case), {})
    with connected():
        for user in (office.officer, office.colleague):
            accounts.update_user("test", user, {"role": "reviewer"}, office.now)
    answers = {name: caller.post(reviews(case), PASSED).status_code for name, caller in
               (("submitter", officer), ("handler", colleague))}  # fmt: skip
    assert answers == {"submitter": 403, "handler": 403}
    assert Review.get().status == "waiting"


def test_a_change_made_meanwhile_by_the_review_makes_an_old_tag_stale(officer: Caller, case: dict[str, Any]) -> None:
    address = f"/api/penalties/{case['id']}"
    tag = officer.get(address).headers["ETag"]
    officer.post(reviews(case), {})
    response = officer.patch(address, {"place": "某路"}, tag)
    assert (response.status_code, response.json["version"]) == (412, Case.get().version)


def test_an_unknown_status_of_the_queue_is_named(reviewer: Caller) -> None:
    response = reviewer.get("/api/reviews?status=lost&page=x")
    assert (response.status_code, set(response.json["errors"])) == (422, {"status", "page"})


def test_what_is_wrong_with_an_opinion_is_said_in_the_language_of_the_caller(
    officer: Caller, reviewer: Caller, case: dict[str, Any]
) -> None:
    address = reviews(case)
    assert officer.post(address, {}).status_code == 201
    opinion = {"result": "passed", "items": {name: "" for name in ITEMS if name != "crime"}}
    for caller, says in (
        (reviewer.speaking("zh-CN"), "通过须逐项答复，尚缺：crime"),
        (reviewer.speaking("en"), "passing answers every point; open: crime"),
    ):
        answer = caller.post(address, opinion)
        assert answer.status_code == 422
        assert answer.json["errors"] == {"items": [says]}


def test_an_agency_that_is_not_there_is_said_in_the_language_of_the_caller(officer: Caller) -> None:
    for language, says in (("zh-CN", "没有这个执法机关"), ("en", "no such agency")):
        answer = officer.speaking(language).get("/api/penalties?agency=nowhere")
        assert answer.json["errors"] == {"agency": [says]}
