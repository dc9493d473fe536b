"""Connections and transactions: one way to open a database, one way to change it.

Two officers press "save" at the same moment. On SQLite one of them waits for the lock, on PostgreSQL one of them may be
told to start again (SQLSTATE 40001 or 40P01). Neither may see an error, and neither change may be lost. So every
operation runs inside :func:`run`, which starts it again from its beginning a bounded number of times::

    database.initialize(open_database("sqlite:///enforcement.sqlite3"))

    @operation
    def rename(agency: Agency, name: str) -> None:      # one transaction; a call inside another one joins it
        Agency.update(name_zh=name).where(Agency.id == agency.id).execute()

An operation that may be started again must do nothing outside the database; what is to follow a commit goes to
``database.after_commit``.
"""

from __future__ import annotations

import logging
import random
import sqlite3
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import contextmanager
from contextlib import nullcontext
from functools import wraps
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from typing import ParamSpec
from typing import TypeVar
from urllib.parse import unquote
from urllib.parse import urlsplit

import peewee
from playhouse.pool import PooledPostgresqlDatabase
from playhouse.pool import PooledSqliteDatabase

from enforcement.migrations.runner import current_revision
from enforcement.migrations.runner import pending
from enforcement.migrations.runner import upgrade_once
from enforcement.migrations.script import sql
from enforcement.turns import Turns

__all__ = [
    "attach",
    "connected",
    "current_revision",
    "database",
    "database_now",
    "engine",
    "is_conflict",
    "open_database",
    "operation",
    "pending",
    "run",
    "transaction",
    "upgrade",
]

T = TypeVar("T")
P = ParamSpec("P")

logger = logging.getLogger(__name__)

_turns = Turns()

#: The database of every model; stands for nothing until ``database.initialize(open_database(url))``.
database: Any = peewee.DatabaseProxy()

#: How often an operation is started before its conflict is given up, and the first pause between two starts in seconds.
ATTEMPTS = 12
FIRST_PAUSE = 0.01
LONGEST_PAUSE = 1.0

#: Seconds a thread waits for a free connection, and a writer for SQLite's only write lock before that is a conflict.
POOL_PATIENCE = 10
SQLITE_PATIENCE = 10

#: serialization_failure and deadlock_detected: the database asks to start again.
CONFLICTS = frozenset({"40001", "40P01"})

_POSTGRES_SCHEMES = frozenset({"postgresql", "postgres", "cockroachdb"})
_CREATED_MEANWHILE = frozenset({"23505", "42P07", "42710"})  # unique_violation, duplicate_table, duplicate_object
_SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def open_database(url: str, connections: int = 20, isolation: str | None = None) -> peewee.Database:
    """Open a pooled database by URL: ``sqlite:///file``, ``sqlite:////abs/file``, ``postgresql://user@host/name``.

    ``connections`` must be at least the threads of the process. ``isolation`` is PostgreSQL's, READ COMMITTED unless
    the server says otherwise. Distributed databases that speak PostgreSQL's protocol take ``postgresql://`` or
    ``cockroachdb://``. Raises ValueError for any other URL.
    """
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return _open_sqlite(_sqlite_path(url), connections)
    if scheme in _POSTGRES_SCHEMES:
        return _open_postgresql("postgresql" + url[len(scheme) :], connections, isolation)
    raise ValueError(f"not a database URL (sqlite:/// or postgresql://): {_without_password(url)}")


def attach(url: str, connections: int = 20) -> peewee.Database:
    """Open a database and make it that of every model; an embedded one is brought up to date by itself.

    Raises RuntimeError when a server's database waits for ``enforcement db upgrade`` or is newer than this version.
    """
    opened: Any = open_database(url, connections)
    try:
        if engine(opened) == "sqlite":
            upgrade(opened)
        else:
            _refuse_outdated(opened)
    except (peewee.PeeweeException, RuntimeError):
        opened.close_all()
        raise
    database.initialize(opened)
    ready: peewee.Database = opened
    return ready


def upgrade(of: peewee.Database) -> list[str]:
    """Apply the migrations that a database still needs and name them; any number of processes may start it at once.

    Turns a SQLite file to WAL, where readers read while one writes. That needs the file alone for a moment, which no
    busy timeout waits for.
    """

    def start() -> list[str]:
        with of.connection_context():
            if engine(of) == "sqlite":
                sql(of, "PRAGMA journal_mode = wal")
            return upgrade_once(of)

    return _retried(start, ATTEMPTS, _is_race)


def engine(of: peewee.Database | None = None) -> str:
    """Name the kind of a database, the models' own by default: "sqlite" or "postgresql"."""
    plain = database.obj if of is None else getattr(of, "obj", of)
    return "sqlite" if isinstance(plain, peewee.SqliteDatabase) else "postgresql"


@contextmanager
def connected() -> Iterator[None]:
    """Hold a connection of the pool for a stretch of work, and give it back unless it was held before."""
    opened = database.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if opened:
            database.close()


@contextmanager
def transaction() -> Iterator[None]:
    """Make a block one transaction, or part of the one that is open; conflicts are not retried (see :func:`run`)."""
    if database.in_transaction():
        yield
        return
    with _turn(), connected(), database.atomic():
        yield


def _turn() -> AbstractContextManager[None]:
    """One writer at a time in this process where the database itself has only one."""
    return _turns.taken(SQLITE_PATIENCE) if engine() == "sqlite" else nullcontext()


def run(change: Callable[[], T], attempts: int = ATTEMPTS) -> T:
    """Run a change as one transaction, from its beginning again on a conflict, at most ``attempts`` times.

    Inside an open transaction it simply joins: a conflict there restarts the outermost change. Raises what the change
    raises, and the last conflict when every attempt met one.
    """
    if database.in_transaction():
        return change()

    def start() -> T:
        with transaction():
            return change()

    return _retried(start, attempts, is_conflict)


def operation(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function one transaction with retry, as :func:`run` does."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        return run(lambda: function(*args, **kwargs))

    return wrapped


def is_conflict(error: peewee.PeeweeException) -> bool:
    """Tell whether the database asked for the transaction to be started again."""
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE_BUSY
    return getattr(cause, "sqlstate", None) in CONFLICTS


def database_now(seconds_later: int = 0) -> Any:
    """Give an SQL expression of the database's own clock, some seconds later; compares with any ``UTCField``."""
    if engine() == "sqlite":
        return peewee.fn.strftime("%Y-%m-%dT%H:%M:%f000+00:00", "now", f"{seconds_later:+d} seconds")
    return peewee.NodeList((peewee.fn.clock_timestamp(), peewee.SQL(f"+ interval '{int(seconds_later)} seconds'")))


def _retried(start: Callable[[], T], attempts: int, may_retry: Callable[[peewee.PeeweeException], bool]) -> T:
    for attempt in range(1, attempts):
        try:
            return start()
        except peewee.PeeweeException as error:
            if not may_retry(error):
                raise
            logger.info("conflict, attempt %d of %d: %s", attempt, attempts, error)
            _pause(attempt)
    return start()


def _is_race(error: peewee.PeeweeException) -> bool:
    """Two processes that create the history at once meet on its name or its type's, whatever IF NOT EXISTS says."""
    return is_conflict(error) or getattr(getattr(error, "orig", None), "sqlstate", None) in _CREATED_MEANWHILE


def _refuse_outdated(of: peewee.Database) -> None:
    with of.connection_context():
        missing = pending(of)
    if missing:
        raise RuntimeError(f"the database lacks {', '.join(missing)}: run enforcement db upgrade")


def _pause(attempt: int) -> None:
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt)
    time.sleep(random.uniform(longest / 4, longest))


def _open_sqlite(path: Path, connections: int) -> peewee.Database:
    """FULL keeps an acknowledged change through a power cut, also with WAL, which the file remembers from its upgrade."""
    opened: Any = PooledSqliteDatabase(
        str(path),
        pragmas=(
            ("synchronous", "full"),
            ("foreign_keys", 1),
            ("cache_size", -16384),
            ("temp_store", "memory"),
        ),
        lock_type="IMMEDIATE",
        check_same_thread=False,
        max_connections=connections,
        timeout=POOL_PATIENCE,
        field_types={"TIMESTAMPTZ": "TEXT"},
    )
    opened.timeout = SQLITE_PATIENCE  # the pool took the argument of this name for itself
    ready: peewee.Database = opened
    return ready


def _open_postgresql(url: str, connections: int, isolation: str | None) -> peewee.Database:
    if find_spec("psycopg") is None:
        raise ValueError("PostgreSQL needs its driver: pip install 'enforcement-ledger[postgres]'")
    opened: peewee.Database = PooledPostgresqlDatabase(
        url,
        prefer_psycopg3=True,
        isolation_level=isolation,
        max_connections=connections,
        stale_timeout=300,
        timeout=POOL_PATIENCE,
    )
    return opened


def _sqlite_path(url: str) -> Path:
    """Three slashes start a relative path, four an absolute one."""
    parts = urlsplit(url)
    path = unquote(parts.path)[1:]
    if parts.netloc or not path or ":memory:" in path:
        raise ValueError(f"a SQLite URL names a file, as sqlite:///enforcement.sqlite3 does: {url}")
    return Path(path)


def _without_password(url: str) -> str:
    password = urlsplit(url).password
    return url.replace(password, "***") if password else url
