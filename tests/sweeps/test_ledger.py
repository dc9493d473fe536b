"""The ledger: one claimant a slot, a claim that ends by the database's clock, and nothing forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from threading import Barrier

import peewee
import pytest

from enforcement.db import connected
from enforcement.db import database_now
from enforcement.models import SweepRun
from enforcement.sweeps import ledger
from enforcement.sweeps.ledger import LostClaim
from enforcement.sweeps.schedule import Schedule

SLOT = "2026-03-02T06:00:00+08:00"

pytestmark = pytest.mark.usefixtures("database")


@dataclass
class Daily:
    """A job at six each day."""

    name: str = "sweep"

    def slots(self, since: datetime, until: datetime) -> list[datetime]:
        return list(Schedule(hour=6, minute=0).slots(since, until))


def claim(by: str = "a", lease: int = 60, slot: str = SLOT) -> SweepRun | None:
    return ledger.claim("sweep", slot, by, lease)


def claimed(by: str = "a", lease: int = 60) -> SweepRun:
    run = claim(by, lease)
    assert run is not None
    return run


def test_the_first_to_enter_a_slot_has_it() -> None:
    run = claimed("a")
    assert (run.job, run.slot, run.claimed_by, run.attempts, run.finished_at) == ("sweep", SLOT, "a", 1, None)
    assert claim("b") is None
    assert ledger.claim("digest", SLOT, "b", 60) is not None
    assert claim("b", slot="2026-03-03T06:00:00+08:00") is not None


def test_a_finished_slot_is_never_run_again() -> None:
    ledger.finish(claimed(lease=-1), {"cases": 3})
    assert claim("b") is None
    assert SweepRun.get().outcome == {"cases": 3}
    assert ledger.abandoned(["sweep"]) == []


def test_a_claim_that_ran_out_is_taken_over_and_whoever_lost_it_writes_nothing_more() -> None:
    lost = claimed("a", lease=-1)
    assert ledger.abandoned(["sweep"]) == [("sweep", SLOT)]
    taken = claimed("b")
    assert (taken.claimed_by, taken.attempts) == ("b", 2)
    for write in (lambda: ledger.renew(lost, 60), lambda: ledger.finish(lost, {}), lambda: ledger.release(lost)):
        with pytest.raises(LostClaim, match="no longer held by a"):
            write()
    ledger.finish(taken, {"by": "b"})
    assert SweepRun.get().outcome == {"by": "b"}


def test_a_claim_taken_over_by_the_same_name_is_another_claim() -> None:
    lost = claimed("a", lease=-1)
    again = claimed("a")
    with pytest.raises(LostClaim):
        ledger.finish(lost, {})
    ledger.finish(again, {})


def test_a_renewed_claim_lasts_longer_and_a_released_one_is_free_at_once() -> None:
    run = claimed("a", lease=-1)
    ledger.renew(run, 60)
    assert claim("b") is None
    assert ledger.running("sweep")
    ledger.release(run)
    assert not ledger.running("sweep")
    assert claimed("b").attempts == 2


def test_the_end_of_a_claim_goes_by_the_databases_clock(database: peewee.Database) -> None:
    run = claimed("a", lease=60)
    clock = SweepRun.select(database_now()).tuples().get()[0]
    now = clock if isinstance(clock, datetime) else datetime.fromisoformat(clock)
    assert run.claimed_until is not None
    assert 58 <= (run.claimed_until - now).total_seconds() <= 60


def test_of_many_who_claim_a_slot_at_once_one_gets_it() -> None:
    together = Barrier(6)

    def try_to(number: int) -> bool:
        with connected():
            together.wait(timeout=20)
            return claim(f"claimant {number}") is not None

    with ThreadPoolExecutor(6) as pool:
        winners = [f"claimant {number}" for number, won in enumerate(pool.map(try_to, range(6))) if won]
    assert winners == [SweepRun.get().claimed_by]


def test_of_many_who_take_over_a_slot_at_once_one_gets_it() -> None:
    claimed("dead", lease=-1)
    together = Barrier(6)

    def try_to(number: int) -> bool:
        with connected():
            together.wait(timeout=20)
            return claim(f"claimant {number}") is not None

    with ThreadPoolExecutor(6) as pool:
        winners = [f"claimant {number}" for number, won in enumerate(pool.map(try_to, range(6))) if won]
    assert winners == [SweepRun.get().claimed_by]
    assert SweepRun.get().attempts == 2


def test_a_claim_inside_a_change_that_fails_is_none(database: peewee.Database) -> None:
    with pytest.raises(RuntimeError), database.atomic():
        claimed("a")
        raise RuntimeError("the mails could not be entered")
    assert claim("b") is not None


def test_missed_slots_are_those_nobody_entered() -> None:
    since = datetime.fromisoformat("2026-03-01T06:00:00+08:00")
    until = datetime.fromisoformat("2026-03-04T06:00:00+08:00")
    claim(slot="2026-03-03T06:00:00+08:00")
    claim(slot="manual-2026-03-02T06:00:00+08:00")
    assert ledger.missed(Daily(), since, until) == ["2026-03-02T06:00:00+08:00", "2026-03-04T06:00:00+08:00"]
    assert ledger.missed(Daily(), until, until) == []


def test_the_newest_slot_is_a_scheduled_one() -> None:
    assert ledger.newest("sweep") is None
    claim()
    claim(slot="2026-03-01T06:00:00+08:00")
    claim(slot="manual-2026-03-05T06:00:00+08:00")
    assert ledger.newest("sweep") == datetime.fromisoformat(SLOT)


def test_a_skipped_slot_says_why_and_is_not_run() -> None:
    assert ledger.skip("sweep", SLOT, "a", "missed")
    assert not ledger.skip("sweep", SLOT, "b", "missed again")
    assert claim("b") is None
    run = SweepRun.get()
    assert (run.outcome, run.attempts, run.finished_at is None) == ({"skipped": "missed"}, 0, False)
    assert ledger.last_finished("sweep") is None


def test_the_name_of_a_claimant_is_its_own() -> None:
    assert len({ledger.owner() for _ in range(100)}) == 100
