"""Two officers, and the age of the person punished.

One handler alone makes a penalty void in every file evaluation. A person born on 2010-05-04 who acted on 2024-05-03 was
thirteen and is not punished at all; on 2024-05-04, the birthday, fourteen is reached, and the penalty must be mitigated.
"""

from __future__ import annotations

from datetime import date

from rules.calendar import add_years
from rules.codes import birth_date_of
from rules.codes import is_masked
from rules.codes import resident_id_fault
from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.outcome import MET
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import met
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.rule import rule

#: Fewest officers, and the ages that matter: part of the statutes' wording in both versions, not local numbers.
TWO = 2
PUNISHABLE_FROM = 14
FULL_FROM = 18

OFFICER_MESSAGES = {
    "few": (
        "承办人仅 {count} 名（{handlers}），不足两名；请由两名以上持证执法人员办理并重新取证。",
        "Only {count} handler ({handlers}), fewer than two; let two certified officers handle the case and take the "
        "evidence again.",
    ),
}
OFFICERS_TITLE = ("执法人员不少于两名", "At least two officers handle the case")


@rule(
    "P-04",
    title=OFFICERS_TITLE,
    clause="行政处罚由具有行政执法资格的执法人员实施，执法人员不得少于两人，法律另有规定的除外。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    law=(PENALTY_LAW.article("42(1)"),),
    dated_by=("decided_on", "filed_on"),
    since=PENALTY_LAW_2021,
    messages=OFFICER_MESSAGES,
)
def two_officers(case: Penalty, law: Law) -> Verdict | None:
    """Any penalty, also in the summary procedure, is implemented by at least two officers unless a law differs."""
    return _two_officers(case)


@rule(
    "P-04",
    title=OFFICERS_TITLE,
    clause="行政机关在调查或者进行检查时，执法人员不得少于两人。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    law=(PENALTY_LAW_1996.article("37(1)"),),
    dated_by=("decided_on", "filed_on"),
    since=date(1996, 10, 1),
    until=OLD_PENALTY_LAW_UNTIL,
    messages=OFFICER_MESSAGES,
)
def two_officers_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """At least two officers investigate or inspect, which concerns the ordinary procedure only."""
    if case.procedure == "summary":
        return None
    found = _two_officers(case)
    return unknown("procedure") if case.procedure is None and found is not MET else found


def _two_officers(case: Penalty) -> Verdict:
    handlers = case.handlers
    if handlers is None or (not handlers and case.extract):
        return unknown("handlers")
    count = len({number.strip() for number in handlers} - {""})
    return MET if count >= TWO else breach("few", count=count)


AGE_MESSAGES = {
    "child": (
        "行为人 {born} 出生，{act_ended_on} 未满十四周岁；不予处罚，请结案并责令监护人管教。",
        "Born on {born}, the person was under fourteen on {act_ended_on}: no penalty; close the case and order the "
        "guardian to discipline the child.",
    ),
    "unmitigated": (
        "行为人 {born} 出生，{act_ended_on} 已满十四周岁未满十八周岁，决定未记录从轻、减轻情节；请依法从轻或者减轻。",
        "Born on {born}, the person was between fourteen and eighteen on {act_ended_on}, and no mitigation is recorded; "
        "the penalty must be lighter or mitigated.",
    ),
    "to_mitigate": (
        "行为人 {born} 出生，{act_ended_on} 已满十四周岁未满十八周岁；决定时须从轻或者减轻并记录情节。",
        "Born on {born}, the person was between fourteen and eighteen on {act_ended_on}; the decision must be lighter or "
        "mitigated and say why.",
    ),
    "mitigated": (
        "行为人 {act_ended_on} 已满十四周岁未满十八周岁，已从轻或者减轻：{mitigation}。",
        "The person was between fourteen and eighteen on {act_ended_on}; mitigated: {mitigation}.",
    ),
    "closed": ("已结案，未作处罚决定。", "Closed without a penalty."),
    "born_after": (
        "出生日期 {born} 晚于违法行为终了日期 {act_ended_on}，请核对",
        "The birth date {born} is later than the end of the act, {act_ended_on}; check both",
    ),
}
NO_KIND = unknown("party_kind")
NO_BIRTH_DATE = unknown("party_birth_date")
NO_ACT_DAY = unknown("act_ended_on")
NO_DECISION = unknown("decided_on")
CLOSED = met("closed")
MITIGATED = met("mitigated")


@rule(
    "P-09",
    title=(
        "不满十四周岁不予处罚，已满十四不满十八周岁从轻或减轻",
        "Nobody under fourteen is punished; from fourteen to eighteen the penalty is mitigated",
    ),
    clause="不满十四周岁的未成年人有违法行为的，不予行政处罚；已满十四周岁不满十八周岁的，应当从轻或者减轻行政处罚。"
    "周岁以生日当日届满计；二月二十九日出生的，平年以二月二十八日为生日。",
    severity="fatal",
    kinds=("penalty",),
    law=(PENALTY_LAW.article("30"), PENALTY_LAW_1996.article("25")),
    messages=AGE_MESSAGES,
)
def age(case: Penalty, law: Law) -> Verdict | None:
    """Nobody under fourteen at the time of the act is punished; between fourteen and eighteen it is lighter or mitigated.

    A year of age is complete on the birthday itself; who was born on 29 February has it on 28 February in common years.
    """
    kind = case.party_kind
    if kind is not None and kind != "individual":
        return None
    acted = case.act_ended_on
    born = _birth_date(case, acted)
    if born is not None and acted is not None and _reached(born, FULL_FROM, acted):
        return MET
    if case.decided_on is None and case.closed_on is not None and not case.extract:
        return CLOSED
    if kind is None:
        return NO_KIND
    if born is None:
        return NO_BIRTH_DATE
    return _minor(case, born, acted) if acted is not None else NO_ACT_DAY


def _birth_date(case: Penalty, acted: date | None) -> date | None:
    """The birth date recorded, else that of a sound identity number."""
    born, code = case.party_birth_date, case.party_code
    if born is not None or not code or is_masked(code):
        return born
    return birth_date_of(code) if resident_id_fault(code, acted or date.max) is None else None


def _reached(born: date, years: int, on: date) -> bool:
    """Tell whether an age is reached on a day; most people are older than the year alone decides."""
    older = on.year - born.year
    return older > years or (older == years and add_years(born, years) <= on)


def _minor(case: Penalty, born: date, acted: date) -> Verdict:
    if born > acted:
        return unknown("party_birth_date", say="born_after", born=born)
    if not _reached(born, PUNISHABLE_FROM, acted):
        return NO_DECISION if case.extract and case.decided_on is None else breach("child", born=born)
    if (case.mitigation or "").strip():
        return MITIGATED
    if case.decided_on is None:
        return unless_extract(case, ("mitigation",), waiting("to_mitigate", born=born))
    return unless_extract(case, ("mitigation",), breach("unmitigated", "error", born=born))
