"""The ninety days for the decision, and their extensions.

A case filed on 2025-10-01 is decided by 2025-12-30. Ten days of hearing in between move that to 2026-01-09, and an
extension of 30 days by the head counts when it was approved on or before the last day it extends; one approved a day
later moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rules.calendar import UnknownYear
from rules.facts import Extension
from rules.facts import Penalty
from rules.law import Law
from rules.norms import MARKET_PROCEDURE
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_2021
from rules.norms import URBAN_PROCEDURE
from rules.outcome import MET
from rules.outcome import Duty
from rules.outcome import Every
from rules.outcome import Requirement
from rules.outcome import Undetermined
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import met
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.reckoning import Reckoning
from rules.reckoning import day_of
from rules.reckoning import reckon
from rules.rule import rule

CLOSED = met("closed")
NO_FILING = unknown("filed_on")
NO_DAYS = unknown("extensions", say="no_days")
NO_APPROVER = unknown("extensions", say="no_approver")
NO_APPROVAL = unknown("extensions")
TO_APPROVE = waiting("to_approve")

#: Parameters with the most days of the first and of the second extension.
LIMITS = ("decision_extension_first_days", "decision_extension_second_days")

NO_DAYS_MESSAGE = (
    "延期未记录天数，无法计算期限",
    "An extension is recorded without its days, so the term cannot be counted",
)


@rule(
    "O-23",
    title=(
        "自立案之日起九十日内作出处罚决定",
        "The decision is made within ninety days of filing",
    ),
    clause="行政机关应当自行政处罚案件立案之日起九十日内作出行政处罚决定；法律、法规、规章另有规定的，从其规定。"
    "经批准的延期计入，听证、检测、鉴定、公告和中止期间不计入。",
    severity="error",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("60"), URBAN_PROCEDURE.article("29")),
    dated_by=("filed_on",),
    since=PENALTY_LAW_2021,
    messages={
        "closed": (
            "{closed_on} 结案，未作处罚决定，期限不再计算。",
            "Closed on {closed_on} without a penalty; the term runs no longer.",
        ),
        "no_days": NO_DAYS_MESSAGE,
    },
)
def ninety_days(case: Penalty, law: Law) -> Verdict | None:
    """A case is decided within ninety days of its filing; approved extensions add to them, hearings and tests do not count."""
    filed_on, decided_on = case.filed_on, case.decided_on
    if filed_on is None:
        return unless_extract(case, ("filed_on",), None)
    if decided_on is None and case.closed_on is not None:
        return unless_extract(case, ("decided_on",), CLOSED)
    if not case.extensions:
        return _unless_untold(case, _term(case, filed_on, law.value("decision_days", filed_on)), law)
    length, open_length = law.value("decision_days", filed_on), False
    for step in _steps(case, law, filed_on):
        if step.granted:
            length = step.length
            open_length = open_length or step.extension.days is None
    duty = _term(case, filed_on, length)
    return NO_DAYS if open_length and not _kept(duty, law) else _unless_untold(case, duty, law)


def _unless_untold(case: Penalty, duty: Duty, law: Law) -> Duty | Undetermined:
    """An extract rarely tells of extensions and of days not counted: past the term it does not prove a delay."""
    if not case.extract or duty.done is None or (case.extensions and case.pauses) or _kept(duty, law):
        return duty
    return unknown(*(name for name in ("extensions", "pauses") if not getattr(case, name)))


def _term(case: Penalty, filed_on: date, length: int) -> Duty:
    return Duty("filed_on", filed_on, length, "days", "decided_on", case.decided_on, case.pauses)


def _kept(duty: Duty, law: Law) -> bool:
    return duty.done is not None and not _after(day_of(duty.done), reckon(duty, law.calendar))


def _after(day: date, reckoning: Reckoning) -> bool:
    """Tell whether a day lies after the last one; raises UnknownYear when that hangs on an unknown roll-over."""
    if reckoning.due is None or day <= day_of(reckoning.due):
        return False
    if reckoning.unknown_year:
        raise UnknownYear(reckoning.unknown_year)
    return True


class _Step(NamedTuple):
    """An extension, the last day it met, and the length of the term after it."""

    extension: Extension
    met: Reckoning
    granted: bool
    length: int


def _steps(case: Penalty, law: Law, filed_on: date) -> Iterator[_Step]:
    """Go through the extensions in order; one approved no later than the last day it meets adds its days."""
    length = law.value("decision_days", filed_on)
    for extension in case.extensions:
        reckoning = reckon(_term(case, filed_on, length), law.calendar)
        granted = extension.approved_on is not None and not _after(extension.approved_on, reckoning)
        if granted:
            length += extension.days or 0
        yield _Step(extension, reckoning, granted, length)


@rule(
    "O-24",
    title=(
        "办案延期在期限届满前经批准，且不超过规定天数",
        "An extension is approved before the term ends and is no longer than allowed",
    ),
    clause="案情复杂等原因不能在规定期限内作出决定的，经负责人批准可以延长三十日；仍不能作出决定的，"
    "由负责人集体讨论决定是否继续延期，继续延期最长不得超过六十日。",
    severity="error",
    kinds=("penalty",),
    procedure="ordinary",
    law=(URBAN_PROCEDURE.article("29"), MARKET_PROCEDURE.article("64")),
    messages={
        "third": (
            "记录了 {count} 次延期，最多可延期两次；请核对，超出的延期不计入期限。",
            "{count} extensions are recorded and two at most are allowed; check them: a further one adds nothing.",
        ),
        "too_long": (
            "第 {nth} 次延期 {days} 日，超过上限 {limit} 日；请核对并更正延期审批。",
            "Extension {nth} is of {days} days, above the most allowed, {limit} days; check and correct the approval.",
        ),
        "late": (
            "第 {nth} 次延期于 {approved_on} 批准，晚于当时的最后期限 {last}；期满后的延期无效，请核对日期。",
            "Extension {nth} was approved on {approved_on}, after the last day of the term, {last}; it comes too late: "
            "check the dates.",
        ),
        "unapproved": (
            "第 {nth} 次延期未记录批准，决定（{decided_on}）已超过最后期限 {last}；请补录审批。",
            "Extension {nth} has no approval on record and the decision of {decided_on} came after the last day, {last}; "
            "record the approval.",
        ),
        "by_head": (
            "第二次延期由负责人个人批准，应由负责人集体讨论决定；请核对并补正。",
            "The second extension was approved by the head alone; the heads decide it together: check and set it right.",
        ),
        "to_approve": (
            "延期尚未批准；请在期限届满前报批。",
            "The extension is not approved yet; have it approved before the term ends.",
        ),
        "no_days": NO_DAYS_MESSAGE,
        "no_approver": ("延期未记录批准方式", "An extension is recorded, but not who approved it"),
    },
)
def extensions(case: Penalty, law: Law) -> Verdict | None:
    """The head may extend by thirty days; the heads together by sixty more; both before the term ends."""
    found, filed_on = case.extensions, case.filed_on
    if not found:
        return None
    if len(found) > len(LIMITS):
        return breach("third", count=len(found))
    parts = [part for nth, item in enumerate(found) for part in _form(law, nth, item, filed_on)]
    if filed_on is None:
        return Every((*parts, NO_FILING))
    return Every((*parts, *(_timing(case, nth, step) for nth, step in enumerate(_steps(case, law, filed_on)))))


def _form(law: Law, nth: int, item: Extension, filed_on: date | None) -> Iterator[Requirement | Undetermined]:
    """Length and approver of an extension; ``nth`` counts from 0."""
    if nth == 1 and item.approved_by == "head":
        yield breach("by_head")
    elif item.approved_by is None and item.approved_on is not None:
        yield NO_APPROVER
    if item.days is None:
        yield NO_DAYS
        return
    limit = law.lookup(LIMITS[nth], item.approved_on or filed_on)
    if limit is None:
        yield Undetermined(parameters=(LIMITS[nth],))
    elif item.days > limit.value:
        yield breach("too_long", nth=nth + 1, days=item.days, limit=limit.value)


def _timing(case: Penalty, nth: int, step: _Step) -> Requirement | Undetermined:
    """Approval of an extension against the last day it met; one that was never needed need not be approved."""
    approved_on, decided_on, last = step.extension.approved_on, case.decided_on, step.met.due
    if step.granted:
        return MET
    if approved_on is not None:
        return breach("late", nth=nth + 1, approved_on=approved_on, last=last)
    if case.extract:
        return NO_APPROVAL
    if decided_on is None:
        return TO_APPROVE
    return breach("unapproved", nth=nth + 1, last=last) if _after(decided_on, step.met) else MET
