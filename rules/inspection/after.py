"""After an inspection: the record is signed and the object learns the result.

A shop inspected on 2026-03-02 and concluded on 2026-03-04: the record is signed (or the refusal noted in it), and by the
conclusion the shop is told the result. Before the forms of 2025-05-08 only the record was required.
"""

from __future__ import annotations

from datetime import date

from rules.facts import Inspection
from rules.law import Law
from rules.norms import INSPECTION_FORMS
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.outcome import MET
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.reckoning import ONE_DAY
from rules.rule import rule

DATED_BY = ("result_told_on", "concluded_on", "left_at", "started_at")

NOT_SIGNED = breach("not_signed")
SIGNED_UNKNOWN = unknown("record_signed")
NOT_TOLD = breach("not_told")
TO_BE_TOLD = waiting("to_be_told")

RECORD = ("检查笔录经签字", "The record of the inspection is signed")
RECORD_CLAUSE = "检查应当制作笔录，由被检查人和执法人员签字；拒绝签字的应当注明。"
MESSAGES = {
    "not_signed": (
        "检查笔录未签字；请补签，或者在笔录上注明拒绝签字的情况。",
        "The record is not signed; have it signed, or note in it that signing was refused.",
    ),
    "not_told": (
        "已于 {concluded_on} 办结，未记录告知结果；请立即告知被检查人并登记。",
        "Concluded on {concluded_on} and no telling of the result is recorded; tell the object now and record it.",
    ),
    "to_be_told": (
        "检查结果尚未告知；请在办结前告知被检查人并登记。",
        "The result has not been told yet; tell the object by the conclusion and record it.",
    ),
}


@rule(
    "I-11",
    title=("检查笔录经签字，结果告知被检查人", "The record of the inspection is signed and the result is told"),
    clause=RECORD_CLAUSE + "检查结果应当告知被检查人。",
    severity="error",
    kinds=("inspection",),
    law=(PENALTY_LAW.article("55"), INSPECTION_FORMS.article("现场检查笔录")),
    dated_by=DATED_BY,
    since=INSPECTION_FORMS.in_force_from,
    messages=MESSAGES,
)
def record_and_result(case: Inspection, law: Law) -> Verdict | None:
    """An inspection is recorded and signed for, and its result is told to the object."""
    concluded_on = case.concluded_on
    if concluded_on is None and case.outcome is None and case.left_at is None:
        return unless_extract(case, ("record_signed",), None)
    signed, told = case.record_signed, case.result_told_on is not None
    if signed is False:
        return NOT_SIGNED
    if not told and concluded_on is not None and not case.extract:
        return NOT_TOLD
    if not told and case.extract:
        return unknown("result_told_on") if signed else unknown("record_signed", "result_told_on")
    if signed is None:
        return SIGNED_UNKNOWN
    return MET if told else TO_BE_TOLD


@rule(
    "I-11",
    title=RECORD,
    clause=RECORD_CLAUSE,
    severity="error",
    kinds=("inspection",),
    law=(PENALTY_LAW.article("55"),),
    dated_by=DATED_BY,
    since=PENALTY_LAW_2021,
    until=INSPECTION_FORMS.in_force_from - ONE_DAY,
    messages=MESSAGES,
)
def record_before_2025(case: Inspection, law: Law) -> Verdict | None:
    """An inspection is recorded, and the record signed for."""
    return _record(case)


@rule(
    "I-11",
    title=RECORD,
    clause=RECORD_CLAUSE,
    severity="error",
    kinds=("inspection",),
    law=(PENALTY_LAW_1996.article("37"),),
    dated_by=DATED_BY,
    since=date(1996, 10, 1),
    until=OLD_PENALTY_LAW_UNTIL,
    messages=MESSAGES,
)
def record_before_2021(case: Inspection, law: Law) -> Verdict | None:
    """An inspection is recorded, and the record signed for."""
    return _record(case)


def _record(case: Inspection) -> Verdict | None:
    if case.concluded_on is None and case.outcome is None and case.left_at is None:
        return unless_extract(case, ("record_signed",), None)
    signed = case.record_signed
    if signed is None:
        return SIGNED_UNKNOWN
    return MET if signed else NOT_SIGNED
