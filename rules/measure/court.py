"""Applying to the court: three months that open when the term to sue has run out.

A decision served on 2025-08-31 can be sued over until 2026-02-28 (the month ends there; a working Saturday), so the window
closes on 2026-05-28. The demand comes ten working days before: served on 2026-03-02, it allows an application from
2026-03-17 on.
"""

from __future__ import annotations

from datetime import date

from rules.calendar import add_months
from rules.facts import Measure
from rules.law import Law
from rules.measure.classes import CONTRADICTION
from rules.measure.classes import scope
from rules.norms import COERCION_LAW
from rules.norms import LITIGATION_LAW
from rules.outcome import Duty
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.rule import rule

APPLICATION = scope("court_application")

PENDING = breach("pending")
PENDING_WAITS = waiting("pending_waits")
NO_DEMAND = breach("no_demand")


@rule(
    "E-12",
    title=(
        "起诉期限届满后三个月内申请法院强制执行",
        "The court is applied to within three months after the term to sue, and ten working days after a demand",
    ),
    clause=(
        "当事人在法定期限内不申请行政复议或者提起行政诉讼，又不履行行政决定的，没有行政强制执行权的行政机关可以自期限届满之日起"
        "三个月内申请人民法院强制执行；申请前应当催告，催告书送达十日后仍未履行的可以申请。"
    ),
    severity="fatal",
    kinds=("measure",),
    law=(COERCION_LAW.article("53"), COERCION_LAW.article("54"), LITIGATION_LAW.article("46")),
    dated_by=("court_applied_on", "base_decision_served_on"),
    since=COERCION_LAW.in_force_from,
    messages={
        **CONTRADICTION,
        "suit_end": ("起诉期限届满日", "End of the term to sue"),
        "pending": (
            "复议或者诉讼期间于 {court_applied_on} 申请；请撤回，待其终结后再申请。",
            "Applied on {court_applied_on} while a review or suit was pending; withdraw, and apply when it has ended.",
        ),
        "pending_waits": (
            "复议或者诉讼尚未终结，暂不得申请；终结后请更新记录。",
            "A review or suit is pending, so no application yet; update the record when it has ended.",
        ),
        "suit_term_running": (
            "申请日期 {court_applied_on} 未过起诉期限届满日 {suit_end_on}；请撤回，届满后重新申请。",
            "Applied on {court_applied_on}, before the term to sue ({suit_end_on}) had passed; withdraw, and apply after it.",
        ),
        "no_demand": (
            "已于 {court_applied_on} 申请，未记录催告书送达；请补记，未催告的应当撤回并先行催告。",
            "Applied on {court_applied_on} without a recorded demand; record it, or withdraw and serve a demand first.",
        ),
        "demand_running": (
            "申请日期 {court_applied_on} 未过催告后等待期 {demand_end}（催告书于 {demand_served_on} 送达）；"
            "请核对日期，必要时重新申请。",
            "Applied on {court_applied_on}, before the wait after the demand of {demand_served_on} had passed ({demand_end}); "
            "check the dates and apply again if need be.",
        ),
    },
)
def application(case: Measure, law: Law) -> Verdict | None:
    """An organ without power to execute applies within three months of the term to sue, ten days after a demand."""
    standing = APPLICATION[case.class_, case.type]
    if standing is not True:
        return standing
    applied_on, served_on = case.court_applied_on, case.base_decision_served_on
    if case.suit_pending:
        return PENDING if applied_on is not None else unless_extract(case, ("court_applied_on",), PENDING_WAITS)
    if applied_on is not None:
        wrong = _before_suit_end(case, law, applied_on) or _after_demand(case, law, applied_on)
        if wrong is not None:
            return wrong
    if served_on is None:
        return unknown("base_decision_served_on")
    if applied_on is not None and case.demand_served_on is None:
        return unknown("demand_served_on")
    return _window(case, law, served_on, applied_on)


def _before_suit_end(case: Measure, law: Law, applied_on: date) -> Verdict | None:
    served_on = case.base_decision_served_on
    if served_on is None:
        return None
    suit_end = add_months(served_on, case.suit_term_months)
    if applied_on <= suit_end or applied_on <= (suit_end := law.calendar.roll(suit_end)):
        return breach("suit_term_running", suit_end_on=suit_end)
    return None


def _after_demand(case: Measure, law: Law, applied_on: date) -> Verdict | None:
    """What is wrong with the demand for certain; an extract may merely not tell of it."""
    demanded_on = case.demand_served_on
    if demanded_on is None:
        return None if case.extract else NO_DEMAND
    if applied_on <= demanded_on:
        return breach("demand_running", demand_end=demanded_on)
    demand_end = law.calendar.add_working_days(demanded_on, law.value("demand_working_days", applied_on))
    return breach("demand_running", demand_end=demand_end) if applied_on <= demand_end else None


def _window(case: Measure, law: Law, served_on: date, applied_on: date | None) -> Duty:
    """The three months; while the last day to sue lies beyond the calendar, they start on it at the earliest."""
    suit_end, calendar = add_months(served_on, case.suit_term_months), law.calendar
    if applied_on is not None or suit_end <= calendar.last:
        suit_end = calendar.roll(suit_end)
    months = law.value("court_application_months", suit_end)
    return Duty("suit_end", suit_end, months, "months", "court_applied_on", applied_on)
