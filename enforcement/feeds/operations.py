"""Opening and revoking the private address of a calendar.

A telephone's calendar cannot sign in. It reads an address that holds 256 random bits; whoever has lost the telephone revokes
the address, and from then on it leads nowhere::

    feed, secret = open_feed(actor, "手机", "own", now)      # the secret is shown this once
    revoke_feed(actor, feed.public_id, now)
"""

from __future__ import annotations

import secrets
from datetime import datetime

from enforcement.audit import operations as audit
from enforcement.db import operation
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.errors import NotFound
from enforcement.feeds.queries import secret_hash
from enforcement.models import Feed
from enforcement.models import User
from enforcement.models.feed import SCOPES

#: Addresses that one person may have at a time.
MOST = 5
LONGEST_NAME = 60


@operation
def open_feed(actor: User, name: str, scope: str, now: datetime) -> tuple[Feed, str]:
    """Open an address for the actor's own calendar and give it with its secret, which is kept nowhere.

    Raises Invalid, or Conflict when the actor has the most addresses allowed.
    """
    _check(name, scope)
    if Feed.select().where(Feed.user == actor, Feed.revoked_at.is_null()).count() >= MOST:
        raise Conflict(f"最多 {MOST} 个日历地址，请先撤销不用的", f"{MOST} addresses at most; revoke one first")
    secret = secrets.token_urlsafe(32)
    feed = Feed.create(user=actor, name=name.strip(), scope=scope, hash=secret_hash(secret), created_at=now)
    audit.record(
        actor, "feed.open", "feed", feed.public_id, {"name": (None, feed.name), "scope": (None, feed.scope)}, now
    )
    return feed, secret


def _check(name: str, scope: str) -> None:
    errors: dict[str, list[str]] = {}
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        errors["name"] = [
            f"请填写用途，至多 {LONGEST_NAME} 字 / say where it is used, {LONGEST_NAME} characters at most"
        ]
    if scope not in SCOPES:
        errors["scope"] = ["请选择范围 / choose what it shows"]
    if errors:
        raise Invalid(errors)


@operation
def revoke_feed(actor: User, public_id: str, now: datetime) -> Feed:
    """End one of the actor's own addresses for good; a second time changes nothing. Raises NotFound."""
    feed: Feed | None = Feed.get_or_none(Feed.public_id == public_id, Feed.user == actor)
    if feed is None:
        raise NotFound("没有这个日历地址", "No such calendar address")
    ended = Feed.update(revoked_at=now).where(Feed.id == feed.id, Feed.revoked_at.is_null()).execute()
    if ended:
        audit.record(actor, "feed.revoke", "feed", feed.public_id, {"revoked_at": (None, now)}, now)
    return feed
