"""Sweeps over HTTP: run now, and the list of past ones."""

from __future__ import annotations

from datetime import timedelta

from enforcement.models import AuditEntry
from tests.api.caller import Caller
from tests.api.caller import Clock
from tests.office import PENALTY

PENDING = {**PENALTY, "decided_on": "2026-02-27"}
PENDING.pop("served_on")


def test_a_sweep_turns_what_fell_due_into_overdue(officer: Caller, supervisor: Caller, clock: Clock) -> None:
    officer.post("/api/penalties", PENDING)
    assert [item["state"] for item in officer.get("/api/findings?rule=O-25").json["items"]] == ["pending"]
    clock.now += timedelta(days=30)
    run = supervisor.post("/api/sweeps")
    assert run.status_code == 201
    assert (run.json["job"], run.json["outcome"]["cases"]) == ("sweep", 1)
    assert run.json["outcome"]["overdue"] >= 1
    assert run.json["finished_at"] is not None
    assert [item["state"] for item in officer.get("/api/findings?rule=O-25").json["items"]] == ["overdue"]


def test_a_second_sweep_of_the_day_changes_nothing(officer: Caller, admin: Caller, clock: Clock) -> None:
    officer.post("/api/penalties", PENDING)
    clock.now += timedelta(days=30)
    admin.post("/api/sweeps")
    clock.now += timedelta(minutes=1)
    second = admin.post("/api/sweeps").json["outcome"]
    assert {name: second[name] for name in ("opened", "changed", "closed", "overdue")} == {
        "opened": 0,
        "changed": 0,
        "closed": 0,
        "overdue": 0,
    }


def test_past_sweeps_are_listed_newest_first(admin: Caller, supervisor: Caller, clock: Clock) -> None:
    slots = []
    for _ in range(3):
        slots.append(supervisor.post("/api/sweeps").json["slot"])
        clock.now += timedelta(minutes=1)
    listed = admin.get("/api/sweeps?page_size=2")
    assert [item["slot"] for item in listed.json["items"]] == [slots[2], slots[1]]
    assert listed.json["total"] == 3


def test_who_ran_a_sweep_is_in_the_audit(supervisor: Caller) -> None:
    supervisor.post("/api/sweeps")
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.action, entry.actor_text) == ("sweep.run", "supervisor")
