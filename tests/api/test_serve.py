"""The service as a process: it listens, answers, runs the scheduled work, and leaves cleanly."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from enforcement.accounts.operations import issue_token
from enforcement.db import attach
from enforcement.db import connected
from enforcement.db import database
from enforcement.db import open_database
from tests.office import PENALTY
from tests.office import Office

ENFORCEMENT = str(Path(sys.executable).parent / "enforcement")


class Serving:
    """A running service, with what it has logged so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[dict[str, Any]] = []
        self.port = int(self.until("listening on ")["message"].rsplit(":", 1)[1])

    def until(self, beginning: str) -> dict[str, Any]:
        """Read the log until a message that begins so; fails when the service ends before."""
        assert self.process.stderr is not None
        for text in self.process.stderr:
            self.lines.append(json.loads(text))
            if self.lines[-1]["message"].startswith(beginning):
                return self.lines[-1]
        raise AssertionError(f"the service ended without saying {beginning!r}: {self.lines}")

    def get(self, address: str, **options: Any) -> tuple[int, dict[str, str], bytes]:
        """Ask the service."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(options.pop("method", "GET"), address, **options)
            response = connection.getresponse()
            return response.status, dict(response.headers.items()), response.read()
        finally:
            connection.close()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to leave, and give its exit status."""
        self.process.send_signal(number)
        assert self.process.stderr is not None
        self.lines += [json.loads(text) for text in self.process.stderr]
        return self.process.wait(timeout=20)


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENFORCEMENT_")}
    return {
        **kept,
        "DATABASE_URL": f"sqlite:///{folder}/book.sqlite3",
        "ENFORCEMENT_LISTEN": "127.0.0.1:0",
        "ENFORCEMENT_MAILBOX": str(folder / "mailbox"),
        "ENFORCEMENT_SCHEDULER": "off",
        **more,
    }


@contextmanager
def serving(folder: Path, *options: str, **more: str) -> Iterator[Serving]:
    process = subprocess.Popen(
        [ENFORCEMENT, "serve", *options],
        env=environment(folder, **more),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Serving(process)
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def test_it_makes_its_book_answers_and_leaves_on_sigterm(tmp_path: Path) -> None:
    with serving(tmp_path) as service:
        status, headers, body = service.get("/readyz")
        assert (status, json.loads(body)["status"]) == (200, "ready")
        assert "Server" not in headers, "a stranger need not know which server it is"
        assert service.get("/api/penalties")[0] == 401
        assert service.stop() == 0
        assert [line["level"] for line in service.lines if line["level"] not in ("INFO", "WARNING")] == []


def test_it_leaves_on_ctrl_c_too(tmp_path: Path) -> None:
    with serving(tmp_path) as service:
        assert service.stop(signal.SIGINT) == 0


def token_in(folder: Path, now: datetime) -> str:
    """A token of an officer in a new book."""
    opened = attach(environment(folder)["DATABASE_URL"])
    with connected():
        office = Office(now)
        _, secret = issue_token(office.officer, now, user=office.officer, name="test")
    opened.close_all()  # type: ignore[attr-defined]
    database.initialize(None)
    return secret


def test_a_case_is_recorded_and_a_body_that_is_too_large_is_answered_as_a_problem(
    tmp_path: Path, now: datetime
) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token_in(tmp_path, now)}"}
    with serving(tmp_path, ENFORCEMENT_MAX_BODY_BYTES="100000") as service:
        bodies = {201: json.dumps(PENALTY), 413: json.dumps({"cause": "x" * 150_000})}
        answers = {
            expected: service.get("/api/penalties", method="POST", body=body, headers=headers)
            for expected, body in bodies.items()
        }
    assert {expected: status for expected, (status, _, _) in answers.items()} == {201: 201, 413: 413}
    assert answers[413][1]["Content-Type"] == "application/problem+json"


def test_a_body_far_beyond_the_limit_is_cut_off(tmp_path: Path, now: datetime) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token_in(tmp_path, now)}"}
    with serving(tmp_path, ENFORCEMENT_MAX_BODY_BYTES="10000") as service:
        assert service.get("/api/penalties", method="POST", body="x" * 100_000, headers=headers)[0] == 413
        assert service.get("/healthz")[0] == 200


def test_the_scheduled_work_runs_inside_and_ends_with_it(tmp_path: Path) -> None:
    with serving(tmp_path, "--scheduler") as service:
        service.get("/healthz")
        assert service.stop() == 0
    opened = open_database(f"sqlite:///{tmp_path}/book.sqlite3")
    with opened.connection_context():
        assert "sweep_runs" in opened.get_tables()
    opened.close_all()  # type: ignore[attr-defined]


def test_what_a_proxy_says_is_believed_when_it_is_named(tmp_path: Path) -> None:
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    believed = {}
    for options in ((), ("--proxies", "1")):
        with serving(tmp_path, *options) as service:
            believed[options] = "Strict-Transport-Security" in service.get("/healthz", headers=said)[1]
            service.stop()
            (line,) = [line for line in service.lines if line.get("route") == "/healthz"]
            assert line["remote"] == ("192.0.2.7" if options else "127.0.0.1")
    assert believed == {(): False, ("--proxies", "1"): True}


def failed(folder: Path, *options: str, **more: str) -> tuple[int, str]:
    result = subprocess.run(
        [ENFORCEMENT, "serve", *options],
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return result.returncode, result.stderr


def test_every_wrong_setting_is_named_before_it_starts(tmp_path: Path) -> None:
    status, said = failed(tmp_path, ENFORCEMENT_SWEEP_AT="6am", ENFORCEMENT_THREADS="0", ENFORCEMENT_PROFIL="x")
    assert status == 2
    assert [name for name in ("SWEEP_AT", "THREADS", "PROFIL") if f"ENFORCEMENT_{name}" not in said] == []
    assert "Traceback" not in said


def test_an_address_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, said = failed(tmp_path, ENFORCEMENT_LISTEN=f"127.0.0.1:{port}")
    assert (status, "Traceback" in said) == (2, False)
    assert said.strip() != ""


@pytest.mark.parametrize("module", ["wsgi"])
def test_the_application_of_a_wsgi_server_is_made_from_the_environment(tmp_path: Path, module: str) -> None:
    code = f"import {module}; print({module}.app.test_client().get('/readyz').status_code)"
    root = Path(__file__).parent.parent.parent
    result = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), cwd=root, capture_output=True, text=True, check=False
    )
    assert result.stdout.strip() == "200", result.stderr
