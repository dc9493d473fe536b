"""Publication: a penalty within seven working days of the decision, other acts within twenty, withdrawal within three.

Decided on 2026-02-12, a penalty is published by 2026-02-28. Changed or revoked on 2026-03-02, it is withdrawn by 2026-03-05.
"""

from datetime import date

from rules.facts import Inspection
from rules.facts import Measure
from rules.facts import Penalty
from rules.law import Law
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_2021
from rules.norms import THREE_SYSTEMS
from rules.outcome import Duty
from rules.outcome import Verdict
from rules.outcome import met
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.reckoning import day_of
from rules.rule import rule

MESSAGES = {
    "exempt": ("不公示，理由：{publication_exemption}。", "Not published; ground: {publication_exemption}."),
    "changed": (
        "决定已于 {changed_on} 变更或撤销而未公示；是否仍应公示由人判断",
        "Changed or revoked on {changed_on} and never published; whether it still must be, a person judges",
    ),
}


@rule(
    "D-01",
    title=("行政处罚决定在七个工作日内公示", "A penalty is published within seven working days"),
    clause="行政处罚的执法决定信息应当在决定作出之日起七个工作日内公开，法律、行政法规另有规定的除外。",
    severity="error",
    kinds=("penalty",),
    law=(THREE_SYSTEMS.article("六"), PENALTY_LAW.article("48")),
    dated_by=("decided_on",),
    since=date(2018, 12, 5),
    messages=MESSAGES,
)
def penalty_published(case: Penalty, law: Law) -> Verdict | None:
    """A penalty decision is made public within seven working days of the decision."""
    decided_on = case.decided_on
    if decided_on is None:
        return unless_extract(case, ("decided_on",), None)
    published_on = case.published_on
    if published_on is None and case.publication_exemption:
        return met("exempt")
    if published_on is None and case.changed_on is not None:
        return unknown("published_on", say="changed")
    length = law.value("publication_penalty_working_days", decided_on)
    return Duty("decided_on", decided_on, length, "working_days", "published_on", published_on)


OTHER_TITLE = ("执法信息在二十个工作日内公示", "Other acts are published within twenty working days")
OTHER_CLAUSE = "除行政许可、行政处罚外，执法决定信息应当在决定作出之日起二十个工作日内公开。"


@rule(
    "D-02",
    title=OTHER_TITLE,
    clause=OTHER_CLAUSE,
    severity="error",
    kinds=("measure",),
    law=(THREE_SYSTEMS.article("六"),),
    dated_by=("executed_at", "court_applied_on"),
    since=date(2018, 12, 5),
    messages=MESSAGES,
)
def measure_published(case: Measure, law: Law) -> Verdict | None:
    """A coercive measure is made public within twenty working days."""
    start = case.executed_at if case.executed_at is not None else case.court_applied_on
    if start is None:
        return unless_extract(case, ("executed_at",), None)
    fact = "executed_at" if case.executed_at is not None else "court_applied_on"
    return _other(case, law, fact, day_of(start))


@rule(
    "D-02",
    title=OTHER_TITLE,
    clause=OTHER_CLAUSE,
    severity="error",
    kinds=("inspection",),
    aliases=("I-12",),
    law=(THREE_SYSTEMS.article("六"),),
    dated_by=("concluded_on", "started_at"),
    since=date(2018, 12, 5),
    messages=MESSAGES,
)
def inspection_published(case: Inspection, law: Law) -> Verdict | None:
    """The result of an inspection is made public within twenty working days of its conclusion."""
    if case.concluded_on is None:
        return unless_extract(case, ("concluded_on",), None)
    return _other(case, law, "concluded_on", case.concluded_on)


def _other(case: Measure | Inspection, law: Law, fact: str, start: date) -> Verdict:
    published_on = case.published_on
    if published_on is None and case.publication_exemption:
        return met("exempt")
    if published_on is None and case.changed_on is not None:
        return unknown("published_on", say="changed")
    length = law.value("publication_other_working_days", start)
    return Duty(fact, start, length, "working_days", "published_on", published_on)


@rule(
    "D-03",
    title=(
        "变更或撤销的处罚决定在三个工作日内撤回公示",
        "A changed or revoked penalty is withdrawn in three working days",
    ),
    clause="公开的行政处罚决定被依法变更、撤销、确认违法或者确认无效的，应当在三日内撤回公开信息并说明理由。",
    severity="error",
    kinds=("penalty",),
    law=(PENALTY_LAW.article("48(2)"), PENALTY_LAW.article("85")),
    dated_by=("withdrawn_on", "changed_on"),
    since=PENALTY_LAW_2021,
)
def withdrawn(case: Penalty, law: Law) -> Verdict | None:
    """A published decision that is changed, revoked or held unlawful is withdrawn within three working days."""
    changed_on, withdrawn_on = case.changed_on, case.withdrawn_on
    if changed_on is None or (withdrawn_on is None and case.published_on is None):
        return None
    length = law.value("withdrawal_working_days", changed_on)
    return Duty("changed_on", changed_on, length, "working_days", "withdrawn_on", withdrawn_on)
