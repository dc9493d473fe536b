"""The migrations make the tables that the models expect, once, whoever starts first."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import peewee
import pytest

from enforcement.db import attach
from enforcement.db import current_revision
from enforcement.db import database as proxy
from enforcement.db import open_database
from enforcement.db import pending
from enforcement.db import upgrade
from enforcement.migrations.runner import UnknownRevision
from enforcement.migrations.runner import revisions
from enforcement.models import MODELS

#: What no model can declare: the history, the search and the triggers.
BEYOND_MODELS = re.compile(r"schema_migrations|cases_search|audit_entries_(no_|refuse|append_only)")

COLUMNS = """
    SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position
"""
INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
"""


@contextmanager
def opened(url: str) -> Iterator[Any]:
    """A database for the length of a block."""
    database: Any = open_database(url)
    try:
        yield database
    finally:
        database.close_all()


def schema(database: Any) -> set[str]:
    """Every table, column, index and constraint as one text each, but for what no model can declare."""
    if isinstance(database, peewee.SqliteDatabase):
        rows = database.execute_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    else:
        rows = [row for query in (COLUMNS, INDEXES, CONSTRAINTS) for row in database.execute_sql(query).fetchall()]
    texts = {" ".join(normal(part) for part in row) for row in rows}
    return {text for text in texts if not BEYOND_MODELS.search(text)}


def normal(part: Any) -> str:
    """Text without quotes and with one way of spacing."""
    text = re.sub(r"\s+", " ", str(part).replace('"', ""))
    return re.sub(r" ?([(),]) ?", r"\1", text).strip()


def test_the_migrations_make_what_the_models_declare(empty_url: str) -> None:
    with opened(empty_url) as database, database.bind_ctx(MODELS):
        database.create_tables(MODELS)
        wanted = schema(database)
        database.drop_tables(MODELS)
        assert schema(database) == set()
        upgrade(database)
        made = schema(database)
    assert made - wanted == set(), "the migrations make what no model declares"
    assert wanted - made == set(), "the migrations lack what a model declares"
    assert any("waivers" in text for text in made)


def test_the_comparison_sees_a_column_that_differs(empty_url: str) -> None:
    with opened(empty_url) as database:
        database.execute_sql("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(10) NOT NULL)")
        before = schema(database)
        database.execute_sql("DROP TABLE t")
        database.execute_sql("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(10))")
        assert schema(database) != before


def test_an_upgrade_applies_each_migration_once_and_a_second_one_nothing(empty_url: str) -> None:
    with opened(empty_url) as database:
        assert current_revision(database) is None
        assert upgrade(database) == revisions()
        assert upgrade(database) == []
        assert current_revision(database) == revisions()[-1]
        assert pending(database) == []


def test_three_processes_that_upgrade_at_once_apply_each_migration_once(empty_url: str) -> None:
    code = (
        "import sys; from enforcement.db import open_database, upgrade\n"
        "database = open_database(sys.argv[1]); print('ready', flush=True); sys.stdin.readline()\n"
        "print(*upgrade(database)); database.close_all()"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code, empty_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60) for process in processes]
    assert [errors for _, errors in answers] == ["", "", ""]
    assert sorted(applied.split() for applied, _ in answers) == [[], [], revisions()]
    with opened(empty_url) as database:
        assert current_revision(database) == revisions()[-1]


def test_a_failing_migration_leaves_nothing_behind(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from enforcement.migrations import runner

    def broken(database: Any, name: str) -> None:
        if name == revisions()[1]:
            raise peewee.OperationalError("the disk is full")
        applying(database, name)

    applying = runner._apply
    with opened(empty_url) as database:
        monkeypatch.setattr(runner, "_apply", broken)
        with pytest.raises(peewee.OperationalError, match="the disk is full"):
            upgrade(database)
        assert current_revision(database) is None
        assert "cases" not in database.get_tables()
        monkeypatch.undo()
        assert upgrade(database) == revisions()


def test_a_database_newer_than_this_version_is_refused_by_the_name_of_its_migration(database_url: str) -> None:
    with opened(database_url) as database:
        database.execute_sql("INSERT INTO schema_migrations (name, applied_at) VALUES ('9999_tomorrow', 'later')")
        with pytest.raises(UnknownRevision, match="9999_tomorrow"):
            upgrade(database)
        database.execute_sql("DELETE FROM schema_migrations WHERE name = '9999_tomorrow'")


def test_an_embedded_database_is_brought_up_to_date_by_itself_and_a_server_is_not(empty_url: str) -> None:
    if not empty_url.startswith("sqlite"):
        with pytest.raises(RuntimeError, match="run enforcement db upgrade"):
            attach(empty_url)
        with opened(empty_url) as database:
            upgrade(database)
    attached: Any = attach(empty_url)
    try:
        assert current_revision(attached) == revisions()[-1]
        assert proxy.obj is attached
    finally:
        attached.close_all()
        proxy.initialize(None)


@pytest.mark.parametrize("url", ["", "mysql://host/name", "sqlite://file.sqlite3", "sqlite:///:memory:", "sqlite:///"])
def test_a_url_of_no_usable_database_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"database URL|names a file"):
        open_database(url)


def test_a_refused_url_does_not_show_its_password() -> None:
    with pytest.raises(ValueError) as refused:
        open_database("mysql://user:hunter2@host/name")
    assert "hunter2" not in str(refused.value)
