"""Checking the cases of a file, and the honest sum of what came out.

The rate is passed ÷ (passed + failed). What nobody could decide, what is still to be done in time and what does not concern a
case stand beside it and never inside it; where nothing was decided there is no rate at all, and never a hundred per cent::

    checked = check_rows(usable(read_file(path)), default_law(), date(2026, 11, 24), "zh")
    summary = summarise(checked)
    summary.rate                # Decimal("0.8571"): 6 passed, 1 failed; None: nothing checked
    summary.parameters          # {"hearing_fine_individual": 14}: 14 cases depend on a parameter nobody has set
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_FLOOR
from decimal import Decimal
from functools import cache

import msgspec

from enforcement.cases.schemas import to_facts
from enforcement.exchange.faults import Row
from rules.explanation import Outcome
from rules.explanation import explain
from rules.law import Law
from rules.outcome import State
from rules.outcome import flagged
from rules.rulebook import default_rulebook

#: Done, and in time.
PASSED: tuple[State, ...] = ("satisfied",)
#: Done wrongly or too late, or not done and its last day has passed.
FAILED: tuple[State, ...] = ("violated", "overdue", "late")


class Checked(msgspec.Struct, frozen=True):
    """A case of a file with its outcomes; ``where`` is its place in the file."""

    number: str | None
    kind: str
    outcomes: list[Outcome]
    where: str = ""

    @property
    def flagged(self) -> bool:
        """Whether an outcome of it calls for action now."""
        return any(flagged(outcome.state, outcome.severity) for outcome in self.outcomes)


class RuleSum(msgspec.Struct):
    """What came out of one rule: its title and how often each state."""

    title: str
    states: dict[State, int] = {}


class Summary(msgspec.Struct):
    """What came out of a file: outcomes by state and by rule, what calls for action, what waits on which parameter.

    ``parameters`` and ``years`` count the cases that depend on an unset parameter or an undecreed calendar;
    ``not_concerned`` counts the rules that do not concern a case, over all cases.
    """

    cases: int = 0
    flagged_cases: int = 0
    flagged: int = 0
    not_concerned: int = 0
    states: dict[State, int] = {}
    rules: dict[str, RuleSum] = {}
    parameters: dict[str, int] = {}
    years: dict[int, int] = {}

    @property
    def passed(self) -> int:
        """Outcomes that are satisfied."""
        return sum(self.states.get(state, 0) for state in PASSED)

    @property
    def failed(self) -> int:
        """Outcomes that are violated, overdue or late."""
        return sum(self.states.get(state, 0) for state in FAILED)

    @property
    def rate(self) -> Decimal | None:
        """Passed ÷ (passed + failed), never rounded up; None when nothing was decided."""
        decided = self.passed + self.failed
        return (Decimal(self.passed) / decided).quantize(Decimal("0.0001"), ROUND_FLOOR) if decided else None

    def add(self, checked: Checked) -> None:
        """Count a case in."""
        self.cases += 1
        self.flagged_cases += checked.flagged
        self.not_concerned += rules_for(checked.kind) - len(checked.outcomes)
        for outcome in checked.outcomes:
            self.flagged += flagged(outcome.state, outcome.severity)
            self.states[outcome.state] = self.states.get(outcome.state, 0) + 1
            states = self.rules.setdefault(outcome.rule, RuleSum(outcome.title)).states
            states[outcome.state] = states.get(outcome.state, 0) + 1
        missing = [outcome.missing for outcome in checked.outcomes if outcome.missing]
        for parameter in {name for lack in missing for name in lack.parameters}:
            self.parameters[parameter] = self.parameters.get(parameter, 0) + 1
        for year in {year for lack in missing for year in lack.years}:
            self.years[year] = self.years.get(year, 0) + 1


def each_checked(rows: Iterable[Row], law: Law, day: date, language: str = "zh") -> Iterator[Checked]:
    """Check one row after the other at the end of ``day``; for files whose outcomes need not be held all at once."""
    book = default_rulebook()
    for row in rows:
        case = to_facts(row.kind, row.facts)
        yield Checked(case.number, row.kind, explain(book, case, law, day, language), row.where)


def check_rows(rows: Iterable[Row], law: Law, day: date, language: str = "zh") -> list[Checked]:
    """Check rows without faults at the end of ``day``; outcomes are explained in ``zh`` or ``en``."""
    return list(each_checked(rows, law, day, language))


def summarise(checked: Iterable[Checked]) -> Summary:
    """Sum up checked cases."""
    summary = Summary()
    for case in checked:
        summary.add(case)
    return summary


@cache
def rules_for(kind: str) -> int:
    """How many rules there are for a kind of case."""
    rules = default_rulebook().rules.values()
    return sum(any(kind in version.kinds for version in rule.versions) for rule in rules)
