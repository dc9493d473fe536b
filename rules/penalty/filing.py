"""Filing a case, and evidence registered and held in advance.

A case filed on 2026-03-02 is investigated, noticed and decided from that day on; one without a filing may not be decided
at all. Evidence held on 2026-02-12 is disposed of by 2026-02-28: seven working days, over the Spring Festival. Before
2021-07-15 the same seven days were calendar days, and the law did not ask for a filing.
"""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from operator import itemgetter

from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.outcome import MET
from rules.outcome import Duty
from rules.outcome import Every
from rules.outcome import Severity
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.reckoning import Unit
from rules.rule import rule
from rules.wording import FactNames

#: Acts that a case must have been filed for.
LATER_ACTS = (
    "investigation_reported_on",
    "notice_served_on",
    "hearing_requested_on",
    "hearing_notified_on",
    "hearing_held_on",
    "hearing_withdrawn_on",
    "hearing_waived_on",
    "reviewed_on",
    "discussed_on",
    "decided_on",
)
_later_days = attrgetter(*LATER_ACTS)

TO_FILE = waiting("to_file")
NO_APPROVER = unknown("filing_approved_by")


@rule(
    "O-02",
    title=(
        "普通程序案件经批准立案，立案先于其后的办案行为和决定",
        "An ordinary case is filed with approval, before what follows it and before the decision",
    ),
    clause="发现依法应当给予行政处罚的行为，符合立案标准的，应当及时立案；调查、告知、审核和决定均在立案之后。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("54(2)"), PENALTY_LAW.article("76(2)")),
    dated_by=("filed_on", "decided_on", "notice_served_on", "investigation_reported_on"),
    since=PENALTY_LAW_2021,
    messages={
        "to_file": (
            "尚未立案；符合立案标准的，请报批立案后再调查、告知和决定。",
            "Not filed yet; if it meets the standard, have the filing approved before investigating, noticing or deciding.",
        ),
        "missing": (
            "未记录立案，却已有：{act}（{act_day}）；请补录立案审批，确未立案的，所作决定应予纠正。",
            "No filing is recorded, yet there is: {act} ({act_day}); record the approved filing, and if there was none, "
            "correct what was decided.",
        ),
        "not_before": (
            "立案（{filed_on}）不早于处罚决定（{decided_on}）；立案应当先于决定，请核对日期并补正。",
            "Filed on {filed_on}, not before the decision of {decided_on}; check the dates and set it right.",
        ),
        "after_act": (
            "立案（{filed_on}）晚于：{act}（{act_day}）；请核对日期，确系倒置的说明情况并补正。",
            "Filed on {filed_on}, after: {act} ({act_day}); check the dates, and explain and set right a real inversion.",
        ),
    },
)
def filing(case: Penalty, law: Law) -> Verdict | None:
    """A case that meets the standard is filed in time, and before it is investigated, noticed, reviewed and decided."""
    filed_on, days = case.filed_on, _later_days(case)
    if filed_on is None:
        return _not_filed(case, days)
    decided_on = case.decided_on
    if decided_on is not None and filed_on >= decided_on:
        return breach("not_before", "error")
    for day in days:
        if day is not None and day < filed_on:
            return _earliest("after_act", days, "error")
    return MET if case.filing_approved_by else NO_APPROVER


def _not_filed(case: Penalty, days: tuple[date | None, ...]) -> Verdict:
    if not any(days):
        return unless_extract(case, ("filed_on",), TO_FILE)
    return unless_extract(case, ("filed_on",), _earliest("missing", days))


def _earliest(say: str, days: tuple[date | None, ...], severity: Severity | None = None) -> Verdict:
    """A breach that names the earliest of the later acts."""
    dated = [(day, name) for day, name in zip(days, LATER_ACTS, strict=True) if day is not None]
    day, name = min(dated, key=itemgetter(0))
    return breach(say, severity, act=FactNames((name,)), act_day=day)


HOLD_MESSAGES = {
    "unapproved": (
        "{evidence_held_on} 先行登记保存证据，未记录负责人批准；请补录批准，未经批准的应当解除。",
        "Evidence was held on {evidence_held_on} and no approval of the head is recorded; record it, or lift the hold.",
    ),
    "approved_late": (
        "先行登记保存（{evidence_held_on}）早于负责人批准（{evidence_hold_approved_on}）；"
        "保存须经事先批准，请核对日期并说明情况。",
        "Evidence was held on {evidence_held_on}, before the approval of {evidence_hold_approved_on}; the head approves "
        "first: check the dates and explain.",
    ),
}


@rule(
    "O-03",
    title=(
        "先行登记保存经批准，并在七个工作日内处理",
        "Evidence is held with approval and disposed of within seven working days",
    ),
    clause="证据可能灭失或者以后难以取得的，经行政机关负责人批准，可以先行登记保存，并应当在七个工作日内及时作出处理决定。",
    severity="error",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("56"), PENALTY_LAW.article("85")),
    dated_by=("evidence_held_on",),
    since=PENALTY_LAW_2021,
    messages=HOLD_MESSAGES,
)
def evidence_hold(case: Penalty, law: Law) -> Verdict | None:
    """Evidence that may be lost is held with the head's approval and disposed of within seven working days."""
    return _hold(case, law, "evidence_hold_working_days", "working_days")


@rule(
    "O-03",
    title=(
        "先行登记保存经批准，并在七日内处理",
        "Evidence is held with approval and disposed of within seven days",
    ),
    clause="证据可能灭失或者以后难以取得的，经行政机关负责人批准，可以先行登记保存，并应当在七日内及时作出处理决定。",
    severity="error",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW_1996.article("37(2)"),),
    dated_by=("evidence_held_on",),
    since=date(1996, 10, 1),
    until=OLD_PENALTY_LAW_UNTIL,
    messages=HOLD_MESSAGES,
)
def evidence_hold_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """Evidence that may be lost is held with the head's approval and disposed of within seven calendar days."""
    return _hold(case, law, "evidence_hold_days", "days")


def _hold(case: Penalty, law: Law, parameter: str, unit: Unit) -> Verdict | None:
    held_on = case.evidence_held_on
    if held_on is None:
        return None
    approved_on, disposed_on = case.evidence_hold_approved_on, case.evidence_disposed_on
    days = law.value(parameter, held_on)
    disposal = Duty("evidence_held_on", held_on, days, unit, "evidence_disposed_on", disposed_on)
    if approved_on is None:
        missing = unknown("evidence_hold_approved_on") if case.extract else breach("unapproved")
        return Every((missing, disposal))
    if approved_on > held_on:
        return breach("approved_late")
    return disposal
