"""Facts of a penalty case (行政处罚), from the clue to the execution of the decision."""

from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from typing import Literal

import msgspec

from rules.facts.declare import fact
from rules.facts.every_case import EveryCase

Procedure = Literal["summary", "ordinary"]
PenaltyKind = Literal[
    "warning",
    "criticism",
    "fine",
    "confiscate_income",
    "confiscate_goods",
    "suspend_licence",
    "downgrade",
    "revoke_licence",
    "restrict_business",
    "stop_production",
    "close",
    "ban_from_trade",
    "detention",
    "other",
]
PauseGround = Literal["hearing", "test", "appraisal", "announcement", "suspension"]
ExtensionBy = Literal["head", "collective"]

PROCEDURES = {"summary": ("简易程序", "Summary"), "ordinary": ("普通程序", "Ordinary")}
PENALTY_KINDS = {
    "warning": ("警告", "Warning"),
    "criticism": ("通报批评", "Public criticism"),
    "fine": ("罚款", "Fine"),
    "confiscate_income": ("没收违法所得", "Confiscation of unlawful gains"),
    "confiscate_goods": ("没收非法财物", "Confiscation of goods"),
    "suspend_licence": ("暂扣许可证件", "Suspension of a licence"),
    "downgrade": ("降低资质等级", "Downgrading"),
    "revoke_licence": ("吊销许可证件", "Revocation of a licence"),
    "restrict_business": ("限制开展生产经营活动", "Restriction of business"),
    "stop_production": ("责令停产停业", "Order to stop production"),
    "close": ("责令关闭", "Order to close"),
    "ban_from_trade": ("限制从业", "Ban from a trade"),
    "detention": ("行政拘留", "Detention"),
    "other": ("其他行政处罚", "Other penalty"),
}
PAUSE_GROUNDS = {
    "hearing": ("听证", "Hearing"),
    "test": ("检测检验", "Test"),
    "appraisal": ("鉴定", "Appraisal"),
    "announcement": ("公告", "Announcement"),
    "suspension": ("中止", "Suspension"),
}
EXTENSION_BY = {"head": ("负责人", "Head"), "collective": ("集体讨论", "Collective discussion")}


class Extension(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One extension of the term for the decision."""

    days: Annotated[int | None, fact("延期天数", "Days", "decision", unit="days")] = None
    approved_on: Annotated[date | None, fact("批准日期", "Approved on", "decision")] = None
    approved_by: Annotated[ExtensionBy | None, fact("批准方式", "Approved by", "decision", EXTENSION_BY)] = None


class Pause(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A span of days, both ends included, that does not count towards the term."""

    from_: Annotated[date, fact("起", "From", "decision")] = msgspec.field(name="from")
    to: Annotated[date | None, fact("止", "To", "decision")] = None
    ground: Annotated[PauseGround | None, fact("事由", "Ground", "decision", PAUSE_GROUNDS)] = None


class Penalty(EveryCase, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A penalty case as the law sees it."""

    procedure: Annotated[Procedure | None, fact("适用程序", "Procedure", "identity", PROCEDURES)] = None

    act_ended_on: Annotated[date | None, fact("违法行为终了日期", "Act ended on", "filing")] = None
    continuing: Annotated[bool | None, fact("连续或继续状态", "Continuing act", "filing")] = None
    endangers_safety_with_harm: Annotated[
        bool | None,
        fact("涉生命健康安全或金融安全且有危害后果", "Endangers life, health or finance, with harm", "filing"),
    ] = None
    clue_received_on: Annotated[date | None, fact("收到线索日期", "Clue received on", "filing")] = None
    discovered_on: Annotated[date | None, fact("发现日期", "Discovered on", "filing")] = None
    filed_on: Annotated[date | None, fact("立案日期", "Filed on", "filing")] = None
    filing_approved_by: Annotated[str | None, fact("立案批准人", "Filing approved by", "filing")] = None

    evidence_hold_approved_on: Annotated[
        date | None, fact("先行登记保存批准日期", "Evidence hold approved on", "evidence")
    ] = None
    evidence_held_on: Annotated[date | None, fact("先行登记保存日期", "Evidence held on", "evidence")] = None
    evidence_disposed_on: Annotated[
        date | None, fact("先行登记保存处理日期", "Held evidence disposed of on", "evidence")
    ] = None
    investigation_reported_on: Annotated[
        date | None, fact("调查终结报告日期", "Investigation reported on", "evidence")
    ] = None
    correction_ordered_on: Annotated[date | None, fact("责令改正日期", "Correction ordered on", "evidence")] = None

    notice_served_on: Annotated[date | None, fact("事先告知书送达日期", "Notice served on", "notice")] = None
    noticed_kinds: Annotated[
        tuple[PenaltyKind, ...] | None,
        fact("拟处罚种类", "Intended kinds of penalty", "notice", PENALTY_KINDS),
    ] = None
    noticed_fine: Annotated[Decimal | None, fact("拟罚款数额", "Intended fine", "notice", unit="yuan")] = None
    statement_made_on: Annotated[date | None, fact("陈述申辩日期", "Statement made on", "notice")] = None
    statement_rechecked_on: Annotated[date | None, fact("陈述申辩复核日期", "Statement re-checked on", "notice")] = None
    statement_waived_on: Annotated[date | None, fact("放弃陈述申辩日期", "Statement waived on", "notice")] = None

    hearing_told: Annotated[bool | None, fact("已告知听证权", "Told of the right to a hearing", "hearing")] = None
    hearing_requested_on: Annotated[date | None, fact("申请听证日期", "Hearing requested on", "hearing")] = None
    hearing_notified_on: Annotated[date | None, fact("听证通知日期", "Hearing notified on", "hearing")] = None
    hearing_held_on: Annotated[date | None, fact("听证举行日期", "Hearing held on", "hearing")] = None
    hearing_withdrawn_on: Annotated[
        date | None, fact("撤回听证申请日期", "Hearing request withdrawn on", "hearing")
    ] = None
    hearing_waived_on: Annotated[date | None, fact("放弃听证日期", "Hearing waived on", "hearing")] = None
    hearing_presider: Annotated[str | None, fact("听证主持人", "Presider of the hearing", "hearing")] = None

    discussed_on: Annotated[date | None, fact("集体讨论日期", "Discussed on", "discussion")] = None
    discussion_attendees: Annotated[int | None, fact("集体讨论人数", "Attendees", "discussion", unit="persons")] = None

    decided_on: Annotated[date | None, fact("处罚决定日期", "Decided on", "decision")] = None
    decided_by: Annotated[str | None, fact("决定人", "Decided by", "decision")] = None
    decision_number: Annotated[str | None, fact("处罚决定书文号", "Decision number", "decision")] = None
    kinds: Annotated[
        tuple[PenaltyKind, ...] | None, fact("处罚种类", "Kinds of penalty", "decision", PENALTY_KINDS)
    ] = None
    fine: Annotated[Decimal | None, fact("罚款数额", "Fine", "decision", unit="yuan")] = None
    confiscated: Annotated[Decimal | None, fact("没收金额", "Confiscated value", "decision", unit="yuan")] = None
    fine_min: Annotated[Decimal | None, fact("法定罚款下限", "Lowest lawful fine", "decision", unit="yuan")] = None
    fine_max: Annotated[Decimal | None, fact("法定罚款上限", "Highest lawful fine", "decision", unit="yuan")] = None
    mitigation: Annotated[str | None, fact("从轻减轻情节", "Mitigation", "decision")] = None
    discretion_standard: Annotated[str | None, fact("裁量基准", "Discretion standard", "decision")] = None
    extensions: Annotated[tuple[Extension, ...], fact("延期", "Extensions", "decision")] = ()
    pauses: Annotated[tuple[Pause, ...], fact("不计入期限的期间", "Spans not counted", "decision")] = ()

    delivered_on_spot: Annotated[bool | None, fact("当场交付决定书", "Delivered on the spot", "service")] = None
    served_on: Annotated[date | None, fact("决定书送达日期", "Served on", "service")] = None
    service_method: Annotated[str | None, fact("送达方式", "Method of service", "service")] = None
    reported_to_agency_on: Annotated[date | None, fact("简易程序报备日期", "Reported to the agency on", "service")] = (
        None
    )

    collected_on_spot: Annotated[bool | None, fact("当场收缴", "Collected on the spot", "money")] = None
    collection_reason: Annotated[str | None, fact("当场收缴理由", "Reason for collecting on the spot", "money")] = None
    receipt_number: Annotated[str | None, fact("罚没票据号", "Receipt number", "money")] = None
    handed_in_on: Annotated[date | None, fact("缴至行政机关日期", "Handed in on", "money")] = None
    banked_on: Annotated[date | None, fact("缴付银行日期", "Banked on", "money")] = None
    paid_on: Annotated[date | None, fact("缴款日期", "Paid on", "money")] = None
    extra_fine: Annotated[Decimal | None, fact("加处罚款", "Extra fine", "money", unit="yuan")] = None
    deferral_approved_on: Annotated[date | None, fact("延期分期缴纳批准日期", "Deferral approved on", "money")] = None
    deferred_until: Annotated[date | None, fact("延期分期缴纳至", "Deferred until", "money")] = None
    executed_on: Annotated[date | None, fact("执行完毕日期", "Executed on", "money")] = None

    crime_suspected: Annotated[bool | None, fact("涉嫌犯罪", "Suspected crime", "transfer")] = None
    transfer_approved_at: Annotated[datetime | None, fact("移送批准时间", "Transfer approved at", "transfer")] = None
    transferred_at: Annotated[datetime | None, fact("移送时间", "Transferred at", "transfer")] = None
