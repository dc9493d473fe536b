"""Columns that behave the same on both engines: moments in UTC, days, public ids and canonical JSON.

SQLite has no moment with an offset and PostgreSQL answers in the session's zone; a digest compared between the two must
not differ. So a moment goes in aware and comes out in UTC, whatever is below::

    moment.db_value(datetime(2026, 2, 12, 9, 0, tzinfo=SHANGHAI))   # "2026-02-12T01:00:00.000000+00:00"

The text is of fixed width, so that it also sorts and compares as text.
"""

from __future__ import annotations

import json
import secrets
import time
from datetime import UTC
from datetime import date
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Any

import peewee

#: Crockford's base 32: no I, L, O or U, and sorted as the numbers are.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

PUBLIC_ID_LENGTH = 26


def public_id() -> str:
    """Make an id to be shown outside: 26 characters, 48 bits of milliseconds before 80 random bits (ULID)."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def canonical_json(value: Any) -> str:
    """Write JSON in its one form: keys sorted, no spaces, no escapes beyond need; raises TypeError on other types."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def utc_text(moment: datetime) -> str:
    """Write an aware moment in UTC at fixed width; raises ValueError on a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without an offset: {moment.isoformat()}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


if TYPE_CHECKING:
    # The stubs of the plain fields tell whether a column is null; the behaviour below is for running only.
    UTCField = peewee.DateTimeField
    DayField = peewee.DateField
else:

    class UTCField(peewee.Field):
        """An aware moment, stored and read in UTC; text on SQLite, timestamptz on PostgreSQL."""

        field_type = "TIMESTAMPTZ"

        def db_value(self, value: datetime | str | None) -> str | None:
            """Text of fixed width; text is taken as ISO 8601 with an offset."""
            if value is None:
                return None
            return utc_text(datetime.fromisoformat(value) if isinstance(value, str) else value)

        def python_value(self, value: datetime | str | None) -> datetime | None:
            """An aware moment in UTC."""
            if value is None:
                return None
            return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)

    class DayField(peewee.DateField):
        """A day without a time."""

        def adapt(self, value: date | str | None) -> date | None:
            """A date, from a date or its ISO text; a moment is refused, since its day depends on the zone."""
            if isinstance(value, datetime):
                raise ValueError(f"a day, not a moment: {value.isoformat()}")
            return date.fromisoformat(value) if isinstance(value, str) else value


class JSONTextField(peewee.TextField):
    """A JSON value kept as canonical text on both engines."""

    def db_value(self, value: Any) -> str | None:
        """Canonical text; None is no value."""
        return None if value is None else canonical_json(value)

    def python_value(self, value: str | None) -> Any:
        """The value that the text holds."""
        return None if value is None else json.loads(value)


def PublicIdField() -> peewee.CharField[str]:  # noqa: N802 - reads as the other fields do
    """A column of its own :func:`public_id`."""
    return peewee.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=public_id)
