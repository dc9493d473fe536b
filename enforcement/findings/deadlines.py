"""Duties by their last day: what a month holds, day by day, and a list of it.

A month in a district can hold thousands of last days. The month asks for the number on each day and the first few of each;
the list asks for a page at a time::

    asked = Asked(first=date(2026, 3, 1), last=date(2026, 3, 31), agency="D-A")
    by_day(actor, asked, each=3)[date(2026, 3, 9)]     # OfDay(total=12, first=[Duty(…), Duty(…), Duty(…)])
    page(actor, asked, page=2)

A duty here is an open finding that is pending or overdue and has a last day; what is waived does not count.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from datetime import datetime
from typing import Any
from typing import NamedTuple

import peewee

from enforcement.accounts.queries import agency_subtree
from enforcement.accounts.queries import visible_agencies
from enforcement.cases.queries import Page
from enforcement.errors import Invalid
from enforcement.mail.queries import own_cases
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import User

#: States in which something is still to be done.
STATES = ("pending", "overdue")


class Asked(NamedTuple):
    """Which duties: those with a last day in [first, last]; None is no limit.

    ``own`` are the actor's own cases; ``handler`` is the certificate number of whoever handles the case, ``agency`` the code of
    an agency, which stands for those below it as well.
    """

    first: date | None = None
    last: date | None = None
    agency: str | None = None
    handler: str | None = None
    own: bool = False


class Duty(NamedTuple):
    """One duty with what a list shows of its case."""

    id: str
    case_id: str
    number: str | None
    kind: str
    rule: str
    state: str
    severity: str
    due: date
    due_at: datetime | None
    changed_at: datetime
    agency_zh: str
    agency_en: str
    handlers: str


class OfDay(NamedTuple):
    """What falls due on a day: how much, and the first of it."""

    total: int
    first: list[Duty]


_COLUMNS = (
    Finding.public_id,
    Case.public_id,
    Case.number,
    Case.kind,
    Finding.rule,
    Finding.state,
    Finding.severity,
    Finding.due,
    Finding.due_at,
    Finding.changed_at,
    Agency.name_zh,
    Agency.name_en,
    Case.handlers,
)


def by_day(actor: User, asked: Asked, each: int = 3) -> dict[date, OfDay]:
    """Give each day on which something falls due, with the number and the first few; raises Invalid for an agency."""
    where = _where(actor, asked)
    days: Any = Finding.select(Finding.due, peewee.fn.COUNT(Finding.id)).join(Case).join(Agency).where(where)
    totals: dict[date, int] = dict(days.group_by(Finding.due).tuples())
    nth = peewee.fn.ROW_NUMBER().over(partition_by=[Finding.due], order_by=[Finding.state, Case.number, Finding.id])
    numbered: Any = Finding.select(Finding.id.alias("id"), nth.alias("nth")).join(Case).join(Agency).where(where)
    few = peewee.Select([numbered.alias("numbered")], [peewee.SQL("id")]).where(peewee.SQL("nth") <= each)
    first: dict[date, list[Duty]] = defaultdict(list)
    for row in _select().where(Finding.id.in_(few)).order_by(*_ORDER).tuples():
        duty = Duty._make(row)
        first[duty.due].append(duty)
    return {day: OfDay(total, first[day]) for day, total in sorted(totals.items())}


def page(actor: User, asked: Asked, *, page: int = 1, page_size: int = 50) -> Page:
    """Give a page of duties, the earliest last day first; raises Invalid for an agency."""
    query = _select().where(_where(actor, asked))
    rows = query.order_by(*_ORDER).paginate(page, page_size).tuples()
    return Page([Duty._make(row) for row in rows], query.count(), page, page_size)


def all_of(actor: User, asked: Asked, most: int) -> list[Duty]:
    """Give the duties up to a number, the earliest last day first."""
    rows = _select().where(_where(actor, asked)).order_by(*_ORDER).limit(most).tuples()
    return [Duty._make(row) for row in rows]


def count_before(actor: User, asked: Asked, day: date) -> int:
    """Say for how much of it the last day lay before a day."""
    earlier = asked._replace(first=None, last=date.fromordinal(day.toordinal() - 1))
    number: int = _select().where(_where(actor, earlier)).count()
    return number


_ORDER = (Finding.due, Finding.state, Case.number, Finding.id)


def _select() -> Any:
    return Finding.select(*_COLUMNS).join(Case).join(Agency)


def _where(actor: User, asked: Asked) -> Any:
    visible: Any = own_cases(actor) if asked.own else visible_agencies(actor)
    where = visible & Finding.closed_at.is_null() & Finding.state.in_(STATES) & ~Finding.waived
    where &= Finding.due.is_null(False)
    if asked.first is not None:
        where &= Finding.due >= asked.first
    if asked.last is not None:
        where &= Finding.due <= asked.last
    if asked.agency is not None:
        where &= _below(asked.agency)
    if asked.handler is not None:
        numbers: Any = peewee.Value(" ").concat(Case.handlers).concat(" ")
        where &= numbers.contains(f" {asked.handler} ")
    return where


def _below(code: str) -> Any:
    named = Agency.get_or_none(Agency.code == code)
    if named is None:
        raise Invalid({"agency": ["没有这个执法机关 / no such agency"]})
    return agency_subtree(named)
