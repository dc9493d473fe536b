"""Performance by proxy: a decision served first, a last demand three working days ahead, an official present.

Demanded on 2026-03-02 (Monday), performed on 2026-03-06: four working days, in order. On 03-05 it is three, which a court
may find too short, since it wants three full days in between; on 03-04 it is two, too early.
"""

from __future__ import annotations

from datetime import date

from rules.calendar import Calendar
from rules.facts import Measure
from rules.law import Law
from rules.measure.classes import CONTRADICTION
from rules.measure.classes import scope
from rules.measure.classes import unless_urgent
from rules.norms import COERCION_LAW
from rules.outcome import MET
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.rule import rule

PROXY = scope("proxy")

DEMAND_TO_COME = waiting("demand_to_come")
DEMANDED = waiting("demanded")
NO_DECISION = breach("no_decision", severity="fatal")
DECISION_LATE = breach("decision_late", severity="fatal")
NO_DEMAND = breach("no_demand")
NO_OFFICIAL = breach("no_official")


@rule(
    "E-09",
    title=(
        "代履行先送达决定、三日前催告并派员到场",
        "Performance by proxy follows a served decision and a demand three working days ahead, with an official present",
    ),
    clause="代履行前送达决定书；代履行三日前催告当事人履行，履行的停止代履行；代履行时作出决定的行政机关应当派员到场监督。",
    severity="error",
    kinds=("measure",),
    law=(COERCION_LAW.article("50"), COERCION_LAW.article("51"), COERCION_LAW.article("69")),
    dated_by=("executed_at",),
    since=COERCION_LAW.in_force_from,
    messages={
        **CONTRADICTION,
        "demand_to_come": (
            "尚未代履行；请先送达决定书，并在三个工作日之前催告。",
            "Not performed yet; serve the decision first, and demand performance three working days ahead.",
        ),
        "earliest": (
            "尚未代履行；催告于 {proxy_demand_on}，最早 {earliest}，自 {safe} 起无“三日”计算争议。",
            "Not performed yet; demanded on {proxy_demand_on}: {earliest} at the earliest, and from {safe} on without dispute "
            "over the three days.",
        ),
        "demanded": (
            "尚未代履行；催告于 {proxy_demand_on}，应隔三个工作日，最早日期所在年份的节假日安排未知。",
            "Not performed yet; demanded on {proxy_demand_on}; the first lawful day lies in a year whose holidays are unknown.",
        ),
        "no_decision": (
            "已于 {executed_at} 代履行，未记录强制执行决定送达；请补记送达日期，或者立即停止。",
            "Performed at {executed_at} without a recorded service of the decision; record it, or stop now.",
        ),
        "decision_late": (
            "强制执行决定送达日期 {execution_decision_served_on} 不早于代履行时间 {executed_at}；请核对日期并说明。",
            "The decision was served on {execution_decision_served_on}, not before performance at {executed_at}; check the "
            "dates and explain.",
        ),
        "no_demand": (
            "已于 {executed_at} 代履行，未记录事前催告；请补记催告日期，或者在案卷中说明。",
            "Performed at {executed_at} without a recorded demand; record its date, or explain it in the file.",
        ),
        "demand_late": (
            "催告日期 {proxy_demand_on} 至代履行时间 {executed_at} 不足 {days} 个工作日；请核对日期并说明。",
            "Demanded on {proxy_demand_on}, fewer than {days} working days before performance at {executed_at}; check the "
            "dates and explain.",
        ),
        "demand_close": (
            "催告日期 {proxy_demand_on} 至代履行时间 {executed_at} 恰为 {days} 个工作日；"
            "有被认定不足三日的风险，请核对并保存催告凭证。",
            "Demanded on {proxy_demand_on}, exactly {days} working days before performance at {executed_at}; a risk, since a "
            "court may want that many full days; check the dates and keep the proof of the demand.",
        ),
        "no_official": (
            "代履行时行政机关未派员到场监督；请在案卷中说明。",
            "No official of the agency was present at the performance; explain it in the file.",
        ),
    },
)
def by_proxy(case: Measure, law: Law) -> Verdict | None:
    """The decision is served before, the party is asked once more three days ahead, and an official is present."""
    standing = PROXY[case.class_, case.type]
    if standing is not True:
        return standing
    if case.urgent:
        return None
    executed_at = case.executed_at
    if executed_at is None:
        return unless_extract(case, ("executed_at",), _earliest(case, law))
    wrong = _wrong(case, law, executed_at.date())
    if wrong is not None:
        return unless_urgent(case, wrong)
    needed = (
        ("execution_decision_served_on", case.execution_decision_served_on),
        ("proxy_demand_on", case.proxy_demand_on),
        ("official_present", case.official_present),
    )
    missing = tuple(name for name, value in needed if value is None)
    return unknown(*missing) if missing else MET


def _wrong(case: Measure, law: Law, day: date) -> Verdict | None:
    """What is wrong for certain, the gravest first."""
    served_on, demanded_on = case.execution_decision_served_on, case.proxy_demand_on
    if served_on is None:
        if not case.extract:
            return NO_DECISION
    elif served_on >= day:
        return DECISION_LATE
    if demanded_on is None and not case.extract:
        return NO_DEMAND
    if case.official_present is False:
        return NO_OFFICIAL
    return None if demanded_on is None else _too_close(law, demanded_on, day)


def _too_close(law: Law, demanded_on: date, day: date) -> Verdict | None:
    days: int = law.value("proxy_notice_working_days", day)
    ahead = law.calendar.working_days_between(demanded_on, day)
    if ahead > days:
        return None
    if ahead == days:
        return breach("demand_close", severity="warning", days=days)
    return breach("demand_late", days=days)


def _earliest(case: Measure, law: Law) -> Verdict:
    demanded_on = case.proxy_demand_on
    if demanded_on is None:
        return DEMAND_TO_COME
    days: int = law.value("proxy_notice_working_days", demanded_on)
    calendar = law.calendar
    if not _reaches(calendar, demanded_on, days + 1):
        return DEMANDED
    earliest, safe = calendar.add_working_days(demanded_on, days), calendar.add_working_days(demanded_on, days + 1)
    return waiting("earliest", earliest=earliest, safe=safe)


def _reaches(calendar: Calendar, day: date, count: int) -> bool:
    """Tell whether the calendar knows so many working days after a day."""
    return calendar.first <= day <= calendar.last and calendar.working_days_between(day, calendar.last) >= count
