"""Entering the mails of a slot into the outbox, and letting failed ones be tried again."""

from __future__ import annotations

from datetime import date
from datetime import datetime

from enforcement.audit import operations as audit
from enforcement.db import operation
from enforcement.mail import outbox
from enforcement.mail.queries import recipients
from enforcement.models import User


@operation
def enter(kind: str, day: date, mail_from: str, now: datetime) -> int:
    """Enter a digest or summary of a day for everybody who gets one, and say for how many.

    Nobody gets two of a kind for one day, however often this is called and whatever the schedule.
    """
    return outbox.enter(recipients(kind), kind, day.isoformat(), mail_from, now)


@operation
def try_again(actor: User | str, now: datetime) -> int:
    """Let failed mails be tried again from the beginning, and say how many."""
    again = outbox.try_again(now)
    if again:
        audit.record(actor, "mail.retry", "mail", "failed", {"mails": (None, again)}, now)
    return again
