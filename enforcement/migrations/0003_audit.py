"""The audit, its head, and the triggers that keep it as it was written.

A trigger does not stop whoever may drop it; it stops a slip, a careless script, and a hole in the service. What gets
past it is found by the hashes. SQLite's INSERT OR REPLACE deletes without asking the DELETE trigger, hence the third.
"""

from __future__ import annotations

import peewee

from enforcement.migrations.script import execute
from enforcement.migrations.script import is_sqlite
from enforcement.migrations.script import sql

TABLES = """
CREATE TABLE audit_entries (
    id {long} NOT NULL PRIMARY KEY,
    at {moment} NOT NULL,
    actor_id {long},
    actor_text TEXT NOT NULL,
    action VARCHAR(64) NOT NULL,
    subject_kind VARCHAR(32) NOT NULL,
    subject_id VARCHAR(64) NOT NULL,
    changes TEXT NOT NULL,
    previous_hash VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    FOREIGN KEY (actor_id) REFERENCES users (id)
);
CREATE INDEX audit_entries_at ON audit_entries (at);
CREATE INDEX audit_entries_subject_kind_subject_id_id ON audit_entries (subject_kind, subject_id, id);

CREATE TABLE audit_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq {long} NOT NULL,
    hash VARCHAR(64) NOT NULL
);
"""

HEAD = f"INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '{'0' * 64}')"

SQLITE_TRIGGERS = (
    """CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
       BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END""",
    """CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
       BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END""",
    """CREATE TRIGGER audit_entries_no_replace BEFORE INSERT ON audit_entries
       WHEN EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'audit entries are never replaced'); END""",
)

POSTGRESQL_TRIGGERS = (
    """CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'audit entries are never changed or deleted'; END $$""",
    """CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
       FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse()""",
    """CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
       FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse()""",
)


def up(database: peewee.Database) -> None:
    """Create the chain with its empty head, then close it to changes."""
    execute(database, TABLES)
    sql(database, HEAD)
    for trigger in SQLITE_TRIGGERS if is_sqlite(database) else POSTGRESQL_TRIGGERS:
        sql(database, trigger)
