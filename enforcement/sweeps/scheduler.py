"""The clock that fires the jobs, in as many processes as there are.

APScheduler knows nothing of other processes: four servers fire the sweep four times. Each firing hands its slot, the moment it
was scheduled for, to the ledger, which lets one of them run it (:mod:`enforcement.sweeps.ledger`). So ``enforcement serve`` and
``enforcement scheduler`` may run side by side, on one machine or several::

    running = start(settings)
    …
    running.stop()      # waits for what is going on; a sweep ends after its present chunk and is left to others

The schedule lives in memory and is forgotten with the process. What passed meanwhile is caught up from the ledger, at the
start and every minute, which also finds the runs of processes that died.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from threading import Event
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from enforcement.config import Settings
from enforcement.db import connected
from enforcement.mail.sending import send_due
from enforcement.sweeps import jobs as standard_jobs
from enforcement.sweeps import ledger
from enforcement.sweeps.catching_up import catch_up
from enforcement.sweeps.jobs import Job
from enforcement.sweeps.jobs import perform
from enforcement.times import SHANGHAI
from enforcement.times import utc_now

logger = logging.getLogger(__name__)

#: How often mail is sent and missed work looked for.
TICK = timedelta(minutes=1)
#: Seconds after which a firing is left to the catching up, which also enters what else was missed.
GRACE = 30


class SlotExecutor(ThreadPoolExecutor):  # type: ignore[misc]
    """Hands a job the moment it was scheduled for, which APScheduler 3 keeps to itself."""

    def _do_submit_job(self, job: Any, run_times: list[datetime]) -> None:
        job.kwargs = {**job.kwargs, "slot": run_times[-1]}
        super()._do_submit_job(job, run_times)


@dataclass
class Running:
    """A started scheduler."""

    scheduler: Any
    stopped: Event

    def stop(self) -> None:
        """Fire nothing more and wait for what is going on."""
        self.stopped.set()
        self.scheduler.shutdown(wait=True)


def start(
    settings: Settings,
    now: Callable[[], datetime] = utc_now,
    *,
    jobs: Sequence[Job] | None = None,
    tick: timedelta = TICK,
) -> Running:
    """Start firing the jobs in threads of this process, catching up first; the database must be attached.

    ``now`` is the clock by which the work judges; the firing itself goes by the machine's clock.
    """
    known = standard_jobs.standard(settings) if jobs is None else jobs
    work = Work(settings, now, known, Event())
    scheduler = BackgroundScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": SlotExecutor(max_workers=len(known) + 2)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE},
        timezone=SHANGHAI,
    )
    for job in known:
        scheduler.add_job(work.fire, job.schedule.trigger, args=[job], kwargs={"slot": None}, id=job.name)
    for regular in (work.catch_up, work.send):
        scheduler.add_job(
            regular,
            IntervalTrigger(seconds=tick.total_seconds(), timezone=SHANGHAI),
            kwargs={"slot": None},
            id=regular.__name__,
            next_run_time=datetime.now(SHANGHAI),
        )
    scheduler.start()
    return Running(scheduler, work.stopped)


@dataclass
class Work:
    """What the firings do; each holds a connection of its own while it works."""

    settings: Settings
    now: Callable[[], datetime]
    jobs: Sequence[Job]
    stopped: Event

    def fire(self, job: Job, slot: datetime | None = None) -> None:
        """Run a slot of a job, if it is one and nobody else does."""
        if slot is None or not job.schedule.is_slot(slot):
            return
        with connected():
            perform(job, ledger.slot_of(slot), self.settings, self.now(), self.stopped.is_set)

    def catch_up(self, slot: datetime | None = None) -> None:
        """Run what was missed or abandoned."""
        catch_up(self.jobs, self.settings, self.now(), self.stopped.is_set)

    def send(self, slot: datetime | None = None) -> None:
        """Send the mails that are due."""
        send_due(self.settings, self.now(), stopping=self.stopped.is_set)
