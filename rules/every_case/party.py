"""Against whom: a party with a name and a code, and a code that belongs to such a party.

A decision against "91350100M000100Y44" names nobody: the last character of that code should be 3. A company recorded under
92310107MA1KJUL060 is not a company: codes beginning with 92 belong to sole traders. Passports, permits and numbers older
than the eighteen-character codes are left to a person.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rules.codes import LENGTH
from rules.codes import is_masked
from rules.codes import resident_id_fault
from rules.codes import uscc_fault
from rules.facts import Inspection
from rules.facts import Measure
from rules.facts import Penalty
from rules.law import Law
from rules.norms import CODE_STANDARD
from rules.norms import COERCION_LAW
from rules.norms import IDENTITY_STANDARD
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import THREE_SYSTEMS
from rules.outcome import MET
from rules.outcome import Every
from rules.outcome import Requirement
from rules.outcome import Undetermined
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import waiting
from rules.reckoning import day_of
from rules.rule import rule
from rules.wording import FactNames

SOLE_TRADER = "92"
MESSAGES = {
    "missing": (
        "{decided_on} 作出决定，未记录{missing}；请核实当事人身份，对象错误的决定应予撤销。",
        "Decided on {decided_on} without: {missing}; establish who the party is: a decision against the wrong one falls.",
    ),
    "before_decision": (
        "作出决定前须核实并记录{missing}。",
        "To be established and recorded before the decision: {missing}.",
    ),
    "masked": ("证件号码已作遮盖，无法校验", "The code is masked and cannot be checked"),
    "other_document": (
        "号码 {party_code} 不是十八位，属其他证件或旧号码，须人工核对",
        "The code {party_code} has not eighteen characters: another document or an old number, for a person to check",
    ),
    "operators_id": (
        "号码 {party_code} 是经营者的身份证号码，个体工商户应登记 92 开头的统一社会信用代码",
        "The code {party_code} is the operator's identity number; a sole trader is named by its code beginning with 92",
    ),
    "sole_traders_code": (
        "号码 {party_code} 以 92 开头，属个体工商户，与当事人类别“{party_kind}”不符；请核对当事人。",
        "The code {party_code} begins with 92 and belongs to a sole trader, but the party is recorded as: {party_kind}; "
        "check the party.",
    ),
    "organisations_code": (
        "号码 {party_code} 不以 92 开头，不属个体工商户，与当事人类别“{party_kind}”不符；请核对当事人。",
        "The code {party_code} does not begin with 92, but the party is recorded as: {party_kind}; check the party.",
    ),
    "persons_id": (
        "号码 {party_code} 是居民身份证号码，与当事人类别“{party_kind}”不符；请核对当事人。",
        "The code {party_code} is a resident identity number, but the party is recorded as: {party_kind}; check the party.",
    ),
    "not_a_person": (
        "号码 {party_code} 是统一社会信用代码，与当事人类别“{party_kind}”不符；请核对当事人。",
        "The code {party_code} is a unified social credit code, but the party is recorded as: {party_kind}; "
        "check the party.",
    ),
    "alphabet": (
        "统一社会信用代码 {party_code} 含有代码不使用的字符（字母 I、O、S、V、Z 等）；请按证照核对。",
        "The credit code {party_code} has a character that no such code has (like I, O, S, V, Z); check it.",
    ),
    "check": (
        "统一社会信用代码 {party_code} 第十八位校验不符；请按证照核对。",
        "The check character of the credit code {party_code} is wrong; check it against the licence.",
    ),
    "organisation_check": (
        "统一社会信用代码 {party_code} 第九至十七位（组织机构代码）校验不符；请按证照核对。",
        "Characters 9 to 17 of the credit code {party_code} (organisation code) fail their check; "
        "check it against the licence.",
    ),
    "digits": (
        "身份证号码 {party_code} 应为十七位数字加一位数字或 X；请按证件核对。",
        "The identity number {party_code} is not seventeen digits and a digit or X; check it against the document.",
    ),
    "birth_date": (
        "身份证号码 {party_code} 第七至十四位不是可能的出生日期；请按证件核对。",
        "Digits 7 to 14 of the identity number {party_code} are no possible date of birth; check it against the document.",
    ),
    "identity_check": (
        "身份证号码 {party_code} 第十八位校验不符；请按证件核对。",
        "The check character of the identity number {party_code} is wrong; check it against the document.",
    ),
}
TITLE = (
    "当事人名称、号码齐全，号码有效且与当事人类别相符",
    "The party has a name and a valid code that fits the kind of party",
)
STANDARDS = (CODE_STANDARD.article("校验码"), IDENTITY_STANDARD.article("校验码"))

NO_KIND = unknown("party_kind")
MASKED = unknown("party_code", say="masked")
OTHER_DOCUMENT = unknown("party_code", say="other_document")
OPERATORS_ID = unknown("party_code", say="operators_id")


@rule(
    "P-08",
    title=TITLE,
    clause="违法事实和当事人必须查明，处罚决定书应当载明当事人的姓名或者名称；号码应当有效，并与当事人类别相符。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    law=(
        PENALTY_LAW.article("40"),
        PENALTY_LAW.article("59(1)"),
        PENALTY_LAW_1996.article("30"),
        PENALTY_LAW_1996.article("39"),
        *STANDARDS,
    ),
    messages=MESSAGES,
)
def party_of_a_penalty(case: Penalty, law: Law) -> Verdict | None:
    """Facts and party are established before a penalty; the decision names the party, under a code that is its own."""
    missing = _missing(case)
    on = case.decided_on or case.filed_on or case.discovered_on or date.max
    if not missing:
        return _code(case, on)
    return _worst(_unnamed(case, missing), _code(case, on) if case.party_code else None)


def _unnamed(case: Penalty, missing: tuple[str, ...]) -> Requirement | Undetermined | None:
    """A party not recorded is in order until the decision, and of no matter in a case closed without one."""
    if case.extract:
        return unknown(*missing)
    if case.decided_on is not None:
        return breach("missing", missing=FactNames(missing))
    return waiting("before_decision", missing=FactNames(missing)) if case.closed_on is None else None


@rule(
    "P-08",
    title=TITLE,
    clause="行政强制决定书应当载明当事人的姓名或者名称；号码应当有效，并与当事人类别相符。",
    severity="error",
    zero_item=True,
    kinds=("measure",),
    law=(COERCION_LAW.article("24(2)"), *STANDARDS),
    messages=MESSAGES,
)
def party_of_a_measure(case: Measure, law: Law) -> Verdict | None:
    """The decision on a coercive act names the party, under a code that is its own."""
    return _party(case, case.executed_at or case.starts_on)


@rule(
    "P-08",
    title=TITLE,
    clause="行政检查的对象应当明确；号码应当有效，并与检查对象的类别相符。",
    severity="error",
    zero_item=True,
    kinds=("inspection",),
    law=(THREE_SYSTEMS.article("六"), *STANDARDS),
    messages=MESSAGES,
)
def party_of_an_inspection(case: Inspection, law: Law) -> Verdict | None:
    """Whom an inspection concerns is clear, under a code that is the party's own."""
    return _party(case, case.started_at)


def _party(case: Any, moment: Any) -> Verdict | None:
    missing = _missing(case)
    on = date.max if moment is None else day_of(moment)
    if not missing:
        return _code(case, on)
    return _worst(unknown(*missing), _code(case, on) if case.party_code else None)


def _missing(case: Any) -> tuple[str, ...]:
    if case.party_name and case.party_code:
        return ()
    return tuple(name for name in ("party_name", "party_code") if not getattr(case, name))


def _worst(unnamed: Requirement | Undetermined | None, code: Requirement | Undetermined | None) -> Verdict | None:
    if unnamed is None or code is None:
        return unnamed or code
    return Every((unnamed, code))


def _code(case: Any, on: date) -> Requirement | Undetermined:
    """Judge the code of the party by the kind of party; ``on`` is the day by which a person must have been born."""
    code: str = case.party_code
    if is_masked(code):
        return MASKED
    kind = case.party_kind
    if kind is None:
        return NO_KIND
    if len(code.strip()) != LENGTH:
        return OTHER_DOCUMENT
    return _JUDGES[kind](code.strip(), on)


def _organisation(code: str, on: date) -> Requirement:
    fault = uscc_fault(code)
    if fault is None:
        return _error("sole_traders_code") if code.startswith(SOLE_TRADER) else MET
    return _error("persons_id" if resident_id_fault(code, on) is None else fault)


def _sole_trader(code: str, on: date) -> Requirement | Undetermined:
    fault = uscc_fault(code)
    if fault is None:
        return MET if code.startswith(SOLE_TRADER) else _error("organisations_code")
    return OPERATORS_ID if resident_id_fault(code, on) is None else _error(fault)


def _individual(code: str, on: date) -> Requirement:
    fault = resident_id_fault(code, on)
    if fault is None:
        return MET
    if uscc_fault(code) is None:
        return _error("not_a_person")
    return _error("identity_check" if fault == "check" else fault)


def _error(say: str) -> Requirement:
    return breach(say, "error")


_JUDGES: dict[str, Callable[[str, date], Requirement | Undetermined]] = {
    "organisation": _organisation,
    "sole_trader": _sole_trader,
    "individual": _individual,
}
