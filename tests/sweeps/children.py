"""Processes of their own: one that is killed in the middle of a sweep, and one that runs a scheduler until it is told to stop."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta
from threading import Event
from typing import Any

from enforcement.audit import operations as audit
from enforcement.config import Settings
from enforcement.db import attach
from enforcement.sweeps import ledger
from enforcement.sweeps.jobs import Duty
from enforcement.sweeps.jobs import Job
from enforcement.sweeps.schedule import Schedule
from enforcement.sweeps.scheduler import start
from enforcement.sweeps.sweeping import sweep

SLOT = "2026-02-05T06:00:00+08:00"
NOW = datetime.fromisoformat(SLOT)
CHUNK = 3


def killed_sweep(url: str) -> None:
    """Sweep in small chunks, and be killed after the second; the claim has ended by then."""
    attach(url)
    run = ledger.claim("sweep", SLOT, "killed", 0)

    def progress(done: int, total: int) -> None:
        if done == 2 * CHUNK:
            assert total > done
            os.kill(os.getpid(), signal.SIGKILL)

    sweep(NOW.date(), NOW, run=run, chunk=CHUNK, lease_seconds=0, progress=progress)


def note(duty: Duty) -> Mapping[str, Any]:
    """Leave one mark of the slot in the book."""
    audit.record("tick", "tick", "slot", duty.run.slot, {}, duty.now)
    return {"by": os.getpid()}


#: A job each second, whose effect lies in the book.
TICK = Job("tick", Schedule(second="*"), note)


def scheduler(url: str) -> None:
    """Run a scheduler from the moment a line arrives until SIGTERM."""
    attach(url)
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    running = start(Settings(), jobs=[TICK], tick=timedelta(minutes=10))
    stop.wait()
    running.stop()


if __name__ == "__main__":
    {"sweep": killed_sweep, "scheduler": scheduler}[sys.argv[1]](sys.argv[2])
