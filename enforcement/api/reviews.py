"""Legal review: the queue, submitting a case to it, and the reviewer's opinion.

One address does both, as the law sees one file going there and back: an officer's POST without ``result`` submits the case, a
reviewer's with ``result`` answers it. Who handled or submitted the case cannot answer; the operation sees to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from marshmallow import ValidationError
from marshmallow import fields

from enforcement.api.answers import ReviewItem
from enforcement.api.answers import ReviewPage
from enforcement.api.answers import at
from enforcement.api.answers import person
from enforcement.api.answers import reference
from enforcement.api.answers import shanghai
from enforcement.api.auth import permission
from enforcement.api.auth import require
from enforcement.api.bodies import JSON
from enforcement.api.bodies import read_optional_json
from enforcement.api.context import actor
from enforcement.api.context import language
from enforcement.api.context import now
from enforcement.api.core import Blueprint
from enforcement.api.core import answer
from enforcement.api.fields import BodySchema
from enforcement.api.fields import Choice
from enforcement.api.fields import PagedQuery
from enforcement.api.fields import Prose
from enforcement.api.fields import SpokenField
from enforcement.api.fields import refusal
from enforcement.api.paging import PAGED_HEADERS
from enforcement.api.paging import page_answer
from enforcement.cases import wording
from enforcement.cases.wording import say
from enforcement.cases.wording import speaking
from enforcement.models import Review
from enforcement.models.review import STATUSES
from enforcement.reviews import operations
from enforcement.reviews import queries

blp = Blueprint("reviews", __name__, url_prefix="/api", description="法制审核 / Legal review")


class ReviewQuery(PagedQuery):
    """Which reviews of the queue."""

    status = Choice(STATUSES, load_default="waiting")


class Remarks(SpokenField, fields.Dict):
    """The points answered, each with a remark; a list of points stands for points without remarks."""

    _remark = Prose()

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:
        if isinstance(value, list) and all(isinstance(point, str) for point in value):
            value = dict.fromkeys(value, "")
        if not isinstance(value, dict):
            raise ValidationError(say(wording.NOT_AN_OBJECT))
        return {point: self._remark.deserialize(remark) for point, remark in value.items()}


class ReviewSubmission(BodySchema):
    """A submission for review; nothing needs to be said."""


class ReviewOpinion(BodySchema):
    """The reviewer's answer: passed with all eight points, or sent back with a reason."""

    result = Choice(operations.RESULTS, required=True)
    opinion = Prose(load_default="")
    items = Remarks(
        load_default=dict,
        metadata={
            "description": f"审核要点及意见 / Points answered, with remarks: {', '.join(operations.ITEMS)}",
            "additionalProperties": {"type": "string"},
            "example": dict.fromkeys(operations.ITEMS, ""),
        },
    )


_BODY = {"anyOf": [ReviewOpinion, ReviewSubmission]}


@blp.route("/reviews", methods=["GET"])
@permission("review.read")
@blp.arguments(ReviewQuery, location="query")
@blp.answers(200, ReviewPage, headers=PAGED_HEADERS)
def reviews(query: dict[str, Any]) -> Response:
    """法制审核队列 / The review queue, the longest wait first"""
    return page_answer(ReviewPage, queries.queue(actor(), **query), _review)


@blp.route("/cases/<id:public_id>/reviews", methods=["POST"])
@permission("review.submit", "review.answer")
@blp.describes(
    requestBody={"content": {JSON: {"schema": _BODY, "example": {"result": "correct", "opinion": "裁量理由不足"}}}}
)
@blp.answers(201, ReviewItem)
@blp.problems(404, 409)
def review(public_id: str) -> Response:
    """送审或出具审核意见 / Submit a case for review, or answer with an opinion

    Without a result the case is submitted (review.submit); with one the waiting review is answered (review.answer).
    """
    body = read_optional_json()
    if not isinstance(body, dict) or "result" not in body:
        require("review.submit")
        _load(ReviewSubmission, body)
        return answer(_review(operations.submit(actor(), public_id, now())), 201)
    require("review.answer")
    return answer(_review(operations.answer(actor(), public_id, **_load(ReviewOpinion, body), now=now())), 201)


def _load(schema: type[BodySchema], body: Any) -> dict[str, Any]:
    with speaking(language()):
        try:
            loaded: dict[str, Any] = schema().load(body)
        except ValidationError as error:
            raise refusal(error.messages) from error
    return loaded


def _review(row: Review) -> ReviewItem:
    return ReviewItem(
        id=row.public_id,
        case=reference(row.case),
        status=row.status,
        submitted_by=person(row.submitted_by),
        submitted_at=at(row.submitted_at),
        reviewer=None if row.reviewer is None else person(row.reviewer),
        answered_at=shanghai(row.answered_at),
        result=row.result,
        opinion=row.opinion,
        items=row.items,
    )
