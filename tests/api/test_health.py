"""Whether the service lives, can work, and how it is doing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from enforcement import create_app
from enforcement.config import Settings
from enforcement.db import database as proxy
from enforcement.db import open_database
from enforcement.mail.outbox import NEVER
from enforcement.migrations import runner
from enforcement.models import Mail
from tests.api.caller import Caller
from tests.office import PENALTY
from tests.office import Office

UNSERVED = {name: value for name, value in PENALTY.items() if name != "served_on"}


@pytest.fixture
def without_database(database: Any, app: Flask, tmp_path: Path) -> Any:
    """The application whose database has gone away."""
    gone = open_database(f"sqlite:///{tmp_path}/missing-folder/book.sqlite3")
    proxy.initialize(gone)
    yield Caller(app)
    proxy.initialize(database)


def test_the_service_lives_and_is_ready(client: Caller) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (200, "ready")
    assert ready.json["checks"]["schema"] == {"ok": True, "detail": runner.revisions()[-1]}


def test_without_its_database_it_lives_but_is_not_ready(without_database: Caller) -> None:
    assert without_database.get("/healthz").status_code == 200
    ready = without_database.get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (503, "not ready")
    assert ready.json["checks"]["database"]["ok"] is False
    assert "missing-folder" not in ready.get_data(as_text=True), "an answer to a stranger names no path"


def test_without_its_database_a_request_is_told_to_come_again(without_database: Caller) -> None:
    response = without_database.get("/api/penalties", headers={"Authorization": "Bearer enf_" + "A" * 43})
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == "5"
    assert "missing-folder" not in response.get_data(as_text=True)


def test_without_its_database_the_counters_say_so(without_database: Caller) -> None:
    text = without_database.get("/metrics").get_data(as_text=True)
    assert "enforcement_database_up 0.0" in text
    assert "enforcement_findings_open{" not in text


def test_a_database_that_waits_for_a_migration_is_not_ready(client: Caller, database: Any) -> None:
    newest = runner.revisions()[-1]
    with database.connection_context():
        database.execute_sql(f"DELETE FROM schema_migrations WHERE name = '{newest}'")
    try:
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json["checks"]["database"]["ok"]) == (503, True)
        assert ready.json["checks"]["schema"] == {"ok": False, "detail": f"waits for: {newest}"}
    finally:
        with database.connection_context():
            database.execute_sql(f"INSERT INTO schema_migrations (name, applied_at) VALUES ('{newest}', 'now')")


def test_requests_are_counted_by_route_and_never_by_address(app: Flask, officer: Caller) -> None:
    made = officer.post("/api/penalties", UNSERVED)
    officer.get(made.headers["Location"])
    officer.get("/no/such/张某")
    text = officer.get("/metrics").get_data(as_text=True)
    read = 'enforcement_requests_total{method="GET",route="/api/penalties/<id:public_id>",status="200"} 1.0'
    assert read in text
    assert 'enforcement_requests_total{method="GET",route="unmatched",status="404"} 1.0' in text
    assert 'enforcement_request_seconds_bucket{le="0.05",method="POST",route="/api/penalties"}' in text
    assert made.json["id"] not in text
    assert "张某" not in text


def test_open_findings_are_counted_by_state(officer: Caller) -> None:
    officer.post("/api/penalties", UNSERVED)
    text = officer.get("/metrics").get_data(as_text=True)
    assert 'enforcement_findings_open{severity="error",state="overdue"}' in text
    assert "enforcement_database_up 1.0" in text


def test_two_applications_in_a_process_count_apart(database: Any) -> None:
    first, second = (Caller(create_app(Settings(), opened=database)) for _ in range(2))
    first.get("/healthz")
    assert 'route="/healthz"' in first.get("/metrics").get_data(as_text=True)
    assert 'route="/healthz"' not in second.get("/metrics").get_data(as_text=True)


def test_the_figures_tell_what_became_of_each_mail(client: Caller, office: Office, now: datetime) -> None:
    for state, values in {
        "sent": {"sent_at": now, "next_attempt_at": now},
        "waiting": {"next_attempt_at": now},
        "skipped": {"next_attempt_at": NEVER},
        "failed": {"next_attempt_at": NEVER, "error": "550"},
    }.items():
        Mail.create(
            user=office.officer,
            kind="digest",
            slot=state,
            to_address="a@example.org",
            language="zh",
            created_at=now,
            message_id=f"<{state}@example.org>",
            **values,
        )
    figures = client.get("/metrics").text
    for state in ("sent", "waiting", "skipped", "failed"):
        assert f'enforcement_mails{{kind="digest",state="{state}"}} 1.0' in figures
