"""What an admin sees of the office: agencies, certificates, accounts and tokens, bounded by the admin's own agency.

A certificate that ends in six weeks is nobody's task until somebody sees it, so the register is asked by the state of the
certificate on a day::

    officers(admin, day, state="expiring").items      # those that end within 60 days, the earliest first
    certificate_state(officer, day)                   # "expiring"
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import Literal

import peewee

from enforcement.accounts.queries import agency_subtree
from enforcement.accounts.queries import visible_agencies
from enforcement.cases.queries import Page
from enforcement.errors import NotFound
from enforcement.models import Agency
from enforcement.models import Officer
from enforcement.models import Token
from enforcement.models import User

CertificateState = Literal["valid", "expiring", "expired", "future", "left"]

#: A certificate that ends within so many days is to be renewed.
SOON = timedelta(days=60)


def agencies(actor: User) -> list[Agency]:
    """The agencies the actor sees, each before those below it."""
    return list(Agency.select().where(visible_agencies(actor)).order_by(Agency.path))


def agency(actor: User, code: str) -> Agency:
    """Give an agency by its code; raises NotFound for one the actor does not see."""
    found: Agency | None = Agency.get_or_none(Agency.code == code, visible_agencies(actor))
    if found is None:
        raise NotFound("没有这个执法机关", "No such agency")
    return found


def officers(
    actor: User,
    day: date,
    *,
    q: str = "",
    state: CertificateState | None = None,
    below: Agency | None = None,
    page: int = 1,
    page_size: int = 50,
) -> Page:
    """Give a page of the register, the certificates that end first before the others; ``q`` is part of name or number."""
    query = Officer.select(Officer, Agency).join(Agency).where(visible_agencies(actor))
    if q.strip():
        query = query.where(Officer.name.contains(q.strip()) | Officer.number.contains(q.strip()))
    if below is not None:
        query = query.where(agency_subtree(below))
    if state is not None:
        query = query.where(_in_state(state, day))
    ordered = query.order_by(Officer.active.desc(), Officer.valid_until.asc(nulls="LAST"), Officer.number)
    return Page(list(ordered.paginate(page, page_size)), query.count(), page, page_size)


def certificates(actor: User, day: date) -> dict[CertificateState, int]:
    """How many certificates are in each state on a day; those without any are left out."""
    states: tuple[CertificateState, ...] = ("expired", "expiring", "valid", "future", "left")
    seen = Officer.select().join(Agency).where(visible_agencies(actor))
    counts = {state: seen.where(_in_state(state, day)).count() for state in states}
    return {state: count for state, count in counts.items() if count}


def certificate_state(officer: Officer, day: date) -> CertificateState:
    """State of an officer's certificate on a day; both its ends belong to it."""
    if not officer.active:
        return "left"
    if officer.valid_from is not None and officer.valid_from > day:
        return "future"
    if officer.valid_until is None or officer.valid_until > day + SOON:
        return "valid"
    return "expired" if officer.valid_until < day else "expiring"


def _in_state(state: CertificateState, day: date) -> Any:
    """The same as a condition."""
    begun = Officer.valid_from.is_null() | (Officer.valid_from <= day)
    begun_and_ends: Any = Officer.active & begun & Officer.valid_until.is_null(False)
    conditions: dict[CertificateState, Any] = {
        "left": ~Officer.active,
        "future": Officer.active & (Officer.valid_from > day),
        "expired": begun_and_ends & (Officer.valid_until < day),
        "expiring": begun_and_ends & Officer.valid_until.between(day, day + SOON),
        "valid": Officer.active & begun & (Officer.valid_until.is_null() | (Officer.valid_until > day + SOON)),
    }
    return conditions[state]


def officer(actor: User, public_id: str) -> Officer:
    """Give an officer of the register; raises NotFound for one the actor does not see."""
    query: Any = Officer.select(Officer, Agency).join(Agency)
    found: Officer | None = query.where(visible_agencies(actor), Officer.public_id == public_id).first()
    if found is None:
        raise NotFound("没有这名执法人员", "No such officer")
    return found


def officers_of(actor: User) -> list[Officer]:
    """The officers whom the actor may choose from, by name; those who left are not among them."""
    query = Officer.select(Officer, Agency).join(Agency).where(visible_agencies(actor), Officer.active)
    return list(query.order_by(Officer.name, Officer.number))


def users(
    actor: User,
    *,
    q: str = "",
    role: str | None = None,
    active: bool | None = None,
    below: Agency | None = None,
    page: int = 1,
    page_size: int = 50,
) -> Page:
    """Give a page of the accounts, by sign-in name; ``q`` is part of sign-in name or name."""
    query = _users(actor)
    if q.strip():
        query = query.where(User.name.contains(q.strip()) | User.login.contains(q.strip()))
    if role is not None:
        query = query.where(User.role == role)
    if active is not None:
        query = query.where(User.active == active)
    if below is not None:
        query = query.where(agency_subtree(below))
    return Page(list(query.order_by(User.login).paginate(page, page_size)), query.count(), page, page_size)


def user(actor: User, public_id: str) -> User:
    """Give an account; raises NotFound for one the actor does not see."""
    found: User | None = _users(actor).where(User.public_id == public_id).first()
    if found is None:
        raise NotFound("没有这个账户", "No such account")
    return found


def _users(actor: User) -> Any:
    return (
        User.select(User, Agency, Officer)
        .join(Agency, on=(User.agency == Agency.id))
        .switch(User)
        .left_outer_join(Officer, on=(User.officer == Officer.id))
        .where(visible_agencies(actor))
    )


def tokens(actor: User, now: datetime, *, usable: bool | None = None, page: int = 1, page_size: int = 50) -> Page:
    """Give a page of the tokens of the accounts the actor sees, the newest first."""
    query: Any = (
        Token.select(Token, User, Agency)
        .join(User)
        .join(Agency, on=(User.agency == Agency.id))
        .where(visible_agencies(actor))
    )
    if usable is not None:
        works = Token.revoked_at.is_null() & (Token.expires_at.is_null() | (Token.expires_at > now)) & User.active
        query = query.where(works if usable else ~works)
    return Page(list(query.order_by(Token.id.desc()).paginate(page, page_size)), query.count(), page, page_size)


def token(actor: User, public_id: str) -> Token:
    """Give a token; raises NotFound for one the actor does not see."""
    query: Any = Token.select(Token, User, Agency).join(User).join(Agency, on=(User.agency == Agency.id))
    found: Token | None = query.where(visible_agencies(actor), Token.public_id == public_id).first()
    if found is None:
        raise NotFound("没有这个令牌", "No such token")
    return found


def people_in(actor: User) -> dict[int, tuple[int, int]]:
    """Active officers and accounts of each agency the actor sees, by the agency's row id."""
    counts: dict[int, tuple[int, int]] = {}
    for agency_id, number in _counted(Officer, actor):
        counts[agency_id] = (number, 0)
    for agency_id, number in _counted(User, actor):
        counts[agency_id] = (counts.get(agency_id, (0, 0))[0], number)
    return counts


def _counted(model: type[Officer] | type[User], actor: User) -> Any:
    query: Any = model.select(model.agency, peewee.fn.COUNT(model.id)).join(Agency, on=(model.agency == Agency.id))
    return query.where(visible_agencies(actor), model.active).group_by(model.agency).tuples()
