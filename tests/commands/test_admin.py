"""The commands of administration: what they change, what they refuse, and how they end."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import click.testing
import pytest

from enforcement import lawbook
from enforcement.cli import cli
from enforcement.db import attach
from enforcement.db import current_revision
from enforcement.db import database as proxy
from enforcement.db import open_database
from enforcement.models import AuditEntry
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import SecondFactor
from enforcement.models import User
from enforcement.times import utc_now

Run = Callable[..., click.testing.Result]

OFFICERS = """执法证号,姓名,机关,有效期自,有效期至,辅助人员
0201,李某,S,2024-01-01,2028-12-31,否
0202,王某,S,2024/3/1,,是
"""


def runner(monkeypatch: pytest.MonkeyPatch, url: str) -> Iterator[Run]:
    """Run commands on a book, and leave no connection open."""
    for name in [name for name in os.environ if name.startswith("ENFORCEMENT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", url)

    def run(*args: str, input: str | None = None, exit: int = 0) -> click.testing.Result:
        result = click.testing.CliRunner().invoke(cli, args, input=input)
        assert result.exit_code == exit, (args, result.output, result.exception)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    yield run
    lawbook.configure("tianjin")
    if proxy.obj is not None:
        proxy.obj.close_all()
        proxy.initialize(None)


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Commands on a fresh book, on each engine in turn."""
    yield from runner(monkeypatch, database_url)


@pytest.fixture
def embedded(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Commands on an embedded book that is not there yet; its folder is the working directory."""
    monkeypatch.chdir(tmp_path)
    yield from runner(monkeypatch, "sqlite:///book.sqlite3")


def as_json(result: click.testing.Result) -> Any:
    """What a command printed as JSON."""
    return json.loads(result.stdout)


def office(run: Run) -> None:
    """A district D with a street S."""
    run("agency", "add", "D", "示例区", "--level", "district")
    run("agency", "add", "S", "示例街道", "--parent", "D")


# Agencies


def test_agencies_are_listed_as_a_tree(run: Run) -> None:
    office(run)

    listed = as_json(run("agency", "list", "--format", "json"))

    assert [(row["code"], row["path"], row["level"]) for row in listed] == [
        ("D", "/D/", "district"),
        ("S", "/D/S/", "subdistrict"),
    ]
    assert "  S" in run("agency", "list").stdout


def test_an_unknown_agency_is_refused_in_one_sentence(run: Run) -> None:
    result = run("agency", "add", "S", "示例街道", "--parent", "X", exit=2)

    assert result.stderr == "没有这个执法机关 / No such agency: X\n"
    assert result.stdout == ""


def test_every_fault_of_an_agency_is_named_at_once(run: Run) -> None:
    stderr = run("agency", "add", "S 1", "  ", exit=2).stderr

    assert "code:" in stderr
    assert "name_zh:" in stderr
    assert "Traceback" not in stderr


# The register


def test_a_register_is_imported_changed_and_left_as_it_is(run: Run, tmp_path: Path) -> None:
    office(run)
    file = tmp_path / "officers.csv"
    file.write_text(OFFICERS, encoding="gb18030")

    first = as_json(run("officer", "import", str(file), "--format", "json"))
    file.write_text("\ufeff" + OFFICERS.replace("2028-12-31", "2030-12-31"), encoding="utf-8")
    second = as_json(run("officer", "import", str(file), "--format", "json"))

    assert first == {"added": 2, "changed": 0, "unchanged": 0}
    assert second == {"added": 0, "changed": 1, "unchanged": 1}
    listed = as_json(run("officer", "list", "--format", "json"))
    assert [(row["number"], row["valid_from"], row["valid_until"], row["auxiliary"]) for row in listed] == [
        ("0201", "2024-01-01", "2030-12-31", False),
        ("0202", "2024-03-01", None, True),
    ]


def test_an_import_with_faults_names_every_line_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    office(run)
    file = tmp_path / "officers.csv"
    file.write_text("number,name,agency,valid_until\n1,甲,S,2028-02-30\n2,,S,\n3,丙,X,\n", encoding="utf-8")
    unreadable = run("officer", "import", str(file), exit=2).stderr
    file.write_text("number,name,agency\n1,甲,S\n3,丙,X\n4,丁,Y\n", encoding="utf-8")
    unknown = run("officer", "import", str(file), exit=2).stderr

    assert "line 2: valid_until" in unreadable
    assert "line 3: name" in unreadable
    assert "line 3: 没有执法机关 X" in unknown
    assert "line 4: 没有执法机关 Y" in unknown
    assert as_json(run("officer", "list", "--format", "json")) == []


def test_unknown_and_missing_headings_are_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "officers.csv"
    file.write_text("执法证号,颜色\n1,红\n", encoding="utf-8")

    stderr = run("officer", "import", str(file), exit=2).stderr

    assert "不认识的列 颜色" in stderr
    assert "missing heading name" in stderr
    assert "missing heading agency" in stderr
    assert run("officer", "import", str(tmp_path / "nowhere.csv"), exit=2).stderr.startswith("没有这个文件")


def test_an_officer_is_added_changed_and_found_by_the_end_of_the_certificate(run: Run) -> None:
    office(run)
    run("officer", "add", "0201", "李某", "--agency", "S", "--valid-until", "2027-01-31", "--legal-qualification")
    run("officer", "add", "0202", "王某", "--agency", "S", "--valid-until", "2029-01-31")
    changed = as_json(run("officer", "update", "0202", "--inactive", "--name", "王某某", "--format", "json"))

    assert (changed["name"], changed["active"]) == ("王某某", False)
    expiring = as_json(run("officer", "list", "--expiring", "2027-12-31", "--format", "json"))
    assert [row["number"] for row in expiring] == ["0201"]
    assert "Nothing to change" in run("officer", "update", "0202", exit=2).stderr
    assert "No certificate 9 " in run("officer", "update", "9", "--active", exit=2).stderr
    assert "is not a date" in run("officer", "update", "0202", "--valid-until", "2027-2-3", exit=2).stderr


# Users and tokens


def test_a_password_is_read_from_standard_input_and_never_shown(run: Run) -> None:
    office(run)
    add = ["user", "add", "lisi", "--name", "李四", "--role", "officer", "--agency", "S"]
    result = run(*add, "--password-stdin", "--format", "json", input="correct horse\n")
    stored = _stored("lisi")

    assert as_json(result)["login"] == "lisi"
    assert "correct horse" not in result.output
    assert stored.startswith("$argon2id$")
    run("user", "password", "lisi", "--password-stdin", input="another horse\n")
    assert _stored("lisi") != stored
    assert "8 至 256" in run("user", "password", "lisi", "--password-stdin", input="short\n", exit=2).stderr


def test_a_password_is_asked_for_twice(run: Run) -> None:
    office(run)
    add = ["user", "add", "lisi", "--name", "李四", "--role", "officer", "--agency", "S"]

    run(*add, input="correct horse\ncorrect horse\n")

    assert _stored("lisi").startswith("$argon2id$")


def test_a_lost_second_factor_is_reset_at_the_server(run: Run) -> None:
    office(run)
    run("user", "add", "lisi", "--name", "李四", "--role", "admin", "--agency", "S", "--no-password")
    assert "is off" in run("user", "reset-second-factor", "lisi", exit=2).stderr
    attach(os.environ["DATABASE_URL"])
    with proxy.connection_context():
        at = datetime(2026, 3, 2, tzinfo=UTC)
        SecondFactor.create(user=User.get(), secret="A" * 32, created_at=at, confirmed_at=at)
    proxy.obj.close_all()

    assert as_json(run("user", "reset-second-factor", "lisi", "--format", "json"))["login"] == "lisi"

    attach(os.environ["DATABASE_URL"])
    with proxy.connection_context():
        assert [row.user.login for row in SecondFactor.select()] == []
        assert AuditEntry.select().order_by(AuditEntry.id.desc()).get().action == "second_factor.reset"
    proxy.obj.close_all()


def _stored(login: str) -> str:
    attach(os.environ["DATABASE_URL"])
    with proxy.connection_context():
        hashed: str = User.get(User.login == login).password_hash
    proxy.obj.close_all()
    return hashed


def test_accounts_are_listed_closed_and_opened_again(run: Run) -> None:
    office(run)
    run("officer", "add", "0201", "李某", "--agency", "S")
    add = ["user", "add", "--no-password", "--agency", "S", "--name"]
    run(*add, "李四", "lisi", "--role", "officer", "--officer", "0201")
    run(*add, "周某", "zhou", "--role", "supervisor")

    assert as_json(run("user", "disable", "lisi", "--format", "json"))["active"] is False
    listed = as_json(run("user", "list", "--role", "officer", "--format", "json"))
    assert [(row["login"], row["officer"], row["active"]) for row in listed] == [("lisi", "0201", False)]
    assert as_json(run("user", "disable", "lisi", "--enable", "--format", "json"))["active"] is True
    assert run("user", "disable", "nobody", exit=2).stderr == "没有这个用户 / No such user: nobody\n"
    assert "is taken" in run(*add, "李五", "lisi", "--role", "officer", exit=2).stderr
    assert "No certificate 9" in run(*add, "王五", "wangwu", "--role", "officer", "--officer", "9", exit=2).stderr


def test_a_token_is_shown_once_and_ends_for_good(run: Run) -> None:
    office(run)
    run("user", "add", "lisi", "--name", "李四", "--role", "officer", "--agency", "S", "--no-password")

    shown = run("token", "issue", "lisi", "--name", "对接", "--expires", "2099-12-31")
    secret = shown.stdout.strip()
    listed = run("token", "list", "--format", "json")
    token = as_json(listed)[0]

    assert secret.startswith("enf_")
    assert len(secret) == 47
    assert secret not in listed.stdout
    assert (token["prefix"], token["expires_at"][:19]) == (secret[:10], "2099-12-31T23:59:59")
    assert as_json(run("token", "revoke", token["id"], "--format", "json"))["revoked_at"] is not None
    assert "No such token" in run("token", "revoke", "nothing", exit=2).stderr
    assert "already over" in run("token", "issue", "lisi", "--name", "x", "--expires", "2001-01-01", exit=2).stderr


# Parameters and the catalogue


def test_a_parameter_is_entered_with_its_source_and_wins_over_the_profile(run: Run) -> None:
    office(run)
    where = ["--from", "2024-01-01", "--source", "某规定第四条", "--agency", "S", "--confirmed"]
    run("parameter", "set", "hearing_fine_individual", "5000", *where)

    street, district = (_parameters(run, agency)["hearing_fine_individual"] for agency in ("S", "D"))

    assert (street["value"], street["confirmed"], street["source"]) == ("5000", True, "某规定第四条")
    assert street["entered"] is True
    assert district["value"] is None
    assert district["note"]


def _parameters(run: Run, agency: str, *more: str) -> dict[str, Any]:
    rows = as_json(run("parameter", "list", "--agency", agency, "--on", "2026-11-24", "--format", "json", *more))
    return {row["name"]: row for row in rows}


def test_a_value_entered_again_for_the_same_day_replaces_it_and_a_later_one_follows_it(run: Run) -> None:
    office(run)
    for value, first in (("5", "2024-01-01"), ("6", "2024-01-01"), ("7", "2027-01-01")):
        run("parameter", "set", "review_working_days", value, "--from", first, "--source", "办法第三条")

    assert _parameters(run, "S")["review_working_days"]["value"] == 6
    later = as_json(run("parameter", "list", "--agency", "S", "--on", "2027-02-01", "--format", "json"))
    assert next(row["value"] for row in later if row["name"] == "review_working_days") == 7


def test_what_is_unset_is_listed_and_what_the_law_dropped_is_not(run: Run) -> None:
    office(run)
    unset = _parameters(run, "S", "--unset")

    assert {"hearing_fine_individual", "review_catalogue", "platform_entry_penalty_working_days"} <= set(unset)
    assert "service_days" not in unset  # seven calendar days, until 2021-07-14
    assert _parameters(run, "S")["service_days"]["ended"] is True


@pytest.mark.parametrize(
    ("name", "value", "more", "said"),
    [
        ("hearing_fine_individul", "5000", [], "did you mean hearing_fine_individual"),
        ("hearing_fine_individual", "五千", [], "value:"),
        ("hearing_fine_individual", "1.005", [], "at most two decimals"),
        ("review_working_days", "-1", [], "a whole number"),
        ("night_from", "10pm", [], "22:00"),
        ("hearing_other_kinds", "fine,flogging", [], "flogging"),
        ("review_catalogue", "x", [], "enforcement catalogue add"),
        ("hearing_fine_individual", "5000", ["--until", "2023-01-01"], "before the first day"),
        ("hearing_fine_individual", "5000", ["--source", " "], "source:"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(run: Run, name: str, value: str, more: list[str], said: str) -> None:
    stderr = run("parameter", "set", "--from", "2024-01-01", "--source", "s", *more, "--", name, value, exit=2).stderr

    assert said in stderr
    assert "Traceback" not in stderr


def test_a_list_is_entered_between_commas(run: Run) -> None:
    office(run)
    run(
        "parameter", "set", "hearing_other_kinds", "suspend_licence，detention", "--from", "2024-01-01", "--source", "s"
    )

    assert _parameters(run, "S")["hearing_other_kinds"]["value"] == ["suspend_licence", "detention"]


CATALOGUE = """
- code: CF-1
  zh: 罚款五千元以上
  en: Fines from 5,000 yuan
  act: penalty
  from: 2023-01-01
  amount_of: fine
  individual_from: 5000
  organisation_from: 50000
"""


def test_a_catalogue_is_entered_replaced_and_left_as_it_is(run: Run, tmp_path: Path) -> None:
    office(run)
    file = tmp_path / "catalogue.yaml"
    counts = []
    for text in (CATALOGUE, CATALOGUE, CATALOGUE.replace("50000", "80000")):
        file.write_text(text, encoding="utf-8")
        counts.append(as_json(run("catalogue", "add", str(file), "--agency", "S", "--format", "json")))

    assert [tuple(count.values()) for count in counts] == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]
    listed = as_json(run("catalogue", "list", "--agency", "S", "--format", "json"))
    assert [(entry["code"], entry["organisation_from"]) for entry in listed] == [("CF-1", "80000")]
    assert _parameters(run, "S")["review_catalogue"]["value"] == ["CF-1"]


def test_a_catalogue_with_faults_is_refused_whole(run: Run, tmp_path: Path) -> None:
    office(run)
    file = tmp_path / "catalogue.yaml"
    file.write_text(CATALOGUE + "- {code: X, zh: x, en: x, act: penalty, from: soon}\n", encoding="utf-8")
    faults = run("catalogue", "add", str(file), "--agency", "S", exit=2).stderr
    file.write_text("a: [", encoding="utf-8")
    unreadable = run("catalogue", "add", str(file), "--agency", "S", exit=2).stderr

    assert "from" in faults
    assert "not YAML" in unreadable
    assert as_json(run("catalogue", "list", "--agency", "S", "--format", "json")) == []


# Audit, recheck, database


def test_a_whole_audit_is_said_to_be_whole(run: Run) -> None:
    office(run)
    answer = as_json(run("verify-audit", "--format", "json"))

    assert (answer["whole"], answer["entries"], answer["faults"]) == (True, 2, [])
    run("verify-audit", "--noted", f"2:{answer['hash']}")
    assert "has another hash" in run("verify-audit", "--noted", f"1:{answer['hash']}", exit=1).stdout
    assert "NUMBER:HASH" in run("verify-audit", "--noted", "x", exit=2).stderr


def test_a_broken_audit_names_its_first_broken_entry(run: Run) -> None:
    office(run)
    _tamper()

    result = run("verify-audit", exit=1)
    answer = as_json(run("verify-audit", "--format", "json", exit=1))

    assert "第 2 条" in result.stdout
    assert (answer["whole"], answer["faults"][0]["entry"], answer["faults"][0]["kind"]) == (False, 2, "changed")


def _tamper() -> None:
    """Change an entry behind the service's back, past the guards in the database."""
    opened: Any = open_database(os.environ["DATABASE_URL"])
    with opened.connection_context():
        if os.environ["DATABASE_URL"].startswith("sqlite"):
            names = opened.execute_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entries'"
            )
            for (name,) in names.fetchall():
                opened.execute_sql(f"DROP TRIGGER {name}")
        else:
            opened.execute_sql("ALTER TABLE audit_entries DISABLE TRIGGER USER")
        opened.execute_sql("UPDATE audit_entries SET action = 'agency.rename' WHERE id = 2")
    opened.close_all()


def test_recheck_judges_open_cases_by_a_value_entered_since_and_twice_changes_nothing(run: Run) -> None:
    office(run)
    run("user", "add", "lisi", "--name", "李四", "--role", "officer", "--agency", "S", "--no-password")
    _record("lisi")
    before = _undetermined()
    run("parameter", "set", "hearing_fine_individual", "5000", "--from", "2020-01-01", "--source", "某规定第四条")

    first = as_json(run("recheck", "--day", "2026-03-02", "--format", "json"))
    second = as_json(run("recheck", "--day", "2026-03-02", "--format", "json"))

    assert before == {"O-10": "hearing_fine_individual"}
    assert _undetermined() == {}
    assert first == {"cases": 1, "opened": 0, "changed": 0, "closed": 1}
    assert second == {"cases": 1, "opened": 0, "changed": 0, "closed": 0}


def test_recheck_can_judge_by_another_profile(run: Run) -> None:
    office(run)
    run("user", "add", "lisi", "--name", "李四", "--role", "officer", "--agency", "S", "--no-password")
    _record("lisi")

    counts = as_json(run("recheck", "--day", "2026-03-02", "--profile", "shanghai", "--format", "json"))

    assert counts["closed"] == 1  # 上海: a fine of 2,000 gives no right to a hearing
    assert "nowhere.yaml" in run("recheck", "--profile", "nowhere.yaml", exit=2).stderr


def _record(login: str) -> None:
    from enforcement.cases.operations import record

    attach(os.environ["DATABASE_URL"])
    with proxy.connection_context():
        facts = {"number": "1", "procedure": "ordinary", "party_kind": "individual", "party_name": "张某"}
        noticed = {"notice_served_on": "2026-02-27", "noticed_kinds": ["fine"], "noticed_fine": "2000.00"}
        record(User.get(User.login == login), "penalty", {**facts, **noticed}, utc_now())
    proxy.obj.close_all()


def _undetermined() -> dict[str, str]:
    attach(os.environ["DATABASE_URL"])
    with proxy.connection_context():
        rows = Finding.select().where(Finding.parameter.startswith("hearing"), Finding.closed_at.is_null())
        found = {row.rule: row.parameter for row in rows}
        assert Case.select().count() == 1
    proxy.obj.close_all()
    return found


def test_the_revision_is_shown_and_an_upgrade_of_what_is_new_does_nothing(run: Run) -> None:
    shown = as_json(run("db", "revision", "--format", "json"))

    assert shown["pending"] == []
    assert as_json(run("db", "upgrade", "--format", "json")) == {"applied": [], "revision": shown["revision"]}


def test_an_empty_database_waits_for_its_upgrade(embedded: Run) -> None:
    before = as_json(embedded("db", "revision", "--format", "json", exit=1))
    applied = as_json(embedded("db", "upgrade", "--format", "json"))

    assert before["revision"] is None
    assert before["pending"] == applied["applied"]
    assert as_json(embedded("db", "revision", "--format", "json"))["pending"] == []


# Backup and restore


def test_a_backup_is_taken_from_a_book_in_use_and_restored(embedded: Run, tmp_path: Path) -> None:
    office(embedded)
    attach("sqlite:///book.sqlite3")
    with proxy.connection_context():  # somebody holds the book open
        saved = as_json(embedded("backup", "one.backup", "--format", "json"))
    embedded("agency", "add", "T", "后来的街道", "--parent", "D")

    restored = as_json(embedded("restore", "one.backup", "--force", "--format", "json"))

    assert saved["audit_entries"] == 2
    assert (tmp_path / "one.backup.sha256").read_text() == f"{saved['sha256']}  one.backup\n"
    assert [row["code"] for row in as_json(embedded("agency", "list", "--format", "json"))] == ["D", "S"]
    embedded("verify-audit")
    kept = open_database(f"sqlite:///{restored['kept']}")
    with kept.connection_context():
        assert kept.execute_sql("SELECT count(*) FROM agencies").fetchone() == (3,)
        assert current_revision(kept) == saved["revision"]
    kept.close_all()


def test_a_backup_restores_where_there_is_no_book(embedded: Run, tmp_path: Path) -> None:
    office(embedded)
    embedded("backup", "one.backup")
    for leftover in tmp_path.glob("book.sqlite3*"):
        leftover.unlink()

    assert as_json(embedded("restore", "one.backup", "--format", "json"))["kept"] is None
    assert [row["code"] for row in as_json(embedded("agency", "list", "--format", "json"))] == ["D", "S"]


def test_nothing_is_overwritten_without_force(embedded: Run, tmp_path: Path) -> None:
    office(embedded)
    embedded("backup", "one.backup")
    before = (tmp_path / "one.backup").read_bytes()

    assert "--force" in embedded("backup", "one.backup", exit=2).stderr
    assert "--force" in embedded("restore", "one.backup", exit=2).stderr
    assert (tmp_path / "one.backup").read_bytes() == before
    embedded("backup", "one.backup", "--force")


def test_a_changed_backup_is_refused_and_the_book_stays(embedded: Run, tmp_path: Path) -> None:
    office(embedded)
    embedded("backup", "one.backup")
    with (tmp_path / "one.backup").open("ab") as file:
        file.write(b"x")

    assert "damaged or changed" in embedded("restore", "one.backup", "--force", exit=2).stderr
    assert [row["code"] for row in as_json(embedded("agency", "list", "--format", "json"))] == ["D", "S"]


def test_a_backup_whose_audit_was_forged_is_refused_though_its_hash_is_right(
    embedded: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import hashlib

    office(embedded)
    embedded("backup", "one.backup")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///one.backup")
    _tamper()
    opened: Any = open_database("sqlite:///one.backup")
    opened.execute_sql("PRAGMA journal_mode = DELETE")
    opened.close_all()
    monkeypatch.setenv("DATABASE_URL", "sqlite:///book.sqlite3")
    forged = hashlib.sha256((tmp_path / "one.backup").read_bytes()).hexdigest()
    (tmp_path / "one.backup.sha256").write_text(f"{forged}  one.backup\n")

    assert "entry 2 does not match its hash" in embedded("restore", "one.backup", "--force", exit=2).stderr
    embedded("verify-audit")


@pytest.mark.parametrize("content", [b"", b"not a database at all, but some text", b"SQLite format 3\x00"])
def test_what_is_no_book_is_not_restored(embedded: Run, tmp_path: Path, content: bytes) -> None:
    import hashlib

    office(embedded)
    (tmp_path / "x").write_bytes(content)
    (tmp_path / "x.sha256").write_text(f"{hashlib.sha256(content).hexdigest()}  x\n")

    stderr = embedded("restore", "x", "--force", exit=2).stderr

    assert "Traceback" not in stderr
    assert [row["code"] for row in as_json(embedded("agency", "list", "--format", "json"))] == ["D", "S"]


def test_a_backup_without_its_hash_or_of_no_book_is_refused(embedded: Run, tmp_path: Path) -> None:
    assert "There is no book" in embedded("backup", "one.backup", exit=2).stderr
    office(embedded)
    embedded("backup", "one.backup")
    (tmp_path / "one.backup.sha256").unlink()

    assert "one.backup.sha256" in embedded("restore", "one.backup", "--force", exit=2).stderr
    assert "nowhere" in embedded("restore", "nowhere", "--force", exit=2).stderr


def test_a_server_s_book_is_left_to_its_own_tools(embedded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")

    assert "pg_dump" in embedded("backup", "one.backup", exit=2).stderr
    assert "pg_restore" in embedded("restore", "one.backup", exit=2).stderr


# Every command


def test_settings_that_cannot_be_read_and_servers_that_are_not_there_are_one_sentence(
    embedded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENFORCEMENT_THREADS", "0")
    settings = embedded("user", "list", exit=2).stderr
    monkeypatch.delenv("ENFORCEMENT_THREADS")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    server = embedded("user", "list", exit=2).stderr

    assert settings == "ENFORCEMENT_THREADS: not a whole number from 1 to 256: '0'\n"
    assert server.startswith("数据库无法使用")
    assert server.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["agency", "add"],
        ["catalogue", "add"],
        ["officer", "add"],
        ["officer", "import"],
        ["officer", "update"],
        ["parameter", "set"],
        ["token", "issue"],
        ["token", "revoke"],
        ["user", "add"],
        ["user", "disable"],
        ["user", "password"],
        ["backup"],
        ["restore"],
        ["recheck"],
        ["verify-audit"],
    ],
    ids=" ".join,
)
def test_the_help_of_a_command_has_an_example(words: list[str]) -> None:
    result = click.testing.CliRunner().invoke(cli, [*words, "--help"])

    assert result.exit_code == 0
    assert "Example:" in result.output
    assert f"enforcement {' '.join(words)}" in result.output
