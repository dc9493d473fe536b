"""Reading findings: one, a page of open ones, and what waits on an unset parameter."""

from __future__ import annotations

from typing import Any

import peewee

from enforcement.accounts.queries import agency_subtree
from enforcement.accounts.queries import visible_agencies
from enforcement.cases.queries import Page
from enforcement.errors import Invalid
from enforcement.errors import NotFound
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import FindingEvent
from enforcement.models import Response
from enforcement.models import User
from enforcement.models import Waiver


def get(actor: User, public_id: str) -> Finding:
    """Give a finding with its case; raises NotFound for one the actor may not see."""
    finding: Finding | None = _joined(actor).where(Finding.public_id == public_id).first()
    if finding is None:
        raise NotFound("没有这个问题", "No such finding")
    return finding


def get_waiver(actor: User, public_id: str) -> Waiver:
    """Give a waiver with its finding; raises NotFound for one the actor may not see."""
    waiver = Waiver.get_or_none(Waiver.public_id == public_id)
    if waiver is None:
        raise NotFound("没有这个豁免申请", "No such waiver")
    get(actor, waiver.finding.public_id)
    return waiver


def _joined(actor: User) -> Any:
    return Finding.select(Finding, Case, Agency).join(Case).join(Agency).where(visible_agencies(actor))


def page(
    actor: User,
    *,
    state: str | None = None,
    severity: str | None = None,
    rule: str | None = None,
    agency: str | None = None,
    parameter: str | None = None,
    kind: str | None = None,
    flagged: bool | None = None,
    waived: bool | None = None,
    asked: bool | None = None,
    page: int = 1,
    page_size: int = 50,
) -> Page:
    """Give a page of the open findings the actor may see, the earliest last day first.

    ``asked`` chooses those for which a waiver waits to be decided.
    """
    query = _joined(actor).where(Finding.closed_at.is_null())
    if asked is not None:
        query = query.where(is_asked() if asked else ~is_asked())
    for column, value in (
        (Finding.kind, kind),
        (Finding.state, state),
        (Finding.severity, severity),
        (Finding.rule, rule),
        (Finding.parameter, parameter),
        (Finding.waived, waived),
    ):
        if value is not None:
            query = query.where(column == value)
    if flagged is not None:
        query = query.where(is_flagged() if flagged else ~is_flagged())
    if agency is not None:
        named = Agency.get_or_none(Agency.code == agency)
        if named is None:
            raise Invalid({"agency": ["没有这个执法机关 / no such agency"]})
        query = query.where(agency_subtree(named))
    items = query.order_by(Finding.due.asc(nulls="LAST"), Finding.id).paginate(page, page_size)
    return Page(list(items), query.count(), page, page_size)


def is_flagged() -> Any:
    """Overdue or violated, fatal or an error, and not waived."""
    return (
        Finding.state.in_(("overdue", "violated"))
        & Finding.severity.in_(("fatal", "error"))
        & (Finding.waived == False)  # noqa: E712 - an SQL expression
    )


def is_asked() -> Any:
    """A waiver has been proposed and not decided."""
    waiting = Waiver.approved_at.is_null() & Waiver.refused_at.is_null()
    return Finding.id.in_(Waiver.select(Waiver.finding).where(waiting))


def by_rule(actor: User) -> dict[str, int]:
    """How many findings of each rule call for action now, of those the actor may see; none is left out."""
    query: Any = Finding.select(Finding.rule, peewee.fn.COUNT(Finding.id)).join(Agency)
    query = query.where(visible_agencies(actor), Finding.closed_at.is_null(), is_flagged())
    return dict(query.group_by(Finding.rule).tuples())


def responses_of(finding: Finding) -> list[Response]:
    """The answers to a finding with their authors, oldest first."""
    query = Response.select(Response, User).join(User).where(Response.finding == finding)
    return list(query.order_by(Response.at, Response.id))


def waivers_of(finding: Finding) -> list[Waiver]:
    """The waivers proposed for a finding, oldest first."""
    return list(Waiver.select().where(Waiver.finding == finding).order_by(Waiver.proposed_at, Waiver.id))


def events_of(finding: Finding) -> list[FindingEvent]:
    """How a finding came and went, oldest first."""
    return list(FindingEvent.select().where(FindingEvent.finding == finding).order_by(FindingEvent.id))


def by_parameter(actor: User) -> list[tuple[str, int]]:
    """Unset parameters and how many cases wait on each, most first."""
    query: Any = (
        Finding.select(Finding.parameter, peewee.fn.COUNT(peewee.fn.DISTINCT(Finding.case)))
        .join(Agency)
        .where(visible_agencies(actor), Finding.closed_at.is_null(), Finding.parameter.is_null(False))
        .group_by(Finding.parameter)
        .order_by(peewee.fn.COUNT(peewee.fn.DISTINCT(Finding.case)).desc(), Finding.parameter)
    )
    return [(name, count) for name, count in query.tuples()]
