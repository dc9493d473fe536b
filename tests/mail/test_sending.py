"""Sending: each mail once, whatever happens to the process that sends it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import peewee
import pytest

from enforcement.accounts import operations as accounts
from enforcement.cases import operations as cases
from enforcement.config import Settings
from enforcement.mail import operations
from enforcement.mail import outbox
from enforcement.mail.delivery import Later
from enforcement.mail.delivery import Mailbox
from enforcement.mail.delivery import Never
from enforcement.mail.sending import send_due
from enforcement.models import Mail
from enforcement.models import User
from enforcement.sweeps.sweeping import sweep
from tests.mail.post import Post
from tests.mail.post import post_office
from tests.office import PENALTY
from tests.office import Office

ROOT = Path(__file__).parents[2]
RECORDED = datetime.fromisoformat("2026-01-29T10:00:00+08:00")
NOW = datetime.fromisoformat("2026-02-05T08:00:00+08:00")
FROM = "ledger@example.org"


@pytest.fixture
def office(database: peewee.Database) -> Iterator[Office]:
    """An office with a case whose publication became overdue on 5 February."""
    office = Office(RECORDED)
    facts = {name: value for name, value in PENALTY.items() if name != "published_on"}
    cases.record(office.officer, "penalty", facts, RECORDED)
    sweep(NOW.date(), NOW)
    yield office


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where mails lie when there is no server; not there yet."""
    return tmp_path / "mailbox"


def read(path: Path) -> EmailMessage:
    mail = BytesParser(policy=default).parsebytes(path.read_bytes())
    assert isinstance(mail, EmailMessage)
    return mail


def states() -> dict[str, str]:
    """What became of each person's mail."""
    return {mail.user.login: outbox.state_of(mail) for mail in Mail.select()}


def settings(post: Post) -> Settings:
    return Settings(smtp=post.smtp, mail_from=FROM)


def test_officers_with_something_to_do_get_the_digest_and_the_others_are_skipped(office: Office, folder: Path) -> None:
    operations.enter("digest", NOW.date(), FROM, NOW)
    assert send_due(Settings(mailbox=folder, mail_from=FROM), NOW) == 2
    assert states() == {"officer": "sent", "colleague": "sent", "stranger": "skipped"}
    mails = {read(path)["To"].addresses[0].addr_spec: path for path in folder.iterdir()}
    assert set(mails) == {"officer@example.org", "colleague@example.org"}
    row = Mail.get(Mail.user == office.officer)
    assert mails["officer@example.org"].name == f"{row.public_id}.eml"
    mail = read(mails["officer@example.org"])
    assert (mail["Message-ID"], mail["Subject"]) == (row.message_id, row.subject)
    assert "[执法台账] 2026-02-05 新问题 1" in row.subject
    body = mail.get_body(("plain",))
    assert body is not None and "最后期限 2026-02-04，已过 1 天" in body.get_content()


def test_the_digest_tells_what_is_so_when_it_is_sent_and_not_when_it_was_due(office: Office, folder: Path) -> None:
    operations.enter("digest", NOW.date(), FROM, NOW)
    case = office.officer.cases.get()
    cases.change(office.officer, case.public_id, case.version, {"published_on": "2026-02-04"}, NOW)
    send_due(Settings(mailbox=folder, mail_from=FROM), NOW + timedelta(minutes=5))
    subjects = [read(path)["Subject"] for path in folder.glob("*.eml")]
    assert all("新问题" not in subject for subject in subjects)


def test_who_has_left_or_changed_role_is_not_written_to(office: Office, folder: Path) -> None:
    operations.enter("digest", NOW.date(), FROM, NOW)
    User.update(active=False).where(User.id == office.officer.id).execute()
    User.update(role="admin").where(User.id == office.colleague.id).execute()
    assert send_due(Settings(mailbox=folder, mail_from=FROM), NOW) == 0
    assert states() == {"officer": "skipped", "colleague": "skipped", "stranger": "skipped"}
    assert not folder.exists()


def test_supervisors_get_theirs_in_their_language_even_when_all_is_well(office: Office, folder: Path) -> None:
    case = office.officer.cases.get()
    cases.change(office.officer, case.public_id, case.version, {"published_on": "2026-02-04"}, NOW)
    User.update(language="en").where(User.id == office.supervisor.id).execute()
    operations.enter("summary", NOW.date(), FROM, NOW)
    send_due(Settings(mailbox=folder, mail_from=FROM), NOW)
    assert states()["supervisor"] == "sent"
    mail = read(folder / f"{Mail.get(Mail.user == office.supervisor).public_id}.eml")
    assert mail["Subject"].startswith("[Enforcement Ledger] 2026-02-05 ")
    assert mail["Content-Language"] == "en"


def test_a_mail_the_server_refuses_for_good_has_failed_and_the_others_are_sent(office: Office) -> None:
    operations.enter("digest", NOW.date(), FROM, NOW)
    with post_office() as post:
        post.on_recipient = lambda address: "550 no such user" if address.startswith("officer@") else "250 OK"
        assert send_due(settings(post), NOW) == 1
        assert send_due(settings(post), NOW + timedelta(days=30)) == 0
    assert states() == {"officer": "failed", "colleague": "sent", "stranger": "skipped"}
    failed = Mail.get(Mail.user == office.officer)
    assert failed.error == "127.0.0.1: 550 no such user"
    assert [to for _, to in post.envelopes] == [["colleague@example.org"]]


def test_a_mail_the_server_puts_off_is_sent_after_the_pause(office: Office) -> None:
    outbox.enter([office.officer], "digest", "2026-02-05", FROM, NOW)
    with post_office() as post:
        post.on_recipient = lambda address: "450 mailbox busy"
        assert send_due(settings(post), NOW) == 0
        post.on_recipient = lambda address: "250 OK"
        assert send_due(settings(post), NOW + timedelta(seconds=59)) == 0
        assert send_due(settings(post), NOW + timedelta(seconds=60)) == 1
    assert states() == {"officer": "sent"}
    assert [to for _, to in post.envelopes] == [["officer@example.org"]]


def test_an_address_that_is_none_fails_and_does_not_hold_up_the_others(office: Office, folder: Path) -> None:
    operations.enter("digest", NOW.date(), FROM, NOW)
    Mail.update(to_address="nonsense").where(Mail.user == office.officer).execute()
    assert send_due(Settings(mailbox=folder, mail_from=FROM), NOW) == 1
    assert states()["officer"] == "failed"
    assert states()["colleague"] == "sent"


class Failing(Mailbox):
    """A way that raises what a test gives it."""

    def __init__(self, error: Exception) -> None:
        super().__init__(Path("unused"))
        self.error = error

    def send(self, mail: EmailMessage, name: str) -> None:
        raise self.error


@pytest.mark.parametrize(("error", "state"), [(Later("down"), "waiting"), (Never("no"), "failed")])
def test_what_the_way_says_is_kept_with_the_mail(office: Office, error: Exception, state: str) -> None:
    outbox.enter([office.officer], "digest", "2026-02-05", FROM, NOW)
    send_due(Settings(), NOW, by=Failing(error))
    assert (states()["officer"], Mail.get().error) == (state, str(error))


def test_a_mail_that_kills_each_sender_is_given_up(office: Office, folder: Path) -> None:
    outbox.enter([office.officer], "digest", "2026-02-05", FROM, NOW)
    for _ in range(outbox.MAX_ATTEMPTS):
        assert outbox.claim(Mail.get().id, "dies", NOW, -1) is not None
    send_due(Settings(mailbox=folder), NOW)
    assert (states()["officer"], Mail.get().error) == ("failed", "given up: the process ended during each attempt")


def test_sending_stops_between_two_mails_when_asked(office: Office, folder: Path) -> None:
    operations.enter("digest", NOW.date(), FROM, NOW)
    asked = iter((False, True))
    assert send_due(Settings(mailbox=folder), NOW, stopping=lambda: next(asked)) == 1
    assert Counter(states().values()) == {"sent": 1, "waiting": 2}


Child = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def child(office: Office, database_url: str) -> Iterator[Child]:
    """Start a process of its own that sends; whatever is left is ended with the test."""
    started = []

    def start(how: str, address: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.mail.children", how, database_url, str(address)]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate(timeout=30)


def go(process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    """Let a process begin, now that it is ready or will be."""
    assert process.stdin is not None
    process.stdin.write(b"go\n")
    process.stdin.flush()
    return process


def test_killed_before_handing_over_the_mail_is_sent_by_another_process(
    office: Office, child: Child, folder: Path
) -> None:
    outbox.enter([office.officer], "digest", "2026-02-05", FROM, NOW)
    assert go(child("before", folder)).wait(timeout=60) == -signal.SIGKILL
    assert (Mail.get().attempts, Mail.get().sent_at, folder.exists()) == (1, None, False)

    assert send_due(Settings(mailbox=folder, mail_from=FROM), NOW) == 1
    assert [path.name for path in folder.iterdir()] == [f"{Mail.get().public_id}.eml"]
    assert states() == {"officer": "sent"}


def test_killed_between_the_folder_and_the_mark_there_is_one_mail_in_the_folder(
    office: Office, child: Child, folder: Path
) -> None:
    outbox.enter([office.officer], "digest", "2026-02-05", FROM, NOW)
    assert go(child("after", folder)).wait(timeout=60) == -signal.SIGKILL
    first = read(folder / f"{Mail.get().public_id}.eml")
    assert Mail.get().sent_at is None

    assert send_due(Settings(mailbox=folder, mail_from=FROM), NOW) == 1
    assert [path.name for path in folder.iterdir()] == [f"{Mail.get().public_id}.eml"]
    assert read(folder / f"{Mail.get().public_id}.eml")["Message-ID"] == first["Message-ID"]
    assert states() == {"officer": "sent"}
    assert send_due(Settings(mailbox=folder, mail_from=FROM), NOW + timedelta(days=1)) == 0


def test_killed_before_the_server_took_it_the_mail_arrives_once(office: Office, child: Child) -> None:
    outbox.enter([office.officer], "digest", "2026-02-05", FROM, NOW)
    with post_office() as post:
        process = child("by the server", post.smtp.port)
        post.on_data = lambda: (process.kill(), "451 nobody listens")[1]
        go(process)
        assert process.wait(timeout=60) == -signal.SIGKILL
        post.on_data = lambda: "250 OK"
        assert send_due(settings(post), NOW) == 1
    assert [mail["Message-ID"] for mail in post.received] == [Mail.get().message_id]


def test_killed_between_the_servers_yes_and_the_mark_the_copy_has_the_same_message_id(
    office: Office, child: Child
) -> None:
    outbox.enter([office.officer], "digest", "2026-02-05", FROM, NOW)
    with post_office() as post:
        process = child("by the server", post.smtp.port)
        post.on_data = lambda: (process.kill(), "250 OK")[1]
        go(process)
        assert process.wait(timeout=60) == -signal.SIGKILL
        post.on_data = lambda: "250 OK"
        assert send_due(settings(post), NOW) == 1
        assert send_due(settings(post), NOW + timedelta(days=1)) == 0
    assert [mail["Message-ID"] for mail in post.received] == [Mail.get().message_id] * 2


def test_four_processes_that_send_at_once_send_each_mail_once(office: Office, child: Child) -> None:
    for number in range(20):
        accounts.create_user(
            "test",
            RECORDED,
            login=f"chief{number}",
            name=f"chief{number}",
            role="supervisor",
            agency=office.street,
            email=f"chief{number}@example.org",
        )
    operations.enter("summary", date(2026, 2, 5), FROM, NOW)
    with post_office() as post:
        children = [child("together", post.smtp.port) for _ in range(4)]
        for process in children:
            go(process)
        assert [process.wait(timeout=120) for process in children] == [0, 0, 0, 0]
    expected = Counter({user.email: 1 for user in User.select().where(User.role == "supervisor")})
    got = Counter(address for _, to in post.envelopes for address in to if not address.startswith("reviewer"))
    assert got == expected
