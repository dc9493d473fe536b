"""Settings from the environment, checked at the start with every fault named at once.

An office sets eight variables and mistypes two. It should learn of both before the first request, not of one tonight at
the sweep::

    Settings.from_env({"ENFORCEMENT_SWEEP_AT": "6am", "ENFORCEMENT_THREADS": "0"})
    # ValueError: ENFORCEMENT_SWEEP_AT: not a time such as 06:00: '6am'
    #             ENFORCEMENT_THREADS: not a whole number from 1 to 256: '0'

Everything has a default that works on one machine without a network: SQLite, a folder for mail, the local address.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import time
from pathlib import Path
from typing import Any
from typing import TypeVar
from urllib.parse import unquote
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from enforcement.times import SHANGHAI

T = TypeVar("T")

PREFIX = "ENFORCEMENT_"
#: Names without the prefix, as hosting platforms set them.
BARE = frozenset({"DATABASE_URL"})
#: Days and times of the law are those of this zone; it is no setting.
TIMEZONE = SHANGHAI
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Weekly:
    """A time on one day of the week: "mon 08:30"."""

    day: str
    at: time


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server; ``security`` is "none", "starttls" or "tls"."""

    host: str
    port: int
    security: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service runs with; see docs for the variable of each."""

    #: DATABASE_URL: sqlite:///file or postgresql://…
    database_url: str = field(default="sqlite:///enforcement.sqlite3", repr=False)
    #: Name of a packaged profile, or path of a YAML file.
    profile: str = "tianjin"
    #: YAML file with further years of the calendar.
    calendar: Path | None = None
    #: Sender of mail.
    mail_from: str = "enforcement-ledger@localhost"
    #: SMTP_URL: smtp://user:password@host:587?starttls=1 or smtps://…; None puts mail into ``mailbox``.
    smtp: Smtp | None = None
    #: Folder for .eml files.
    mailbox: Path = Path("mailbox")
    #: Address of the service in mail, without a slash at the end.
    base_url: str = "http://127.0.0.1:8000"
    sweep_at: time = time(6)
    digest_at: time = time(8)
    summary_at: Weekly = Weekly("mon", time(8, 30))
    #: A digest shows what falls due within so many days.
    soon_days: int = 7
    max_body_bytes: int = 8 * MIB
    #: Largest document, photo or recording of a case.
    max_attachment_bytes: int = 64 * MIB
    #: LISTEN: host:port.
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    #: SCHEDULER: whether ``serve`` also runs the scheduled work.
    scheduler: bool = True
    #: Whether people must have a second factor before they use the pages.
    require_second_factor: bool = False

    @property
    def timezone(self) -> ZoneInfo:
        """The zone of every day and time, fixed by the law's place."""
        return TIMEZONE

    @property
    def connections(self) -> int:
        """Database connections that the threads and the scheduler may hold at once."""
        return self.threads + 8

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings; an empty variable is not set. Raises ValueError naming every fault, and unknown names."""
        faults: list[str] = []
        values: dict[str, Any] = {}
        for name, reader in _READERS.items():
            variable = name if name in BARE else PREFIX + name
            text = environ.get(variable, "").strip()
            if text:
                _read(variable, text, reader, values, faults)
        faults += _unknown(environ)
        if faults:
            raise ValueError("\n".join(faults))
        return cls(**values)


def _read(
    variable: str,
    text: str,
    reader: Callable[[str], dict[str, Any]],
    values: dict[str, Any],
    faults: list[str],
) -> None:
    try:
        values.update(reader(text))
    except ValueError as fault:
        faults.append(f"{variable}: {fault}")


def _unknown(environ: Mapping[str, str]) -> list[str]:
    known = {PREFIX + name for name in _READERS if name not in BARE}
    return [f"{name}: no such setting" for name in sorted(environ) if name.startswith(PREFIX) and name not in known]


def _as(name: str, convert: Callable[[str], Any]) -> Callable[[str], dict[str, Any]]:
    return lambda text: {name: convert(text)}


def _whole(low: int, high: int) -> Callable[[str], int]:
    def convert(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise ValueError(f"not a whole number from {low} to {high}: {text!r}")
        return int(text)

    return convert


def _time(text: str) -> time:
    hours, colon, minutes = text.partition(":")
    if not (colon and len(hours) == len(minutes) == 2 and (hours + minutes).isdigit()):
        raise ValueError(f"not a time such as 06:00: {text!r}")
    return time(int(hours), int(minutes))


def _weekly(text: str) -> Weekly:
    day, _, at = text.lower().partition(" ")
    if day not in DAYS:
        raise ValueError(f"not a day and time such as mon 08:30: {text!r}")
    return Weekly(day, _time(at.strip()))


def _switch(text: str) -> bool:
    if text.lower() not in {"on", "off"}:
        raise ValueError(f"neither on nor off: {text!r}")
    return text.lower() == "on"


def _database_url(text: str) -> str:
    if urlsplit(text).scheme not in {"sqlite", "postgresql", "postgres", "cockroachdb"}:
        raise ValueError("not a database URL such as sqlite:///enforcement.sqlite3 or postgresql://user@host/name")
    return text


def _existing_file(text: str) -> Path:
    if not Path(text).is_file():
        raise ValueError(f"no such file: {text}")
    return Path(text)


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"not an address such as https://ledger.example: {text!r}")
    return text.rstrip("/")


def _address(text: str) -> str:
    local, at, domain = text.rpartition("@")
    if not (local and at and domain) or any(mark in text for mark in "\r\n"):
        raise ValueError(f"not a mail address: {text!r}")
    return text


def _smtp(text: str) -> Smtp:
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("not a mail server such as smtp://user:password@host:587?starttls=1 or smtps://host")
    if parts.query not in {"", "starttls=0", "starttls=1"}:
        raise ValueError(f"only starttls=0 or starttls=1 may follow the question mark: {parts.query!r}")
    security = "tls" if parts.scheme == "smtps" else "starttls" if parts.query == "starttls=1" else "none"
    port = parts.port or {"tls": 465, "starttls": 587, "none": 25}[security]
    return Smtp(parts.hostname, port, security, _unquoted(parts.username), _unquoted(parts.password))


def _unquoted(text: str | None) -> str | None:
    return None if text is None else unquote(text)


def _listen(text: str) -> dict[str, Any]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname or parts.port is None or parts.path:
        raise ValueError(f"not host:port: {text!r}")
    return {"host": parts.hostname, "port": parts.port}


_READERS: dict[str, Callable[[str], dict[str, Any]]] = {
    "DATABASE_URL": _as("database_url", _database_url),
    "PROFILE": _as("profile", str),
    "CALENDAR": _as("calendar", _existing_file),
    "MAIL_FROM": _as("mail_from", _address),
    "SMTP_URL": _as("smtp", _smtp),
    "MAILBOX": _as("mailbox", Path),
    "BASE_URL": _as("base_url", _base_url),
    "SWEEP_AT": _as("sweep_at", _time),
    "DIGEST_AT": _as("digest_at", _time),
    "SUMMARY_AT": _as("summary_at", _weekly),
    "SOON_DAYS": _as("soon_days", _whole(0, 366)),
    "MAX_BODY_BYTES": _as("max_body_bytes", _whole(1024, 1024 * MIB)),
    "MAX_ATTACHMENT_BYTES": _as("max_attachment_bytes", _whole(1024, 1024 * MIB)),
    "LISTEN": _listen,
    "THREADS": _as("threads", _whole(1, 256)),
    "SCHEDULER": _as("scheduler", _switch),
    "REQUIRE_SECOND_FACTOR": _as("require_second_factor", _switch),
}
