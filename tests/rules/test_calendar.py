"""Working days by decree: the vectors of the law, both ends of the table, and files that add a year."""

from __future__ import annotations

import pickle
from datetime import date
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from rules.calendar import Calendar
from rules.calendar import UnknownYear
from rules.calendar import add_months
from rules.calendar import add_years
from rules.parameters.decrees import Decree

CALENDAR = Calendar.load()
ONE_DAY = timedelta(days=1)

#: A day of the table far enough from its end to add eighty working days.
days = st.dates(CALENDAR.first, CALENDAR.last - timedelta(days=150))
counts = st.integers(0, 80)
properties = settings(derandomize=True, deadline=None, max_examples=300)


def day(text: str) -> date:
    return date.fromisoformat(text)


def days_of(first: str, last: str) -> list[date]:
    length = (day(last) - day(first)).days + 1
    return [day(first) + timedelta(days=number) for number in range(length)]


def every_day() -> list[date]:
    return days_of(str(CALENDAR.first), str(CALENDAR.last))


# The test vectors of the law


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2025-09-26", 5, "2025-10-10"),  # 27 Sep rests, 28 Sep works, 1 to 8 Oct rest
        ("2026-02-12", 5, "2026-02-26"),  # 13, 14 (Sat), 24, 25, 26
        ("2026-02-12", 7, "2026-02-28"),  # 27, 28 (Sat)
        ("2024-09-29", 7, "2024-10-14"),  # a working Sunday; 30 Sep, 8 to 12 Oct (Sat), 14 Oct
        ("2026-09-18", 3, "2026-09-22"),  # 20 (Sun), 21, 22
        ("2026-09-30", 2, "2026-10-09"),  # 8, 9; 1 to 7 Oct rest
        ("2025-01-24", 10, "2025-02-13"),  # 26 (Sun), 27, then 5 to 8 (Sat), 10 to 13 Feb
    ],
)
def test_the_nth_working_day_after_a_day_is_that_of_the_vectors(start: str, count: int, expected: str) -> None:
    assert CALENDAR.add_working_days(day(start), count) == day(expected)


def test_no_working_days_added_is_the_day_itself_even_when_it_rests() -> None:
    assert CALENDAR.add_working_days(day("2026-02-17"), 0) == day("2026-02-17")


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="counted forward, not -1"):
        CALENDAR.add_working_days(day("2026-03-02"), -1)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2025-10-05", "2025-10-09"),  # 15 days from 2025-09-20
        ("2026-02-19", "2026-02-24"),  # 30 days from 2026-01-20
        ("2025-12-30", "2025-12-30"),  # 90 days from 2025-10-01: a Tuesday
        ("2026-02-28", "2026-02-28"),  # six months from 2025-08-31: a working Saturday
        ("2004-01-01", "2004-01-02"),  # the first day of the table
    ],
)
def test_a_last_day_that_rests_rolls_to_the_next_working_day(raw: str, expected: str) -> None:
    assert CALENDAR.roll(day(raw)) == day(expected)


@pytest.mark.parametrize(("hearing", "expected"), [("2025-10-20", 8), ("2025-10-17", 7), ("2025-10-16", 6)])
def test_working_days_between_notice_and_hearing_count_the_working_saturday(hearing: str, expected: int) -> None:
    assert CALENDAR.working_days_between(day("2025-10-09"), day(hearing)) == expected


def test_working_days_between_are_negative_the_other_way_round() -> None:
    assert CALENDAR.working_days_between(day("2025-10-20"), day("2025-10-09")) == -8
    assert CALENDAR.working_days_between(day("2025-10-09"), day("2025-10-09")) == 0


def test_rest_and_made_up_days_of_a_term_can_be_told() -> None:
    """Published within seven working days of 2026-02-12: the days a message has to explain."""
    after, until = day("2026-02-12"), day("2026-02-28")
    assert CALENDAR.rest_days(after, until) == tuple(days_of("2026-02-15", "2026-02-23"))
    assert CALENDAR.made_up_days(after, until) == (day("2026-02-14"), day("2026-02-28"))
    assert CALENDAR.rest_days(until, after) == ()


# What was decreed


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2021, ["02-07", "02-20", "04-25", "05-08", "09-18", "09-26", "10-09"]),
        (2024, ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"]),
        (2025, ["01-26", "02-08", "04-27", "09-28", "10-11"]),
        (2026, ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]),
    ],
)
def test_the_working_weekends_of_a_year_are_those_decreed(year: int, expected: list[str]) -> None:
    found = [each for each in every_day() if each.year == year and CALENDAR.kind(each) == "working_weekend"]
    assert found == [day(f"{year}-{each}") for each in expected]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("01-01", "01-03"),
        ("02-15", "02-23"),
        ("04-04", "04-06"),
        ("05-01", "05-05"),
        ("06-19", "06-21"),
        ("09-25", "09-27"),
        ("10-01", "10-07"),
    ],
)
def test_the_rest_blocks_of_2026_rest_and_the_weekdays_around_them_work(first: str, last: str) -> None:
    block = days_of(f"2026-{first}", f"2026-{last}")
    assert [each for each in block if CALENDAR.is_working(each)] == []
    around = [each for each in (block[0] - ONE_DAY, block[-1] + ONE_DAY) if each.year == 2026 and each.weekday() < 5]
    assert [each for each in around if not CALENDAR.is_working(each)] == []


@pytest.mark.parametrize("decree", CALENDAR.decrees, ids=lambda decree: str(decree.year))
def test_all_statutory_days_of_a_year_rest(decree: Decree) -> None:
    assert [each for each in decree.statutory if CALENDAR.is_working(each)] == []
    assert [each for each in decree.statutory if not CALENDAR.is_statutory(each)] == []


#: Festivals by the 放假办法 in force, first year of each version.
FESTIVALS = {
    2004: {"元旦": 1, "初一": 1, "初二": 1, "初三": 1, "劳动节": 3, "国庆": 3},
    2008: {"元旦": 1, "除夕": 1, "初一": 1, "初二": 1, "清明": 1, "劳动节": 1, "端午": 1, "中秋": 1, "国庆": 3},
    2014: {"元旦": 1, "初一": 1, "初二": 1, "初三": 1, "清明": 1, "劳动节": 1, "端午": 1, "中秋": 1, "国庆": 3},
    2025: {
        "元旦": 1,
        "除夕": 1,
        "初一": 1,
        "初二": 1,
        "初三": 1,
        "清明": 1,
        "劳动节": 2,
        "端午": 1,
        "中秋": 1,
        "国庆": 3,
    },
}


@pytest.mark.parametrize("decree", CALENDAR.decrees, ids=lambda decree: str(decree.year))
def test_the_statutory_days_of_a_year_are_those_of_the_measures_in_force(decree: Decree) -> None:
    names = [name for written in decree.statutory.values() for name in written.split("、")]
    in_force = FESTIVALS[max(year for year in FESTIVALS if year <= decree.year)]
    assert {name: names.count(name) for name in names} == in_force


@pytest.mark.parametrize("decree", CALENDAR.decrees, ids=lambda decree: str(decree.year))
def test_spring_festival_days_follow_one_another(decree: Decree) -> None:
    spring = [each for each, name in decree.statutory.items() if name in ("除夕", "初一", "初二", "初三")]
    assert spring == days_of(str(spring[0]), str(spring[-1]))


#: Working days of each year by an independent table of the State Council's notices.
WORKING_DAYS = {
    2004: 252,
    2005: 250,
    2006: 251,
    2007: 249,
    2008: 251,
    2009: 250,
    2010: 250,
    2011: 250,
    2012: 249,
    2013: 250,
    2014: 250,
    2015: 249,
    2016: 250,
    2017: 249,
    2018: 250,
    2019: 250,
    2020: 249,
    2021: 250,
    2022: 249,
    2023: 249,
    2024: 251,
    2025: 248,
    2026: 248,
}


def test_each_year_has_the_working_days_of_the_notices() -> None:
    found = {year: 0 for year in CALENDAR.years}
    for each in every_day():
        found[each.year] += CALENDAR.is_working(each)
    assert found == WORKING_DAYS


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2026-02-12", "working"),
        ("2026-02-15", "weekend"),  # a Sunday of the holiday
        ("2026-02-16", "statutory"),  # 除夕
        ("2024-02-09", "working"),  # 除夕 was no statutory day in 2024
        ("2026-02-20", "adjusted_rest"),
        ("2026-02-14", "working_weekend"),
        ("2026-05-02", "statutory"),  # a Saturday
        ("2015-09-03", "adjusted_rest"),  # a single decree, not the 放假办法
        ("2020-01-31", "adjusted_rest"),  # the prolonged spring festival
        ("2020-02-01", "weekend"),  # a working Saturday until it was prolonged
        ("2007-12-29", "working_weekend"),  # moved by the notice for 2008
        ("2007-12-31", "adjusted_rest"),
    ],
)
def test_a_day_is_of_the_kind_decreed(text: str, kind: str) -> None:
    assert CALENDAR.kind(day(text)) == kind
    assert CALENDAR.is_working(day(text)) == (kind in ("working", "working_weekend"))
    assert CALENDAR.is_statutory(day(text)) == (kind == "statutory")


# Both ends of the table

BEFORE, AFTER = date(2003, 12, 31), date(2027, 1, 1)
QUESTIONS = {
    "kind": lambda outside: CALENDAR.kind(outside),
    "is_working": lambda outside: CALENDAR.is_working(outside),
    "is_statutory": lambda outside: CALENDAR.is_statutory(outside),
    "add_working_days": lambda outside: CALENDAR.add_working_days(outside, 5),
    "add_working_days, none": lambda outside: CALENDAR.add_working_days(outside, 0),
    "roll": lambda outside: CALENDAR.roll(outside),
    "between, from": lambda outside: CALENDAR.working_days_between(outside, date(2020, 5, 6)),
    "between, to": lambda outside: CALENDAR.working_days_between(date(2020, 5, 6), outside),
    "rest_days": lambda outside: CALENDAR.rest_days(date(2020, 5, 6), outside),
    "made_up_days": lambda outside: CALENDAR.made_up_days(outside, date(2020, 5, 6)),
}


@pytest.mark.parametrize("outside", [BEFORE, AFTER, date.min, date.max], ids=str)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_day_outside_the_table_is_unknown_and_never_wraps(question: str, outside: date) -> None:
    with pytest.raises(UnknownYear) as caught:
        QUESTIONS[question](outside)
    assert caught.value.year == outside.year


def test_a_term_that_runs_out_of_the_table_names_the_year_it_needs() -> None:
    assert CALENDAR.add_working_days(day("2026-12-24"), 5) == day("2026-12-31")
    with pytest.raises(UnknownYear, match="2027"):
        CALENDAR.add_working_days(day("2026-12-25"), 5)
    with pytest.raises(UnknownYear, match="2027"):
        CALENDAR.add_working_days(day("2026-12-25"), 100_000)


def test_rolling_past_the_last_day_names_the_year_it_needs() -> None:
    until_2023 = Calendar(decree for decree in CALENDAR.decrees if decree.year <= 2023)
    assert until_2023.roll(day("2023-12-29")) == day("2023-12-29")
    with pytest.raises(UnknownYear, match="2024"):
        until_2023.roll(day("2023-12-30"))


def test_the_table_says_which_years_it_knows() -> None:
    assert (CALENDAR.first, CALENDAR.last) == (date(2004, 1, 1), date(2026, 12, 31))
    assert CALENDAR.years == tuple(range(2004, 2027))


# Properties


@properties
@given(days, counts)
def test_adding_working_days_counts_just_so_many(start: date, count: int) -> None:
    assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, count)) == count


@properties
@given(days, counts)
def test_adding_working_days_never_lands_on_a_rest_day(start: date, count: int) -> None:
    assert CALENDAR.is_working(CALENDAR.add_working_days(start, count + 1))


@properties
@given(days, days, counts)
def test_adding_working_days_keeps_the_order_of_days(one: date, other: date, count: int) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.add_working_days(first, count) <= CALENDAR.add_working_days(second, count)
    assert CALENDAR.add_working_days(first, count) < CALENDAR.add_working_days(first, count + 1)


@properties
@given(days)
def test_rolling_never_moves_back_and_passes_only_rest_days(raw: date) -> None:
    rolled = CALENDAR.roll(raw)
    assert rolled >= raw
    assert CALENDAR.is_working(rolled)
    assert [each for each in days_of(str(raw), str(rolled))[:-1] if CALENDAR.is_working(each)] == []


@properties
@given(days, st.integers(0, 150))
def test_working_and_rest_days_of_a_span_make_up_the_span(after: date, length: int) -> None:
    until = after + timedelta(days=length)
    assert CALENDAR.working_days_between(after, until) + len(CALENDAR.rest_days(after, until)) == length


# Months and years


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2025-08-31", 6, "2026-02-28"),
        ("2026-02-28", 3, "2026-05-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2025-12-31", 12, "2026-12-31"),
        ("2026-01-31", -2, "2025-11-30"),
        ("2026-03-10", 0, "2026-03-10"),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_month_end(start: str, months: int, expected: str) -> None:
    assert add_months(day(start), months) == day(expected)


@pytest.mark.parametrize(
    ("start", "years", "expected"),
    [("2024-02-29", 1, "2025-02-28"), ("2024-02-29", 4, "2028-02-29"), ("2019-07-15", 2, "2021-07-15")],
)
def test_years_end_on_the_corresponding_day_or_the_month_end(start: str, years: int, expected: str) -> None:
    assert add_years(day(start), years) == day(expected)


# Files that add a year

NEXT_YEAR = """
2027:
  source: a notice
  statutory: {2027-01-01: 元旦, 2027-02-06: 初一}
  rest: [2026-12-31, 2027-02-08]
  work: [2026-12-27, 2027-02-14]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "calendar.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_adds_a_year_and_moves_days_of_the_december_before(tmp_path: Path) -> None:
    calendar = Calendar.load(written(tmp_path, NEXT_YEAR))
    assert calendar.last == date(2027, 12, 31)
    assert calendar.kind(date(2026, 12, 31)) == "adjusted_rest"
    # From Friday 25 December: Sunday 27 works, 28, 29, 30; 31 and 1 January rest; Monday 4
    assert calendar.add_working_days(date(2026, 12, 25), 5) == date(2027, 1, 4)


def test_a_file_replaces_a_year_that_was_changed(tmp_path: Path) -> None:
    text = "2026:\n  source: a notice\n  statutory: {2026-01-01: 元旦}\n  rest: []\n  work: []\n"
    calendar = Calendar.load(written(tmp_path, text))
    assert calendar.kind(date(2026, 2, 14)) == "weekend"
    assert calendar.years == CALENDAR.years


def test_a_file_that_leaves_a_gap_names_the_missing_years(tmp_path: Path) -> None:
    text = "2029:\n  source: a notice\n  statutory: {2029-01-01: 元旦}\n  rest: []\n  work: []\n"
    with pytest.raises(ValueError, match="missing: 2027, 2028"):
        Calendar.load(written(tmp_path, text))


FAULTY = """
2027:
  statutory: {2027-01-01: 元旦, 2028-02-30: 初一}
  rest: [2027-02-08, soon]
  work: []
  wrok: []
2028:
  source: ''
  statutory: {2028-01-01: 元旦}
  rest: [2028-01-01, 2028-01-08, 2029-01-01]
  work: [2028-01-03]
nineteen: []
2028:
  source: twice
"""


def test_a_bad_file_is_refused_with_every_fault_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="calendar.yaml") as caught:
        Calendar.load(written(tmp_path, FAULTY.replace("2028:\n  source: twice\n", "")))
    message = str(caught.value)
    for fault in (
        "2027: source: missing",
        "2027: statutory: ",
        "2027: rest: ",
        "2027: wrok: unknown field",
        "2028: source: missing",
        "2028: 2028-01-01: named 2 times",
        "2028: 2028-01-08: is a Saturday and rests without a decree",
        "2028: 2029-01-01: not a day of 2028 or of the December before",
        "2028: 2028-01-03: is a Monday and works without a decree",
        "nineteen: ",
    ):
        assert fault in message


def test_a_year_written_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2028: written twice"):
        Calendar.load(written(tmp_path, FAULTY))


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", "mapping of years"), ("[2027]", "mapping of years"), ("2027: {", "not YAML"), ("\0", "not YAML")],
)
def test_a_file_that_is_no_calendar_says_why(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Calendar.load(written(tmp_path, text))


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read: No such file"):
        Calendar.load(tmp_path / "absent.yaml")


def test_a_calendar_can_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(CALENDAR))
    assert sent.decrees == CALENDAR.decrees
    assert sent.add_working_days(day("2026-02-12"), 7) == day("2026-02-28")
