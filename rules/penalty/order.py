"""The order of the steps of an ordinary penalty.

Filed on 2026-03-02, investigated until 2026-03-20, noticed on 2026-03-23, a statement on 2026-03-25, decided on 2026-04-02:
in order. A decision on 2026-03-20 with the notice of 2026-03-23 is inverted and fatal; a review dated after the decision is
an error. Steps of one day are in order, except that a statement or a hearing comes after the day of the notice.
"""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from operator import itemgetter

from rules.facts import Penalty
from rules.law import Law
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.outcome import MET
from rules.outcome import Requirement
from rules.outcome import Severity
from rules.outcome import Verdict
from rules.outcome import breach
from rules.rule import rule
from rules.wording import FactNames

#: The steps in their order; a statement and a hearing follow the notice, in whichever order.
STEPS = (
    "filed_on",
    "evidence_held_on",
    "investigation_reported_on",
    "notice_served_on",
    "statement_made_on",
    "hearing_held_on",
    "reviewed_on",
    "discussed_on",
    "decided_on",
    "served_on",
)
ANSWERS = frozenset(("statement_made_on", "hearing_held_on"))
#: Steps whose inversion with the decision is fatal.
BEFORE_THE_DECISION = ("filed_on", "notice_served_on")
_days = attrgetter(*STEPS)

Days = tuple[date | None, ...]


@rule(
    "O-28",
    title=(
        "办案各步骤依法定先后顺序进行",
        "The steps of the case follow one another in the order of the law",
    ),
    clause="立案、取证、调查终结、事先告知、陈述申辩或听证、法制审核、集体讨论、决定、送达依次进行；"
    "决定不得早于立案审批和事先告知。",
    severity="error",
    kinds=("penalty",),
    procedure="ordinary",
    law=(
        PENALTY_LAW.article("54(2)"),
        PENALTY_LAW.article("57"),
        PENALTY_LAW.article("58"),
        PENALTY_LAW.article("61"),
        PENALTY_LAW.article("62"),
        PENALTY_LAW.article("65"),
        PENALTY_LAW_1996.article("31"),
        PENALTY_LAW_1996.article("38"),
    ),
    messages={
        "inverted": (
            "{later}（{later_day}）早于{earlier}（{earlier_day}），顺序倒置；请核对日期，确系倒置的说明情况并补正。",
            "Out of order: {later} ({later_day}) is before {earlier} ({earlier_day}); check the dates, and explain and set "
            "right a real inversion.",
        ),
        "same_day": (
            "{later}与{earlier}同为 {later_day}；陈述申辩、听证应在告知之后，请核对日期。",
            "{later} and {earlier} are both {later_day}; a statement or a hearing comes after the notice: check the dates.",
        ),
    },
)
def order_of_the_steps(case: Penalty, law: Law) -> Verdict | None:
    """A case is filed, investigated, noticed, heard, reviewed, discussed, decided and served, one after the other."""
    days = _days(case)
    recorded = [day for day in days if day is not None]
    if len(recorded) < 2:
        return None
    if recorded == sorted(recorded) and not _answered_on_the_day(case):
        return MET
    return _fatal(days) or _first_inverted(days)


def _answered_on_the_day(case: Penalty) -> bool:
    noticed_on = case.notice_served_on
    return noticed_on is not None and noticed_on in (case.statement_made_on, case.hearing_held_on)


def _fatal(days: Days) -> Verdict | None:
    """A decision before the filing or before the notice."""
    by_name = dict(zip(STEPS, days, strict=True))
    decided_on = by_name["decided_on"]
    for name in BEFORE_THE_DECISION:
        day = by_name[name]
        if day is not None and decided_on is not None and decided_on < day:
            return _inverted("inverted", "decided_on", decided_on, name, day, "fatal")
    return None


def _first_inverted(days: Days) -> Verdict:
    """The first step that is before the latest of those that precede it; a statement and a hearing do not compare."""
    before: list[tuple[str, date]] = []
    for name, day in zip(STEPS, days, strict=True):
        if day is None:
            continue
        preceding = [step for step in before if not (name in ANSWERS and step[0] in ANSWERS)]
        if preceding:
            earlier, latest = max(preceding, key=itemgetter(1))
            if day < latest:
                return _inverted("inverted", name, day, earlier, latest)
            if name in ANSWERS and day == dict(before).get("notice_served_on"):
                return _inverted("same_day", name, day, "notice_served_on", day)
        before.append((name, day))
    return MET


def _inverted(
    say: str, later: str, later_day: date, earlier: str, earlier_day: date, severity: Severity | None = None
) -> Requirement:
    return breach(
        say,
        severity,
        later=FactNames((later,)),
        later_day=later_day,
        earlier=FactNames((earlier,)),
        earlier_day=earlier_day,
    )
