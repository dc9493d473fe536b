"""Generated penalties by the summary procedure: decided, handed over and often paid on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks.drafts import Draft
from benchmarks.drafts import close
from benchmarks.drafts import publish
from benchmarks.drafts import start
from benchmarks.drafts import weigh

NEW_LAW = date(2021, 7, 15)
#: Highest fine in yuan of a person and of an organisation, before and from 2021-07-15.
LIMITS = ((50, 1000), (200, 3000))
PUBLISHED_WITHIN = 7
ON_THE_SPOT = Decimal(100)


def summary_penalty(draft: Draft, number: str, parties: Sequence[dict[str, Any]], day: date) -> None:
    """Draft a penalty decided on the spot on a day."""
    chance = draft.chance
    start(draft, number, parties)
    weigh(draft)
    draft.have(procedure="summary", act_ended_on=day, decided_on=day, decision_number=f"{number}决")
    draft.perhaps(0.99, discovered_on=day)
    draft.perhaps(0.95, decided_by="张某", discretion_standard="裁量基准一档")
    draft.have(delivered_on_spot=True, served_on=day)
    draft.done("reported_to_agency_on", chance.later(day, 0, 3))
    publish(draft, day, PUBLISHED_WITHIN)
    if chance.true(0.15):
        draft.have(kinds=["warning"])
        paid = day
    else:
        paid = _fine(draft, day)
    if draft.done("executed_on", paid):
        close(draft, paid)


def _fine(draft: Draft, day: date) -> date:
    """Set a fine and have it paid; gives the day of payment."""
    chance = draft.chance
    limit = LIMITS[day >= NEW_LAW][draft.facts["party_kind"] == "organisation"]
    fine = chance.yuan(limit // 10, limit, step=limit // 10)
    draft.have(kinds=["fine"], fine=fine)
    draft.perhaps(0.97, fine_min=Decimal(limit // 10).quantize(fine), fine_max=Decimal(limit * 2).quantize(fine))
    if day >= NEW_LAW and fine <= ON_THE_SPOT and chance.true(0.3):
        _collect(draft, day)
        return day
    paid = chance.later(day, 0, 6)
    draft.done("paid_on", paid)
    return paid


def _collect(draft: Draft, day: date) -> None:
    """Collect a small fine on the spot and hand it in."""
    chance = draft.chance
    draft.have(collected_on_spot=True, paid_on=day, receipt_number=f"津财{chance.whole(0, 10**8):08d}")
    handed = chance.later(day, 0, 2)
    if draft.done("handed_in_on", handed):
        draft.done("banked_on", chance.later(handed, 0, 2))
