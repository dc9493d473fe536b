"""What a person is told of, read from a book on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any

import peewee
import pytest

from enforcement.accounts import operations as accounts
from enforcement.cases import operations as cases
from enforcement.cases.queries import outcomes
from enforcement.findings import operations as findings
from enforcement.mail import outbox
from enforcement.mail.digest import Listed
from enforcement.mail.digest import Material
from enforcement.mail.queries import gather
from enforcement.mail.queries import recipients
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import User
from enforcement.reviews import operations as reviews
from enforcement.sweeps.sweeping import sweep
from rules.facts import Text
from tests.office import PENALTY
from tests.office import Office

RECORDED = datetime.fromisoformat("2026-01-29T10:00:00+08:00")
NOW = datetime.fromisoformat("2026-02-05T08:00:00+08:00")
DAY = date(2026, 2, 5)
ALL = ("subject", "procedure", "facts", "law", "discretion", "powers", "documents", "crime")
UNPUBLISHED = {name: value for name, value in PENALTY.items() if name != "published_on"}


@pytest.fixture
def office(database: peewee.Database) -> Iterator[Office]:
    """The office, on the day on which the cases are recorded."""
    yield Office(RECORDED)


def recorded(by: User, number: str, without: tuple[str, ...] = ("published_on",), **more: Any) -> Case:
    """A penalty recorded on 29 January without some facts; publication is due by 4 February."""
    facts = {name: value for name, value in PENALTY.items() if name not in without}
    return cases.record(by, "penalty", {**facts, **more, "number": number}, RECORDED)


def told(user: User, day: date = DAY, soon: int = 7) -> Material:
    kind = "digest" if user.role == "officer" else "summary"
    return gather(User.get_by_id(user.id), kind, day, soon)


def shown(listed: Listed) -> list[tuple[str | None, str]]:
    """Number and rule, or result, of the entries."""
    return [(item.number, getattr(item, "rule", None) or str(getattr(item, "result", ""))) for item in listed.items]


def mark_sent(user: User, kind: str, at: datetime) -> None:
    """Let a mail of a kind have been sent to a person."""
    outbox.enter([User.get_by_id(user.id)], kind, at.date().isoformat(), "ledger@example.org", at)
    for mail_id in outbox.due(at):
        mail = outbox.claim(mail_id, "test", at, 60)
        assert mail is not None
        outbox.sent(mail, "subject", at)


def test_what_became_overdue_is_new_until_it_was_told(office: Office) -> None:
    recorded(office.officer, "A")
    assert shown(told(office.officer, date(2026, 2, 4)).new) == []
    sweep(DAY, NOW)
    assert shown(told(office.officer).new) == [("A", "D-01")]
    assert told(office.officer).earlier == 0

    mark_sent(office.officer, "digest", NOW + timedelta(minutes=1))
    again = told(office.officer)
    assert (shown(again.new), again.earlier) == ([], 1)


def test_what_is_due_today_or_on_the_last_of_the_days_is_due_soon_and_the_day_after_is_not(office: Office) -> None:
    recorded(office.officer, "A")
    for day, soon in ((date(2026, 1, 28), 7), (date(2026, 2, 4), 0)):
        assert shown(told(office.officer, day, soon).soon) == [("A", "D-01")]
    assert shown(told(office.officer, date(2026, 1, 27), 7).soon) == []


def test_an_officer_is_told_of_cases_under_the_own_certificate_and_of_those_entered(office: Office) -> None:
    recorded(office.officer, "both")
    recorded(office.officer, "entered", handlers=["12010002", "12019999"])
    recorded(office.colleague, "handled", handlers=["12010001", "12019999"])
    recorded(office.colleague, "neither", handlers=["12010002", "12019999"])
    recorded(office.stranger, "other street")
    sweep(DAY, NOW)
    mine = [number for number, rule in shown(told(office.officer).new) if rule == "D-01"]
    assert mine == ["both", "entered", "handled"]
    theirs = [number for number, rule in shown(told(office.stranger).new) if rule == "D-01"]
    assert theirs == ["other street"]


def test_a_certificate_number_that_is_part_of_another_is_not_it(office: Office) -> None:
    recorded(office.colleague, "longer", handlers=["120100012", "312010001"])
    sweep(DAY, NOW)
    assert shown(told(office.officer).new) == []


def test_an_officer_without_a_certificate_is_told_of_the_agencys_cases(office: Office) -> None:
    clerk = accounts.create_user(
        "test", RECORDED, login="clerk", name="clerk", role="officer", agency=office.street, email="c@example.org"
    )
    recorded(office.officer, "street")
    recorded(office.stranger, "other street")
    sweep(DAY, NOW)
    assert [number for number, rule in shown(told(clerk).new) if rule == "D-01"] == ["street"]


def test_a_supervisor_is_told_of_everything_below(office: Office) -> None:
    recorded(office.officer, "street")
    recorded(office.stranger, "other street")
    sweep(DAY, NOW)
    told_of = [number for number, rule in shown(told(office.supervisor).new) if rule == "D-01"]
    assert told_of == ["other street", "street"]


def test_a_waived_finding_is_not_told_and_stands_beside_the_rate(office: Office) -> None:
    recorded(office.officer, "A")
    sweep(DAY, NOW)
    before = told(office.officer).standing
    finding = Finding.get(Finding.rule == "D-01")
    waiver = findings.propose_waiver(office.officer, finding.public_id, "不可抗力", date(2026, 3, 1), "", NOW)
    findings.approve_waiver(office.supervisor, waiver.public_id, NOW)
    after = told(office.officer)
    assert shown(after.new) == []
    assert (after.standing.waived, after.standing.failed) == (1, before.failed - 1)


def test_a_reviewer_is_told_of_the_queue_but_for_the_own_cases(office: Office) -> None:
    first = recorded(office.officer, "first")
    second = recorded(office.officer, "second")
    handled = recorded(office.officer, "handled", handlers=["12010001", "12019999"])
    for hour, case in enumerate((second, first, handled)):
        reviews.submit(office.officer, case.public_id, RECORDED + timedelta(hours=hour))
    assert [number for number, _ in shown(told(office.reviewer).waiting)] == ["second", "first"]
    assert [number for number, _ in shown(told(office.supervisor).waiting)] == ["second", "first", "handled"]
    assert told(office.officer).waiting.total == 0


def test_an_officer_is_told_of_what_was_sent_back_until_it_is_submitted_again(office: Office) -> None:
    case = recorded(office.officer, "A")
    passed = recorded(office.officer, "passed")
    for one in (case, passed):
        reviews.submit(office.officer, one.public_id, RECORDED)
    points = {item: "" for item in ALL}
    reviews.answer(office.reviewer, case.public_id, "supplement", "补充证据", points, RECORDED + timedelta(hours=1))
    reviews.answer(office.reviewer, passed.public_id, "passed", "", points, RECORDED + timedelta(hours=1))
    assert shown(told(office.officer).sent_back) == [("A", "supplement")]
    assert shown(told(office.colleague).sent_back) == [("A", "supplement")]
    assert told(office.stranger).sent_back.total == 0

    reviews.submit(office.officer, case.public_id, RECORDED + timedelta(hours=2))
    assert shown(told(office.officer).sent_back) == []


def test_the_standing_counts_what_the_rules_answer(office: Office) -> None:
    recorded(office.officer, "A", without=())
    recorded(office.officer, "B", without=("served_on", "platform_entered_on", "platform_number"))
    recorded(office.officer, "C", without=("party_code", "fine_max"))
    states = [
        outcome.state for case in Case.select() for outcome in outcomes(case, DAY) if case.agency_id == office.street.id
    ]
    standing = told(office.officer).standing
    assert standing.cases == 3
    assert standing.passed == states.count("satisfied")
    assert standing.failed == sum(states.count(state) for state in ("late", "overdue", "violated"))
    assert (standing.pending, standing.undetermined) == (states.count("pending"), states.count("undetermined"))
    assert standing.passed and standing.failed and standing.undetermined


def test_what_is_undetermined_is_summed_once_per_parameter_and_per_fact(office: Office) -> None:
    recorded(office.officer, "A", without=())
    recorded(office.officer, "B", without=("fine_max",))
    found = told(office.officer)
    missing = {(item.what, item.name): item.cases for item in found.standing.missing}
    assert missing["parameter", "review_catalogue"] == 2
    assert missing["fact", "fine_max"] == 1
    label = found.parameters["review_catalogue"]
    assert isinstance(label, Text) and label.zh and label.en


def test_the_standing_leaves_out_what_happened_more_than_a_year_ago(office: Office) -> None:
    recorded(office.officer, "A")
    assert told(office.officer, date(2027, 1, 25)).standing.cases == 1
    assert told(office.officer, date(2027, 1, 26)).standing.cases == 0


def test_mail_goes_to_active_people_with_an_address_by_role(office: Office) -> None:
    User.update(active=False).where(User.id == office.colleague.id).execute()
    User.update(email="").where(User.id == office.stranger.id).execute()
    assert [user.login for user in recipients("digest")] == ["officer"]
    assert [user.login for user in recipients("summary")] == ["reviewer", "supervisor"]
