"""How an office stands: the honest rate, and what could not be judged, over the cases of the last twelve months.

What is in order leaves no trace in the book, so the rate cannot be read from it: the cases are judged again. The rate is
passed ÷ (passed + failed). A duty that is not yet due, a waiver and a missing fact are neither, and stand beside it::

    standing = judge(cases, day)
    standing.passed, standing.failed, standing.rate     # 120, 10, Decimal("0.923")
    standing.missing[0]                                 # Missing("parameter", "hearing_fine_individual", 14)

Where nothing passed and nothing failed there is no rate, and never 100 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from decimal import ROUND_DOWN
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from enforcement.cases.projection import decode
from rules.law import Law
from rules.rulebook import Found
from rules.rulebook import default_rulebook

#: The states that count as passed and as failed; "late" was done, but not in time.
PASSED = frozenset({"satisfied"})
FAILED = frozenset({"late", "overdue", "violated"})

_THOUSANDTH = Decimal("0.001")


class Judged(NamedTuple):
    """A case to judge: its stored facts, the law of its agency, and the rules whose findings are waived."""

    kind: str
    facts: str
    law: Law
    waived: frozenset[str]


class Missing(NamedTuple):
    """One reason why outcomes are undetermined, and how many cases it touches.

    ``what`` is "parameter", "fact" or "year" with its name, or "rule" for one that crashed or gave no reason.
    """

    what: str
    name: str
    cases: int


@dataclass
class Standing:
    """Counts of outcomes; ``not_concerned`` are the rules that do not concern a case."""

    cases: int = 0
    passed: int = 0
    failed: int = 0
    pending: int = 0
    undetermined: int = 0
    waived: int = 0
    not_concerned: int = 0
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def rate(self) -> Decimal | None:
        """Passed ÷ (passed + failed), rounded down to a thousandth; None when nothing was checked."""
        checked = self.passed + self.failed
        if not checked:
            return None
        return (Decimal(self.passed) / checked).quantize(_THOUSANDTH, ROUND_DOWN)

    @property
    def missing(self) -> list[Missing]:
        """Each missing thing once, the one that touches most cases first."""
        ordered = sorted(self.reasons.items(), key=lambda item: (-item[1], item[0]))
        return [Missing(what, name, cases) for (what, name), cases in ordered]

    def add(self, outcomes: Iterable[Found], rules: int, waived: frozenset[str]) -> None:
        """Count the outcomes of one case, for whose kind there are so many rules."""
        self.cases += 1
        concerned = 0
        reasons: set[tuple[str, str]] = set()
        for found in outcomes:
            concerned += 1
            self._count(found, found.rule in waived)
            if found.state == "undetermined":
                reasons |= _reasons(found)
        self.not_concerned += rules - concerned
        self.reasons.update(reasons)

    def _count(self, found: Found, waived: bool) -> None:
        if found.state in PASSED:
            self.passed += 1
        elif waived:
            self.waived += 1
        elif found.state in FAILED:
            self.failed += 1
        elif found.state == "pending":
            self.pending += 1
        else:
            self.undetermined += 1


def judge(cases: Iterable[Judged], day: date) -> Standing:
    """Judge cases at the end of a day and count what came out."""
    standing = Standing()
    check = default_rulebook().check
    for case in cases:
        standing.add(check(decode(case.kind, case.facts), case.law, day), rules_for(case.kind), case.waived)
    return standing


@cache
def rules_for(kind: str) -> int:
    """How many rules there are for a kind of case."""
    rules = default_rulebook().rules.values()
    return sum(1 for rule in rules if any(kind in version.kinds for version in rule.versions))


def _reasons(found: Found) -> set[tuple[str, str]]:
    reasons = {("parameter", name) for name in found.parameters}
    reasons |= {("fact", name) for name in found.facts}
    reasons |= {("year", str(year)) for year in found.years}
    return reasons or {("rule", found.rule)}
