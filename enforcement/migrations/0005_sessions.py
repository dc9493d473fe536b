"""Sessions of the pages, and counters of attempts to sign in."""

from __future__ import annotations

import peewee

from enforcement.migrations.script import execute

TABLES = """
CREATE TABLE sessions (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    user_id {long} NOT NULL,
    hash VARCHAR(64) NOT NULL,
    created_at {moment} NOT NULL,
    seen_at {moment} NOT NULL,
    expires_at {moment} NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    notices TEXT NOT NULL,
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE UNIQUE INDEX sessions_public_id ON sessions (public_id);
CREATE INDEX sessions_user_id ON sessions (user_id);
CREATE UNIQUE INDEX sessions_hash ON sessions (hash);

CREATE TABLE sign_in_counters (
    id {id},
    key VARCHAR(64) NOT NULL,
    attempts INTEGER NOT NULL,
    since {moment} NOT NULL
);
CREATE UNIQUE INDEX sign_in_counters_key ON sign_in_counters (key);
CREATE INDEX sign_in_counters_since ON sign_in_counters (since);
"""


def up(database: peewee.Database) -> None:
    """Create both tables."""
    execute(database, TABLES)
