"""The queue of cases that wait for legal review, longest wait first, and the reviews of a case."""

from __future__ import annotations

from typing import Any

import peewee

from enforcement.accounts.queries import visible_agencies
from enforcement.cases.queries import Page
from enforcement.errors import NotFound
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Review
from enforcement.models import User


def queue(actor: User, status: str = "waiting", page: int = 1, page_size: int = 50) -> Page:
    """Give the reviews in a status that the actor may see, the longest waiting first."""
    query = (
        Review.select(Review, Case, Agency)
        .join(Case)
        .join(Agency)
        .where(Review.status == status, visible_agencies(actor))
        .order_by(Review.submitted_at, Review.id)
    )
    return Page(list(query.paginate(page, page_size)), query.count(), page, page_size)


def get(actor: User, public_id: str) -> Review:
    """Give a review with its case and who submitted it; raises NotFound for one the actor may not see."""
    query: Any = Review.select(Review, Case, Agency).join(Case).join(Agency)
    review: Review | None = query.where(Review.public_id == public_id, visible_agencies(actor)).first()
    if review is None:
        raise NotFound("没有这次送审", "No such review")
    return review


def count(actor: User) -> dict[str, int]:
    """How many reviews the actor may see are in each status."""
    query: Any = Review.select(Review.status, peewee.fn.COUNT(Review.id)).join(Case).join(Agency)
    return dict(query.where(visible_agencies(actor)).group_by(Review.status).tuples())


def waiting_for(case: Case) -> Review | None:
    """The review of a case that waits for an answer, or None."""
    return Review.get_or_none(Review.case == case, Review.status == "waiting")


def of_case(case: Case) -> list[Review]:
    """Every review of a case, oldest first."""
    return list(Review.select().where(Review.case == case).order_by(Review.submitted_at, Review.id))
