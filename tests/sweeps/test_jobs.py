"""The jobs, slot by slot: what a slot does, what is caught up, and what is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import peewee
import pytest

from enforcement.cases import operations as cases
from enforcement.config import Settings
from enforcement.models import AuditEntry
from enforcement.models import Finding
from enforcement.models import Mail
from enforcement.models import SweepRun
from enforcement.sweeps import ledger
from enforcement.sweeps.catching_up import FIRST_START
from enforcement.sweeps.catching_up import NEWER
from enforcement.sweeps.catching_up import catch_up
from enforcement.sweeps.jobs import Duty
from enforcement.sweeps.jobs import Job
from enforcement.sweeps.jobs import perform
from enforcement.sweeps.jobs import standard
from tests.office import PENALTY
from tests.office import Office

SETTINGS = Settings(mail_from="ledger@example.org")
SWEEP, DIGEST, SUMMARY = standard(SETTINGS)
RECORDED = datetime.fromisoformat("2026-01-29T10:00:00+08:00")
#: Thursday; the Monday before is 2 February.
NOW = datetime.fromisoformat("2026-02-05T08:10:00+08:00")


@pytest.fixture
def office(database: peewee.Database) -> Office:
    office = Office(RECORDED)
    facts = {name: value for name, value in PENALTY.items() if name != "published_on"}
    cases.record(office.officer, "penalty", facts, RECORDED)
    return office


def short(job: str, slot: str) -> str:
    """A job and its slot as "sweep 02-05 06:00"."""
    return f"{job} {slot[5:10]} {slot[11:16]}"


def ran(now: datetime = NOW, jobs: tuple[Job, ...] = (SWEEP, DIGEST, SUMMARY)) -> list[str]:
    """What is caught up at a moment."""
    return [short(name, slot) for name, slot in catch_up(jobs, SETTINGS, now)]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def entered(kind: str) -> list[tuple[str, str]]:
    """Login and slot of the mails of a kind."""
    return [(mail.user.login, mail.slot) for mail in Mail.select().where(Mail.kind == kind).order_by(Mail.id)]


def skipped() -> dict[str, str]:
    """Job and slot of what was skipped, and why."""
    runs = SweepRun.select().where(SweepRun.attempts == 0)
    return {short(run.job, run.slot): run.outcome["skipped"] for run in runs}


def test_the_slot_of_the_sweep_settles_and_is_written_to_the_audit(office: Office) -> None:
    assert perform(SWEEP, "2026-02-05T06:00:00+08:00", SETTINGS, NOW)
    assert Finding.get(Finding.rule == "D-01").state == "overdue"
    assert SweepRun.get().outcome["overdue"] == 1
    assert AuditEntry.select().order_by(AuditEntry.id.desc()).get().actor_text == "scheduler"


def test_the_slot_of_a_mail_enters_one_for_each_and_is_finished_with_them(office: Office) -> None:
    assert perform(DIGEST, "2026-02-05T08:00:00+08:00", SETTINGS, NOW)
    assert entered("digest") == [(login, "2026-02-05") for login in ("officer", "colleague", "stranger")]
    assert perform(SUMMARY, "2026-02-02T08:30:00+08:00", SETTINGS, NOW)
    assert entered("summary") == [("reviewer", "2026-02-02"), ("supervisor", "2026-02-02")]
    outcomes = {run.job: run.outcome for run in SweepRun.select()}
    assert outcomes == {"digest": {"mails": 3}, "summary": {"mails": 2}}
    assert not perform(DIGEST, "2026-02-05T08:00:00+08:00", SETTINGS, NOW)


def test_another_hour_in_the_settings_makes_no_second_mail_that_day(office: Office) -> None:
    perform(DIGEST, "2026-02-05T08:00:00+08:00", SETTINGS, NOW)
    perform(DIGEST, "2026-02-05T09:00:00+08:00", SETTINGS, NOW)
    assert entered("digest") == [(login, "2026-02-05") for login in ("officer", "colleague", "stranger")]


def test_mails_and_their_claim_are_there_together_or_not_at_all(office: Office) -> None:
    def fail_after_entering(duty: Duty) -> Mapping[str, Any] | None:
        DIGEST.work(duty)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        perform(replace(DIGEST, work=fail_after_entering), "2026-02-05T08:00:00+08:00", SETTINGS, NOW)
    assert (entered("digest"), list(SweepRun.select())) == ([], [])
    assert perform(DIGEST, "2026-02-05T08:00:00+08:00", SETTINGS, NOW)
    assert len(entered("digest")) == 3


def test_the_first_start_sweeps_and_sends_nothing_for_days_gone_by(office: Office) -> None:
    assert ran() == ["sweep 02-05 06:00"]
    assert entered("digest") == entered("summary") == []
    assert skipped() == {"digest 02-05 08:00": FIRST_START, "summary 02-02 08:30": FIRST_START}
    assert ran() == []


def test_what_passed_while_the_server_was_off_overnight_is_done_in_the_morning(office: Office) -> None:
    ran(at("2026-02-04T17:00:00"))
    assert ran(at("2026-02-05T08:10:00")) == ["sweep 02-05 06:00", "digest 02-05 08:00"]
    assert Finding.get(Finding.rule == "D-01").state == "overdue"
    assert [slot for _, slot in entered("digest")] == ["2026-02-05"] * 3


def test_after_a_long_time_off_one_of_each_is_enough_and_the_older_ones_are_skipped(office: Office) -> None:
    ran(at("2026-02-04T17:00:00"))
    # 15 to 23 February rest.
    assert ran(at("2026-02-24T08:40:00")) == ["sweep 02-24 06:00", "digest 02-24 08:00", "summary 02-23 08:30"]
    assert [slot for _, slot in entered("digest")] == ["2026-02-24"] * 3
    assert [slot for _, slot in entered("summary")] == ["2026-02-23"] * 2
    missed = {name for name, reason in skipped().items() if reason == NEWER}
    assert missed == {
        *(f"sweep 02-{day:02} 06:00" for day in range(5, 24)),
        *(f"digest 02-{day:02} 08:00" for day in (5, 6, 9, 10, 11, 12, 13, 14)),
        *(f"summary 02-{day:02} 08:30" for day in (9, 16)),
    }


def test_mails_wait_while_a_sweep_is_going_on(office: Office) -> None:
    ran(at("2026-02-04T17:00:00"))
    sweep = ledger.claim("sweep", "2026-02-05T06:00:00+08:00", "somebody", 60)
    assert sweep is not None
    assert ran() == []
    ledger.finish(sweep, {})
    assert ran() == ["digest 02-05 08:00"]


def test_the_run_of_a_process_that_died_is_taken_up(office: Office) -> None:
    ran(at("2026-02-04T17:00:00"))
    ledger.claim("sweep", "2026-02-05T06:00:00+08:00", "died", -1)
    assert ran(jobs=(SWEEP,)) == ["sweep 02-05 06:00"]
    run = SweepRun.get(SweepRun.slot == "2026-02-05T06:00:00+08:00")
    assert (run.attempts, run.outcome["overdue"]) == (2, 1)


def test_a_sweep_on_demand_that_died_is_taken_up_too(office: Office) -> None:
    ran(at("2026-02-05T07:00:00"))
    ledger.claim("sweep", "manual-2026-02-05T07:30:00.000000+08:00", "died", -1)
    assert catch_up((SWEEP,), SETTINGS, NOW) == [("sweep", "manual-2026-02-05T07:30:00.000000+08:00")]


def test_nothing_is_begun_once_the_process_is_to_end(office: Office) -> None:
    assert catch_up((SWEEP, DIGEST), SETTINGS, NOW, stopping=lambda: True) == []
    assert SweepRun.select().where(SweepRun.job == "sweep").count() == 0
