"""Who may take a coercive measure: power, approval, two officers.

A subdistrict office never freezes or restricts liberty, and seals or seizes only where its list of powers says so. The
head approves first: approved on 2026-03-02 at 09:00, carried out at 09:00 or later. In an emergency the officer reports
and has it approved within 24 hours: carried out on 2026-03-02 at 21:30, approved by 2026-03-03 at 21:30, on the clock and
whatever the day.
"""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

from rules.facts import Measure
from rules.law import Law
from rules.measure.classes import ANY_MEASURE
from rules.measure.classes import CONTRADICTION
from rules.norms import COERCION_LAW
from rules.outcome import MET
from rules.outcome import Duty
from rules.outcome import Every
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.rule import rule

SINCE = COERCION_LAW.in_force_from
DATED_BY = ("executed_at", "starts_on", "approved_at")

#: Levels of government below those that a law gives such powers.
STREET_LEVELS = ("subdistrict", "township")
NOT_FOR_STREETS = ("freeze", "restrict_liberty")
#: Officers who carry a measure out together.
FEWEST = 2

BEYOND_LEVEL = breach("beyond_level")
NOT_LISTED = breach("not_listed")
TYPE_NOT_LISTED = breach("type_not_listed")
NOT_APPROVED = breach("not_approved")
APPROVED_LATE = breach("approved_late")
PERHAPS_URGENT = unknown("urgent", say="perhaps_urgent")
NOT_EXECUTED = waiting("not_executed")
APPROVED = waiting("approved")
MOMENT_UNKNOWN = unknown("executed_at", say="moment")
HANDLERS_UNKNOWN = unknown("handlers")


@rule(
    "C-01",
    title=("强制措施有明确的权限依据", "The office has the power to take the measure"),
    clause=(
        "行政强制措施由法律、法规规定的行政机关在法定职权范围内实施，权限不得委托；限制人身自由、冻结存款汇款只能由法律规定的机关实施，"
        "街道、乡镇不得实施。"
    ),
    severity="fatal",
    kinds=("measure",),
    law=tuple(COERCION_LAW.article(number) for number in ("10", "17", "22", "29")),
    dated_by=DATED_BY,
    since=SINCE,
    zero_item=True,
    messages={
        **CONTRADICTION,
        "beyond_level": (
            "街道、乡镇无权实施“{type}”；请立即停止并依法移送有权机关。",
            "A subdistrict or township has no power for “{type}”; stop it now and hand it to the organ that has.",
        ),
        "not_listed": (
            "该项措施没有明确的权限依据；请立即解除并核对权力清单。",
            "There is no listed power for the measure; lift it now and check the list of powers.",
        ),
        "type_not_listed": (
            "“{type}”没有明确的权限依据；请立即解除并核对权力清单。",
            "There is no listed power for “{type}”; lift it now and check the list of powers.",
        ),
    },
)
def power(case: Measure, law: Law) -> Verdict | None:
    """A measure is taken by the organ the law names, within its powers; liberty and freezing are not for streets."""
    standing = ANY_MEASURE[case.class_, case.type]
    if standing is not True:
        return standing
    kind, listed = case.type, case.power_listed
    of_street = law.level in STREET_LEVELS
    if of_street and kind in NOT_FOR_STREETS:
        return BEYOND_LEVEL
    if listed is False:
        return NOT_LISTED if kind is None else TYPE_NOT_LISTED
    missing = ("type",) if kind is None and of_street else ()
    if listed is None:
        missing = (*missing, "power_listed")
    return unknown(*missing) if missing else MET


@rule(
    "C-02",
    title=(
        "实施强制措施前经行政机关负责人批准",
        "The head of the agency approves the measure before it is carried out",
    ),
    clause=(
        "实施行政强制措施前须向行政机关负责人报告并经批准；情况紧急需要当场实施的，应当在二十四小时内报告并补办批准手续，"
        "未获批准的应当立即解除。"
    ),
    severity="fatal",
    kinds=("measure",),
    law=(COERCION_LAW.article("18(1)"), COERCION_LAW.article("19")),
    dated_by=DATED_BY,
    since=SINCE,
    zero_item=True,
    messages={
        **CONTRADICTION,
        "not_executed": (
            "尚未实施；实施前请先报行政机关负责人批准并登记批准时间。",
            "Not carried out yet; have the head approve it first and record when.",
        ),
        "approved": ("已于 {approved_at} 批准，尚未实施。", "Approved at {approved_at}; not carried out yet."),
        "moment": (
            "期限自 {starts_on} 起，但未记实施时间，不能与批准时间比较",
            "The term starts on {starts_on}, but when the measure was carried out is not recorded",
        ),
        "not_approved": (
            "已于 {executed_at} 实施，未记录批准；请立即解除，或者补记批准时间。",
            "Carried out at {executed_at} without a recorded approval; lift it now, or record when it was approved.",
        ),
        "approved_late": (
            "批准时间 {approved_at} 晚于实施时间 {executed_at}，且未作为紧急情况补办；请核对并说明。",
            "Approved at {approved_at}, after it was carried out at {executed_at}, and not as an emergency; check and explain.",
        ),
        "perhaps_urgent": (
            "实施于 {executed_at}，二十四小时内补办批准；如属紧急情况请注明",
            "Carried out at {executed_at} and approved within the hours that an emergency allows; say whether it was one",
        ),
    },
)
def approval(case: Measure, law: Law) -> Verdict | None:
    """The head approves a measure before it is carried out; in an emergency within 24 hours after, with a report."""
    standing = ANY_MEASURE[case.class_, case.type]
    if standing is not True:
        return standing
    executed_at, approved_at = case.executed_at, case.approved_at
    if executed_at is None:
        return _not_executed(case, approved_at)
    if case.urgent:
        return _made_up_for(case, law, executed_at)
    if approved_at is None:
        return unless_extract(case, ("approved_at",), NOT_APPROVED)
    if approved_at <= executed_at:
        return MET
    hours = law.value("urgent_approval_hours", executed_at.date())
    if case.urgent is None and approved_at <= executed_at + timedelta(hours=hours):
        return PERHAPS_URGENT
    return APPROVED_LATE


def _not_executed(case: Measure, approved_at: datetime | None) -> Verdict:
    """A term that has started shows that the measure was carried out, though not at what time."""
    starts_on = case.starts_on
    if starts_on is not None:
        return MET if approved_at is not None and approved_at.date() < starts_on else MOMENT_UNKNOWN
    return unless_extract(case, ("executed_at",), NOT_EXECUTED if approved_at is None else APPROVED)


def _made_up_for(case: Measure, law: Law, executed_at: datetime) -> Verdict:
    """Report and approval within the hours; an approval implies that it was reported."""
    hours = law.value("urgent_approval_hours", executed_at.date())
    approved_at, reported_at = case.approved_at, case.reported_at
    approved = Duty("executed_at", executed_at, hours, "hours", "approved_at", approved_at)
    if reported_at is None and approved_at is not None:
        return approved
    return Every((approved, Duty("executed_at", executed_at, hours, "hours", "reported_at", reported_at)))


@rule(
    "C-03",
    title=("强制措施由两名以上执法人员实施", "Two or more officers carry out the measure"),
    clause="行政强制措施应当由行政机关具备资格的行政执法人员实施，且不得少于两人。",
    severity="fatal",
    kinds=("measure",),
    law=(COERCION_LAW.article("17(3)"), COERCION_LAW.article("18(2)")),
    dated_by=DATED_BY,
    since=SINCE,
    zero_item=True,
    messages={
        **CONTRADICTION,
        "too_few": (
            "承办人 {count} 人（{handlers}），不足两人；请由两名以上持证人员实施，或者补记另一名承办人。",
            "{count} handler ({handlers}), fewer than two; two certified officers carry it out, or record the other one.",
        ),
    },
)
def two_officers(case: Measure, law: Law) -> Verdict | None:
    """A measure is carried out by no fewer than two qualified officers."""
    standing = ANY_MEASURE[case.class_, case.type]
    if standing is not True:
        return standing
    handlers = case.handlers
    if handlers is None or (not handlers and case.extract):
        return HANDLERS_UNKNOWN
    count = len({number.strip() for number in handlers} - {""})
    return MET if count >= FEWEST else breach("too_few", count=count)
