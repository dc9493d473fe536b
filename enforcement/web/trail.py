"""Entries of the audit in words: what was done, and which facts changed from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from typing import NamedTuple

from enforcement.models import AuditEntry
from rules.facts import KINDS
from rules.facts import Fact
from rules.facts import Text
from rules.facts import facts_of
from rules.wording import NO
from rules.wording import YES

ACTIONS: dict[str, Text] = {
    "case.record": Text("登记案件", "Recorded the case"),
    "case.change": Text("变更事实", "Changed facts"),
    "review.submit": Text("送审", "Submitted for review"),
    "review.answer": Text("审核答复", "Answered the review"),
    "finding.respond": Text("答复问题", "Answered a finding"),
    "waiver.propose": Text("申请豁免", "Proposed a waiver"),
    "waiver.approve": Text("批准豁免", "Approved a waiver"),
    "waiver.refuse": Text("不予豁免", "Refused a waiver"),
    "attachment.add": Text("上传附件", "Added an attachment"),
    "attachment.withdraw": Text("撤回附件", "Withdrew an attachment"),
}
#: What changed that is no fact of a case.
OTHERS: dict[str, Text] = {
    "case": Text("案件", "Case"),
    "result": Text("审核意见", "Result"),
    "response": Text("答复", "Answer"),
    "ground": Text("理由", "Ground"),
    "last_day": Text("截止日", "Last day"),
    "finding": Text("问题", "Finding"),
    "attachment": Text("附件", "Attachment"),
    "sha256": Text("SHA-256", "SHA-256"),
    "size": Text("大小（字节）", "Size (bytes)"),
    "reason": Text("理由", "Reason"),
}
NOTHING = "—"


class Entry(NamedTuple):
    """One entry as people read it; a change is a label with what it was and what it is."""

    seq: int
    at: datetime
    who: str
    action: str
    changes: list[tuple[str, str, str]]
    hash: str


def described(entry: AuditEntry, kind: str, language: str) -> Entry:
    """Put an entry about a case of a kind into words."""
    facts = facts_of(KINDS[kind])
    known = ACTIONS.get(entry.action)
    return Entry(
        seq=entry.id,
        at=entry.at,
        who=entry.actor.name if entry.actor else entry.actor_text,
        action=known.of(language) if known else entry.action,
        changes=[
            (_label(name, facts, language), _text(before, name, facts, language), _text(after, name, facts, language))
            for name, (before, after) in sorted(entry.changed.items(), key=lambda item: _place(item[0], facts))
        ],
        hash=entry.hash,
    )


def shown(value: Any, fact: Fact | None, language: str) -> str:
    """A value as JSON holds it, in words; a dash for nothing."""
    if value is None or value == []:
        return NOTHING
    if isinstance(value, bool):
        return (YES if value else NO).of(language)
    if isinstance(value, list):
        return ("; " if language == "en" else "；").join(shown(item, fact, language) for item in value)
    if isinstance(value, dict):
        items = {item.name: item for item in fact.items} if fact else {}
        return " ".join(
            f"{_label(name, items, language)} {shown(inner, items.get(name), language)}"
            for name, inner in value.items()
        )
    if fact is not None and fact.type == "moment":
        return str(value)[:16].replace("T", " ")
    return fact.choice_label(str(value), language) if fact else str(value)


def _text(value: Any, name: str, facts: Mapping[str, Fact], language: str) -> str:
    return shown(value, facts.get(name), language)


def _label(name: str, facts: Mapping[str, Fact], language: str) -> str:
    if name in facts:
        return facts[name].label.of(language)
    return OTHERS[name].of(language) if name in OTHERS else name


def _place(name: str, facts: Mapping[str, Fact]) -> int:
    """Facts in the order of their declaration, then everything else."""
    return list(facts).index(name) if name in facts else len(facts)
