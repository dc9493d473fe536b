"""The jobs: what is done when, and what a slot does once it is claimed.

======== ============================ =======================================================
sweep    every day 06:00              cases for which days passed are settled again
digest   on working days 08:00        a mail for every officer enters the outbox
summary  on Mondays 08:30             a mail for every supervisor and reviewer enters the outbox
======== ============================ =======================================================

The times are settings. A sweep is long: it claims, works in many transactions, and finishes. The mails of a slot are entered
in the very transaction that claims and finishes it: all of them, or, if the process dies, none and no claim either.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enforcement.config import Settings
from enforcement.db import run as in_transaction
from enforcement.mail import operations as mail
from enforcement.mail.digest import DIGEST
from enforcement.mail.digest import SUMMARY
from enforcement.models import SweepRun
from enforcement.sweeps import ledger
from enforcement.sweeps import operations
from enforcement.sweeps import sweeping
from enforcement.sweeps.schedule import Schedule
from enforcement.times import day_at

logger = logging.getLogger(__name__)

#: Who acts, in the audit.
ACTOR = "scheduler"


@dataclass(frozen=True)
class Duty:
    """What a job is given to work with."""

    run: SweepRun
    settings: Settings
    now: datetime
    stopping: Callable[[], bool]


@dataclass(frozen=True)
class Job:
    """A job of the ledger: its schedule, its work, and how the two are bound together."""

    name: str
    schedule: Schedule
    #: Does the work and gives what was done; None when it has finished the run itself.
    work: Callable[[Duty], Mapping[str, Any] | None]
    #: Claim, work and finish are one transaction; for short work whose effects are all in the database.
    at_once: bool = True
    lease_seconds: int = 300
    #: Whether the very first start does the slot that lies before it.
    from_the_start: bool = False
    #: A job of which no run may be going on.
    after: str | None = None

    def slots(self, since: datetime, until: datetime) -> Iterable[datetime]:
        """The moments in (since, until] for which the job is scheduled."""
        return self.schedule.slots(since, until)


def standard(settings: Settings) -> tuple[Job, ...]:
    """The jobs of the service, in the order in which they catch up."""
    weekly = settings.summary_at
    daily = Schedule(hour=settings.sweep_at.hour, minute=settings.sweep_at.minute)
    working = Schedule(hour=settings.digest_at.hour, minute=settings.digest_at.minute, working_days=True)
    once_a_week = Schedule(hour=weekly.at.hour, minute=weekly.at.minute, day_of_week=weekly.day)
    return (
        Job(sweeping.JOB, daily, _sweep, at_once=False, lease_seconds=sweeping.LEASE, from_the_start=True),
        Job(DIGEST, working, _enter_mails, after=sweeping.JOB),
        Job(SUMMARY, once_a_week, _enter_mails, after=sweeping.JOB),
    )


def _sweep(duty: Duty) -> None:
    operations.carry_out(duty.run, ACTOR, day_at(duty.now), duty.now, stopping=duty.stopping)


def _enter_mails(duty: Duty) -> Mapping[str, Any]:
    """Enter the mails of the day of the slot, which may be caught up on a later day."""
    day = day_at(datetime.fromisoformat(duty.run.slot))
    return {"mails": mail.enter(duty.run.job, day, duty.settings.mail_from, duty.now)}


def perform(
    job: Job,
    slot: str,
    settings: Settings,
    now: datetime,
    stopping: Callable[[], bool] = lambda: False,
) -> bool:
    """Run a slot of a job unless somebody else has it; gives whether it was run here.

    A job that must wait for another leaves the slot to the next time somebody catches up.
    """
    if job.after is not None and ledger.running(job.after):
        logger.info("%s %s waits for a running %s", job.name, slot, job.after)
        return False

    def start() -> bool:
        return _start(job, slot, settings, now, stopping)

    try:
        return in_transaction(start) if job.at_once else start()
    except sweeping.Stopped:
        logger.info("%s %s was interrupted and is left to others", job.name, slot)
    except ledger.LostClaim as lost:
        logger.warning("%s", lost)
    return False


def _start(job: Job, slot: str, settings: Settings, now: datetime, stopping: Callable[[], bool]) -> bool:
    run = ledger.claim(job.name, slot, ledger.owner(), job.lease_seconds)
    if run is None:
        return False
    logger.info("%s %s starts, attempt %d", job.name, slot, run.attempts)
    outcome = job.work(Duty(run, settings, now, stopping))
    if outcome is not None:
        ledger.finish(run, outcome)
    return True
