"""Collective discussion: complex or major cases are decided by the heads together.

A case recorded as complex, reviewed on 2026-03-20 and decided on 2026-03-30, needs a discussion between those days with at
least three attending.
"""

from datetime import date

from rules.every_case.major import FLAGS
from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.outcome import MET
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.rule import rule
from rules.wording import FactNames

MESSAGES = {
    "needed": (
        "案件{grounds}，作出决定前须由负责人集体讨论。",
        "The case is weighty ({grounds}): the heads discuss it together before the decision.",
    ),
    "missing": (
        "案件{grounds}，{decided_on} 未经集体讨论即作出决定；请补正或撤销。",
        "The case is weighty ({grounds}) and was decided on {decided_on} without a collective discussion.",
    ),
    "after": (
        "集体讨论（{discussed_on}）晚于决定（{decided_on}）。",
        "The discussion of {discussed_on} came after the decision of {decided_on}.",
    ),
    "before_review": (
        "集体讨论（{discussed_on}）早于法制审核（{reviewed_on}）；审核后应再行讨论。",
        "The discussion of {discussed_on} came before the review of {reviewed_on}; discuss again after it.",
    ),
    "few": (
        "集体讨论仅 {discussion_attendees} 人参加，不足 {least} 人。",
        "Only {discussion_attendees} attended the discussion; at least {least} are needed.",
    ),
}
TITLE = (
    "情节复杂或重大的案件决定前经集体讨论",
    "A complex or major case is discussed by the heads before the decision",
)


@rule(
    "O-20",
    title=TITLE,
    clause="对情节复杂或者重大违法行为给予行政处罚，行政机关负责人应当集体讨论决定。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("57(2)"),),
    dated_by=("discussed_on", "decided_on"),
    since=PENALTY_LAW_2021,
    messages=MESSAGES,
)
def collective_discussion(case: Penalty, law: Law) -> Verdict | None:
    """Complex or major violations are punished only after the heads have discussed the case together."""
    return _discussion(case, law)


@rule(
    "O-20",
    title=TITLE,
    clause="对情节复杂或者重大违法行为给予较重的行政处罚，行政机关的负责人应当集体讨论决定。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW_1996.article("38(2)"),),
    dated_by=("discussed_on", "decided_on"),
    since=date(1996, 10, 1),
    until=OLD_PENALTY_LAW_UNTIL,
    messages=MESSAGES,
)
def collective_discussion_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """Heavier penalties for complex or major violations are decided after a collective discussion."""
    return _discussion(case, law)


def _discussion(case: Penalty, law: Law) -> Verdict | None:
    weighty = [name for name in FLAGS if getattr(case, name)]
    open_flags = [name for name in FLAGS if getattr(case, name) is None]
    if not weighty and not open_flags:
        return None
    discussed_on, decided_on = case.discussed_on, case.decided_on
    if discussed_on is not None:
        return _held(case, law, discussed_on, decided_on)
    if not weighty:
        return unknown(*open_flags)
    grounds = FactNames(weighty)
    if decided_on is None:
        return unless_extract(case, ("discussed_on",), waiting("needed", grounds=grounds))
    return unless_extract(case, ("discussed_on",), breach("missing", grounds=grounds))


def _held(case: Penalty, law: Law, discussed_on: date, decided_on: date | None) -> Verdict:
    if decided_on is not None and discussed_on > decided_on:
        return breach("after")
    if case.reviewed_on is not None and discussed_on < case.reviewed_on:
        return breach("before_review")
    attendees = case.discussion_attendees
    if attendees is None:
        return unknown("discussion_attendees")
    least = law.value("discussion_attendees", discussed_on)
    return MET if attendees >= least else breach("few", least=least)
