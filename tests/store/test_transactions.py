"""A change is made whole, once, and again from its beginning when the database asks for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

import peewee
import pytest

import enforcement.db as db
from enforcement.db import connected
from enforcement.db import database as proxy
from enforcement.db import database_now
from enforcement.db import is_conflict
from enforcement.db import open_database
from enforcement.db import operation
from enforcement.db import run
from enforcement.models import SweepRun


@pytest.fixture
def counter(database: peewee.Database, now: datetime) -> SweepRun:
    """A row to count in."""
    return SweepRun.create(job="count", slot="1", started_at=now)


def count_of(counter: SweepRun) -> int:
    """What the row holds now."""
    count: int = SweepRun.get_by_id(counter.id).attempts
    return count


@pytest.fixture
def serializable(database_url: str, counter: SweepRun) -> Iterator[None]:
    """The same database at SERIALIZABLE, with deadlocks told quickly; only on PostgreSQL."""
    before: Any = proxy.obj
    options = "&options=-c%20deadlock_timeout%3D10ms"
    opened: Any = open_database(database_url + options, isolation="SERIALIZABLE")
    proxy.initialize(opened)
    yield
    opened.close_all()
    proxy.initialize(before)


#: Runs works at the same time and gives what they answered.
InThreads = Callable[..., list[Any]]

only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@only_postgresql
def test_a_serialization_failure_starts_the_change_again(
    in_threads: InThreads, serializable: None, counter: SweepRun
) -> None:
    starts: list[int] = []

    def add_after_somebody_else() -> None:
        seen = count_of(counter)
        starts.append(seen)
        if len(starts) == 1:
            in_threads(lambda: run(lambda: SweepRun.update(attempts=seen + 1).execute()))
        SweepRun.update(attempts=seen + 1).execute()

    run(add_after_somebody_else)
    assert starts == [0, 1], "the second start sees what the other wrote"
    assert count_of(counter) == 2


@only_postgresql
def test_a_deadlock_starts_one_of_the_two_again(
    in_threads: InThreads, serializable: None, counter: SweepRun, now: datetime
) -> None:
    other = SweepRun.create(job="count", slot="2", started_at=now)
    both_hold_one = threading.Barrier(2)
    starts: dict[str, int] = {"there": 0, "back": 0}

    def add_to(name: str, first: SweepRun, second: SweepRun) -> None:
        starts[name] += 1
        SweepRun.update(attempts=SweepRun.attempts + 1).where(SweepRun.id == first.id).execute()
        if starts[name] == 1:
            both_hold_one.wait(timeout=30)
        SweepRun.update(attempts=SweepRun.attempts + 1).where(SweepRun.id == second.id).execute()

    in_threads(
        lambda: run(lambda: add_to("there", counter, other)),
        lambda: run(lambda: add_to("back", other, counter)),
    )
    assert sum(starts.values()) >= 3, "one of the two had to start again"
    assert (count_of(counter), count_of(other)) == (2, 2)


@only_postgresql
def test_many_writers_at_serializable_lose_nothing(
    in_threads: InThreads, serializable: None, counter: SweepRun
) -> None:
    def add() -> None:
        seen = count_of(counter)
        SweepRun.update(attempts=seen + 1).where(SweepRun.id == counter.id).execute()

    def add_ten_times() -> None:
        for _ in range(10):
            run(add, attempts=200)

    in_threads(*[add_ten_times] * 4)
    assert count_of(counter) == 40


@only_sqlite
def test_a_locked_sqlite_file_starts_the_change_again(
    in_threads: InThreads, database: Any, counter: SweepRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, refused = threading.Event(), threading.Event()

    def hold_until_refused() -> None:
        """As another process would: without a turn among the threads of this one."""
        with connected(), database.atomic():
            SweepRun.update(attempts=SweepRun.attempts + 1).execute()
            held.set()
            assert refused.wait(timeout=30), "the other writer was never refused"

    def add_meanwhile() -> None:
        assert held.wait(timeout=30)
        run(lambda: SweepRun.update(attempts=SweepRun.attempts + 10).execute(), attempts=1000)

    pause = db._pause
    monkeypatch.setattr(db, "_pause", lambda attempt: (refused.set(), pause(1)))
    database.close_all()
    database.timeout = 0
    in_threads(hold_until_refused, add_meanwhile)
    assert refused.is_set()
    assert count_of(counter) == 11


def test_writers_in_threads_lose_nothing(in_threads: InThreads, database: peewee.Database, counter: SweepRun) -> None:
    def add_ten_times() -> None:
        for _ in range(10):
            run(lambda: SweepRun.update(attempts=SweepRun.attempts + 1).execute())

    in_threads(*[add_ten_times] * 4)
    assert count_of(counter) == 40


class Conflicting(peewee.OperationalError):
    """An error of the driver as peewee hands it on."""

    def __init__(self, sqlstate: str) -> None:
        cause = RuntimeError("start again")
        cause.sqlstate = sqlstate  # type: ignore[attr-defined]
        super().__init__(cause)


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The attempts that were followed by a pause, without pausing."""
    pauses: list[int] = []
    monkeypatch.setattr(db, "_pause", pauses.append)
    return pauses


def test_a_conflict_that_does_not_end_is_raised_after_the_last_attempt(
    database: peewee.Database, no_pause: list[int]
) -> None:
    def always() -> None:
        raise Conflicting("40001")

    with pytest.raises(Conflicting):
        run(always, attempts=4)
    assert no_pause == [1, 2, 3]


def test_an_error_that_is_no_conflict_is_raised_at_once_and_nothing_is_kept(
    counter: SweepRun, no_pause: list[int], now: datetime
) -> None:
    def break_the_constraint() -> None:
        SweepRun.update(attempts=7).execute()
        SweepRun.create(job="count", slot="1", started_at=now)

    with pytest.raises(peewee.IntegrityError):
        run(break_the_constraint)
    assert no_pause == []
    assert count_of(counter) == 0


@pytest.mark.parametrize(
    ("sqlstate", "conflict"), [("40001", True), ("40P01", True), ("23505", False), ("08006", False)]
)
def test_only_serialization_failures_and_deadlocks_are_conflicts(sqlstate: str, conflict: bool) -> None:
    assert is_conflict(Conflicting(sqlstate)) is conflict
    assert not is_conflict(peewee.OperationalError("without a driver's error"))


def test_an_operation_inside_another_joins_it_and_fails_with_it(counter: SweepRun) -> None:
    @operation
    def add() -> None:
        SweepRun.update(attempts=SweepRun.attempts + 1).execute()

    @operation
    def add_and_fail() -> None:
        add()
        raise LookupError("after the inner one")

    with pytest.raises(LookupError):
        add_and_fail()
    assert count_of(counter) == 0


def test_a_conflict_inside_an_inner_operation_starts_the_outer_one_again(
    counter: SweepRun, no_pause: list[int]
) -> None:
    starts: list[str] = []

    @operation
    def inner() -> None:
        starts.append("inner")
        if starts.count("inner") == 1:
            raise Conflicting("40001")

    @operation
    def outer() -> int:
        starts.append("outer")
        SweepRun.update(attempts=SweepRun.attempts + 1).execute()
        inner()
        return len(starts)

    assert outer() == 4
    assert starts == ["outer", "inner", "outer", "inner"]
    assert count_of(counter) == 1


def test_what_follows_a_commit_happens_once_and_not_after_a_failure(counter: SweepRun, no_pause: list[int]) -> None:
    done: list[str] = []

    def change(name: str, errors: list[Exception]) -> None:
        proxy.after_commit(lambda: done.append(name))
        if errors:
            raise errors.pop()

    run(lambda: change("kept", []))
    retried: list[Exception] = [Conflicting("40001")]
    run(lambda: change("kept after a conflict", retried))
    with pytest.raises(LookupError):
        run(lambda: change("lost", [LookupError()]))
    assert done == ["kept", "kept after a conflict"]


def test_threads_give_their_connections_back(in_threads: InThreads, database: Any, counter: SweepRun) -> None:
    def add() -> None:
        run(lambda: SweepRun.update(attempts=SweepRun.attempts + 1).execute())

    database.close_all()
    for _ in range(5):
        in_threads(*[add] * 6)
    assert len(database._in_use) == 0
    assert count_of(counter) == 30


@only_sqlite
def test_an_acknowledged_change_survives_a_power_cut_and_references_hold(database_url: str) -> None:
    opened: Any = open_database(database_url)
    try:
        assert opened.synchronous == 2, "FULL"
        assert opened.journal_mode == "wal"
        assert opened.foreign_keys == 1
        assert opened.pragma("busy_timeout") == 10_000
    finally:
        opened.close_all()


def test_the_databases_clock_compares_with_moments_that_were_stored(counter: SweepRun) -> None:
    def is_over(claimed_until: Any) -> bool:
        SweepRun.update(claimed_until=claimed_until).execute()
        return bool(SweepRun.select().where(SweepRun.claimed_until < database_now()).exists())

    assert is_over(database_now(-1))
    assert not is_over(database_now(30))
    assert is_over(datetime.now(UTC) - timedelta(minutes=1))
    assert not is_over(datetime.now(UTC) + timedelta(minutes=1))


def test_a_claim_by_the_databases_clock_reads_back_as_a_moment(counter: SweepRun) -> None:
    SweepRun.update(claimed_until=database_now(60)).execute()
    until = SweepRun.get_by_id(counter.id).claimed_until
    assert timedelta(seconds=50) < until - datetime.now(UTC) < timedelta(seconds=70)
