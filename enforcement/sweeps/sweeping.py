"""The sweep: cases for which days have passed are settled again, chunk by chunk, each chunk one transaction.

At 06:00 the duty of yesterday becomes overdue, a waiver that ended returns, a case waiting for next year's rest days gets its
answer. A sweep that is killed between two chunks has done the first ones for good; the next claimant finds the rest, since
what is settled no longer counts as due. A second sweep on the same day finds nothing to do::

    outcome = sweep(date(2026, 11, 24), now)
    outcome    # {"day": "2026-11-24", "cases": 12, "opened": 0, "changed": 13, "closed": 0, "overdue": 13, …}
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from typing import Any

from enforcement.db import connected
from enforcement.db import run as in_transaction
from enforcement.models import SweepRun
from enforcement.sweeps import candidates
from enforcement.sweeps import ledger
from enforcement.sweeps import news
from enforcement.sweeps.bulk import Plan
from enforcement.sweeps.bulk import draw_up
from enforcement.sweeps.bulk import settle_cases

logger = logging.getLogger(__name__)

#: Name of the job in the ledger.
JOB = "sweep"
#: Cases in one transaction: long enough to be cheap, short enough for others to save in between.
CHUNK = 500
#: Seconds a claim lasts; every chunk renews it.
LEASE = 300

#: Told how many cases are done, of how many.
Progress = Callable[[int, int], None]


class Stopped(Exception):
    """The process was asked to end between two chunks; what is done is done, and the rest is left to the next claimant."""


def sweep(
    day: date,
    now: datetime,
    *,
    run: SweepRun | None = None,
    stopping: Callable[[], bool] = lambda: False,
    progress: Progress = lambda done, total: None,
    chunk: int = CHUNK,
    lease_seconds: int = LEASE,
) -> dict[str, Any]:
    """Settle every case for which the day matters and give what was done.

    ``run`` is the claim to renew with each chunk. Raises :class:`Stopped` when asked to end, and
    :class:`enforcement.sweeps.ledger.LostClaim` when somebody else took the run over.
    """
    with connected():
        previous = _previous()
        standing = news.standing()
        found = candidates.find(day, previous.get("law"), standing)
        totals: Counter[str] = Counter()
        for done, counts in _settle(found.all, day, now, run, chunk, lease_seconds):
            totals.update(counts)
            progress(done, len(found.all))
            if stopping() and done < len(found.all):
                raise Stopped
        return _outcome(day, found, totals, previous, standing)


def _settle(
    case_ids: Sequence[int], day: date, now: datetime, run: SweepRun | None, chunk: int, lease_seconds: int
) -> Iterator[tuple[int, dict[str, int]]]:
    """Settle chunk after chunk; yields after each how many cases are done, and its counts."""
    for start in range(0, len(case_ids), chunk):
        part = case_ids[start : start + chunk]

        def settle_part(part: Sequence[int] = part) -> Plan:
            if run is not None:
                ledger.renew(run, lease_seconds)
            return settle_cases(part, day, now)

        yield start + len(part), in_transaction(settle_part).counts


def _outcome(
    day: date, found: candidates.Candidates, totals: Counter[str], previous: dict[str, Any], standing: dict[str, str]
) -> dict[str, Any]:
    outcome: dict[str, Any] = {"day": day.isoformat()}
    outcome |= {name: totals[name] for name in ("cases", "opened", "changed", "closed", "overdue")}
    outcome |= {"due_cases": len(found.due), "ended_waivers": len(found.waivers), "answered_cases": len(found.news)}
    outcome["law"] = standing
    versions = news.new_versions(date.fromisoformat(previous["day"]), day) if "day" in previous else []
    if versions:
        outcome["new_versions"] = versions
        logger.warning("new versions of rules are in force, run enforcement recheck: %s", ", ".join(versions))
    return outcome


def _previous() -> dict[str, Any]:
    """The outcome of the sweep before; empty before the first."""
    last = ledger.last_finished(JOB)
    return last.outcome if last is not None and isinstance(last.outcome, dict) else {}


def last_day() -> date | None:
    """The day the last finished sweep judged by; None before the first."""
    day = _previous().get("day")
    return None if day is None else date.fromisoformat(day)


def preview(day: date, chunk: int = CHUNK) -> list[Plan]:
    """Say what a sweep on a day would change, chunk by chunk; stores nothing."""
    with connected():
        found = candidates.find(day, _previous().get("law"), news.standing()).all
        return [draw_up(found[start : start + chunk], day) for start in range(0, len(found), chunk)]
