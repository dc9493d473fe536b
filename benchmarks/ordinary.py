"""Generated penalties by the ordinary procedure, from the clue to the closed file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks.chance import NEVER
from benchmarks.chance import Weighted
from benchmarks.drafts import Draft
from benchmarks.drafts import close
from benchmarks.drafts import publish
from benchmarks.drafts import review
from benchmarks.drafts import start
from benchmarks.drafts import weigh

KINDS = Weighted(
    {
        ("fine",): 0.9,
        ("fine", "confiscate_income"): 0.03,
        ("fine", "confiscate_goods"): 0.02,
        ("warning",): 0.03,
        ("stop_production",): 0.01,
        ("revoke_licence",): 0.01,
    }
)
HEAVY = frozenset({"stop_production", "revoke_licence"})
PUBLISHED_WITHIN = 7
#: From these fines on the office's catalogue asks for legal review, in yuan.
LARGE_FINE = {"individual": 5000, "sole_trader": 5000, "organisation": 50000}


def ordinary_penalty(draft: Draft, number: str, parties: Sequence[dict[str, Any]], day: date) -> None:
    """Draft a penalty whose act was discovered on a day."""
    chance = draft.chance
    start(draft, number, parties)
    weighty = weigh(draft)
    draft.have(procedure="ordinary", act_ended_on=chance.earlier(day, 0, 30))
    draft.perhaps(0.97, discovered_on=day)
    draft.perhaps(0.6, clue_received_on=day, correction_ordered_on=day)
    filed = chance.later(day, 0, 5)
    if not draft.done("filed_on", filed):
        return
    draft.perhaps(0.98, filing_approved_by="李某")
    _hold(draft, filed)
    reported = chance.later(filed, 4, 25)
    if not draft.done("investigation_reported_on", reported):
        return
    noticed = chance.later(reported, 1, 4)
    if not draft.done("notice_served_on", noticed):
        return
    decided = _before_the_decision(draft, noticed, weighty)
    if draft.done("decided_on", decided):
        _after_the_decision(draft, number, decided)


def _hold(draft: Draft, filed: date) -> None:
    """Hold evidence in a few cases, and dispose of it in time."""
    if draft.chance.true(0.05):
        draft.have(evidence_held_on=filed, evidence_hold_approved_on=filed)
        draft.done("evidence_disposed_on", draft.chance.later(filed, 1, 7))


def _before_the_decision(draft: Draft, noticed: date, weighty: bool) -> date:
    """Notice, statement, hearing, review and discussion; gives the day of the decision."""
    chance = draft.chance
    _intend(draft)
    told = not HEAVY.isdisjoint(draft.facts["noticed_kinds"]) or chance.true(0.4)
    ready = max(_statement(draft, noticed), _hearing(draft, noticed) if told else noticed)
    if weighty or _in_the_catalogue(draft) or chance.true(0.3):
        ready = review(draft, ready)
    if weighty:
        ready = _discuss(draft, ready)
    return chance.later(ready, 1, 4)


def _intend(draft: Draft) -> None:
    """Say in the notice what is intended."""
    chance = draft.chance
    kinds = chance.choose(KINDS)
    draft.have(noticed_kinds=list(kinds))
    if "fine" in kinds:
        large = 100_000 if draft.facts["party_kind"] == "organisation" else 6_000
        draft.have(noticed_fine=chance.yuan(200, large if chance.true(0.1) else large // 6))
    draft.perhaps(0.05, mitigation="主动消除危害后果")


def _in_the_catalogue(draft: Draft) -> bool:
    facts = draft.facts
    heard = facts.get("hearing_waived_on") or facts.get("hearing_held_on") or facts.get("mitigation")
    amount = facts.get("noticed_fine", 0)
    confiscated = "confiscate_income" in facts["noticed_kinds"]
    heavy = confiscated or not HEAVY.isdisjoint(facts["noticed_kinds"])
    return bool(heard) or heavy or amount >= LARGE_FINE[facts["party_kind"]]


def _statement(draft: Draft, noticed: date) -> date:
    """Let the party speak, waive or be silent; gives the day from which one may go on."""
    chance = draft.chance
    if chance.true(0.1):
        made = chance.later(noticed, 1, 4)
        rechecked = chance.later(made, 1, 3)
        if draft.done("statement_made_on", made):
            draft.done("statement_rechecked_on", rechecked)
        return rechecked
    if chance.true(0.5):
        draft.done("statement_waived_on", noticed)
        return noticed
    return chance.later(noticed, 6, 6)


def _hearing(draft: Draft, noticed: date) -> date:
    """Tell of the hearing, which most waive, some let pass and a few ask for."""
    chance = draft.chance
    draft.have(hearing_told=True)
    if chance.true(0.55):
        draft.done("hearing_waived_on", noticed)
        return noticed
    if chance.true(0.9):
        return chance.later(noticed, 6, 7)
    requested = chance.later(noticed, 1, 4)
    notified = chance.later(requested, 1, 3)
    held = chance.later(notified, 8, 12)
    if draft.done("hearing_requested_on", requested) and draft.done("hearing_notified_on", notified):
        if draft.done("hearing_held_on", held):
            draft.have(hearing_presider="吕某某")
    return held


def _discuss(draft: Draft, ready: date) -> date:
    discussed = draft.chance.later(ready, 0, 3)
    if draft.done("discussed_on", discussed):
        draft.perhaps(0.98, discussion_attendees=draft.chance.whole(3, 7))
    return discussed


def _after_the_decision(draft: Draft, number: str, decided: date) -> None:
    chance, facts = draft.chance, draft.facts
    kinds = facts["noticed_kinds"]
    draft.have(kinds=kinds, decision_number=f"{number}决")
    draft.perhaps(0.97, decided_by="王某", discretion_standard="裁量基准二档")
    if "fine" in kinds:
        fine = facts["noticed_fine"]
        draft.have(fine=fine)
        draft.perhaps(0.97, fine_min=Decimal("100.00"), fine_max=max(fine * 2, Decimal("5000.00")))
    if "confiscate_income" in kinds or "confiscate_goods" in kinds:
        draft.have(confiscated=chance.yuan(100, 4000))
    publish(draft, decided, PUBLISHED_WITHIN)
    served = chance.later(decided, 0, 5)
    if not draft.done("served_on", served):
        return
    draft.perhaps(0.9, service_method="直接送达")
    paid = chance.later(served, 0, 6) if "fine" in kinds else served
    if "fine" in kinds and not draft.done("paid_on", paid):
        return
    executed = paid if paid != NEVER else served
    if draft.done("executed_on", executed):
        close(draft, executed)
