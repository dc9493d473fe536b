"""The honest rate below the page: the same as the mails', and judged no more often than need be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any

import pytest

from enforcement import lawbook
from enforcement.accounts.operations import update_officer
from enforcement.cases import operations as cases
from enforcement.cases import queries as cases_queries
from enforcement.db import connected
from enforcement.findings import operations as findings
from enforcement.mail.queries import Standings
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.overview import standing as standings
from enforcement.overview.judgements import Judgements
from enforcement.overview.standing import Standing
from enforcement.overview.standing import standing
from enforcement.times import day_at
from rules.rulebook import Rulebook
from tests.office import Office
from tests.web.book import Book
from tests.web.book import fill
from tests.web.book import record


@pytest.fixture
def book(office: Office, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """A few cases, and nothing judged yet."""
    lawbook.configure("tianjin")
    monkeypatch.setattr(standings, "_JUDGEMENTS", Judgements())
    with connected():
        yield fill(office, now)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Numbers of the cases as they are judged."""
    numbers: list[str | None] = []
    check = Rulebook.check

    def counting(self: Rulebook, case: Any, law: Any, day: date) -> Any:
        numbers.append(case.number)
        return check(self, case, law, day)

    monkeypatch.setattr(Rulebook, "check", counting)
    return numbers


def numbers(found: Standing) -> tuple[int, int, int, int, int]:
    total = found.total
    return total.passed, total.failed, total.pending, total.undetermined, total.waived


def test_it_counts_what_the_summary_mail_counts(office: Office, book: Book, now: datetime) -> None:
    found = standing(office.supervisor, day_at(now))
    mailed = Standings(day_at(now)).of(office.supervisor)
    expected = (mailed.passed, mailed.failed, mailed.pending, mailed.undetermined, mailed.waived)
    assert numbers(found) == expected
    assert (found.cases, found.total.rate) == (mailed.cases, mailed.rate)
    assert found.total.passed and found.total.failed and found.total.pending


def test_agencies_rules_and_months_each_add_up_to_the_whole(office: Office, book: Book, now: datetime) -> None:
    found = standing(office.supervisor, day_at(now))
    assert sum(item.tally.failed for item in found.agencies) == found.total.failed
    assert sum(item.tally.failed for item in found.rules) == found.total.failed
    undated = cases_queries.outcomes(book.draft, day_at(now))
    passed = sum(outcome.state == "satisfied" for outcome in undated)
    assert sum(item.tally.passed for item in found.months) == found.total.passed - passed, "a draft is in no month"
    assert [(item.agency.code, item.cases) for item in found.agencies] == [("D-A", 5), ("D-B", 1)]
    assert [item.first.isoformat() for item in found.months][-1] == "2026-03-01"
    assert len(found.months) == 12


def test_the_platform_rate_is_that_of_the_rule_on_entry(office: Office, book: Book, now: datetime) -> None:
    found = standing(office.supervisor, day_at(now))
    (rule,) = [item for item in found.rules if item.rule == "D-10"]
    assert (found.platform.passed, found.platform.failed) == (rule.tally.passed, rule.tally.failed) == (2, 1)


def test_a_street_s_reviewer_sees_the_street_only(office: Office, book: Book, now: datetime) -> None:
    assert [item.agency.code for item in standing(office.reviewer, day_at(now)).agencies] == ["D-A"]


def test_a_waived_finding_is_neither_passed_nor_failed(office: Office, book: Book, now: datetime) -> None:
    before = standing(office.supervisor, day_at(now)).total
    finding = Finding.get(Finding.case == book.unpublished, Finding.rule == "D-01")
    waiver = findings.propose_waiver(office.officer, finding.public_id, "平台故障", date(2026, 4, 1), "", now)
    findings.approve_waiver(office.supervisor, waiver.public_id, now)
    after = standing(office.supervisor, day_at(now)).total
    assert (after.failed, after.waived) == (before.failed - 1, before.waived + 1)
    assert after.passed == before.passed


def test_a_case_older_than_twelve_months_does_not_count(office: Office, book: Book, now: datetime) -> None:
    day = day_at(now)
    before = standing(office.supervisor, day).cases
    old = record(office.officer, "示街罚立〔2025〕1号", now, decided_on="2025-03-03", filed_on="2025-01-06")
    assert standing(office.supervisor, day).cases == before + 1, "2025-03-03 to 2026-03-02 are twelve months"
    cases.change(office.officer, old.public_id, 1, {"decided_on": "2025-03-02"}, now)
    assert standing(office.supervisor, day).cases == before


def test_a_case_is_judged_once_until_it_changes(
    office: Office, book: Book, now: datetime, judged: list[str | None]
) -> None:
    first = numbers(standing(office.supervisor, day_at(now)))
    assert len(judged) == 6
    judged.clear()
    assert numbers(standing(office.supervisor, day_at(now))) == first
    assert judged == []
    case = Case.get_by_id(book.good.id)
    cases.change(office.officer, case.public_id, case.version, {"cause": "另一案由"}, now)
    judged.clear()
    standing(office.supervisor, day_at(now))
    assert judged == ["示街罚立〔2026〕1号"]


def test_every_case_is_judged_again_on_another_day_and_under_another_law(
    office: Office, book: Book, now: datetime, judged: list[str | None]
) -> None:
    standing(office.supervisor, day_at(now))
    judged.clear()
    standing(office.supervisor, day_at(now) + timedelta(days=1))
    assert len(judged) == 6
    judged.clear()
    update_officer("test", office.handler, {"valid_until": date(2026, 1, 1)}, now)
    after = standing(office.supervisor, day_at(now) + timedelta(days=1))
    assert len(judged) == 6
    assert [item.tally.failed for item in after.rules if item.rule == "P-05"] == [6]


def test_a_case_that_no_rule_concerns_is_counted_and_judged_once(
    office: Office, book: Book, now: datetime, judged: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Rulebook, "check", lambda *_: judged.append("asked") or [])
    assert standing(office.supervisor, day_at(now)).cases == 6
    assert len(judged) == 6
    assert standing(office.supervisor, day_at(now)).cases == 6
    assert len(judged) == 6
