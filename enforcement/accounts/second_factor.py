"""The second factor of signing in: turning it on and off, showing a code, and resetting that of somebody who lost theirs.

A password that was read over a shoulder must not be enough (OWASP ASVS 5.0, V6.3.3)::

    begin(session, "the password", "10.1.2.3", now)        # a fresh secret waits for its first code
    codes = confirm(session, "287082", now)                # on; ten recovery codes, shown this once
    finish_sign_in(token, "359152", origin, now)           # after the password: a session, or WrongCode

Wrong, old and used codes are refused with the same words, and each is counted as a wrong password is. The audit says that the
second factor changed, never to what.
"""

from __future__ import annotations

import logging
from datetime import datetime
from datetime import timedelta

from enforcement.accounts import codes
from enforcement.accounts import own
from enforcement.accounts import sessions
from enforcement.accounts.pending import drop_pending
from enforcement.accounts.pending import has_second_factor
from enforcement.accounts.pending import pending_of
from enforcement.accounts.queries import may_see
from enforcement.accounts.secrets import token_hash
from enforcement.audit.operations import Actor
from enforcement.audit.operations import record
from enforcement.db import operation
from enforcement.errors import Conflict
from enforcement.errors import Forbidden
from enforcement.errors import Invalid
from enforcement.errors import Refused
from enforcement.models import PendingSignIn
from enforcement.models import RecoveryCode
from enforcement.models import SecondFactor
from enforcement.models import Session
from enforcement.models import User

logger = logging.getLogger(__name__)

#: How many recovery codes are given, and how long a fresh secret waits for its first code.
RECOVERY_CODES = 10
UNCONFIRMED = timedelta(hours=1)

WRONG = ("验证码不正确或已失效", "The code is wrong or no longer valid")


class WrongCode(Refused):
    """Not a code that counts now; whether it is wrong, old or used is not said."""

    def __init__(self) -> None:
        super().__init__(*WRONG)


class SignInOver(Refused):
    """No sign-in waits at this browser for a code, or it waited too long."""

    def __init__(self) -> None:
        super().__init__("登录已超时，请重新输入密码", "Signing in took too long; enter the password again")


def factor_of(user: User, now: datetime) -> SecondFactor | None:
    """Give a person's second factor: the one that is on, or the one that still waits for its first code."""
    fresh = SecondFactor.confirmed_at.is_null(False) | (SecondFactor.created_at > now - UNCONFIRMED)
    found: SecondFactor | None = SecondFactor.select().where(SecondFactor.user == user, fresh).first()
    return found


def recovery_codes_left(factor: SecondFactor) -> int:
    """Say how many recovery codes have not been used."""
    return int(RecoveryCode.select().where(RecoveryCode.factor == factor).count())


def begin(session: Session, password: str, address: str, now: datetime) -> None:
    """Make a fresh secret that waits for its first code; one that waited before is worth nothing any more.

    Raises Invalid for a wrong password, Conflict when the second factor is on, TooManyAttempts.
    """
    _begin(own.show_password(session, password, address, now), now)


@operation
def _begin(user: User, now: datetime) -> None:
    if has_second_factor(user):
        raise Conflict("两步验证已启用", "The second factor is already on")
    _forget(user)
    SecondFactor.create(user=user, secret=codes.new_shared_secret(), created_at=now)


@operation
def confirm(session: Session, code: str, now: datetime) -> list[str]:
    """Turn the second factor on by its first code, end the person's other sessions, and give the recovery codes.

    Raises Invalid for a wrong code, Conflict when no secret waits for one.
    """
    user: User = User.get_by_id(session.user_id)
    factor = factor_of(user, now)
    if factor is None or factor.confirmed_at is not None:
        raise Conflict("没有待确认的密钥，请重新开始", "No secret waits for a code; begin again")
    step = codes.matching_step(factor.secret, code, after=factor.last_step, now=now)
    if step is None:
        raise Invalid({"code": [" / ".join(WRONG)]})
    SecondFactor.update(confirmed_at=now, last_step=step).where(SecondFactor.id == factor.id).execute()
    given = _give_recovery_codes(factor)
    sessions.end_others(session)
    drop_pending(user)
    record(user, "second_factor.on", "user", user.public_id, {"second_factor": (False, True)}, now)
    return given


def turn_off(session: Session, password: str, address: str, now: datetime) -> None:
    """Turn the second factor off and end the person's other sessions; off already, it changes nothing.

    Raises Invalid for a wrong password, TooManyAttempts.
    """
    _turn_off(session, own.show_password(session, password, address, now), now)


@operation
def _turn_off(session: Session, user: User, now: datetime) -> None:
    was_on = has_second_factor(user)
    _forget(user)
    if was_on:
        sessions.end_others(session)
        record(user, "second_factor.off", "user", user.public_id, {"second_factor": (True, False)}, now)


def renew_recovery_codes(session: Session, password: str, address: str, now: datetime) -> list[str]:
    """Make new recovery codes, after which the old ones are worth nothing.

    Raises Invalid for a wrong password, Conflict when the second factor is off, TooManyAttempts.
    """
    return _renew_recovery_codes(own.show_password(session, password, address, now), now)


@operation
def _renew_recovery_codes(user: User, now: datetime) -> list[str]:
    factor = factor_of(user, now)
    if factor is None or factor.confirmed_at is None:
        raise Conflict("两步验证未启用", "The second factor is off")
    RecoveryCode.delete().where(RecoveryCode.factor == factor).execute()
    given = _give_recovery_codes(factor)
    record(user, "second_factor.recovery_codes", "user", user.public_id, {}, now)
    return given


@operation
def reset(actor: Actor, user: User, now: datetime) -> bool:
    """Turn off the second factor of somebody who lost it, for an admin, and end their sessions; gives False when it was off.

    Raises Forbidden, also for one's own: that asks for the password.
    """
    if isinstance(actor, User) and not (actor.role == "admin" and may_see(actor, user.agency) and actor.id != user.id):
        raise Forbidden("只有该机关的其他管理员可以这样做", "Only another admin of that agency may do this")
    if not has_second_factor(user):
        return False
    _forget(user)
    sessions.end_all(actor, user, now)
    record(actor, "second_factor.reset", "user", user.public_id, {"second_factor": (True, False)}, now)
    return True


def finish_sign_in(token: str, code: str, origin: sessions.Origin, now: datetime) -> tuple[Session, str]:
    """Open the session of a sign-in that waits for a code, and give it with its token, which is kept nowhere.

    ``code`` is one of the authenticator or a recovery code. Raises SignInOver, WrongCode, or TooManyAttempts before the
    code is looked at.
    """
    pending = pending_of(token, now)
    if pending is None:
        raise SignInOver()
    user = pending.user
    sessions.count_attempt(user.login, origin.address, now)
    try:
        opened = _finish(pending, code, origin, now)
    except WrongCode:
        logger.warning("code refused", extra={"user": user.login, "remote": origin.address})
        raise
    sessions.uncount_attempt(user.login, origin.address)
    logger.info("signed in", extra={"user": user.login, "remote": origin.address})
    return opened


@operation
def _finish(pending: PendingSignIn, code: str, origin: sessions.Origin, now: datetime) -> tuple[Session, str]:
    """Use up the code and the waiting sign-in, or neither; of two that come at once with the same, one is refused."""
    user = pending.user
    factor = factor_of(user, now)
    if factor is None or factor.confirmed_at is None:
        raise SignInOver()
    left = recovery_codes_left(factor)
    by_recovery = not _use_code(factor, code, now)
    if by_recovery and not _use_recovery_code(factor, code):
        raise WrongCode()
    if not PendingSignIn.delete().where(PendingSignIn.id == pending.id).execute():
        raise SignInOver()
    opened = sessions.open_session(user, origin, now)
    if by_recovery:
        changes = {"recovery_codes": (left, left - 1)}
        record(user, "second_factor.recovery_code_used", "user", user.public_id, changes, now)
    return opened


def _use_code(factor: SecondFactor, code: str, now: datetime) -> bool:
    step = codes.matching_step(factor.secret, code, after=factor.last_step, now=now)
    if step is None:
        return False
    later = SecondFactor.update(last_step=step).where(SecondFactor.id == factor.id, SecondFactor.last_step < step)
    return bool(later.execute())


def _use_recovery_code(factor: SecondFactor, typed: str) -> bool:
    code = codes.recovery_code(typed)
    if code is None:
        return False
    used = RecoveryCode.delete().where(RecoveryCode.factor == factor, RecoveryCode.hash == token_hash(code))
    return bool(used.execute())


def _give_recovery_codes(factor: SecondFactor) -> list[str]:
    given = [codes.new_recovery_code() for _ in range(RECOVERY_CODES)]
    for code in given:
        RecoveryCode.create(factor=factor, hash=token_hash(code))
    return given


def _forget(user: User) -> None:
    """Delete the second factor, its recovery codes, and the sign-ins that wait for a code."""
    drop_pending(user)
    theirs = SecondFactor.select(SecondFactor.id).where(SecondFactor.user == user)
    RecoveryCode.delete().where(RecoveryCode.factor.in_(theirs)).execute()
    SecondFactor.delete().where(SecondFactor.user == user).execute()
