"""A process that dies while recording: what it acknowledged is there, what it did not is there whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from enforcement.audit.queries import verify
from enforcement.db import connected
from enforcement.models import AuditEntry
from enforcement.models import Case
from enforcement.models import Finding
from tests.office import Office

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("acknowledged", [1, 7, 20])
def test_every_acknowledged_case_survives_and_the_audit_verifies(
    database: Any, database_url: str, now: datetime, acknowledged: int
) -> None:
    with connected():
        Office(now)
        before = AuditEntry.select().count()
    recorders = [start(database_url, name, now) for name in ("one", "two")]
    told: list[str] = []
    for recorder in recorders:
        assert recorder.stdout is not None
        told += [recorder.stdout.readline().strip() for _ in range(acknowledged)]
    for recorder in recorders:
        os.kill(recorder.pid, signal.SIGKILL)
    for recorder in recorders:
        assert recorder.stdout is not None and recorder.stderr is not None
        with recorder:
            told += recorder.stdout.read().split()
            assert recorder.stderr.read() == ""
    with connected():
        stored = {case.public_id for case in Case.select(Case.public_id)}
        assert set(told) - stored == set(), "acknowledged and lost"
        assert len(stored) - len(set(told)) <= len(recorders), "at most the one each was just committing"
        audited = {row.subject_id for row in AuditEntry.select().where(AuditEntry.action == "case.record")}
        assert audited == stored, "a case without its audit entry, or the other way round"
        assert AuditEntry.select().count() - before == len(stored)
        assert {row.case_id for row in Finding.select(Finding.case)} == {row.id for row in Case.select(Case.id)}
        assert verify() == []


def start(url: str, name: str, now: datetime) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.recorder", url, name, now.isoformat()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
