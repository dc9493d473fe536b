"""Responses and waivers: two people, a ground, an end."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any

import pytest

from enforcement.cases import operations as cases
from enforcement.db import connected
from enforcement.db import operation
from enforcement.errors import Conflict
from enforcement.errors import Forbidden
from enforcement.errors import Invalid
from enforcement.errors import NotFound
from enforcement.findings import operations
from enforcement.findings import queries
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import Waiver
from enforcement.times import day_at
from tests.office import PENALTY
from tests.office import Office

ENDS = date(2026, 4, 1)


@pytest.fixture
def office(database: Any, now: datetime) -> Office:
    with connected():
        return Office(now)


@pytest.fixture
def finding(office: Office, now: datetime) -> Finding:
    """A penalty that was never published."""
    facts = {name: value for name, value in PENALTY.items() if name != "published_on"}
    case = cases.record(office.officer, "penalty", facts, now)
    found: Finding = Finding.get(Finding.case == case, Finding.rule == "D-01")
    return found


def test_an_officer_answers_a_finding(office: Office, finding: Finding, now: datetime) -> None:
    operations.respond(office.officer, finding.public_id, " 已联系平台补公示 ", now)
    assert [row.text for row in finding.responses] == ["已联系平台补公示"]
    with pytest.raises(Invalid):
        operations.respond(office.officer, finding.public_id, "  ", now)
    with pytest.raises(NotFound):
        operations.respond(office.stranger, finding.public_id, "x", now)


def test_an_approved_waiver_lifts_the_flag_until_its_last_day(office: Office, finding: Finding, now: datetime) -> None:
    waiver = operations.propose_waiver(office.officer, finding.public_id, "平台故障", ENDS, "故障说明", now)
    assert Case.get_by_id(finding.case_id).flagged
    operations.approve_waiver(office.supervisor, waiver.public_id, now)
    assert Finding.get_by_id(finding.id).waived and not Case.get_by_id(finding.case_id).flagged

    def settle_on(day: date) -> bool:
        operation(operations.settle)(Case.get_by_id(finding.case_id), day, now)
        return bool(Case.get_by_id(finding.case_id).flagged)

    assert not settle_on(ENDS)
    assert settle_on(ENDS + timedelta(days=1)), "an expired waiver returns by itself"


@pytest.mark.parametrize("proposer", ["officer", "colleague", "reviewer", "supervisor"])
@pytest.mark.parametrize("approver", ["officer", "colleague", "reviewer", "supervisor"])
def test_who_may_approve_what_whom_proposed(
    office: Office, finding: Finding, now: datetime, proposer: str, approver: str
) -> None:
    waiver = operations.propose_waiver(getattr(office, proposer), finding.public_id, "理由", ENDS, "", now)
    handlers = {"officer", "colleague"}
    if approver == proposer or approver in handlers:
        with pytest.raises(Forbidden):
            operations.approve_waiver(getattr(office, approver), waiver.public_id, now)
        assert Waiver.get_by_id(waiver.id).approved_at is None
    else:
        operations.approve_waiver(getattr(office, approver), waiver.public_id, now)
        assert Waiver.get_by_id(waiver.id).approved_by_id == getattr(office, approver).id


@pytest.mark.parametrize(
    ("ground", "last_day", "faulty"),
    [("", ENDS, ["ground"]), ("理由", date(2026, 3, 1), ["last_day"]), (" ", date(2027, 6, 1), ["ground", "last_day"])],
)
def test_a_waiver_needs_a_ground_and_an_end(
    office: Office, finding: Finding, now: datetime, ground: str, last_day: date, faulty: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        operations.propose_waiver(office.officer, finding.public_id, ground, last_day, "", now)
    assert sorted(refused.value.errors) == faulty
    assert Waiver.select().count() == 0


def test_one_waiver_waits_at_a_time_and_is_decided_once(office: Office, finding: Finding, now: datetime) -> None:
    waiver = operations.propose_waiver(office.officer, finding.public_id, "理由", ENDS, "", now)
    with pytest.raises(Conflict):
        operations.propose_waiver(office.colleague, finding.public_id, "理由", ENDS, "", now)
    operations.refuse_waiver(office.supervisor, waiver.public_id, "理由不成立", now)
    with pytest.raises(Conflict):
        operations.approve_waiver(office.supervisor, waiver.public_id, now)
    assert Case.get_by_id(finding.case_id).flagged
    operations.propose_waiver(office.officer, finding.public_id, "新的理由", ENDS, "", now)


def test_a_finding_that_closed_cannot_be_waived(office: Office, finding: Finding, now: datetime) -> None:
    case = Case.get_by_id(finding.case_id)
    cases.change(office.officer, case.public_id, case.version, {"published_on": "2026-01-30"}, now)
    with pytest.raises(Conflict):
        operations.propose_waiver(office.officer, finding.public_id, "理由", ENDS, "", now)


def test_open_findings_are_listed_by_last_day_and_filtered(office: Office, finding: Finding, now: datetime) -> None:
    page = queries.page(office.supervisor, flagged=True)
    assert [(row.rule, row.state) for row in page.items] == [("D-01", "overdue")]
    assert queries.page(office.supervisor, state="undetermined", parameter="review_catalogue").total == 1
    assert queries.page(office.stranger).total == 0
    assert queries.by_parameter(office.supervisor) == [("review_catalogue", 1)]
    assert day_at(now) == date(2026, 3, 2)
