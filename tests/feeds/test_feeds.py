"""Private calendar addresses: who may open one, what it shows, and that a revoked one leads nowhere."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

import pytest

from enforcement.accounts import operations as accounts
from enforcement.audit.queries import entries_for
from enforcement.audit.queries import verify
from enforcement.db import connected
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.errors import NotFound
from enforcement.feeds import operations
from enforcement.feeds import queries
from enforcement.feeds.composing import compose
from enforcement.models import Feed
from enforcement.models import Finding
from enforcement.models import User
from enforcement.times import day_at
from tests.office import Office
from tests.web.book import Book
from tests.web.book import fill
from tests.web.book import record


@pytest.fixture
def book(office: Office, now: datetime) -> Book:
    with connected():
        return fill(office, now)


def text_for(user: User, scope: str, now: datetime) -> str:
    feed, _ = operations.open_feed(user, "手机", scope, now)
    return compose(feed, day_at(now), "http://ledger.example").replace("\r\n ", "")


def test_the_secret_is_given_once_and_only_its_hash_is_kept(office: Office, now: datetime) -> None:
    feed, secret = operations.open_feed(office.officer, " 手机 ", "own", now)
    assert (feed.name, feed.scope) == ("手机", "own")
    assert Feed.select().where((Feed.hash == secret) | (Feed.name == secret)).count() == 0
    found = queries.feed_of(secret, now)
    assert found is not None and found.user == office.officer
    entries = entries_for("feed", feed.public_id)
    assert [entry.action for entry in entries] == ["feed.open"] and secret not in entries[0].changes


def test_a_revoked_address_leads_nowhere_and_revoking_again_changes_nothing(office: Office, now: datetime) -> None:
    feed, secret = operations.open_feed(office.officer, "手机", "own", now)
    operations.revoke_feed(office.officer, feed.public_id, now)
    operations.revoke_feed(office.officer, feed.public_id, now)
    assert queries.feed_of(secret, now) is None and queries.feeds_of(office.officer) == []
    assert [entry.action for entry in entries_for("feed", feed.public_id)] == ["feed.open", "feed.revoke"]
    assert verify() == []


def test_nobody_revokes_the_address_of_somebody_else(office: Office, now: datetime) -> None:
    feed, secret = operations.open_feed(office.officer, "手机", "own", now)
    for other in (office.colleague, office.admin, office.stranger):
        with pytest.raises(NotFound):
            operations.revoke_feed(other, feed.public_id, now)
    assert queries.feed_of(secret, now) is not None


def test_a_closed_account_closes_its_addresses(office: Office, now: datetime) -> None:
    _, secret = operations.open_feed(office.officer, "手机", "own", now)
    accounts.update_user("test", office.officer, {"active": False}, now)
    assert queries.feed_of(secret, now) is None


def test_an_unknown_secret_and_an_empty_one_lead_nowhere(office: Office, now: datetime) -> None:
    assert queries.feed_of("", now) is None and queries.feed_of("x" * 43, now) is None


def test_every_fault_of_the_form_is_named(office: Office, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        operations.open_feed(office.officer, " ", "everything", now)
    assert set(refused.value.errors) == {"name", "scope"}


def test_a_person_has_five_addresses_at_most(office: Office, now: datetime) -> None:
    for number in range(operations.MOST):
        operations.open_feed(office.officer, f"设备 {number}", "own", now)
    with pytest.raises(Conflict):
        operations.open_feed(office.officer, "再一个", "own", now)
    assert len(queries.feeds_of(office.officer)) == operations.MOST


def test_the_last_reading_is_kept_once_an_hour(office: Office, now: datetime) -> None:
    feed, secret = operations.open_feed(office.officer, "手机", "own", now)
    for minutes in (0, 30, 61):
        queries.feed_of(secret, now + timedelta(minutes=minutes))
    assert Feed.get_by_id(feed.id).read_at == now + timedelta(minutes=61)


def test_the_calendar_shows_what_is_due_and_overdue_without_any_party(
    office: Office, book: Book, now: datetime
) -> None:
    text = text_for(office.officer, "own", now)
    overdue = Finding.get(Finding.case == book.unpublished, Finding.rule == "D-01")
    assert f"UID:{overdue.public_id}@enforcement-ledger" in text
    assert f"DTSTART;VALUE=DATE:{overdue.due:%Y%m%d}" in text
    assert "SUMMARY;LANGUAGE=zh:逾期未办：" in text and "示街罚立〔2026〕2号" in text
    assert f"URL:http://ledger.example/cases/{book.unpublished.public_id}" in text
    assert "张某" not in text and "360426199101010071" not in text and "占道" not in text


def test_the_own_calendar_holds_only_the_cases_one_handles(office: Office, book: Book, now: datetime) -> None:
    record(office.colleague, "示街罚立〔2026〕9号", now, ("published_on",), handlers=["12010002"])
    assert "示街罚立〔2026〕9号" not in text_for(office.officer, "own", now)
    assert "示街罚立〔2026〕9号" in text_for(office.officer, "office", now)


def test_no_calendar_shows_a_case_of_another_agency(office: Office, book: Book, now: datetime) -> None:
    assert "示街罚立" not in text_for(office.stranger, "office", now)
    assert "乙街罚立〔2026〕1号" in text_for(office.supervisor, "office", now)


def test_it_is_written_in_the_language_of_its_person(office: Office, book: Book, now: datetime) -> None:
    accounts.update_user("test", office.officer, {"language": "en"}, now)
    text = text_for(User.get_by_id(office.officer.id), "own", now)
    assert "X-WR-CALNAME:Enforcement deadlines" in text and "SUMMARY;LANGUAGE=en:Overdue: " in text


def test_the_same_book_gives_the_same_text(office: Office, book: Book, now: datetime) -> None:
    feed, _ = operations.open_feed(office.officer, "手机", "own", now)
    assert compose(feed, day_at(now), "http://a") == compose(feed, day_at(now), "http://a")
