"""Whether the decision on a case would be major, so that it needs legal review and perhaps a collective discussion.

An officer who types a fine of 60,000 yuan should learn at once that the office's catalogue asks for a review from 50,000::

    weight = major("penalty", case, law, "zh")
    weight.answer, weight.grounds        # "yes", ["A-1 罚款五万元以上"]

Where it cannot be said, ``missing`` and ``parameters`` name what it depends on. The answer is the rules' own
(:mod:`rules.every_case.major`).
"""

from __future__ import annotations

from typing import Literal
from typing import NamedTuple

from rules.every_case.major import Weight
from rules.every_case.major import weigh_measure
from rules.every_case.major import weigh_penalty
from rules.explanation import parameter_label
from rules.facts import KINDS
from rules.facts import Case
from rules.facts import Measure
from rules.facts import Penalty
from rules.facts import facts_of
from rules.law import Law
from rules.reckoning import day_of
from rules.wording import Wording

Answer = Literal["yes", "no", "unknown"]


class Major(NamedTuple):
    """Whether a decision is major and why; ``missing`` are names of facts, ``parameters`` labels."""

    answer: Answer
    grounds: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()


def major(kind: str, case: Case, law: Law, language: str) -> Major | None:
    """Say whether the decision would be major; None where no review is ever asked for: inspections and summary penalties."""
    weight = _weigh(case, law)
    if weight is None:
        return None
    wording = Wording(facts_of(KINDS[kind]), language)
    if weight.major:
        names = dict.fromkeys((*weight.statute, *weight.national))
        grounds = [*(wording.label(name) for name in names), *(wording.value(entry) for entry in weight.entries)]
        return Major("yes", tuple(grounds))
    if weight.missing or weight.parameters:
        labels = tuple(parameter_label(law, name).of(language) for name in weight.parameters)
        return Major("unknown", (), weight.missing, labels)
    return Major("no")


def _weigh(case: Case, law: Law) -> Weight | None:
    """Weighed on the day of the decision, else on that of the last step towards it, as the rules do."""
    if isinstance(case, Penalty):
        return (
            None if case.procedure == "summary" else weigh_penalty(case, law, case.decided_on or case.notice_served_on)
        )
    if isinstance(case, Measure):
        decided = case.execution_decided_on or case.executed_at or case.court_applied_on
        return weigh_measure(case, law, None if decided is None else day_of(decided))
    return None
