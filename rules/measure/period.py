"""How long a seizure lasts: thirty days, one extension, an end, and no cost to the party.

Goods seized on 2026-01-20 are disposed of or released by 2026-02-19, the thirtieth day. That is a rest day, but a rest day
lengthens a party's right, never a power over its goods. Extended by 20 days on 2026-02-10, the last day is 2026-03-11.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from rules.facts import Measure
from rules.law import Law
from rules.measure.classes import CONTRADICTION
from rules.measure.classes import SEALED_OR_SEIZED
from rules.measure.classes import SEALED_SEIZED_OR_FROZEN
from rules.measure.term import end_of
from rules.measure.term import lawful_days
from rules.measure.term import perhaps_extended
from rules.measure.term import start_of
from rules.norms import COERCION_LAW
from rules.outcome import MET
from rules.outcome import Duty
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import met
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.rule import rule

SINCE = COERCION_LAW.in_force_from
DATED_BY = ("starts_on", "executed_at")

#: The name of what ends the term, where neither way of ending it is recorded yet.
ENDED = {"ended": ("解除或者处理决定", "Lifting or disposal")}

END_UNKNOWN = unknown("lifted_on", "disposed_on")
START_UNKNOWN = unknown("starts_on")
DISPOSED = met("disposed")
LIFTED = met("lifted")
FEE_UNKNOWN = unknown("fee_charged")
FEE = breach("fee")
NOT_APPROVED = breach("not_approved")
NOT_TOLD = breach("not_told")
TO_BE_TOLD = waiting("to_be_told")


@rule(
    "C-06",
    title=(
        "查封、扣押、冻结在三十日（经批准延长的另加）内作出处理或者解除",
        "Sealing, seizure and freezing end within thirty days and an approved extension",
    ),
    clause=(
        "查封、扣押、冻结的期限不得超过三十日；情况复杂的，经行政机关负责人批准可以延长，但延长期限不得超过三十日；"
        "行政机关应当在期限内作出处理决定或者解除。"
    ),
    severity="fatal",
    kinds=("measure",),
    law=(COERCION_LAW.article("25"), COERCION_LAW.article("32"), COERCION_LAW.article("28(4)")),
    dated_by=DATED_BY,
    since=SINCE,
    messages={
        **CONTRADICTION,
        **ENDED,
        "too_long": (
            "所载期限止 {ends_on} 超过法定最后一日 {limit}；请更正期限，并在 {limit} 前处理或者解除。",
            "The stated end {ends_on} is later than the law allows ({limit}); correct it, and dispose of the goods or lift "
            "the measure by {limit}.",
        ),
    },
)
def thirty_days(case: Measure, law: Law) -> Verdict | None:
    """Sealed, seized or frozen property is disposed of or released within 30 days, or up to 30 more as extended."""
    standing = SEALED_SEIZED_OR_FROZEN[case.class_, case.type]
    if standing is not True:
        return standing
    start_fact, start = start_of(case)
    if start is None:
        return unless_extract(case, ("starts_on",), None)
    done_fact, done = end_of(case)
    if done is None:
        return _running(case, law, start_fact, start)
    days = lawful_days(case, law, start)
    if case.extract and start + timedelta(days) < done:
        doubt = perhaps_extended(case, law, start, done)
        if doubt is not None:
            return doubt
    return Duty(start_fact, start, days, "days", done_fact, done, roll=False)


def _running(case: Measure, law: Law, start_fact: str, start: date) -> Verdict:
    if case.extract:
        return END_UNKNOWN
    days, ends_on = lawful_days(case, law, start), case.ends_on
    if ends_on is not None and ends_on > start + timedelta(days):
        return breach("too_long", limit=start + timedelta(days))
    return Duty(start_fact, start, days, "days", "ended", None, roll=False)


@rule(
    "C-07",
    title=(
        "延长查封、扣押、冻结合法批准并告知",
        "An extension is approved in time, not too long, and told to the party",
    ),
    clause=(
        "情况复杂的，经行政机关负责人批准可以延长，延长期限不得超过三十日；延长的决定应当在原期限届满前作出，"
        "及时书面告知当事人并说明理由。"
    ),
    severity="error",
    kinds=("measure",),
    law=(COERCION_LAW.article("25(1)"), COERCION_LAW.article("25(2)"), COERCION_LAW.article("32")),
    dated_by=("extension_approved_on", *DATED_BY),
    since=SINCE,
    messages={
        **CONTRADICTION,
        "too_long": (
            "延长 {extension_days} 日，超过 {longest} 日；请更正延长期限。",
            "Extended by {extension_days} days, more than {longest}; correct the extension.",
        ),
        "not_approved": (
            "记有延长天数 {extension_days}，未记录批准；请补记批准日期，未经批准的应当按原期限解除。",
            "An extension of {extension_days} days without a recorded approval; record it, or lift the measure on the first "
            "last day.",
        ),
        "approved_late": (
            "延长批准日期 {extension_approved_on} 晚于原期限最后一日 {last}；请立即处理或者解除。",
            "The extension was approved on {extension_approved_on}, after the last day {last}; dispose of the goods or lift "
            "the measure now.",
        ),
        "not_told": (
            "已经结束，未记录延长告知；请补记或者在案卷中说明。",
            "The measure has ended and no notice of the extension is recorded; record it or explain it in the file.",
        ),
        "to_be_told": (
            "延长已于 {extension_approved_on} 批准；请及时书面告知当事人并说明理由。",
            "The extension was approved on {extension_approved_on}; tell the party in writing now, with the reasons.",
        ),
    },
)
def extension(case: Measure, law: Law) -> Verdict | None:
    """An extension is at most 30 days, approved by the head before the term ends, and told in writing with reasons."""
    standing = SEALED_SEIZED_OR_FROZEN[case.class_, case.type]
    if standing is not True:
        return standing
    days, approved_on, told_on = case.extension_days, case.extension_approved_on, case.extension_notified_on
    if days is None and approved_on is None and told_on is None:
        return None
    _, start = start_of(case)
    if days is not None:
        longest = law.value("seizure_extension_days", approved_on or start)
        if days > longest:
            return breach("too_long", longest=longest)
        if approved_on is None:
            return unless_extract(case, ("extension_approved_on",), NOT_APPROVED)
    if approved_on is not None and start is not None:
        last = start + timedelta(law.value("seizure_days", start))
        if approved_on > last:
            return breach("approved_late", last=last)
    return _told(case, start)


def _told(case: Measure, start: date | None) -> Verdict:
    """What remains of an extension that is in order as far as it is recorded."""
    told_on, ended_on = case.extension_notified_on, end_of(case)[1]
    if told_on is None and ended_on is not None and not case.extract:
        return NOT_TOLD
    missing = [] if start is not None else ["starts_on"]
    if case.extension_days is None:
        missing.append("extension_days")
    if case.extract:
        missing += [name for name in ("extension_approved_on", "extension_notified_on") if getattr(case, name) is None]
    if missing:
        return unknown(*missing)
    return MET if told_on is not None else TO_BE_TOLD


@rule(
    "C-09",
    title=(
        "到期处理或者解除，解除的立即退还",
        "Property is disposed of or released in time, and goods are returned at once",
    ),
    clause="行政机关应当在期限内作出处理决定；应当解除查封、扣押、冻结的，立即解除并退还财物。",
    severity="fatal",
    kinds=("measure",),
    law=(COERCION_LAW.article("27"), COERCION_LAW.article("28"), COERCION_LAW.article("33")),
    dated_by=("disposed_on", "lifted_on", *DATED_BY),
    since=SINCE,
    messages={
        **CONTRADICTION,
        **ENDED,
        "disposed": ("已于 {disposed_on} 作出处理。", "Disposed of on {disposed_on}."),
        "lifted": ("已于 {lifted_on} 解除。", "Lifted on {lifted_on}."),
    },
)
def outcome(case: Measure, law: Law) -> Verdict | None:
    """Property is confiscated, destroyed or released within the term; what is released is returned at once."""
    standing = SEALED_SEIZED_OR_FROZEN[case.class_, case.type]
    if standing is not True:
        return standing
    if case.disposed_on is not None:
        return DISPOSED
    lifted_on = case.lifted_on
    if lifted_on is not None:
        if case.type != "seize":
            return LIFTED
        days = law.value("return_working_days", lifted_on)
        return Duty("lifted_on", lifted_on, days, "working_days", "returned_on", case.returned_on)
    start_fact, start = start_of(case)
    if case.extract:
        return START_UNKNOWN if start is None else END_UNKNOWN
    if start is None:
        return None
    return Duty(start_fact, start, lawful_days(case, law, start), "days", "ended", None, roll=False)


@rule(
    "C-11",
    title=("保管、检测费用不由当事人承担", "The party pays nothing for keeping or testing"),
    clause="检测、检验、检疫或者技术鉴定的费用和因查封、扣押发生的保管费用由行政机关承担，不得向当事人收取。",
    severity="error",
    kinds=("measure",),
    law=(COERCION_LAW.article("25(3)"), COERCION_LAW.article("26(3)")),
    dated_by=DATED_BY,
    since=SINCE,
    messages={
        **CONTRADICTION,
        "fee": (
            "向当事人收取费用 {fee_charged} 元；请全额退还。",
            "The party was charged {fee_charged} yuan; pay all of it back.",
        ),
    },
)
def no_fee(case: Measure, law: Law) -> Verdict | None:
    """The agency bears the cost of keeping and of testing; nothing is charged to the party."""
    standing = SEALED_OR_SEIZED[case.class_, case.type]
    if standing is not True:
        return standing
    fee_charged = case.fee_charged
    if fee_charged is None:
        return FEE_UNKNOWN
    return FEE if fee_charged > 0 else MET
