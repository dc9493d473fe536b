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
        where = where & (Case.event_on.is_null() | Case.event_on.between(self.first, self.day))
        waived = _waived(where)
        laws: dict[int, Law] = {}
        columns = (Case.id, Case.agency, Case.kind, Case.facts)
        rows: Any = Case.select(*columns).where(where)
        for case_id, agency_id, kind, facts in rows.tuples().iterator():
            if agency_id not in laws:
                laws[agency_id] = lawbook.law_for(Agency.get_by_id(agency_id))
            yield Judged(kind, facts, laws[agency_id], frozenset(waived.get(case_id, ())))


def _waived(where: Any) -> dict[int, set[str]]:
    query: Any = Finding.select(Finding.case, Finding.rule).join(Case)
    waived: dict[int, set[str]] = defaultdict(set)
    for case_id, rule in query.where(where, Finding.waived, Finding.closed_at.is_null()).tuples():
        waived[case_id].add(rule)
    return waived


def agencies(user: User) -> Any:
    """The ids of the agencies whose things a person may see, as a query inside others."""
    return Agency.select(Agency.id).where(visible_agencies(user))


def own_cases(user: User) -> Any:
    """Make the condition, on a query with Case in it, for the cases a person is told of."""
    visible: Any = Case.agency.in_(agencies(user))
    if _bounded_by_agency(user):
        return visible
    return visible & (_handled_by(user) | (Case.created_by == user))


def _bounded_by_agency(user: User) -> bool:
    return user.role != "officer" or user.officer is None


def _handled_by(user: User) -> Any:
    """The person's certificate is one of the case's; numbers stand between spaces, so that none is part of another."""
    numbers: Any = peewee.Value(" ").concat(Case.handlers).concat(" ")
    return numbers.contains(f" {user.officer.number} " if user.officer else " ")


def gather(user: User, kind: str, day: date, soon_days: int, standings: Standings | None = None) -> Material:
    """Read what a person is to be told on a day."""
    standings = standings or Standings(day)
    standing = standings.of(user)
    since = last_sent(user, kind)
    officer = user.role == "officer"
    wrong = (Finding.state == "overdue") | is_flagged()
    new = wrong if since is None else wrong & (Finding.changed_at > since)
    soon = (Finding.state == "pending") & Finding.due.between(day, day + timedelta(days=soon_days))
    return Material(
        new=_listed(user, new),
        earlier=0 if since is None else _count(user, wrong & (Finding.changed_at <= since)),
        soon=_listed(user, soon),
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


def _findings(user: User, where: Any, *columns: Any) -> Any:
    """Open findings that count, of the person's cases."""
    query: Any = Finding.select(*columns)
    open_ones = Finding.agency.in_(agencies(user)) & Finding.closed_at.is_null() & ~Finding.waived & where
    if columns or not _bounded_by_agency(user):
        return query.join(Case).where(open_ones, own_cases(user))
    return query.where(open_ones)


def _listed(user: User, where: Any) -> Listed:
    first = _findings(user, where, *_ITEM).order_by(Finding.due.asc(nulls="LAST"), Case.number, Case.id, Finding.rule)
    items = [Item._make(row) for row in first.limit(LONGEST_LIST).tuples()]
    return Listed(items, len(items) if len(items) < LONGEST_LIST else _count(user, where))


def _count(user: User, where: Any) -> int:
    """Without the cases, unless they decide; a count needs neither their numbers nor their order."""
    return int(_findings(user, where).count())


def _waiting(user: User) -> Listed:
    """Cases in the queue, the longest wait first; for a reviewer only those the reviewer may answer."""
    query: Any = Review.select(*_REVIEW, Review.submitted_at).join(Case)
    query = query.where(own_cases(user), Review.status == "waiting")
    if user.role == "reviewer":
        query = query.where(Review.submitted_by != user)
        if user.officer is not None:
            query = query.where(~_handled_by(user))
    rows = query.order_by(Review.submitted_at, Review.id).limit(LONGEST_LIST).tuples()
    return Listed([ReviewItem._make((*row[:4], day_at(row[4]), None)) for row in rows], query.count())


def _sent_back(user: User) -> Listed:
    """Open cases whose latest review was not passed: they wait for whoever submitted or handles them."""
    later: Any = Review.alias()
    submitted_again = later.select(later.id).where(later.case == Review.case, later.id > Review.id)
    query: Any = Review.select(*_REVIEW, Review.answered_at, Review.result).join(Case)
    query = query.where(
        own_cases(user) | (Review.submitted_by == user),
        Case.agency.in_(agencies(user)),
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
