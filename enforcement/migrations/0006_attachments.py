"""Documents, photos and recordings of a case."""

from __future__ import annotations

import peewee

from enforcement.migrations.script import execute

TABLES = """
CREATE TABLE attachments (
    id {id},
    public_id VARCHAR(26) NOT NULL,
    case_id {long} NOT NULL,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    uploaded_by_id {long} NOT NULL,
    uploaded_at {moment} NOT NULL,
    removed_by_id {long},
    removed_at {moment},
    removal TEXT NOT NULL,
    FOREIGN KEY (case_id) REFERENCES cases (id),
    FOREIGN KEY (uploaded_by_id) REFERENCES users (id),
    FOREIGN KEY (removed_by_id) REFERENCES users (id)
);
CREATE UNIQUE INDEX attachments_public_id ON attachments (public_id);
CREATE INDEX attachments_case_id ON attachments (case_id);

CREATE TABLE attachment_parts (
    id {id},
    attachment_id {long} NOT NULL,
    place INTEGER NOT NULL,
    content {bytes} NOT NULL,
    FOREIGN KEY (attachment_id) REFERENCES attachments (id)
);
CREATE UNIQUE INDEX attachment_parts_attachment_id_place ON attachment_parts (attachment_id, place);
"""


def up(database: peewee.Database) -> None:
    """Create both tables."""
    execute(database, TABLES)
