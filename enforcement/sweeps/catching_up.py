"""Doing what was missed: slots that passed while no process ran, and runs whose process died.

An office switches its server on at 08:10. The sweep of 06:00 and the digest of 08:00 have passed, so both are done now. After
a fortnight's holiday one sweep and one digest are enough: the newest slot is run, and the older ones are entered as skipped,
so that the ledger tells what happened to each.

On the very first start nothing was missed. The sweep is done all the same, since it costs nothing; of the mails the slot
before is entered as skipped, so that there is something to count from.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from datetime import datetime

from enforcement.config import Settings
from enforcement.db import connected
from enforcement.sweeps import ledger
from enforcement.sweeps.jobs import Job
from enforcement.sweeps.jobs import perform

#: Why a slot was not run.
NEWER = "missed; a newer slot was run instead"
FIRST_START = "before the first start"


def catch_up(
    jobs: Iterable[Job], settings: Settings, now: datetime, stopping: Callable[[], bool] = lambda: False
) -> list[tuple[str, str]]:
    """Run what was missed or abandoned, and give job and slot of what was run here."""
    done = []
    with connected():
        known = {job.name: job for job in jobs}
        for name, slot in [*ledger.abandoned(known), *_missed(known.values(), now)]:
            if not stopping() and perform(known[name], slot, settings, now, stopping):
                done.append((name, slot))
    return done


def _missed(jobs: Iterable[Job], now: datetime) -> Iterable[tuple[str, str]]:
    for job in jobs:
        newest = ledger.newest(job.name)
        slot = _first_slot(job, now) if newest is None else _newest_missed(job, newest, now)
        if slot is not None:
            yield job.name, slot


def _newest_missed(job: Job, since: datetime, now: datetime) -> str | None:
    """The newest slot nobody entered; those before it are entered as skipped."""
    slots = ledger.missed(job, since, now)
    for slot in slots[:-1]:
        ledger.skip(job.name, slot, ledger.owner(), NEWER)
    return slots[-1] if slots else None


def _first_slot(job: Job, now: datetime) -> str | None:
    moment = job.schedule.newest(now)
    if moment is None:
        return None
    slot = ledger.slot_of(moment)
    if job.from_the_start:
        return slot
    ledger.skip(job.name, slot, ledger.owner(), FIRST_START)
    return None
