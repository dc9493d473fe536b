"""What a person may choose from when filing or looking for a case: their agencies and the officers who may handle it."""

from __future__ import annotations

from enforcement.accounts.queries import visible_agencies
from enforcement.models import Agency
from enforcement.models import Officer
from enforcement.models import User


def agencies_of(actor: User) -> list[Agency]:
    """The actor's agency and those below it, each after the one above."""
    return list(Agency.select().where(visible_agencies(actor)).order_by(Agency.path))


def officers_of(actor: User) -> list[Officer]:
    """The registered officers of those agencies who have not left, by certificate number."""
    query = Officer.select(Officer, Agency).join(Agency).where(visible_agencies(actor), Officer.active)
    return list(query.order_by(Officer.number))
