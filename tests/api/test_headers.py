"""Headers of every answer, the id of every request, and what is and is not logged."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from enforcement import create_app
from enforcement.api.logs import JsonFormatter
from enforcement.config import Settings
from tests.api.caller import Caller
from tests.office import PENALTY

ADDRESSES = ("/healthz", "/api/openapi.json", "/api/docs", "/api/penalties", "/api/nothing", "/metrics")


@pytest.fixture
def lines(app: Flask) -> Iterator[Any]:
    """What is logged, as the lines a server writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger("enforcement")
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


def test_every_answer_carries_the_headers_of_security(client: Caller) -> None:
    for address in ADDRESSES:
        headers = client.get(address).headers
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert (policy["default-src"], policy["frame-ancestors"]) == ("'self'", "'none'"), address
        assert "unsafe" not in headers["Content-Security-Policy"], address
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert headers["Referrer-Policy"] == "no-referrer", address
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert "camera=()" in headers["Permissions-Policy"], address


def test_nothing_of_the_api_is_kept_by_a_browser(officer: Caller) -> None:
    made = officer.post("/api/penalties", PENALTY)
    for response in (
        made,
        officer.get(made.headers["Location"]),
        officer.get("/api/nothing"),
        officer.get("/api/rules"),
    ):
        assert response.headers["Cache-Control"] == "no-store"


def test_over_plain_http_nothing_is_said_of_https(client: Caller) -> None:
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    secure = client.get("/healthz", base_url="https://ledger.example")
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def forwarded(app: Flask) -> str:
    response = Caller(app).get("/healthz", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
    return response.headers.get("Strict-Transport-Security", "")


def test_what_a_proxy_says_is_believed_only_when_there_is_one(database: Any) -> None:
    assert forwarded(create_app(Settings(), opened=database)) == ""
    assert forwarded(create_app(Settings(), opened=database, proxies=1)) != ""


@pytest.mark.parametrize("brought", ["0123456789abcdef", "trace-1.2_3", "A" * 64])
def test_a_sane_id_of_the_caller_is_kept(client: Caller, brought: str) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": brought}).headers["X-Request-Id"] == brought


@pytest.mark.parametrize(
    "brought", ["", "short", "A" * 65, "a b c d e f", '{"level": "x"}', "<script>aaa", "编号编号编号编号"]
)
def test_any_other_id_is_replaced(client: Caller, brought: str) -> None:
    given = client.get("/healthz", headers={"X-Request-Id": brought.encode().decode("latin-1")}).headers["X-Request-Id"]
    assert len(given) == 26
    assert given.isalnum()


def test_a_problem_names_the_id_of_its_request(client: Caller) -> None:
    response = client.get("/api/nothing")
    assert response.json["request_id"] == response.headers["X-Request-Id"]


def test_every_request_is_a_line_with_its_id_its_route_and_its_caller(officer: Caller, lines: Any) -> None:
    response = officer.get("/api/penalties?q=张某")
    (line,) = [line for line in lines() if line.get("route") == "/api/penalties"]
    assert line["request"] == response.headers["X-Request-Id"]
    assert (line["status"], line["user"], line["level"]) == (200, "officer", "INFO")
    assert line["milliseconds"] >= 0


def test_neither_a_token_nor_a_search_nor_a_fact_is_logged(officer: Caller, lines: Any) -> None:
    officer.get("/api/penalties?q=张某")
    officer.post("/api/penalties", PENALTY)
    officer.post("/api/penalties", {"party_name": 5})
    Caller(officer.app, "enf_" + "B" * 43).get("/api/penalties")
    written = json.dumps(lines(), ensure_ascii=False)
    secret = officer.headers["Authorization"].split()[1]
    assert [word for word in (secret, "enf_B", "张某", PENALTY["party_code"]) if word in written] == []


def test_refusals_are_logged_with_who_was_refused(officer: Caller, client: Caller, lines: Any) -> None:
    officer.post("/api/sweeps")
    Caller(officer.app, "enf_" + "B" * 43).get("/api/penalties")
    warnings = [(line["message"], line.get("user")) for line in lines() if line["level"] == "WARNING"]
    assert warnings == [("forbidden: sweeps.run", "officer"), ("a token was refused", None)]


def test_a_line_break_in_what_is_logged_forges_no_line() -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "a\n{%s}", ("b\r\nc",), None)
    written = JsonFormatter().format(record)
    assert "\n" not in written
    assert json.loads(written)["message"] == "a\n{b\r\nc}"


def test_what_nobody_foresaw_is_logged_with_its_trace_and_answered_without(
    officer: Caller, lines: Any, monkeypatch: Any
) -> None:
    from enforcement.api import cases

    def broken(*_: Any, **__: Any) -> None:
        raise KeyError("s3cret detail")

    monkeypatch.setattr(cases.queries, "page", broken)
    response = officer.app.test_client().get("/api/penalties", headers=officer.headers)
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert "s3cret" not in response.get_data(as_text=True)
    assert response.json["request_id"] == response.headers["X-Request-Id"]
    traces = [line["exception"] for line in lines() if "exception" in line]
    assert any("s3cret detail" in trace for trace in traces)
