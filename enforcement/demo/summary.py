"""What the demo's book comes to: by kind and rule, the honest rate, what waits on which parameter, and the worst findings.

Every stored case is explained once, as the API would explain it. The rate is passed ÷ (passed + failed); what is not yet due,
what nobody can decide and what is waived stand beside it. A book in which nothing was decided has no rate::

    compliance = summarise(date(2026, 11, 24), "zh")
    compliance.rate          # Decimal("0.9583")
    compliance.worst[0]      # the gravest finding: case, rule, message
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_FLOOR
from decimal import Decimal

import msgspec

from enforcement.cases import queries
from enforcement.exchange.checking import FAILED
from enforcement.exchange.checking import PASSED
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from rules.explanation import Outcome
from rules.outcome import WORST_FIRST
from rules.outcome import flagged
from rules.reckoning import day_of

_SEVERITIES = ("fatal", "error", "warning", "info")

#: How many findings are shown.
WORST = 10


class Line(msgspec.Struct):
    """What came out of one rule over the cases of one kind; ``untold`` is what extracts do not tell."""

    kind: str
    rule: str
    title: str
    severity: str
    passed: int = 0
    failed: int = 0
    due: int = 0
    undetermined: int = 0
    untold: int = 0
    waived: int = 0

    def count(self, outcome: Outcome, waived: bool, extract: bool) -> None:
        """Count an outcome in, once."""
        if outcome.state in PASSED:
            self.passed += 1
        elif waived:
            self.waived += 1
        elif outcome.state in FAILED:
            self.failed += 1
        elif outcome.state == "pending":
            self.due += 1
        elif extract:
            self.untold += 1
        else:
            self.undetermined += 1


class Worst(msgspec.Struct, frozen=True):
    """A finding that calls for action, with its sentence."""

    number: str
    agency: str
    kind: str
    rule: str
    severity: str
    state: str
    message: str


class Compliance(msgspec.Struct, frozen=True):
    """The sum of a book on a day; ``parameters`` counts the cases that depend on each unset parameter."""

    day: date
    cases: dict[str, int]
    extracts: int
    accused_extracts: int
    lines: list[Line]
    parameters: list[tuple[str, int]]
    worst: list[Worst]
    flagged: int

    def total(self, column: str) -> int:
        """Add up a column of the lines: passed, failed, due, undetermined, untold or waived."""
        return sum(getattr(line, column) for line in self.lines)

    @property
    def rate(self) -> Decimal | None:
        """Passed ÷ (passed + failed), never rounded up; None when nothing was decided."""
        return rate(self.total("passed"), self.total("failed"))


class _Judged(msgspec.Struct, frozen=True):
    case: Case
    outcome: Outcome
    waived: bool


def rate(passed: int, failed: int) -> Decimal | None:
    """Passed ÷ (passed + failed) to four places, never rounded up; None when nothing was decided."""
    decided = passed + failed
    return (Decimal(passed) / decided).quantize(Decimal("0.0001"), ROUND_FLOOR) if decided else None


def summarise(day: date, language: str) -> Compliance:
    """Sum up every case of the book at the end of a day; titles and messages are in ``zh`` or ``en``."""
    found = list(Case.select(Case, Agency).join(Agency).order_by(Case.id))
    judged = list(_judged(found, day, language))
    extracts = {one.case.id for one in judged if one.case.extract}
    accused = {one.case.id for one in judged if one.case.extract and one.outcome.state in FAILED}
    calling = [one for one in judged if not one.waived and flagged(one.outcome.state, one.outcome.severity)]
    return Compliance(
        day=day,
        cases=dict(Counter(case.kind for case in found)),
        extracts=len(extracts),
        accused_extracts=len(accused),
        lines=_lines(judged),
        parameters=_parameters(judged),
        worst=[_worst(one) for one in _gravest(calling)],
        flagged=len(calling),
    )


def _judged(cases: Iterable[Case], day: date, language: str) -> Iterator[_Judged]:
    waived = {(row.case_id, row.rule) for row in Finding.select().where(Finding.waived)}
    for case in cases:
        for outcome in queries.outcomes(case, day, language):
            yield _Judged(case, outcome, (case.id, outcome.rule) in waived)


def _lines(judged: Iterable[_Judged]) -> list[Line]:
    lines: dict[tuple[str, str], Line] = {}
    for one in judged:
        key = (one.case.kind, one.outcome.rule)
        if key not in lines:
            lines[key] = Line(*key, title=one.outcome.title, severity=one.outcome.severity)
        lines[key].count(one.outcome, one.waived, one.case.extract)
    return [lines[key] for key in sorted(lines)]


def _parameters(judged: Iterable[_Judged]) -> list[tuple[str, int]]:
    """Unset parameters with the number of cases that depend on each, most first."""
    waiting = {
        (name, one.case.id)
        for one in judged
        if one.outcome.missing is not None
        for name in one.outcome.missing.parameters
    }
    return sorted(Counter(name for name, _ in waiting).items(), key=lambda pair: (-pair[1], pair[0]))


def _gravest(calling: Iterable[_Judged]) -> list[_Judged]:
    """The gravest finding of each case, the gravest first, so that one case does not fill the list."""
    first: dict[int, _Judged] = {}
    for one in sorted(calling, key=_gravity):
        first.setdefault(one.case.id, one)
    return list(first.values())[:WORST]


def _gravity(one: _Judged) -> tuple[int, int, date, str]:
    """Fatal before error, violated before overdue, then the oldest last day."""
    outcome = one.outcome
    due = date.max if outcome.due is None else day_of(outcome.due)
    return _SEVERITIES.index(outcome.severity), WORST_FIRST.index(outcome.state), due, one.case.number or ""


def _worst(one: _Judged) -> Worst:
    return Worst(
        number=one.case.number or one.case.public_id,
        agency=one.case.agency.name_zh,
        kind=one.case.kind,
        rule=one.outcome.rule,
        severity=one.outcome.severity,
        state=one.outcome.state,
        message=one.outcome.message,
    )
