"""The databases that tests borrow come back empty and whole, or not at all."""

from __future__ import annotations

from typing import Any

import psycopg


def test_a_database_that_comes_back_is_lent_again_without_a_row(postgres: Any) -> None:
    name = postgres.lend()
    agency = "INSERT INTO agencies (code, name_zh, name_en, level, path, created_at) VALUES ('A', '', '', 'city', '/', now())"
    entry = (
        "INSERT INTO audit_entries (id, at, actor_text, action, subject_kind, subject_id, changes, previous_hash, hash) "
        "VALUES (1, now(), '', '', '', '', '', '', '')"
    )
    postgres.run(agency, entry, "UPDATE audit_head SET seq = 1", on=name)
    left_open = psycopg.connect(postgres.url(name))
    left_open.execute("LOCK TABLE cases")
    postgres.take_back(name)
    left_open.close()
    assert postgres.lend() == name
    counts = postgres.run(
        "SELECT count(*) FROM agencies",
        "SELECT count(*) FROM audit_entries",
        "SELECT seq FROM audit_head",
        agency + " RETURNING id",
        on=name,
    )
    assert counts == [(0,), (0,), (0,), (1,)]
    postgres.take_back(name)


def test_a_database_whose_tables_were_changed_is_not_lent_again(postgres: Any) -> None:
    name = postgres.lend()
    postgres.run("ALTER TABLE audit_entries DISABLE TRIGGER USER", on=name)
    postgres.take_back(name)
    assert name not in postgres.free
    assert postgres.run(f"SELECT count(*) FROM pg_database WHERE datname = '{name}'") == [(0,)]
