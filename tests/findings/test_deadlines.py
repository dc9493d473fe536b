"""Duties by their last day: by day, as pages, bounded by agency and person."""

from __future__ import annotations

from datetime import date
from datetime import datetime

import pytest

from enforcement.db import connected
from enforcement.errors import Invalid
from enforcement.findings import deadlines
from enforcement.findings import operations
from enforcement.findings.deadlines import Asked
from enforcement.models import Finding
from tests.office import Office
from tests.web.book import Book
from tests.web.book import fill
from tests.web.book import record

YEAR = Asked(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def book(office: Office, now: datetime) -> Book:
    with connected():
        return fill(office, now)


def named(found: list[deadlines.Duty]) -> set[tuple[str | None, str]]:
    return {(duty.number, duty.rule) for duty in found}


def test_each_day_tells_how_much_falls_due_and_shows_the_first_few(office: Office, book: Book, now: datetime) -> None:
    for number in range(10, 15):
        record(office.officer, f"示街罚立〔2026〕{number}号", now, ("published_on",))
    due = Finding.get(Finding.case == book.unpublished, Finding.rule == "D-01").due
    days = deadlines.by_day(office.officer, YEAR._replace(first=due, last=due), each=3)
    assert set(days) == {due}
    rows = deadlines.page(office.officer, YEAR._replace(first=due, last=due)).items
    assert days[due].total == len(rows) >= 6
    assert [duty.id for duty in days[due].first] == [duty.id for duty in rows[:3]]


def test_only_what_is_open_unwaived_and_has_a_last_day_counts(office: Office, book: Book, now: datetime) -> None:
    found = named(deadlines.page(office.officer, YEAR, page_size=200).items)
    assert ("示街罚立〔2026〕2号", "D-01") in found
    assert not any(number == "示街罚立〔2026〕1号" for number, _ in found), "a case in order has no open duty"
    overdue = Finding.get(Finding.case == book.unpublished, Finding.rule == "D-01")
    waiver = operations.propose_waiver(office.officer, overdue.public_id, "系统升级", date(2026, 3, 31), "", now)
    operations.approve_waiver(office.supervisor, waiver.public_id, now)
    assert ("示街罚立〔2026〕2号", "D-01") not in named(deadlines.page(office.officer, YEAR, page_size=200).items)


def test_both_ends_of_the_span_belong_to_it(office: Office, book: Book) -> None:
    due = Finding.get(Finding.case == book.unpublished, Finding.rule == "D-01").due
    following = date.fromordinal(due.toordinal() + 1)
    inside = named(deadlines.all_of(office.officer, Asked(due, due), 100))
    assert ("示街罚立〔2026〕2号", "D-01") in inside
    assert ("示街罚立〔2026〕2号", "D-01") not in named(deadlines.all_of(office.officer, Asked(first=following), 100))


def test_a_person_and_an_agency_bound_the_list(office: Office, book: Book, now: datetime) -> None:
    record(office.colleague, "示街罚立〔2026〕9号", now, ("published_on",), handlers=["12010002"])

    def of(**asked: str) -> set[str | None]:
        rows = deadlines.page(office.supervisor, YEAR._replace(**asked), page_size=200).items
        return {number for number, _ in named(rows)}

    assert "示街罚立〔2026〕9号" not in of(handler="12010001") and "示街罚立〔2026〕2号" in of(handler="12010001")
    assert "示街罚立〔2026〕9号" in of(handler="12010002")
    assert of(handler="1201000") == set(), "a part of a number is nobody"
    assert of(agency="D-B") == {"乙街罚立〔2026〕1号"}
    assert {"乙街罚立〔2026〕1号", "示街罚立〔2026〕2号"} <= of(agency="D")


def test_an_officer_asks_for_the_own_cases(office: Office, book: Book, now: datetime) -> None:
    record(office.colleague, "示街罚立〔2026〕9号", now, ("published_on",), handlers=["12010002"])
    own = named(deadlines.page(office.officer, YEAR._replace(own=True), page_size=200).items)
    assert ("示街罚立〔2026〕2号", "D-01") in own and ("示街罚立〔2026〕9号", "D-01") not in own


def test_nobody_sees_the_duties_of_another_agency(office: Office, book: Book) -> None:
    assert named(deadlines.page(office.stranger, YEAR, page_size=200).items) <= {
        ("乙街罚立〔2026〕1号", rule) for rule in ("D-01", "D-10")
    }


def test_an_unknown_agency_is_refused(office: Office, book: Book) -> None:
    with pytest.raises(Invalid):
        deadlines.page(office.officer, YEAR._replace(agency="nowhere"))


def test_what_was_due_before_a_day_is_counted(office: Office, book: Book, now: datetime) -> None:
    before = deadlines.count_before(office.officer, YEAR, date(2026, 3, 2))
    rows = deadlines.all_of(office.officer, Asked(last=date(2026, 3, 1)), 1000)
    assert before == len(rows) > 0
    assert all(duty.state == "overdue" for duty in rows)
