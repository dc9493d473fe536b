"""Which cases a sweep looks at: those for which the passing of days can have changed an answer, and no others.

A book of a million cases has perhaps a thousand duties whose last day was yesterday. They are found through the partial
index on what is pending, so the cost follows what fell due and not what exists. Beside them: cases whose waiver has ended,
and cases that the law can answer since the sweep before (:mod:`enforcement.sweeps.news`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from typing import NamedTuple

import peewee

from enforcement.models import Finding
from enforcement.models import Waiver
from enforcement.sweeps import news

#: Written out, since neither engine uses a partial index for a state it is told only when the query runs.
_PENDING = peewee.SQL("'pending'")


class Candidates(NamedTuple):
    """Ids of cases by the reason why a sweep looks at them."""

    due: set[int]
    waivers: set[int]
    news: set[int]

    @property
    def all(self) -> list[int]:
        """Every case once, in the order in which locks are taken."""
        return sorted(self.due | self.waivers | self.news)


def find(day: date, before: Mapping[str, str] | None, after: Mapping[str, str]) -> Candidates:
    """Find the cases to settle on a day, given the standing of the law at the sweep before and now."""
    return Candidates(past_due(day), with_ended_waiver(day), news.answered_cases(before, after))


def past_due(day: date) -> set[int]:
    """Cases with an open pending duty whose last day lies before ``day``."""
    return _cases(Finding.select(Finding.case).where(Finding.state == _PENDING, Finding.due < day))


def with_ended_waiver(day: date) -> set[int]:
    """Cases with a finding that is still marked as waived although a waiver's last day has passed."""
    ended = Waiver.select(Waiver.finding).where(Waiver.last_day < day, Waiver.approved_at.is_null(False))
    return _cases(Finding.select(Finding.case).where(Finding.id.in_(ended), Finding.waived))


def _cases(query: Any) -> set[int]:
    """Without DISTINCT, for which SQLite would walk all findings in the order of their cases."""
    return {case_id for (case_id,) in query.where(Finding.closed_at.is_null()).tuples()}
