"""The honest rate of an office and what it is made of: by agency, by rule, by month.

Over the cases of the last twelve months and those on which nothing has happened yet, as in the summary mail. A rate is passed ÷
(passed + failed); what is pending, undetermined or waived is neither. Where nothing was checked there is no rate::

    office = standing(supervisor, date(2026, 3, 2))
    office.total.rate                 # Decimal("0.923"), or None
    office.rules[0]                   # the rule that fails most often
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from decimal import ROUND_DOWN
from decimal import Decimal
from typing import Any
from typing import NamedTuple

from enforcement import lawbook
from enforcement.accounts.queries import visible_agencies
from enforcement.mail.standing import FAILED
from enforcement.mail.standing import PASSED
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import User
from enforcement.overview.judgements import Judgements
from enforcement.overview.judgements import Row
from rules.calendar import add_months
from rules.calendar import add_years
from rules.facts import Text
from rules.law import Law
from rules.outcome import State
from rules.rulebook import default_rulebook

#: The rule that every case is entered in the supervision platform in time.
PLATFORM = "D-10"
#: Months of the trend, the current one included.
MONTHS = 12
_THOUSANDTH = Decimal("0.001")
_JUDGEMENTS = Judgements()


class Tally:
    """How many outcomes came to what."""

    __slots__ = ("failed", "passed", "pending", "undetermined", "waived")

    def __init__(self) -> None:
        self.passed = self.failed = self.pending = self.undetermined = self.waived = 0

    @property
    def rate(self) -> Decimal | None:
        """Passed ÷ (passed + failed), rounded down; None when nothing was checked."""
        checked = self.passed + self.failed
        return (Decimal(self.passed) / checked).quantize(_THOUSANDTH, ROUND_DOWN) if checked else None

    def add(self, state: State, waived: bool) -> None:
        """Count an outcome in."""
        if state in PASSED:
            self.passed += 1
        elif waived:
            self.waived += 1
        elif state in FAILED:
            self.failed += 1
        elif state == "pending":
            self.pending += 1
        else:
            self.undetermined += 1


class OfAgency(NamedTuple):
    """An agency's own cases."""

    agency: Agency
    cases: int
    tally: Tally


class OfRule(NamedTuple):
    """A rule over all cases."""

    rule: str
    title: Text
    tally: Tally


class OfMonth(NamedTuple):
    """The cases whose event lies in a month."""

    first: date
    last: date
    cases: int
    tally: Tally


class Standing(NamedTuple):
    """How an office and those below it stand on a day."""

    since: date
    cases: int
    total: Tally
    platform: Tally
    agencies: list[OfAgency]
    rules: list[OfRule]
    months: list[OfMonth]


def standing(actor: User, day: date) -> Standing:
    """Count what came of every rule over the cases that the actor may see."""
    since = add_years(day, -1) + timedelta(days=1)
    counts = _Counts()
    waived = _waived(actor)
    for row, states in _JUDGEMENTS.judged(_rows(actor, since, day), day):
        counts.add(row, states, waived.get(row.id, frozenset()))
    return Standing(
        since,
        counts.cases,
        counts.total,
        counts.rules[PLATFORM],
        _agencies(counts),
        _rules(counts),
        _months(counts, day),
    )


class _Counts:
    """The sums while the cases go by."""

    def __init__(self) -> None:
        self.cases = 0
        self.total = Tally()
        self.agencies: dict[int, Tally] = defaultdict(Tally)
        self.rules: dict[str, Tally] = defaultdict(Tally)
        self.months: dict[date | None, Tally] = defaultdict(Tally)
        self.cases_of: dict[Any, int] = defaultdict(int)

    def add(self, row: Row, states: Any, waived: frozenset[str]) -> None:
        """Count a case in."""
        self.cases += 1
        self.cases_of[row.agency_id] += 1
        self.cases_of[row.month] += 1
        whole, agency, month, rules = self.total, self.agencies[row.agency_id], self.months[row.month], self.rules
        for rule, state in states:
            excused = rule in waived
            for tally in (whole, agency, month, rules[rule]):
                tally.add(state, excused)


def _rows(actor: User, since: date, day: date) -> Iterator[Row]:
    laws: dict[int, Law] = {}
    query: Any = Case.select(Case.id, Case.version, Case.kind, Case.agency, Case.event_on).join(Agency)
    query = query.where(visible_agencies(actor), Case.event_on.is_null() | Case.event_on.between(since, day))
    for id, version, kind, agency_id, event_on in query.tuples().iterator():
        if agency_id not in laws:
            laws[agency_id] = lawbook.law_for(Agency.get_by_id(agency_id))
        yield Row(id, version, kind, agency_id, event_on and event_on.replace(day=1), laws[agency_id])


def _waived(actor: User) -> dict[int, frozenset[str]]:
    query: Any = Finding.select(Finding.case, Finding.rule).join(Agency)
    found: dict[int, set[str]] = defaultdict(set)
    for case_id, rule in query.where(visible_agencies(actor), Finding.waived, Finding.closed_at.is_null()).tuples():
        found[case_id].add(rule)
    return {case_id: frozenset(rules) for case_id, rules in found.items()}


def _agencies(counts: _Counts) -> list[OfAgency]:
    """Agencies with cases, in the order of the tree."""
    rows = Agency.select().where(Agency.id.in_(list(counts.agencies))).order_by(Agency.path)
    return [OfAgency(agency, counts.cases_of[agency.id], counts.agencies[agency.id]) for agency in rows]


def _rules(counts: _Counts) -> list[OfRule]:
    """Rules that decided something, the one that fails most first."""
    book = default_rulebook()
    decided = [(rule, tally) for rule, tally in counts.rules.items() if tally.passed or tally.failed]
    decided.sort(key=lambda item: (-item[1].failed, item[0]))
    return [OfRule(rule, book.rule(rule).newest.title, tally) for rule, tally in decided]


def _months(counts: _Counts, day: date) -> list[OfMonth]:
    firsts = [add_months(day.replace(day=1), -back) for back in reversed(range(MONTHS))]
    return [
        OfMonth(first, add_months(first, 1) - timedelta(days=1), counts.cases_of[first], counts.months[first])
        for first in firsts
    ]
