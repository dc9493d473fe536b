"""Writing to the audit, in the transaction of the change itself: both are there, or neither.

Two officers save at once. Each entry must follow exactly one other, so the writers queue on the one row of the head until
the one before has committed::

    @operation
    def close(actor: User, officer: Officer, now: datetime) -> None:
        Officer.update(active=False).where(Officer.id == officer.id).execute()
        record(actor, "officer.update", "officer", officer.public_id, {"active": (True, False)}, now)   # last

What may not be kept, such as a password, is never among the changes: say that it changed, not from what to what.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
import peewee

from enforcement.audit.chain import Content
from enforcement.audit.chain import digest
from enforcement.db import operation
from enforcement.models import AuditEntry
from enforcement.models import AuditHead
from enforcement.models import User
from enforcement.models.fields import canonical_json

#: Facts that changed, each with what it was and what it is; None is "not recorded".
Changes = Mapping[str, tuple[Any, Any] | list[Any]]
#: The user, or the name of a job or command: "sweep", "cli".
Actor = User | str

_ROWS = 50


class Change(msgspec.Struct, frozen=True):
    """One change for :func:`record_all`."""

    action: str
    subject_kind: str
    subject_id: str
    changes: Changes


@operation
def record(
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: str,
    changes: Changes,
    now: datetime,
) -> AuditEntry:
    """Add an entry to the chain and give it; called last in a transaction, since later writers wait from here on.

    Dates, moments and Decimals among the values are written as text. Raises TypeError for a value JSON does not know.
    """
    return AuditEntry(**_append(actor, [Change(action, subject_kind, subject_id, changes)], now)[0])


@operation
def record_all(actor: Actor, changes: Iterable[Change], now: datetime) -> int:
    """Add entries in order, with one wait for the head, and say how many; for imports."""
    return len(_append(actor, changes, now))


def _append(actor: Actor, changes: Iterable[Change], now: datetime) -> list[dict[str, Any]]:
    head = _take_head()
    previous = head.hash
    rows: list[dict[str, Any]] = []
    for seq, change in enumerate(changes, head.seq + 1):
        rows.append(_row(actor, change, seq, previous, now))
        previous = rows[-1]["hash"]
    for batch in peewee.chunked(rows, _ROWS):
        AuditEntry.insert_many(batch).execute()
    AuditHead.update(seq=head.seq + len(rows), hash=previous).where(AuditHead.id == 1).execute()
    return rows


def _take_head() -> AuditHead:
    """Lock the head's row by writing to it, then read it: nobody else passes here before this transaction ends."""
    if AuditHead.update(seq=AuditHead.seq).where(AuditHead.id == 1).execute() != 1:
        raise RuntimeError("the audit has no head: the database was not made by its migrations")
    head: AuditHead = AuditHead.get_by_id(1)
    return head


def _row(actor: Actor, change: Change, seq: int, previous: str, now: datetime) -> dict[str, Any]:
    user = actor if isinstance(actor, User) else None
    content = Content(
        seq=seq,
        at=now,
        actor=user.public_id if user else None,
        actor_text=user.login if user else str(actor),
        action=change.action,
        subject_kind=change.subject_kind,
        subject_id=change.subject_id,
        changes=canonical_json({name: [_plain(value) for value in pair] for name, pair in change.changes.items()}),
    )
    return {
        "id": seq,
        "at": now,
        "actor": user,
        "actor_text": content.actor_text,
        "action": content.action,
        "subject_kind": content.subject_kind,
        "subject_id": content.subject_id,
        "changes": content.changes,
        "previous_hash": previous,
        "hash": digest(previous, content),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
