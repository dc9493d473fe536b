"""Generated inspections: planned, approved, noticed, held, told and published; the bulk of every real book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from datetime import timedelta
from typing import Any

from benchmarks.chance import Weighted
from benchmarks.drafts import Draft
from benchmarks.drafts import close
from benchmarks.drafts import publish
from benchmarks.drafts import start

TYPES = Weighted({"routine": 0.8, "special": 0.15, "case": 0.05})
OUTCOMES = Weighted({"none": 0.85, "rectify": 0.11, "filed": 0.04})
#: 国办发〔2018〕118号: twenty working days for whatever is not a penalty.
PUBLISHED_WITHIN = 20


def inspection(draft: Draft, number: str, parties: Sequence[dict[str, Any]], day: date) -> None:
    """Draft an inspection that starts on a day."""
    chance = draft.chance
    start(draft, number, parties)
    business = draft.facts["party_kind"] != "individual"
    draft.have(type=chance.choose(TYPES), business=business)
    draft.perhaps(0.97, item_published=True, third_party_inspectors=False, urgent=False)
    draft.perhaps(0.9, plan_number=f"JH{day.year}-{chance.whole(1, 60)}", plan_approved_on=date(day.year, 1, 4))
    started = chance.at(day, 9, 16)
    left = started + timedelta(minutes=chance.whole(10, 90))
    notice = started - timedelta(minutes=chance.whole(0, 10))
    draft.have(approved_at=chance.at(chance.earlier(day, 1, 6), 9, 17), started_at=started)
    if business:
        draft.have(notice_delivered_at=notice)
        draft.perhaps(0.8, code_scanned_at=notice)
    draft.perhaps(0.95, left_at=left)
    draft.perhaps(0.99, record_signed=True)
    _conclude(draft, day)


def _conclude(draft: Draft, day: date) -> None:
    chance = draft.chance
    outcome = chance.choose(OUTCOMES)
    concluded = chance.later(day, 0, 3)
    draft.have(outcome=outcome)
    if not draft.done("concluded_on", concluded):
        return
    draft.have(result_told_on=concluded)
    publish(draft, concluded, PUBLISHED_WITHIN)
    last = concluded
    if outcome == "rectify":
        last = _rectify(draft, concluded)
    elif outcome == "filed":
        draft.perhaps(0.9, filed_case=f"示罚立〔{day.year}〕{chance.whole(1, 999)}号")
    close(draft, last)


def _rectify(draft: Draft, concluded: date) -> date:
    until = draft.chance.later(concluded, 3, 15)
    draft.have(rectify_by=until)
    again = draft.chance.later(until, 0, 5)
    if draft.done("reinspected_on", again):
        draft.have(rectified=draft.chance.true(0.97))
    return again


def just_unpublished(draft: Draft, number: str, parties: Sequence[dict[str, Any]], concluded: date) -> None:
    """Draft a sound inspection, concluded on a day and not published yet."""
    inspection(draft, number, parties, concluded)
    draft.have(concluded_on=concluded, result_told_on=concluded)
    draft.have(platform_entered_on=concluded, platform_number="PT000000000", record_signed=True)
    draft.facts.pop("published_on", None)
    draft.facts.pop("closed_on", None)
    draft.facts.pop("archived_on", None)
