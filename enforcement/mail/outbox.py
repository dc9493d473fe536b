"""The outbox: which mails are due, who sends each, and what became of it; every step one conditional UPDATE.

A row is entered in the transaction that finishes its slot in the ledger, one a person, kind and day, so a killed process has
entered all of them or none. Then whoever claims a row sends it::

    mail = claim(mail_id, owner, now, lease_seconds=300)     # None: somebody else has it, or it is not due
    sent(mail, "subject", now)   or   postpone(mail, "server down", now)   or   fail(...)   or   leave_out(...)

A claim ends by the database's clock, so what a killed process had in hand is sent by another one later.

What is not to be tried again has :data:`NEVER` as its next attempt: with an error it failed, without one there was nothing
to say.
"""

from __future__ import annotations

import logging
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import Literal

import peewee

from enforcement.db import database_now
from enforcement.db import operation
from enforcement.mail.message import message_id
from enforcement.models import Mail
from enforcement.models import User
from enforcement.models import public_id

logger = logging.getLogger(__name__)

State = Literal["waiting", "sent", "skipped", "failed"]

#: Minutes between attempts: quick while a server restarts, patient over a weekend without one.
PAUSES = (1, 5, 15, 60, 120, 240, 480, 720, 1440)
MAX_ATTEMPTS = len(PAUSES) + 1
#: The next attempt of what is not tried again.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
#: Longest reason that is kept.
LONGEST_ERROR = 500


@operation
def enter(people: list[User], kind: str, slot: str, mail_from: str, now: datetime) -> int:
    """Enter a mail for each person unless there is one of that kind for the slot; gives how many were entered."""
    rows = [_row(user, kind, slot, mail_from, now) for user in people]
    entered = 0
    for batch in peewee.chunked(rows, 100):
        inserted: Any = Mail.insert_many(batch).on_conflict_ignore().returning(Mail.id).execute()
        entered += len(list(inserted))
    return entered


def _row(user: User, kind: str, slot: str, mail_from: str, now: datetime) -> dict[str, Any]:
    key = public_id()
    return {
        "public_id": key,
        "user": user.id,
        "kind": kind,
        "slot": slot,
        "to_address": user.email,
        "language": user.language,
        "created_at": now,
        "next_attempt_at": now,
        "message_id": message_id(key, mail_from),
        "attempts": 0,
    }


def due(now: datetime, limit: int = 500) -> list[int]:
    """Row ids of the mails that may be tried now and that nobody holds, longest waiting first."""
    rows: Any = Mail.select(Mail.id).where(_free(now)).order_by(Mail.next_attempt_at, Mail.id).limit(limit)
    return [mail_id for (mail_id,) in rows.tuples()]


def _free(now: datetime) -> Any:
    unclaimed = Mail.claimed_until.is_null() | (Mail.claimed_until < database_now())
    return Mail.sent_at.is_null() & (Mail.next_attempt_at <= now) & unclaimed


@operation
def claim(mail_id: int, owner: str, now: datetime, lease_seconds: int) -> Mail | None:
    """Claim a due mail for so many seconds; None when it is not due or somebody else was faster."""
    claimed = (
        Mail.update(claimed_by=owner, claimed_until=database_now(lease_seconds), attempts=Mail.attempts + 1)
        .where(Mail.id == mail_id, _free(now))
        .execute()
    )
    return Mail.get_by_id(mail_id) if claimed == 1 else None


@operation
def sent(mail: Mail, subject: str, now: datetime) -> None:
    """Note that the mail was taken."""
    _end(mail, sent_at=now, subject=subject, error=None)


@operation
def leave_out(mail: Mail) -> None:
    """Note that there was nothing to say."""
    _end(mail, next_attempt_at=NEVER, error=None)


@operation
def fail(mail: Mail, reason: str) -> None:
    """Note that the mail will not be taken, and why."""
    _end(mail, next_attempt_at=NEVER, error=reason[:LONGEST_ERROR])


@operation
def postpone(mail: Mail, reason: str, now: datetime) -> None:
    """Note why an attempt failed and when the next is; after the last attempt the mail has failed."""
    if mail.attempts >= MAX_ATTEMPTS:
        _end(mail, next_attempt_at=NEVER, error=reason[:LONGEST_ERROR])
    else:
        later = now + timedelta(minutes=PAUSES[mail.attempts - 1])
        _end(mail, next_attempt_at=later, error=reason[:LONGEST_ERROR])


def _end(mail: Mail, **values: Any) -> None:
    """Give the claim back with what came of it, if it is still held."""
    held = (Mail.id == mail.id) & (Mail.claimed_by == mail.claimed_by) & (Mail.attempts == mail.attempts)
    changed = Mail.update(claimed_by=None, claimed_until=None, **values).where(held, Mail.sent_at.is_null()).execute()
    if changed != 1:
        logger.warning("mail %s was taken over by another process while it was being sent", mail.public_id)


@operation
def try_again(now: datetime) -> int:
    """Let failed mails be tried again from the beginning, and say how many."""
    again = Mail.update(next_attempt_at=now, attempts=0)
    return int(again.where(_failed()).execute())


def _failed() -> Any:
    return Mail.sent_at.is_null() & (Mail.next_attempt_at >= NEVER) & Mail.error.is_null(False)


def state_of(mail: Mail) -> State:
    """Tell what became of a mail so far."""
    if mail.sent_at is not None:
        return "sent"
    if mail.next_attempt_at < NEVER:
        return "waiting"
    return "skipped" if mail.error is None else "failed"


def state_column() -> Any:
    """Make the SQL expression of :func:`state_of`, named "state"."""
    states = (
        (Mail.sent_at.is_null(False), "sent"),
        (Mail.next_attempt_at < NEVER, "waiting"),
        (Mail.error.is_null(), "skipped"),
    )
    return peewee.Case(None, states, "failed").alias("state")


def counts() -> dict[tuple[str, str], int]:
    """How many mails of each kind are in each state."""
    query: Any = Mail.select(Mail.kind, state_column(), peewee.fn.COUNT(Mail.id))
    return {(kind, state): number for kind, state, number in query.group_by(Mail.kind, peewee.SQL("state")).tuples()}
