"""What is open or wrong, and what people do about it: answer it, ask for a waiver, decide a waiver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from flask import Response

from enforcement.api.answers import FindingItem
from enforcement.api.answers import FindingPage
from enforcement.api.answers import Person
from enforcement.api.answers import ResponseItem
from enforcement.api.answers import WaiverItem
from enforcement.api.answers import at
from enforcement.api.answers import person
from enforcement.api.answers import reference
from enforcement.api.answers import shanghai
from enforcement.api.auth import permission
from enforcement.api.context import actor
from enforcement.api.context import language
from enforcement.api.context import now
from enforcement.api.core import Blueprint
from enforcement.api.core import answer
from enforcement.api.fields import BodySchema
from enforcement.api.fields import Choice
from enforcement.api.fields import Day
from enforcement.api.fields import Flag
from enforcement.api.fields import Line
from enforcement.api.fields import PagedQuery
from enforcement.api.fields import Prose
from enforcement.api.fields import RuleId
from enforcement.api.paging import PAGED_HEADERS
from enforcement.api.paging import page_answer
from enforcement.findings import operations
from enforcement.findings import queries
from enforcement.models import Finding
from enforcement.models import Response as Reply
from enforcement.models import User
from enforcement.models import Waiver
from enforcement.models.finding import SEVERITIES
from enforcement.models.finding import STATES
from rules.catalogue import CATALOGUE
from rules.outcome import flagged
from rules.rulebook import default_rulebook

blp = Blueprint(
    "findings", __name__, url_prefix="/api", description="问题与处理 / Findings and what was done about them"
)


class FindingQuery(PagedQuery):
    """Which findings of the list."""

    state = Choice(STATES)
    severity = Choice(SEVERITIES)
    rule = RuleId(metadata={"description": "规则编号或别名 / Id of the rule, or an alias"})
    agency = Line(64, metadata={"description": "机关及其下级 / This agency and those below it"})
    parameter = Line(64, metadata={"description": "因此参数未设而无法判断 / Undetermined for this unset parameter"})
    flagged = Flag(metadata={"description": "是否需要立即处理 / Whether it calls for action now"})
    waived = Flag(metadata={"description": "是否已豁免 / Whether a waiver holds"})


class AnswerBody(BodySchema):
    """An answer to a finding."""

    text = Prose(required=True)


class WaiverBody(BodySchema):
    """Why a finding should not count, and until when."""

    ground = Prose(required=True)
    last_day = Day(required=True, metadata={"description": "豁免截止日（含） / Last day of the waiver"})
    document = Line(500, load_default="", metadata={"description": "依据文件 / The document that says so"})


class ApprovalBody(BodySchema):
    """The decision of the second person; refusing needs a reason."""

    approved = Flag(load_default=True)
    reason = Prose(load_default="")


@blp.route("/findings", methods=["GET"])
@permission("finding.read")
@blp.arguments(FindingQuery, location="query")
@blp.answers(200, FindingPage, headers=PAGED_HEADERS)
def findings(query: dict[str, Any]) -> Response:
    """未消除问题列表 / List open findings, the earliest last day first"""
    found = queries.page(actor(), **query)
    responses, waivers = _responses(found.items), _waivers(found.items)
    return page_answer(FindingPage, found, lambda row: _finding(row, responses[row.id], waivers[row.id]))


@blp.route("/findings/<id:public_id>/response", methods=["POST"])
@permission("finding.respond")
@blp.arguments(AnswerBody)
@blp.answers(201, ResponseItem)
@blp.problems(404)
def respond(body: dict[str, Any], public_id: str) -> Response:
    """答复问题 / Answer a finding"""
    return answer(_response(operations.respond(actor(), public_id, body["text"], now())), 201)


@blp.route("/findings/<id:public_id>/waiver", methods=["POST"])
@permission("waiver.propose")
@blp.arguments(WaiverBody)
@blp.answers(201, WaiverItem)
@blp.problems(404, 409)
def propose_waiver(body: dict[str, Any], public_id: str) -> Response:
    """申请豁免 / Ask for a waiver, with a ground and a last day"""
    return answer(_waiver(operations.propose_waiver(actor(), public_id, **body, now=now())), 201)


@blp.route("/waivers/<id:public_id>/approval", methods=["POST"])
@permission("waiver.approve")
@blp.arguments(ApprovalBody)
@blp.answers(200, WaiverItem)
@blp.problems(404, 409)
def decide_waiver(body: dict[str, Any], public_id: str) -> Response:
    """批准或不同意豁免 / Approve or refuse a waiver, as a second person"""
    if body["approved"]:
        return answer(_waiver(operations.approve_waiver(actor(), public_id, now())))
    return answer(_waiver(operations.refuse_waiver(actor(), public_id, body["reason"], now())))


def _finding(row: Finding, responses: list[Reply], waivers: list[Waiver]) -> FindingItem:
    return FindingItem(
        id=row.public_id,
        case=reference(row.case),
        rule=row.rule,
        title=_title(row.rule),
        state=row.state,
        severity=row.severity,
        flagged=flagged(row.state, row.severity) and not row.waived,
        waived=row.waived,
        due=shanghai(row.due_at) or row.due,
        parameter=row.parameter,
        opened_at=at(row.opened_at),
        changed_at=at(row.changed_at),
        responses=[_response(reply) for reply in responses],
        waivers=[_waiver(waiver) for waiver in waivers],
    )


def _title(rule: str) -> str:
    """The title of a rule; a finding may outlive its rule."""
    known = default_rulebook().rules.get(rule)
    if known is not None:
        return known.newest.title.of(language())
    return CATALOGUE[rule].title.of(language()) if rule in CATALOGUE else rule


def _response(row: Reply) -> ResponseItem:
    return ResponseItem(row.public_id, person(row.by), at(row.at), row.text)


def _waiver(row: Waiver) -> WaiverItem:
    decider = row.approved_by or row.refused_by
    return WaiverItem(
        id=row.public_id,
        status="approved" if row.approved_at else "refused" if row.refused_at else "waiting",
        ground=row.ground,
        document=row.document,
        last_day=row.last_day,
        proposed_by=person(row.proposed_by),
        proposed_at=at(row.proposed_at),
        decided_by=_someone(decider),
        decided_at=shanghai(row.approved_at or row.refused_at),
        refusal=row.refusal or None,
    )


def _someone(user: User | None) -> Person | None:
    return None if user is None else person(user)


def _responses(rows: Iterable[Finding]) -> dict[int, list[Reply]]:
    """Answers to the findings of a page, oldest first, in one query."""
    ids = [row.id for row in rows]
    query = Reply.select(Reply, User).join(User).where(Reply.finding.in_(ids)).order_by(Reply.at, Reply.id)
    return _grouped(query if ids else ())


def _waivers(rows: Iterable[Finding]) -> dict[int, list[Waiver]]:
    """Waivers of the findings of a page, oldest first, in one query."""
    ids = [row.id for row in rows]
    query = Waiver.select().where(Waiver.finding.in_(ids)).order_by(Waiver.proposed_at, Waiver.id)
    return _grouped(query if ids else ())


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.finding_id].append(row)
    return grouped
