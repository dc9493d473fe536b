"""Filling a database with a generated book, for benchmarks only.

Cases go straight into their table, a thousand in a statement, and are then settled in bulk as the sweep does it: so the
findings are those that the service would hold. What a real book has beside them is left out: nobody recorded these cases,
so the audit knows only of the offices, officers, users and tokens::

    book = write_book("sqlite:////tmp/book.sqlite3", 100_000)
    book.tokens["S001"]      # the secret of an officer of the first street; that of "D" is a supervisor's of them all
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date
from datetime import datetime
from datetime import time
from itertools import islice
from typing import Any
from typing import NamedTuple

import msgspec
import peewee

from benchmarks.composition import DAY
from benchmarks.composition import SEED
from benchmarks.composition import Generated
from benchmarks.composition import generate
from benchmarks.composition import streets
from benchmarks.drafts import Street
from benchmarks.office import CATALOGUE
from benchmarks.office import officers
from enforcement.accounts import operations as accounts
from enforcement.cases.projection import columns
from enforcement.cases.projection import decode
from enforcement.db import database
from enforcement.db import engine
from enforcement.db import open_database
from enforcement.db import transaction
from enforcement.db import upgrade
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.parameters.operations import add_entries
from enforcement.sweeps.bulk import settle_cases
from enforcement.times import SHANGHAI
from rules.law import load_profile

#: Cases in one statement and one transaction.
CHUNK = 1000
DISTRICT = "D"


class Book(NamedTuple):
    """A book that was written: how many cases, and the secret of a token for each office."""

    url: str
    cases: int
    tokens: dict[str, str]


def write_book(url: str, count: int, seed: int = SEED, day: date = DAY, findings: bool = True) -> Book:
    """Fill an empty database with so many cases as they stand at the end of a day; for benchmarks only.

    The database is migrated, filled and closed again. Without ``findings`` the cases are not checked, for measurements that
    only read them.
    """
    now = datetime.combine(day, time(23, 59), SHANGHAI)
    with opened(url):
        if engine() == "sqlite":
            database.pragma("synchronous", "off")
        with transaction():
            tokens = _write_offices(streets(count), now)
        agencies = {agency.code: agency.id for agency in Agency.select()}
        for first, chunk in _chunks(generate(count, seed, day)):
            with transaction():
                _write_cases(first, chunk, agencies, now)
                if findings:
                    settle_cases(range(first, first + len(chunk)), day, now)
        _finish()
    return Book(url, count, tokens)


@contextmanager
def opened(url: str) -> Iterator[None]:
    """Migrate a database, make it that of all models, and hold one connection for a stretch of work."""
    plain: Any = open_database(url)
    upgrade(plain)
    database.initialize(plain)
    with database.connection_context():
        yield
    plain.close_all()


def _chunks(cases: Iterator[Generated]) -> Iterator[tuple[int, list[Generated]]]:
    """Cases by the thousand, each time with the id of the first."""
    first = 1
    while chunk := list(islice(cases, CHUNK)):
        yield first, chunk
        first += len(chunk)


def _write_offices(offices: Sequence[Street], now: datetime) -> dict[str, str]:
    """Enter the district, its streets, their officers, and a user with a token for each."""
    actor = "benchmark"
    district = accounts.create_agency(actor, now, code=DISTRICT, name_zh="示例区", level="district")
    add_entries(actor, now, load_profile("tianjin"), agency=district, raw=list(CATALOGUE))
    tokens = {DISTRICT: _token("supervisor", district, now)}
    for street in offices:
        agency = accounts.create_agency(actor, now, code=street.code, name_zh=f"示例{street.code}街道", parent=district)
        for officer in officers(street):
            accounts.create_officer(actor, now, agency=agency, **_facts_of(officer))
        tokens[street.code] = _token("officer", agency, now)
    return tokens


def _facts_of(officer: Any) -> dict[str, Any]:
    facts: dict[str, Any] = msgspec.structs.asdict(officer)
    return facts


def _token(role: str, agency: Agency, now: datetime) -> str:
    user = accounts.create_user("benchmark", now, login=f"{role}-{agency.code}", name=role, role=role, agency=agency)
    return accounts.issue_token("benchmark", now, user=user, name="benchmark")[1]


def _write_cases(first: int, chunk: list[Generated], agencies: dict[str, int], now: datetime) -> None:
    """Insert cases with the columns that the service copies from their facts."""
    rows = [
        {
            "id": case_id,
            "public_id": f"{case_id:026d}",
            "kind": case.kind,
            "agency": agencies[case.agency],
            "version": 1,
            "created_at": now,
            "updated_at": now,
            "flagged": False,
            **columns(decode(case.kind, case.text)),
        }
        for case_id, case in enumerate(chunk, first)
    ]
    _insert(Case, rows)


def _insert(model: type[peewee.Model], rows: list[dict[str, Any]]) -> None:
    """Insert rows by the fastest way of the engine: one prepared statement, or COPY."""
    fields = [model._meta.fields[name] for name in rows[0]]
    table, names = model._meta.table_name, ", ".join(f'"{field.column_name}"' for field in fields)
    values = [tuple(_stored(field, row[field.name]) for field in fields) for row in rows]
    connection = database.connection()
    if engine() == "sqlite":
        marks = ", ".join("?" * len(fields))
        connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for value in values:
            copy.write_row(value)


def _stored(field: Any, value: Any) -> Any:
    stored = field.db_value(value)
    return stored.isoformat() if isinstance(stored, date) else stored


def _finish() -> None:
    """Let new rows follow the given ids, and PostgreSQL know its tables as its autovacuum would."""
    if engine() == "postgresql":
        database.execute_sql("SELECT setval(pg_get_serial_sequence('cases', 'id'), max(id)) FROM cases")
        database.execute_sql("VACUUM ANALYZE")
