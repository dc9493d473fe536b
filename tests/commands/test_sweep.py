"""The commands sweep, mail and scheduler: what they say, what they store, and how they end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from pathlib import Path

import pytest

from enforcement.accounts import operations as accounts
from enforcement.cases import operations as cases
from enforcement.db import attach
from enforcement.db import database as proxy
from enforcement.mail import operations as mails
from enforcement.mail import outbox
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import Mail
from enforcement.models import SweepRun
from enforcement.models import User
from tests.commands.test_admin import Run
from tests.commands.test_admin import runner
from tests.office import PENALTY
from tests.office import Office

RECORDED = datetime.fromisoformat("2026-01-29T10:00:00+08:00")
NOW = datetime.fromisoformat("2026-02-05T06:00:00+08:00")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Run]:
    """Commands at six in the morning of 5 February, on a book with a penalty that was to be published by the 4th."""
    fill(database_url)
    for name in ("sweep", "mail"):
        monkeypatch.setattr(f"enforcement.commands.{name}.utc_now", lambda: NOW)
        monkeypatch.setattr(f"enforcement.commands.{name}.today", lambda: date(2026, 2, 5))
    for commands in runner(monkeypatch, database_url):
        monkeypatch.setenv("ENFORCEMENT_MAILBOX", str(tmp_path / "mailbox"))
        monkeypatch.setenv("ENFORCEMENT_BASE_URL", "https://ledger.example")
        yield commands


def fill(url: str) -> None:
    attach(url)
    office = Office(RECORDED)
    facts = {name: value for name, value in PENALTY.items() if name != "published_on"}
    cases.record(office.officer, "penalty", facts, RECORDED)
    proxy.obj.close_all()


class Book:
    """A look into the book between two commands, which close it when they end."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __enter__(self) -> None:
        attach(self.url)

    def __exit__(self, *_: object) -> None:
        proxy.obj.close_all()


@pytest.fixture
def book(database_url: str) -> Book:
    return Book(database_url)


def test_sweep_says_what_became_overdue(run: Run, book: Book) -> None:
    said = run("sweep").output
    assert "已巡查 2026-02-05：复核 1 件，新逾期 1" in said
    assert "Swept 2026-02-05: 1 cases, 1 newly overdue" in said
    assert "复核 0 件，新逾期 0" in run("sweep", "--day", "2026-02-05").output
    with book:
        assert Finding.get(Finding.rule == "D-01").state == "overdue"


def test_sweep_gives_its_counts_as_json(run: Run) -> None:
    answer = json.loads(run("sweep", "--format", "json").stdout)
    assert (answer["day"], answer["cases"], answer["overdue"]) == ("2026-02-05", 1, 1)
    assert answer["slot"].startswith("manual-2026-02-05T06:00:00")


def test_sweep_refuses_a_day_to_come_and_one_gone_by_in_a_sentence(run: Run) -> None:
    assert "将来的日期" in run("sweep", "--day", "2026-02-06", exit=2).stderr
    run("sweep")
    assert "不能倒退" in run("sweep", "--day", "2026-02-04", exit=2).stderr
    assert "YYYY-MM-DD" in run("sweep", "--day", "4.2.2026", exit=2).stderr


def test_a_preview_of_the_sweep_names_the_cases_and_stores_nothing(run: Run, book: Book) -> None:
    said = run("sweep", "--preview").output
    assert "示街罚立〔2026〕1号" in said and "D-01" in said and "未保存" in said
    answer = json.loads(run("sweep", "--preview", "--day", "2026-12-31", "--format", "json").stdout)
    assert answer["day"] == "2026-12-31"
    assert {"number": PENALTY["number"], "kind": "penalty", "rule": "D-01"}.items() <= answer["newly_overdue"][
        0
    ].items()
    with book:
        assert Finding.get(Finding.rule == "D-01").state == "pending"
        assert list(SweepRun.select()) == []


def test_a_preview_of_the_mails_shows_each_persons_and_sends_nothing(run: Run, book: Book, tmp_path: Path) -> None:
    run("sweep")
    said = run("mail", "--preview").output
    assert "===== officer · [执法台账] 2026-02-05 新问题 1" in said
    assert "不发送 / not sent: stranger" in said
    assert "===== supervisor · " in said and "每周汇总" in said
    assert f"https://ledger.example/cases/{_case_id(book)}" in said
    assert not (tmp_path / "mailbox").exists()
    with book:
        assert list(Mail.select()) == []


def _case_id(book: Book) -> str:
    with book:
        public_id: str = Case.get().public_id
    return public_id


def test_a_preview_can_be_of_one_person_in_another_language_for_another_day(run: Run) -> None:
    run("sweep")
    said = run("mail", "--preview", "--user", "officer", "--language", "en", "--day", "2026-03-01").output
    assert "Enforcement Ledger · Daily digest · 2026-03-01" in said
    assert "25 days over" in said
    assert "supervisor" not in said


def test_a_preview_can_be_html_or_json(run: Run) -> None:
    page = run("mail", "--preview", "--user", "supervisor", "--html").output
    assert page.startswith("<!doctype html>")
    (answer,) = json.loads(run("mail", "--preview", "--user", "supervisor", "--format", "json").stdout)
    assert (answer["user"], answer["kind"], answer["sent"]) == ("supervisor", "summary", True)
    assert answer["subject"] in answer["html"] and "合规率" in answer["text"]


def test_a_preview_of_somebody_who_gets_no_mail_or_does_not_exist_is_refused(run: Run) -> None:
    assert "不收邮件" in run("mail", "--preview", "--user", "admin", exit=2).stderr
    assert "没有这个用户" in run("mail", "--preview", "--user", "nobody", exit=2).stderr


def test_mail_lists_the_outbox_sends_what_is_due_and_retries_what_failed(run: Run, book: Book, tmp_path: Path) -> None:
    assert "没有记录" in run("mail").output
    with book:
        mails.enter("summary", date(2026, 2, 2), "ledger@example.org", NOW)
        Mail.update(to_address="nonsense").where(Mail.user == User.get(User.login == "reviewer")).execute()
    assert "已发送 1 封" in run("mail", "--send").output
    assert len(list((tmp_path / "mailbox").glob("*.eml"))) == 1
    rows = {row["to"]: row["state"] for row in json.loads(run("mail", "--format", "json").stdout)}
    assert rows == {"supervisor@example.org": "sent", "nonsense": "failed"}


def test_failed_mails_are_tried_again_when_somebody_asks(run: Run, book: Book, tmp_path: Path) -> None:
    with book:
        mails.enter("summary", date(2026, 2, 2), "ledger@example.org", NOW)
        for mail in Mail.select():
            claimed = outbox.claim(mail.id, "test", NOW, 60)
            assert claimed is not None
            outbox.fail(claimed, "550 no such user")
    assert json.loads(run("mail", "--retry", "--format", "json").stdout) == {"retried": 2}
    assert json.loads(run("mail", "--send", "--format", "json").stdout) == {"sent": 2}
    assert len(list((tmp_path / "mailbox").glob("*.eml"))) == 2


def test_the_scheduler_catches_up_and_ends_cleanly_when_it_is_told_to(
    database_url: str, book: Book, tmp_path: Path
) -> None:
    fill(database_url)
    with book:
        accounts.create_user("test", RECORDED, login="nomail", name="nomail", role="officer", agency=User.get().agency)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ENFORCEMENT_")}
    environment |= {"DATABASE_URL": database_url, "ENFORCEMENT_MAILBOX": str(tmp_path / "mailbox")}
    command = [sys.executable, "-c", "from enforcement.cli import main; main()", "scheduler"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            lines = iter(process.stderr.readline, "")
            said = [next(line for line in lines if word in line) for word in ("scheduler started", "sweep ")]
            process.send_signal(signal.SIGTERM)
            rest = list(lines)
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()
    assert json.loads(said[0])["message"] == "scheduler started"
    assert any("scheduler stopping" in line for line in rest)
    assert not any("Traceback" in line for line in [*said, *rest])
    with book:
        assert SweepRun.get(SweepRun.job == "sweep").finished_at is not None
        assert Finding.get(Finding.rule == "D-01").state == "overdue"
