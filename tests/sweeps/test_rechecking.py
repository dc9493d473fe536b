"""Judging every open case again reaches those that waited for nothing."""

from __future__ import annotations

from datetime import date
from datetime import datetime

import pytest

from enforcement import lawbook
from enforcement.audit.queries import verify
from enforcement.errors import Conflict
from enforcement.models import AuditEntry
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import SweepRun
from enforcement.parameters import operations as parameters
from enforcement.sweeps import ledger
from enforcement.sweeps.rechecking import JOB
from enforcement.sweeps.rechecking import recheck_now
from tests.office import Office
from tests.web.book import record


@pytest.fixture
def case(office: Office, now: datetime) -> Case:
    return record(office.officer, "示街罚立〔2026〕1号", now)


def shorten_service(office: Office, now: datetime) -> None:
    parameters.set_value(
        office.admin,
        now,
        lawbook.law_for(office.street).profile,
        name="service_working_days",
        raw="0",
        from_=date(2026, 1, 1),
        source="本街道规定第一条",
        agency=office.street,
        confirmed=True,
    )


def states(case: Case, rule: str) -> list[str]:
    return [row.state for row in Finding.select().where(Finding.case == case, Finding.rule == rule)]


def test_a_changed_value_reaches_a_case_that_was_in_order(office: Office, case: Case, now: datetime) -> None:
    assert states(case, "O-25") == []
    shorten_service(office, now)
    run = recheck_now(office.admin, now)
    assert states(case, "O-25") == ["late"]
    assert run.job == JOB and run.finished_at is not None
    assert (run.outcome["cases"], run.outcome["opened"]) == (1, 1)


def test_a_second_run_changes_nothing(office: Office, case: Case, now: datetime) -> None:
    shorten_service(office, now)
    recheck_now(office.admin, now)
    before = list(Finding.select().order_by(Finding.id).dicts())
    second = recheck_now(office.admin, now.replace(microsecond=1))
    assert {name: second.outcome[name] for name in ("opened", "changed", "closed")} == dict.fromkeys(
        ("opened", "changed", "closed"), 0
    )
    assert list(Finding.select().order_by(Finding.id).dicts()) == before


def test_it_reaches_only_what_the_actor_sees(office: Office, case: Case, now: datetime) -> None:
    record(office.stranger, "乙街罚立〔2026〕1号", now)
    assert recheck_now(office.admin, now).outcome["cases"] == 2
    assert recheck_now(office.reviewer, now.replace(microsecond=1)).outcome["cases"] == 1


def test_two_do_not_run_at_once(office: Office, case: Case, now: datetime) -> None:
    assert ledger.claim(JOB, "manual-other", "another process", 300) is not None
    with pytest.raises(Conflict):
        recheck_now(office.admin, now)
    assert SweepRun.select().where(SweepRun.job == JOB).count() == 1


def test_it_stands_in_the_audit(office: Office, case: Case, now: datetime) -> None:
    run = recheck_now(office.admin, now)
    entry = AuditEntry.get(AuditEntry.action == "recheck.run")
    assert (entry.subject_id, entry.actor_id) == (run.slot, office.admin.id)
    assert verify() == []
