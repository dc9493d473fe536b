"""Which column of a sheet holds which fact.

Columns stand in any order and are headed by the fact's name, its Chinese or its English label; blanks, case and full or half
width do not matter. ``立案日期``, ``立案``, ``filed_on`` and ``Filed on`` all head the same fact. The words of the contract that
are no labels are known too (``名称`` is ``party_name``). ``笔录签字`` is one fact of a measure and another of an inspection.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from functools import cache

from enforcement.exchange.kinds import plain
from rules.facts import KINDS
from rules.facts import Fact
from rules.facts import facts_of

#: Further words that head a fact, beside its name and labels.
_ALSO: dict[str, dict[str, str]] = {
    "": {
        "名称": "party_name",
        "当事人": "party_name",
        "统一社会信用代码": "party_code",
        "证件号码": "party_code",
        "重大公共利益": "public_interest",
        "重大权益": "major_rights",
        "录入日期": "platform_entered_on",
        "审核": "reviewed_on",
        "审核日期": "reviewed_on",
        "首次从事审核日期": "reviewer_first_reviewed_on",
        "法律职业资格": "reviewer_qualified",
        "八项审核内容": "review_items",
    },
    "penalty": {
        "程序": "procedure",
        "连续或继续": "continuing",
        "事先告知送达": "notice_served_on",
        "事先告知": "notice_served_on",
        "告知听证权": "hearing_told",
        "主持人": "hearing_presider",
        "决定日期": "decided_on",
        "决定书文号": "decision_number",
        "法定下限": "fine_min",
        "法定上限": "fine_max",
        "当场交付": "delivered_on_spot",
        "送达": "served_on",
        "送达日期": "served_on",
        "票据号": "receipt_number",
        "延期分期批准": "deferral_approved_on",
    },
    "measure": {
        "通知到场": "party_called",
        "告知权利": "rights_told",
        "听取申辩": "heard",
        "笔录签字": "record_signed",
        "决定书当场交付": "decision_delivered_on",
        "清单": "inventory_made",
        "向当事人收费": "fee_charged",
        "基础决定送达": "base_decision_served_on",
        "催告送达": "demand_served_on",
        "居民生活": "residential",
        "停水电热气": "utilities_cut",
        "自拆期限": "self_demolition_until",
        "到场监督": "official_present",
        "加处罚款起算": "extra_fine_from",
    },
    "inspection": {
        "涉企": "business",
        "事项已公布": "item_published",
        "紧急": "urgent",
        "通知书": "notice_delivered_at",
        "结果": "outcome",
        "笔录签字": "record_signed",
    },
}
#: Endings that a label has and a heading may lack.
_ENDINGS = re.compile(r"(\(.*\)|日期|时间|数额)$")


@cache
def headings_of(kind: str) -> Mapping[str, str]:
    """Give the plain headings of a kind of case and the fact each means; what is ambiguous means none."""
    facts = facts_of(KINDS[kind])
    found: dict[str, str] = {}
    for spellings in (
        ((name, fact.name) for name, fact in facts.items()),
        ((fact.label.zh, fact.name) for fact in facts.values()),
        ((fact.label.en, fact.name) for fact in facts.values()),
        ((word, name) for part in ("", kind) for word, name in _ALSO[part].items()),
        _shortened(facts.values()),
    ):
        for heading, name in spellings:
            found.setdefault(plain(heading), name)
    return found


def _shortened(facts: Iterable[Fact]) -> list[tuple[str, str]]:
    """Labels without their endings, where only one fact is left for them."""
    names: dict[str, list[str]] = {}
    for fact in facts:
        short = _ENDINGS.sub("", plain(fact.label.zh))
        names.setdefault(short, []).append(fact.name)
    return [(short, owners[0]) for short, owners in names.items() if short and len(owners) == 1]


def facts_headed(heading: str) -> dict[str, str]:
    """Give, for each kind of case that knows the heading, the fact it means."""
    word = plain(heading)
    return {kind: headings_of(kind)[word] for kind in KINDS if word in headings_of(kind)}
