"""Recording and changing cases on both engines."""

from __future__ import annotations

import threading
from datetime import datetime
from datetime import timedelta
from typing import Any

import pytest

from enforcement.audit.queries import verify
from enforcement.cases import operations
from enforcement.cases import queries
from enforcement.db import connected
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.errors import NotFound
from enforcement.errors import Stale
from enforcement.models import AuditEntry
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import FindingEvent
from tests.office import PENALTY
from tests.office import Office


@pytest.fixture
def office(database: Any, now: datetime) -> Office:
    with connected():
        return Office(now)


def open_states(case: Case) -> dict[str, str]:
    return {row.rule: row.state for row in Finding.select().where(Finding.case == case, Finding.closed_at.is_null())}


def test_a_case_in_order_waits_only_for_the_office_s_own_parameters(office: Office, now: datetime) -> None:
    case = operations.record(office.officer, "penalty", PENALTY, now)
    assert open_states(case) == {"O-16": "undetermined"}
    assert {row.parameter for row in Finding.select()} == {"review_catalogue"}
    assert (case.worst_state, case.flagged, case.version) == ("undetermined", False, 1)


def test_recording_writes_the_facts_once_and_the_audit_names_each(office: Office, now: datetime) -> None:
    case = operations.record(office.officer, "penalty", PENALTY, now)
    assert queries.get(office.officer, case.public_id).number == PENALTY["number"]
    entry = AuditEntry.select().where(AuditEntry.subject_id == case.public_id).get()
    assert entry.changed["fine"] == [None, "500.00"]
    assert entry.changed["agency"] == [None, "D-A"]
    assert verify() == []


def test_a_number_is_used_once_per_agency_and_kind(office: Office, now: datetime) -> None:
    operations.record(office.officer, "penalty", PENALTY, now)
    with pytest.raises(Conflict):
        operations.record(office.colleague, "penalty", PENALTY, now)
    operations.record(office.stranger, "penalty", PENALTY, now)
    assert Case.select().count() == 2


def test_nobody_records_for_an_agency_outside_their_own(office: Office, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        operations.record(office.officer, "penalty", {**PENALTY, "agency": "D-B"}, now)
    assert list(refused.value.errors) == ["agency"]
    assert Case.select().count() == 0


def test_a_finding_opens_changes_closes_and_opens_again(office: Office, now: datetime) -> None:
    unpublished = {name: value for name, value in PENALTY.items() if name != "published_on"}
    case = operations.record(office.officer, "penalty", unpublished, now)
    assert open_states(case)["D-01"] == "overdue" and case.flagged
    case = operations.change(office.officer, case.public_id, 1, {"published_on": "2026-03-02"}, now)
    assert open_states(case)["D-01"] == "late" and not case.flagged
    case = operations.change(office.officer, case.public_id, 2, {"published_on": "2026-01-30"}, now)
    assert "D-01" not in open_states(case)
    case = operations.change(office.officer, case.public_id, 3, {"published_on": None}, now)
    assert open_states(case)["D-01"] == "overdue" and case.flagged
    moves = [(row.from_state, row.to_state) for row in FindingEvent.select().order_by(FindingEvent.id)]
    assert moves == [(None, "overdue"), ("overdue", "late"), ("late", None), (None, "overdue")]


def test_a_duty_done_in_time_leaves_no_row(office: Office, now: datetime) -> None:
    waiting = {**PENALTY, "decided_on": "2026-02-27", "served_on": "2026-02-27", "paid_on": "2026-02-28"}
    waiting |= {"published_on": None, "platform_entered_on": None}
    case = operations.record(office.officer, "penalty", {k: v for k, v in waiting.items() if v is not None}, now)
    assert open_states(case)["D-01"] == "pending"
    case = operations.change(office.officer, case.public_id, 1, {"published_on": "2026-03-02"}, now)
    assert Finding.select().where(Finding.case == case, Finding.rule == "D-01").count() == 0


def test_a_stale_change_is_refused_and_tells_what_is_there_now(office: Office, now: datetime) -> None:
    case = operations.record(office.officer, "penalty", PENALTY, now)
    operations.change(office.colleague, case.public_id, 1, {"cause": "另一案由"}, now)
    with pytest.raises(Stale) as refused:
        operations.change(office.officer, case.public_id, 1, {"cause": "旧改动"}, now)
    assert refused.value.current.cause == "另一案由"
    assert Case.get_by_id(case.id).cause == "另一案由"


def test_the_same_facts_change_nothing(office: Office, now: datetime) -> None:
    case = operations.record(office.officer, "penalty", PENALTY, now)
    entries = AuditEntry.select().count()
    same = operations.change(office.officer, case.public_id, 1, {"fine": "500.00"}, now)
    assert (same.version, AuditEntry.select().count()) == (1, entries)


def test_a_foreign_case_does_not_exist(office: Office, now: datetime) -> None:
    case = operations.record(office.officer, "penalty", PENALTY, now)
    with pytest.raises(NotFound):
        queries.get(office.stranger, case.public_id)
    with pytest.raises(NotFound):
        operations.change(office.stranger, case.public_id, 1, {"cause": "x"}, now)
    assert queries.get(office.supervisor, case.public_id).id == case.id


def test_of_two_at_once_one_wins_and_the_other_is_told(office: Office, now: datetime) -> None:
    case = operations.record(office.officer, "penalty", PENALTY, now)
    outcomes: list[str] = []

    def attempt(cause: str) -> None:
        with connected():
            try:
                operations.change(office.officer, case.public_id, 1, {"cause": cause}, now)
                outcomes.append("changed")
            except Stale:
                outcomes.append("stale")

    threads = [threading.Thread(target=attempt, args=(f"案由{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["changed", "stale", "stale", "stale"]
    assert Case.get_by_id(case.id).version == 2
    assert verify() == []


def test_two_people_with_one_number_at_once_leave_one_case(office: Office, now: datetime) -> None:
    outcomes: list[str] = []

    def attempt() -> None:
        with connected():
            try:
                operations.record(office.officer, "penalty", PENALTY, now)
                outcomes.append("recorded")
            except Conflict:
                outcomes.append("taken")

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["recorded", "taken", "taken", "taken"]
    assert Case.select().count() == 1


def test_lists_are_bounded_filtered_searched_and_sorted(office: Office, now: datetime) -> None:
    operations.record(office.officer, "penalty", PENALTY, now)
    operations.record(
        office.officer, "penalty", {**PENALTY, "number": "2", "decided_on": "2026-01-20", "cause": "乱贴广告"}, now
    )
    operations.record(office.officer, "inspection", {"number": "3", "place": "幸福路"}, now)
    operations.record(office.stranger, "penalty", {**PENALTY, "number": "4"}, now)

    def numbers(**asked: Any) -> list[str]:
        return [case.number for case in queries.page(asked.pop("actor", office.officer), **asked).items]

    assert numbers(kind="penalty") == [PENALTY["number"], "2"]
    assert numbers(kind="penalty", sort="event_on") == ["2", PENALTY["number"]]
    assert numbers(q="广告") == ["2"]
    assert numbers(q="幸福") == ["3"]
    assert numbers(actor=office.supervisor, agency="D-B") == ["4"]
    assert numbers(kind="penalty", to=(now - timedelta(days=40)).date()) == ["2"]
    assert numbers(kind="penalty", page=2, page_size=1) == ["2"]
    assert queries.page(office.officer, page_size=1).pages == 3
    with pytest.raises(Invalid):
        queries.page(office.officer, sort="colour")
