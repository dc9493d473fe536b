"""``enforcement demo`` as somebody runs it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click.testing
import pytest

from enforcement import lawbook
from enforcement.cli import cli
from enforcement.db import database as proxy
from enforcement.db import open_database
from enforcement.demo.examples import examples
from enforcement.demo.records import records

DAY = "2026-11-24"
CASES = len(examples()) + len(records())
PENALTIES = sum(case.kind == "penalty" for case in (*examples(), *records()))


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No settings from outside, and none left behind."""
    for name in [name for name in os.environ if name.startswith("ENFORCEMENT_") or name == "DATABASE_URL"]:
        monkeypatch.delenv(name)
    yield
    lawbook.configure("tianjin")
    proxy.initialize(None)


def demo(folder: Path, *more: str, exit: int = 0) -> click.testing.Result:
    """Run a demo in a folder, without serving."""
    result = click.testing.CliRunner().invoke(cli, ["demo", "--no-serve", "--folder", str(folder), *more])
    assert result.exit_code == exit, (result.output, result.exception)
    return result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A demo made once, where settings name another book and a mail server: its folder, and what was printed."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
        environment.setenv("ENFORCEMENT_SMTP_URL", "smtp://127.0.0.1:1")
        began = time.process_time()
        printed = demo(folder, "--day", DAY).stdout
        assert time.process_time() - began < 10
    return folder, printed


def test_the_demo_prints_the_summary_the_mails_and_who_can_sign_in(made: tuple[Path, str]) -> None:
    folder, printed = made

    for heading in (
        "行政处罚 · 合规情况",
        "行政强制 · 合规情况",
        "行政检查 · 合规情况",
        "尚无确认值的参数",
        "最严重的 10 项",
    ):
        assert heading in printed
    assert re.search(r"2026-11-24 合规率 [0-9.]+ % = 合规 \d+ ÷（合规 \d+ \+ 不合规 \d+）", printed)
    assert re.search(r"review_catalogue）\s+│\s+\d+ 件", printed)
    assert "被认定不合规的 0 件" in printed
    assert f"{folder / 'mailbox'} 中有 4 封邮件" in printed.replace("\n", "")
    for login in ("zhang", "chen", "wu", "sun", "zhou", "guan", "archive"):
        assert re.search(rf"│ {login} +│.*enf_[A-Za-z0-9_-]{{43}}", printed)


def test_the_demo_uses_no_other_book_and_no_mail_server(made: tuple[Path, str]) -> None:
    assert len(list((made[0] / "mailbox").glob("*.eml"))) == 4
    opened: Any = open_database(f"sqlite:///{made[0]}/ledger.sqlite3")
    with opened.connection_context():
        assert opened.execute_sql("SELECT count(*) FROM cases").fetchone() == (CASES,)
    opened.close_all()


def test_the_book_of_the_demo_can_be_verified_backed_up_and_judged_again(
    made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{made[0]}/ledger.sqlite3")
    run = click.testing.CliRunner()

    assert run.invoke(cli, ["verify-audit"]).exit_code == 0
    assert run.invoke(cli, ["backup", str(tmp_path / "b")]).exit_code == 0
    recheck = run.invoke(cli, ["recheck", "--day", DAY, "--all", "--format", "json"])
    assert json.loads(recheck.stdout) == {"cases": CASES, "opened": 0, "changed": 0, "closed": 0}


def test_the_demo_speaks_english_when_asked(tmp_path: Path) -> None:
    printed = demo(tmp_path / "demo", "--day", DAY, "--language", "en").stdout

    assert "Penalty · Compliance" in printed
    assert "0 of them found at fault" in printed.replace("\n", " ").replace("  ", " ")
    assert "Sign-in names" in printed
    mail = next((tmp_path / "demo" / "mailbox").glob("*.eml")).read_text(encoding="utf-8")
    assert "Enforcement Ledger" in mail


def test_two_demos_of_one_day_tell_the_same(tmp_path: Path) -> None:
    def told(printed: str) -> str:
        return re.sub(r"enf_\S+|demo-[0-9a-f]{8}|[0-9A-HJKMNP-TV-Z]{26}", "…", printed)

    first, second = (demo(tmp_path / "demo", "--day", DAY).stdout for _ in range(2))

    assert told(first) == told(second)
    assert first != second  # tokens and the password are made anew


def test_the_demo_of_today_stands_on_today(tmp_path: Path) -> None:
    printed = demo(tmp_path / "demo").stdout

    assert re.search(r"\d{4}-\d\d-\d\d 合规率", printed)


@pytest.mark.parametrize("day", ["2025-07-31", "2027-01-01"])
def test_a_day_the_examples_are_not_made_for_is_refused(tmp_path: Path, day: str) -> None:
    stderr = demo(tmp_path / "demo", "--day", day, exit=2).stderr

    assert "2025-08-01" in stderr
    assert "2026-12-31" in stderr
    assert not (tmp_path / "demo").exists()


def test_without_a_decreed_calendar_the_demo_stands_on_its_last_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("enforcement.commands.demo.today", lambda: date(2027, 3, 1))

    assert "2026-12-31 合规率" in demo(tmp_path / "demo").stdout


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")

    result = demo(tmp_path, "--day", DAY, exit=2)

    assert "will be left alone" in result.stderr or "is left alone" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = click.testing.CliRunner().invoke(cli, ["demo", "--folder", str(tmp_path / "demo"), "--port", port])

    assert result.exit_code == 2
    assert "--port" in result.stderr
    assert not (tmp_path / "demo").exists()


def test_the_demo_serves_its_own_book_at_the_port_asked_for(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).parent / "enforcement"), "demo", "--day", DAY, "--port", str(port)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*command, "--folder", str(tmp_path / "demo")], stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", process)
        token = _token_of(tmp_path / "demo", process)
        page = _get(f"http://127.0.0.1:{port}/api/penalties?page_size=1", token)
        assert page["total"] == PENALTIES
    finally:
        process.terminate()
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()


def _token_of(folder: Path, process: subprocess.Popen[str]) -> str:
    """The supervisor's token, as it was printed."""
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"│ zhou +│.*(enf_[A-Za-z0-9_-]{43})", line)
        if found:
            return found[1]
    raise AssertionError(f"no token was printed for {folder}")


def _wait_for(url: str, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        assert process.poll() is None, "the demo ended by itself"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer")


def _get(url: str, token: str) -> Any:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.loads(answer.read())
