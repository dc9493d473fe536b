"""A few cases to look at, recorded in the test office as the API would record them.

The clock stands at 2 March 2026. ``fill(office, now)`` records: a penalty in order; one that was never published (overdue since
early February) and never entered in the platform; one under way, sent back by the reviewer; one that waits for the reviewer; a
draft without a number; and one of the other street.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enforcement.cases import operations as cases
from enforcement.models import Case
from enforcement.models import User
from enforcement.reviews import operations as reviews
from tests.office import PENALTY
from tests.office import Office

#: Facts of the end, which a case under way does not have.
LATER = ("decided_on", "decided_by", "decision_number", "served_on", "paid_on", "published_on", "kinds", "fine")
PLATFORM = ("platform_number", "platform_entered_on")


@dataclass
class Book:
    """The cases by what they show."""

    good: Case
    unpublished: Case
    returned: Case
    waiting: Case
    draft: Case
    elsewhere: Case


def record(actor: User, number: str | None, now: datetime, without: tuple[str, ...] = (), **facts: Any) -> Case:
    """Record a penalty as in :data:`tests.office.PENALTY` under a number, without some facts and with others."""
    kept = {name: value for name, value in PENALTY.items() if name not in without}
    return cases.record(actor, "penalty", {**kept, "number": number, **facts}, now)


def fill(office: Office, now: datetime) -> Book:
    """Record the cases."""
    open_case = {"complex": True}
    book = Book(
        good=record(office.officer, "示街罚立〔2026〕1号", now),
        unpublished=record(
            office.officer, "示街罚立〔2026〕2号", now, ("published_on", *PLATFORM), cause="占道堆放物料"
        ),
        returned=record(office.officer, "示街罚立〔2026〕3号", now, (*LATER, *PLATFORM), **open_case),
        waiting=record(office.officer, "示街罚立〔2026〕4号", now, (*LATER, *PLATFORM), **open_case),
        draft=record(office.officer, None, now, (*LATER, *PLATFORM, "filed_on"), cause="尚未立案的线索"),
        elsewhere=record(office.stranger, "乙街罚立〔2026〕1号", now, ("published_on",)),
    )
    reviews.submit(office.officer, book.returned.public_id, now)
    reviews.answer(office.reviewer, book.returned.public_id, "correct", "请补充裁量说明", {}, now)
    reviews.submit(office.officer, book.waiting.public_id, now)
    return book
