"""The decision measured against its notice: nothing wider, and nothing heavier because the party spoke up.

A notice of 2026-03-10 intends a fine of 3,000 yuan. A decision on 3,000 yuan or less keeps to it; 3,000.01 yuan, or a fine
and a confiscation, is wider than what the party was told. After a statement or a hearing a higher fine is fatal, and so is
an order to stop production where only a fine was noticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rules.facts import Penalty
from rules.law import Law
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.outcome import MET
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.rule import rule
from rules.wording import Choices


@rule(
    "O-08",
    title=(
        "陈述申辩或听证后没有加重处罚",
        "The penalty is not heavier for a statement or a hearing",
    ),
    clause="行政机关不得因当事人陈述、申辩而给予更重的处罚；拟加重的，应当重新告知。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("45(2)"), PENALTY_LAW_1996.article("32(2)")),
    messages={
        "more": (
            "当事人陈述申辩或听证后，罚款 {fine} 元高于告知的 {noticed_fine} 元；请按告知数额改正，或重新告知后再决定。",
            "After the statement or hearing the fine is {fine} yuan, above the noticed {noticed_fine} yuan; keep to the "
            "notice, or serve a new one first.",
        ),
        "heavier": (
            "当事人陈述申辩或听证后，决定的“{heaviest}”重于告知的处罚；请按告知内容改正，或重新告知后再决定。",
            "After the statement or hearing the decision includes “{heaviest}”, heavier than what was noticed; keep to "
            "the notice, or serve a new one first.",
        ),
        "fine_added": (
            "当事人陈述申辩或听证后，在告知的处罚之外加处罚款；请按告知内容改正，或重新告知后再决定。",
            "After the statement or hearing a fine was put on top of what was noticed; keep to the notice, or serve a "
            "new one first.",
        ),
        "unranked": (
            "“{unranked}”未列入处罚种类的轻重顺序，是否加重须由人判断",
            "“{unranked}” has no place in the order from light to heavy; a person must judge whether it is heavier",
        ),
    },
)
def no_heavier_penalty(case: Penalty, law: Law) -> Verdict | None:
    """No heavier penalty is imposed because the party stated its case; one that is to be heavier is noticed anew."""
    if case.statement_made_on is None and case.hearing_held_on is None:
        return None
    decided_on = case.decided_on
    if decided_on is None:
        return unless_extract(case, ("decided_on",), None)
    if _raised(case.fine, case.noticed_fine):
        return breach("more")
    decided, told = _contents(case)
    if case.noticed_kinds is not None and decided != told:
        found = _heavier(decided, told, law.value("penalty_kinds_by_weight", decided_on))
        if found is not None:
            return found
    return _unless_missing(case, decided, told)


def _heavier(decided: Sequence[str], told: Sequence[str], rank: Sequence[str]) -> Verdict | None:
    """Compare the heaviest kinds; of a kind without a rank nothing can be said when it makes the difference."""
    heaviest, limit = _heaviest(decided, rank), _heaviest(told, rank)
    unranked = [kind for kind in told if kind not in rank]
    if heaviest > limit:
        if unranked:
            return unknown("noticed_kinds", say="unranked", unranked=Choices("kinds", tuple(unranked)))
        return breach("heavier", heaviest=Choices("kinds", (rank[heaviest],)))
    if "fine" in decided and "fine" not in told and heaviest == limit and not unranked:
        return breach("fine_added")
    added = tuple(kind for kind in decided if kind not in rank and kind not in told)
    return unknown("kinds", say="unranked", unranked=Choices("kinds", added)) if added else None


def _heaviest(kinds: Sequence[str], rank: Sequence[str]) -> int:
    """Place of the heaviest kind in the order from light to heavy; -1 when none has a place."""
    return max((rank.index(kind) for kind in kinds if kind in rank), default=-1)


@rule(
    "O-09",
    title=(
        "处罚决定的种类和数额不超出告知",
        "The decision goes no further than the notice in kinds and amount",
    ),
    clause="行政机关在作出行政处罚决定之前，应当告知拟作出的处罚内容；决定的内容超出告知的，应当重新告知。",
    severity="error",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("44"), PENALTY_LAW.article("62")),
    dated_by=("notice_served_on", "decided_on"),
    since=PENALTY_LAW_2021,
    messages={
        "more": (
            "罚款 {fine} 元高于告知的 {noticed_fine} 元；请按告知数额改正，或重新告知后再决定。",
            "The fine of {fine} yuan is above the noticed {noticed_fine} yuan; keep to the notice, or serve a new one first.",
        ),
        "added": (
            "决定中的处罚未经告知：{added}；请按告知内容改正，或重新告知后再决定。",
            "The decision includes what was not noticed: {added}; keep to the notice, or serve a new one first.",
        ),
    },
)
def same_content_as_noticed(case: Penalty, law: Law) -> Verdict | None:
    """The party is told before the decision what is intended; a decision that goes further needs a new notice."""
    if case.decided_on is None:
        return unless_extract(case, ("decided_on",), None)
    if _raised(case.fine, case.noticed_fine):
        return breach("more")
    decided, told = _contents(case)
    if case.noticed_kinds is not None and decided != told:
        added = tuple(kind for kind in decided if kind not in told)
        if added:
            return breach("added", added=Choices("kinds", added))
    return _unless_missing(case, decided, told)


def _raised(fine: Decimal | None, noticed: Decimal | None) -> bool:
    return fine is not None and noticed is not None and fine > noticed


def _contents(case: Penalty) -> tuple[Sequence[str], Sequence[str]]:
    """The kinds decided and the kinds noticed; an amount recorded is a fine, whether the kind is recorded or not."""
    return _with_fine(case.kinds or (), case.fine), _with_fine(case.noticed_kinds or (), case.noticed_fine)


def _with_fine(kinds: Sequence[str], amount: Decimal | None) -> Sequence[str]:
    return (*kinds, "fine") if amount and "fine" not in kinds else kinds


def _unless_missing(case: Penalty, decided: Sequence[str], told: Sequence[str]) -> Verdict:
    """Met, unless a fact is missing that the comparison hangs on; no fine among the kinds is no fine."""
    kinds, noticed = case.kinds, case.noticed_kinds
    fined = "fine" in decided and (noticed is None or "fine" in told)
    missing = []
    if kinds is None:
        missing.append("kinds")
    if fined and case.fine is None:
        missing.append("fine")
    if noticed is None and (kinds is None or not set(decided).issubset(told)):
        missing.append("noticed_kinds")
    if fined and case.noticed_fine is None:
        missing.append("noticed_fine")
    return unknown(*missing) if missing else MET
