"""Settling in bulk leaves the same rows as settling one case after another."""

from __future__ import annotations

import random
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any

import peewee
import pytest

from enforcement.cases import operations as cases
from enforcement.findings import operations as findings
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import FindingEvent
from enforcement.sweeps import bulk
from tests.office import PENALTY
from tests.office import Office

#: Facts that offices forget; without them a case is pending, overdue, violated or undetermined in some respect.
FORGOTTEN = (
    *("served_on", "paid_on", "published_on", "platform_number", "platform_entered_on", "decided_on", "decided_by"),
    *("hearing_waived_on", "statement_waived_on", "handlers", "party_code", "fine_max", "investigation_reported_on"),
)
MEASURE = {
    "class": "measure",
    "type": "seize",
    "power_listed": True,
    "approved_at": "2026-01-05T09:00:00+08:00",
    "executed_at": "2026-01-05T10:00:00+08:00",
    "starts_on": "2026-01-05",
    "ends_on": "2026-02-03",
    "urgent": True,
    "party_name": "张某",
    "handlers": ["12010001", "12010002"],
}
INSPECTION = {"type": "routine", "business": True, "started_at": "2026-01-20T10:00:00+08:00", "party_name": "某店"}


def record_cases(office: Office, count: int, at: datetime, seed: int = 1) -> list[Case]:
    """Record penalties, each with some facts forgotten, and every fifth time a measure and an inspection."""
    chance = random.Random(seed)
    recorded = []
    for number in range(count):
        facts = {name: value for name, value in PENALTY.items() if name not in chance.sample(FORGOTTEN, 4)}
        recorded.append(cases.record(office.officer, "penalty", {**facts, "number": f"P{number}"}, at))
        if number % 5 == 0:
            recorded.append(cases.record(office.officer, "measure", {**MEASURE, "number": f"M{number}"}, at))
            recorded.append(cases.record(office.officer, "inspection", {**INSPECTION, "number": f"I{number}"}, at))
    return recorded


def waive_some(office: Office, last_day: date, at: datetime) -> list[Finding]:
    """Let every third finding be waived by a second person."""
    waived = list(Finding.select().order_by(Finding.id))[::3]
    for finding in waived:
        waiver = findings.propose_waiver(office.officer, finding.public_id, "不可抗力", last_day, "", at)
        findings.approve_waiver(office.supervisor, waiver.public_id, at)
    return waived


def snapshot() -> dict[str, Any]:
    """Everything settling writes, without row ids and public ids."""
    rows = Finding.select().order_by(Finding.case, Finding.rule)
    columns = ("state", "severity", "due", "due_at", "parameter", "opened_at", "changed_at", "closed_at", "waived")
    events: Any = FindingEvent.select(FindingEvent, Finding).join(Finding)
    return {
        "findings": {(row.case_id, row.rule): {name: getattr(row, name) for name in columns} for row in rows},
        "events": sorted(
            (
                event.finding.case_id,
                event.finding.rule,
                str(event.at),
                str(event.day),
                str(event.from_state),
                str(event.to_state),
            )
            for event in events
        ),
        "cases": {case.id: (case.worst_state, case.flagged) for case in Case.select()},
    }


def outcome_of(database: peewee.Database, settle: Any) -> dict[str, Any]:
    """What settling leaves, undone again."""
    with database.atomic() as transaction:
        settle()
        left = snapshot()
        transaction.rollback()
    return left


@pytest.mark.parametrize("days", [0, 8, 20, 60, 400])
def test_bulk_leaves_what_one_by_one_leaves(database: peewee.Database, days: int) -> None:
    early = datetime.fromisoformat("2026-01-29T10:00:00+08:00")
    office = Office(early)
    recorded = record_cases(office, 25, early)
    waive_some(office, date(2026, 2, 10), early)
    now = early + timedelta(days=days)
    day = now.date()

    def one_by_one() -> None:
        for case in Case.select().order_by(Case.id):
            findings.settle(case, day, now)

    ids = [case.id for case in recorded]
    before = snapshot()
    expected = outcome_of(database, one_by_one)
    assert outcome_of(database, lambda: bulk.settle_cases(ids, day, now)) == expected
    assert (expected != before) == (days > 0)


def test_bulk_opens_closed_findings_again_and_closes_those_that_are_settled(database: peewee.Database) -> None:
    early = datetime.fromisoformat("2026-02-01T10:00:00+08:00")
    office = Office(early)
    facts = {name: value for name, value in PENALTY.items() if name not in ("served_on", "published_on")}
    case = cases.record(office.officer, "penalty", facts, early)
    late = datetime.fromisoformat("2026-03-02T10:00:00+08:00")
    bulk.settle_cases([case.id], late.date(), late)
    served = cases.change(office.officer, case.public_id, 1, {"served_on": "2026-01-27"}, late)
    # Facts change behind the back of the findings: what the sweep has to put right.
    Case.update(facts=served.facts.replace('"served_on":"2026-01-27",', "")).where(Case.id == case.id).execute()

    def one_by_one() -> None:
        findings.settle(Case.get_by_id(case.id), late.date(), late)

    expected = outcome_of(database, one_by_one)
    assert outcome_of(database, lambda: bulk.settle_cases([case.id], late.date(), late)) == expected
    assert expected["findings"][case.id, "O-25"]["state"] == "overdue"
    assert expected["findings"][case.id, "O-25"]["closed_at"] is None

    plan = bulk.settle_cases([case.id], late.date(), late)
    assert plan.overdue == [(case.id, "O-25")]
    again = bulk.settle_cases([case.id], late.date(), late)
    assert (again.opened, dict(again.changed), again.closed, again.events, dict(again.marked)) == ([], {}, [], [], {})


def test_drawing_up_a_plan_stores_nothing(database: peewee.Database) -> None:
    early = datetime.fromisoformat("2026-01-29T10:00:00+08:00")
    office = Office(early)
    ids = [case.id for case in record_cases(office, 5, early)]
    before = snapshot()
    plan = bulk.draw_up(ids, date(2026, 6, 1))
    assert plan.overdue
    assert snapshot() == before
