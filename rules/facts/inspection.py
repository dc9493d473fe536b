"""Facts of an inspection (行政检查), from its plan to the re-inspection."""

from datetime import date
from datetime import datetime
from typing import Annotated
from typing import Literal

from rules.facts.declare import fact
from rules.facts.every_case import EveryCase

InspectionType = Literal["routine", "special", "case"]
InspectionOutcome = Literal["none", "rectify", "filed"]

INSPECTION_TYPES = {
    "routine": ("日常检查", "Routine"),
    "special": ("专项检查", "Special"),
    "case": ("个案检查", "Case"),
}
OUTCOMES = {
    "none": ("未发现问题", "Nothing found"),
    "rectify": ("责令整改", "To be rectified"),
    "filed": ("转立案", "Filed as a case"),
}


class Inspection(EveryCase, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An inspection as the law sees it."""

    type: Annotated[InspectionType | None, fact("检查类型", "Type", "identity", INSPECTION_TYPES)] = None
    business: Annotated[bool | None, fact("涉企检查", "Inspection of a business", "identity")] = None

    item_published: Annotated[bool | None, fact("检查事项已公布", "Item published", "plan")] = None
    plan_number: Annotated[str | None, fact("检查计划编号", "Plan number", "plan")] = None
    plan_approved_on: Annotated[date | None, fact("计划批准日期", "Plan approved on", "plan")] = None
    ordered_by_superior: Annotated[bool | None, fact("上级部署", "Ordered by a superior", "plan")] = None
    urgent: Annotated[bool | None, fact("情况紧急", "Urgent", "plan")] = None
    approved_at: Annotated[datetime | None, fact("审批时间", "Approved at", "plan")] = None

    notice_delivered_at: Annotated[datetime | None, fact("检查通知书送达时间", "Notice delivered at", "onsite")] = None
    code_scanned_at: Annotated[datetime | None, fact("扫码时间", "Code scanned at", "onsite")] = None
    started_at: Annotated[datetime | None, fact("检查开始时间", "Started at", "onsite")] = None
    left_at: Annotated[datetime | None, fact("离开时间", "Left at", "onsite")] = None
    third_party_inspectors: Annotated[bool | None, fact("第三方人员实施检查", "Third parties inspected", "onsite")] = (
        None
    )

    outcome: Annotated[InspectionOutcome | None, fact("检查结果", "Outcome", "result", OUTCOMES)] = None
    record_signed: Annotated[bool | None, fact("检查笔录签字", "Record signed", "result")] = None
    concluded_on: Annotated[date | None, fact("办结日期", "Concluded on", "result")] = None
    result_told_on: Annotated[date | None, fact("告知结果日期", "Result told on", "result")] = None
    rectify_by: Annotated[date | None, fact("整改期限", "Rectify by", "result")] = None
    reinspected_on: Annotated[date | None, fact("复查日期", "Re-inspected on", "result")] = None
    rectified: Annotated[bool | None, fact("已整改", "Rectified", "result")] = None
    filed_case: Annotated[str | None, fact("转立案案号", "Filed as case", "result")] = None
