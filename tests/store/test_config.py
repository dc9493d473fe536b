"""Settings are read from the environment, and every fault is told at once."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from enforcement.config import Settings
from enforcement.config import Smtp
from enforcement.config import Weekly
from enforcement.times import SHANGHAI


def test_without_any_setting_it_runs_on_one_machine_without_a_network() -> None:
    settings = Settings.from_env({"PATH": "/bin", "ENFORCEMENT_PROFILE": "  "})
    assert settings == Settings()
    assert settings.database_url == "sqlite:///enforcement.sqlite3"
    assert (settings.host, settings.port, settings.threads, settings.scheduler) == ("127.0.0.1", 8000, 8, True)
    assert (settings.profile, settings.smtp, settings.mailbox) == ("tianjin", None, Path("mailbox"))
    assert (settings.sweep_at, settings.digest_at) == (time(6), time(8))
    assert settings.summary_at == Weekly("mon", time(8, 30))
    assert (settings.soon_days, settings.max_body_bytes) == (7, 8 * 1024 * 1024)
    assert settings.timezone is SHANGHAI


def test_every_setting_is_read(tmp_path: Path) -> None:
    calendar = tmp_path / "2027.yaml"
    calendar.touch()
    assert Settings.from_env(
        {
            "DATABASE_URL": "postgresql://ledger@db/ledger",
            "ENFORCEMENT_PROFILE": "shanghai",
            "ENFORCEMENT_CALENDAR": str(calendar),
            "ENFORCEMENT_MAIL_FROM": "ledger@street.example",
            "ENFORCEMENT_SMTP_URL": "smtps://mail.example",
            "ENFORCEMENT_MAILBOX": "/var/mail",
            "ENFORCEMENT_BASE_URL": "https://ledger.example/",
            "ENFORCEMENT_SWEEP_AT": "05:15",
            "ENFORCEMENT_DIGEST_AT": "07:45",
            "ENFORCEMENT_SUMMARY_AT": "Tue 09:00",
            "ENFORCEMENT_SOON_DAYS": "0",
            "ENFORCEMENT_MAX_BODY_BYTES": "1024",
            "ENFORCEMENT_LISTEN": "[::1]:8080",
            "ENFORCEMENT_THREADS": "16",
            "ENFORCEMENT_SCHEDULER": "OFF",
            "ENFORCEMENT_REQUIRE_SECOND_FACTOR": "on",
        }
    ) == Settings(
        database_url="postgresql://ledger@db/ledger",
        profile="shanghai",
        calendar=calendar,
        mail_from="ledger@street.example",
        smtp=Smtp("mail.example", 465, "tls"),
        mailbox=Path("/var/mail"),
        base_url="https://ledger.example",
        sweep_at=time(5, 15),
        digest_at=time(7, 45),
        summary_at=Weekly("tue", time(9)),
        soon_days=0,
        max_body_bytes=1024,
        host="::1",
        port=8080,
        threads=16,
        scheduler=False,
        require_second_factor=True,
    )


@pytest.mark.parametrize(
    ("url", "smtp"),
    [
        ("smtp://mail.example", Smtp("mail.example", 25, "none")),
        ("smtp://mail.example:2525", Smtp("mail.example", 2525, "none")),
        ("smtp://mail.example?starttls=1", Smtp("mail.example", 587, "starttls")),
        (
            "smtp://li%40street:p%40ss%2Fw@mail.example:587?starttls=1",
            Smtp("mail.example", 587, "starttls", "li@street", "p@ss/w"),
        ),
        ("smtps://li:pw@mail.example", Smtp("mail.example", 465, "tls", "li", "pw")),
    ],
)
def test_a_mail_server_is_read_from_its_url(url: str, smtp: Smtp) -> None:
    assert Settings.from_env({"ENFORCEMENT_SMTP_URL": url}).smtp == smtp


FAULTS = {
    "DATABASE_URL": "mysql://host/name",
    "ENFORCEMENT_CALENDAR": "/no/such/file.yaml",
    "ENFORCEMENT_MAIL_FROM": "nobody",
    "ENFORCEMENT_SMTP_URL": "http://mail.example",
    "ENFORCEMENT_BASE_URL": "ledger.example",
    "ENFORCEMENT_SWEEP_AT": "6am",
    "ENFORCEMENT_DIGEST_AT": "24:00",
    "ENFORCEMENT_SUMMARY_AT": "someday 08:30",
    "ENFORCEMENT_SOON_DAYS": "-1",
    "ENFORCEMENT_MAX_BODY_BYTES": "8 MiB",
    "ENFORCEMENT_LISTEN": "8000",
    "ENFORCEMENT_THREADS": "0",
    "ENFORCEMENT_SCHEDULER": "yes",
    "ENFORCEMENT_REQUIRE_SECOND_FACTOR": "true",
    "ENFORCEMENT_SWEEPAT": "06:00",
}


def test_every_fault_is_told_at_once_by_the_name_of_its_variable() -> None:
    with pytest.raises(ValueError) as refused:
        Settings.from_env(FAULTS)
    told = {line.split(": ")[0] for line in str(refused.value).splitlines()}
    assert told == set(FAULTS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENFORCEMENT_SWEEP_AT", "6:00"),
        ("ENFORCEMENT_SWEEP_AT", "06:60"),
        ("ENFORCEMENT_THREADS", "８"),
        ("ENFORCEMENT_THREADS", "257"),
        ("ENFORCEMENT_LISTEN", "127.0.0.1:99999"),
        ("ENFORCEMENT_LISTEN", "127.0.0.1:8000/path"),
        ("ENFORCEMENT_SMTP_URL", "smtp://mail.example?ssl=1"),
        ("ENFORCEMENT_SMTP_URL", "smtp://mail.example:99999"),
        ("ENFORCEMENT_MAIL_FROM", "a@b\r\nBcc: c@d"),
        ("ENFORCEMENT_BASE_URL", "javascript:alert(1)"),
        ("ENFORCEMENT_BASE_URL", "https://ledger.example/?x=1"),
    ],
)
def test_a_value_that_is_almost_right_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}: "):
        Settings.from_env({name: value})


def test_secrets_are_shown_neither_by_the_settings_nor_by_a_fault() -> None:
    secrets = {
        "DATABASE_URL": "postgresql://ledger:hunter2@db/ledger",
        "ENFORCEMENT_SMTP_URL": "smtp://li:hunter2@mail.example",
    }
    assert "hunter2" not in repr(Settings.from_env(secrets))
    broken = {name: value.replace("postgresql", "mysql").replace("smtp:", "http:") for name, value in secrets.items()}
    with pytest.raises(ValueError) as refused:
        Settings.from_env(broken)
    assert "hunter2" not in str(refused.value)
