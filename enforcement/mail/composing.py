"""A person's digest as things stand: read, then put together. What is previewed and what is sent both come from here."""

from __future__ import annotations

from datetime import date

from enforcement.mail.digest import DIGEST
from enforcement.mail.digest import ROLES
from enforcement.mail.digest import SUMMARY
from enforcement.mail.digest import Digest
from enforcement.mail.digest import Person
from enforcement.mail.digest import compose
from enforcement.mail.queries import Standings
from enforcement.mail.queries import gather
from enforcement.models import User


def digest_for(
    user: User, kind: str, day: date, soon_days: int, *, language: str | None = None, standings: Standings | None = None
) -> Digest:
    """Put together what a person is told on a day, in the person's language or another one."""
    person = Person(user.login, user.name, user.role, language or user.language)
    return compose(person, gather(user, kind, day, soon_days, standings), day, soon_days)


def kind_for(role: str) -> str | None:
    """The kind of mail a role gets; None for those that get none."""
    return next((kind for kind in (DIGEST, SUMMARY) if role in ROLES[kind]), None)
