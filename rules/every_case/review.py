"""Legal review (法制审核): a major decision is passed by a reviewer before it is made.

A fine for which a hearing was held on 2026-03-20 is reviewed on or after that day and passed before, or on, the day of the
decision. Decided on 2026-04-01 without a review: violated, and fatal where the statute's own case is met (处罚法 58), an
error where only the three-systems document or the office's catalogue demands it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.every_case.major import Weight
from rules.every_case.major import weigh_measure
from rules.every_case.major import weigh_penalty
from rules.facts import Measure
from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_2017
from rules.norms import PENALTY_LAW_2021
from rules.norms import THREE_SYSTEMS
from rules.outcome import Severity
from rules.outcome import Undetermined
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import met
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.reckoning import day_of
from rules.rule import rule
from rules.wording import FactNames

MESSAGES = {
    "passed": (
        "{reviewed_on} 法制审核通过。重大决定的依据：{grounds}。",
        "Review passed on {reviewed_on}. Major because of: {grounds}.",
    ),
    "passed_anyway": (
        "{reviewed_on} 法制审核通过（是否属于重大决定尚不能确定）。",
        "Review passed on {reviewed_on} (whether the decision is major is not certain).",
    ),
    "needed": (
        "属于重大决定（{grounds}），决定前须经法制审核通过；请送审。",
        "The decision is major ({grounds}); it needs a passed legal review first. Submit it.",
    ),
    "queued": (
        "{review_submitted_on} 已送审（{grounds}），审核通过前不得作出决定。",
        "Submitted on {review_submitted_on} ({grounds}); no decision before the review is passed.",
    ),
    "sent_back": (
        "{reviewed_on} 审核意见为“{review_result}”，须处理后重新送审，通过前不得作出决定（{grounds}）。",
        "The review of {reviewed_on} says “{review_result}”; mend, submit again, and decide only when passed ({grounds}).",
    ),
    "again": (
        "法制审核（{reviewed_on}）早于听证（{hearing}），须在听证后再次审核（{grounds}）。",
        "The review of {reviewed_on} came before the hearing of {hearing}; review again after it ({grounds}).",
    ),
    "not_reviewed": (
        "{decided} 作出重大决定（{grounds}），未经法制审核；请停止执行并补正或撤销。",
        "A major decision ({grounds}) was made on {decided} without a legal review; stop, and mend or revoke it.",
    ),
    "after": (
        "决定（{decided}）先于法制审核（{reviewed_on}）（{grounds}）；请补正或撤销。",
        "The decision of {decided} came before the review of {reviewed_on} ({grounds}); mend or revoke it.",
    ),
    "before_hearing": (
        "法制审核（{reviewed_on}）早于听证（{hearing}），听证后未再审核即决定（{grounds}）。",
        "The review of {reviewed_on} came before the hearing of {hearing} and was not repeated ({grounds}).",
    ),
    "resubmitted": (
        "{review_submitted_on} 重新送审后尚无审核意见即于 {decided} 作出决定（{grounds}）。",
        "Submitted again on {review_submitted_on}, decided on {decided} before any opinion ({grounds}).",
    ),
    "not_passed": (
        "审核意见为“{review_result}”，未通过即于 {decided} 作出决定（{grounds}）；请补正或撤销。",
        "The review said “{review_result}”, not passed, and the decision was made on {decided} ({grounds}).",
    ),
    "urgent": (
        "情况紧急当场实施，事前未经法制审核（{grounds}）；是否可免由人判断",
        "Executed at once as urgent, without review ({grounds}); whether that was allowed a person must judge",
    ),
}

TITLE = ("重大执法决定作出前已经法制审核通过", "A major decision has passed legal review before it is made")


@rule(
    "O-16",
    title=TITLE,
    clause="涉及重大公共利益、经过听证且直接关系当事人或第三人重大权益、案情疑难复杂以及法律法规规定的其他情形，"
    "在行政机关负责人作出决定之前，应当由法制审核人员审核；未经审核或者审核未通过的，不得作出决定。"
    "列入本机关重大执法决定法制审核目录的，同样审核。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("58"), THREE_SYSTEMS.article("十二")),
    dated_by=("decided_on", "reviewed_on"),
    since=PENALTY_LAW_2021,
    messages=MESSAGES,
)
def major_penalty(case: Penalty, law: Law) -> Verdict | None:
    """No major penalty is decided that was not reviewed, or whose review was not passed."""
    decided_on = case.decided_on
    weight = weigh_penalty(case, law, decided_on or case.notice_served_on)
    severity: Severity = "fatal" if weight.statute else "error"
    return _verdict(case, weight, decided_on, case.hearing_held_on, severity)


@rule(
    "O-16",
    title=("处罚决定作出前已经审核", "A penalty decision is reviewed before it is made"),
    clause="在行政机关负责人作出决定之前，应当由从事行政处罚决定审核的人员进行审核（2018年1月1日至2021年7月14日，普通程序均适用）。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW_2017.article("38(3)"),),
    dated_by=("decided_on", "reviewed_on"),
    since=date(2018, 1, 1),
    until=OLD_PENALTY_LAW_UNTIL,
    messages=MESSAGES,
)
def every_penalty(case: Penalty, law: Law) -> Verdict | None:
    """Every penalty of the ordinary procedure is reviewed before the head decides."""
    return _verdict(case, Weight(statute=("procedure",)), case.decided_on, case.hearing_held_on, "fatal")


@rule(
    "C-15",
    title=TITLE,
    clause="列入重大执法决定法制审核目录，或者涉及重大公共利益、可能造成重大社会影响或引发社会风险、直接关系重大权益、"
    "疑难复杂的行政强制，决定前应当经法制审核通过。",
    severity="error",
    kinds=("measure",),
    law=(THREE_SYSTEMS.article("十二"),),
    dated_by=("executed_at", "execution_decided_on", "reviewed_on"),
    since=date(2018, 12, 5),
    messages=MESSAGES,
)
def major_measure(case: Measure, law: Law) -> Verdict | None:
    """A coercive measure or execution that is major passes legal review before it is decided."""
    decided = case.execution_decided_on or case.executed_at or case.court_applied_on
    day = None if decided is None else day_of(decided)
    weight = weigh_measure(case, law, day)
    if weight.major and case.urgent and day is not None and case.reviewed_on is None:
        return unknown("reviewed_on", say="urgent", grounds=_grounds(weight))
    return _verdict(case, weight, day, None, "error")


def _verdict(
    case: Any, weight: Weight, decided: date | None, hearing: date | None, severity: Severity
) -> Verdict | None:
    if not weight.major:
        return _not_major(case, weight, decided, hearing)
    fields: dict[str, Any] = {"grounds": _grounds(weight), "decided": decided, "hearing": hearing}
    if _passed(case, decided, hearing):
        return met("passed", **fields)
    if decided is None:
        return unless_extract(case, ("reviewed_on",), waiting(_stage(case, hearing), severity, **fields))
    if case.reviewed_on is None:
        return unless_extract(case, ("reviewed_on",), breach("not_reviewed", severity, **fields))
    fault = _fault(case, decided, hearing)
    if fault is None:
        return unknown("review_result")
    return breach(fault, severity, **fields)


def _not_major(case: Any, weight: Weight, decided: date | None, hearing: date | None) -> Verdict | None:
    if not weight.missing and not weight.parameters:
        return None
    if _passed(case, decided, hearing):
        return met("passed_anyway")
    return Undetermined(facts=weight.missing, parameters=weight.parameters)


def _passed(case: Any, decided: date | None, hearing: date | None) -> bool:
    """Passed on its last submission, after the hearing, not after the decision."""
    reviewed_on = case.reviewed_on
    return (
        reviewed_on is not None
        and case.review_result == "passed"
        and (decided is None or reviewed_on <= decided)
        and (hearing is None or reviewed_on >= hearing)
        and (case.review_submitted_on is None or case.review_submitted_on <= reviewed_on)
    )


def _stage(case: Any, hearing: date | None) -> str:
    if case.reviewed_on is None:
        return "needed" if case.review_submitted_on is None else "queued"
    if case.review_submitted_on is not None and case.review_submitted_on > case.reviewed_on:
        return "queued"
    if case.review_result == "passed" and hearing is not None:
        return "again"
    return "sent_back"


def _fault(case: Any, decided: date, hearing: date | None) -> str | None:
    if case.reviewed_on > decided:
        return "after"
    if hearing is not None and case.reviewed_on < hearing:
        return "before_hearing"
    if case.review_submitted_on is not None and case.review_submitted_on > case.reviewed_on:
        return "resubmitted"
    return None if case.review_result is None else "not_passed"


def _grounds(weight: Weight) -> tuple[Any, ...]:
    """Grounds as the message lists them: recorded facts by label, catalogue entries by code and title."""
    facts = FactNames(dict.fromkeys((*weight.statute, *weight.national)))
    return (*((facts,) if facts else ()), *weight.entries)
