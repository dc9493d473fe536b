"""Whose calendar an address is, and what it shows."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from typing import Any

from enforcement.db import operation
from enforcement.models import Agency
from enforcement.models import Feed
from enforcement.models import User

#: How exactly the last reading is kept; calendars read every few minutes.
READ_EVERY = timedelta(hours=1)


def secret_hash(secret: str) -> str:
    """The hash by which a feed is found."""
    return sha256(secret.encode()).hexdigest()


def feeds_of(user: User) -> list[Feed]:
    """The person's addresses that work, oldest first."""
    return list(Feed.select().where(Feed.user == user, Feed.revoked_at.is_null()).order_by(Feed.id))


def feed_of(secret: str, now: datetime) -> Feed | None:
    """Give the feed of a secret with its user and agency, and note the reading.

    None when it is unknown or revoked, or the account closed.
    """
    found: Any = (
        Feed.select(Feed, User, Agency)
        .join(User)
        .join(Agency, on=(User.agency == Agency.id))
        .where(Feed.hash == secret_hash(secret), Feed.revoked_at.is_null(), User.active)
        .first()
    )
    if found is not None and (found.read_at is None or now - found.read_at >= READ_EVERY):
        _note(found, now)
    feed: Feed | None = found
    return feed


@operation
def _note(feed: Feed, now: datetime) -> None:
    """The guard lets one of many requests write."""
    stale = Feed.read_at.is_null() | (Feed.read_at <= now - READ_EVERY)
    Feed.update(read_at=now).where(Feed.id == feed.id, stale).execute()
