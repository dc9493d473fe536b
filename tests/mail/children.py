"""Processes of their own that send mail and are killed at a chosen moment; ``python -m tests.mail.children HOW URL ADDRESS``."""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from enforcement.config import Settings
from enforcement.config import Smtp
from enforcement.db import attach
from enforcement.mail.delivery import Mailbox
from enforcement.mail.sending import send_due

NOW = datetime.fromisoformat("2026-02-05T08:00:00+08:00")


def kill_myself() -> None:
    """End at once, without any clearing up."""
    os.kill(os.getpid(), signal.SIGKILL)


class KilledBefore(Mailbox):
    """Killed after the mail is claimed and put together, before anything is written."""

    def send(self, mail: EmailMessage, name: str) -> None:
        kill_myself()


class KilledAfter(Mailbox):
    """Killed after the mail lies in the folder, before the row says so."""

    def send(self, mail: EmailMessage, name: str) -> None:
        super().send(mail, name)
        kill_myself()


FOLDERS = {"before": KilledBefore, "after": KilledAfter}


def main(how: str, url: str, address: str) -> None:
    """Send what is due once a line arrives; claims end at once, so that another process need not wait."""
    attach(url)
    sys.stdin.readline()
    if how in FOLDERS:
        send_due(Settings(), NOW, by=FOLDERS[how](Path(address)), lease_seconds=0)
    elif how == "by the server":
        send_due(_server(address), NOW, lease_seconds=0)
    else:
        send_due(_server(address), NOW)


def _server(port: str) -> Settings:
    return Settings(smtp=Smtp("127.0.0.1", int(port), "none"), mail_from="ledger@example.org")


if __name__ == "__main__":
    main(*sys.argv[1:])
