"""One text of SQL for both engines: the few words they spell differently stand in braces.

``execute(database, "CREATE TABLE t (id {id}, at {moment} NOT NULL);")`` makes a table with a 64-bit id and a moment.
"""

from __future__ import annotations

from typing import Any

import peewee

SQLITE = {
    "id": "INTEGER NOT NULL PRIMARY KEY",
    "long": "INTEGER",
    "moment": "TEXT",
    "flag": "INTEGER",
    "bytes": "BLOB",
}
POSTGRESQL = {
    "id": "BIGSERIAL NOT NULL PRIMARY KEY",
    "long": "BIGINT",
    "moment": "TIMESTAMPTZ",
    "flag": "BOOLEAN",
    "bytes": "BYTEA",
}


def is_sqlite(database: peewee.Database) -> bool:
    """Tell SQLite from all that speak PostgreSQL's protocol."""
    return isinstance(database, peewee.SqliteDatabase)


def execute(database: peewee.Database, script: str) -> None:
    """Run the statements of a script, which end in a semicolon at the end of a line."""
    spelt = script.format_map(SQLITE if is_sqlite(database) else POSTGRESQL)
    for statement in spelt.split(";\n"):
        if statement.strip():
            sql(database, statement)


def sql(database: peewee.Database, statement: str) -> Any:
    """Run one statement and give its cursor."""
    untyped: Any = database
    return untyped.execute_sql(statement)
