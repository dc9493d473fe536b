"""Closing a case once the decision is carried out.

Executed on 2026-02-12, a case is closed by 2026-03-11: fifteen working days, with the Spring Festival and two working
Saturdays in between.
"""

from __future__ import annotations

from rules.facts import Penalty
from rules.law import Law
from rules.norms import URBAN_PROCEDURE
from rules.outcome import Duty
from rules.outcome import Verdict
from rules.outcome import unless_extract
from rules.rule import rule


@rule(
    "O-29",
    title=(
        "执行完毕后十五个工作日内结案",
        "A case is closed within fifteen working days of its execution",
    ),
    clause="行政处罚决定执行完毕的，应当在十五个工作日内填写结案审批表，经负责人批准后结案。住房和城乡建设领域的规定。",
    severity="warning",
    kinds=("penalty",),
    procedure="ordinary",
    law=(URBAN_PROCEDURE.article("31"), URBAN_PROCEDURE.article("45")),
    dated_by=("closed_on", "executed_on"),
    since=URBAN_PROCEDURE.in_force_from,
)
def closing(case: Penalty, law: Law) -> Verdict | None:
    """In housing and urban matters a case is closed within fifteen working days after the decision is carried out."""
    executed_on, closed_on = case.executed_on, case.closed_on
    if executed_on is None:
        return unless_extract(case, ("executed_on",), None)
    days = law.value("closing_working_days", closed_on or executed_on)
    return Duty("executed_on", executed_on, days, "working_days", "closed_on", closed_on)
