"""Legal review: the queue, the answer, and who may not give it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from enforcement.audit.queries import verify
from enforcement.cases import operations as cases
from enforcement.cases.projection import decode
from enforcement.cases.projection import plain
from enforcement.db import connected
from enforcement.errors import Conflict
from enforcement.errors import Forbidden
from enforcement.errors import Invalid
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import Review
from enforcement.reviews import operations
from enforcement.reviews import queries
from tests.office import PENALTY
from tests.office import Office

ALL = dict.fromkeys(operations.ITEMS, "符合规定")
UNDECIDED = {
    name: value
    for name, value in PENALTY.items()
    if name
    not in ("decided_on", "decided_by", "decision_number", "served_on", "paid_on", "published_on", "kinds", "fine")
}


@pytest.fixture
def office(database: Any, now: datetime) -> Office:
    with connected():
        return Office(now)


@pytest.fixture
def case(office: Office, now: datetime) -> Case:
    return cases.record(office.officer, "penalty", {**UNDECIDED, "complex": True}, now)


def state(case: Case, rule: str) -> str | None:
    row = Finding.get_or_none(Finding.case == case, Finding.rule == rule, Finding.closed_at.is_null())
    return row and row.state


def test_a_submitted_case_waits_in_the_queue_and_is_passed(office: Office, case: Case, now: datetime) -> None:
    assert state(case, "O-16") == "pending"
    operations.submit(office.officer, case.public_id, now)
    assert [row.case_id for row in queries.queue(office.reviewer).items] == [case.id]
    operations.answer(office.reviewer, case.public_id, "passed", "", ALL, now)
    facts = plain(decode("penalty", Case.get_by_id(case.id).facts))
    assert (facts["reviewed_on"], facts["review_result"], facts["reviewer"]) == ("2026-03-02", "passed", "12019999")
    assert facts["reviewer_qualified"] is True and len(facts["review_items"]) == 8
    assert state(case, "O-16") is None and state(case, "O-17") is None and state(case, "O-18") is None
    assert queries.queue(office.reviewer).items == []
    assert verify() == []


def test_sending_back_needs_a_reason_and_leaves_the_case_pending(office: Office, case: Case, now: datetime) -> None:
    operations.submit(office.officer, case.public_id, now)
    with pytest.raises(Invalid) as refused:
        operations.answer(office.reviewer, case.public_id, "supplement", " ", {}, now)
    assert list(refused.value.errors) == ["opinion"]
    operations.answer(office.reviewer, case.public_id, "supplement", "证据不足", {"facts": "补充询问笔录"}, now)
    assert state(case, "O-16") == "pending"
    operations.submit(office.officer, case.public_id, now)
    assert [row.status for row in queries.of_case(case)] == ["answered", "waiting"]


def test_passing_answers_every_point(office: Office, case: Case, now: datetime) -> None:
    operations.submit(office.officer, case.public_id, now)
    with pytest.raises(Invalid) as refused:
        operations.answer(office.reviewer, case.public_id, "passed", "", {"facts": "清楚"}, now)
    assert list(refused.value.errors) == ["items"]
    with pytest.raises(Invalid) as refused:
        operations.answer(office.reviewer, case.public_id, "approved", "好", {"colour": "红"}, now)
    assert sorted(refused.value.errors) == ["items", "result"]


@pytest.mark.parametrize("submitter", ["officer", "colleague", "reviewer", "supervisor"])
@pytest.mark.parametrize("answerer", ["officer", "colleague", "reviewer", "supervisor"])
def test_neither_handler_nor_submitter_reviews(
    office: Office, case: Case, now: datetime, submitter: str, answerer: str
) -> None:
    operations.submit(getattr(office, submitter), case.public_id, now)
    if answerer == submitter or answerer in ("officer", "colleague"):
        with pytest.raises(Forbidden):
            operations.answer(getattr(office, answerer), case.public_id, "passed", "", ALL, now)
        assert Review.get().status == "waiting"
    else:
        operations.answer(getattr(office, answerer), case.public_id, "passed", "", ALL, now)
        assert Review.get().reviewer_id == getattr(office, answerer).id


def test_a_case_waits_once_and_is_answered_once(office: Office, case: Case, now: datetime) -> None:
    operations.submit(office.officer, case.public_id, now)
    with pytest.raises(Conflict):
        operations.submit(office.colleague, case.public_id, now)
    operations.answer(office.reviewer, case.public_id, "passed", "", ALL, now)
    with pytest.raises(Conflict):
        operations.answer(office.reviewer, case.public_id, "passed", "", ALL, now)
