"""Legal review: submitting a case, and answering it.

The reviewer neither handled nor submitted the case; an answer other than "passed" gives its reason; the answer becomes facts
of the case (reviewed_on, review_result, reviewer, review_items) in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from typing import get_args

from enforcement.audit import operations as audit
from enforcement.cases import operations as cases
from enforcement.cases import queries as case_queries
from enforcement.db import operation
from enforcement.errors import Conflict
from enforcement.errors import Forbidden
from enforcement.errors import Invalid
from enforcement.models import Case
from enforcement.models import Review
from enforcement.models import User
from enforcement.reviews import queries
from enforcement.times import day_at
from rules.facts.every_case import ReviewItem
from rules.facts.every_case import ReviewResult

ITEMS: tuple[str, ...] = get_args(ReviewItem)
RESULTS: tuple[str, ...] = get_args(ReviewResult)


@operation
def submit(actor: User, case_id: str, now: datetime) -> Review:
    """Submit a case for review; raises NotFound, Conflict when it already waits."""
    case = case_queries.get(actor, case_id)
    if queries.waiting_for(case) is not None:
        raise Conflict("本案已在待审队列中", "The case is already waiting for review")
    review = Review.create(case=case, submitted_by=actor, submitted_at=now)
    cases.apply(actor, case, {"review_submitted_on": day_at(now).isoformat()}, now)
    audit.record(actor, "review.submit", "review", review.public_id, {"case": (None, case.public_id)}, now)
    return review


@operation
def answer(actor: User, case_id: str, result: str, opinion: str, items: Mapping[str, str], now: datetime) -> Review:
    """Answer the waiting review of a case.

    ``items`` maps each of the eight points answered to a remark. Raises NotFound, Conflict when nothing waits, Forbidden for
    a handler or the submitter, Invalid for an unknown result or point, a missing reason, or a pass without all eight points.
    """
    case = case_queries.get(actor, case_id)
    review = queries.waiting_for(case)
    if review is None:
        raise Conflict("本案没有待审的送审", "Nothing of this case waits for review")
    _independent(actor, case, review)
    _check(result, opinion, items)
    answered = (
        Review.update(
            status="answered",
            reviewer=actor,
            answered_at=now,
            result=result,
            opinion=opinion.strip(),
            items=dict(items),
        )
        .where(Review.id == review.id, Review.status == "waiting")
        .execute()
    )
    if answered != 1:
        raise Conflict("该送审已被他人答复", "Somebody else has answered this review")
    cases.apply(actor, case, _facts(actor, result, items, now), now)
    audit.record(actor, "review.answer", "review", review.public_id, {"result": (None, result)}, now)
    fresh: Review = Review.get_by_id(review.id)
    return fresh


def may_review(actor: User, case: Case, review: Review) -> bool:
    """Tell whether a person is independent of a case: neither handler nor submitter."""
    number = None if actor.officer is None else actor.officer.number
    return actor.id != review.submitted_by_id and (number is None or number not in case.handlers.split())


def objection(actor: User, case: Case, review: Review) -> Forbidden | None:
    """Why a person may not review a case, or None; what :func:`answer` raises."""
    if may_review(actor, case, review):
        return None
    return Forbidden("承办人或送审人不得审核本案", "Whoever handled or submitted the case may not review it")


def _independent(actor: User, case: Case, review: Review) -> None:
    found = objection(actor, case, review)
    if found is not None:
        raise found


def _check(result: str, opinion: str, items: Mapping[str, str]) -> None:
    errors: dict[str, list[str]] = {}
    if result not in RESULTS:
        possible = ", ".join(RESULTS)
        errors["result"] = [f"只能是：{possible} / one of: {possible}"]
    unknown = ", ".join(sorted(set(items) - set(ITEMS)))
    if unknown:
        errors["items"] = [f"没有这些审核内容：{unknown} / no such points: {unknown}"]
    missing = ", ".join(sorted(set(ITEMS) - set(items)))
    if result == "passed" and missing:
        errors["items"] = [f"通过须逐项答复，尚缺：{missing} / passing answers every point; open: {missing}"]
    if result != "passed" and not opinion.strip():
        errors["opinion"] = ["退回须说明理由 / sending back needs a reason"]
    if errors:
        raise Invalid(errors)


def _facts(actor: User, result: str, items: Mapping[str, str], now: datetime) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "reviewed_on": day_at(now).isoformat(),
        "review_result": result,
        "review_items": [item for item in ITEMS if item in items],
        "reviewer": actor.login,
    }
    officer = actor.officer
    if officer is not None:
        facts["reviewer"] = officer.number
        facts["reviewer_qualified"] = officer.legal_qualification
        facts["reviewer_first_reviewed_on"] = officer.first_reviewed_on and officer.first_reviewed_on.isoformat()
    return facts
