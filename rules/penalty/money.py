"""Paying a fine, and the extra fine for paying late.

A decision served on 2025-09-20 is paid by 2025-10-09: the fifteenth day, 2025-10-05, is in the National Day holiday. On a
fine of 3,000 yuan paid on the tenth day after that the extra fine is at most 900 yuan; from the 34th day on it is 3,000,
the fine itself, and grows no further.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_UP
from decimal import Decimal

from rules.facts import Penalty
from rules.law import Law
from rules.norms import COERCION_LAW
from rules.norms import COLLECTION_RULES
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.outcome import MET
from rules.outcome import Duty
from rules.outcome import Undetermined
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.reckoning import ONE_DAY
from rules.reckoning import day_of
from rules.reckoning import reckon
from rules.rule import rule

CENT = Decimal("0.01")

NO_FINE = unknown("fine")
NO_SERVICE = unknown("served_on")
NO_PAYMENT = unknown("paid_on")
NO_DEFERRAL_END = unknown("deferred_until")
NO_DEFERRAL = unknown("deferral_approved_on")


@rule(
    "M-01",
    title=(
        "收到处罚决定书之日起十五日内缴纳罚款",
        "A fine is paid within fifteen days of receiving the decision",
    ),
    clause="当事人应当自收到行政处罚决定书之日起十五日内，到指定的银行或者通过电子支付系统缴纳罚款；"
    "经批准延期或者分期的，按批准的期限缴纳。",
    severity="error",
    kinds=("penalty",),
    law=(PENALTY_LAW.article("67(3)"), PENALTY_LAW.article("66(2)"), PENALTY_LAW_1996.article("46(3)")),
)
def payment(case: Penalty, law: Law) -> Verdict | None:
    """A party pays its fine at a bank or electronically within fifteen days of receiving the decision, or as deferred."""
    fine, kinds = case.fine, case.kinds
    if fine is None and kinds is None:
        return unless_extract(case, ("fine",), None)
    fined = "fine" in kinds if kinds is not None else True
    if not fined or fine == 0 or case.collected_on_spot:
        return None
    if case.decided_on is None and case.served_on is None:
        return unless_extract(case, ("decided_on",), None)
    term = _payment(case, law)
    if case.extract and case.deferral_approved_on is None and _late(term, law):
        return NO_DEFERRAL
    return term


def _late(term: Duty | Undetermined, law: Law) -> bool:
    """Tell whether the fine was paid after its term, roll-over included."""
    if isinstance(term, Undetermined) or term.start is None or term.done is None:
        return False
    due = reckon(term, law.calendar).due
    return due is not None and day_of(term.done) > day_of(due)


def _payment(case: Penalty, law: Law) -> Duty | Undetermined:
    """The term for payment: from receipt of the decision, or to the last day of an approved deferral."""
    paid_on, until = case.paid_on, case.deferred_until
    if case.deferral_approved_on is not None:
        return NO_DEFERRAL_END if until is None else Duty("deferred_until", until, 0, "days", "paid_on", paid_on)
    name, start = "served_on", case.served_on
    if start is None and case.delivered_on_spot:
        name, start = "decided_on", case.decided_on
    return Duty(name, start, law.value("payment_days", start or case.decided_on), "days", "paid_on", paid_on)


EXTRA_TITLE = (
    "加处罚款不超过每日百分之三",
    "The extra fine is at most three percent a day",
)
EXTRA_MESSAGES = {
    "above_fine": (
        "加处罚款 {extra_fine} 元超过罚款本数 {fine} 元；加处罚款最多 {fine} 元，请更正，多收的应退还。",
        "The extra fine of {extra_fine} yuan is above the fine itself; {fine} yuan is the most: correct it and pay back the "
        "rest.",
    ),
    "not_late": (
        "{paid_on} 缴款未超过最后期限 {last}，却加处罚款 {extra_fine} 元；未逾期不得加处，请更正，已收的应退还。",
        "Paid on {paid_on}, not after the last day {last}, yet an extra fine of {extra_fine} yuan was charged; there is none "
        "without delay: correct it and pay it back.",
    ),
    "too_much": (
        "最后期限 {last}，{paid_on} 缴款，逾期 {days} 日，加处罚款 {extra_fine} 元超过最高 {most} 元；请更正，多收的应退还。",
        "Due by {last} and paid on {paid_on}, {days} day(s) late: the extra fine of {extra_fine} yuan is above the most allowed, "
        "{most} yuan; correct it and pay back the rest.",
    ),
}


@rule(
    "M-06",
    title=(
        "加处罚款不超过每日百分之三，总额不超过罚款",
        "The extra fine is at most three percent a day and no more than the fine",
    ),
    clause="到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不得超出罚款的数额；"
    "复议、诉讼期间不予计算。",
    severity="error",
    kinds=("penalty",),
    law=(
        PENALTY_LAW.article("72(1)"),
        PENALTY_LAW.article("73(3)"),
        COERCION_LAW.article("45"),
        COLLECTION_RULES.article("7"),
    ),
    dated_by=("paid_on", "decided_on"),
    since=COERCION_LAW.in_force_from,
    messages=EXTRA_MESSAGES,
)
def extra_fine(case: Penalty, law: Law) -> Verdict | None:
    """Paying late costs three percent of the fine a day, in all no more than the fine; review and suit stop the count."""
    fine, extra = case.fine, case.extra_fine
    if extra and fine is not None and extra > fine:
        return breach("above_fine")
    return _extra(case, law, capped=True)


@rule(
    "M-06",
    title=EXTRA_TITLE,
    clause="到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款。",
    severity="error",
    kinds=("penalty",),
    law=(PENALTY_LAW_1996.article("51(1)"), COLLECTION_RULES.article("7")),
    dated_by=("paid_on", "decided_on"),
    since=PENALTY_LAW_1996.in_force_from,
    until=COERCION_LAW.in_force_from - ONE_DAY,
    messages=EXTRA_MESSAGES,
)
def extra_fine_before_2012(case: Penalty, law: Law) -> Verdict | None:
    """Paying late costs three percent of the fine a day; the Coercion Law's limit to the fine itself came in 2012."""
    return _extra(case, law, capped=False)


def _extra(case: Penalty, law: Law, capped: bool) -> Verdict | None:
    """Compare with the most that the days from the last day for payment to the payment allow."""
    extra, fine, paid_on = case.extra_fine, case.fine, case.paid_on
    if not extra:
        return None
    if fine is None:
        return NO_FINE
    if paid_on is None:
        return NO_PAYMENT
    term = _payment(case, law)
    if isinstance(term, Undetermined):
        return term
    if term.start is None:
        return NO_SERVICE
    reckoning = reckon(term, law.calendar)
    last = day_of(reckoning.due or term.start)
    found = _above(law, extra, fine, last, paid_on, capped)
    if found is None and reckoning.unknown_year:
        return Undetermined(years=(reckoning.unknown_year,))
    return found or MET


def _above(law: Law, extra: Decimal, fine: Decimal, last: date, paid_on: date, capped: bool) -> Verdict | None:
    """A breach when the extra fine is above the lawful one, which is rounded up to the cent."""
    days = (paid_on - last).days
    if days <= 0:
        return breach("not_late", last=last)
    most = law.value("extra_fine_daily_rate", paid_on) * days * fine
    most = (min(most, fine) if capped else most).quantize(CENT, ROUND_UP)
    return breach("too_much", last=last, days=days, most=most) if extra > most else None
