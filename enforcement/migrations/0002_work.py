"""The ledger of scheduled work, the outbox, and the office's own law values."""

from __future__ import annotations

import peewee

from enforcement.migrations.script import execute

TABLES = """
CREATE TABLE sweep_runs (
    id {id},
    claimed_by TEXT,
    claimed_until {moment},
    attempts INTEGER NOT NULL,
    job VARCHAR(32) NOT NULL,
    slot VARCHAR(64) NOT NULL,
    started_at {moment} NOT NULL,
    finished_at {moment},
    outcome TEXT
);
CREATE UNIQUE INDEX sweep_runs_job_slot ON sweep_runs (job, slot);

CREATE TABLE mails (
    id {id},
    claimed_by TEXT,
    claimed_until {moment},
    attempts INTEGER NOT NULL,
    public_id VARCHAR(26) NOT NULL,
    user_id {long} NOT NULL,
    kind VARCHAR(32) NOT NULL,
    slot VARCHAR(64) NOT NULL,
    to_address TEXT NOT NULL,
    language VARCHAR(8) NOT NULL,
    created_at {moment} NOT NULL,
    next_attempt_at {moment} NOT NULL,
    sent_at {moment},
    error TEXT,
    message_id TEXT NOT NULL,
    subject TEXT,
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE UNIQUE INDEX mails_public_id ON mails (public_id);
CREATE UNIQUE INDEX mails_message_id ON mails (message_id);
CREATE UNIQUE INDEX mails_user_id_kind_slot ON mails (user_id, kind, slot);
CREATE INDEX mails_unsent ON mails (next_attempt_at) WHERE sent_at IS NULL;

CREATE TABLE parameter_values (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    agency_id {long},
    name VARCHAR(64) NOT NULL,
    value TEXT NOT NULL,
    from_day DATE NOT NULL,
    until_day DATE,
    source TEXT NOT NULL,
    confirmed {flag} NOT NULL,
    checked_on DATE,
    entered_by_id {long},
    entered_at {moment} NOT NULL,
    FOREIGN KEY (agency_id) REFERENCES agencies (id),
    FOREIGN KEY (entered_by_id) REFERENCES users (id)
);
CREATE UNIQUE INDEX parameter_values_public_id ON parameter_values (public_id);
CREATE INDEX parameter_values_name_agency_id ON parameter_values (name, agency_id);

CREATE TABLE catalogue_entries (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    agency_id {long} NOT NULL,
    code VARCHAR(64) NOT NULL,
    entry TEXT NOT NULL,
    from_day DATE NOT NULL,
    until_day DATE,
    entered_by_id {long},
    entered_at {moment} NOT NULL,
    FOREIGN KEY (agency_id) REFERENCES agencies (id),
    FOREIGN KEY (entered_by_id) REFERENCES users (id)
);
CREATE UNIQUE INDEX catalogue_entries_public_id ON catalogue_entries (public_id);
CREATE UNIQUE INDEX catalogue_entries_agency_id_code_from_day ON catalogue_entries (agency_id, code, from_day);
"""


def up(database: peewee.Database) -> None:
    """Create the tables of the work that runs by itself."""
    execute(database, TABLES)
