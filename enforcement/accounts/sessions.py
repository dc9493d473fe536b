"""Signing in and staying so: sessions that can be listed and ended, and attempts that are counted.

A lost laptop must be shut out from another machine, at once. A signed cookie cannot be taken back, so the cookie holds only
256 random bits, and what they stand for is a row here::

    session, token = sign_in("li", "…", Origin("10.1.2.3", "Firefox"), now)   # raises WrongPassword, TooManyAttempts
    session_of(token, now)                     # None once ended, idle for two hours, or twelve hours old
    end_others(session)                        # everywhere else the person is a stranger now

Guessing is slowed by counting attempts before the password is looked at: ten for an account and fifty for an address in
fifteen minutes. An account that does not exist is counted, refused and timed as one that does.
"""

from __future__ import annotations

import logging
import secrets
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from typing import Any
from typing import NamedTuple

import peewee

from enforcement.accounts.pending import has_second_factor
from enforcement.accounts.pending import open_pending
from enforcement.accounts.queries import authenticate_password
from enforcement.accounts.queries import may_see
from enforcement.audit.operations import Actor
from enforcement.audit.operations import record
from enforcement.db import operation
from enforcement.errors import Forbidden
from enforcement.errors import Refused
from enforcement.models import Agency
from enforcement.models import Officer
from enforcement.models import PendingSignIn
from enforcement.models import Session
from enforcement.models import SignInCounter
from enforcement.models import User

logger = logging.getLogger(__name__)

#: A session ends so long after signing in, and so long after its last request.
LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=2)
#: How exactly the last request is kept; a write a request would be too many.
SEEN_EVERY = timedelta(minutes=1)
#: Attempts within a window, for an account and for an address; an office may share one address.
WINDOW = timedelta(minutes=15)
ACCOUNT_ATTEMPTS = 10
ADDRESS_ATTEMPTS = 50
#: Longest name of a browser that is kept.
LONGEST_AGENT = 300


class Origin(NamedTuple):
    """Where a request comes from."""

    address: str
    agent: str


class WrongPassword(Refused):
    """No open account has this name and password; which of the two is wrong is not said."""

    def __init__(self) -> None:
        super().__init__("登录名或密码不正确", "The sign-in name or the password is wrong")


class TooManyAttempts(Refused):
    """Too many attempts lately; ``seconds`` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        minutes = max(1, -(-seconds // 60))
        super().__init__(f"尝试次数过多，请 {minutes} 分钟后再试", f"Too many attempts; try again in {minutes} minutes")
        self.seconds = seconds


def sign_in(login: str, password: str, origin: Origin, now: datetime) -> tuple[Session | PendingSignIn, str]:
    """Open a session and give it with its token, which is kept nowhere.

    For somebody with a second factor it is a sign-in that waits for the code, and the attempts at the account stay counted:
    the password alone does not buy more guesses at the code.

    Raises WrongPassword, or TooManyAttempts before the password is looked at.
    """
    count_attempt(login, origin.address, now)
    user = authenticate_password(login, password)
    if user is None:
        logger.warning("sign-in refused", extra={"remote": origin.address})
        raise WrongPassword()
    if has_second_factor(user):
        _uncount_address(origin.address)
        return open_pending(user, now)
    uncount_attempt(login, origin.address)
    logger.info("signed in", extra={"user": user.login, "remote": origin.address})
    return open_session(user, origin, now)


@operation
def open_session(user: User, origin: Origin, now: datetime) -> tuple[Session, str]:
    """Open a session for somebody who has shown who they are, and give it with its token, which is kept nowhere."""
    forget_old(now)
    token = new_token()
    session = Session.create(
        user=user,
        hash=_hash(token),
        created_at=now,
        seen_at=now,
        expires_at=now + LONGEST,
        address=origin.address,
        agent=origin.agent.replace("\x00", "")[:LONGEST_AGENT],
    )
    return session, token


def session_of(token: str, now: datetime) -> Session | None:
    """Give the session of a token with its user, agency and officer, and note the request; None when it is over."""
    found: Any = (
        Session.select(Session, User, Agency, Officer)
        .join(User)
        .join(Agency, on=(User.agency == Agency.id))
        .switch(User)
        .left_outer_join(Officer, on=(User.officer == Officer.id))
        .where(Session.hash == _hash(token), _alive(now), User.active)
        .first()
    )
    if found is not None and now - found.seen_at >= SEEN_EVERY:
        _note(found, now)
    session: Session | None = found
    return session


def sessions_of(user: User, now: datetime) -> list[Session]:
    """The person's open sessions, the last used first."""
    query = Session.select().where(Session.user == user, _alive(now))
    return list(query.order_by(Session.seen_at.desc(), Session.id.desc()))


def count_attempt(login: str, address: str, now: datetime) -> None:
    """Count an attempt to show a password; raises TooManyAttempts past a limit.

    Called before the password is looked at, so that of a thousand attempts at once not all are let through.
    """
    wait = _count(_key("address", address), _key("account", _name(login)), now)
    if wait:
        logger.warning("attempts throttled", extra={"remote": address})
        raise TooManyAttempts(wait)


@operation
def uncount_attempt(login: str, address: str) -> None:
    """A right password clears the account, and was no attempt of its address."""
    SignInCounter.delete().where(SignInCounter.key == _key("account", _name(login))).execute()
    _uncount_address(address)


@operation
def _uncount_address(address: str) -> None:
    less = SignInCounter.update(attempts=SignInCounter.attempts - 1)
    less.where(SignInCounter.key == _key("address", address)).execute()


@operation
def end(session: Session) -> None:
    """End a session; a second time changes nothing."""
    if Session.delete().where(Session.id == session.id).execute():
        logger.info("session ended", extra={"session": session.public_id})


@operation
def end_one(user: User, public_id: str) -> bool:
    """End one of the person's own sessions by its public id; gives False when there is none."""
    return bool(Session.delete().where(Session.user == user, Session.public_id == public_id).execute())


@operation
def end_others(session: Session) -> int:
    """End every session of the person but this one, and say how many."""
    return int(Session.delete().where(Session.user == session.user, Session.id != session.id).execute())


@operation
def end_all(actor: Actor, user: User, now: datetime) -> int:
    """End every session of somebody, for an admin, and say how many; written to the audit. Raises Forbidden."""
    if isinstance(actor, User) and not (actor.role == "admin" and may_see(actor, user.agency)):
        raise Forbidden("只有该机关的管理员可以这样做", "Only an admin of that agency may do this")
    ended = int(Session.delete().where(Session.user == user).execute())
    if ended:
        record(actor, "session.end_all", "user", user.public_id, {"sessions": (ended, 0)}, now)
    return ended


@operation
def renew(session: Session) -> str:
    """Give a session a new token, which makes the old one worthless; for after a change of password."""
    token = new_token()
    Session.update(hash=_hash(token)).where(Session.id == session.id).execute()
    return token


@operation
def notify(session: Session, kind: str, text: str) -> None:
    """Leave a message for the next page."""
    held = Session.get_by_id(session.id).notices
    Session.update(notices=[*held, [kind, text]]).where(Session.id == session.id).execute()
    session.notices = [*held, [kind, text]]


@operation
def take_notices(session: Session) -> list[list[str]]:
    """Give the messages left for this page and forget them."""
    held = list(session.notices)
    if held:
        Session.update(notices=[]).where(Session.id == session.id).execute()
        session.notices = []
    return held


@operation
def forget_old(now: datetime) -> None:
    """Delete sessions that are over and counters whose window has passed."""
    Session.delete().where(~_alive(now)).execute()
    SignInCounter.delete().where(SignInCounter.since <= now - WINDOW).execute()


def new_token() -> str:
    """Make a token of 256 random bits, as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _key(kind: str, value: str) -> str:
    return _hash(f"{kind}:{value}")


def _alive(now: datetime) -> Any:
    return (Session.expires_at > now) & (Session.seen_at > now - IDLE)


@operation
def _note(session: Session, now: datetime) -> None:
    """The guard lets one of many requests write."""
    stale = Session.seen_at <= now - SEEN_EVERY
    Session.update(seen_at=now).where(Session.id == session.id, stale).execute()
    session.seen_at = now


@operation
def _count(address: str, account: str, now: datetime) -> int:
    """Count an attempt and give the seconds to wait, none while both limits hold.

    An address that is closed counts no accounts: it can neither close one nor fill the table with names.
    """
    return _count_one(address, ADDRESS_ATTEMPTS, now) or _count_one(account, ACCOUNT_ATTEMPTS, now)


def _count_one(key: str, limit: int, now: datetime) -> int:
    over = SignInCounter.since <= now - WINDOW
    counted: Any = SignInCounter.insert(key=key, attempts=1, since=now).on_conflict(
        conflict_target=[SignInCounter.key],
        update={
            SignInCounter.attempts: peewee.Case(None, ((over, 1),), SignInCounter.attempts + 1),
            SignInCounter.since: peewee.Case(None, ((over, peewee.EXCLUDED.since),), SignInCounter.since),
        },
    )
    counted.execute()
    row = SignInCounter.get(SignInCounter.key == key)
    if row.attempts <= limit:
        return 0
    remaining: timedelta = row.since + WINDOW - now
    return max(1, int(remaining.total_seconds()))


def _name(login: str) -> str:
    return login.strip().lower()
