"""The sweep: what days change is changed, once, and by the next process when the first is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any

import peewee
import pytest

from enforcement import lawbook
from enforcement.audit import operations as audit
from enforcement.audit.queries import verify
from enforcement.cases import operations as cases
from enforcement.config import Settings
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.findings import operations as findings
from enforcement.models import AuditEntry
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import FindingEvent
from enforcement.models import ParameterValue
from enforcement.models import SweepRun
from enforcement.sweeps import ledger
from enforcement.sweeps import news
from enforcement.sweeps import operations
from enforcement.sweeps import queries
from enforcement.sweeps import sweeping
from enforcement.sweeps.catching_up import catch_up
from enforcement.sweeps.jobs import standard
from tests.office import PENALTY
from tests.office import Office
from tests.sweeps.test_bulk import outcome_of
from tests.sweeps.test_bulk import record_cases
from tests.sweeps.test_bulk import snapshot

ROOT = Path(__file__).parents[2]
RECORDED = datetime.fromisoformat("2026-01-29T10:00:00+08:00")
#: Publication of the office's penalties, decided on 26 January, is due by 4 February.
DAY = date(2026, 2, 5)
NOW = datetime.fromisoformat("2026-02-05T06:00:00+08:00")
UNPUBLISHED = {name: value for name, value in PENALTY.items() if name != "published_on"}


@pytest.fixture
def office(database: peewee.Database) -> Office:
    return Office(RECORDED)


def unpublished(office: Office, count: int) -> list[Case]:
    """Penalties that nobody has published."""
    return [
        cases.record(office.officer, "penalty", {**UNPUBLISHED, "number": f"P{number:02}"}, RECORDED)
        for number in range(count)
    ]


def states(rule: str = "D-01") -> dict[str | None, str]:
    """State of a rule's open finding by number of the case."""
    rows: Any = Finding.select(Finding, Case).join(Case).where(Finding.rule == rule, Finding.closed_at.is_null())
    return {row.case.number: row.state for row in rows.order_by(Case.number)}


def test_the_last_day_counts_to_its_end_and_the_day_after_is_overdue(office: Office) -> None:
    unpublished(office, 1)
    assert sweeping.sweep(date(2026, 2, 4), NOW - timedelta(days=1))["cases"] == 0
    assert states() == {"P00": "pending"}
    outcome = sweeping.sweep(DAY, NOW)
    assert (outcome["day"], outcome["cases"], outcome["overdue"]) == ("2026-02-05", 1, 1)
    assert states() == {"P00": "overdue"}
    event = FindingEvent.get()
    assert (event.from_state, event.to_state, event.day, event.at) == ("pending", "overdue", DAY, NOW)
    assert Case.get().flagged


def test_a_second_sweep_changes_nothing(office: Office) -> None:
    record_cases(office, 10, RECORDED)
    late = datetime.fromisoformat("2026-04-01T06:00:00+08:00")
    first = sweeping.sweep(late.date(), late)
    left = snapshot()
    again = sweeping.sweep(late.date(), late + timedelta(hours=1))
    assert first["overdue"]
    assert {name: again[name] for name in operations.COUNTS} == dict.fromkeys(operations.COUNTS, 0)
    assert snapshot() == left


def test_the_size_of_the_chunks_makes_no_difference(office: Office, database: peewee.Database) -> None:
    record_cases(office, 8, RECORDED)
    late = datetime.fromisoformat("2026-04-01T06:00:00+08:00")

    def swept(chunk: int) -> dict[str, Any]:
        return outcome_of(database, lambda: sweeping.sweep(late.date(), late, chunk=chunk))

    left = [swept(chunk) for chunk in (1, 3, 500)]
    assert left[0] == left[1] == left[2]


def test_a_waiver_counts_to_the_end_of_its_last_day_and_then_the_finding_returns(office: Office) -> None:
    unpublished(office, 1)
    sweeping.sweep(DAY, NOW)
    finding = Finding.get(Finding.rule == "D-01")
    waiver = findings.propose_waiver(office.officer, finding.public_id, "系统故障", date(2026, 2, 10), "", NOW)
    findings.approve_waiver(office.supervisor, waiver.public_id, NOW)
    assert (Finding.get_by_id(finding.id).waived, Case.get().flagged) == (True, False)

    last = sweeping.sweep(date(2026, 2, 10), NOW + timedelta(days=5))
    assert (last["ended_waivers"], Finding.get_by_id(finding.id).waived) == (0, True)
    after = sweeping.sweep(date(2026, 2, 11), NOW + timedelta(days=6))
    assert (after["ended_waivers"], Finding.get_by_id(finding.id).waived) == (1, False)
    assert Case.get().flagged


def test_a_case_gets_its_answer_when_the_missing_parameter_is_entered(office: Office) -> None:
    silent = {name: value for name, value in UNPUBLISHED.items() if not name.startswith("hearing_")}
    case = cases.record(office.officer, "penalty", {**silent, "fine": "6000.00", "fine_max": "9000.00"}, RECORDED)
    waiting = Finding.select(Finding.parameter).where(Finding.parameter.startswith("hearing_"))
    name = waiting.get().parameter
    run_at(office, NOW)
    assert undetermined(case, name)

    value = {"value": "5000", "from_": date(2020, 1, 1), "source": "本市规定", "confirmed": True, "entered_at": NOW}
    for parameter in (name, name.replace("individual", "organisation")):
        ParameterValue.create(agency=office.street, name=parameter, **value)
    enter_in_audit(NOW)
    later = run_at(office, NOW + timedelta(hours=1))
    assert later["answered_cases"] == 1
    assert not undetermined(case, name)
    assert run_at(office, NOW + timedelta(hours=2))["answered_cases"] == 0


def run_at(office: Office, now: datetime) -> dict[str, Any]:
    outcome: dict[str, Any] = operations.run_now(office.supervisor, now).outcome
    return outcome


def undetermined(case: Case, parameter: str) -> bool:
    return bool(Finding.select().where(Finding.case == case, Finding.parameter == parameter).exists())


def enter_in_audit(now: datetime) -> None:
    """What makes the lawbook read the values again."""
    audit.record("test", "parameter.set", "parameter", "test", {}, now)


def test_cases_wait_for_a_year_and_are_looked_at_when_it_is_decreed(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    december = datetime.fromisoformat("2026-12-30T10:00:00+08:00")
    facts = {**UNPUBLISHED, "decided_on": "2026-12-29", "served_on": "2026-12-29", "filed_on": "2026-12-01"}
    cases.record(office.officer, "penalty", facts, december)
    assert states() == {PENALTY["number"]: "undetermined"}
    run_at(office, december)

    year = tmp_path / "2027.yaml"
    year.write_text(YEAR_2027, encoding="utf-8")
    try:
        lawbook.configure("tianjin", [year])
        outcome = run_at(office, december + timedelta(hours=1))
    finally:
        lawbook.configure("tianjin")
    assert outcome["answered_cases"] == 1
    assert outcome["law"]["calendar_until"] == "2027-12-31"
    assert states() == {PENALTY["number"]: "pending"}


#: Invented rest days of a year to come.
YEAR_2027 = """\
2027:
  source: 测试用
  statutory:
    2027-01-01: 元旦
  rest: []
  work: []
"""


def test_new_versions_of_rules_are_named_and_nothing_is_new_on_other_days() -> None:
    named = news.new_versions(date(2021, 7, 14), date(2021, 7, 15))
    assert "O-25 2021-07-15" in named
    assert news.new_versions(date(2021, 7, 15), date(2021, 7, 16)) == []


def test_the_same_law_is_no_news(office: Office) -> None:
    unpublished(office, 1)
    standing = news.standing()
    assert news.standing() == standing
    assert news.answered_cases(standing, standing) == set()
    assert news.answered_cases(None, standing) == set()


def test_a_sweep_on_demand_is_in_the_ledger_and_in_the_audit(office: Office) -> None:
    unpublished(office, 2)
    run = operations.run_now(office.supervisor, NOW)
    assert run.slot.startswith("manual-2026-02-05T06:00:00+08:00-")
    assert run.finished_at is not None
    assert (run.outcome["cases"], run.outcome["overdue"]) == (2, 2)
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.actor_text, entry.action, entry.subject_id) == ("supervisor", "sweep.run", run.slot)
    assert entry.changed["overdue"] == [None, 2]
    assert verify() == []
    again = operations.run_now(office.supervisor, NOW)
    assert again.slot != run.slot
    assert [item.id for item in queries.page().items] == [again.id, run.id]


def test_no_sweep_judges_by_a_day_to_come_or_goes_back(office: Office) -> None:
    with pytest.raises(Invalid):
        operations.run_now(office.supervisor, NOW, DAY + timedelta(days=1))
    operations.run_now(office.supervisor, NOW)
    with pytest.raises(Invalid, match="wrong"):
        operations.run_now(office.supervisor, NOW, DAY - timedelta(days=1))
    assert SweepRun.select().count() == 1


def test_a_sweep_on_demand_is_refused_while_another_runs(office: Office) -> None:
    ledger.claim("sweep", "2026-02-05T06:00:00+08:00", "somebody", 60)
    with pytest.raises(Conflict):
        operations.run_now(office.supervisor, NOW)


def test_a_preview_tells_what_a_sweep_does_and_stores_nothing(office: Office) -> None:
    unpublished(office, 7)
    before = snapshot()
    plans = sweeping.preview(DAY, chunk=3)
    assert snapshot() == before
    assert SweepRun.select().count() == 0
    counts = {name: sum(plan.counts[name] for plan in plans) for name in operations.COUNTS}
    outcome = sweeping.sweep(DAY, NOW)
    assert counts == {name: outcome[name] for name in operations.COUNTS}


def test_a_sweep_that_is_asked_to_end_leaves_the_rest_and_its_claim_to_others(office: Office) -> None:
    unpublished(office, 5)
    run = ledger.claim("sweep", "2026-02-05T06:00:00+08:00", "stopping", 60)
    assert run is not None
    with pytest.raises(sweeping.Stopped):
        sweeping.sweep(DAY, NOW, run=run, chunk=2, stopping=lambda: True)
    assert list(states().values()) == ["overdue", "overdue", "pending", "pending", "pending"]
    ledger.release(run)
    assert catch_up(standard(Settings())[:1], Settings(), NOW) == [("sweep", "2026-02-05T06:00:00+08:00")]
    assert set(states().values()) == {"overdue"}


def test_a_sweep_that_lost_its_claim_writes_nothing_more(office: Office) -> None:
    unpublished(office, 2)
    lost = ledger.claim("sweep", "2026-02-05T06:00:00+08:00", "slow", -1)
    ledger.claim("sweep", "2026-02-05T06:00:00+08:00", "quick", 60)
    with pytest.raises(ledger.LostClaim):
        sweeping.sweep(DAY, NOW, run=lost)
    assert set(states().values()) == {"pending"}


def test_a_sweep_killed_between_chunks_is_finished_by_another_process_and_nothing_is_done_twice(
    office: Office, database: peewee.Database, database_url: str
) -> None:
    unpublished(office, 10)
    expected = outcome_of(database, lambda: sweeping.sweep(DAY, NOW))
    child = subprocess.run([sys.executable, "-m", "tests.sweeps.children", "sweep", database_url], cwd=ROOT, timeout=60)
    assert child.returncode == -signal.SIGKILL
    assert list(states().values()).count("overdue") == 6
    assert SweepRun.get().finished_at is None

    assert catch_up(standard(Settings())[:1], Settings(), NOW) == [("sweep", "2026-02-05T06:00:00+08:00")]
    assert snapshot() == expected
    run = SweepRun.get()
    assert (run.attempts, run.outcome["cases"], run.finished_at is None) == (2, 4, False)
    assert catch_up(standard(Settings())[:1], Settings(), NOW) == []
