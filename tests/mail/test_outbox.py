"""The outbox: one mail a person, kind and day; one sender a mail; patience and an end to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from datetime import timedelta
from threading import Barrier

import peewee
import pytest

from enforcement.db import connected
from enforcement.mail import operations
from enforcement.mail import outbox
from enforcement.models import AuditEntry
from enforcement.models import Mail
from tests.office import Office

NOW = datetime.fromisoformat("2026-03-02T08:00:00+08:00")
FROM = "ledger@example.org"


@pytest.fixture
def office(database: peewee.Database) -> Iterator[Office]:
    yield Office(NOW)


def the_mail() -> Mail:
    mail: Mail = Mail.get()
    return mail


def claimed(now: datetime = NOW, lease: int = 60) -> Mail:
    mail = outbox.claim(the_mail().id, "me", now, lease)
    assert mail is not None
    return mail


def test_nobody_gets_two_of_a_kind_for_a_day(office: Office) -> None:
    assert operations.enter("digest", NOW.date(), FROM, NOW) == 3
    assert operations.enter("digest", NOW.date(), FROM, NOW + timedelta(hours=1)) == 0
    assert operations.enter("summary", NOW.date(), FROM, NOW) == 2
    entered = Counter((mail.user.login, mail.kind, mail.slot) for mail in Mail.select())
    assert entered == {
        ("officer", "digest", "2026-03-02"): 1,
        ("colleague", "digest", "2026-03-02"): 1,
        ("stranger", "digest", "2026-03-02"): 1,
        ("reviewer", "summary", "2026-03-02"): 1,
        ("supervisor", "summary", "2026-03-02"): 1,
    }


def test_each_mail_has_a_message_id_of_its_own_in_the_senders_domain(office: Office) -> None:
    operations.enter("digest", NOW.date(), FROM, NOW)
    for mail in Mail.select():
        assert mail.message_id == f"<{mail.public_id}@example.org>"


def test_a_claimed_mail_is_nobody_elses_until_the_claim_ends(office: Office) -> None:
    outbox.enter([office.officer], "digest", "2026-03-02", FROM, NOW)
    mail = claimed(lease=60)
    assert outbox.due(NOW) == []
    assert outbox.claim(mail.id, "other", NOW, 60) is None

    Mail.update(claimed_until=datetime.fromisoformat("2026-01-01T00:00:00+00:00")).execute()
    taken = outbox.claim(mail.id, "other", NOW, 60)
    assert taken is not None and (taken.claimed_by, taken.attempts) == ("other", 2)
    outbox.sent(mail, "by the one who lost it", NOW)
    assert the_mail().sent_at is None
    outbox.sent(taken, "by the one who has it", NOW)
    assert (the_mail().subject, the_mail().sent_at) == ("by the one who has it", NOW)
    assert outbox.due(NOW + timedelta(days=9)) == []


def test_of_many_who_claim_a_mail_at_once_one_gets_it(office: Office) -> None:
    outbox.enter([office.officer], "digest", "2026-03-02", FROM, NOW)
    mail_id = the_mail().id
    together = Barrier(6)

    def claim(number: int) -> bool:
        with connected():
            together.wait(timeout=20)
            return outbox.claim(mail_id, f"claimant {number}", NOW, 60) is not None

    with ThreadPoolExecutor(6) as pool:
        winners = [number for number, won in enumerate(pool.map(claim, range(6))) if won]
    assert [f"claimant {number}" for number in winners] == [the_mail().claimed_by]


def test_attempts_are_spaced_out_and_come_to_an_end(office: Office) -> None:
    outbox.enter([office.officer], "digest", "2026-03-02", FROM, NOW)
    now, waited = NOW, []
    while outbox.state_of(the_mail()) == "waiting":
        assert len(waited) < outbox.MAX_ATTEMPTS
        outbox.postpone(claimed(now), "451 try again", now)
        following = the_mail().next_attempt_at
        if outbox.state_of(the_mail()) == "waiting":
            assert outbox.due(following - timedelta(seconds=1)) == []
            waited.append(int((following - now).total_seconds()) // 60)
            now = following
    assert waited == [1, 5, 15, 60, 120, 240, 480, 720, 1440]
    mail = the_mail()
    assert (outbox.state_of(mail), mail.attempts, mail.error) == ("failed", 10, "451 try again")
    assert outbox.due(now + timedelta(days=3650)) == []


def test_a_failed_mail_can_be_tried_again_and_the_audit_says_who_asked(office: Office) -> None:
    outbox.enter([office.officer, office.colleague], "digest", "2026-03-02", FROM, NOW)
    first, second = (outbox.claim(mail.id, "me", NOW, 60) for mail in Mail.select().order_by(Mail.id))
    assert first is not None and second is not None
    outbox.fail(first, "550 no such user")
    outbox.leave_out(second)
    assert outbox.counts() == {("digest", "failed"): 1, ("digest", "skipped"): 1}

    later = NOW + timedelta(days=1)
    assert operations.try_again(office.admin, later) == 1
    assert outbox.due(later) == [first.id]
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (entry.actor_text, entry.action, entry.changed) == ("admin", "mail.retry", {"mails": [None, 1]})
    assert operations.try_again(office.admin, later) == 0


def test_the_states_in_queries_are_those_of_rows(office: Office) -> None:
    people = [office.officer, office.colleague, office.stranger, office.reviewer]
    outbox.enter(people, "digest", "2026-03-02", FROM, NOW)
    mails = [outbox.claim(mail.id, "me", NOW, 60) for mail in Mail.select().order_by(Mail.id)]
    assert all(mails)
    outbox.sent(mails[0], "subject", NOW)  # type: ignore[arg-type]
    outbox.fail(mails[1], "550")  # type: ignore[arg-type]
    outbox.leave_out(mails[2])  # type: ignore[arg-type]
    outbox.postpone(mails[3], "451", NOW)  # type: ignore[arg-type]
    states = Counter(outbox.state_of(mail) for mail in Mail.select())
    assert states == {"sent": 1, "failed": 1, "skipped": 1, "waiting": 1}
    assert outbox.counts() == {("digest", state): number for state, number in states.items()}
