"""What bars a penalty: limitation, a fine outside its range, a suspected crime that must be transferred.

An act that ended on 2022-03-01 and was discovered on 2024-03-02 is a day too old: two years ended on 2024-03-01, with no
roll-over, since that would lengthen a power. Had it endangered life with harmful consequences, there would be time until
2027-03-01. A fine of 60,000 yuan where the norm says 10,000 to 50,000 falls, whatever the reasons.
"""

from __future__ import annotations

from datetime import date

from rules.calendar import add_years
from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.norms import TRANSFER_RULES
from rules.outcome import MET
from rules.outcome import Duty
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import met
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.rule import rule

LIMITATION_MESSAGES = {
    "too_late": (
        "违法行为 {act_ended_on} 终了，时效至 {last}，{discovered_on} 才发现；不得处罚，请结案（法律另有规定的除外）。",
        "The act ended on {act_ended_on} and its limitation on {last}, before the discovery of {discovered_on}: no "
        "penalty; close the case (unless a law sets another term).",
    ),
    "continuing": (
        "违法行为有连续或者继续状态且尚未终了，时效未起算。",
        "The act continues and has not ended; limitation is not running.",
    ),
    "closed": ("时效已过，已结案而未作处罚决定。", "Limitation had passed; the case was closed without a penalty."),
}
LIMITATION_TITLE = ("违法行为在时效之内被发现", "The act was discovered within its limitation")
CONTINUING = met("continuing")
TIME_BARRED_AND_CLOSED = met("closed")
NO_ACT_DAY = unknown("act_ended_on")
NO_DISCOVERY = unknown("discovered_on")
NO_DECISION = unknown("decided_on")
NO_DANGER = unknown("endangers_safety_with_harm")


@rule(
    "P-11",
    title=LIMITATION_TITLE,
    clause="违法行为在二年内未被发现的，不再给予行政处罚；涉及公民生命健康安全、金融安全且有危害后果的，期限为五年。"
    "自行为发生之日起计算；有连续或者继续状态的，自行为终了之日起计算。法律另有规定的除外。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    law=(PENALTY_LAW.article("36"),),
    dated_by=("act_ended_on",),
    since=PENALTY_LAW_2021,
    messages=LIMITATION_MESSAGES,
)
def limitation(case: Penalty, law: Law) -> Verdict | None:
    """An act not discovered within two years of its end is not punished; five years where safety was harmed."""
    return _limitation(case, law)


@rule(
    "P-11",
    title=LIMITATION_TITLE,
    clause="违法行为在二年内未被发现的，不再给予行政处罚；至2021年7月15日尚在二年之内，且涉及公民生命健康安全、"
    "金融安全并有危害后果的，适用修订后的五年期限。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    law=(PENALTY_LAW_1996.article("29"), PENALTY_LAW.article("36")),
    dated_by=("act_ended_on",),
    since=date(1996, 10, 1),
    until=OLD_PENALTY_LAW_UNTIL,
    messages=LIMITATION_MESSAGES,
)
def limitation_of_an_earlier_act(case: Penalty, law: Law) -> Verdict | None:
    """Two years as before; the five years reach only acts whose two years had not ended when the law changed."""
    return _limitation(case, law)


def _limitation(case: Penalty, law: Law) -> Verdict:
    ended = case.act_ended_on
    if ended is None:
        return CONTINUING if case.continuing else NO_ACT_DAY
    discovered = case.discovered_on
    known = discovered if discovered is not None else _known_by(case)
    if known is None:
        return NO_DISCOVERY
    last = add_years(ended, law.value("limitation_years", ended))
    if known <= last:
        return MET
    danger = case.endangers_safety_with_harm
    if danger is not False and last >= PENALTY_LAW_2021:
        longer = law.value("limitation_years_safety", max(ended, PENALTY_LAW_2021))
        last = add_years(ended, longer)
        if known <= last and (danger or discovered is not None):
            return MET if danger else NO_DANGER
    if discovered is None:
        return NO_DISCOVERY
    if case.decided_on is None and case.extract:
        return NO_DECISION
    if case.decided_on is None and case.closed_on is not None:
        return TIME_BARRED_AND_CLOSED
    return breach("too_late", last=last)


def _known_by(case: Penalty) -> date | None:
    """The day by which the act was known at the latest: of the clue, else of filing."""
    days = [day for day in (case.clue_received_on, case.filed_on) if day is not None]
    return min(days) if days else None


RANGE_MESSAGES = {
    "above": (
        "罚款 {fine} 元超过法定上限 {fine_max} 元；请更正决定。",
        "The fine of {fine} yuan is above the highest lawful one, {fine_max} yuan; correct the decision.",
    ),
    "below": (
        "罚款 {fine} 元低于法定下限 {fine_min} 元，未记录减轻情节；请记录依据或更正决定。",
        "The fine of {fine} yuan is below the lowest lawful one, {fine_min} yuan, and no ground of mitigation is "
        "recorded; record the ground or correct the decision.",
    ),
    "mitigated": (
        "罚款 {fine} 元低于法定下限 {fine_min} 元，减轻情节：{mitigation}。",
        "The fine of {fine} yuan is below the lowest lawful one, {fine_min} yuan, by mitigation: {mitigation}.",
    ),
}
BELOW_BY_MITIGATION = met("mitigated")


@rule(
    "P-17",
    title=("罚款在法定幅度之内", "The fine is within its lawful range"),
    clause="罚款不得超出法定的种类、幅度；低于法定下限的，应当具有法定的减轻情节。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    law=(PENALTY_LAW.article("32"), PENALTY_LAW.article("76(1)"), PENALTY_LAW_1996.article("27(1)")),
    messages=RANGE_MESSAGES,
)
def fine_within_range(case: Penalty, law: Law) -> Verdict | None:
    """A fine lies between the lowest and the highest one of its norm; below it only with a ground of mitigation."""
    fine = case.fine
    if fine is None and "fine" not in (case.kinds or ()):
        return None
    if case.decided_on is None and not case.extract:
        return None
    lowest, highest = case.fine_min, case.fine_max
    if fine is not None:
        if highest is not None and fine > highest:
            return breach("above")
        if lowest is not None and fine < lowest:
            return _below(case)
        if lowest is not None and highest is not None:
            return MET
    return unknown(*(name for name in ("fine", "fine_min", "fine_max") if getattr(case, name) is None))


def _below(case: Penalty) -> Verdict:
    if (case.mitigation or "").strip():
        return BELOW_BY_MITIGATION
    return unless_extract(case, ("mitigation",), breach("below"))


TRANSFER_MESSAGES = {
    "too_early": (
        "移送时间 {transferred_at} 早于批准时间 {transfer_approved_at}；请核对时间并补正审批。",
        "Transferred at {transferred_at}, before the approval of {transfer_approved_at}; check the times and the approval.",
    ),
    "punished": (
        "涉嫌犯罪而未经批准移送，{decided_on} 已作处罚决定；请立即报批并移送公安机关。",
        "A crime is suspected, yet the case was decided on {decided_on} without a transfer; have it approved and "
        "transferred at once.",
    ),
    "closed": (
        "涉嫌犯罪而未移送，{closed_on} 已结案；请立即报批并移送公安机关。",
        "A crime is suspected, yet the case was closed on {closed_on} without a transfer; have it approved and "
        "transferred at once.",
    ),
    "to_approve": (
        "涉嫌犯罪，须报负责人批准；批准后 {hours} 小时内移送。",
        "A crime is suspected: the head decides on the transfer, which follows within {hours} hours of the approval.",
    ),
}


@rule(
    "P-20",
    title=(
        "涉嫌犯罪的案件经批准后在规定时间内移送",
        "A suspected crime is transferred in time after approval",
    ),
    clause="违法行为涉嫌犯罪的，应当及时移送司法机关，不得以行政处罚代替移送；批准移送的，应当在二十四小时内移送。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    law=(
        PENALTY_LAW.article("27"),
        PENALTY_LAW.article("57(1)"),
        PENALTY_LAW.article("82"),
        PENALTY_LAW_1996.article("22"),
        TRANSFER_RULES.article("5"),
        TRANSFER_RULES.article("11"),
    ),
    messages=TRANSFER_MESSAGES,
)
def transfer_of_a_suspected_crime(case: Penalty, law: Law) -> Verdict | None:
    """A suspected crime goes to the justice organs within a day of the approval, and no penalty takes its place."""
    if case.crime_suspected is not True:
        return None
    approved, transferred = case.transfer_approved_at, case.transferred_at
    if approved is None:
        return _without_approval(case, law)
    if transferred is not None and transferred < approved:
        return breach("too_early")
    if transferred is None and case.closed_on is not None:
        return unless_extract(case, ("transferred_at",), breach("closed"))
    hours = law.value("transfer_approval_hours", approved.date())
    return Duty("transfer_approved_at", approved, hours, "hours", "transferred_at", transferred)


def _without_approval(case: Penalty, law: Law) -> Verdict:
    if case.transferred_at is not None:
        return unknown("transfer_approved_at")
    absent = ("transfer_approved_at", "transferred_at")
    if case.closed_on is not None:
        return unless_extract(case, absent, breach("closed"))
    if case.decided_on is not None:
        return unless_extract(case, absent, breach("punished"))
    hours = law.value("transfer_approval_hours", None)
    return unless_extract(case, absent, waiting("to_approve", hours=hours))
