"""The demo's book: recorded as in an office, swept, and summed up, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from enforcement import lawbook
from enforcement.accounts.queries import authenticate_password
from enforcement.accounts.queries import authenticate_token
from enforcement.audit.queries import verify
from enforcement.config import Settings
from enforcement.db import attach
from enforcement.db import database as proxy
from enforcement.demo.examples import examples
from enforcement.demo.folder import prepare
from enforcement.demo.folder import settings_for
from enforcement.demo.operations import Made
from enforcement.demo.operations import fill
from enforcement.demo.operations import swept_at
from enforcement.demo.summary import Compliance
from enforcement.demo.summary import rate
from enforcement.demo.summary import summarise
from enforcement.findings import queries as findings
from enforcement.models import AuditEntry
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import Response
from enforcement.models import Waiver
from enforcement.reviews import queries as reviews

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A filled and swept book, on each engine made once for all tests here, which only read it."""
    place = prepare(tmp_path_factory.mktemp("demo"))
    postgres = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    name = postgres.lend() if postgres else ""
    opened: Any = attach(postgres.url(name) if postgres else place.url)
    book = lawbook.configure("tianjin")
    yield fill(DAY, settings_for(place, Settings(), 8000), book.calendar, "zh", lambda done, total: None)
    lawbook.configure("tianjin")
    opened.close_all()
    proxy.initialize(None)
    if postgres:
        postgres.take_back(name)


def test_everything_is_recorded_through_the_operations_and_the_audit_is_whole(made: Made) -> None:
    recorded = AuditEntry.select().where(AuditEntry.action == "case.record").count()

    assert recorded == Case.select().count() == len(made.examples) + made.published
    assert verify() == []
    assert Case.select().where(Case.number == "R0036").get().agency.code == "DEMO-P"


def test_the_sweep_of_the_morning_finds_what_became_overdue_overnight(made: Made) -> None:
    overnight = made.examples["service-just-overdue"]
    finding = Finding.get(Finding.case == overnight, Finding.rule == "O-25")

    assert made.sweep.outcome["overdue"] == 1
    assert finding.state == "overdue"
    assert [(event.from_state, event.to_state, event.day) for event in finding.events] == [("pending", "overdue", DAY)]


def test_the_examples_show_in_the_findings_what_they_name(made: Made) -> None:
    for example in examples():
        case = made.examples[example.name]
        found = Finding.select().where(Finding.case == case, Finding.closed_at.is_null())
        expected = {**example.expect, **({"O-19": "pending"} if example.submit else {})}
        assert {row.rule: row.state for row in found} == expected, example.name


def test_somebody_of_every_role_signs_in_by_password_and_by_token(made: Made) -> None:
    roles = set()
    for login, person in made.office.people.items():
        signed_in = authenticate_token(person.token, swept_at(DAY))
        assert signed_in is not None
        assert signed_in.login == login
        roles.add(signed_in.role)
    by_password = authenticate_password("zhang", made.office.password)

    assert roles == {"officer", "reviewer", "supervisor", "admin"}
    assert by_password is not None
    assert by_password.login == "zhang"


def test_a_review_waits_a_finding_is_answered_and_one_is_waived(made: Made) -> None:
    queue = reviews.queue(made.office.user("sun"), "waiting")
    waiver, answer = Waiver.get(), Response.get()

    assert [review.case.number for review in queue.items] == [made.examples["review-waiting"].number]
    assert (waiver.finding.rule, waiver.proposed_by.login, waiver.approved_by.login) == ("D-10", "chen", "zhou")
    assert Finding.get(Finding.waived).case.number == made.examples["not-in-platform"].number
    assert (answer.finding.rule, answer.by.login) == ("O-25", "zhang")


def test_the_mails_of_the_morning_lie_in_the_folder(made: Made) -> None:
    found = [message_from_bytes(path.read_bytes(), policy=default) for path in made.mails]

    # Nothing is wrong in wu's street and nothing is due, so wu gets no mail.
    to = {mail["To"].addresses[0].addr_spec: mail["Subject"] for mail in found}
    assert set(to) == {f"{login}@demo.example" for login in ("zhang", "chen", "sun", "zhou")}
    assert all(str(DAY) in subject for subject in to.values())


def test_the_summary_is_honest(made: Made) -> None:
    summary = summarise(DAY, "zh")
    passed, failed = summary.total("passed"), summary.total("failed")

    assert (summary.extracts, summary.accused_extracts) == (made.published + 1, 0)
    assert summary.total("waived") == 1
    assert summary.rate == rate(passed, failed)
    assert summary.rate is not None
    assert Decimal("0.8") < summary.rate < Decimal(passed) / (passed + failed) + Decimal("0.0001")
    assert _line(summary, "penalty", "D-01")[1:] == (1, 1, 0)  # published-late, publication-due
    assert summary.parameters == findings.by_parameter(made.office.user("zhou"))  # as the findings themselves tell it


def _line(summary: Compliance, kind: str, rule: str) -> tuple[int, int, int, int]:
    line = next(line for line in summary.lines if (line.kind, line.rule) == (kind, rule))
    return line.passed, line.failed, line.due, line.undetermined


def test_the_worst_findings_are_fatal_one_a_case_and_no_extract(made: Made) -> None:
    worst = summarise(DAY, "en").worst

    assert [item.severity for item in worst] == ["fatal"] * 10
    assert len({(item.kind, item.number) for item in worst}) == 10
    assert {item.agency for item in worst} <= {"示例街道办事处", "样板街道办事处"}
    assert [item.rule for item in worst if "请" in item.message] == []  # in English, as asked


def test_nothing_checked_is_no_rate() -> None:
    assert rate(0, 0) is None
    assert rate(0, 3) == 0
    assert rate(99999, 1) == Decimal("0.9999")  # never rounded up to a hundred per cent
