"""Generated coercive measures and executions: mostly goods seized for a few days, now and then a demolition."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import Any

from benchmarks.chance import Weighted
from benchmarks.drafts import Draft
from benchmarks.drafts import close
from benchmarks.drafts import publish
from benchmarks.drafts import review
from benchmarks.drafts import start
from benchmarks.drafts import weigh

TYPES = Weighted(
    {"seize": 0.65, "seal": 0.15, "demolish": 0.06, "restore": 0.05, "proxy": 0.05, "court_application": 0.04}
)
PUBLISHED_WITHIN = 20


def measure(draft: Draft, number: str, parties: Sequence[dict[str, Any]], day: date) -> None:
    """Draft a measure or an execution that happens on a day."""
    start(draft, number, parties)
    weighty = weigh(draft)
    chance = draft.chance
    kind = chance.choose(TYPES)
    draft.have(type=kind)
    if kind in ("seize", "seal"):
        if weighty:
            review(draft, chance.earlier(day, 15, 25))
        _seize(draft, day)
    else:
        _execute(draft, kind, day)


def _seize(draft: Draft, day: date) -> None:
    """Seize or seal on a day, and dispose or lift within thirty days."""
    chance = draft.chance
    moment = chance.at(day, 9, 16)
    draft.have(class_="measure", power_listed=True, executed_at=moment, starts_on=day)
    draft.have(ends_on=day + timedelta(29), approved_at=moment - timedelta(hours=chance.whole(1, 48)))
    draft.perhaps(0.95, executed_until=moment + timedelta(minutes=chance.whole(20, 120)), urgent=False)
    draft.perhaps(0.99, credentials_shown=True, party_called=True, rights_told=True, heard=True, record_signed=True)
    draft.have(decision_delivered_on=day, inventory_made=True)
    draft.perhaps(0.97, recorded_av=True, fee_charged=Decimal("0.00"))
    publish(draft, day, PUBLISHED_WITHIN)
    ended = day + timedelta(chance.whole(3, 29))
    if not draft.done("lifted_on" if chance.true(0.7) else "disposed_on", ended):
        return
    if draft.facts.get("lifted_on"):
        draft.done("returned_on", ended)
    close(draft, ended)


def _execute(draft: Draft, kind: str, day: date) -> None:
    """Execute a decision: demand, review, execution decision, and what its type needs."""
    chance = draft.chance
    served = chance.earlier(day, 205, 240)
    demanded = chance.earlier(day, 60, 90)
    draft.have(class_="execution", base_decision_served_on=served, suit_pending=False, demand_served_on=demanded)
    if kind == "court_application":
        _apply(draft, day)
        return
    until = chance.later(demanded, 10, 12)
    draft.have(demand_until=until)
    decided = chance.later(review(draft, until), 1, 3)
    draft.have(execution_decided_on=decided, execution_decision_served_on=chance.later(decided, 0, 2))
    draft.perhaps(0.95, residential=chance.true(0.3), utilities_cut=False)
    _PREPARE.get(kind, _nothing)(draft, day)
    moment = chance.at(day, 9, 15)
    draft.have(executed_at=moment, executed_until=moment + timedelta(hours=2), recorded_av=True)
    publish(draft, day, PUBLISHED_WITHIN)
    close(draft, day)


def _apply(draft: Draft, day: date) -> None:
    """Apply to the court; publish and close."""
    draft.have(court_applied_on=day)
    publish(draft, day, PUBLISHED_WITHIN)
    close(draft, day)


def _demolition(draft: Draft, day: date) -> None:
    announced = draft.chance.earlier(day, 20, 40)
    draft.have(announced_on=announced, self_demolition_until=announced + timedelta(15))


def _proxy(draft: Draft, day: date) -> None:
    draft.have(proxy_demand_on=draft.chance.earlier(day, 10, 20), official_present=True)


def _nothing(draft: Draft, day: date) -> None:
    """Restoration needs nothing beyond the demand and the decision."""


_PREPARE: dict[str, Callable[[Draft, date], None]] = {"demolish": _demolition, "proxy": _proxy}
