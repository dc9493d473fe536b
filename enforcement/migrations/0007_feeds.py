"""Private addresses of calendars."""

from __future__ import annotations

import peewee

from enforcement.migrations.script import execute

TABLES = """
CREATE TABLE feeds (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    user_id {long} NOT NULL,
    name TEXT NOT NULL,
    scope VARCHAR(16) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    created_at {moment} NOT NULL,
    read_at {moment},
    revoked_at {moment},
    FOREIGN KEY (user_id) REFERENCES users (id),
    CHECK (scope IN ('own', 'office'))
);
CREATE UNIQUE INDEX feeds_public_id ON feeds (public_id);
CREATE INDEX feeds_user_id ON feeds (user_id);
CREATE UNIQUE INDEX feeds_hash ON feeds (hash);
"""


def up(database: peewee.Database) -> None:
    """Create the table."""
    execute(database, TABLES)
