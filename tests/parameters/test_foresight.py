"""What an entry of the review catalogue would do, told before it is saved and true after it was."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from enforcement import lawbook
from enforcement.accounts import operations as accounts
from enforcement.findings.settling import settle
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import CatalogueEntry
from enforcement.models import Finding
from enforcement.parameters import operations
from enforcement.parameters.foresight import foresee
from rules.law import Entry
from tests.office import Office
from tests.web.book import record

DAY = date(2026, 3, 2)
UNFLAGGED = ("示街罚立〔2026〕1号", "示街罚立〔2026〕2号", "示街罚立〔2026〕3号")


def entry(**more: Any) -> Entry:
    fields = {
        "code": "CF-1",
        "zh": "对公民罚款五百元以上",
        "en": "Fines from 500 yuan on individuals",
        "act": "penalty",
        "from_": DAY,
        "amount_of": "fine",
        "individual_from": Decimal(500),
    }
    return Entry(**{**fields, **more})


def save(office: Office, agency: Agency, new: Entry, now: datetime) -> None:
    profile = lawbook.law_for(agency).profile
    raw = msgspec.json.decode(msgspec.json.encode(new))
    plain = {name: value for name, value in raw.items() if value not in (None, [], False)}
    operations.add_entries(office.admin, now, profile, agency=agency, raw=[plain])


@pytest.fixture
def cases(office: Office, now: datetime) -> list[Case]:
    """Fines of 500, 500 and 400 yuan in street A, and one of 500 in street B."""
    return [
        record(office.officer, UNFLAGGED[0], now),
        record(office.officer, UNFLAGGED[1], now),
        record(office.officer, UNFLAGGED[2], now, fine="400.00", noticed_fine="400.00"),
        record(office.stranger, "乙街罚立〔2026〕1号", now),
    ]


def test_it_counts_what_would_become_major_and_what_would_be_flagged(
    office: Office, cases: list[Case], now: datetime
) -> None:
    told = foresee(office.street, entry(), DAY)
    assert (told.first, told.last) == (date(2025, 3, 3), DAY)
    assert (told.cases, told.matched, told.newly, told.unknown) == (3, 2, 2, 0)
    assert told.flagged == 2, "both were decided without a passed review"
    assert dict(told.by_agency) == {"D-A": 2}


def test_nothing_is_stored_by_looking(office: Office, cases: list[Case], now: datetime) -> None:
    foresee(office.street, entry(), DAY)
    assert CatalogueEntry.select().count() == 0
    assert [Case.get_by_id(case.id).flagged for case in cases] == [case.flagged for case in cases]


def test_what_it_foretells_comes_true(office: Office, cases: list[Case], now: datetime) -> None:
    since = entry(from_=date(2026, 1, 1))
    told = foresee(office.street, since, DAY)
    save(office, office.street, since, now)
    for case in cases:
        settle(Case.get_by_id(case.id), DAY, now)
    flagged = Finding.select().where(Finding.rule == "O-16", Finding.state == "violated", Finding.closed_at.is_null())
    assert {row.case.number for row in flagged} == set(UNFLAGGED[:2]) and told.flagged == 2


def test_the_whole_tree_below_is_reached_but_for_a_catalogue_of_ones_own(
    office: Office, cases: list[Case], now: datetime
) -> None:
    assert dict(foresee(office.district, entry(), DAY).by_agency) == {"D-A": 2, "D-B": 1}
    save(office, office.other, entry(code="B-1", individual_from=Decimal(90000)), now)
    assert dict(foresee(office.district, entry(), DAY).by_agency) == {"D-A": 2}


def test_what_another_entry_makes_major_already_is_not_new(office: Office, cases: list[Case], now: datetime) -> None:
    save(office, office.street, entry(code="CF-0", from_=date(2026, 1, 1)), now)
    told = foresee(office.street, entry(), DAY)
    assert (told.matched, told.newly, told.flagged) == (2, 0, 0)


def test_the_first_entry_says_how_many_from_above_it_stands_in_for(
    office: Office, cases: list[Case], now: datetime
) -> None:
    assert foresee(office.street, entry(), DAY).replaces == 0
    save(office, office.district, entry(code="D-1", from_=date(2026, 1, 1)), now)
    assert foresee(office.street, entry(), DAY).replaces == 1
    save(office, office.street, entry(code="A-1", from_=date(2026, 1, 1)), now)
    assert foresee(office.street, entry(), DAY).replaces == 0


def test_a_penalty_in_the_summary_procedure_is_left_out(office: Office, now: datetime) -> None:
    record(office.officer, UNFLAGGED[0], now, procedure="summary")
    assert foresee(office.street, entry(), DAY).cases == 0


def test_a_case_that_lacks_the_fact_is_counted_apart(office: Office, now: datetime) -> None:
    record(office.officer, UNFLAGGED[0], now, ("party_kind",))
    told = foresee(office.street, entry(organisation_from=Decimal(5000)), DAY)
    assert (told.cases, told.matched, told.unknown) == (1, 0, 1)


def test_cases_of_more_than_a_year_ago_are_left_alone(office: Office, cases: list[Case], now: datetime) -> None:
    assert foresee(office.street, entry(), date(2027, 6, 1)).cases == 0


def test_an_entry_for_inspections_is_matched_and_flags_nothing(office: Office, now: datetime) -> None:
    from enforcement.cases import operations as recording

    facts = {
        "number": "示街检〔2026〕1号",
        "type": "routine",
        "business": True,
        "handlers": ["12010001", "12010002"],
        "started_at": "2026-02-10T09:30:00+08:00",
    }
    recording.record(office.officer, "inspection", facts, now)
    told = foresee(
        office.street, entry(act="inspection", types=("routine",), amount_of=None, individual_from=None), DAY
    )
    assert (told.cases, told.matched, told.flagged) == (1, 1, 0)


def test_a_measure_is_weighed_by_its_type(office: Office, now: datetime) -> None:
    from enforcement.cases import operations as recording

    facts = {
        "number": "示街强〔2026〕1号",
        "class": "execution",
        "type": "demolish",
        "execution_decided_on": "2026-02-10",
    }
    recording.record(office.officer, "measure", facts, now)
    told = foresee(office.street, entry(act="measure", types=("demolish",), amount_of=None, individual_from=None), DAY)
    assert (told.cases, told.matched, told.newly) == (1, 1, 1)


def test_an_admin_of_another_place_does_not_save_what_was_looked_at(office: Office, now: datetime) -> None:
    from enforcement.errors import Forbidden

    other = accounts.create_user(
        "test", now, login="other", name="其他", role="admin", agency=office.other, email="o@example.org"
    )
    with pytest.raises(Forbidden):
        operations.add_entries(
            other,
            now,
            lawbook.law_for(office.street).profile,
            agency=office.street,
            raw=[{"code": "X", "zh": "甲", "en": "A", "act": "penalty", "from": "2026-01-01", "hearing": True}],
        )
