"""Lists of flagged cases go by kind as well; the index is only of those that are flagged."""

from __future__ import annotations

import peewee

from enforcement.migrations.script import execute

INDEX = """
DROP INDEX cases_flagged;
CREATE INDEX cases_flagged ON cases (agency_id, kind, event_on, id) WHERE flagged;
"""


def up(database: peewee.Database) -> None:
    """Make the index anew with the kind in it."""
    execute(database, INDEX)
