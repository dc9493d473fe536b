"""What the offices of a generated book have beside cases: officers with certificates and a catalogue for legal review.

``law(1000)`` is the law as these offices' book would hold it, without a database.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import msgspec

from benchmarks.composition import streets
from benchmarks.drafts import Street
from rules.calendar import Calendar
from rules.law import Entry
from rules.law import Law
from rules.law import Officer
from rules.law import load_profile

VALID_FROM, VALID_UNTIL = date(2019, 1, 1), date(2028, 12, 31)
EXPIRED_ON = date(2020, 6, 30)

#: After a street's catalogue: large fines, confiscation of that value, hearings, mitigation, heavy kinds, execution.
CATALOGUE: tuple[dict[str, Any], ...] = (
    {
        "code": "1",
        "zh": "较大数额罚款",
        "en": "Large fines",
        "act": "penalty",
        "from": "2020-01-01",
        "amount_of": "fine",
        "individual_from": "5000",
        "organisation_from": "50000",
    },
    {
        "code": "2",
        "zh": "没收同等价值的财物",
        "en": "Confiscation of that value",
        "act": "penalty",
        "from": "2020-01-01",
        "amount_of": "confiscated",
        "individual_from": "5000",
        "organisation_from": "50000",
    },
    {
        "code": "3",
        "zh": "责令停产停业、吊销许可证件",
        "en": "Stopping production, revoking a licence",
        "act": "penalty",
        "from": "2020-01-01",
        "types": ["stop_production", "revoke_licence", "close"],
    },
    {
        "code": "4",
        "zh": "经过听证程序",
        "en": "Hearing procedure",
        "act": "penalty",
        "from": "2020-01-01",
        "hearing": True,
    },
    {
        "code": "5",
        "zh": "减轻处罚",
        "en": "Mitigated penalties",
        "act": "penalty",
        "from": "2020-01-01",
        "mitigated": True,
    },
    {
        "code": "6",
        "zh": "行政强制执行",
        "en": "Coercive execution",
        "act": "measure",
        "from": "2020-01-01",
        "types": ["demolish", "restore", "proxy"],
    },
)


def officers(street: Street) -> tuple[Officer, ...]:
    """Give the officers of a street: handlers, a qualified reviewer, one whose certificate ran out, one auxiliary."""
    special: dict[str, dict[str, Any]] = {
        street.reviewer: {"legal_qualification": True},
        street.expired: {"valid_until": EXPIRED_ON},
        street.auxiliary: {"auxiliary": True},
    }
    return tuple(
        msgspec.structs.replace(Officer(number, f"甲{number[-2:]}", VALID_FROM, VALID_UNTIL), **special.get(number, {}))
        for number in (*street.handlers, *special)
    )


def register(offices: Iterable[Street]) -> dict[str, Officer]:
    """Give the register of all officers by certificate."""
    return {officer.number: officer for street in offices for officer in officers(street)}


@cache
def law(count: int) -> Law:
    """Give the law of the offices of a book of so many cases: Tianjin's profile, their register and catalogue."""
    entries = msgspec.convert(CATALOGUE, tuple[Entry, ...], strict=False)
    return Law(load_profile("tianjin"), Calendar.load(), register=register(streets(count)), catalogue=entries)
