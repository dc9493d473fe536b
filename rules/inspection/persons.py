"""Who inspects: two officers or more, and never a third party.

A shop inspected on 2026-03-02 by the officers 02-001 and 02-002: in order. By 02-001 and a testing company: not, since one
officer is too few and a company may advise but not inspect.
"""

from __future__ import annotations

from datetime import date

from rules.facts import Inspection
from rules.inspection.before import DATED_BY
from rules.inspection.before import SINCE_54
from rules.law import Law
from rules.norms import BUSINESS_INSPECTION
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.outcome import MET
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.reckoning import ONE_DAY
from rules.rule import rule

THIRD_PARTY = breach("third_party")
#: Officers who inspect together.
FEWEST = 2

INSPECTORS = ("检查由两名以上执法人员实施，第三方不实施检查", "Two or more officers inspect, and no third party does")
INSPECTORS_MESSAGES = {
    "third_party": (
        "由第三方人员实施检查；请停止，改由持证执法人员实施。",
        "Third parties inspected; stop it, and let certified officers inspect.",
    ),
    "too_few": (
        "承办人 {count} 人（{handlers}），不足两人；请由两名以上持证人员检查，或者补记另一名承办人。",
        "{count} handler ({handlers}), fewer than two; two certified officers inspect, or record the other one.",
    ),
}


@rule(
    "I-02",
    title=INSPECTORS,
    clause="行政检查应当由具有行政执法资格的人员实施，不得少于两人；不得由第三方、未持证人员实施检查。",
    severity="fatal",
    kinds=("inspection",),
    law=(BUSINESS_INSPECTION.article(""), PENALTY_LAW.article("42"), PENALTY_LAW.article("55")),
    dated_by=DATED_BY,
    since=SINCE_54,
    zero_item=True,
    messages=INSPECTORS_MESSAGES,
)
def inspectors(case: Inspection, law: Law) -> Verdict | None:
    """No fewer than two qualified officers inspect; third parties and people without a certificate do not."""
    return _inspectors(case)


@rule(
    "I-02",
    title=INSPECTORS,
    clause="行政检查应当由具有行政执法资格的执法人员实施，执法人员不得少于两人。",
    severity="fatal",
    kinds=("inspection",),
    law=(PENALTY_LAW.article("42"), PENALTY_LAW.article("55")),
    dated_by=DATED_BY,
    since=PENALTY_LAW_2021,
    until=SINCE_54 - ONE_DAY,
    zero_item=True,
    messages=INSPECTORS_MESSAGES,
)
def inspectors_before_2025(case: Inspection, law: Law) -> Verdict | None:
    """No fewer than two officers qualified for enforcement inspect."""
    return _inspectors(case)


@rule(
    "I-02",
    title=INSPECTORS,
    clause="行政机关在调查或者进行检查时，执法人员不得少于两人，并应当出示证件。",
    severity="fatal",
    kinds=("inspection",),
    law=(PENALTY_LAW_1996.article("37"),),
    dated_by=DATED_BY,
    since=date(1996, 10, 1),
    until=OLD_PENALTY_LAW_UNTIL,
    zero_item=True,
    messages=INSPECTORS_MESSAGES,
)
def inspectors_before_2021(case: Inspection, law: Law) -> Verdict | None:
    """No fewer than two officers inspect, and show their certificates."""
    return _inspectors(case)


def _inspectors(case: Inspection) -> Verdict:
    third_party, handlers = case.third_party_inspectors, case.handlers
    if third_party:
        return THIRD_PARTY
    missing = () if third_party is False else ("third_party_inspectors",)
    if handlers is None or (not handlers and case.extract):
        return unknown("handlers", *missing)
    count = len({number.strip() for number in handlers} - {""})
    if count < FEWEST:
        return breach("too_few", count=count)
    return unknown(*missing) if missing else MET
