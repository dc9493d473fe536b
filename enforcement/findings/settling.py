"""Bringing a case's findings in line with what the rules say today.

A finding opens when an outcome is not simply satisfied, changes with its state, closes when the outcome is satisfied or no
longer concerns the case, and opens again if it goes wrong again. Settling twice changes nothing the second time. What
never was wrong leaves no trace: a duty that was pending and is done keeps no row.
"""

from __future__ import annotations

from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any
from typing import NamedTuple

from enforcement.cases.projection import decode
from enforcement.lawbook import law_for
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import FindingEvent
from enforcement.models import Waiver
from rules.facts import Case as Facts
from rules.outcome import WORST_FIRST
from rules.reckoning import day_of
from rules.rulebook import Found
from rules.rulebook import default_rulebook

#: States that leave a trace when they come or go.
WRONG = frozenset({"late", "overdue", "violated"})


class Settled(NamedTuple):
    """What settling a case changed."""

    opened: int
    changed: int
    closed: int
    newly_overdue: tuple[str, ...]


def judge(subject: Facts, agency: Agency, day: date) -> list[Found]:
    """Check facts at the end of a day by the law of an agency."""
    return default_rulebook().check(subject, law_for(agency), day)


def standing(found: Iterable[Found], lifted: Container[str] = ()) -> dict[str, Any]:
    """The worst state and the flag, which a case carries for lists; ``lifted`` rules are waived."""
    states = [item.state for item in found]
    return {
        "worst_state": min(states, key=WORST_FIRST.index) if states else None,
        "flagged": any(item.flagged and item.rule not in lifted for item in found),
    }


def open_findings(case: Case, found: Iterable[Found], day: date, now: datetime) -> None:
    """Store what is open or wrong in a case that has just been recorded."""
    opened = _open(case, [(item, finding_values(item)) for item in found if item.state != "satisfied"], now)
    _write_events([(finding_id, None, state) for finding_id, state in opened if state in WRONG], day, now)


def settle(case: Case, day: date, now: datetime) -> Settled:
    """Check a case at the end of ``day`` and store what is open or wrong; runs inside the caller's transaction."""
    found = judge(decode(case.kind, case.facts), case.agency, day)
    known = {row.rule: row for row in Finding.select().where(Finding.case == case)}
    waived = waived_findings((row.id for row in known.values()), day)
    settled = _synchronise(case, found, known, waived, day, now)
    _mark(case, found, known, waived)
    return settled


def waived_findings(finding_ids: Iterable[int], day: date) -> set[int]:
    """Ids of those findings that an approved waiver covers on a day."""
    ids = list(finding_ids)
    if not ids:
        return set()
    rows = Waiver.select(Waiver.finding).where(
        Waiver.finding.in_(ids), Waiver.approved_at.is_null(False), Waiver.last_day >= day
    )
    return {row.finding_id for row in rows}


def _synchronise(
    case: Case, found: list[Found], known: Mapping[str, Finding], waived: set[int], day: date, now: datetime
) -> Settled:
    fresh: list[tuple[Found, dict[str, Any]]] = []
    events: list[tuple[int, str | None, str | None]] = []
    changed = closed = 0
    newly_overdue = []
    wanted = {item.rule: item for item in found if item.state != "satisfied"}
    for rule, item in wanted.items():
        row = known.get(rule)
        before = None if row is None or row.closed_at is not None else row.state
        if item.state == "overdue" and before != "overdue":
            newly_overdue.append(rule)
        if row is None:
            fresh.append((item, finding_values(item)))
        elif _update(row, item, row.id in waived, now):
            changed += 1
            if before != item.state:
                events.append((row.id, before, item.state))
    for rule, row in known.items():
        if rule not in wanted and row.closed_at is None:
            closed += 1
            _close(row, now)
            if row.state in WRONG:
                events.append((row.id, row.state, None))
    opened = _open(case, fresh, now)
    events += [(finding_id, None, state) for finding_id, state in opened if state in WRONG]
    _write_events(events, day, now)
    return Settled(len(fresh), changed, closed, tuple(newly_overdue))


def finding_values(item: Found) -> dict[str, Any]:
    """Columns of a finding that follow from an answer."""
    due = item.due
    return {
        "state": item.state,
        "severity": item.severity,
        "due": None if due is None else day_of(due),
        "due_at": due if isinstance(due, datetime) else None,
        "parameter": item.parameters[0] if item.parameters else None,
    }


def _open(case: Case, fresh: list[tuple[Found, dict[str, Any]]], now: datetime) -> list[tuple[int, str]]:
    if not fresh:
        return []
    shared = {"case": case, "agency": case.agency_id, "kind": case.kind, "opened_at": now, "changed_at": now}
    rows = [{**shared, "rule": item.rule, **values} for item, values in fresh]
    inserted = Finding.insert_many(rows).returning(Finding.id, Finding.state).tuples().execute()
    return [(finding_id, state) for finding_id, state in inserted]


def _update(row: Finding, item: Found, waived: bool, now: datetime) -> bool:
    values = {**finding_values(item), "waived": waived}
    if row.closed_at is not None:
        values["opened_at"] = now
    same = row.closed_at is None and all(getattr(row, name) == value for name, value in values.items())
    if same:
        return False
    moved = row.closed_at is not None or row.state != item.state
    if moved:
        values["changed_at"] = now
    Finding.update(closed_at=None, **values).where(Finding.id == row.id).execute()
    return True


def _close(row: Finding, now: datetime) -> None:
    """Keep what was wrong as history; drop what never was."""
    if row.state in WRONG or row.events.exists() or row.responses.exists() or row.waivers.exists():
        Finding.update(closed_at=now, changed_at=now, waived=False).where(Finding.id == row.id).execute()
    else:
        Finding.delete().where(Finding.id == row.id).execute()


def _write_events(events: list[tuple[int, str | None, str | None]], day: date, now: datetime) -> None:
    if events:
        FindingEvent.insert_many(
            [
                {"finding": finding_id, "at": now, "day": day, "from_state": before, "to_state": after}
                for finding_id, before, after in events
            ]
        ).execute()


def _mark(case: Case, found: list[Found], known: Mapping[str, Finding], waived: set[int]) -> None:
    """Copy the worst state and the flag to the case, where lists read them."""
    now = standing(found, {rule for rule, row in known.items() if row.id in waived})
    if now != {"worst_state": case.worst_state, "flagged": case.flagged}:
        case.worst_state, case.flagged = now["worst_state"], now["flagged"]
        Case.update(**now).where(Case.id == case.id).execute()
