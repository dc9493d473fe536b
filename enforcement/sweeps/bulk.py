"""Settling many cases at once: what :func:`enforcement.findings.settling.settle` does to one, in a few statements for all.

A thousand cases settled one by one are eight thousand statements. Here the cases and findings of a chunk are read as plain
tuples, judged, and the differences written together: findings that change in the same way share one UPDATE. What results
is the same row for row, and a test holds the two against each other::

    plan = draw_up(case_ids, day)      # reads and judges; a preview stops here
    write(plan, day, now)              # in the caller's transaction

On PostgreSQL the cases are locked first, so that somebody who saves one of them at that moment comes before or after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from typing import Any
from typing import NamedTuple

from enforcement import lawbook
from enforcement.cases.projection import decode
from enforcement.db import engine
from enforcement.findings.settling import WRONG
from enforcement.findings.settling import finding_values
from enforcement.findings.settling import standing
from enforcement.findings.settling import waived_findings
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import FindingEvent
from enforcement.models import Response
from enforcement.models import Waiver
from rules.law import Law
from rules.rulebook import Found
from rules.rulebook import default_rulebook

#: Rows in one INSERT: under SQLite's limit on variables, with eleven columns a row.
_ROWS = 500


class Row(NamedTuple):
    """A stored finding, as far as settling needs it."""

    id: int
    case_id: int
    rule: str
    state: str
    severity: str
    due: date | None
    due_at: datetime | None
    parameter: str | None
    waived: bool
    closed: bool


class Subject(NamedTuple):
    """A case to settle."""

    id: int
    kind: str
    agency_id: int
    facts: str
    worst_state: str | None
    flagged: bool


@dataclass
class Plan:
    """What settling some cases will change; empty when nothing does."""

    #: Rows to insert.
    opened: list[dict[str, Any]] = field(default_factory=list)
    #: Columns with their new values, and the findings that get them; a column "moved" means that the state did.
    changed: dict[tuple[tuple[str, Any], ...], list[int]] = field(default_factory=lambda: defaultdict(list))
    closed: list[Row] = field(default_factory=list)
    #: (finding, state before, state after) of findings that exist.
    events: list[tuple[int, str | None, str | None]] = field(default_factory=list)
    #: (worst state, flagged) and the cases that get them.
    marked: dict[tuple[str | None, bool], list[int]] = field(default_factory=lambda: defaultdict(list))
    #: (case, rule) of what becomes overdue.
    overdue: list[tuple[int, str]] = field(default_factory=list)
    cases: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many cases were judged and how many findings open, change, close and become overdue."""
        return {
            "cases": self.cases,
            "opened": len(self.opened),
            "changed": sum(map(len, self.changed.values())),
            "closed": len(self.closed),
            "overdue": len(self.overdue),
        }


def settle_cases(case_ids: Sequence[int], day: date, now: datetime) -> Plan:
    """Settle cases at the end of ``day`` inside the caller's transaction, and give what was changed."""
    plan = draw_up(case_ids, day, lock=True)
    write(plan, day, now)
    return plan


def draw_up(case_ids: Sequence[int], day: date, lock: bool = False) -> Plan:
    """Judge cases at the end of ``day`` and say what is to be changed; stores nothing."""
    plan = Plan()
    subjects = _subjects(case_ids, lock)
    known = _findings(case_ids)
    waived = _waived(known, day)
    laws = _laws({subject.agency_id for subject in subjects})
    check = default_rulebook().check
    for subject in subjects:
        found = check(decode(subject.kind, subject.facts), laws[subject.agency_id], day)
        _compare(plan, subject, found, known[subject.id], waived)
    plan.cases = len(subjects)
    return plan


def _subjects(case_ids: Sequence[int], lock: bool) -> list[Subject]:
    columns = (Case.id, Case.kind, Case.agency, Case.facts, Case.worst_state, Case.flagged)
    query: Any = Case.select(*columns).where(Case.id.in_(case_ids)).order_by(Case.id)
    if lock and engine() == "postgresql":
        query = query.for_update()
    return [Subject(*row) for row in query.tuples()]


def _findings(case_ids: Sequence[int]) -> dict[int, dict[str, Row]]:
    columns = (
        *(Finding.id, Finding.case, Finding.rule, Finding.state, Finding.severity),
        *(Finding.due, Finding.due_at, Finding.parameter, Finding.waived),
        Finding.closed_at.is_null(False),
    )
    known: dict[int, dict[str, Row]] = {case_id: {} for case_id in case_ids}
    query: Any = Finding.select(*columns).where(Finding.case.in_(case_ids))
    for row in query.tuples():
        finding = Row._make((*row[:-1], bool(row[-1])))
        known[finding.case_id][finding.rule] = finding
    return known


def _waived(known: dict[int, dict[str, Row]], day: date) -> set[int]:
    """Findings under a waiver in force; only those that ever had one are asked for."""
    finding_ids = [row.id for rows in known.values() for row in rows.values()]
    return waived_findings(finding_ids, day)


def _laws(agency_ids: Collection[int]) -> dict[int, Law]:
    agencies = Agency.select().where(Agency.id.in_(list(agency_ids)))
    return {agency.id: lawbook.law_for(agency) for agency in agencies}


def _compare(plan: Plan, subject: Subject, found: list[Found], known: dict[str, Row], waived: set[int]) -> None:
    wanted = set()
    for item in found:
        if item.state == "satisfied":
            continue
        wanted.add(item.rule)
        row = known.get(item.rule)
        if item.state == "overdue" and (row is None or row.closed or row.state != "overdue"):
            plan.overdue.append((subject.id, item.rule))
        if row is None:
            plan.opened.append(_new(subject, item))
        else:
            _change(plan, row, item, row.id in waived)
    for row in known.values():
        if not row.closed and row.rule not in wanted:
            _close(plan, row)
    _mark(plan, subject, found, known, waived)


def _new(subject: Subject, item: Found) -> dict[str, Any]:
    return {
        "case": subject.id,
        "agency": subject.agency_id,
        "kind": subject.kind,
        "rule": item.rule,
        **finding_values(item),
    }


def _change(plan: Plan, row: Row, item: Found, waived: bool) -> None:
    """Note the columns that differ; a closed finding opens again."""
    values = {**finding_values(item), "waived": waived}
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    if row.closed:
        different["reopened"] = True
    if not different:
        return
    plan.changed[tuple(sorted(different.items()))].append(row.id)
    before = None if row.closed else row.state
    if before != item.state:
        plan.events.append((row.id, before, item.state))


def _close(plan: Plan, row: Row) -> None:
    plan.closed.append(row)
    if row.state in WRONG:
        plan.events.append((row.id, row.state, None))


def _mark(plan: Plan, subject: Subject, found: list[Found], known: dict[str, Row], waived: set[int]) -> None:
    now = standing(found, {rule for rule, row in known.items() if row.id in waived})
    if now != {"worst_state": subject.worst_state, "flagged": subject.flagged}:
        plan.marked[now["worst_state"], now["flagged"]].append(subject.id)


def write(plan: Plan, day: date, now: datetime) -> None:
    """Write a plan; a plan that changes nothing writes nothing."""
    _write_changed(plan, now)
    _write_closed(plan, now)
    _write_events([*plan.events, *_write_opened(plan, now)], day, now)
    for (worst, is_flagged), case_ids in plan.marked.items():
        Case.update(worst_state=worst, flagged=is_flagged).where(Case.id.in_(case_ids)).execute()


def _write_changed(plan: Plan, now: datetime) -> None:
    for columns, finding_ids in plan.changed.items():
        values = dict(columns)
        if values.pop("reopened", False):
            values |= {"closed_at": None, "opened_at": now, "changed_at": now}
        elif "state" in values:
            values["changed_at"] = now
        Finding.update(**values).where(Finding.id.in_(finding_ids)).execute()


def _write_closed(plan: Plan, now: datetime) -> None:
    """Keep what was wrong, or what people wrote about, as history; drop what never was."""
    kept = {row.id for row in plan.closed if row.state in WRONG}
    harmless = [row.id for row in plan.closed if row.id not in kept]
    for model in (FindingEvent, Response, Waiver):
        if harmless:
            mentioned: Any = model.select(model.finding).where(model.finding.in_(harmless))
            kept |= {finding_id for (finding_id,) in mentioned.tuples()}
    dropped = [finding_id for finding_id in harmless if finding_id not in kept]
    if kept:
        Finding.update(closed_at=now, changed_at=now, waived=False).where(Finding.id.in_(list(kept))).execute()
    if dropped:
        Finding.delete().where(Finding.id.in_(dropped)).execute()


def _write_opened(plan: Plan, now: datetime) -> Iterator[tuple[int, str | None, str | None]]:
    for start in range(0, len(plan.opened), _ROWS):
        rows = [{**row, "opened_at": now, "changed_at": now} for row in plan.opened[start : start + _ROWS]]
        inserted: Any = Finding.insert_many(rows).returning(Finding.id, Finding.state).tuples().execute()
        yield from ((finding_id, None, state) for finding_id, state in inserted if state in WRONG)


def _write_events(events: list[tuple[int, str | None, str | None]], day: date, now: datetime) -> None:
    for start in range(0, len(events), _ROWS):
        rows = [(finding_id, now, day, before, after) for finding_id, before, after in events[start : start + _ROWS]]
        columns = [
            FindingEvent.finding,
            FindingEvent.at,
            FindingEvent.day,
            FindingEvent.from_state,
            FindingEvent.to_state,
        ]
        FindingEvent.insert_many(rows, fields=columns).execute()
