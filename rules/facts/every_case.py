"""Facts that every penalty, measure and inspection shares, and those of its legal review."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from typing import Literal

import msgspec

from rules.facts.declare import fact

Source = Literal["inspection", "complaint", "transfer", "assigned", "other"]
PartyKind = Literal["organisation", "individual", "sole_trader"]
ReviewResult = Literal["passed", "correct", "supplement", "transfer"]
ReviewItem = Literal["subject", "procedure", "facts", "law", "discretion", "powers", "documents", "crime"]

SOURCES = {
    "inspection": ("检查发现", "Inspection"),
    "complaint": ("投诉举报", "Complaint"),
    "transfer": ("移送", "Transferred"),
    "assigned": ("交办", "Assigned"),
    "other": ("其他", "Other"),
}
PARTY_KINDS = {
    "organisation": ("法人及非法人组织", "Organisation"),
    "individual": ("自然人", "Individual"),
    "sole_trader": ("个体工商户", "Sole trader"),
}
REVIEW_RESULTS = {
    "passed": ("通过", "Passed"),
    "correct": ("纠正", "To be corrected"),
    "supplement": ("补充", "To be supplemented"),
    "transfer": ("移送", "To be transferred"),
}
REVIEW_ITEMS = {
    "subject": ("主体与人员资格", "Body and officers"),
    "procedure": ("程序", "Procedure"),
    "facts": ("事实与证据", "Facts and evidence"),
    "law": ("法律适用", "Law applied"),
    "discretion": ("裁量", "Discretion"),
    "powers": ("权限", "Powers"),
    "documents": ("文书", "Documents"),
    "crime": ("涉嫌犯罪移送", "Suspected crime"),
}


class EveryCase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What every case is to the law; a fact that is not recorded is None."""

    number: Annotated[str | None, fact("案号", "Case number", "identity")] = None
    agency: Annotated[str | None, fact("执法机关", "Agency", "identity")] = None
    item_code: Annotated[str | None, fact("事项编码", "Item code", "identity")] = None
    cause: Annotated[str | None, fact("案由", "Cause", "identity")] = None
    field: Annotated[str | None, fact("执法领域", "Field", "identity")] = None
    source: Annotated[Source | None, fact("案件来源", "Source", "identity", SOURCES)] = None
    place: Annotated[str | None, fact("违法/检查地点", "Place", "identity")] = None
    place_in_area: Annotated[bool | None, fact("是否属地", "Place in the office's area", "identity")] = None
    handlers: Annotated[tuple[str, ...] | None, fact("承办人（执法证号）", "Handlers (certificate)", "identity")] = None
    extract: Annotated[bool, fact("摘录", "Extract", "identity")] = False

    party_kind: Annotated[PartyKind | None, fact("当事人类别", "Kind of party", "party", PARTY_KINDS)] = None
    party_name: Annotated[str | None, fact("当事人名称", "Party", "party")] = None
    party_code: Annotated[str | None, fact("统一社会信用代码或证件号码", "Party's code", "party")] = None
    party_birth_date: Annotated[date | None, fact("出生日期", "Date of birth", "party")] = None
    legal_representative: Annotated[str | None, fact("法定代表人", "Legal representative", "party")] = None

    public_interest: Annotated[bool | None, fact("涉及重大公共利益", "Major public interest", "weight")] = None
    social_risk: Annotated[bool | None, fact("重大社会影响或风险", "Major social impact or risk", "weight")] = None
    major_rights: Annotated[bool | None, fact("直接关系重大权益", "Directly concerns major rights", "weight")] = None
    complex: Annotated[bool | None, fact("疑难复杂", "Difficult or complex", "weight")] = None
    amount_involved: Annotated[Decimal | None, fact("涉案金额", "Amount involved", "weight", unit="yuan")] = None

    review_submitted_on: Annotated[date | None, fact("送审日期", "Submitted for review", "review")] = None
    reviewed_on: Annotated[date | None, fact("法制审核日期", "Reviewed on", "review")] = None
    review_result: Annotated[
        ReviewResult | None, fact("审核意见", "Result of the review", "review", REVIEW_RESULTS)
    ] = None
    reviewer: Annotated[str | None, fact("审核人（证号）", "Reviewer (certificate)", "review")] = None
    reviewer_first_reviewed_on: Annotated[
        date | None, fact("首次从事法制审核日期", "Reviewer's first review", "review")
    ] = None
    reviewer_qualified: Annotated[
        bool | None, fact("审核人取得法律职业资格", "Reviewer holds the legal qualification", "review")
    ] = None
    review_items: Annotated[
        tuple[ReviewItem, ...] | None,
        fact("已答复的审核内容", "Review items answered", "review", REVIEW_ITEMS),
    ] = None

    recorded_text: Annotated[bool | None, fact("文字记录", "Written record", "record")] = None
    recorded_av: Annotated[bool | None, fact("音像记录", "Audio or video record", "record")] = None
    platform_number: Annotated[str | None, fact("监督平台编号", "Platform number", "record")] = None
    platform_entered_on: Annotated[date | None, fact("监督平台录入日期", "Entered in the platform", "record")] = None
    published_on: Annotated[date | None, fact("公示日期", "Published on", "record")] = None
    publication_exemption: Annotated[str | None, fact("不公示理由", "Ground for not publishing", "record")] = None
    changed_on: Annotated[date | None, fact("变更或撤销日期", "Changed or revoked on", "record")] = None
    withdrawn_on: Annotated[date | None, fact("撤回公示日期", "Publication withdrawn on", "record")] = None
    closed_on: Annotated[date | None, fact("结案日期", "Closed on", "closing")] = None
    archived_on: Annotated[date | None, fact("归档日期", "Archived on", "closing")] = None
