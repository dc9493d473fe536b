"""A written demand comes before coercive execution, and its term runs out first.

A demand served on 2026-03-02 with a term until 2026-03-12: an execution decision of 2026-03-02 comes too early for the one
rule (served before, not on the day), one of 2026-03-12 for the other, and one of 2026-03-13 is in order.
"""

from __future__ import annotations

from datetime import date

from rules.facts import Measure
from rules.law import Law
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
from rules.outcome import waiting
from rules.reckoning import day_of
from rules.rule import rule

SINCE = COERCION_LAW.in_force_from

#: An extra fine is itself the means of pressure; everything else is preceded by a demand.
DEMANDED = scope("transfer_deposit", "auction", "restore", "proxy", "demolish", "court_application")
#: What the agency decides to execute by itself.
DECIDED = scope("extra_fine", "transfer_deposit", "auction", "restore", "proxy", "demolish")

NO_DEMAND = breach("no_demand")
DEMAND_TO_COME = waiting("demand_to_come")
DEMAND_SERVED = met("demand_served")
RUNNING = waiting("running")
TERM_UNKNOWN = unknown("demand_until")
HIDING = unknown("demand_until", say="hiding")
TOO_EARLY = breach("too_early")


@rule(
    "E-01",
    title=(
        "强制执行决定、申请法院之前送达催告书",
        "A written demand is served before execution is decided or applied for",
    ),
    clause=(
        "行政机关作出强制执行决定前、申请人民法院强制执行前，应当书面催告当事人履行义务，载明期限、方式、金额和陈述申辩权；"
        "立即实施代履行的除外。"
    ),
    severity="fatal",
    kinds=("measure",),
    law=tuple(COERCION_LAW.article(number) for number in ("35", "46", "51", "54")),
    dated_by=("execution_decided_on", "court_applied_on", "executed_at", "demand_served_on"),
    since=SINCE,
    zero_item=True,
    messages={
        **CONTRADICTION,
        "demand_to_come": (
            "尚未催告；作出强制执行决定或者申请法院之前，请先送达催告书。",
            "No demand yet; serve one before deciding on execution or applying to the court.",
        ),
        "demand_served": (
            "催告书已于 {demand_served_on} 送达，先于强制执行决定和申请。",
            "The demand was served on {demand_served_on}, before any decision or application.",
        ),
        "no_demand": (
            "未记录催告书送达；请补记，未催告的应当撤回执行并先行催告。",
            "No service of a demand is recorded; record it, or take the execution back and serve a demand first.",
        ),
        "not_before": (
            "催告书送达日期 {demand_served_on} 不早于强制执行（决定、申请或者实施）日期 {point}；"
            "请核对日期，未先催告的应当重新催告。",
            "The demand was served on {demand_served_on}, not before the execution was decided, applied for or carried out "
            "({point}); check the dates, or start again with a demand.",
        ),
    },
)
def demand_first(case: Measure, law: Law) -> Verdict | None:
    """Before it decides on execution or applies to the court, the agency demands performance in writing."""
    standing = DEMANDED[case.class_, case.type]
    if standing is not True:
        return standing
    proxy = case.type == "proxy"
    if proxy and case.urgent:
        return None
    point, served_on = _point(case), case.demand_served_on
    if point is None:
        missing = "court_applied_on" if case.type == "court_application" else "execution_decided_on"
        return unless_extract(case, (missing,), DEMAND_TO_COME if served_on is None else DEMAND_SERVED)
    if served_on is None:
        return unless_extract(case, ("demand_served_on",), NO_DEMAND)
    if served_on < point:
        return DEMAND_SERVED
    late = breach("not_before", point=point)
    return unless_urgent(case, late) if proxy else late


def _point(case: Measure) -> date | None:
    """The day before which the demand is served: of the decision or the application, else of the execution itself."""
    decided_on, applied_on = case.execution_decided_on, case.court_applied_on
    if decided_on is None or applied_on is None:
        executed_at = case.executed_at
        return decided_on or applied_on or (None if executed_at is None else day_of(executed_at))
    return min(decided_on, applied_on)


@rule(
    "E-02",
    title=("催告期满后才作出强制执行决定", "Execution is decided after the term of the demand has run out"),
    clause=(
        "经催告，当事人逾期仍不履行且无正当理由的，行政机关可以作出强制执行决定；催告期间有证据证明有转移或者隐匿财物迹象的，"
        "可以作出立即强制执行决定。"
    ),
    severity="error",
    kinds=("measure",),
    law=(COERCION_LAW.article("37"),),
    dated_by=("execution_decided_on", "demand_until"),
    since=SINCE,
    messages={
        **CONTRADICTION,
        "running": (
            "催告期至 {demand_until} 届满；届满之后才可以作出强制执行决定。",
            "The term of the demand runs until {demand_until}; execution may be decided after that day.",
        ),
        "too_early": (
            "强制执行决定日期 {execution_decided_on} 未在催告期满日 {demand_until} 之后；"
            "请核对日期，期满前作出的应当撤销并重新决定。",
            "Execution was decided on {execution_decided_on}, not after the term of the demand ({demand_until}); check the "
            "dates, or revoke the decision and decide anew.",
        ),
        "hiding": (
            "决定 {execution_decided_on} 未在催告期满日 {demand_until} 之后；有转移、隐匿财物证据的可以立即执行，须由人核实",
            "Decided on {execution_decided_on}, not after the term {demand_until}; evidence of hiding property allows it, "
            "which a person must judge",
        ),
    },
)
def term_run_out(case: Measure, law: Law) -> Verdict | None:
    """Execution is decided when the term of the demand has passed without performance or a good reason."""
    standing = DECIDED[case.class_, case.type]
    if standing is not True:
        return standing
    if case.type == "proxy" and case.urgent:
        return None
    decided_on, demand_until = case.execution_decided_on, case.demand_until
    if decided_on is None:
        return unless_extract(case, ("execution_decided_on",), None if demand_until is None else RUNNING)
    if demand_until is None:
        return TERM_UNKNOWN
    if decided_on > demand_until:
        return MET
    return HIDING if case.urgent else unless_urgent(case, TOO_EARLY)
