"""Facts of a coercive measure (行政强制措施) or of coercive execution (行政强制执行)."""

from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from typing import Literal

import msgspec

from rules.facts.declare import fact
from rules.facts.every_case import EveryCase

MeasureClass = Literal["measure", "execution"]
MeasureType = Literal[
    "seal",
    "seize",
    "freeze",
    "restrict_liberty",
    "other_measure",
    "extra_fine",
    "transfer_deposit",
    "auction",
    "restore",
    "proxy",
    "demolish",
    "court_application",
]

CLASSES = {
    "measure": ("行政强制措施", "Coercive measure"),
    "execution": ("行政强制执行", "Coercive execution"),
}
MEASURE_TYPES = {
    "seal": ("查封", "Sealing"),
    "seize": ("扣押", "Seizure"),
    "freeze": ("冻结", "Freezing"),
    "restrict_liberty": ("限制人身自由", "Restriction of liberty"),
    "other_measure": ("其他强制措施", "Other measure"),
    "extra_fine": ("加处罚款或滞纳金", "Extra fine or late fee"),
    "transfer_deposit": ("划拨存款、汇款", "Transfer of deposits"),
    "auction": ("拍卖或依法处理", "Auction"),
    "restore": ("排除妨碍、恢复原状", "Removal or restoration"),
    "proxy": ("代履行", "Performance by proxy"),
    "demolish": ("强制拆除", "Forced demolition"),
    "court_application": ("申请法院强制执行", "Application to the court"),
}


class Measure(EveryCase, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A coercive measure or execution as the law sees it."""

    class_: Annotated[MeasureClass | None, fact("类别", "Class", "identity", CLASSES)] = msgspec.field(
        default=None, name="class"
    )
    type: Annotated[MeasureType | None, fact("种类", "Type", "identity", MEASURE_TYPES)] = None

    power_listed: Annotated[bool | None, fact("有明确权限依据", "Power is listed", "power")] = None
    urgent: Annotated[bool | None, fact("情况紧急", "Urgent", "power")] = None
    approved_at: Annotated[datetime | None, fact("批准时间", "Approved at", "power")] = None
    reported_at: Annotated[datetime | None, fact("补办报告时间", "Reported at", "power")] = None

    executed_at: Annotated[datetime | None, fact("实施时间", "Executed at", "onsite")] = None
    executed_until: Annotated[datetime | None, fact("实施结束时间", "Executed until", "onsite")] = None
    credentials_shown: Annotated[bool | None, fact("出示证件", "Credentials shown", "onsite")] = None
    party_called: Annotated[bool | None, fact("通知当事人到场", "Party called", "onsite")] = None
    rights_told: Annotated[bool | None, fact("告知理由、依据和权利", "Reasons and rights told", "onsite")] = None
    heard: Annotated[bool | None, fact("听取陈述申辩", "Statement heard", "onsite")] = None
    record_signed: Annotated[bool | None, fact("现场笔录签字", "Record signed", "onsite")] = None
    decision_delivered_on: Annotated[date | None, fact("决定书交付日期", "Decision delivered on", "onsite")] = None
    inventory_made: Annotated[bool | None, fact("制作清单", "Inventory made", "onsite")] = None

    starts_on: Annotated[date | None, fact("期限起", "Starts on", "period")] = None
    ends_on: Annotated[date | None, fact("期限止", "Ends on", "period")] = None
    extension_approved_on: Annotated[date | None, fact("延长批准日期", "Extension approved on", "period")] = None
    extension_days: Annotated[int | None, fact("延长天数", "Days of extension", "period", unit="days")] = None
    extension_notified_on: Annotated[date | None, fact("延长告知日期", "Extension notified on", "period")] = None
    lifted_on: Annotated[date | None, fact("解除日期", "Lifted on", "period")] = None
    disposed_on: Annotated[date | None, fact("处理日期", "Disposed of on", "period")] = None
    returned_on: Annotated[date | None, fact("退还日期", "Returned on", "period")] = None
    fee_charged: Annotated[
        Decimal | None, fact("向当事人收取的费用", "Fee charged to the party", "period", unit="yuan")
    ] = None

    base_decision_served_on: Annotated[
        date | None, fact("基础决定送达日期", "Underlying decision served on", "demand")
    ] = None
    suit_term_months: Annotated[int, fact("起诉期限（月）", "Term to sue (months)", "demand", unit="months")] = 6
    suit_pending: Annotated[bool | None, fact("复议或诉讼中", "Review or suit pending", "demand")] = None
    demand_served_on: Annotated[date | None, fact("催告书送达日期", "Demand served on", "demand")] = None
    demand_until: Annotated[date | None, fact("催告期满日期", "Demand runs until", "demand")] = None
    execution_decided_on: Annotated[date | None, fact("强制执行决定日期", "Execution decided on", "demand")] = None
    execution_decision_served_on: Annotated[
        date | None, fact("强制执行决定送达日期", "Execution decision served on", "demand")
    ] = None

    residential: Annotated[bool | None, fact("涉及居民生活", "Concerns residents' living", "execution")] = None
    utilities_cut: Annotated[bool | None, fact("停止供水电热气", "Utilities cut", "execution")] = None
    announced_on: Annotated[date | None, fact("违建公告日期", "Announced on", "execution")] = None
    self_demolition_until: Annotated[date | None, fact("自行拆除期限", "Self-demolition until", "execution")] = None
    proxy_demand_on: Annotated[
        date | None, fact("代履行前催告日期", "Demand before performance by proxy", "execution")
    ] = None
    official_present: Annotated[bool | None, fact("行政机关到场监督", "Official present", "execution")] = None
    extra_fine_from: Annotated[date | None, fact("加处罚款起算日", "Extra fine runs from", "execution")] = None
    court_applied_on: Annotated[date | None, fact("申请法院日期", "Applied to the court on", "execution")] = None
