"""Sending what is due: claim a mail, put it together as things stand now, hand it over, mark it.

A process may be killed at any of these steps:

* before the mail is handed over: the claim ends, another process sends it; sent once;
* after it is handed over and before it is marked: the row still says "not sent", and another process sends it again. In the
  folder the second file takes the place of the first: one mail. A mail server may get a second copy, with the same
  Message-ID, by which many servers and mail programs drop it.

The other way round, marking first and handing over then, a kill in between would lose the mail and nobody would know. A
warning that comes twice costs a glance; one that never comes costs a deadline. So the mark comes last, and that moment, a
few milliseconds long, is the only one in which a person can get a mail twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

from enforcement.config import Settings
from enforcement.db import connected
from enforcement.mail import outbox
from enforcement.mail.composing import digest_for
from enforcement.mail.delivery import Later
from enforcement.mail.delivery import Never
from enforcement.mail.delivery import Transport
from enforcement.mail.delivery import transport
from enforcement.mail.digest import ROLES
from enforcement.mail.digest import Digest
from enforcement.mail.message import BadAddress
from enforcement.mail.message import build
from enforcement.mail.queries import Standings
from enforcement.models import Agency
from enforcement.models import Mail
from enforcement.models import User
from enforcement.sweeps.ledger import owner
from enforcement.times import day_at

logger = logging.getLogger(__name__)

#: Seconds a claim lasts: longer than composing a district's summary and a slow server together.
LEASE = 600


def send_due(
    settings: Settings,
    now: datetime,
    *,
    by: Transport | None = None,
    stopping: Callable[[], bool] = lambda: False,
    lease_seconds: int = LEASE,
) -> int:
    """Send the mails that are due, each claimed by itself, and say how many were taken."""
    claimant = owner()
    taken = 0
    with connected():
        waiting = outbox.due(now)
        if not waiting:
            return 0
        standings = Standings(day_at(now))
        with by or transport(settings) as way:
            for mail_id in waiting:
                if stopping():
                    break
                mail = outbox.claim(mail_id, claimant, now, lease_seconds)
                if mail is not None:
                    taken += _send(mail, way, settings, now, standings)
    return taken


def _send(mail: Mail, way: Transport, settings: Settings, now: datetime, standings: Standings) -> bool:
    """Send a claimed mail and note what came of it; gives whether it was taken."""
    if mail.attempts > outbox.MAX_ATTEMPTS:
        outbox.fail(mail, "given up: the process ended during each attempt")
        return False
    digest = _digest(mail, settings, now, standings)
    if digest is None:
        outbox.leave_out(mail)
        return False
    try:
        way.send(_message(mail, digest, settings, now), mail.public_id)
    except Later as error:
        logger.warning("mail %s to be tried again: %s", mail.public_id, error)
        outbox.postpone(mail, str(error), now)
        return False
    except (Never, BadAddress) as error:
        logger.error("mail %s failed: %s", mail.public_id, error)
        outbox.fail(mail, str(error))
        return False
    outbox.sent(mail, digest.subject, now)
    return True


def _digest(mail: Mail, settings: Settings, now: datetime, standings: Standings) -> Digest | None:
    """What the mail says now; None when there is nothing to say, or the person is not to be told any more."""
    user: User = User.select(User, Agency).join(Agency).where(User.id == mail.user_id).get()
    if not user.active or user.role not in ROLES.get(mail.kind, ()):
        return None
    digest = digest_for(user, mail.kind, day_at(now), settings.soon_days, language=mail.language, standings=standings)
    return None if digest.silent else digest


def _message(mail: Mail, digest: Digest, settings: Settings, now: datetime) -> EmailMessage:
    return build(
        digest,
        to=mail.to_address,
        mail_from=settings.mail_from,
        message_id=mail.message_id,
        base_url=settings.base_url,
        now=now,
    )
