"""Many schedulers: each slot once, also when one of the processes is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import peewee
import pytest

from enforcement.audit.queries import verify
from enforcement.config import Settings
from enforcement.models import AuditEntry
from enforcement.models import SweepRun
from enforcement.sweeps.jobs import Duty
from enforcement.sweeps.jobs import Job
from enforcement.sweeps.schedule import Schedule
from enforcement.sweeps.scheduler import Work
from enforcement.sweeps.scheduler import start

ROOT = Path(__file__).parents[2]
PROCESSES = 4
#: Seconds until a test is given up.
PATIENCE = 60


def until(condition: Callable[[], Any]) -> Any:
    """Wait until a condition holds, and give what it gave; fails after a while."""
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end, "waited in vain"
        Event().wait(0.05)
    return found


@pytest.fixture
def schedulers(database: peewee.Database, database_url: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Processes with a scheduler each, all ready, set off at the same moment."""
    command = [sys.executable, "-m", "tests.sweeps.children", "scheduler", database_url]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    try:
        for process in started:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        yield started
    finally:
        for process in started:
            process.kill()
            process.communicate(timeout=PATIENCE)


def finished() -> list[SweepRun]:
    """Slots that were run, oldest first."""
    return list(
        SweepRun.select().where(SweepRun.attempts > 0, SweepRun.finished_at.is_null(False)).order_by(SweepRun.slot)
    )


def effects() -> Counter[str]:
    """How often each slot left its mark."""
    return Counter(entry.subject_id for entry in AuditEntry.select().where(AuditEntry.action == "tick"))


def test_four_processes_of_which_one_is_killed_run_each_slot_once(schedulers: list[subprocess.Popen[str]]) -> None:
    until(lambda: len(finished()) >= 2)
    by_pid = {process.pid: process for process in schedulers}
    killed = by_pid[finished()[-1].outcome["by"]]
    killed.send_signal(signal.SIGKILL)
    assert killed.wait(timeout=PATIENCE) == -signal.SIGKILL
    already = len(finished())
    until(lambda: len(finished()) >= already + 3)
    others = [process for process in schedulers if process is not killed]
    for process in others:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(timeout=PATIENCE) for process in others] == [0, 0, 0]

    slots = [datetime.fromisoformat(run.slot) for run in finished()]
    assert [later - earlier for earlier, later in zip(slots, slots[1:], strict=False)] == [timedelta(seconds=1)] * (
        len(slots) - 1
    )
    assert effects() == Counter({run.slot: 1 for run in finished()})
    assert {run.outcome["by"] for run in finished()[already:]} <= {process.pid for process in others}
    assert verify() == []


def test_a_scheduler_catches_up_at_its_start_sends_mail_and_ends_when_told(
    database: peewee.Database, tmp_path: Path
) -> None:
    done: list[str] = []

    def work(duty: Duty) -> dict[str, Any]:
        done.append(duty.run.slot)
        return {}

    now = datetime.fromisoformat("2026-03-02T08:10:00+08:00")
    job = Job("nightly", Schedule(hour=3, minute=0), work, from_the_start=True)
    running = start(Settings(mailbox=tmp_path), lambda: now, jobs=[job])
    try:
        until(lambda: done)
    finally:
        running.stop()
    assert done == ["2026-03-02T03:00:00+08:00"]
    assert not running.scheduler.running


def test_a_sweep_going_on_is_asked_to_end_when_the_scheduler_is(database: peewee.Database) -> None:
    began, asked = Event(), Event()

    def work(duty: Duty) -> dict[str, Any]:
        began.set()
        until(duty.stopping)
        asked.set()
        return {}

    job = Job("long", Schedule(second="*"), work, at_once=False, from_the_start=True)
    running = start(Settings(), jobs=[job])
    assert began.wait(timeout=PATIENCE)
    running.stop()
    assert asked.is_set()


def test_a_moment_that_is_no_slot_is_let_pass(database: peewee.Database) -> None:
    sunday = datetime.fromisoformat("2026-03-01T08:00:00+08:00")
    done: list[str] = []

    def work(duty: Duty) -> dict[str, Any]:
        done.append(duty.run.slot)
        return {}

    job = Job("digest", Schedule(hour=8, minute=0, working_days=True), work)
    clock = Work(Settings(), lambda: sunday, [job], Event())
    clock.fire(job, slot=sunday)
    clock.fire(job, slot=None)
    assert done == []
    clock.fire(job, slot=sunday + timedelta(days=1))
    assert done == ["2026-03-02T08:00:00+08:00"]
