"""Who runs a slot: the ledger of scheduled work, one row a (job, slot).

Four processes each have a scheduler, and all four fire the sweep of 06:00. Whoever enters the row runs it; the other three
find it taken. The one that runs it is killed: its claim ends by the database's clock, which all four share, and the next to
ask takes it over::

    run = claim("sweep", "2026-11-24T06:00:00+08:00", owner(), lease_seconds=300)     # None: somebody else has it
    if run is not None:
        finish(run, {"cases": 12})

A claim is a conditional UPDATE (or an INSERT) and a look at what it did; nothing is read first and trusted later. Whoever
lost a claim, because it slept longer than its lease, learns so by :class:`LostClaim` before it writes anything more.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from typing import Protocol

import peewee

from enforcement.db import database_now
from enforcement.db import operation
from enforcement.models import SweepRun
from enforcement.times import SHANGHAI

#: What slots of runs on demand begin with.
MANUAL = "manual-"


class LostClaim(Exception):
    """The run now belongs to somebody else, or is finished; whoever raises this stops without writing."""


class Scheduled(Protocol):
    """A job as far as the ledger knows it."""

    @property
    def name(self) -> str: ...

    def slots(self, since: datetime, until: datetime) -> Iterable[datetime]:
        """The moments in (since, until] for which the job is scheduled."""


def owner() -> str:
    """Make a name for a claimant: host, process and something random, since process numbers come back."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def slot_of(moment: datetime) -> str:
    """Name the slot of a scheduled moment: ISO 8601 in Shanghai, so that slots sort as their moments do."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


@operation
def claim(job: str, slot: str, owner: str, lease_seconds: int) -> SweepRun | None:
    """Claim a slot for so many seconds: one that nobody entered, or one whose claimant did not finish in time.

    Gives the run, or None when somebody else has or had it.
    """
    if not _enter(job, slot, owner, lease_seconds) and not _take_over(job, slot, owner, lease_seconds):
        return None
    run: SweepRun = SweepRun.get(SweepRun.job == job, SweepRun.slot == slot)
    return run


def _enter(job: str, slot: str, owner: str, lease_seconds: int) -> bool:
    return _insert(
        job=job,
        slot=slot,
        claimed_by=owner,
        claimed_until=database_now(lease_seconds),
        attempts=1,
        started_at=database_now(),
    )


def _insert(**row: Any) -> bool:
    """Insert a row unless its slot is there; on PostgreSQL this waits for one that is just being inserted."""
    inserted: Any = SweepRun.insert(**row).on_conflict_ignore().returning(SweepRun.id).execute()
    return len(list(inserted)) == 1


def _take_over(job: str, slot: str, owner: str, lease_seconds: int) -> bool:
    changed = (
        SweepRun.update(
            claimed_by=owner,
            claimed_until=database_now(lease_seconds),
            attempts=SweepRun.attempts + 1,
            started_at=database_now(),
        )
        .where(SweepRun.job == job, SweepRun.slot == slot, _abandoned())
        .execute()
    )
    return bool(changed == 1)


def _abandoned() -> Any:
    return SweepRun.finished_at.is_null() & (
        SweepRun.claimed_until.is_null() | (SweepRun.claimed_until < database_now())
    )


def claim_now(job: str, now: datetime, lease_seconds: int) -> SweepRun | None:
    """Claim a slot of its own for a run on demand; two at the same moment have two slots."""
    return claim(job, f"{MANUAL}{slot_of(now)}-{secrets.token_hex(4)}", owner(), lease_seconds)


@operation
def renew(run: SweepRun, lease_seconds: int) -> None:
    """Keep a claim for so many more seconds; raises :class:`LostClaim`."""
    _change(run, claimed_until=database_now(lease_seconds))


@operation
def release(run: SweepRun) -> None:
    """Give up a claim without finishing, so that anybody may go on at once; raises :class:`LostClaim`."""
    _change(run, claimed_until=None)


@operation
def finish(run: SweepRun, outcome: Any) -> None:
    """End a run with what it did, as JSON; raises :class:`LostClaim`."""
    _change(run, outcome=outcome, finished_at=database_now())


def _change(run: SweepRun, **values: Any) -> None:
    held = (
        (SweepRun.id == run.id)
        & (SweepRun.claimed_by == run.claimed_by)
        & (SweepRun.attempts == run.attempts)
        & SweepRun.finished_at.is_null()
    )
    if SweepRun.update(**values).where(held).execute() != 1:
        raise LostClaim(f"{run.job} {run.slot} is no longer held by {run.claimed_by}")


@operation
def skip(job: str, slot: str, owner: str, reason: str) -> bool:
    """Record that a slot is not run and why; gives False when somebody entered it before."""
    return _insert(
        job=job,
        slot=slot,
        claimed_by=owner,
        claimed_until=None,
        attempts=0,
        started_at=database_now(),
        finished_at=database_now(),
        outcome={"skipped": reason},
    )


def newest(job: str) -> datetime | None:
    """The latest scheduled slot of a job that the ledger knows, run or skipped; None before the first."""
    slot = SweepRun.select(peewee.fn.MAX(SweepRun.slot)).where(_scheduled(job)).scalar()
    return None if slot is None else datetime.fromisoformat(slot)


def missed(job: Scheduled, since: datetime, until: datetime) -> list[str]:
    """Slots of a job in (since, until] that nobody entered, oldest first."""
    slots = [slot_of(moment) for moment in job.slots(since, until)]
    if not slots:
        return []
    between = SweepRun.slot.between(slots[0], slots[-1])
    entered: Any = SweepRun.select(SweepRun.slot).where(_scheduled(job.name), between)
    known = {slot for (slot,) in entered.tuples()}
    return [slot for slot in slots if slot not in known]


def abandoned(jobs: Iterable[str]) -> list[tuple[str, str]]:
    """Job and slot of the runs whose claimants did not finish in time, oldest first."""
    rows: Any = SweepRun.select(SweepRun.job, SweepRun.slot).where(SweepRun.job.in_(list(jobs)), _abandoned())
    return list(rows.order_by(SweepRun.id).tuples())


def running(job: str) -> bool:
    """Tell whether somebody holds an unfinished run of a job."""
    held = SweepRun.finished_at.is_null() & (SweepRun.claimed_until >= database_now())
    return bool(SweepRun.select().where(SweepRun.job == job, held).exists())


def last_finished(job: str) -> SweepRun | None:
    """The run of a job that finished last and was not skipped; None before the first."""
    done = SweepRun.finished_at.is_null(False) & (SweepRun.attempts > 0)
    found: SweepRun | None = SweepRun.select().where(SweepRun.job == job, done).order_by(SweepRun.id.desc()).first()
    return found


def _scheduled(job: str) -> Any:
    return (SweepRun.job == job) & ~SweepRun.slot.startswith(MANUAL)
