"""Recording, reading and changing penalties, measures and inspections.

The three kinds have the same four routes, made once from one list. A body is either the facts themselves or the object that
``/api/check`` takes, so that a draft is recorded exactly as it was checked::

    POST /api/penalties   {"number": "…", "filed_on": "2026-01-05"}
    POST /api/penalties   {"kind": "penalty", "facts": {"number": "…", "filed_on": "2026-01-05"}}
"""

from __future__ import annotations

from typing import Any

from flask import Response
from flask import url_for

from enforcement.api.answers import CaseAnswer
from enforcement.api.answers import CasePage
from enforcement.api.answers import CaseSummary
from enforcement.api.answers import OutcomesAnswer
from enforcement.api.answers import summary
from enforcement.api.auth import permission
from enforcement.api.bodies import JSON
from enforcement.api.bodies import MERGE_PATCH
from enforcement.api.bodies import read_json
from enforcement.api.context import actor
from enforcement.api.context import language
from enforcement.api.context import now
from enforcement.api.context import today
from enforcement.api.core import Blueprint
from enforcement.api.core import answer
from enforcement.api.drafts import change_body
from enforcement.api.drafts import facts_body
from enforcement.api.drafts import read_changes
from enforcement.api.drafts import read_facts
from enforcement.api.etags import ETAG_HEADERS
from enforcement.api.etags import IF_MATCH
from enforcement.api.etags import IF_NONE_MATCH
from enforcement.api.etags import tagged
from enforcement.api.etags import unless_known
from enforcement.api.etags import version_read
from enforcement.api.fields import Choice
from enforcement.api.fields import Day
from enforcement.api.fields import Flag
from enforcement.api.fields import Line
from enforcement.api.fields import PagedQuery
from enforcement.api.fields import QuerySchema
from enforcement.api.fields import RuleId
from enforcement.api.paging import PAGED_HEADERS
from enforcement.api.paging import page_answer
from enforcement.cases import operations
from enforcement.cases import queries
from enforcement.models import Case
from enforcement.models.finding import STATES
from rules.facts import KIND_LABELS

#: Kind of case to its place under /api.
PLURALS = {"penalty": "penalties", "measure": "measures", "inspection": "inspections"}
SORTS = tuple(name for column in queries.SORTS for name in (column, f"-{column}"))
LOCATION_HEADERS = {
    **ETAG_HEADERS,
    "Location": {"description": "Address of the recorded case", "schema": {"type": "string"}},
}


class CaseQuery(PagedQuery):
    """Which cases of a list, and in what order."""

    q = Line(metadata={"description": "案号、案由、当事人、地点 / Number, cause, party, place"})
    state = Choice(STATES, metadata={"description": "有此状态的未消除问题 / With an open finding in this state"})
    agency = Line(64, metadata={"description": "机关及其下级 / This agency and those below it"})
    from_ = Day(data_key="from", metadata={"description": "事件日自 / Event on or after"})
    to = Day(metadata={"description": "事件日至 / Event on or before"})
    flagged = Flag(metadata={"description": "是否需要立即处理 / Whether it calls for action now"})
    field = Line(metadata={"description": "执法领域 / Field"})
    rule = RuleId(metadata={"description": "有此规则的未消除问题 / With an open finding of this rule"})
    sort = Choice(SORTS, load_default=queries.DEFAULT_SORT)


class DayQuery(QuerySchema):
    """The day an answer is for."""

    as_of = Day(metadata={"description": "判断日，默认今天 / The day judged for; today unless given"})


def _blueprint(kind: str) -> Blueprint:
    """Make the four routes of a kind."""
    label = KIND_LABELS[kind]
    plural = PLURALS[kind]
    blp = Blueprint(plural, __name__, url_prefix=f"/api/{plural}", description=f"{label.zh} / {label.en}")

    @blp.route("", methods=["POST"])
    @permission("case.record")
    @blp.describes(requestBody=facts_body(kind))
    @blp.answers(201, CaseAnswer, headers=LOCATION_HEADERS)
    @blp.problems(409)
    def record() -> Response:
        """登记案件 / Record a case

        Every malformed fact is named at once; none is refused for being unlawful.
        """
        case = operations.record(actor(), kind, read_facts(kind, read_json()), now())
        return case_answer(case, 201, {"Location": url_for(f"{plural}.read", public_id=case.public_id)})

    @blp.route("", methods=["GET"])
    @permission("case.read")
    @blp.arguments(CaseQuery, location="query")
    @blp.answers(200, CasePage, headers=PAGED_HEADERS)
    def cases(query: dict[str, Any]) -> Response:
        """案件列表 / List cases"""
        return page_answer(CasePage, queries.page(actor(), kind, **query), lambda case: CaseSummary(**summary(case)))

    @blp.route("/<id:public_id>", methods=["GET"])
    @permission("case.read")
    @blp.describes(parameters=[IF_NONE_MATCH])
    @blp.answers(200, CaseAnswer, headers=ETAG_HEADERS)
    @blp.problems(304, 404)
    def read(public_id: str) -> Response:
        """查看案件 / Read a case with its outcomes of today"""
        return unless_known(case_answer(queries.get(actor(), public_id, kind)))

    @blp.route("/<id:public_id>", methods=["PATCH"])
    @permission("case.change")
    @blp.describes(parameters=[IF_MATCH], requestBody=change_body(kind))
    @blp.answers(200, CaseAnswer, headers=ETAG_HEADERS)
    @blp.problems(404, 409, 412, 428)
    def change(public_id: str) -> Response:
        """变更事实 / Change facts; null clears one

        A stale version is answered 412 with the facts as they are now.
        """
        case = queries.get(actor(), public_id, kind)
        version = version_read(case)
        changes = read_changes(kind, read_json(JSON, MERGE_PATCH))
        return case_answer(operations.change(actor(), public_id, version, changes, now()))

    return blp


def case_answer(case: Case, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Write a case with its outcomes of today and its tag."""
    outcomes = queries.outcomes(case, today(), language())
    return tagged(answer(CaseAnswer(**summary(case), outcomes=outcomes), status, headers), case)


blueprints = tuple(_blueprint(kind) for kind in PLURALS)

any_case = Blueprint("cases", __name__, url_prefix="/api/cases", description="各类案件 / Cases of any kind")


@any_case.route("/<id:public_id>/outcomes", methods=["GET"])
@permission("case.read")
@any_case.arguments(DayQuery, location="query")
@any_case.answers(200, OutcomesAnswer)
@any_case.problems(404)
def outcomes(query: dict[str, Any], public_id: str) -> Response:
    """某日的合规结论 / Outcomes of a stored case on a day"""
    case = queries.get(actor(), public_id)
    day = query.get("as_of", today())
    found = queries.outcomes(case, day, language())
    return answer(OutcomesAnswer(case.public_id, case.kind, case.number, day, found))
