"""How the machinery is doing, for whoever looks after it: sweeps, mail, calendar, certificates, unset parameters.

``machinery(admin, now).calendar_ends`` is 2026-12-31: no day after it can be counted in working days until the next year's
decree has been entered.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple

from enforcement import lawbook
from enforcement.accounts.queries import visible_agencies
from enforcement.audit.queries import head
from enforcement.findings.queries import by_parameter
from enforcement.mail.outbox import NEVER
from enforcement.models import Agency
from enforcement.models import Mail
from enforcement.models import Officer
from enforcement.models import Session
from enforcement.models import SweepRun
from enforcement.models import User
from enforcement.sweeps import ledger
from enforcement.sweeps.sweeping import JOB
from enforcement.times import day_at
from rules.facts import Text

#: A certificate that ends within so many days is shown.
EXPIRING = timedelta(days=60)
#: A year's decree is looked for this long before the calendar ends.
DECREE_DUE = timedelta(days=45)
#: A daily sweep that is older than this has been missed.
SWEEP_MISSED = timedelta(hours=30)


class Unset(NamedTuple):
    """A parameter without a value, and how many cases wait on it."""

    name: str
    label: Text
    cases: int


class Machinery(NamedTuple):
    """The state of what runs by itself."""

    sweep: SweepRun | None
    sweep_missed: bool
    mails_waiting: int
    mails_failed: int
    calendar_ends: date
    calendar_short: bool
    certificates: list[Officer]
    unset: list[Unset]
    users: int
    sessions: int
    audit_entries: int


def machinery(actor: User, now: datetime) -> Machinery:
    """Read how everything is doing; people and certificates of the actor's agency and those below it."""
    day = day_at(now)
    sweep = ledger.last_finished(JOB)
    ends = lawbook.calendar().last
    unsent = Mail.sent_at.is_null()
    return Machinery(
        sweep=sweep,
        sweep_missed=sweep is None or sweep.finished_at is None or now - sweep.finished_at > SWEEP_MISSED,
        mails_waiting=Mail.select().where(unsent, Mail.next_attempt_at < NEVER).count(),
        mails_failed=Mail.select().where(unsent, Mail.next_attempt_at == NEVER, Mail.error.is_null(False)).count(),
        calendar_ends=ends,
        calendar_short=ends - day < DECREE_DUE,
        certificates=_expiring(actor, day),
        unset=_unset(actor),
        users=_of_agency(User, actor).where(User.active).count(),
        sessions=Session.select().where(Session.expires_at > now).count(),
        audit_entries=head()[0],
    )


def _of_agency(model: Any, actor: User) -> Any:
    return model.select().join(Agency, on=(model.agency == Agency.id)).where(visible_agencies(actor))


def _expiring(actor: User, day: date) -> list[Officer]:
    """Certificates of those still in office that have ended or soon will, the first to end first."""
    found = _of_agency(Officer, actor).where(Officer.active, Officer.valid_until <= day + EXPIRING)
    return list(found.order_by(Officer.valid_until, Officer.number))


def _unset(actor: User) -> list[Unset]:
    known = lawbook.law_for(actor.agency).profile.parameters
    return [
        Unset(name, Text(known[name].zh, known[name].en) if name in known else Text(name, name), cases)
        for name, cases in by_parameter(actor)
    ]
