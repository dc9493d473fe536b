"""The full-text index over the bigrams of cases, which both engines keep up by themselves.

SQLite's FTS5 table holds no text of its own: it reads it from ``cases``, so that its triggers must say what was there
before. Its tokenizer only has to split at spaces, and ``ascii`` knows every character beyond ASCII as part of a word,
where ``unicode61`` stops at the letters of Unicode 6.1. PostgreSQL indexes the expression that the search uses.
"""

from __future__ import annotations

import peewee

from enforcement.migrations.script import is_sqlite
from enforcement.migrations.script import sql

SQLITE = (
    """CREATE VIRTUAL TABLE cases_search USING fts5(
       grams, content='cases', content_rowid='id', tokenize='ascii')""",
    """CREATE TRIGGER cases_search_insert AFTER INSERT ON cases
       BEGIN INSERT INTO cases_search (rowid, grams) VALUES (NEW.id, NEW.grams); END""",
    """CREATE TRIGGER cases_search_update AFTER UPDATE OF grams ON cases WHEN OLD.grams <> NEW.grams
       BEGIN
       INSERT INTO cases_search (cases_search, rowid, grams) VALUES ('delete', OLD.id, OLD.grams);
       INSERT INTO cases_search (rowid, grams) VALUES (NEW.id, NEW.grams);
       END""",
    """CREATE TRIGGER cases_search_delete AFTER DELETE ON cases
       BEGIN INSERT INTO cases_search (cases_search, rowid, grams) VALUES ('delete', OLD.id, OLD.grams); END""",
)

POSTGRESQL = ("CREATE INDEX cases_search ON cases USING gin (to_tsvector('simple', grams))",)


def up(database: peewee.Database) -> None:
    """Create the index and what feeds it."""
    for statement in SQLITE if is_sqlite(database) else POSTGRESQL:
        sql(database, statement)
