"""Whether the code of a party can be right, told while it is typed.

Eighteen characters copied from a licence by hand are wrong once in a while, and the check character tells. A whole code is judged
by the rule that judges it later (P-08), in its words; only a code that is still being typed is told to be short::

    code_verdict("91350100M000100Y44", "organisation", law, today, "zh")
    # Verdict("wrong", "统一社会信用代码 91350100M000100Y44 第十八位校验不符；请按证照核对。")
"""

from __future__ import annotations

from datetime import date
from typing import Literal
from typing import NamedTuple
from typing import get_args

import msgspec

from rules.codes import LENGTH
from rules.codes import is_masked
from rules.codes import resident_id_fault
from rules.codes import uscc_fault
from rules.explanation import explain
from rules.facts import Inspection
from rules.facts import Text
from rules.facts.every_case import PartyKind
from rules.law import Law
from rules.rulebook import default_rulebook

RULE = "P-08"
SHORT = Text("已输入 {length} 位，应为 {wanted} 位", "{length} characters of {wanted}")
RIGHT_CODE = Text("统一社会信用代码校验通过", "The credit code passes its check")
RIGHT_IDENTITY = Text("身份证号码校验通过", "The identity number passes its check")
NO_KIND = Text("请先选择当事人类别，再校验号码", "Choose the kind of party first; then the code can be checked")


class Verdict(NamedTuple):
    """What can be said of a code: ``open`` is neither right nor wrong yet."""

    tone: Literal["right", "wrong", "open"]
    text: str


def code_verdict(code: str, party_kind: str, law: Law, day: date, language: str) -> Verdict | None:
    """Judge a code for a kind of party (empty when not recorded) on a day; None for an empty code."""
    code = code.strip()
    if not code:
        return None
    if len(code) < LENGTH and not is_masked(code):
        return Verdict("open", SHORT.of(language).format(length=len(code), wanted=LENGTH))
    if party_kind not in get_args(PartyKind):
        return _of_any_kind(code, day, language)
    case = msgspec.convert({"party_name": "·", "party_code": code, "party_kind": party_kind}, Inspection)
    outcome = next(item for item in explain(default_rulebook(), case, law, day, language) if item.rule == RULE)
    if outcome.state == "satisfied":
        return Verdict("right", (RIGHT_IDENTITY if party_kind == "individual" else RIGHT_CODE).of(language))
    return Verdict("wrong" if outcome.state == "violated" else "open", outcome.message)


def _of_any_kind(code: str, day: date, language: str) -> Verdict:
    """A code that passes one of the two checks is that code; of another nothing can be said without the kind."""
    if uscc_fault(code) is None:
        return Verdict("right", RIGHT_CODE.of(language))
    if resident_id_fault(code, day) is None:
        return Verdict("right", RIGHT_IDENTITY.of(language))
    return Verdict("open", NO_KIND.of(language))
