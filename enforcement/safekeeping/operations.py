"""Backing up and restoring an embedded (SQLite) book.

A copy of the file of a running service is not a backup: the newest changes stand in the write-ahead log. SQLite's own
online backup takes one state of the book while it is in use, and the hash beside it says later that nobody touched it::

    saved = back_up(Path("enforcement.sqlite3"), Path("2026-11-24.backup"))     # writes 2026-11-24.backup.sha256 too
    restore(Path("2026-11-24.backup"), Path("enforcement.sqlite3"), force=True)

A restore refuses a backup whose hash, tables or audit chain is wrong, replaces a book only by force, and then keeps what
it replaces beside it. A PostgreSQL book is backed up with ``pg_dump``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from enforcement.audit.queries import head
from enforcement.audit.queries import verify
from enforcement.db import current_revision
from enforcement.db import database
from enforcement.db import open_database
from enforcement.db import pending
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.errors import NotFound

#: Bytes read at a time for a hash.
_CHUNK = 1024 * 1024


class Backup(msgspec.Struct, frozen=True):
    """A backup as it lies there: the file, its size and hash, the book's revision and the end of its audit."""

    file: str
    bytes: int
    sha256: str
    revision: str
    audit_entries: int
    audit_hash: str


def book_file(url: str) -> Path:
    """Give the file of an embedded book by its database URL; raises Conflict for a server's book."""
    if not url.startswith("sqlite:"):
        raise Conflict(
            "PostgreSQL 台账请用 pg_dump --format=custom 备份、pg_restore 恢复",
            "A PostgreSQL book is backed up with pg_dump --format=custom and restored with pg_restore",
        )
    named: Any = open_database(url)
    return Path(named.database)


def back_up(book: Path, file: Path, force: bool = False) -> Backup:
    """Take one state of a book that may be in use, and write its hash beside it; gives what was saved.

    Raises NotFound without a book, Conflict when the file exists and ``force`` is not given. The file appears whole or
    not at all.
    """
    if not book.is_file():
        raise NotFound(f"没有台账 {book}", f"There is no book {book}")
    _refuse_to_overwrite(file, force)
    unfinished = file.with_name(file.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        _copy(book, unfinished)
        _without_log(unfinished)
        saved = _described(unfinished, file)
        _write_hash(file, saved.sha256)
        os.replace(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    return saved


def restore(file: Path, book: Path, now: datetime, force: bool = False) -> tuple[Backup, Path | None]:
    """Put a backup in the place of a book; gives what was restored and where the replaced book was kept.

    Raises NotFound without the backup or its hash, Invalid when it is not whole, Conflict when there is a book and
    ``force`` is not given. Nothing is replaced before everything was checked.
    """
    checked = check_backup(file)
    _refuse_to_overwrite(book, force)
    kept = None
    if book.exists():
        kept = book.with_name(f"{book.name}.replaced-{now:%Y%m%dT%H%M%S}")
        _copy(book, kept)
    _copy(file, book)
    return checked, kept


def check_backup(file: Path) -> Backup:
    """Check a backup by its hash, its pages, its revision and its audit chain; raises NotFound or Invalid."""
    beside = hash_file(file)
    for needed in (file, beside):
        if not needed.is_file():
            raise NotFound(f"没有文件 {needed}", f"There is no file {needed}")
    noted, found = beside.read_text(encoding="ascii", errors="replace").split(" ")[0].strip(), _sha256(file)
    if noted != found:
        raise Invalid(
            {"file": [f"与记录的哈希不符，备份已损坏或被改动 / its hash is {found}, not {noted}: damaged or changed"]}
        )
    return _described(file, file)


def hash_file(file: Path) -> Path:
    """Where the hash of a backup lies."""
    return file.with_name(file.name + ".sha256")


def _refuse_to_overwrite(file: Path, force: bool) -> None:
    if file.exists() and not force:
        raise Conflict(
            f"{file} 已存在，不会覆盖（需要时加 --force）", f"{file} exists and is kept; --force replaces it"
        )


def _copy(source: Path, target: Path) -> None:
    """Copy one state of a database into another, as one transaction of the target."""
    with (
        closing(sqlite3.connect(source, timeout=10)) as reading,
        closing(sqlite3.connect(target, timeout=10)) as writing,
    ):
        reading.backup(writing)


def _without_log(file: Path) -> None:
    """Leave a database that needs no file beside it."""
    with closing(sqlite3.connect(file, timeout=10)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _write_hash(file: Path, sha256: str) -> None:
    """As ``sha256sum -c`` reads it."""
    hash_file(file).write_text(f"{sha256}  {file.name}\n", encoding="utf-8")


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _described(copy: Path, file: Path) -> Backup:
    """Look into a copy of the copy, so that looking changes nothing; raises Invalid when it is no whole book."""
    with TemporaryDirectory() as folder:
        looked_at = Path(folder) / "book.sqlite3"
        shutil.copyfile(copy, looked_at)
        _refuse_damaged(looked_at)
        with _in_place_of_the_book(looked_at):
            revision = _revision()
            faults = verify(most=1)
            if faults:
                raise Invalid({"audit": [f"审计链不完整 / the audit chain is broken: {faults[0].message}"]})
            entries, last = head()
    return Backup(str(file), copy.stat().st_size, _sha256(copy), revision, entries, last)


def _refuse_damaged(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer != "ok":
        raise Invalid({"file": [f"数据库已损坏 / the database is damaged: {answer}"]})


def _revision() -> str:
    """The revision of the book looked at, which this version must know."""
    with database.connection_context():
        pending(database.obj)
        revision = current_revision(database.obj)
    if revision is None:
        raise Invalid({"file": ["不是执法台账的数据库 / not the database of a book"]})
    return revision


@contextmanager
def _in_place_of_the_book(file: Path) -> Iterator[None]:
    """Let the models read another file for a moment; for commands, which have one thread."""
    book: Any = database.obj
    opened: Any = open_database(f"sqlite:///{file}", connections=2)
    database.initialize(opened)
    try:
        with database.connection_context():
            yield
    finally:
        opened.close_all()
        database.initialize(book)
