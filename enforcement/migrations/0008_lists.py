"""Lists of cases go by their day, whatever their kind and agency, also within one field of enforcement."""

from __future__ import annotations

import peewee

from enforcement.migrations.script import execute

INDEXES = """
CREATE INDEX cases_by_day ON cases (event_on, id);
CREATE INDEX cases_by_field ON cases (field, event_on, id);
"""


def up(database: peewee.Database) -> None:
    """Create both indexes."""
    execute(database, INDEXES)
