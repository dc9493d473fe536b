"""What a person has to do next, and what has come back to them.

An officer's duties are the open ones of the cases under the own certificate and of those the officer entered; without a
certificate, of the agency's::

    page = duties(officer, "overdue", day, soon=14)
    days = timeline(officer, day)       # how many duties fall on each day around today
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import Any
from typing import NamedTuple

import peewee

from enforcement.accounts.queries import visible_agencies
from enforcement.cases.queries import Page
from enforcement.errors import NotFound
from enforcement.findings.queries import is_flagged
from enforcement.mail.queries import own_cases
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import Review
from enforcement.models import User

#: Lists of duties by name: what is past its day, what is wrong otherwise, and what falls due.
LISTS = ("overdue", "violated", "soon", "later")
#: Days ahead that are "soon".
SOON = 14
#: Days of the timeline before and after today.
BEFORE, AFTER = 14, 14


class Day(NamedTuple):
    """A day of the timeline and how many duties fall due on it; the first day holds all before it too."""

    day: date
    duties: int


class Returned(NamedTuple):
    """A case that the reviewer sent back."""

    case: Case
    review: Review


def duties(actor: User, which: str, day: date, page: int = 1, page_size: int = 20) -> Page:
    """Give a page of an officer's open duties, the earliest last day first; raises NotFound for another list."""
    if which not in LISTS:
        raise NotFound()
    found = _open(actor, Finding, Case, Agency).where(_condition(which, day))
    ordered = found.order_by(Finding.due.asc(nulls="LAST"), Case.number, Finding.rule, Finding.id)
    return Page(list(ordered.paginate(page, page_size)), found.count(), page, page_size)


def timeline(actor: User, day: date) -> list[Day]:
    """Count an officer's duties by their last day, from two weeks ago to two weeks on."""
    first, last = day - timedelta(days=BEFORE), day + timedelta(days=AFTER)
    query = _open(actor, Finding.due, peewee.fn.COUNT(Finding.id))
    query = query.where(Finding.state.in_(("overdue", "pending")), Finding.due <= last).group_by(Finding.due)
    counts = dict.fromkeys((first + timedelta(days=offset) for offset in range((last - first).days + 1)), 0)
    for due, count in query.tuples():
        counts[max(due, first)] += count
    return [Day(on, count) for on, count in counts.items()]


def drafts(actor: User, limit: int = 20) -> list[Case]:
    """Cases that the actor entered and that have no number yet, the last changed first."""
    found = Case.select().where(Case.created_by == actor, Case.number.is_null(), Case.closed_on.is_null())
    return list(found.order_by(Case.updated_at.desc(), Case.id.desc()).limit(limit))


def sent_back(actor: User) -> list[Returned]:
    """Open cases of the actor whose latest review was not passed, the latest answer first."""
    later: Any = Review.alias()
    again = later.select(later.id).where(later.case == Review.case, later.id > Review.id)
    query: Any = Review.select(Review, Case, Agency).join(Case).join(Agency)
    query = query.where(
        own_cases(actor) | (Review.submitted_by == actor),
        visible_agencies(actor),
        Review.status == "answered",
        Review.result != "passed",
        Case.closed_on.is_null(),
        ~peewee.fn.EXISTS(again),
    )
    return [Returned(row.case, row) for row in query.order_by(Review.answered_at.desc(), Review.id)]


def worst(actor: User, limit: int = 10) -> Page:
    """The gravest findings that call for action, fatal ones first, then those longest past their last day."""
    query: Any = Finding.select(Finding, Case, Agency).join(Case).join(Agency)
    query = query.where(visible_agencies(actor), Finding.closed_at.is_null(), is_flagged(), Finding.state == "overdue")
    gravity = peewee.Case(Finding.severity, (("fatal", 0), ("error", 1)), 2)
    ordered = query.order_by(gravity, Finding.due.asc(nulls="LAST"), Finding.id)
    return Page(list(ordered.limit(limit)), query.count(), 1, limit)


def flagged_count(actor: User) -> int:
    """How many findings call for action."""
    query: Any = Finding.select().join(Agency).where(visible_agencies(actor), Finding.closed_at.is_null(), is_flagged())
    count: int = query.count()
    return count


def _open(actor: User, *columns: Any) -> Any:
    query: Any = Finding.select(*columns).join(Case).join(Agency)
    return query.where(own_cases(actor), Finding.closed_at.is_null(), ~Finding.waived)


def _condition(which: str, day: date) -> Any:
    soon = day + timedelta(days=SOON)
    conditions: dict[str, Any] = {
        "overdue": Finding.state == "overdue",
        "violated": Finding.state == "violated",
        "soon": (Finding.state == "pending") & (Finding.due <= soon),
        "later": (Finding.state == "pending") & (Finding.due > soon),
    }
    return conditions[which]
