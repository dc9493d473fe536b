"""What goes wrong in three cases of a hundred: one fault each, of the sort that file evaluations find.

A fault that the case gives no occasion for (a late payment where no fine was set) changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from benchmarks.drafts import Draft

Fault = Callable[[Draft], None]


def _without(*names: str) -> Fault:
    """Something was not done."""

    def apply(draft: Draft) -> None:
        for name in names:
            draft.facts.pop(name, None)

    return apply


def _later(name: str, days: int) -> Fault:
    """Something was done late."""

    def apply(draft: Draft) -> None:
        if name in draft.facts:
            day = draft.facts.pop(name) + timedelta(days)
            draft.done(name, day)

    return apply


def _not(name: str) -> Fault:
    """Something was skipped on site, and the record says so."""

    def apply(draft: Draft) -> None:
        draft.facts[name] = False

    return apply


def _one_handler(draft: Draft) -> None:
    draft.facts["handlers"] = draft.facts["handlers"][:1]


def _expired(draft: Draft) -> None:
    draft.facts["handlers"] = [draft.facts["handlers"][0], draft.street.expired]


def _auxiliary(draft: Draft) -> None:
    draft.facts["handlers"] = [draft.facts["handlers"][0], draft.street.auxiliary]


def _slip_in_the_code(draft: Draft) -> None:
    code = draft.facts["party_code"]
    draft.facts["party_code"] = code[:-1] + ("1" if code[-1] != "1" else "2")


def _entered_too_early(draft: Draft) -> None:
    if "platform_entered_on" in draft.facts:
        draft.facts["platform_entered_on"] -= timedelta(60)


def _fine_above(draft: Draft) -> None:
    if "fine" in draft.facts:
        draft.facts["fine_max"] = draft.facts["fine"] / 2


def _reviewed_by_the_handler(draft: Draft) -> None:
    if "reviewer" in draft.facts:
        draft.facts["reviewer"] = draft.facts["handlers"][0]


SHARED: tuple[Fault, ...] = (
    _one_handler,
    _expired,
    _auxiliary,
    _slip_in_the_code,
    _entered_too_early,
    _without("platform_entered_on", "platform_number"),
    _without("published_on"),
    _later("published_on", 40),
)
FAULTS: dict[str, tuple[Fault, ...]] = {
    "inspection": (
        *SHARED,
        _without("approved_at"),
        _without("notice_delivered_at"),
        _without("result_told_on"),
        _not("record_signed"),
        _not("item_published"),
    ),
    "measure": (
        *SHARED,
        _without("approved_at"),
        _without("demand_served_on"),
        _without("inventory_made"),
        _not("heard"),
        _later("lifted_on", 12),
        _without("lifted_on", "disposed_on", "returned_on"),
    ),
    "penalty": (
        *SHARED,
        _without("filed_on"),
        _without("notice_served_on"),
        _without("statement_rechecked_on"),
        _without("reviewed_on", "review_result"),
        _without("reported_to_agency_on"),
        _without("receipt_number"),
        _later("served_on", 20),
        _later("paid_on", 60),
        _later("decided_on", 120),
        _fine_above,
        _reviewed_by_the_handler,
    ),
}


def go_wrong(draft: Draft, kind: str) -> None:
    """Let one thing go wrong in a drafted case."""
    draft.chance.pick(FAULTS[kind])(draft)
