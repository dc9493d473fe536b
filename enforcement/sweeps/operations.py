"""A sweep on demand: what POST /api/sweeps and ``enforcement sweep`` do.

It goes through the ledger as the daily one does, under a slot of its own, and is written to the audit::

    run = run_now(actor, now)
    run.outcome["overdue"]     # duties that became overdue
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any

from enforcement.audit import operations as audit
from enforcement.db import operation
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.models import SweepRun
from enforcement.models import User
from enforcement.sweeps import ledger
from enforcement.sweeps import sweeping
from enforcement.times import day_at

#: Counts of a sweep that go into the audit.
COUNTS = ("cases", "opened", "changed", "closed", "overdue")


def run_now(
    actor: User | str,
    now: datetime,
    day: date | None = None,
    progress: sweeping.Progress = lambda done, total: None,
) -> SweepRun:
    """Sweep now, by today or by ``day``, and give the finished run.

    Raises Invalid for a day to come or one before the last sweep's, which would turn findings back; Conflict when a sweep is
    running.
    """
    judged = day_at(now) if day is None else day
    _check(judged, day_at(now))
    run = None if ledger.running(sweeping.JOB) else ledger.claim_now(sweeping.JOB, now, sweeping.LEASE)
    if run is None:
        raise Conflict("另一次巡查正在进行", "Another sweep is running")
    return carry_out(run, actor, judged, now, progress=progress)


def carry_out(
    run: SweepRun,
    actor: User | str,
    day: date,
    now: datetime,
    *,
    stopping: Callable[[], bool] = lambda: False,
    progress: sweeping.Progress = lambda done, total: None,
) -> SweepRun:
    """Do a claimed sweep, finish it in the ledger and write it to the audit; asked to stop, give the claim back."""
    try:
        outcome = sweeping.sweep(day, now, run=run, stopping=stopping, progress=progress)
    except sweeping.Stopped:
        ledger.release(run)
        raise
    _finish(run, actor, outcome, now)
    finished: SweepRun = SweepRun.get_by_id(run.id)
    return finished


@operation
def _finish(run: SweepRun, actor: User | str, outcome: Mapping[str, Any], now: datetime) -> None:
    ledger.finish(run, outcome)
    changes = {name: (None, outcome[name]) for name in ("day", *COUNTS)}
    audit.record(actor, "sweep.run", "sweep", run.slot, changes, now)


def _check(day: date, today: date) -> None:
    last = sweeping.last_day()
    if day > today:
        raise Invalid({"day": ["不能按将来的日期巡查 / a sweep cannot judge by a day to come"]})
    if last is not None and day < last:
        raise Invalid(
            {"day": [f"已按 {last} 巡查过，不能倒退 / the last sweep judged by {last}; there is no way back"]}
        )
