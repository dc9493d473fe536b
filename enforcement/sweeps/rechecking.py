"""Judging every open case again, after a value of the law, the review catalogue or the register changed.

The daily sweep looks at what the day changed, and at what waited for a value. A corrected value, or an entry that makes more
decisions major, reaches cases that waited for nothing; this reaches them all. It goes through the ledger under a job of its own,
so two people who press the button at once start one run::

    run = recheck_now(actor, now)
    run.outcome["changed"]

Killed half-way it leaves every case whole; running it again finishes, and a third time changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from typing import Any

import peewee

from enforcement.accounts.queries import visible_agencies
from enforcement.audit import operations as audit
from enforcement.db import operation
from enforcement.db import run as in_transaction
from enforcement.errors import Conflict
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import SweepRun
from enforcement.models import User
from enforcement.sweeps import ledger
from enforcement.sweeps.bulk import Plan
from enforcement.sweeps.bulk import settle_cases
from enforcement.times import SHANGHAI
from enforcement.times import day_at

#: Name of the job in the ledger.
JOB = "recheck"
#: Cases in one transaction, and seconds a claim lasts; every chunk renews it.
CHUNK = 500
LEASE = 300


def recheck_now(actor: User, now: datetime) -> SweepRun:
    """Judge the open cases of the agencies that the actor sees, by today, and give the finished run.

    Raises Conflict when somebody is at it already.
    """
    slot = f"{ledger.MANUAL}{now.astimezone(SHANGHAI).isoformat(timespec='microseconds')}"
    run = None if ledger.running(JOB) else ledger.claim(JOB, slot, ledger.owner(), LEASE)
    if run is None:
        raise Conflict("正在重新判断，请稍候", "Cases are being judged again right now")
    counts: Counter[str] = Counter(dict.fromkeys(("cases", "opened", "changed", "closed", "overdue"), 0))
    for part in _parts(_open_cases(actor)):
        counts.update(_settle(run, part, day_at(now), now).counts)
    _finish(run, actor, dict(counts), now)
    finished: SweepRun = SweepRun.get_by_id(run.id)
    return finished


def _open_cases(actor: User) -> list[int]:
    """Cases that are not closed, or have an open finding."""
    findings = Finding.select(Finding.case).where(Finding.case == Case.id, Finding.closed_at.is_null())
    query: Any = Case.select(Case.id).join(Agency).where(visible_agencies(actor))
    query = query.where(Case.closed_on.is_null() | peewee.fn.EXISTS(findings)).order_by(Case.id)
    return [case_id for (case_id,) in query.tuples()]


def _parts(case_ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(case_ids), CHUNK):
        yield case_ids[start : start + CHUNK]


def _settle(run: SweepRun, part: list[int], day: date, now: datetime) -> Plan:
    def settle_part() -> Plan:
        ledger.renew(run, LEASE)
        return settle_cases(part, day, now)

    return in_transaction(settle_part)


@operation
def _finish(run: SweepRun, actor: User, outcome: dict[str, int], now: datetime) -> None:
    ledger.finish(run, outcome)
    audit.record(actor, "recheck.run", "sweep", run.slot, {name: (None, count) for name, count in outcome.items()}, now)
