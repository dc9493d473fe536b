"""Moments, days and JSON go in and come out the same on both engines."""

from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from typing import Any

import peewee
import pytest

from enforcement.models import Finding
from enforcement.models import ParameterValue
from enforcement.models import Review
from enforcement.models import SweepRun
from enforcement.models import Waiver
from enforcement.models import public_id
from enforcement.models.case import Case
from enforcement.models.fields import canonical_json
from enforcement.times import SHANGHAI


def stored(moment: datetime) -> datetime:
    """A moment as it is read after it was written."""
    run = SweepRun.create(job="x", slot=public_id(), started_at=moment)
    found: datetime = SweepRun.get_by_id(run.id).started_at
    return found


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=SHANGHAI),
        datetime(2026, 3, 1, tzinfo=SHANGHAI),
        datetime(2026, 2, 28, 16, 0, tzinfo=UTC),
        datetime(1991, 7, 1, 12, 0, tzinfo=SHANGHAI),
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
    ],
)
def test_a_moment_is_read_in_utc_to_the_microsecond(database: peewee.Database, moment: datetime) -> None:
    assert stored(moment) == moment
    assert stored(moment).utcoffset() == timedelta()


def test_moments_compare_and_sort_across_offsets_and_fractions(database: peewee.Database) -> None:
    noon = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    moments = [noon, noon.astimezone(SHANGHAI) + timedelta(microseconds=1), noon + timedelta(seconds=1)]
    for place, moment in enumerate(reversed(moments)):
        SweepRun.create(job="x", slot=str(place), started_at=moment)
    assert [run.started_at for run in SweepRun.select().order_by(SweepRun.started_at)] == moments
    at_or_before = SweepRun.select().where(SweepRun.started_at <= moments[1].astimezone(SHANGHAI))
    assert {run.slot for run in at_or_before} == {"2", "1"}


def test_a_moment_without_an_offset_is_refused(database: peewee.Database) -> None:
    with pytest.raises(ValueError, match="without an offset"):
        SweepRun.create(job="x", slot="1", started_at=datetime(2026, 3, 1))


def test_a_day_is_a_date_and_no_moment_is_taken_for_one(tree: Any, now: datetime) -> None:
    case = Case.create(
        kind="penalty", agency=tree.street, created_at=now, updated_at=now, facts="{}", event_on=date(2026, 2, 28)
    )
    assert Case.get_by_id(case.id).event_on == date(2026, 2, 28)
    assert Case.select().where(Case.event_on <= date(2026, 2, 28)).count() == 1
    assert Case.select().where(Case.event_on > date(2026, 2, 28)).count() == 0
    with pytest.raises(ValueError, match="not a moment"):
        Case.update(event_on=now).execute()


@pytest.mark.parametrize("value", ["50000.00", 5, None, ["fine", "罚款"], {"b": 1, "a": None}, True])
def test_json_comes_back_as_it_was_and_is_stored_in_one_form(
    database: Any, tree: Any, now: datetime, value: Any
) -> None:
    row = ParameterValue.create(
        name="x", value={"z": 1, "a": value}, from_=date(2026, 1, 1), source="…", entered_at=now
    )
    assert ParameterValue.get_by_id(row.id).value == {"z": 1, "a": value}
    assert database.execute_sql("SELECT value FROM parameter_values").fetchall() == [
        (f'{{"a":{canonical_json(value)},"z":1}}',)
    ]


def test_public_ids_are_26_characters_in_the_order_of_their_milliseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    milliseconds = iter(range(1_700_000_000_000, 1_700_000_000_050))
    monkeypatch.setattr("time.time_ns", lambda: next(milliseconds) * 1_000_000)
    ids = [public_id() for _ in range(50)]
    assert ids == sorted(ids) and len(set(ids)) == 50
    assert {len(one) for one in ids} == {26}
    assert set("".join(ids)) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@pytest.fixture
def finding(tree: Any, now: datetime) -> Finding:
    """An overdue finding."""
    case = Case.create(kind="penalty", agency=tree.street, number="1", created_at=now, updated_at=now, facts="{}")
    return make_finding(case, now)


def make_finding(case: Case, now: datetime, **values: Any) -> Finding:
    """A finding of a case."""
    given = {"rule": "D-02", "state": "overdue", "severity": "error", "kind": case.kind, **values}
    return Finding.create(case=case, agency=case.agency, opened_at=now, changed_at=now, **given)


@pytest.mark.parametrize("values", [{"state": "satisfied"}, {"severity": "dire"}, {"kind": "licence"}])
def test_words_that_are_no_state_severity_or_kind_are_refused(finding: Finding, now: datetime, values: Any) -> None:
    with pytest.raises(peewee.IntegrityError):
        make_finding(finding.case, now, **{"rule": "O-25", **values})


def test_a_case_has_one_finding_a_rule_and_a_number_once_in_an_agency(
    finding: Finding, tree: Any, now: datetime
) -> None:
    with pytest.raises(peewee.IntegrityError):
        make_finding(finding.case, now)


def test_a_number_is_unique_to_agency_and_kind_and_may_be_missing_often(
    finding: Finding, tree: Any, now: datetime
) -> None:
    def enter(agency: Any, kind: str, number: str | None) -> Case:
        return Case.create(kind=kind, agency=agency, number=number, created_at=now, updated_at=now, facts="{}")

    enter(tree.street, "inspection", "1")
    enter(tree.next_street, "penalty", "1")
    enter(tree.street, "penalty", None)
    enter(tree.street, "penalty", None)
    with pytest.raises(peewee.IntegrityError):
        enter(tree.street, "penalty", "1")


def test_a_waiver_has_a_last_day_and_is_not_approved_by_who_proposed_it(
    finding: Finding, tree: Any, now: datetime, database: Any
) -> None:
    def propose(**values: Any) -> Waiver:
        with database.atomic():
            return Waiver.create(finding=finding, ground="…", proposed_by=tree.li, proposed_at=now, **values)

    waiver = propose(last_day=date(2026, 6, 30))
    with pytest.raises(peewee.IntegrityError):
        propose()
    with pytest.raises(peewee.IntegrityError):
        Waiver.update(approved_by=tree.li, approved_at=now).execute()
    Waiver.update(approved_by=tree.zhao, approved_at=now).execute()
    with pytest.raises(peewee.IntegrityError):
        Waiver.update(refused_by=tree.zhao, refused_at=now).execute()
    assert Waiver.get_by_id(waiver.id).approved_by == tree.zhao


def test_a_review_is_not_answered_by_who_submitted_it(finding: Finding, tree: Any, now: datetime) -> None:
    review = Review.create(case=finding.case, submitted_by=tree.li, submitted_at=now)
    assert (review.status, Review.get_by_id(review.id).items) == ("waiting", {})
    with pytest.raises(peewee.IntegrityError):
        Review.update(reviewer=tree.li).execute()
