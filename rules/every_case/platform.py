"""Entry in the city's supervision platform (行政执法监督平台): every act, not before it exists, and in time.

The local number of working days is a parameter. Where it is not confirmed, the publication limit stands in for it, since what
is published through the platform is entered first, and the answer says that the limit is derived: an ordinary penalty
filed on 2026-01-05 and decided on 2026-02-12 is entered from 2026-01-05 on and by 2026-02-28.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from typing import Any

from rules.facts import Inspection
from rules.facts import Measure
from rules.facts import Penalty
from rules.law import Law
from rules.norms import SUPERVISION_REGULATION
from rules.norms import THREE_SYSTEMS
from rules.outcome import Duty
from rules.outcome import Verdict
from rules.outcome import breach
from rules.reckoning import day_of
from rules.rule import rule
from rules.wording import FactNames

TITLE = (
    "执法行为及时、如实录入监督平台",
    "The act is entered in the supervision platform, in time and not before it exists",
)
CLAUSE = "行政处罚、行政强制、行政检查应当在案件发生之后、规定的工作日之内录入行政执法监督平台，不得倒填。"
LAW = (THREE_SYSTEMS.article("十五"), SUPERVISION_REGULATION.article("37"))
SINCE = date(2018, 12, 5)
MESSAGES = {
    "too_early": (
        "平台录入日期 {platform_entered_on} 早于{first_label} {first}；请核对录入日期。",
        "Entered on {platform_entered_on}, before {first_label} ({first}); check the date of entry.",
    ),
    "derived": (
        "本地录入期限未经确认，以公示期限推定",
        "the local limit is not confirmed; the publication limit stands in for it",
    ),
}


@rule(
    "D-10",
    title=TITLE,
    clause=CLAUSE,
    severity="warning",
    kinds=("penalty",),
    law=LAW,
    dated_by=("platform_entered_on", "decided_on"),
    since=SINCE,
    messages=MESSAGES,
)
def penalty_entered(case: Penalty, law: Law) -> Verdict | None:
    """A penalty is entered after filing (summary: after the decision) and within the set days of the decision."""
    decided_on, closed_on = case.decided_on, case.closed_on
    first = decided_on if case.procedure == "summary" else case.filed_on
    first_fact = "decided_on" if case.procedure == "summary" else "filed_on"
    if decided_on is None and closed_on is not None:
        return _entered(case, law, "penalty", first_fact, first, "closed_on", closed_on)
    return _entered(case, law, "penalty", first_fact, first, "decided_on", decided_on)


@rule(
    "D-10",
    title=TITLE,
    clause=CLAUSE,
    severity="warning",
    kinds=("measure",),
    law=LAW,
    dated_by=("platform_entered_on", "executed_at"),
    since=SINCE,
    messages=MESSAGES,
)
def measure_entered(case: Measure, law: Law) -> Verdict | None:
    """A coercive measure is entered after its execution and within the set days of it."""
    if case.executed_at is None and case.court_applied_on is not None:
        fact, start = "court_applied_on", case.court_applied_on
        return _entered(case, law, "measure", fact, start, fact, start)
    return _entered(case, law, "measure", "executed_at", case.executed_at, "executed_at", case.executed_at)


@rule(
    "D-10",
    title=TITLE,
    clause=CLAUSE,
    severity="warning",
    kinds=("inspection",),
    law=LAW,
    dated_by=("platform_entered_on", "concluded_on", "started_at"),
    since=SINCE,
    messages=MESSAGES,
)
def inspection_entered(case: Inspection, law: Law) -> Verdict | None:
    """An inspection is entered after it began and within the set days of its conclusion."""
    return _entered(case, law, "inspection", "started_at", case.started_at, "concluded_on", case.concluded_on)


def _entered(
    case: Any,
    law: Law,
    kind: str,
    first_fact: str,
    first: date | datetime | None,
    start_fact: str,
    start: date | datetime | None,
) -> Verdict:
    """``first`` is the day from which the case exists, ``start`` the event from which the limit counts."""
    entered_on = case.platform_entered_on
    if entered_on is not None and first is not None and entered_on < day_of(first):
        return breach("too_early", first_label=FactNames((first_fact,)), first=day_of(first))
    on = None if start is None else day_of(start)
    fallback = "publication_penalty_working_days" if kind == "penalty" else "publication_other_working_days"
    limit = law.derive(f"platform_entry_{kind}_working_days", fallback, on)
    return Duty(
        start_fact,
        on,
        limit.value,
        "working_days",
        "platform_entered_on",
        entered_on,
        severity="error" if limit.confirmed else None,
        note="" if limit.confirmed else "derived",
    )
