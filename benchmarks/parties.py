"""Invented parties with codes that pass every check and belong to nobody, since no place has the division 99.

    party(chance)["party_code"]      # "92999900MA24BNJH7B"; characters 9 to 17 and the last one check

The names are as published records mask them.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import Any

from benchmarks.chance import Chance
from benchmarks.chance import Weighted
from rules.codes import ORGANISATION_ALPHABET
from rules.codes import USCC_ALPHABET

DIVISION = "999900"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
TRADES = (
    "餐饮店",
    "便利店",
    "水果店",
    "理发店",
    "洗车行",
    "五金店",
    "早点铺",
    "家政服务部",
    "建材经营部",
    "快递服务点",
)
PARTY_KINDS = Weighted({"individual": 0.45, "sole_trader": 0.35, "organisation": 0.20})

_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_CHECKS = "0X987654321"
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
#: Letters that both alphabets know.
_COMMON = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def party(chance: Chance) -> dict[str, Any]:
    """Make the facts of a party: kind, name, code and what goes with them."""
    kind = chance.choose(PARTY_KINDS)
    person = chance.pick(SURNAMES) + "某"
    if kind == "individual":
        born = date(1955, 1, 1) + timedelta(chance.whole(0, 48 * 365))
        return {
            "party_kind": kind,
            "party_name": person,
            "party_code": resident_id(chance, born),
            "party_birth_date": born,
        }
    name = f"示例{chance.pick(SURNAMES)}记{chance.pick(TRADES)}"
    return {
        "party_kind": kind,
        "party_name": name if kind == "sole_trader" else f"{name}有限公司",
        "party_code": credit_code(chance, "92" if kind == "sole_trader" else "91"),
        "legal_representative": person,
    }


def resident_id(chance: Chance, born: date) -> str:
    """Make an identity number with a right check character (GB 11643-1999)."""
    digits = f"{DIVISION}{born:%Y%m%d}{chance.whole(1, 999):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _RESIDENT_WEIGHTS, strict=True))
    return digits + _RESIDENT_CHECKS[total % 11]


def credit_code(chance: Chance, registrar: str) -> str:
    """Make a unified social credit code with both check characters right (GB 32100-2015, GB 11714)."""
    body = "MA" + "".join(chance.pick(_COMMON) for _ in range(6))
    total = sum(ORGANISATION_ALPHABET.index(c) * w for c, w in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    code = registrar + DIVISION + body + _ORGANISATION_CHECKS[total % 11]
    total = sum(USCC_ALPHABET.index(c) * w for c, w in zip(code, _USCC_WEIGHTS, strict=True))
    return code + USCC_ALPHABET[-total % 31]
