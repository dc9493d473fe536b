"""Recording a case and changing its facts: one transaction writes the case, its findings and the audit entry.

``record`` and ``change`` take facts as the schema leaves them (:mod:`enforcement.cases.schemas`): JSON-ready, well formed, and
never refused for being unlawful. ``change`` names the version it was made from; if somebody else was faster it raises
:class:`enforcement.errors.Stale` and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec
import peewee

from enforcement.accounts.queries import may_see
from enforcement.audit import operations as audit
from enforcement.cases.projection import columns
from enforcement.cases.projection import decode
from enforcement.cases.projection import plain
from enforcement.cases.queries import get
from enforcement.db import operation
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.errors import Stale
from enforcement.findings.settling import judge
from enforcement.findings.settling import open_findings
from enforcement.findings.settling import settle
from enforcement.findings.settling import standing
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import User
from enforcement.times import day_at
from rules.facts import KINDS
from rules.facts import Case as Facts


def record(actor: User, kind: str, facts: Mapping[str, Any], now: datetime) -> Case:
    """Record a case and check it; gives the stored case.

    Raises Invalid for an agency the actor does not act for, Conflict when the number is taken.
    """
    with _number_taken(facts.get("number")):
        return _record(actor, kind, facts, now)


def change(actor: User, public_id: str, version: int, changes: Mapping[str, Any], now: datetime) -> Case:
    """Change facts of a case read at ``version``; None clears a fact. Gives the case as it is now.

    Raises NotFound, Stale when it changed since, Invalid for an agency the actor does not act for, Conflict when a new
    number is taken.
    """
    with _number_taken(changes.get("number")):
        return _change(actor, public_id, version, changes, now)


@contextmanager
def _number_taken(number: str | None) -> Iterator[None]:
    """Two people may both find a number free; the unique index lets one of them through."""
    try:
        yield
    except peewee.IntegrityError as error:
        if number is None:
            raise
        raise taken_number(number) from error


@operation
def _record(actor: User, kind: str, facts: Mapping[str, Any], now: datetime) -> Case:
    agency = _agency_for(actor, facts.get("agency"))
    subject = _convert(kind, {**facts, "agency": agency.code})
    _refuse_double(agency, kind, subject.number)
    day = day_at(now)
    found = judge(subject, agency, day)
    copies = columns(subject) | standing(found)
    case = Case.create(kind=kind, agency=agency, created_by=actor, created_at=now, updated_at=now, **copies)
    open_findings(case, found, day, now)
    changes = {name: (None, value) for name, value in plain(subject).items()}
    audit.record(actor, "case.record", "case", case.public_id, changes, now)
    return case


@operation
def _change(actor: User, public_id: str, version: int, changes: Mapping[str, Any], now: datetime) -> Case:
    case = get(actor, public_id)
    if case.version != version:
        raise Stale(case)
    before = plain(decode(case.kind, case.facts))
    agency = _agency_for(actor, changes["agency"]) if changes.get("agency") else case.agency
    merged = {name: value for name, value in {**before, **changes}.items() if value is not None}
    after = _convert(case.kind, {**merged, "agency": agency.code})
    if (agency.id, after.number) != (case.agency_id, case.number):
        _refuse_double(agency, case.kind, after.number, but=case)
    return _store(actor, case, agency, before, after, now)


def _store(actor: User, case: Case, agency: Agency, before: dict[str, Any], after: Facts, now: datetime) -> Case:
    """Write new facts under the guard of the version, then findings and audit; equal facts write nothing."""
    difference = differences(before, plain(after))
    if not difference:
        return case
    stored = (
        Case.update(agency=agency, version=Case.version + 1, updated_at=now, **columns(after))
        .where(Case.id == case.id, Case.version == case.version)
        .execute()
    )
    if stored != 1:
        raise Stale(Case.get_by_id(case.id))
    fresh: Case = Case.get_by_id(case.id)
    settle(fresh, day_at(now), now)
    audit.record(actor, "case.change", "case", fresh.public_id, difference, now)
    return fresh


def apply(actor: User, case: Case, changes: Mapping[str, Any], now: datetime) -> Case:
    """Let another feature (a review's answer, a platform match) set facts, inside its own transaction."""
    before = plain(decode(case.kind, case.facts))
    merged = {name: value for name, value in {**before, **changes}.items() if value is not None}
    return _store(actor, case, case.agency, before, _convert(case.kind, merged), now)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Facts that differ, each with what it was and what it is."""
    names = sorted(set(before) | set(after))
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def _convert(kind: str, facts: Mapping[str, Any]) -> Facts:
    try:
        subject: Facts = msgspec.convert(facts, KINDS[kind], strict=False)
    except msgspec.ValidationError as error:
        raise Invalid({"facts": [str(error)]}) from error
    return subject


def _agency_for(actor: User, code: str | None) -> Agency:
    """The agency a case is recorded for: the named one, if the actor acts for it, else the actor's own."""
    if code is None:
        return actor.agency
    agency = Agency.get_or_none(Agency.code == code)
    if agency is None or not may_see(actor, agency):
        raise Invalid({"agency": ["没有这个执法机关，或者您无权代其登记 / no such agency, or not one you act for"]})
    return agency


def _refuse_double(agency: Agency, kind: str, number: str | None, but: Case | None = None) -> None:
    """Refuse a number that is taken, before anything is written."""
    if number is None:
        return
    taken = Case.select(Case.id).where(Case.agency == agency, Case.kind == kind, Case.number == number)
    if but is not None:
        taken = taken.where(Case.id != but.id)
    if taken.exists():
        raise taken_number(number)


def taken_number(number: str) -> Conflict:
    """The refusal of a case number that is taken."""
    return Conflict(f"案号“{number}”已被使用", f"The case number “{number}” is taken")
