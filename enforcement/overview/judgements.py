"""What the rules say of many cases today, judged once and kept until the case, its law or the day is another.

A supervisor opens the home page ten times a day over twenty thousand cases. What is in order leaves no trace in the book, so
the honest rate needs a judgement of every case; almost all of them are the same as ten minutes ago::

    keep = Judgements()
    for row, states in keep.judged(rows, day):     # states: (("O-25", "satisfied"), …)
        …

Equal answers are kept once: ten thousand ordinary penalties in order share one tuple.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from threading import Lock
from typing import Any
from typing import NamedTuple

import peewee

from enforcement.cases.projection import decode
from enforcement.models import Case
from rules.law import Law
from rules.outcome import State
from rules.rulebook import default_rulebook

#: Each rule that concerns a case, with its state.
States = tuple[tuple[str, State], ...]

#: Facts read at a time, and cases kept at most.
_BATCH = 500
_MOST = 300_000


class Row(NamedTuple):
    """A case to judge, without its facts; ``month`` is the first day of its event's month."""

    id: int
    version: int
    kind: str
    agency_id: int
    month: date | None
    law: Law


class Judgements:
    """The answers of one process for one day; any number of threads may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._day: date | None = None
        self._kept: dict[int, tuple[int, Law, States]] = {}
        self._same: dict[States, States] = {}

    def judged(self, rows: Iterable[Row], day: date) -> Iterator[tuple[Row, States]]:
        """Give each case with its states at the end of ``day``, judging those that are not known."""
        for batch in peewee.chunked(rows, _BATCH):
            yield from self._batch(list(batch), day)

    def _batch(self, rows: list[Row], day: date) -> Iterator[tuple[Row, States]]:
        with self._lock:
            self._turn_to(day)
            known = {row.id: self._known(row) for row in rows}
        missing = {row.id: row for row in rows if known[row.id] is None}
        fresh = dict(_judge(missing, day)) if missing else {}
        with self._lock:
            if self._day == day:
                for id, states in fresh.items():
                    fresh[id] = self._keep(missing[id], states)
        for row in rows:
            held = known[row.id]
            answer = fresh.get(row.id) if held is None else held
            if answer is not None:
                yield row, answer

    def _turn_to(self, day: date) -> None:
        if self._day != day or len(self._kept) > _MOST:
            self._day, self._kept, self._same = day, {}, {}

    def _known(self, row: Row) -> States | None:
        held = self._kept.get(row.id)
        return held[2] if held is not None and held[0] == row.version and held[1] is row.law else None

    def _keep(self, row: Row, states: States) -> States:
        states = self._same.setdefault(states, states)
        self._kept[row.id] = (row.version, row.law, states)
        return states


def _judge(rows: dict[int, Row], day: date) -> Iterator[tuple[int, States]]:
    """Judge cases by their facts as they are now; one that has just been deleted is left out."""
    check = default_rulebook().check
    stored: Any = Case.select(Case.id, Case.kind, Case.facts).where(Case.id.in_(list(rows)))
    for id, kind, facts in stored.tuples():
        yield id, tuple((found.rule, found.state) for found in check(decode(kind, facts), rows[id].law, day))
