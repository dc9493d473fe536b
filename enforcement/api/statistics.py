"""The yearly figures as data."""

from __future__ import annotations

from typing import Any

from flask import Response

from enforcement.api.answers import AnnualTable
from enforcement.api.auth import permission
from enforcement.api.context import actor
from enforcement.api.context import text
from enforcement.api.context import today
from enforcement.api.core import Blueprint
from enforcement.api.core import answer
from enforcement.api.fields import Choice
from enforcement.api.fields import Line
from enforcement.api.fields import QuerySchema
from enforcement.api.fields import Whole
from enforcement.cases.values import FIRST_YEAR
from enforcement.cases.values import LAST_YEAR
from enforcement.errors import Invalid
from enforcement.statistics import queries
from rules.facts import Text
from rules.law import Unset

blp = Blueprint("statistics", __name__, url_prefix="/api/statistics", description="统计 / Statistics")

NO_VALUE = Text(
    "参数 {name} 在 {on} 没有值，无法统计该年", "The parameter {name} has no value on {on}; no table of that year"
)


class AnnualQuery(QuerySchema):
    """The year, the agency and the form of the table."""

    year = Whole(FIRST_YEAR, LAST_YEAR, metadata={"description": "年度，默认今年 / Year; this year unless given"})
    agency = Line(64, metadata={"description": "机关及其下级 / This agency and those below it"})
    form = Choice(
        queries.FORMS, metadata={"description": "表式（处罚种类列数） / Number of columns for kinds of penalty"}
    )


@blp.route("/annual", methods=["GET"])
@permission("statistics.read")
@blp.arguments(AnnualQuery, location="query")
@blp.answers(200, AnnualTable)
def annual(query: dict[str, Any]) -> Response:
    """年度数据 / The yearly table

    A year in which a parameter that the table needs has no value is refused by name: there is no table without it.
    """
    year = query.pop("year", today().year)
    try:
        return answer(queries.annual(actor(), year, **query))
    except Unset as error:
        raise Invalid({"year": [text(NO_VALUE).format(name=error.name, on=error.on)]}) from error
