"""The audit is one unbroken chain, and whatever is done to it shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from datetime import datetime
from datetime import timedelta
from decimal import Decimal
from functools import partial
from hashlib import sha256
from typing import Any

import peewee
import pytest

from enforcement.audit.operations import Change
from enforcement.audit.operations import record
from enforcement.audit.operations import record_all
from enforcement.audit.queries import entries_for
from enforcement.audit.queries import head
from enforcement.audit.queries import verify
from enforcement.db import run
from enforcement.db import transaction
from enforcement.models import Agency
from enforcement.models import AuditEntry
from enforcement.models import AuditHead
from enforcement.models import User

GENESIS = "0" * 64


@pytest.fixture
def chain(database: peewee.Database, now: datetime) -> Any:
    """Five entries, with the triggers out of the way."""
    for number in range(1, 6):
        record("cli", "test.write", "case", f"C{number}", {"fine": (None, number * 100)}, now)
    if isinstance(database, peewee.SqliteDatabase):
        for trigger in ("update", "delete", "replace"):
            database.execute_sql(f"DROP TRIGGER audit_entries_no_{trigger}")
    else:
        database.execute_sql("ALTER TABLE audit_entries DISABLE TRIGGER USER")
    assert verify() == []
    return database


def found() -> list[tuple[int, str]]:
    """What the check finds, as entry and kind."""
    return [(fault.seq, fault.kind) for fault in verify()]


def test_an_entry_says_who_changed_what_from_what_to_what(tree: Any, now: datetime) -> None:
    changes = {"fine": (Decimal("100.00"), Decimal("200.00")), "served_on": (None, date(2026, 3, 1))}
    written = record(tree.li, "case.change", "case", "C1", changes, now)
    (entry,) = entries_for("case", "C1")
    assert entry == written
    assert (entry.actor, entry.actor_text, entry.action, entry.at) == (tree.li, "li", "case.change", now)
    assert entry.changed == {"fine": ["100.00", "200.00"], "served_on": [None, "2026-03-01"]}
    assert head() == (entry.id, entry.hash)


def test_the_hash_can_be_computed_without_this_service(tree: Any, now: datetime) -> None:
    record(tree.li, "case.change", "case", "C1", {"cause": ("占道", "占道经营")}, now)
    rows = AuditEntry.select(AuditEntry, User).left_outer_join(User).order_by(AuditEntry.id)
    previous = GENESIS
    for row in rows:
        content = {
            "seq": row.id,
            "at": "2026-03-02T01:00:00.000000+00:00",
            "actor": row.actor and row.actor.public_id,
            "actor_text": row.actor_text,
            "action": row.action,
            "subject_kind": row.subject_kind,
            "subject_id": row.subject_id,
            "changes": row.changes,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = sha256((previous + text).encode()).hexdigest()
        assert row.hash == previous, row.action
    assert "占道经营" in rows[-1].changes


def test_an_untouched_chain_is_whole_also_when_it_is_empty(database: peewee.Database, now: datetime) -> None:
    assert verify() == []
    assert head() == (0, GENESIS)
    record("sweep", "test.write", "case", "C1", {}, now)
    assert verify() == []


def test_many_entries_are_written_with_one_wait_and_checked_across_batches(
    database: peewee.Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = [Change("case.record", "case", f"C{number}", {"number": (None, number)}) for number in range(1, 131)]
    assert record_all("import", changes, now) == 130
    assert record_all("import", [], now) == 0
    monkeypatch.setattr("enforcement.audit.queries._BATCH", 7)
    assert verify() == []
    assert [entry.subject_id for entry in AuditEntry.select().order_by(AuditEntry.id)] == [
        c.subject_id for c in changes
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("changes", '{"fine":[null,1]}'),
        ("changes", '{"fine":[null, 300]}'),
        ("actor_text", "somebody else"),
        ("action", "test.nothing"),
        ("subject_id", "C4"),
        ("subject_kind", "officer"),
        ("at", datetime.fromisoformat("2026-03-02T09:00:01+08:00")),
        ("hash", "f" * 64),
    ],
)
def test_a_changed_entry_is_named(chain: Any, column: str, value: Any) -> None:
    AuditEntry.update({getattr(AuditEntry, column): value}).where(AuditEntry.id == 3).execute()
    assert found()[0] == (3, "changed")


def test_an_entry_put_on_another_user_is_named(chain: Any, tree: Any) -> None:
    AuditEntry.update(actor=tree.li).where(AuditEntry.id == 3).execute()
    assert found() == [(3, "changed")]


def test_a_changed_entry_with_a_hash_to_fit_is_named_by_the_next(chain: Any) -> None:
    entry = AuditEntry.get_by_id(3)
    other = record("cli", "test.write", "case", "C3", {"fine": (None, 1)}, entry.at)
    AuditEntry.update(changes=other.changes, hash=other.hash).where(AuditEntry.id == 3).execute()
    assert (4, "unlinked") in found()


def test_a_deleted_entry_is_named(chain: Any) -> None:
    AuditEntry.delete().where(AuditEntry.id == 3).execute()
    assert found() == [(3, "missing")]


def test_a_deleted_first_entry_is_named(chain: Any) -> None:
    AuditEntry.delete().where(AuditEntry.id == 1).execute()
    assert found() == [(1, "missing")]


def test_entries_cut_off_the_end_show_against_the_head(chain: Any) -> None:
    AuditEntry.delete().where(AuditEntry.id >= 4).execute()
    assert found() == [(4, "cut")]
    assert "its head says 5" in verify()[0].message


def test_an_inserted_entry_is_named(chain: Any) -> None:
    for number in (5, 4):
        AuditEntry.update(id=number + 1).where(AuditEntry.id == number).execute()
    copy = AuditEntry.select().where(AuditEntry.id == 3).dicts().get()
    AuditEntry.insert({**copy, "id": 4}).execute()
    assert found()[0] == (4, "unlinked")


def test_entries_in_another_order_are_named(chain: Any) -> None:
    for old, new in ((2, 90), (3, 2), (90, 3)):
        AuditEntry.update(id=new).where(AuditEntry.id == old).execute()
    assert found()[0] == (2, "unlinked")
    assert (2, "changed") in found()


def test_an_entry_added_behind_the_head_is_named(chain: Any) -> None:
    copy = AuditEntry.select().where(AuditEntry.id == 5).dicts().get()
    AuditEntry.insert({**copy, "id": 6}).execute()
    assert (6, "unlinked") in found()
    assert any(kind == "cut" for _, kind in found())


def test_a_missing_head_is_named_and_nothing_is_written_any_more(chain: Any, now: datetime) -> None:
    AuditHead.delete().execute()
    assert found() == [(5, "cut")]
    with pytest.raises(RuntimeError, match="no head"):
        record("cli", "test.write", "case", "C6", {}, now)


def test_a_chain_written_anew_shows_against_a_hash_noted_elsewhere(chain: Any, now: datetime) -> None:
    noted = dict([head()])
    AuditEntry.delete().execute()
    AuditHead.update(seq=0, hash=GENESIS).execute()
    record("cli", "test.write", "case", "C1", {"fine": (None, 1)}, now)
    assert verify() == [], "by itself the new chain is whole"
    assert [(fault.seq, fault.kind) for fault in verify(noted)] == [(5, "noted")]
    for number in range(2, 6):
        record("cli", "test.write", "case", f"C{number}", {}, now)
    assert [(fault.seq, fault.kind) for fault in verify(noted)] == [(5, "noted")]


def test_the_check_stops_after_the_most_faults_it_may_name(chain: Any) -> None:
    AuditEntry.update(actor_text="x").execute()
    assert [fault.seq for fault in verify(most=2)] == [1, 2]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor_text = 'x'",
        "DELETE FROM audit_entries",
        "DELETE FROM audit_entries WHERE id = 1",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(database: Any, now: datetime, statement: str) -> None:
    record("cli", "test.write", "case", "C1", {}, now)
    with pytest.raises(peewee.DatabaseError, match="audit entries are never"):
        database.execute_sql(statement)
    assert verify() == []


def test_the_database_refuses_to_replace_or_truncate_entries(database: Any, now: datetime) -> None:
    record("cli", "test.write", "case", "C1", {}, now)
    if isinstance(database, peewee.SqliteDatabase):
        statement = "REPLACE INTO audit_entries SELECT * FROM audit_entries"
    else:
        statement = "TRUNCATE audit_entries"
    with pytest.raises(peewee.DatabaseError, match="audit entries are never"):
        database.execute_sql(statement)
    assert verify() == []


def test_a_change_that_fails_leaves_no_entry(tree: Any, now: datetime) -> None:
    before = head()
    with pytest.raises(LookupError), transaction():
        Agency.update(name_zh="别处").execute()
        record(tree.li, "agency.update", "agency", "WDD", {}, now)
        raise LookupError
    assert head() == before
    assert verify() == []


def test_a_value_that_is_no_json_is_refused_and_nothing_is_written(database: peewee.Database, now: datetime) -> None:
    with pytest.raises(TypeError):
        record("cli", "test.write", "case", "C1", {"x": (None, object())}, now)
    with pytest.raises(ValueError, match="without an offset"):
        record("cli", "test.write", "case", "C1", {}, now.replace(tzinfo=None))
    assert head() == (0, GENESIS)


def test_writers_at_the_same_time_write_one_chain(
    tree: Any, now: datetime, in_threads: Callable[..., list[Any]]
) -> None:
    start = head()[0]

    def write(name: str) -> None:
        for number in range(12):
            run(partial(change_and_record, name, number))

    def change_and_record(name: str, number: int) -> None:
        Agency.update(name_en=f"{name} {number}").where(Agency.code == name).execute()
        later = now + timedelta(seconds=number)
        record("thread", "agency.update", "agency", name, {"name_en": (None, f"{name} {number}")}, later)

    names = ("TJ", "HP", "WDD", "XBL")
    in_threads(*[partial(write, name) for name in names])
    assert verify() == []
    assert head()[0] == start + 48
    for name in names:
        written = [entry.changed["name_en"][1] for entry in entries_for("agency", name) if entry.actor_text == "thread"]
        assert written == [f"{name} {number}" for number in range(12)], "each writer's own order is kept"
