"""The law as an office's book holds it: the profile, and over it the register, the catalogue and the office's own values.

The sweep asks for the law of the same agency ten thousand times. Reading officers, parameters and catalogue each time would
cost more than the rules do, so a :class:`Lawbook` reads them once and again only when the audit says that one of them
changed::

    law = lawbook.law_for(agency)        # cheap: one indexed look at the audit

Values of the nearest agency win: those of a street over those of its district, those over the profile's.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from threading import Lock

import msgspec

from enforcement.db import database
from enforcement.models import Agency
from enforcement.models import CatalogueEntry
from enforcement.models import Officer
from enforcement.models import ParameterValue
from rules.calendar import Calendar
from rules.law import Entry
from rules.law import Law
from rules.law import Officer as Certificate
from rules.law import Profile
from rules.law import Value
from rules.law import convert
from rules.law import load_profile

logger = logging.getLogger(__name__)

#: Kinds of audit subjects whose change makes the law be read anew.
SUBJECTS = ("officer", "parameter", "catalogue", "agency")


class Lawbook:
    """The laws of the agencies of one book, kept until something they rest on changes."""

    def __init__(self, profile: str = "tianjin", calendars: Iterable[Path] = ()) -> None:
        self.profile = profile
        self.calendars = tuple(calendars)
        self._lock = Lock()
        self._revision: tuple[int, ...] | None = None
        self._laws: dict[int, Law] = {}
        self._register: dict[str, Certificate] | None = None
        self._parameters: list[ParameterValue] = []
        self._entries: list[CatalogueEntry] = []
        self._agencies: dict[int, Agency] = {}

    @property
    def calendar(self) -> Calendar:
        """The calendar in use."""
        return _calendar(self.calendars)

    def law_for(self, agency: Agency) -> Law:
        """Give the law of an agency as the book holds it now."""
        revision = _revision()
        with self._lock:
            if revision != self._revision:
                self._read(revision)
            law = self._laws.get(agency.id)
            if law is None:
                law = self._laws[agency.id] = self._make(agency)
            return law

    def _read(self, revision: tuple[int, ...]) -> None:
        self._laws = {}
        self._agencies = {agency.id: agency for agency in Agency.select()}
        officers = [_officer(row) for row in Officer.select().where(Officer.active)]
        self._register = {officer.number: officer for officer in officers} or None
        self._parameters = list(ParameterValue.select())
        self._entries = list(CatalogueEntry.select())
        self._revision = revision

    def _make(self, agency: Agency) -> Law:
        lineage = [row.id for row in self.lineage(agency)]
        profile = _profile(self.profile)
        return Law(
            profile,
            self.calendar,
            register=self._register,
            catalogue=self._catalogue(lineage),
            level=agency.level,
            overrides=self._overrides(lineage, profile),
        )

    def lineage(self, agency: Agency) -> list[Agency]:
        """The agency and those above it, nearest first."""
        found: list[Agency] = []
        row: Agency | None = agency
        while row is not None:
            found.append(row)
            row = self._agencies.get(row.parent_id) if row.parent_id else None
        return found

    def _overrides(self, lineage: list[int], profile: Profile) -> dict[str, tuple[Value, ...]]:
        """Values per parameter from the nearest place that has any; values of all agencies come last."""
        nearest: dict[str, tuple[int, list[Value]]] = {}
        for row in self._parameters:
            rank = len(lineage) if row.agency_id is None else _rank(lineage, row.agency_id)
            if rank is None:
                continue
            if row.name not in profile.parameters:
                logger.warning("parameter %s is not in profile %s and is left out", row.name, profile.name)
                continue
            known = nearest.get(row.name)
            if known is None or rank < known[0]:
                known = nearest[row.name] = (rank, [])
            if rank == known[0]:
                known[1].append(_value(row, profile))
        return {name: tuple(values) for name, (_, values) in nearest.items()}

    def _catalogue(self, lineage: list[int]) -> list[Entry] | None:
        """Entries of the nearest agency that has a catalogue; None where none has."""
        for agency_id in lineage:
            rows = [row for row in self._entries if row.agency_id == agency_id]
            if rows:
                return [msgspec.convert(row.entry, Entry, strict=False) for row in rows]
        return None


#: Asked with every request, so written out once: the newest audit entry about each kind of thing the law rests on.
_NEWEST = "SELECT " + ", ".join(
    f"(SELECT MAX(id) FROM audit_entries WHERE subject_kind = '{kind}')" for kind in SUBJECTS
)


def _revision() -> tuple[int, ...]:
    """What the law was read from: the database, and how far its audit has come for each kind of thing."""
    newest: tuple[int | None, ...] = database.execute_sql(_NEWEST).fetchone()
    return id(database.obj), *(number or 0 for number in newest)


def _rank(lineage: list[int], agency_id: int) -> int | None:
    return lineage.index(agency_id) if agency_id in lineage else None


def _officer(row: Officer) -> Certificate:
    return Certificate(
        number=row.number,
        name=row.name,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        auxiliary=row.auxiliary,
        legal_qualification=row.legal_qualification,
    )


def _value(row: ParameterValue, profile: Profile) -> Value:
    plain = convert(profile.parameters[row.name], row.value)
    return Value(plain, row.from_, row.until, row.source, row.confirmed, row.checked_on)


@lru_cache
def _profile(name: str) -> Profile:
    return load_profile(name)


@lru_cache
def _calendar(paths: tuple[Path, ...]) -> Calendar:
    return Calendar.load(*paths)


class _Configured:
    """The lawbook of this process; ``configure`` replaces it at start."""

    current: Lawbook = Lawbook()


def configure(profile: str, calendars: Iterable[Path] = ()) -> Lawbook:
    """Set the profile and extra calendars of this process; raises ValueError when they cannot be read."""
    book = Lawbook(profile, calendars)
    _profile(book.profile)
    _ = book.calendar
    _Configured.current = book
    return book


def law_for(agency: Agency) -> Law:
    """Give the law of an agency from this process's lawbook."""
    return _Configured.current.law_for(agency)


def calendar() -> Calendar:
    """Give the calendar of this process's lawbook."""
    return _Configured.current.calendar
