"""What the book holds for a person on a day: the material of a digest, bounded by what the person may see.

An officer is told of the cases under the own certificate and those the officer entered; an officer without a certificate, of
the agency's. Reviewers and supervisors are told of their agency and those below it. Nothing here is stored: a mail is put
together when it is sent, so it never tells yesterday's state::

    gather(user, "digest", date(2026, 3, 2), soon_days=7)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any

import peewee

from enforcement import lawbook
from enforcement.accounts.queries import visible_agencies
from enforcement.cases.queries import Page
from enforcement.findings.queries import is_flagged
from enforcement.mail.digest import LONGEST_LIST
from enforcement.mail.digest import ROLES
from enforcement.mail.digest import Item
from enforcement.mail.digest import Listed
from enforcement.mail.digest import Material
from enforcement.mail.digest import ReviewItem
from enforcement.mail.standing import Judged
from enforcement.mail.standing import Standing
from enforcement.mail.standing import judge
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import Mail
from enforcement.models import Review
from enforcement.models import User
from enforcement.times import day_at
from rules.calendar import add_years
from rules.facts import Text
from rules.law import Law

_ITEM = (Case.public_id, Case.number, Case.kind, Case.cause, Finding.rule, Finding.state, Finding.due)
_REVIEW = (Case.public_id, Case.number, Case.kind, Case.cause)


def recipients(kind: str) -> list[User]:
    """Everybody who gets a kind of mail: active, of one of its roles, and with an address."""
    people = User.select(User, Agency).join(Agency)
    return list(people.where(User.active, User.role.in_(ROLES[kind]), User.email != "").order_by(User.id))


class Standings:
    """How offices stand on a day, judged once for everybody who sees the same cases."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.first = add_years(day, -1) + timedelta(days=1)
        self._known: dict[Any, Standing] = {}

    def of(self, user: User) -> Standing:
        """The standing of the cases a person is told of."""
        key = user.id if user.role == "officer" else user.agency.path
        if key not in self._known:
            self._known[key] = judge(self._cases(own_cases(user)), self.day)
        return self._known[key]

    def _cases(self, where: Any) -> Iterator[Judged]:
        """Cases whose event lies in the last twelve months, and those on which nothing has happened yet."""
        where &= Case.event_on.is_null() | Case.event_on.between(self.first, self.day)
        waived = _waived(where)
        laws: dict[int, Law] = {}
        columns = (Case.id, Case.agency, Case.kind, Case.facts)
        rows: Any = Case.select(*columns).join(Agency).where(where)
        for case_id, agency_id, kind, facts in rows.tuples().iterator():
            if agency_id not in laws:
                laws[agency_id] = lawbook.law_for(Agency.get_by_id(agency_id))
            yield Judged(kind, facts, laws[agency_id], frozenset(waived.get(case_id, ())))


def _waived(where: Any) -> dict[int, set[str]]:
    query: Any = Finding.select(Finding.case, Finding.rule).join(Case).join(Agency)
    waived: dict[int, set[str]] = defaultdict(set)
    for case_id, rule in query.where(where, Finding.waived, Finding.closed_at.is_null()).tuples():
        waived[case_id].add(rule)
    return waived


def own_cases(user: User) -> Any:
    """Make the condition, on a query with Case and Agency in it, for the cases a person is told of."""
    visible: Any = visible_agencies(user)
    if user.role != "officer" or user.officer is None:
        return visible
    numbers: Any = peewee.Value(" ").concat(Case.handlers).concat(" ")
    return visible & (numbers.contains(f" {user.officer.number} ") | (Case.created_by == user))


def gather(user: User, kind: str, day: date, soon_days: int, standings: Standings | None = None) -> Material:
    """Read what a person is to be told on a day."""
    standings = standings or Standings(day)
    standing = standings.of(user)
    since = last_sent(user, kind)
    officer = user.role == "officer"
    wrong: Any = _findings(user).where((Finding.state == "overdue") | is_flagged())
    new = wrong if since is None else wrong.where(Finding.changed_at > since)
    return Material(
        new=_listed(new),
        earlier=0 if since is None else wrong.where(Finding.changed_at <= since).count(),
        soon=_listed(
            _findings(user).where(Finding.state == "pending", Finding.due.between(day, _later(day, soon_days)))
        ),
        waiting=Listed() if officer else _waiting(user),
        sent_back=_sent_back(user) if officer else Listed(),
        standing=standing,
        counted_from=standings.first,
        parameters=_labels(user, standing),
    )


def last_sent(user: User, kind: str) -> datetime | None:
    """When a person was last sent a kind of mail; None when never."""
    sent = Mail.select(Mail.sent_at).where(Mail.user == user, Mail.kind == kind, Mail.sent_at.is_null(False))
    newest: Mail | None = sent.order_by(Mail.sent_at.desc()).first()
    return None if newest is None else newest.sent_at


def _later(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def _findings(user: User) -> Any:
    """Open findings that count, of the person's cases."""
    query: Any = Finding.select(*_ITEM).join(Case).join(Agency)
    return query.where(own_cases(user), Finding.closed_at.is_null(), ~Finding.waived)


def _listed(query: Any) -> Listed:
    ordered = query.order_by(Finding.due.asc(nulls="LAST"), Case.number, Case.id, Finding.rule).limit(LONGEST_LIST)
    return Listed([Item._make(row) for row in ordered.tuples()], query.count())


def _waiting(user: User) -> Listed:
    """Cases in the queue, the longest wait first; for a reviewer only those the reviewer may answer."""
    query: Any = Review.select(*_REVIEW, Review.submitted_at).join(Case).join(Agency)
    query = query.where(own_cases(user), Review.status == "waiting")
    if user.role == "reviewer":
        query = query.where(Review.submitted_by != user)
        if user.officer is not None:
            numbers: Any = peewee.Value(" ").concat(Case.handlers).concat(" ")
            query = query.where(~numbers.contains(f" {user.officer.number} "))
    rows = query.order_by(Review.submitted_at, Review.id).limit(LONGEST_LIST).tuples()
    return Listed([ReviewItem._make((*row[:4], day_at(row[4]), None)) for row in rows], query.count())


def _sent_back(user: User) -> Listed:
    """Open cases whose latest review was not passed: they wait for whoever submitted or handles them."""
    later: Any = Review.alias()
    submitted_again = later.select(later.id).where(later.case == Review.case, later.id > Review.id)
    query: Any = Review.select(*_REVIEW, Review.answered_at, Review.result).join(Case).join(Agency)
    query = query.where(
        own_cases(user) | (Review.submitted_by == user),
        visible_agencies(user),
        Review.status == "answered",
        Review.result != "passed",
        Case.closed_on.is_null(),
        ~peewee.fn.EXISTS(submitted_again),
    )
    rows = query.order_by(Review.answered_at, Review.id).limit(LONGEST_LIST).tuples()
    return Listed([ReviewItem._make((*row[:4], day_at(row[4]), row[5])) for row in rows], query.count())


def _labels(user: User, standing: Standing) -> dict[str, Text]:
    """What the missing parameters are called in the profile."""
    known = lawbook.law_for(user.agency).profile.parameters
    names = {item.name for item in standing.missing if item.what == "parameter" and item.name in known}
    return {name: Text(known[name].zh, known[name].en) for name in names}


def mails(actor: User, page: int = 1, page_size: int = 50) -> Page:
    """Give a page of the outbox, newest first: mails to the people the actor sees."""
    query: Any = Mail.select(Mail, User).join(User).join(Agency, on=(User.agency == Agency.id))
    query = query.where(visible_agencies(actor))
    return Page(list(query.order_by(Mail.id.desc()).paginate(page, page_size)), query.count(), page, page_size)
