"""Fines collected on the spot: only where allowed, against a receipt, and handed in.

A summary fine of 100 yuan may be taken on the spot; 100.01 yuan only where it would be hard to collect later. Collected on
2026-02-12, it is with the agency by 2026-02-14, a working Saturday, and from there with the bank two working days later.
"""

from __future__ import annotations

from datetime import date

from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.outcome import MET
from rules.outcome import Duty
from rules.outcome import Every
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.reckoning import Unit
from rules.rule import rule

COLLECTION_TITLE = (
    "当场收缴罚款符合法定情形",
    "A fine is collected on the spot only where the law allows it",
)
COLLECTION_MESSAGES = {
    "above": (
        "罚款 {fine} 元当场收缴，超过限额 {limit} 元，且未记录事后难以执行的理由；请补录理由，没有理由的应由当事人到银行缴纳。",
        "The fine of {fine} yuan was collected on the spot, above {limit} yuan, and no reason why it would be hard to "
        "collect later is recorded; record it, else the party pays at the bank.",
    ),
    "ordinary": (
        "普通程序案件当场收缴罚款，未记录边远、水上、交通不便地区经当事人提出的理由；"
        "请补录理由，没有理由的应由当事人到银行缴纳。",
        "A fine of the ordinary procedure was collected on the spot, and no reason (remote place, at the party's request) is "
        "recorded; record it, else the party pays at the bank.",
    ),
    "unallowed": (
        "罚款 {fine} 元当场收缴，超过限额 {limit} 元，且未记录理由；无论适用何种程序均须有理由，请补录。",
        "The fine of {fine} yuan was collected on the spot, above {limit} yuan, without a recorded reason; either procedure "
        "asks for one: record it.",
    ),
    "remote": (
        "普通程序案件当场收缴的理由：{collection_reason}；是否属于边远、水上、交通不便地区且由当事人提出，须由人判断",
        "The reason for collecting on the spot in the ordinary procedure: {collection_reason}; whether the place was remote "
        "and the party asked for it, a person must judge",
    ),
}
REMOTE = unknown("collection_reason", say="remote")
NO_FINE = unknown("fine")
NO_PROCEDURE = unknown("procedure")


@rule(
    "M-03",
    title=COLLECTION_TITLE,
    clause="当场作出处罚决定，处一百元以下罚款的，或者不当场收缴事后难以执行的，可以当场收缴；"
    "边远、水上、交通不便地区，当事人到银行缴款确有困难的，经当事人提出，可以当场收缴。",
    severity="fatal",
    kinds=("penalty",),
    law=(PENALTY_LAW.article("68"), PENALTY_LAW.article("69")),
    dated_by=("decided_on", "paid_on"),
    since=PENALTY_LAW_2021,
    messages=COLLECTION_MESSAGES,
)
def collected_where_allowed(case: Penalty, law: Law) -> Verdict | None:
    """Officers take a summary fine of up to 100 yuan, one hard to collect later, or one in a remote place on request."""
    return _collected(case, law, case.decided_on or case.paid_on)


@rule(
    "M-03",
    title=COLLECTION_TITLE,
    clause="当场作出处罚决定，处二十元以下罚款的，或者不当场收缴事后难以执行的，可以当场收缴；"
    "边远、水上、交通不便地区，当事人到银行缴款确有困难的，经当事人提出，可以当场收缴。",
    severity="fatal",
    kinds=("penalty",),
    law=(PENALTY_LAW_1996.article("47"), PENALTY_LAW_1996.article("48")),
    dated_by=("decided_on", "paid_on"),
    since=PENALTY_LAW_1996.in_force_from,
    until=OLD_PENALTY_LAW_UNTIL,
    messages=COLLECTION_MESSAGES,
)
def collected_where_allowed_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """Officers take a summary fine of up to 20 yuan, one hard to collect later, or one in a remote place on request."""
    return _collected(case, law, case.decided_on or case.paid_on or OLD_PENALTY_LAW_UNTIL)


def _collected(case: Penalty, law: Law, on: date | None) -> Verdict | None:
    if not case.collected_on_spot:
        return None
    procedure, fine = case.procedure, case.fine
    reasoned = bool((case.collection_reason or "").strip())
    if procedure == "ordinary":
        return REMOTE if reasoned else _unreasoned(case, breach("ordinary"))
    if reasoned:
        return NO_PROCEDURE if procedure is None else MET
    if fine is None:
        return NO_FINE if procedure else unknown("procedure", "fine")
    limit = law.value("on_spot_fine", on)
    if fine > limit:
        return _unreasoned(case, breach("above" if procedure else "unallowed", limit=limit))
    return MET if procedure else NO_PROCEDURE


def _unreasoned(case: Penalty, found: Verdict) -> Verdict:
    return unless_extract(case, ("collection_reason",), found)


@rule(
    "M-04",
    title=(
        "当场收缴罚款出具专用票据",
        "A fine collected on the spot is receipted on the special form",
    ),
    clause="当场收缴罚款的，必须向当事人出具财政部门统一制发的专用票据；不出具的，当事人有权拒绝缴纳。",
    severity="error",
    kinds=("penalty",),
    law=(PENALTY_LAW.article("70"), PENALTY_LAW.article("77"), PENALTY_LAW_1996.article("49")),
    messages={
        "missing": (
            "当场收缴罚款，未记录专用票据号；请补录，未出具的应向当事人补开。",
            "A fine was collected on the spot and no receipt number is recorded; record it, or issue the receipt now.",
        ),
    },
)
def receipt(case: Penalty, law: Law) -> Verdict | None:
    """Whoever collects a fine on the spot gives a receipt on the finance department's form; without it none need be paid."""
    if not case.collected_on_spot:
        return None
    if (case.receipt_number or "").strip():
        return MET
    return unless_extract(case, ("receipt_number",), breach("missing"))


@rule(
    "M-05",
    title=(
        "当场收缴的罚款在二个工作日内交机关，机关在二个工作日内缴付银行",
        "What was collected on the spot is handed in, and banked, within two working days each",
    ),
    clause="执法人员当场收缴的罚款，应当自收缴之日起二个工作日内交至行政机关；行政机关应当在二个工作日内缴付银行。",
    severity="error",
    kinds=("penalty",),
    law=(PENALTY_LAW.article("71"), PENALTY_LAW.article("85")),
    dated_by=("handed_in_on", "paid_on", "decided_on"),
    since=PENALTY_LAW_2021,
)
def handing_in(case: Penalty, law: Law) -> Verdict | None:
    """Officers hand a collected fine in within two working days, and the agency pays it to the bank within two more."""
    return _handed_in(case, law, "hand_in_working_days", "working_days")


@rule(
    "M-05",
    title=(
        "当场收缴的罚款在二日内交机关，机关在二日内缴付银行",
        "What was collected on the spot is handed in, and banked, within two days each",
    ),
    clause="执法人员当场收缴的罚款，应当自收缴罚款之日起二日内交至行政机关；行政机关应当在二日内缴付银行。",
    severity="error",
    kinds=("penalty",),
    law=(PENALTY_LAW_1996.article("50"),),
    dated_by=("handed_in_on", "paid_on", "decided_on"),
    since=PENALTY_LAW_1996.in_force_from,
    until=OLD_PENALTY_LAW_UNTIL,
)
def handing_in_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """Officers hand a collected fine in within two calendar days, and the agency pays it to the bank within two more."""
    return _handed_in(case, law, "hand_in_days", "days")


def _handed_in(case: Penalty, law: Law, parameter: str, unit: Unit) -> Verdict | None:
    if not case.collected_on_spot:
        return None
    handed_in_on, name, start = case.handed_in_on, "paid_on", case.paid_on
    if start is None:
        name, start = "decided_on", case.decided_on
    if start is None:
        return unknown("paid_on")
    days = law.value(parameter, handed_in_on or start)
    to_agency = Duty(name, start, days, unit, "handed_in_on", handed_in_on)
    if handed_in_on is None:
        return to_agency
    return Every((to_agency, Duty("handed_in_on", handed_in_on, days, unit, "banked_on", case.banked_on)))
