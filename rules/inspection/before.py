"""Before an inspection: a published item, an approval, and a notice to the business.

A shop inspected on 2026-03-02 at 09:30: the item is on the published list, the head approved by 09:30, and the notice was
delivered by 09:30. In an emergency approval follows within 24 hours, by 2026-03-03 at 09:30, and the notice before the
officers leave.
"""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

from rules.facts import Inspection
from rules.law import Law
from rules.norms import BUSINESS_INSPECTION
from rules.norms import INSPECTION_FORMS
from rules.outcome import MET
from rules.outcome import Duty
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import met
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.rule import rule

SINCE_54 = BUSINESS_INSPECTION.in_force_from
#: An inspection is judged by the law of the day it began; later days stand in where that is not recorded.
DATED_BY = ("started_at", "left_at", "concluded_on")

NOT_PUBLISHED = breach("not_published")
BUSINESS_UNKNOWN = unknown("business")
ITEM_UNKNOWN = unknown("item_published")
NOT_STARTED = waiting("not_started")
APPROVED = waiting("approved")
NOT_APPROVED = breach("not_approved")
APPROVED_LATE = breach("approved_late")
PERHAPS_URGENT = unknown("urgent", say="perhaps_urgent")
BY_PLAN = unknown("approved_at", say="plan")
NO_NOTICE = breach("no_notice")
NOTICE_LATE = breach("notice_late")
NOTICE_IN_EMERGENCY = met("urgent")
NO_NOTICE_IN_EMERGENCY = unknown("notice_delivered_at", say="no_notice_urgent")
LEAVING_UNKNOWN = unknown("left_at")


@rule(
    "I-01",
    title=("涉企检查事项已公布", "The item of a business inspection is on the published list"),
    clause="涉企行政检查事项应当清理并向社会公布；未经公布的，不得实施。",
    severity="fatal",
    kinds=("inspection",),
    law=(BUSINESS_INSPECTION.article(""),),
    dated_by=DATED_BY,
    since=SINCE_54,
    zero_item=True,
    messages={
        "not_published": (
            "检查事项未公布，不得实施；请停止检查，并报请公布该事项。",
            "The item is not on the published list, so it may not be inspected; stop, and have the item published first.",
        ),
    },
)
def item_published(case: Inspection, law: Law) -> Verdict | None:
    """A business is inspected only on items of the published list."""
    business = case.business
    if business is False:
        return None
    published = case.item_published
    if published:
        return MET
    if business is None:
        return BUSINESS_UNKNOWN
    return ITEM_UNKNOWN if published is None else NOT_PUBLISHED


@rule(
    "I-03",
    title=("检查前经批准", "The inspection is approved before it begins"),
    clause="实施行政检查前应当经行政机关负责人批准；情况紧急的，应当及时报告并补办批准手续。",
    severity="error",
    kinds=("inspection",),
    law=(BUSINESS_INSPECTION.article(""),),
    dated_by=DATED_BY,
    since=SINCE_54,
    messages={
        "not_started": (
            "尚未检查；检查前请先报批并登记审批时间。",
            "Not begun yet; have the inspection approved first and record when.",
        ),
        "approved": ("已于 {approved_at} 批准，尚未检查。", "Approved at {approved_at}; not begun yet."),
        "not_approved": (
            "已于 {started_at} 开始检查，未记录审批；请补记审批时间，或者在案卷中说明。",
            "Begun at {started_at} without a recorded approval; record when it was approved, or explain it in the file.",
        ),
        "approved_late": (
            "审批时间 {approved_at} 晚于检查开始时间 {started_at}，且未作为紧急情况补办；请核对并说明。",
            "Approved at {approved_at}, after it began at {started_at}, and not as an emergency; check and explain.",
        ),
        "plan": (
            "检查计划已于 {plan_approved_on} 批准；计划是否包含本次检查的审批，须由人核实",
            "The plan was approved on {plan_approved_on}; whether it covers this inspection a person must judge",
        ),
        "perhaps_urgent": (
            "检查始于 {started_at}，其后及时补办审批；如属紧急情况请注明",
            "Begun at {started_at} and approved within the hours that an emergency allows; say whether it was one",
        ),
    },
)
def approval(case: Inspection, law: Law) -> Verdict | None:
    """The head approves an inspection before it begins; in an emergency as soon as it can be made up for."""
    started_at, approved_at = case.started_at, case.approved_at
    if started_at is None:
        return unless_extract(case, ("started_at",), NOT_STARTED if approved_at is None else APPROVED)
    if case.urgent:
        hours = law.value("inspection_urgent_approval_hours", started_at.date())
        return Duty("started_at", started_at, hours, "hours", "approved_at", approved_at)
    if approved_at is None:
        return _by_plan(case, started_at)
    if approved_at <= started_at:
        return MET
    hours = law.value("inspection_urgent_approval_hours", started_at.date())
    if case.urgent is None and approved_at <= started_at + timedelta(hours=hours):
        return PERHAPS_URGENT
    return APPROVED_LATE


def _by_plan(case: Inspection, started_at: datetime) -> Verdict:
    """A plan approved in time may be the approval, which nothing recorded tells."""
    plan_approved_on = case.plan_approved_on
    if plan_approved_on is not None and plan_approved_on <= started_at.date():
        return BY_PLAN
    return unless_extract(case, ("approved_at",), NOT_APPROVED)


@rule(
    "I-04",
    title=("入企检查前送达检查通知书", "The business gets the notice of inspection before it begins"),
    clause="对企业实施现场检查，应当出具行政检查通知书，告知检查依据、频次、权利和纪律；情况紧急的，可以在离开前补送。",
    severity="error",
    kinds=("inspection",),
    law=(INSPECTION_FORMS.article("行政检查通知书"),),
    dated_by=DATED_BY,
    since=INSPECTION_FORMS.in_force_from,
    messages={
        "no_notice": (
            "已于 {started_at} 开始检查，未记录通知书送达；请补送并登记。",
            "Begun at {started_at} without a recorded notice; deliver and record it.",
        ),
        "notice_late": (
            "通知书送达时间 {notice_delivered_at} 晚于检查开始时间 {started_at}；请核对时间并在案卷中说明。",
            "The notice was delivered at {notice_delivered_at}, after the inspection began at {started_at}; check the times "
            "and explain it in the file.",
        ),
        "urgent": (
            "情况紧急，通知书已于离开前（{notice_delivered_at}）送达。",
            "Urgent: the notice was delivered before the officers left (at {notice_delivered_at}).",
        ),
        "no_notice_urgent": (
            "情况紧急，未记录通知书；是否可以不送达，须由人核实",
            "Urgent, and no notice is recorded; whether it could be left out a person must judge",
        ),
    },
)
def notice(case: Inspection, law: Law) -> Verdict | None:
    """On site at a business, the notice of inspection is delivered by the time the inspection begins."""
    business, started_at = case.business, case.started_at
    if business is False:
        return None
    if started_at is None:
        return unless_extract(case, ("started_at",), None)
    delivered_at = case.notice_delivered_at
    if delivered_at is not None and delivered_at <= started_at:
        return MET
    if business is None:
        return BUSINESS_UNKNOWN
    return _no_notice(case) if delivered_at is None else _late_notice(case, delivered_at)


def _no_notice(case: Inspection) -> Verdict:
    if case.urgent:
        return NO_NOTICE_IN_EMERGENCY
    return unless_extract(case, ("notice_delivered_at",), NO_NOTICE)


def _late_notice(case: Inspection, delivered_at: datetime) -> Verdict:
    """In an emergency a notice before the officers leave will do."""
    if not case.urgent:
        return unless_extract(case, ("urgent",), NOTICE_LATE) if case.urgent is None else NOTICE_LATE
    left_at = case.left_at
    if left_at is None:
        return LEAVING_UNKNOWN
    return NOTICE_IN_EMERGENCY if delivered_at <= left_at else NOTICE_LATE
