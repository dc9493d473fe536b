"""Every sentence of the mails, in Chinese and English; ``say("more", "zh", n=3)`` is "另有 3 项"."""

from __future__ import annotations

from typing import Any

from rules.facts import Text

WORDS: dict[str, Text] = {
    "product": Text("执法台账", "Enforcement Ledger"),
    "title_digest": Text("每日提醒", "Daily digest"),
    "title_summary": Text("每周汇总", "Weekly summary"),
    "greeting": Text("{name}，您好：", "Dear {name},"),
    "subject_new": Text("新问题 {n}", "{n} new"),
    "subject_soon": Text("{days} 日内到期 {n}", "{n} due within {days} days"),
    "subject_waiting": Text("待审核 {n}", "{n} waiting for review"),
    "subject_sent_back": Text("退回 {n}", "{n} sent back"),
    "subject_nothing": Text("无新事项", "nothing new"),
    "new": Text("上次通知以来新逾期或新发现的问题", "Overdue or wrong since the last mail"),
    "earlier": Text("此前出现、仍未解决的问题", "From before and still open"),
    "soon": Text("{days} 日内到期", "Due within {days} days"),
    "waiting": Text("待法制审核", "Waiting for legal review"),
    "sent_back": Text("法制审核退回", "Sent back by legal review"),
    "colon": Text("：", ": "),
    "none": Text("无", "none"),
    "more": Text("另有 {n} 项", "{n} more"),
    "no_number": Text("无案号", "no number"),
    "due": Text("最后期限 {due}", "due {due}"),
    "today": Text("今日到期", "today"),
    "days_left": Text("还有 {n} 天", "{n} days left"),
    "day_left": Text("还有 1 天", "1 day left"),
    "days_over": Text("已过 {n} 天", "{n} days over"),
    "day_over": Text("已过 1 天", "1 day over"),
    "submitted": Text("{on} 送审，已等待 {n} 天", "submitted {on}, waiting for {n} days"),
    "answered": Text("{on} 审核意见：{result}", "answered {on}: {result}"),
    "overdue": Text("逾期未办", "overdue"),
    "violated": Text("不符合规定", "violated"),
    "pending": Text("待办", "pending"),
    "standing": Text("近十二个月的案件（{first} 至 {last}）", "Cases of the last twelve months ({first} to {last})"),
    "rate": Text(
        "合规率 {rate}：通过 {passed}，未通过 {failed}（未通过含逾期、迟办、违反）",
        "Rate {rate}: {passed} passed, {failed} failed (overdue, late or violated)",
    ),
    "nothing_checked": Text("尚无已检查的事项", "nothing checked"),
    "beside": Text(
        "不计入：待办 {pending}，无法判断 {undetermined}，已豁免 {waived}，不涉及 {not_concerned}；案件 {cases} 件",
        "Beside it: {pending} pending, {undetermined} undetermined, {waived} waived, {not_concerned} not concerned; "
        "{cases} cases",
    ),
    "missing": Text("无法判断的原因", "Undetermined for want of"),
    "missing_parameter": Text("参数尚未设定：{name}", "parameter not set: {name}"),
    "missing_fact": Text("未记录：{name}", "not recorded: {name}"),
    "missing_year": Text("缺少 {name} 年节假日安排", "working days of {name}, not decreed yet"),
    "missing_rule": Text("规则 {name} 未能给出结果", "rule {name} gave no answer"),
    "cases": Text("{n} 件", "{n} cases"),
    "case": Text("1 件", "1 case"),
    "automatic": Text("本邮件由系统自动发出，请勿回复。", "This mail was sent automatically; please do not reply."),
    "open": Text("打开", "Open"),
}


def say(word: str, language: str, **fields: Any) -> str:
    """Give a sentence in a language, filled; raises KeyError for one that does not exist."""
    return WORDS[word].of(language).format(**fields)


def counted(one: str, many: str, n: int, language: str) -> str:
    """Give the singular or the plural of a number."""
    return say(one if n == 1 else many, language, n=n)
