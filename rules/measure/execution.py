"""Coercive execution whatever its type: not at night, not on holidays, and no cut of utilities.

Works on Monday 2026-03-02 from 06:00 to 22:00 are in order; from 05:59, or to 22:01, they are not. On 2026-10-01 they are
forbidden, on 2026-10-05 (an adjusted rest day) or a Saturday a risk, on the working Saturday 2026-10-10 in order.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import time

from rules.facts import Measure
from rules.law import Law
from rules.measure.classes import ANY_EXECUTION
from rules.measure.classes import CONTRADICTION
from rules.measure.classes import scope
from rules.measure.classes import unless_urgent
from rules.norms import COERCION_LAW
from rules.outcome import MET
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import met
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.reckoning import ONE_DAY
from rules.rule import rule

SINCE = COERCION_LAW.in_force_from

#: What the agency carries out; an extra fine merely runs, and an application leaves execution to the court.
PHYSICAL = scope("transfer_deposit", "auction", "restore", "proxy", "demolish")

URGENT = met("urgent")
ENDS_BEFORE = unknown("executed_until", say="ends_before")
UTILITIES_CUT = breach("utilities_cut")


@rule(
    "E-05",
    title=(
        "不在夜间和法定节假日实施强制执行",
        "Coercive execution is not carried out at night or on statutory holidays",
    ),
    clause="行政机关不得在夜间或者法定节假日实施行政强制执行；情况紧急的除外。",
    severity="error",
    kinds=("measure",),
    law=(COERCION_LAW.article("43(1)"), COERCION_LAW.article("61(4)")),
    dated_by=("executed_at",),
    since=SINCE,
    zero_item=True,
    messages={
        **CONTRADICTION,
        "urgent": ("情况紧急，不受夜间和法定节假日限制。", "Urgent: the ban at night and on holidays does not apply."),
        "night": (
            "实施时间 {executed_at} 至 {end} 处于夜间（{night_from} 至 {night_until}）；请核对时间，并在案卷中说明。",
            "Carried out from {executed_at} to {end}, at night ({night_from} to {night_until}); check the times and explain "
            "it in the file.",
        ),
        "statutory": (
            "{day} 为法定节假日，不得实施强制执行；请核对日期，并在案卷中说明。",
            "{day} is a statutory holiday, on which nothing may be executed; check the date and explain it in the file.",
        ),
        "rest": (
            "{day} 为周末或者调休休息日，虽不是法定节假日，但有被认定违法的风险；请在案卷中说明必要性。",
            "{day} is a weekend or an adjusted rest day, not a statutory holiday, yet a risk: a court may count it as one; "
            "explain in the file why that day.",
        ),
        "ends_before": (
            "结束时间 {executed_until} 早于实施时间 {executed_at}；请核对",
            "It ended at {executed_until}, before it began at {executed_at}; check the times",
        ),
    },
)
def daytime(case: Measure, law: Law) -> Verdict | None:
    """Nothing is executed at night or on a statutory holiday, except in an emergency."""
    standing = PHYSICAL[case.class_, case.type]
    if standing is not True:
        return standing
    start = case.executed_at
    if start is None:
        return unless_extract(case, ("executed_at",), None)
    if case.urgent:
        return URGENT
    end = case.executed_until
    if end is not None and end < start:
        return ENDS_BEFORE
    wrong = _at_night(start, end or start, law) or _on_holiday(start.date(), (end or start).date(), law)
    if wrong is not None:
        return unless_urgent(case, wrong)
    return MET if end is not None else unless_extract(case, ("executed_until",), MET)


def _at_night(start: datetime, end: datetime, law: Law) -> Verdict | None:
    """A breach when the span meets a night; ending as the night begins and starting as it ends are in order."""
    night_from: time = law.value("night_from", start.date())
    night_until: time = law.value("night_until", start.date())
    clock = start.time()
    if night_until <= night_from:
        in_night = clock >= night_from or clock < night_until
    else:
        in_night = night_from <= clock < night_until
    next_night = datetime.combine(start.date(), night_from, start.tzinfo)
    if clock > night_from:
        next_night += ONE_DAY
    if not in_night and end <= next_night:
        return None
    return breach("night", end=end, night_from=f"{night_from:%H:%M}", night_until=f"{night_until:%H:%M}")


def _on_holiday(first: date, last: date, law: Law) -> Verdict | None:
    """A breach, or a risk, by the first and the last day; a span that meets no night has no day between them."""
    days = {law.calendar.kind(day): day for day in (last, first)}
    if "statutory" in days:
        return breach("statutory", day=days["statutory"])
    day = days.get("weekend") or days.get("adjusted_rest")
    return None if day is None else breach("rest", severity="warning", day=day)


@rule(
    "E-06",
    title=(
        "不对居民生活停水、停电、停热、停气",
        "Residents' water, power, heat and gas are not cut to force performance",
    ),
    clause="行政机关不得对居民生活采取停止供水、供电、供热、供燃气等方式迫使当事人履行相关行政决定。",
    severity="fatal",
    kinds=("measure",),
    law=(COERCION_LAW.article("43(2)"), COERCION_LAW.article("61(5)")),
    dated_by=("executed_at",),
    since=SINCE,
    zero_item=True,
    messages={
        **CONTRADICTION,
        "utilities_cut": (
            "对居民生活停止供水、供电、供热或者供燃气；请立即恢复。",
            "Water, power, heat or gas of residents was cut; restore it now.",
        ),
    },
)
def utilities(case: Measure, law: Law) -> Verdict | None:
    """Nobody is forced to perform by cutting water, power, heat or gas needed for living."""
    standing = ANY_EXECUTION[case.class_, case.type]
    if standing is not True:
        return standing
    cut, residential = case.utilities_cut, case.residential
    if cut:
        if residential is None:
            return unknown("residential")
        return UTILITIES_CUT if residential else None
    if not residential:
        return None
    return unknown("utilities_cut") if cut is None else MET
