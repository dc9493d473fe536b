"""Second factors, their recovery codes, and sign-ins that wait for a code."""

from __future__ import annotations

import peewee

from enforcement.migrations.script import execute

TABLES = """
CREATE TABLE second_factors (
    id {id},
    user_id {long} NOT NULL,
    secret VARCHAR(32) NOT NULL,
    created_at {moment} NOT NULL,
    confirmed_at {moment},
    last_step INTEGER NOT NULL,
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE UNIQUE INDEX second_factors_user_id ON second_factors (user_id);

CREATE TABLE recovery_codes (
    id {id},
    factor_id {long} NOT NULL,
    hash VARCHAR(64) NOT NULL,
    FOREIGN KEY (factor_id) REFERENCES second_factors (id)
);
CREATE INDEX recovery_codes_factor_id ON recovery_codes (factor_id);
CREATE UNIQUE INDEX recovery_codes_hash ON recovery_codes (hash);

CREATE TABLE pending_sign_ins (
    id {id},
    user_id {long} NOT NULL,
    hash VARCHAR(64) NOT NULL,
    created_at {moment} NOT NULL,
    expires_at {moment} NOT NULL,
    FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX pending_sign_ins_user_id ON pending_sign_ins (user_id);
CREATE UNIQUE INDEX pending_sign_ins_hash ON pending_sign_ins (hash);
"""


def up(database: peewee.Database) -> None:
    """Create the three tables."""
    execute(database, TABLES)
