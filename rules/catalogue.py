"""The catalogue of rules: every id there is, whether it is built or not.

An office wants to know not only what was checked but also what was not. Each id of the catalogue is therefore either built
(it is in the rulebook, or an alias of one that is) or listed in :data:`NOT_BUILT` with the reason::

    CATALOGUE["O-16"].severities     # ("fatal", "error"): fatal by statute, an error where only the catalogue asks for it
    CATALOGUE["P-03"].zero_item      # False
    NOT_BUILT["P-03"].en             # what is missing

Severities and zero items (否决项 of file evaluation) are the catalogue's own, so that a rule can be held against them.
"""

from __future__ import annotations

from typing import NamedTuple

from rules.facts import Text
from rules.not_built import NOT_BUILT
from rules.outcome import Severity

__all__ = ["CATALOGUE", "NOT_BUILT", "PARTLY_ZERO_ITEM", "CatalogueEntry"]

_SEVERITIES: dict[str, Severity] = {"F": "fatal", "E": "error", "W": "warning", "I": "info"}


class CatalogueEntry(NamedTuple):
    """An id of the catalogue: its title, its severities (the usual one first) and whether it is a zero item."""

    id: str
    title: Text
    severities: tuple[Severity, ...]
    zero_item: bool = False

    @property
    def severity(self) -> Severity:
        """The usual severity."""
        return self.severities[0]


def _entry(rule_id: str, letters: str, zh: str, en: str, zero_item: bool = False) -> CatalogueEntry:
    return CatalogueEntry(rule_id, Text(zh, en), tuple(_SEVERITIES[letter] for letter in letters), zero_item)


_ENTRIES = (
    # 主体与人员、实体禁限 Subject, persons, bars of substance
    _entry("P-01", "F", "赋权范围", "The item is among those delegated to the office", zero_item=True),
    _entry("P-02", "F", "委托合规", "Entrusting is in order", zero_item=True),
    _entry("P-03", "E", "属地", "Place within the office's area"),
    _entry("P-04", "F", "两名执法人员", "Two officers", zero_item=True),
    _entry("P-05", "F", "执法资格", "Enforcement certificate", zero_item=True),
    _entry("P-06", "F", "回避", "Recusal"),
    _entry("P-07", "E", "出示证件", "Credentials shown"),
    _entry("P-08", "FE", "当事人适格", "The right party", zero_item=True),
    _entry("P-09", "FE", "未成年人", "Age of the party"),
    _entry("P-10", "F", "责任能力", "Capacity of the party"),
    _entry("P-11", "F", "时效", "Limitation", zero_item=True),
    _entry("P-12", "EF", "一事不二罚", "No second fine for one act"),
    _entry("P-13", "W", "责令改正", "Order to correct"),
    _entry("P-14", "E", "违法所得没收", "Confiscation of unlawful gains"),
    _entry("P-15", "W", "不予处罚教育", "Education where no penalty is imposed"),
    _entry("P-16", "W", "首违可不罚", "First offence may go unpunished"),
    _entry("P-17", "F", "种类幅度", "Kind and range of the penalty", zero_item=True),
    _entry("P-18", "E", "裁量基准", "Discretion standard"),
    _entry("P-19", "W", "从轻新法", "Lighter new law"),
    _entry("P-20", "F", "涉罪移送", "Transfer of suspected crime", zero_item=True),
    # 简易程序 Summary procedure
    _entry("S-01", "F", "简易额度", "Limits of the summary procedure", zero_item=True),
    _entry("S-02", "E", "当场交付", "Delivered on the spot"),
    _entry("S-03", "E", "简易内容", "Contents of a summary decision"),
    _entry("S-04", "W", "报备", "Filing of a summary decision"),
    _entry("S-05", "F", "口头告知", "Told and heard in the summary procedure"),
    # 普通程序 Ordinary procedure
    _entry("O-01", "W", "线索核查", "Checking of a clue"),
    _entry("O-02", "FE", "立案", "Filing of the case", zero_item=True),
    _entry("O-03", "E", "先行登记保存", "Evidence hold"),
    _entry("O-04", "W", "调查终结报告", "Report closing the investigation"),
    _entry("O-05", "F", "事先告知", "Notice before the decision", zero_item=True),
    _entry("O-06", "WF", "陈述期", "Waiting for a statement"),
    _entry("O-07", "E", "复核", "Re-check of a statement"),
    _entry("O-08", "F", "不加重", "Not heavier after a statement", zero_item=True),
    _entry("O-09", "E", "告知一致", "Decision within the notice", zero_item=True),
    _entry("O-10", "F", "听证告知", "Told of the right to a hearing", zero_item=True),
    _entry("O-11", "F", "听证期", "Term to request a hearing"),
    _entry("O-12", "F", "应听未听", "A due hearing is held", zero_item=True),
    _entry("O-13", "E", "听证通知", "Notice of the hearing"),
    _entry("O-14", "F", "主持人", "Presider of the hearing"),
    _entry("O-15", "E", "听证笔录", "Record of the hearing"),
    _entry("O-16", "FE", "法制审核", "Legal review", zero_item=True),
    _entry("O-17", "FW", "审核人资格", "Qualified reviewer"),
    _entry("O-18", "W", "八项审核内容", "Eight points of the review"),
    _entry("O-19", "W", "审核时限", "Term of the review"),
    _entry("O-20", "F", "集体讨论", "Collective discussion", zero_item=True),
    _entry("O-21", "F", "负责人决定", "Decision by the head", zero_item=True),
    _entry("O-22", "EF", "决定书内容", "Contents of the decision"),
    _entry("O-23", "EW", "九十日", "Ninety days"),
    _entry("O-24", "E", "延期审批", "Approval of an extension"),
    _entry("O-25", "E", "送达", "Service"),
    _entry("O-26", "E", "送达方式", "Method of service"),
    _entry("O-27", "E", "全过程记录", "Record of the whole process"),
    _entry("O-28", "E", "步骤顺序", "Order of the steps"),
    _entry("O-29", "W", "结案", "Closing of the case"),
    # 罚没缴纳 Money
    _entry("M-01", "E", "缴款期", "Term of payment"),
    _entry("M-02", "F", "罚缴分离", "Fining and collecting apart"),
    _entry("M-03", "F", "当场收缴", "Collection on the spot"),
    _entry("M-04", "E", "专用票据", "Official receipt"),
    _entry("M-05", "E", "二日缴付", "Handing in within two days"),
    _entry("M-06", "E", "加处罚款", "Extra fine"),
    _entry("M-07", "E", "延期分期", "Deferral and instalments"),
    _entry("M-08", "W", "罚款指标", "No targets for fines"),
    # 行政强制措施 Coercive measures
    _entry("C-01", "F", "强制措施权限", "Power to impose a measure", zero_item=True),
    _entry("C-02", "F", "事先批准", "Approval beforehand", zero_item=True),
    _entry("C-03", "F", "强制措施两名执法人员", "Two officers at a measure", zero_item=True),
    _entry("C-04", "E", "现场程序", "Checklist on site"),
    _entry("C-05", "FE", "决定书清单", "Decision and inventory", zero_item=True),
    _entry("C-06", "F", "措施三十日期限", "Thirty days of a measure"),
    _entry("C-07", "E", "强制措施延长", "Extension of a measure"),
    _entry("C-08", "E", "检测期间", "Span of tests"),
    _entry("C-09", "F", "处理或解除措施", "Disposal or lifting"),
    _entry("C-10", "F", "查封扣押范围", "Scope of sealing and seizure"),
    _entry("C-11", "E", "保管检测费用", "No fees"),
    _entry("C-12", "FE", "冻结", "Freezing"),
    _entry("C-13", "E", "音像记录", "Audio and video record"),
    _entry("C-14", "E", "随案移送", "Goods handed over with the case"),
    _entry("C-15", "E", "强制法制审核", "Legal review of coercion"),
    # 行政强制执行 Coercive execution
    _entry("E-01", "F", "催告", "Demand before execution", zero_item=True),
    _entry("E-02", "E", "催告期满", "The demand has run out"),
    _entry("E-03", "E", "意见复核", "Re-check of a statement after the demand"),
    _entry("E-04", "E", "执行决定书", "Contents of the execution decision"),
    _entry("E-05", "E", "夜间节假日", "Not at night nor on holidays", zero_item=True),
    _entry("E-06", "F", "停水停电", "No cutting of water or power", zero_item=True),
    _entry("E-07", "F", "违建公告", "Announcement of forced demolition", zero_item=True),
    _entry("E-08", "E", "加处满30日", "Extra fine runs for thirty days"),
    _entry("E-09", "EF", "代履行", "Performance by proxy"),
    _entry("E-10", "E", "立即代履行", "Immediate performance by proxy"),
    _entry("E-11", "W", "中止三年", "End after three years of suspension"),
    _entry("E-12", "FW", "申请法院窗口", "Window for applying to the court"),
    _entry("E-13", "E", "申请材料", "Documents for the court"),
    # 行政检查 Inspections
    _entry("I-01", "F", "事项公布", "Published inspection item", zero_item=True),
    _entry("I-02", "F", "主体人员", "Qualified inspectors", zero_item=True),
    _entry("I-03", "E", "检查审批", "Approval of the inspection"),
    _entry("I-04", "E", "检查通知", "Notice of inspection"),
    _entry("I-05", "EW", "频次上限", "Yearly cap"),
    _entry("I-06", "E", "扫码入企", "Code scanned on entry"),
    _entry("I-07", "E", "专项检查", "Special inspection"),
    _entry("I-08", "W", "重复多头", "Repeated inspections"),
    _entry("I-09", "W", "非现场优先", "Off-site first"),
    _entry("I-10", "E", "异地检查", "Inspection outside the area"),
    _entry("I-11", "E", "笔录与告知", "Record and result told"),
    _entry("I-12", "E", "结果公示", "Publication of results"),
    _entry("I-13", "W", "检查计划", "Inspection plan"),
    _entry("I-14", "WE", "五个严禁八个不得", "Five prohibitions and eight must-nots"),
    _entry("I-15", "W", "检查转立案", "From inspection to case"),
    _entry("I-16", "I", "空转事项", "Unused items"),
    # 公示、数据与统计 Publication, data, statistics
    _entry("D-01", "E", "处罚公示七个工作日", "Publication of penalties"),
    _entry("D-02", "E", "其他执法公示二十个工作日", "Publication of other acts"),
    _entry("D-03", "E", "三个工作日内撤回", "Withdrawal within three days"),
    _entry("D-04", "E", "脱敏", "Masking"),
    _entry("D-05", "E", "双公示必填", "Required fields of the double publicity"),
    _entry("D-06", "E", "代码校验", "Check characters of codes"),
    _entry("D-07", "E", "金额单位", "Unit of amounts"),
    _entry("D-08", "W", "公示截止期", "End of publicity"),
    _entry("D-09", "E", "文号唯一", "Unique document number"),
    _entry("D-10", "W", "平台录入", "Entry in the platform"),
    _entry("D-11", "E", "年度数据", "Yearly figures"),
    _entry("D-12", "W", "审核人员5%", "Reviewers are five per cent"),
    _entry("D-13", "W", "审核目录", "Review catalogue"),
    _entry("D-14", "W", "事前公开", "Published beforehand"),
    # 监督 Supervision
    _entry("V-01", "EF", "监督文书办理", "Answer to supervision documents"),
    _entry("V-02", "W", "投诉举报", "Complaints"),
    _entry("V-03", "W", "案卷评查", "File evaluation"),
)

#: Every id of the catalogue, in its order.
CATALOGUE: dict[str, CatalogueEntry] = {entry.id: entry for entry in _ENTRIES}

#: Ids that are a zero item in part of what they say: O-28 where filing, approval or notice is out of order.
PARTLY_ZERO_ITEM = frozenset({"O-28"})
