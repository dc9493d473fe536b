"""Time-lines, pictures of terms, the weight of a decision, and codes while they are typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from enforcement.cases.schemas import load_facts
from enforcement.cases.schemas import to_facts
from enforcement.guidance.codes import code_verdict
from enforcement.guidance.picture import Day
from enforcement.guidance.picture import Month
from enforcement.guidance.picture import months
from enforcement.guidance.timeline import timeline
from enforcement.guidance.weight import major
from rules.calendar import Calendar
from rules.explanation import Counting
from rules.explanation import explain
from rules.facts import KINDS
from rules.facts import facts_of
from rules.law import Entry
from rules.law import Law
from rules.law import default_law
from rules.law import load_profile
from rules.rulebook import default_rulebook
from rules.wording import Wording
from tests.office import PENALTY

LAW = default_law()
TODAY = date(2026, 3, 2)


def counting(rule: str, **facts: Any) -> Counting:
    """How a rule counted its term in the case of the tests with other facts."""
    case = to_facts("penalty", load_facts("penalty", {**PENALTY, **facts}))
    found = next(item for item in explain(default_rulebook(), case, LAW, TODAY) if item.rule == rule)
    assert found.reckoning is not None
    return found.reckoning


def days_of(pages: list[Month]) -> dict[date, Day]:
    return {day.day: day for page in pages for week in page.weeks for day in week if day is not None}


def test_working_days_are_numbered_past_rest_days_and_on_working_saturdays() -> None:
    days = days_of(months(counting("D-01", decided_on="2026-02-12", published_on="2026-02-28"), LAW.calendar))
    parts = {day.day.day: (day.part, day.number) for day in days.values() if day.part != "outside"}
    assert parts == {
        12: ("start", None),
        13: ("counted", 1),
        14: ("counted", 2),
        **{number: ("rest", None) for number in range(15, 24)},
        24: ("counted", 3),
        25: ("counted", 4),
        26: ("counted", 5),
        27: ("counted", 6),
        28: ("end", 7),
    }
    assert [day.day.day for day in days.values() if day.made_up] == [14, 28]


def test_a_pause_is_not_counted() -> None:
    pauses = [{"from": "2026-01-20", "to": "2026-01-22", "ground": "appraisal"}]
    days = days_of(months(counting("O-23", pauses=pauses), LAW.calendar))
    assert [day.isoformat() for day, held in days.items() if held.part == "paused"] == [
        "2026-01-20",
        "2026-01-21",
        "2026-01-22",
    ]
    assert (days[date(2026, 1, 19)].number, days[date(2026, 1, 23)].number) == (14, 15)


def test_a_month_is_whole_weeks_from_monday() -> None:
    (page,) = months(counting("D-01", decided_on="2026-02-12", published_on="2026-02-28"), LAW.calendar)
    assert (page.year, page.month, page.gap) == (2026, 2, False)
    assert [len(week) for week in page.weeks] == [7] * 5
    assert [day and day.day.day for day in page.weeks[0]] == [None] * 6 + [1]


def test_a_long_term_leaves_out_the_months_between() -> None:
    base = counting("O-23")
    long = msgspec.structs.replace(
        base, unit="years", length=2, skipped=[], ends=date(2028, 1, 5), raw=date(2028, 1, 5)
    )
    pages = months(long, LAW.calendar)
    assert [(page.year, page.month, page.gap) for page in pages] == [(2026, 1, False), (2028, 1, True)]
    assert {day.number for day in days_of(pages).values()} == {None}


@pytest.mark.parametrize("change", [{"unit": "hours"}, {"ends": None}])
def test_hours_and_terms_without_an_end_have_no_picture(change: dict[str, Any]) -> None:
    assert months(msgspec.structs.replace(counting("O-23"), **change), LAW.calendar) == []


def line(**facts: Any) -> dict[str, tuple[str, str]]:
    case = to_facts("penalty", load_facts("penalty", {**PENALTY, **facts}))
    return {mark.fact: (mark.day.isoformat(), mark.state) for mark in timeline("penalty", case, LAW, TODAY)}


def test_a_time_line_tells_done_late_due_and_missed() -> None:
    marks = line(
        decided_on="2026-02-25", served_on=None, published_on=None, paid_on=None, platform_entered_on="2026-03-20"
    )
    assert marks["filed_on"] == ("2026-01-05", "done")
    assert marks["served_on"] == ("2026-03-05", "due")
    assert marks["platform_entered_on"] == ("2026-03-20", "late")
    assert line(published_on=None)["published_on"] == ("2026-02-04", "missed")


def test_a_time_line_is_in_order_of_days_and_then_of_the_procedure() -> None:
    case = to_facts("penalty", load_facts("penalty", PENALTY))
    marks = timeline("penalty", case, LAW, TODAY)
    assert [mark.day for mark in marks] == sorted(mark.day for mark in marks)
    same_day = [mark.fact for mark in marks if mark.day == date(2026, 1, 29)]
    assert same_day == ["published_on", "platform_entered_on"]


def test_dates_of_birth_are_no_acts() -> None:
    assert "party_birth_date" not in line(party_birth_date="1991-01-01")


CATALOGUE = [
    Entry(
        code="A-1",
        zh="罚款五万元以上",
        en="Fines of 50,000 and more",
        act="penalty",
        amount_of="fine",
        individual_from=Decimal(5000),
        organisation_from=Decimal(50000),
        from_=date(2020, 1, 1),
    )
]


def weigh(catalogue: list[Entry] | None, kind: str = "penalty", **facts: Any) -> Any:
    law = Law(load_profile("tianjin"), Calendar.load(), catalogue=catalogue)
    base = PENALTY if kind == "penalty" else {}
    return major(kind, to_facts(kind, load_facts(kind, {**base, **facts})), law, "zh")


def test_a_fine_above_the_catalogue_s_limit_is_major_and_names_the_entry() -> None:
    assert weigh(CATALOGUE, fine="5000.00") == ("yes", ("A-1 罚款五万元以上",), (), ())
    assert weigh(CATALOGUE, fine="4999.99").answer == "no"


def test_without_a_catalogue_or_a_flag_it_cannot_be_said() -> None:
    found = weigh(None)
    assert (found.answer, found.missing) == ("unknown", ())
    assert found.parameters == ("重大执法决定法制审核目录（review_catalogue）",)
    assert weigh(CATALOGUE, complex=None).missing == ("complex",)


def test_a_flag_is_a_ground_by_its_label() -> None:
    label = Wording(facts_of(KINDS["penalty"]), "zh").label("complex")
    assert weigh(None, complex=True).grounds == (label,)


def test_summary_penalties_and_inspections_are_never_weighed() -> None:
    assert weigh(CATALOGUE, procedure="summary") is None
    assert weigh(CATALOGUE, kind="inspection") is None
    assert weigh(CATALOGUE, kind="measure", social_risk=True).answer == "yes"


@pytest.mark.parametrize(
    ("code", "kind", "tone"),
    [
        ("91350100M000100Y43", "organisation", "right"),
        ("91350100m000100y43", "", "right"),
        ("91350100M000100Y44", "organisation", "wrong"),
        ("91350100M000100Y43", "individual", "wrong"),
        ("91350100M000100Y43", "sole_trader", "wrong"),
        ("360426199101010071", "individual", "right"),
        ("360426199101010071", "", "right"),
        ("360426199101010072", "individual", "wrong"),
        ("360426199101010072", "", "open"),
        ("3604261991", "individual", "open"),
        ("120101********0071", "individual", "open"),
        ("E12345678901234567890", "individual", "open"),
    ],
)
def test_a_code_is_told_right_or_wrong_while_it_is_typed(code: str, kind: str, tone: str) -> None:
    found = code_verdict(code, kind, LAW, TODAY, "zh")
    assert found is not None and found.tone == tone


def test_nothing_is_said_of_an_empty_code() -> None:
    assert code_verdict("  ", "individual", LAW, TODAY, "zh") is None
