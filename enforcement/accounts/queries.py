"""Who somebody is, and what they may see: their agency and those below it.

user = authenticate_token("enf_…", now)                                   # None: unknown, revoked or expired
Case.select(Case, Agency).join(Agency).where(visible_agencies(user))      # the bound of every list
"""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta
from typing import Any

import peewee

from enforcement.accounts.secrets import is_secret
from enforcement.accounts.secrets import password_matches
from enforcement.accounts.secrets import token_hash
from enforcement.db import operation
from enforcement.models import Agency
from enforcement.models import Token
from enforcement.models import User

#: How exactly a token's last use is kept; a write a request would be too many.
LAST_USED_EVERY = timedelta(minutes=1)


def authenticate_token(secret: str, now: datetime) -> User | None:
    """Give the user of a token, with agency and officer; None when it is unknown, revoked or expired, or the user closed."""
    token = token_of(secret, now)
    return None if token is None else token.user


def token_of(secret: str, now: datetime) -> Token | None:
    """Give a usable token with its user, agency and officer, and note its use; None when it is not usable."""
    if not is_secret(secret):
        return None
    token = _with_user(Token.select(Token, *_USER).join(User)).where(Token.hash == token_hash(secret)).first()
    if token is None or not _usable(token, now):
        return None
    if token.last_used_at is None or now - token.last_used_at >= LAST_USED_EVERY:
        _note_use(token, now)
    found: Token = token
    return found


def authenticate_password(login: str, password: str) -> User | None:
    """Give the user of a login and password; None when they do not match or the account is closed."""
    user = _with_user(User.select(*_USER)).where(User.login == login.strip().lower()).first()
    matches = password_matches(password, None if user is None else user.password_hash)
    found: User | None = user if matches and user is not None and user.active else None
    return found


def agency_subtree(agency: Agency) -> peewee.Expression:
    """Make the condition, on a query that has Agency in it, that an agency is this one or below it."""
    begins: Any = peewee.fn.SUBSTR(Agency.path, 1, len(agency.path))
    return peewee.Expression(begins, peewee.OP.EQ, agency.path)


def visible_agencies(user: User) -> peewee.Expression:
    """Make the condition, on a query that has Agency in it, that the user may see the agency's things."""
    return agency_subtree(user.agency)


def may_see(user: User, agency: Agency) -> bool:
    """Tell whether an agency is the user's own or below it."""
    return agency.path.startswith(user.agency.path)


_USER = (User, Agency)


def _with_user(query: Any) -> Any:
    return query.join(Agency, on=(User.agency == Agency.id))


def _usable(token: Token, now: datetime) -> bool:
    expired = token.expires_at is not None and token.expires_at <= now
    return token.revoked_at is None and not expired and token.user.active


@operation
def _note_use(token: Token, now: datetime) -> None:
    """Not audited: it says nothing about what was done. The guard lets one of many requests write."""
    stale = Token.last_used_at.is_null() | (Token.last_used_at <= now - LAST_USED_EVERY)
    Token.update(last_used_at=now).where(Token.id == token.id, stale).execute()
