"""Forced demolition waits for the announcement, the owner and the courts.

A decision served on 2026-01-05 may be taken to review until 2026-03-06 and to court until 2026-07-05, a Sunday, hence
2026-07-06. With self-demolition announced until 2026-02-28 and no case pending, demolition is lawful from 2026-07-07 on.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from rules.calendar import add_months
from rules.facts import Measure
from rules.law import Law
from rules.measure.classes import CONTRADICTION
from rules.measure.classes import scope
from rules.norms import COERCION_LAW
from rules.norms import LITIGATION_LAW
from rules.norms import RECONSIDERATION_LAW
from rules.outcome import MET
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.reckoning import ONE_DAY
from rules.rule import rule

DEMOLITION = scope("demolish")

NOT_EXECUTED = waiting("not_executed")
NOT_ANNOUNCED = breach("not_announced")
ANNOUNCED_LATE = breach("announced_late")
SELF_TERM_RUNNING = breach("self_term_running")
PENDING = breach("pending")


@rule(
    "E-07",
    title=(
        "违法建筑经公告、自拆期满且复议诉讼期满后才强制拆除",
        "Forced demolition follows an announcement, the term to self-demolish, and the terms for review and suit",
    ),
    clause=(
        "对违法的建筑物、构筑物、设施等需要强制拆除的，应当予以公告，限期当事人自行拆除；当事人在法定期限内不申请行政复议或者"
        "提起行政诉讼，又不拆除的，可以依法强制拆除。"
    ),
    severity="fatal",
    kinds=("measure",),
    law=(COERCION_LAW.article("44"), RECONSIDERATION_LAW.article("20"), LITIGATION_LAW.article("46")),
    dated_by=("executed_at",),
    since=COERCION_LAW.in_force_from,
    zero_item=True,
    messages={
        **CONTRADICTION,
        "not_executed": (
            "尚未强制拆除；请先公告自行拆除期限，并登记基础决定送达日期，以便推算最早日期。",
            "Not demolished yet; announce a term for self-demolition and record when the decision was served, to know the "
            "first lawful day.",
        ),
        "earliest": (
            "尚未强制拆除；没有复议、诉讼的，最早 {earliest} 可以实施（自行拆除期限 {self_demolition_until}，"
            "复议、起诉期限届满日 {remedies_end}）。",
            "Not demolished yet; without a review or suit, {earliest} is the first lawful day (self-demolition until "
            "{self_demolition_until}, terms for review and suit until {remedies_end}).",
        ),
        "earliest_open": (
            "尚未强制拆除；没有复议、诉讼的，不早于 {earliest} 可以实施，如 {remedies_end} 遇休息日则顺延，该年节假日安排未知。",
            "Not demolished yet; without a review or suit, not before {earliest}, and later if {remedies_end} is a rest day; "
            "the holidays of that year are unknown.",
        ),
        "not_announced": (
            "已于 {executed_at} 强制拆除，未记录公告；请补记公告日期，或者在案卷中说明。",
            "Demolished at {executed_at} without a recorded announcement; record its date, or explain it in the file.",
        ),
        "announced_late": (
            "公告日期 {announced_on} 晚于强制拆除时间 {executed_at}；请核对日期并说明。",
            "Announced on {announced_on}, after the demolition at {executed_at}; check the dates and explain.",
        ),
        "self_term_running": (
            "强制拆除时间 {executed_at} 未过自行拆除期限 {self_demolition_until}；请核对日期并说明。",
            "Demolished at {executed_at}, before the term for self-demolition ({self_demolition_until}) had passed; check the "
            "dates and explain.",
        ),
        "remedies_running": (
            "强制拆除时间 {executed_at} 未过复议、起诉期限届满日 {remedies_end}；请核对送达日期并说明。",
            "Demolished at {executed_at}, before the terms for review and suit ({remedies_end}) had passed; check the date of "
            "service and explain.",
        ),
        "pending": (
            "复议或者诉讼期间强制拆除；请立即停止并报告负责人。",
            "Demolished while a review or suit was pending; stop now and report to the head.",
        ),
    },
)
def demolition(case: Measure, law: Law) -> Verdict | None:
    """An illegal building is demolished only after an announced term, and when review and suit are no longer open."""
    standing = DEMOLITION[case.class_, case.type]
    if standing is not True:
        return standing
    executed_at = case.executed_at
    if executed_at is None:
        return unless_extract(case, ("executed_at",), _earliest(case, law))
    day = executed_at.date()
    served_on, self_until = case.base_decision_served_on, case.self_demolition_until
    announced_on, pending = case.announced_on, case.suit_pending
    if announced_on is None and not case.extract:
        return NOT_ANNOUNCED
    if announced_on is not None and announced_on > day:
        return ANNOUNCED_LATE
    if self_until is not None and day <= self_until:
        return SELF_TERM_RUNNING
    if pending:
        return PENDING
    if served_on is not None:
        remedies_end = _remedies_end(case, law, served_on)
        if day <= remedies_end or day <= (remedies_end := law.calendar.roll(remedies_end)):
            return breach("remedies_running", remedies_end=remedies_end)
    needed = (
        ("announced_on", announced_on),
        ("self_demolition_until", self_until),
        ("base_decision_served_on", served_on),
        ("suit_pending", pending),
    )
    missing = tuple(name for name, value in needed if value is None)
    return unknown(*missing) if missing else MET


def _remedies_end(case: Measure, law: Law, served_on: date) -> date:
    """The later of the last days for review and for suit, before roll-over."""
    review_end = served_on + timedelta(law.value("review_term_days", served_on))
    return max(review_end, add_months(served_on, case.suit_term_months))


def _earliest(case: Measure, law: Law) -> Verdict:
    served_on, self_until = case.base_decision_served_on, case.self_demolition_until
    if served_on is None or self_until is None:
        return NOT_EXECUTED
    calendar = law.calendar
    remedies_end = _remedies_end(case, law, served_on)
    if remedies_end > calendar.last:
        return waiting("earliest_open", earliest=max(remedies_end, self_until) + ONE_DAY, remedies_end=remedies_end)
    remedies_end = calendar.roll(remedies_end)
    return waiting("earliest", earliest=max(remedies_end, self_until) + ONE_DAY, remedies_end=remedies_end)
