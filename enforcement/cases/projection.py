"""From a case's facts to the columns that lists are searched and sorted by, and back.

The facts are kept once, as canonical JSON; everything else in the row is a copy made here. ``encode(case)`` then
``decode(kind, text)`` gives an equal case.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from enforcement.cases.search import grams
from rules.facts import KINDS
from rules.facts import Case as Facts
from rules.facts import Inspection
from rules.facts import Measure
from rules.facts import Penalty
from rules.reckoning import day_of

_encoder = msgspec.json.Encoder(order="sorted")


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(KINDS[kind])


def decode(kind: str, text: str) -> Facts:
    """Read stored facts."""
    case: Facts = _decoder(kind).decode(text)
    return case


def encode(case: Facts) -> str:
    """Write facts in their one stored form."""
    return _encoder.encode(case).decode()


def plain(case: Facts) -> dict[str, Any]:
    """The recorded facts as JSON holds them."""
    facts: dict[str, Any] = msgspec.json.decode(_encoder.encode(case))
    return facts


def event_on(case: Facts) -> Any:
    """The day by which lists go: decision or filing, execution, start; None before any of them."""
    if isinstance(case, Penalty):
        return case.decided_on or case.filed_on
    if isinstance(case, Measure):
        moment = case.executed_at or case.execution_decided_on or case.court_applied_on
    else:
        moment = case.started_at
    return None if moment is None else day_of(moment)


def decided_on(case: Facts) -> Any:
    """The day on which the act was decided, executed or concluded: what yearly figures count by."""
    if isinstance(case, Penalty):
        return case.decided_on
    return case.concluded_on if isinstance(case, Inspection) else event_on(case)


def columns(case: Facts) -> dict[str, Any]:
    """Every column that copies a fact."""
    words = (
        case.number,
        case.cause,
        case.party_name,
        case.party_code,
        case.place,
        getattr(case, "decision_number", None),
    )
    return {
        "number": case.number,
        "facts": encode(case),
        "cause": case.cause or "",
        "field": case.field or "",
        "party_name": case.party_name or "",
        "party_code": case.party_code or "",
        "handlers": " ".join(case.handlers or ()),
        "event_on": event_on(case),
        "decided_on": decided_on(case),
        "closed_on": case.closed_on,
        "platform_entered_on": case.platform_entered_on,
        "extract": case.extract,
        "grams": grams(" ".join(word for word in words if word)),
    }
