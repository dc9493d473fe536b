"""Reading cases: one, a page of them, and the outcomes of one on a day.

``page(actor, "penalty", q="占道", flagged=True)`` gives the flagged penalties about street trading that the actor may see,
newest event first, fifty at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from typing import Any
from typing import NamedTuple

import peewee

from enforcement import lawbook
from enforcement.accounts.queries import agency_subtree
from enforcement.accounts.queries import visible_agencies
from enforcement.cases.projection import decode
from enforcement.cases.search import search
from enforcement.errors import Invalid
from enforcement.errors import NotFound
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import User
from rules.explanation import Outcome
from rules.explanation import explain
from rules.law import Law
from rules.rulebook import default_rulebook

#: What a list may be sorted by; a leading minus turns it round.
SORTS: dict[str, Any] = {
    "event_on": Case.event_on,
    "created_at": Case.created_at,
    "updated_at": Case.updated_at,
    "number": Case.number,
}
DEFAULT_SORT = "-event_on"
LONGEST_PAGE = 200


class Page(NamedTuple):
    """A page of a list."""

    items: list[Any]
    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.page_size))


def get(actor: User, public_id: str, kind: str | None = None) -> Case:
    """Give a case by its public id; raises NotFound for one that does not exist or that the actor may not see."""
    found = Case.select(Case, Agency).join(Agency).where(Case.public_id == public_id, visible_agencies(actor))
    if kind is not None:
        found = found.where(Case.kind == kind)
    case: Case | None = found.first()
    if case is None:
        raise NotFound("没有这个案件", "No such case")
    return case


def page(
    actor: User,
    kind: str | None = None,
    *,
    q: str | None = None,
    state: str | None = None,
    agency: str | None = None,
    from_: date | None = None,
    to: date | None = None,
    flagged: bool | None = None,
    field: str | None = None,
    rule: str | None = None,
    sort: str = DEFAULT_SORT,
    page: int = 1,
    page_size: int = 50,
) -> Page:
    """Give a page of the cases the actor may see.

    ``state`` and ``rule`` choose cases with an open finding in that state or of that rule; ``from_`` and ``to`` bound the
    event's day, both included; ``q`` searches number, cause, party and place. Raises Invalid for an unknown sort.
    """
    query = matching(
        actor, kind, q=q, state=state, agency=agency, from_=from_, to=to, flagged=flagged, field=field, rule=rule
    )
    page_size = min(page_size, LONGEST_PAGE)
    ids = [case.id for case in query.order_by(*_order(sort)).paginate(page, page_size)]
    return Page(_in_order(ids), query.count(), page, page_size)


def _in_order(ids: list[int]) -> list[Case]:
    """Read whole cases, with their agencies, in the order of their row ids; what a page skips is never read."""
    cases = {case.id: case for case in Case.select(Case, Agency).join(Agency).where(Case.id.in_(ids))}
    return [cases[row_id] for row_id in ids if row_id in cases]


def matching(
    actor: User,
    kind: str | None = None,
    *,
    q: str | None = None,
    state: str | None = None,
    agency: str | None = None,
    from_: date | None = None,
    to: date | None = None,
    flagged: bool | None = None,
    field: str | None = None,
    rule: str | None = None,
) -> Any:
    """Make the query of the row ids of the cases that :func:`page` pages through, in no order.

    It names the few agencies by their ids and joins nothing, so that the indexes by agency and by day carry it.
    """
    where = [Case.agency.in_(_agency_ids(actor, agency)), *_filters(kind, from_, to, flagged, field)]
    if q and q.strip():
        where.append(search(q))
    if state or rule:
        where.append(_with_finding(state, rule))
    return Case.select(Case.id).where(*where)


def _agency_ids(actor: User, code: str | None) -> list[int]:
    """The agencies that the actor may see, and of them the named one with those below it."""
    seen = Agency.select(Agency.id).where(visible_agencies(actor))
    return [row.id for row in (seen if code is None else seen.where(_below(code)))]


def each(
    actor: User, sort: str = DEFAULT_SORT, most: int = 50_000, **filters: Any
) -> Iterator[tuple[Case, date | None]]:
    """Give the cases of a list, at most so many, each with its nearest last day; filters as :func:`matching` has them."""
    ids = [case.id for case in matching(actor, **filters).order_by(*_order(sort)).limit(most)]
    for start in range(0, len(ids), LONGEST_PAGE):
        batch = _in_order(ids[start : start + LONGEST_PAGE])
        due = nearest_due(batch)
        yield from ((case, due.get(case.id)) for case in batch)


def nearest_due(cases: Iterable[Case]) -> dict[int, date]:
    """The nearest last day among the open duties of each case, by the case's row id."""
    ids = [case.id for case in cases]
    query: Any = (
        Finding.select(Finding.case, peewee.fn.MIN(Finding.due))
        .where(Finding.case.in_(ids), Finding.closed_at.is_null(), Finding.state.in_(("pending", "overdue")))
        .where(Finding.due.is_null(False), Finding.waived == False)  # noqa: E712 - an SQL expression
        .group_by(Finding.case)
    )
    return {case_id: _day(due) for case_id, due in query.tuples()}


def _day(value: date | str) -> date:
    """An aggregate of days comes back as text on SQLite."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _filters(
    kind: str | None, from_: date | None, to: date | None, flagged: bool | None, field: str | None
) -> list[Any]:
    where: list[Any] = []
    if kind is not None:
        where.append(Case.kind == kind)
    if from_ is not None:
        where.append(Case.event_on >= from_)
    if to is not None:
        where.append(Case.event_on <= to)
    if flagged is not None:
        where.append(Case.flagged if flagged else ~Case.flagged)
    if field:
        where.append(Case.field == field)
    return where


def _below(code: str) -> Any:
    """The named agency and those below it."""
    named = Agency.get_or_none(Agency.code == code)
    if named is None:
        raise Invalid({"agency": ["没有这个执法机关 / no such agency"]})
    return agency_subtree(named)


def _with_finding(state: str | None, rule: str | None) -> Any:
    findings = Finding.select(Finding.case).where(Finding.closed_at.is_null())
    if state:
        findings = findings.where(Finding.state == state)
    if rule:
        findings = findings.where(Finding.rule == rule)
    return Case.id.in_(findings)


def _order(sort: str) -> tuple[Any, Any]:
    name, falling = sort.removeprefix("-"), sort.startswith("-")
    if name not in SORTS:
        permitted = ", ".join(f"{item}, -{item}" for item in SORTS)
        raise Invalid({"sort": [f"只能按这些排序：{permitted} / can only be sorted by: {permitted}"]})
    column = SORTS[name]
    return (column.desc(nulls="LAST"), Case.id.desc()) if falling else (column.asc(nulls="LAST"), Case.id.asc())


def law_for(case: Case) -> Law:
    """The law of a case's agency, as the book holds it."""
    return lawbook.law_for(case.agency)


def outcomes(case: Case, day: date, language: str = "zh") -> list[Outcome]:
    """Explain every rule that concerns a case, at the end of a day."""
    return explain(default_rulebook(), decode(case.kind, case.facts), law_for(case), day, language)
