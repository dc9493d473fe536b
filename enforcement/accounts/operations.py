"""Changing agencies, officers, users and tokens: each one transaction with its audit entry.

    tianjin = create_agency("cli", now, code="TJ", name_zh="天津市", level="city")
    street = create_agency("cli", now, code="SHC", name_zh="某街道办事处", parent=tianjin)
    li = create_user("cli", now, login="li", name="李某", role="officer", agency=street, password="…")
    token, secret = issue_token(li, now, user=li, name="import")        # the secret is shown this once

The actor is a user or, for the command line and jobs, a name. A user must be an admin who sees the agency concerned;
passwords and tokens are also one's own. Faults are told all at once, as Invalid. A password or a secret never reaches
the audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any
from typing import TypeVar

import peewee

from enforcement.accounts import checks
from enforcement.accounts.pending import drop_pending
from enforcement.accounts.queries import may_see
from enforcement.accounts.secrets import SHOWN
from enforcement.accounts.secrets import new_secret
from enforcement.accounts.secrets import password_hash
from enforcement.accounts.secrets import token_hash
from enforcement.audit.operations import Actor
from enforcement.audit.operations import record
from enforcement.db import operation
from enforcement.errors import Conflict
from enforcement.errors import Forbidden
from enforcement.models import Agency
from enforcement.models import Officer
from enforcement.models import Session
from enforcement.models import Token
from enforcement.models import User

Row = TypeVar("Row", Agency, Officer, User, Token)
Account = TypeVar("Account", Officer, User)

#: What may be changed later; codes, logins and paths stay.
OFFICER_FACTS = frozenset(
    {
        "agency",
        "number",
        "name",
        "valid_from",
        "valid_until",
        "auxiliary",
        "legal_qualification",
        "first_reviewed_on",
        "active",
    }
)
USER_FACTS = frozenset({"name", "email", "role", "agency", "officer", "language", "active"})


@operation
def create_agency(
    actor: Actor,
    now: datetime,
    *,
    code: str,
    name_zh: str,
    name_en: str = "",
    level: str = "subdistrict",
    parent: Agency | None = None,
) -> Agency:
    """Enter an agency below another, or at the top; raises Invalid, or Forbidden for what the actor does not govern."""
    _refuse_unless_governed(actor, parent)
    faults = checks.Faults()
    checks.check_agency(faults, code, name_zh, level)
    faults.unless(not Agency.select().where(Agency.code == code).exists(), "code", *checks.TAKEN)
    faults.refuse()
    path = f"{parent.path if parent else '/'}{code}/"
    values = {"code": code, "name_zh": name_zh, "name_en": name_en, "level": level, "parent": parent}
    agency = _create(Agency, **values, path=path, created_at=now)
    record(actor, "agency.create", "agency", code, _created(values), now)
    return agency


@operation
def create_officer(
    actor: Actor,
    now: datetime,
    *,
    agency: Agency,
    number: str,
    name: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    auxiliary: bool = False,
    legal_qualification: bool = False,
    first_reviewed_on: date | None = None,
) -> Officer:
    """Enter an officer in the register by certificate; raises Invalid or Forbidden."""
    _refuse_unless_governed(actor, agency)
    values = {
        "agency": agency,
        "number": number,
        "name": name,
        "valid_from": valid_from,
        "valid_until": valid_until,
        "auxiliary": auxiliary,
        "legal_qualification": legal_qualification,
        "first_reviewed_on": first_reviewed_on,
    }
    _check_officer(values, None)
    officer = _create(Officer, **values)
    record(actor, "officer.create", "officer", officer.public_id, _created(values), now)
    return officer


@operation
def update_officer(actor: Actor, officer: Officer, changes: Mapping[str, Any], now: datetime) -> Officer:
    """Change what is known of an officer (:data:`OFFICER_FACTS`) and give the officer as it is now.

    Raises Invalid, Forbidden, and KeyError for what cannot be changed.
    """
    _refuse_unless_governed(actor, officer.agency, changes.get("agency"))
    fresh: Officer = Officer.get_by_id(officer.id)
    different = _different(fresh, changes, OFFICER_FACTS)
    _check_officer(changes, fresh)
    return _change(actor, fresh, "officer", different, now)


@operation
def create_user(
    actor: Actor,
    now: datetime,
    *,
    login: str,
    name: str,
    role: str,
    agency: Agency,
    officer: Officer | None = None,
    email: str = "",
    language: str = "zh",
    password: str | None = None,
) -> User:
    """Open an account, without a password for programs only; raises Invalid or Forbidden."""
    _refuse_unless_governed(actor, agency)
    values: dict[str, Any] = {
        "login": login.strip().lower(),
        "name": name,
        "role": role,
        "agency": agency,
        "officer": officer,
        "email": email,
        "language": language,
    }
    faults = checks.Faults()
    checks.check_user(faults, values)
    faults.unless(not User.select().where(User.login == values["login"]).exists(), "login", *checks.TAKEN)
    if password is not None:
        checks.check_password(faults, password, values["login"])
    faults.refuse()
    hashed = None if password is None else password_hash(password)
    user = _create(User, **values, password_hash=hashed, created_at=now)
    record(actor, "user.create", "user", user.public_id, _created(values), now)
    return user


@operation
def update_user(actor: Actor, user: User, changes: Mapping[str, Any], now: datetime) -> User:
    """Change an account (:data:`USER_FACTS`), or close it with active=False; gives the user as it is now.

    Raises Invalid, Forbidden, and KeyError for what cannot be changed.
    """
    _refuse_unless_governed(actor, user.agency, changes.get("agency"))
    fresh: User = User.get_by_id(user.id)
    different = _different(fresh, changes, USER_FACTS)
    faults = checks.Faults()
    checks.check_user(faults, dict(changes))
    faults.refuse()
    return _change(actor, fresh, "user", different, now)


@operation
def set_password(actor: Actor, user: User, password: str, now: datetime) -> None:
    """Set one's own password, or that of somebody governed, whose sessions then end; raises Invalid or Forbidden."""
    _refuse_unless_own_or_governed(actor, user)
    faults = checks.Faults()
    checks.check_password(faults, password, user.login)
    faults.refuse()
    User.update(password_hash=password_hash(password)).where(User.id == user.id).execute()
    drop_pending(user)
    if not (isinstance(actor, User) and actor.id == user.id):
        Session.delete().where(Session.user == user).execute()
    record(actor, "user.password", "user", user.public_id, {}, now)


@operation
def issue_token(
    actor: Actor,
    now: datetime,
    *,
    user: User,
    name: str,
    scopes: str = "",
    expires_at: datetime | None = None,
) -> tuple[Token, str]:
    """Issue a token with a user's rights and give it with its secret, which is kept nowhere; raises Invalid or Forbidden."""
    _refuse_unless_own_or_governed(actor, user)
    faults = checks.Faults()
    faults.unless(bool(name.strip()), "name", *checks.EMPTY)
    faults.unless(expires_at is None or expires_at > now, "expires_at", "已过期", "already over")
    faults.refuse()
    secret = new_secret()
    shown = {"user": user, "name": name, "scopes": scopes, "expires_at": expires_at, "prefix": secret[:SHOWN]}
    token = _create(Token, **shown, hash=token_hash(secret), created_at=now)
    record(actor, "token.issue", "token", token.public_id, _created(shown), now)
    return token, secret


@operation
def revoke_token(actor: Actor, token: Token, now: datetime) -> None:
    """End a token for good; a second time changes nothing. Raises Forbidden."""
    _refuse_unless_own_or_governed(actor, token.user)
    ended = Token.update(revoked_at=now).where(Token.id == token.id, Token.revoked_at.is_null()).execute()
    if ended:
        record(actor, "token.revoke", "token", token.public_id, {"revoked_at": (None, now)}, now)


def _check_officer(values: Mapping[str, Any], officer: Officer | None) -> None:
    faults = checks.Faults()
    checks.check_officer(faults, dict(values))
    days = [values.get(day, getattr(officer, day, None)) for day in ("valid_from", "valid_until")]
    checks.check_validity(faults, days[0], days[1])
    same_number = Officer.select().where(Officer.number == values.get("number"))
    if officer is not None:
        same_number = same_number.where(Officer.id != officer.id)
    faults.unless(not same_number.exists(), "number", *checks.TAKEN)
    faults.refuse()


def _create(model: type[Row], **values: Any) -> Row:
    """Write a row; whoever was faster with the same code, number or login wins."""
    try:
        row: Row = model.create(**values)
    except peewee.IntegrityError as error:
        raise Conflict("刚刚被他人占用，请重试", "Just taken by somebody else; try again") from error
    return row


def _different(row: Officer | User, changes: Mapping[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    fixed = sorted(set(changes) - allowed)
    if fixed:
        raise KeyError(f"cannot be changed: {', '.join(fixed)}")
    return {name: value for name, value in changes.items() if getattr(row, name) != value}


def _change(actor: Actor, row: Account, kind: str, different: Mapping[str, Any], now: datetime) -> Account:
    if not different:
        return row
    before = {name: _shown(getattr(row, name)) for name in different}
    for name, value in different.items():
        setattr(row, name, value)
    try:
        row.save()
    except peewee.IntegrityError as error:
        raise Conflict("刚刚被他人占用，请重试", "Just taken by somebody else; try again") from error
    changes = {name: (before[name], _shown(value)) for name, value in different.items()}
    record(actor, f"{kind}.update", kind, row.public_id, changes, now)
    return row


def _created(values: Mapping[str, Any]) -> dict[str, tuple[None, Any]]:
    """What a new row was made with, leaving out what is empty."""
    return {name: (None, _shown(value)) for name, value in values.items() if value not in (None, "", False)}


def _shown(value: Any) -> Any:
    """A row is named in the audit as people know it."""
    if isinstance(value, Agency):
        return value.code
    return value.public_id if isinstance(value, (Officer, User)) else value


def _refuse_unless_governed(actor: Actor, *agencies: Agency | None) -> None:
    """Only an admin governs, and only the agencies it sees; the top belongs to the command line."""
    if not isinstance(actor, User):
        return
    named = agencies[:1] + tuple(agency for agency in agencies[1:] if agency is not None)
    if actor.role != "admin" or not all(agency is not None and may_see(actor, agency) for agency in named):
        raise Forbidden("只有该机关的管理员可以这样做", "Only an admin of that agency may do this")


def _refuse_unless_own_or_governed(actor: Actor, user: User) -> None:
    if not (isinstance(actor, User) and actor.id == user.id):
        _refuse_unless_governed(actor, user.agency)
