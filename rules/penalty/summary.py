"""The summary procedure: small fines only, delivered at once, filed with the agency.

A citizen fined 200 yuan on the spot on 2026-03-02 is within the limit; 200.01 yuan need the ordinary procedure. The form
is handed over the same day, and the agency has it by 2026-03-05, three working days later.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.norms import URBAN_PROCEDURE
from rules.outcome import MET
from rules.outcome import Duty
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.rule import rule
from rules.wording import Choices

SUMMARY_KINDS = frozenset(("warning", "fine"))

LIMIT_MESSAGES = {
    "kinds": (
        "简易程序只能给予警告和罚款，本案处罚种类另有：{others}；请改用普通程序。",
        "The summary procedure allows warnings and fines only, but there is also: {others}; use the ordinary procedure.",
    ),
    "above": (
        "罚款 {fine} 元超过简易程序限额 {limit} 元；请改用普通程序。",
        "The fine of {fine} yuan is above the limit of the summary procedure, {limit} yuan; use the ordinary procedure.",
    ),
    "undecided": ("尚未记录处罚种类和罚款数额。", "Neither kinds of penalty nor a fine are recorded yet."),
}
LIMIT_TITLE = (
    "简易程序只处警告或限额以内的罚款",
    "A summary penalty is a warning or a fine within the limit",
)
UNDECIDED = waiting("undecided")
NO_KINDS = unknown("kinds")
NO_FINE = unknown("fine")
NO_PARTY_KIND = unknown("party_kind")
NEITHER_KIND = unknown("kinds", "party_kind")
NO_DECISION = unknown("decided_on")


@rule(
    "S-01",
    title=LIMIT_TITLE,
    clause="违法事实确凿并有法定依据，对公民处以二百元以下、对法人或者其他组织处以三千元以下罚款或者警告的，"
    "可以当场作出处罚决定。法律另有规定的除外。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="summary",
    law=(PENALTY_LAW.article("51"),),
    dated_by=("decided_on",),
    since=PENALTY_LAW_2021,
    messages=LIMIT_MESSAGES,
)
def summary_limit(case: Penalty, law: Law) -> Verdict | None:
    """On the spot: a warning, or a fine of up to 200 yuan on a citizen or 3,000 yuan on an organisation."""
    return _limit(case, law, case.decided_on)


@rule(
    "S-01",
    title=LIMIT_TITLE,
    clause="违法事实确凿并有法定依据，对公民处以五十元以下、对法人或者其他组织处以一千元以下罚款或者警告的，"
    "可以当场作出处罚决定。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="summary",
    law=(PENALTY_LAW_1996.article("33"),),
    dated_by=("decided_on",),
    since=date(1996, 10, 1),
    until=OLD_PENALTY_LAW_UNTIL,
    messages=LIMIT_MESSAGES,
)
def summary_limit_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """On the spot: a warning, or a fine of up to 50 yuan on a citizen or 1,000 yuan on an organisation."""
    return _limit(case, law, case.decided_on or OLD_PENALTY_LAW_UNTIL)


def _limit(case: Penalty, law: Law, on: date | None) -> Verdict:
    kinds, fine = case.kinds, case.fine
    if kinds and not SUMMARY_KINDS.issuperset(kinds):
        others = tuple(kind for kind in kinds if kind not in SUMMARY_KINDS)
        return breach("kinds", others=Choices("kinds", others))
    if fine is not None:
        return _fine(case, law, fine, on)
    if kinds and "fine" not in kinds:
        return MET
    if case.decided_on is None and case.extract:
        return NO_DECISION
    if kinds:
        return NO_FINE
    return UNDECIDED if case.decided_on is None else NO_KINDS


def _fine(case: Penalty, law: Law, fine: Decimal, on: date | None) -> Verdict:
    """Compare with the limit of the party; of a party whose kind is not recorded only what holds for every kind."""
    party = case.party_kind
    if party == "sole_trader":
        party = law.value("sole_trader_counts_as", on)
    names = ("individual", "organisation") if party is None else (party,)
    limits = [law.value(f"summary_fine_{name}", on) for name in names]
    if fine > max(limits):
        return breach("above", limit=max(limits))
    if case.decided_on is None and case.extract:
        return NO_DECISION
    if fine > min(limits):
        return NO_PARTY_KIND if case.kinds else NEITHER_KIND
    return MET if case.kinds else NO_KINDS


@rule(
    "S-02",
    title=(
        "简易程序处罚决定书当场交付当事人",
        "A summary decision is delivered on the spot",
    ),
    clause="当场作出行政处罚决定的，应当填写预定格式、编有号码的处罚决定书，并当场交付当事人。",
    severity="error",
    kinds=("penalty",),
    procedure="summary",
    law=(PENALTY_LAW.article("52(1)"), PENALTY_LAW_1996.article("34(1)")),
    messages={
        "not_delivered": (
            "{decided_on} 作出简易程序决定，未当场交付；请立即送达并说明原因。",
            "Decided on {decided_on} in the summary procedure and not delivered on the spot; serve it now and say why.",
        ),
        "other_day": (
            "{decided_on} 作出简易程序决定，送达日期为 {served_on}，不是当场交付；请核对日期并说明原因。",
            "Decided on {decided_on} in the summary procedure but served on {served_on}, not on the spot; "
            "check the dates and say why.",
        ),
    },
)
def delivery_on_the_spot(case: Penalty, law: Law) -> Verdict | None:
    """A numbered form of the decision is filled in and handed to the party on the spot."""
    decided_on = case.decided_on
    if decided_on is None:
        return unless_extract(case, ("decided_on",), None)
    on_spot, served_on = case.delivered_on_spot, case.served_on
    if on_spot or served_on == decided_on:
        return MET
    if served_on is not None:
        return breach("other_day")
    if on_spot is None:
        return unknown("delivered_on_spot")
    return unless_extract(case, ("served_on",), breach("not_delivered"))


@rule(
    "S-04",
    title=(
        "简易程序决定按期报所属机关备案",
        "A summary decision is filed with the agency in time",
    ),
    clause="执法人员当场作出的行政处罚决定，应当报所属行政机关备案；住房和城乡建设领域为三日之内。",
    severity="warning",
    kinds=("penalty",),
    procedure="summary",
    law=(PENALTY_LAW.article("52(3)"), URBAN_PROCEDURE.article("14")),
    dated_by=("reported_to_agency_on", "decided_on"),
    since=URBAN_PROCEDURE.in_force_from,
)
def filing_with_the_agency(case: Penalty, law: Law) -> Verdict | None:
    """A decision made on the spot is filed with the officer's agency, in housing and urban matters within three days."""
    decided_on, reported_on = case.decided_on, case.reported_to_agency_on
    if decided_on is None:
        return unless_extract(case, ("decided_on",), None)
    days = law.value("summary_report_working_days", reported_on or decided_on)
    return Duty("decided_on", decided_on, days, "working_days", "reported_to_agency_on", reported_on)
