"""Reading the audit and checking that nobody has touched it.

    verify()    # []
    verify()    # [Fault(3, "changed", "entry 3 does not match its hash: it was changed")]

The check reads every entry once, in order, and names the first that is wrong and each after it. An entry taken off the
end leaves no gap; it shows against the head. Whoever can write to the database can also move the head, so note its
number and hash elsewhere now and then, for instance from the weekly mail, and give them to :func:`verify`.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any
from typing import Literal

import msgspec

from enforcement.audit.chain import Content
from enforcement.audit.chain import digest
from enforcement.db import connected
from enforcement.db import database
from enforcement.db import engine
from enforcement.models import AuditEntry
from enforcement.models import AuditHead
from enforcement.models import User
from enforcement.models.audit import GENESIS

#: Entries read at a time.
_BATCH = 2000


class Fault(msgspec.Struct, frozen=True):
    """What is wrong at which entry."""

    seq: int
    kind: Literal["missing", "changed", "unlinked", "cut", "noted"]
    message: str


class _Row(msgspec.Struct, frozen=True):
    content: Content
    previous_hash: str
    hash: str


def verify(noted: Mapping[int, str] | None = None, most: int = 100) -> list[Fault]:
    """Check the whole chain and give its faults in order, at most ``most``; none when it is whole.

    ``noted`` are hashes of entries by number as somebody wrote them down earlier. Reads one state of the book, with
    entries of the service still running.
    """
    faults: list[Fault] = []
    with connected(), _one_state():
        for fault in _faults(dict(noted or {})):
            faults.append(fault)
            if len(faults) >= most:
                break
    return faults


def head() -> tuple[int, str]:
    """The number and hash of the last entry, to be noted elsewhere."""
    last: AuditHead = AuditHead.get_by_id(1)
    return last.seq, last.hash


def entries_for(subject_kind: str, subject_id: str) -> list[AuditEntry]:
    """What was done to a subject, oldest first, each with its actor."""
    return list(
        AuditEntry.select(AuditEntry, User)
        .left_outer_join(User)
        .where(AuditEntry.subject_kind == subject_kind, AuditEntry.subject_id == subject_id)
        .order_by(AuditEntry.id)
    )


def _one_state() -> Any:
    """A transaction that sees one state throughout, and on SQLite keeps nobody from writing."""
    return database.atomic("DEFERRED") if engine() == "sqlite" else database.atomic("REPEATABLE READ")


def _faults(noted: dict[int, str]) -> Iterator[Fault]:
    seq, previous = 0, GENESIS
    for row in _rows():
        number = row.content.seq
        if number != seq + 1:
            yield Fault(seq + 1, "missing", f"entry {seq + 1} is missing: {number} comes after {seq}")
        elif row.previous_hash != previous:
            yield Fault(number, "unlinked", f"entry {number} does not follow entry {seq} as it is now")
        if row.hash != digest(row.previous_hash, row.content):
            yield Fault(number, "changed", f"entry {number} does not match its hash: it was changed")
        if noted.pop(number, row.hash) != row.hash:
            yield Fault(number, "noted", f"entry {number} has another hash than was noted")
        seq, previous = number, row.hash
    yield from _at_the_end(seq, previous, noted)


def _at_the_end(seq: int, last_hash: str, noted: Mapping[int, str]) -> Iterator[Fault]:
    expected = AuditHead.get_or_none(AuditHead.id == 1)
    if expected is None:
        yield Fault(seq, "cut", "the head is missing")
    elif (expected.seq, expected.hash) != (seq, last_hash):
        yield Fault(seq + 1, "cut", f"the chain ends with entry {seq}, its head says {expected.seq}")
    for number in sorted(noted):
        yield Fault(number, "noted", f"entry {number} was noted and is not there")


def _rows() -> Iterator[_Row]:
    """Every entry in order, a batch at a time, as plain tuples."""
    after: int | None = None
    while batch := _batch(after):
        for seq, at, actor, actor_text, action, subject_kind, subject_id, changes, previous_hash, own in batch:
            content = Content(seq, at, actor, actor_text, action, subject_kind, subject_id, changes)
            yield _Row(content, previous_hash, own)
        after = batch[-1][0]


def _batch(after: int | None) -> list[tuple[Any, ...]]:
    query = (
        AuditEntry.select(
            AuditEntry.id,
            AuditEntry.at,
            User.public_id,
            AuditEntry.actor_text,
            AuditEntry.action,
            AuditEntry.subject_kind,
            AuditEntry.subject_id,
            AuditEntry.changes,
            AuditEntry.previous_hash,
            AuditEntry.hash,
        )
        .left_outer_join(User)
        .order_by(AuditEntry.id)
        .limit(_BATCH)
    )
    rows: Any = query if after is None else query.where(AuditEntry.id > after)
    return list(rows.tuples())
