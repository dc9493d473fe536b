"""Bring a database to the tables that this version expects, once, whoever starts first.

Two processes start on an empty database at the same moment. Both look, both find nothing, and without care both create
the tables. Here the second waits on a row of the history, looks again, and finds everything done::

    current_revision(database)    # None
    upgrade_once(database)        # ["0001_store"]
    upgrade_once(database)        # []

Each migration is a module ``NNNN_name.py`` with ``up(database)``. All that are missing run in one transaction, which
both engines can roll back. No advisory locks, so that distributed databases can do it too.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from typing import Any

import peewee

import enforcement.migrations
from enforcement.migrations.script import is_sqlite
from enforcement.migrations.script import sql

logger = logging.getLogger(__name__)

#: The row that whoever migrates holds; it is not a migration.
GUARD = "0000_guard"

_HISTORY = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    name VARCHAR(64) NOT NULL PRIMARY KEY,
    applied_at VARCHAR(32) NOT NULL
)"""
_ENTER = "INSERT INTO schema_migrations (name, applied_at) VALUES ('{name}', CAST(CURRENT_TIMESTAMP AS VARCHAR(32)))"


class UnknownRevision(RuntimeError):
    """The database is newer than this version of the service."""


def revisions() -> list[str]:
    """Name the migrations that this version has, in order."""
    return sorted(
        module.name for module in pkgutil.iter_modules(enforcement.migrations.__path__) if module.name[:4].isdigit()
    )


def applied(database: peewee.Database) -> list[str]:
    """Name the migrations that a database has had, in order."""
    if "schema_migrations" not in database.get_tables():
        return []
    rows = sql(database, "SELECT name FROM schema_migrations ORDER BY name").fetchall()
    return [name for (name,) in rows if name != GUARD]


def current_revision(database: peewee.Database) -> str | None:
    """Name the last migration that a database has had; None before the first."""
    return max(applied(database), default=None)


def pending(database: peewee.Database) -> list[str]:
    """Name the migrations that a database still needs; raises :class:`UnknownRevision` when it knows one we do not."""
    done = applied(database)
    unknown = sorted(set(done) - set(revisions()))
    if unknown:
        raise UnknownRevision(f"the database has {', '.join(unknown)}, which this version does not know")
    return [name for name in revisions() if name not in done]


def upgrade_once(database: peewee.Database) -> list[str]:
    """Apply what is pending, in one transaction, and name it; whoever comes second waits and finds nothing to do."""
    if not pending(database):
        return []
    with database.atomic():
        _prepare(database)
    with database.atomic():
        _hold_guard(database)
        names = pending(database)
        for name in names:
            _apply(database, name)
    return names


def _prepare(database: peewee.Database) -> None:
    """Create the history with its guard, which must be there before anybody can wait on it."""
    sql(database, _HISTORY)
    sql(database, _ENTER.format(name=GUARD) + " ON CONFLICT DO NOTHING")


def _hold_guard(database: peewee.Database) -> None:
    """SQLite holds its only write lock already; elsewhere the row is locked until the end of the transaction."""
    lock = "" if is_sqlite(database) else " FOR UPDATE"
    sql(database, f"SELECT name FROM schema_migrations WHERE name = '{GUARD}'{lock}").fetchall()


def _apply(database: peewee.Database, name: str) -> None:
    migration: Any = importlib.import_module(f"enforcement.migrations.{name}")
    migration.up(database)
    sql(database, _ENTER.format(name=name))
    logger.info("migrated to %s", name)
