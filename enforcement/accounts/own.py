"""What a person changes of their own account, without an admin: the password and the language.

change_password(session, "the old one", "a longer new one", "10.1.2.3", now)    # ends the person's other sessions
set_language(user, "en", now)
"""

from __future__ import annotations

from datetime import datetime

from enforcement.accounts import checks
from enforcement.accounts import sessions
from enforcement.accounts.operations import set_password
from enforcement.accounts.secrets import password_matches
from enforcement.audit.operations import record
from enforcement.db import operation
from enforcement.errors import Invalid
from enforcement.models import Session
from enforcement.models import User

NOT_THE_PASSWORD = ("当前密码不正确", "this is not the current password")
SAME_PASSWORD = ("新密码与当前密码相同", "the new password is the current one")


def change_password(session: Session, current: str, new: str, address: str, now: datetime) -> None:
    """Set one's own password, knowing the current one, and end one's other sessions.

    Raises Invalid, and TooManyAttempts: whoever finds an open session may not guess the password here.
    """
    user = show_password(session, current, address, now)
    if new == current:
        raise Invalid({"password": [" / ".join(SAME_PASSWORD)]})
    _set(session, user, new, now)


def show_password(session: Session, current: str, address: str, now: datetime) -> User:
    """Give the user of a session who knows the password; for what an open session alone may not do.

    Raises Invalid at the field "current", and TooManyAttempts.
    """
    user: User = User.get_by_id(session.user_id)
    sessions.count_attempt(user.login, address, now)
    faults = checks.Faults()
    faults.unless(password_matches(current, user.password_hash), "current", *NOT_THE_PASSWORD)
    faults.refuse()
    sessions.uncount_attempt(user.login, address)
    return user


@operation
def _set(session: Session, user: User, new: str, now: datetime) -> None:
    set_password(user, user, new, now)
    sessions.end_others(session)


@operation
def set_language(user: User, language: str, now: datetime) -> None:
    """Set the language of one's own pages and mails; raises Invalid."""
    faults = checks.Faults()
    checks.check_user(faults, {"language": language})
    faults.refuse()
    before = user.language
    if User.update(language=language).where(User.id == user.id, User.language != language).execute():
        record(user, "user.update", "user", user.public_id, {"language": (before, language)}, now)
