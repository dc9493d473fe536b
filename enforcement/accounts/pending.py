"""Between the password and the code: a sign-in that waits at one browser for five minutes.

Somebody who has a second factor and has shown the password is not signed in yet. What their browser holds meanwhile opens no
page; it only says whose code is to be asked for::

    pending, token = open_pending(user, now)      # after the right password
    pending_of(token, now)                        # the same; None after five minutes, or once it was used
"""

from __future__ import annotations

import secrets
from datetime import datetime
from datetime import timedelta
from typing import Any

from enforcement.accounts.secrets import token_hash
from enforcement.db import operation
from enforcement.models import PendingSignIn
from enforcement.models import SecondFactor
from enforcement.models import User

#: How long a code is waited for.
WAIT = timedelta(minutes=5)


def has_second_factor(user: User) -> bool:
    """Tell whether a person signs in with a code too; one that was never confirmed does not count."""
    confirmed = SecondFactor.confirmed_at.is_null(False)
    return bool(SecondFactor.select().where(SecondFactor.user == user, confirmed).exists())


@operation
def open_pending(user: User, now: datetime) -> tuple[PendingSignIn, str]:
    """Open a sign-in that waits for a code, and give it with its token, which is kept nowhere."""
    PendingSignIn.delete().where(PendingSignIn.expires_at <= now).execute()
    token = secrets.token_urlsafe(32)
    pending = PendingSignIn.create(user=user, hash=token_hash(token), created_at=now, expires_at=now + WAIT)
    return pending, token


def pending_of(token: str, now: datetime) -> PendingSignIn | None:
    """Give the waiting sign-in of a token with its user; None when it is over or the account closed."""
    query: Any = PendingSignIn.select(PendingSignIn, User).join(User)
    found: PendingSignIn | None = query.where(
        PendingSignIn.hash == token_hash(token), PendingSignIn.expires_at > now, User.active
    ).first()
    return found


@operation
def drop_pending(user: User) -> None:
    """End every waiting sign-in of a person; for when the password or the second factor changes."""
    PendingSignIn.delete().where(PendingSignIn.user == user).execute()
