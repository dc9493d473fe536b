"""A case in the making: its facts so far, and what the three kinds share.

    draft.have(filed_on=day)                    # always recorded
    draft.perhaps(0.95, recorded_text=True)     # recorded in 95 of 100 cases

No office records everything, so most facts are recorded with a probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from typing import NamedTuple

from benchmarks.chance import Chance
from benchmarks.chance import Weighted

SOURCES = Weighted({"inspection": 0.6, "complaint": 0.25, "assigned": 0.1, "transfer": 0.05})
CAUSES = (
    ("擅自占用道路摆摊设点", "city"),
    ("未按规定堆放建筑垃圾", "city"),
    ("沿街商户店外经营", "city"),
    ("违反门前三包责任", "city"),
    ("擅自设置户外广告", "city"),
    ("未落实消防安全责任", "safety"),
    ("未分类投放生活垃圾", "sanitation"),
    ("饲养犬只未束犬链", "civility"),
)
PLACES = ("示例路", "样板道", "范本街", "例证里", "试点大街")
FLAGS = ("public_interest", "social_risk", "major_rights", "complex")
FLAG_SHARE = 0.01
#: Share of acts that are published, and entered in the platform, at all.
NOT_FORGOTTEN = 0.997
REVIEW_ITEMS = ("subject", "procedure", "facts", "law", "discretion", "powers", "documents", "crime")


class Street(NamedTuple):
    """An office: its code, and the certificates of its people."""

    code: str
    handlers: tuple[str, ...]
    reviewer: str
    expired: str
    auxiliary: str


class Draft:
    """The facts of one case, the dice, the office it belongs to and the day the book is written for."""

    __slots__ = ("chance", "facts", "street", "today")

    def __init__(self, chance: Chance, street: Street, today: date) -> None:
        self.chance = chance
        self.street = street
        self.today = today
        self.facts: dict[str, Any] = {"agency": street.code}

    def have(self, **facts: Any) -> None:
        """Record facts."""
        self.facts.update(facts)

    def perhaps(self, share: float, **facts: Any) -> None:
        """Record each of some facts with a probability."""
        for name, value in facts.items():
            if self.chance.true(share):
                self.facts[name] = value

    def done(self, name: str, day: date) -> bool:
        """Record the day of a step, if it has come."""
        if day > self.today:
            return False
        self.facts[name] = day
        return True


def start(draft: Draft, number: str, parties: Sequence[dict[str, Any]]) -> None:
    """Record what stands on the cover of every file."""
    chance = draft.chance
    cause, field = chance.pick(CAUSES)
    draft.have(number=number, cause=cause, field=field, handlers=chance.two(draft.street.handlers))
    draft.have(**chance.pick(parties))
    place = f"{chance.pick(PLACES)}{chance.whole(1, 300)}号"
    draft.perhaps(0.95, source=chance.choose(SOURCES), place=place, place_in_area=True)
    draft.perhaps(0.9, item_code=f"1203{chance.whole(1, 400):04d}", recorded_text=True, recorded_av=chance.true(0.9))


def weigh(draft: Draft) -> bool:
    """Record the weight of a case; tells whether it is a weighty one."""
    weights = {name: draft.chance.true(FLAG_SHARE) for name in FLAGS}
    draft.perhaps(0.97, **weights)
    return any(draft.facts.get(name) for name in FLAGS)


def review(draft: Draft, after: date) -> date:
    """Have a case reviewed after a day, and give the day on which it passed."""
    chance = draft.chance
    submitted = chance.later(after, 0, 2)
    reviewed = chance.later(submitted, 0, 4)
    if draft.done("review_submitted_on", submitted) and draft.done("reviewed_on", reviewed):
        draft.have(review_result="passed", reviewer=draft.street.reviewer)
        draft.perhaps(0.97, review_items=list(REVIEW_ITEMS), reviewer_qualified=True)
    return reviewed


def publish(draft: Draft, after: date, within: int) -> None:
    """Publish an act and enter it in the platform, mostly within so many working days."""
    chance = draft.chance
    if chance.true(NOT_FORGOTTEN):
        draft.done("published_on", chance.later(after, 1, within))
    entered = chance.later(after, 0, within - 1)
    if chance.true(NOT_FORGOTTEN) and draft.done("platform_entered_on", entered):
        draft.have(platform_number=f"PT{chance.whole(0, 10**9):09d}")


def close(draft: Draft, after: date) -> None:
    """Close and archive a file after its last step."""
    closed = draft.chance.later(after, 1, 12)
    if draft.done("closed_on", closed) and draft.chance.true(0.95):
        draft.done("archived_on", draft.chance.later(closed, 1, 20))
