"""Dated parameters: what is in force on a day, what is unset, local values over national ones, files with faults."""

from __future__ import annotations

import pickle
from datetime import date
from datetime import time
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from rules.calendar import Calendar
from rules.facts.penalty import PENALTY_KINDS
from rules.law import Entry
from rules.law import Law
from rules.law import Officer
from rules.law import Profile
from rules.law import Unset
from rules.law import Value
from rules.law import convert
from rules.law import default_law
from rules.law import load_profile
from rules.parameters.model import laid_over
from rules.parameters.profiles import PACKAGED

CALENDAR = Calendar.load()
TIANJIN, NATIONAL, SHANGHAI, GUANGDONG = (
    default_law(name) for name in ("tianjin", "national", "shanghai", "guangdong")
)

OLD, NEW = date(2021, 7, 14), date(2021, 7, 15)
TODAY = date(2026, 11, 24)


def written(folder: Path, text: str) -> str:
    path = folder / "street.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


# Values on a day


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("summary_fine_individual", OLD, Decimal(50)),
        ("summary_fine_individual", NEW, Decimal(200)),
        ("summary_fine_organisation", OLD, Decimal(1000)),
        ("summary_fine_organisation", NEW, Decimal(3000)),
        ("on_spot_fine", OLD, Decimal(20)),
        ("on_spot_fine", NEW, Decimal(100)),
        ("sole_trader_counts_as", NEW, "individual"),
        ("statement_working_days", date(2022, 5, 1), 5),
        ("hearing_request_days", OLD, 3),
        ("hearing_request_working_days", NEW, 5),
        ("hearing_notice_days", OLD, 7),
        ("hearing_notice_working_days", NEW, 7),
        ("evidence_hold_days", OLD, 7),
        ("evidence_hold_working_days", NEW, 7),
        ("decision_days", NEW, 90),
        ("decision_extension_first_days", date(2022, 5, 1), 30),
        ("decision_extension_second_days", date(2022, 5, 1), 60),
        ("service_days", OLD, 7),
        ("service_working_days", NEW, 7),
        ("payment_days", OLD, 15),
        ("payment_days", NEW, 15),
        ("hand_in_days", OLD, 2),
        ("hand_in_working_days", NEW, 2),
        ("summary_report_working_days", date(2022, 5, 1), 3),
        ("closing_working_days", date(2022, 5, 1), 15),
        ("review_working_days", date(2022, 5, 1), 10),
        ("discussion_attendees", NEW, 3),
        ("extra_fine_daily_rate", OLD, Decimal("0.03")),
        ("extra_fine_daily_rate", NEW, Decimal("0.03")),
        ("limitation_years", OLD, 2),
        ("limitation_years", NEW, 2),
        ("limitation_years_safety", NEW, 5),
        ("seizure_days", date(2012, 1, 1), 30),
        ("seizure_extension_days", date(2012, 1, 1), 30),
        ("urgent_approval_hours", date(2012, 1, 1), 24),
        ("return_working_days", date(2012, 1, 1), 1),
        ("night_from", TODAY, time(22, 0)),
        ("night_until", TODAY, time(6, 0)),
        ("proxy_notice_working_days", TODAY, 3),
        ("demand_working_days", TODAY, 10),
        ("review_term_days", TODAY, 60),
        ("suit_term_months", TODAY, 6),
        ("court_application_months", TODAY, 3),
        ("inspection_urgent_approval_hours", TODAY, 24),
        ("transfer_approval_hours", TODAY, 24),
        ("publication_penalty_working_days", date(2018, 12, 5), 7),
        ("publication_other_working_days", date(2018, 12, 5), 20),
        ("withdrawal_working_days", NEW, 3),
    ],
)
def test_a_parameter_is_what_the_law_of_the_day_says(name: str, on: date, expected: Any) -> None:
    value = TIANJIN.value(name, on)
    assert (value, type(value)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("hearing_request_working_days", OLD),
        ("hearing_request_days", NEW),
        ("decision_days", OLD),
        ("limitation_years_safety", OLD),
        ("withdrawal_working_days", OLD),
        ("publication_penalty_working_days", date(2018, 12, 4)),
        ("statement_working_days", date(2022, 4, 30)),
        ("seizure_days", date(2011, 12, 31)),
    ],
)
def test_a_parameter_is_unset_on_the_days_of_the_other_law(name: str, on: date) -> None:
    with pytest.raises(Unset) as caught:
        TIANJIN.value(name, on)
    assert caught.value.name == name
    assert TIANJIN.lookup(name, on) is None


#: What no text was found for; nobody may guess it.
NOT_FOUND = (
    "hearing_fine_individual",
    "hearing_fine_organisation",
    "hearing_confiscation_individual",
    "hearing_confiscation_organisation",
    "hearing_other_kinds",
    "platform_entry_penalty_working_days",
    "platform_entry_measure_working_days",
    "platform_entry_inspection_working_days",
    "review_catalogue",
)


@pytest.mark.parametrize("law", [TIANJIN, NATIONAL], ids=lambda law: law.profile.name)
@pytest.mark.parametrize("name", NOT_FOUND)
@pytest.mark.parametrize("on", [OLD, TODAY, None], ids=str)
def test_what_was_not_found_is_unset_and_says_why(law: Law, name: str, on: date | None) -> None:
    with pytest.raises(Unset, match=name):
        law.value(name, on)
    assert law.profile.parameters[name].values == ()
    assert law.profile.parameters[name].note


def test_only_what_was_not_found_has_no_value() -> None:
    without = [name for name, parameter in NATIONAL.profile.parameters.items() if not parameter.values]
    assert sorted(without) == sorted(NOT_FOUND)


def test_an_engineering_default_is_usable_and_marked_as_unconfirmed() -> None:
    for name in ("discussion_attendees", "return_working_days", "night_from", "sole_trader_counts_as"):
        found = TIANJIN.lookup(name, TODAY)
        assert found is not None, name
        assert (TIANJIN.value(name, TODAY), found.confirmed) == (found.value, False), name


def test_a_value_read_in_the_law_is_confirmed_and_says_where_and_when() -> None:
    found = TIANJIN.lookup("decision_days", TODAY)
    assert found is not None
    assert (found.from_, found.until, found.confirmed, found.checked_on) == (NEW, None, True, TODAY)
    assert found.source == "行政处罚法（2021年修订）第六十条"


def test_without_a_day_the_newest_value_is_given() -> None:
    assert TIANJIN.value("summary_fine_individual", None) == Decimal(200)
    assert TIANJIN.value("hearing_request_days", None) == 3


def test_a_parameter_that_does_not_exist_is_an_error_of_the_rule_and_not_unset() -> None:
    for ask in (TIANJIN.value, TIANJIN.lookup):
        with pytest.raises(KeyError, match="decision_dayz"):
            ask("decision_dayz", TODAY)


def test_the_kinds_by_weight_are_all_the_named_kinds_of_penalty() -> None:
    by_weight = TIANJIN.value("penalty_kinds_by_weight", TODAY)
    assert by_weight == tuple(kind for kind in PENALTY_KINDS if kind != "other")
    assert TIANJIN.profile.parameters["hearing_other_kinds"].choices == by_weight


# Every packaged parameter

PROFILES = [pytest.param(load_profile(name), id=name) for name in PACKAGED]


@pytest.mark.parametrize("profile", PROFILES)
def test_packaged_parameters_are_labelled_in_both_languages(profile: Profile) -> None:
    parameters = profile.parameters.values()
    assert [each.name for each in parameters if not each.zh or each.zh.isascii()] == []
    assert [each.name for each in parameters if not (each.en and each.en.isascii())] == []


@pytest.mark.parametrize("profile", PROFILES)
def test_each_packaged_value_has_a_source_and_a_day_of_checking(profile: Profile) -> None:
    values = [(each.name, value) for each in profile.parameters.values() for value in each.values]
    assert [(name, value) for name, value in values if not (value.source and value.checked_on)] == []


@pytest.mark.parametrize("profile", PROFILES)
def test_the_values_of_a_packaged_parameter_follow_one_another_without_overlap_or_gap(profile: Profile) -> None:
    pairs = [(each.name, *pair) for each in profile.parameters.values() for pair in pairwise(each.values)]
    assert [pair for pair in pairs if pair[1].last + timedelta(days=1) != pair[2].from_] == []


# Profiles


@pytest.mark.parametrize(
    ("law", "name", "on", "expected"),
    [
        (SHANGHAI, "hearing_fine_individual", date(2023, 4, 1), Decimal(5000)),
        (SHANGHAI, "hearing_fine_organisation", date(2023, 4, 1), Decimal(50_000)),
        (SHANGHAI, "hearing_confiscation_organisation", date(2023, 4, 1), Decimal(50_000)),
        (GUANGDONG, "hearing_fine_individual", date(2022, 6, 1), Decimal(5000)),
        (GUANGDONG, "hearing_fine_organisation", date(2022, 6, 1), Decimal(100_000)),
        (GUANGDONG, "hearing_confiscation_individual", date(2022, 6, 1), Decimal(5000)),
        (SHANGHAI, "decision_days", TODAY, 90),
    ],
)
def test_a_local_profile_lays_its_values_over_the_national_ones(law: Law, name: str, on: date, expected: Any) -> None:
    assert law.value(name, on) == expected


@pytest.mark.parametrize(
    ("law", "on"), [(SHANGHAI, date(2023, 3, 31)), (GUANGDONG, date(2022, 5, 31)), (TIANJIN, TODAY)]
)
def test_a_local_amount_does_not_reach_before_its_norm_nor_into_another_place(law: Law, on: date) -> None:
    with pytest.raises(Unset):
        law.value("hearing_fine_organisation", on)


def test_a_profile_names_those_behind_it() -> None:
    assert [law.profile.chain for law in (TIANJIN, NATIONAL, SHANGHAI, GUANGDONG)] == [
        ("tianjin", "national"),
        ("national",),
        ("shanghai", "national"),
        ("guangdong", "national"),
    ]


STREET = """
extends: tianjin
checked_on: 2026-03-01
parameters:
  review_working_days:
    note: a district rule
    values:
      - {value: 5, from: 2024-01-01, until: 2024-12-31, source: 区办法第十条, confirmed: true}
  hearing_fine_individual:
    values:
      - {value: 1000.50, from: 2022-01-01, source: 示例, checked_on: 2026-02-01}
  sole_trader_counts_as:
    values:
      - {value: organisation, from: 2025-01-01, source: 示例}
  night_from:
    values:
      - {value: 20:30, from: 2025-01-01, source: 示例}
  hearing_other_kinds:
    values:
      - {value: [suspend_licence, restrict_business], from: 2025-01-01, source: 示例}
"""


def test_a_profile_by_path_is_laid_over_the_one_it_names(tmp_path: Path) -> None:
    profile = load_profile(written(tmp_path, STREET))
    law = Law(profile, CALENDAR)
    assert profile.chain == ("street", "tianjin", "national")
    found = {
        "before": law.value("review_working_days", date(2023, 12, 31)),
        "first": law.value("review_working_days", date(2024, 1, 1)),
        "last": law.value("review_working_days", date(2024, 12, 31)),
        "after": law.value("review_working_days", date(2025, 1, 1)),
    }
    assert found == {"before": 10, "first": 5, "last": 5, "after": 10}
    assert law.value("hearing_fine_individual", TODAY) == Decimal("1000.50")
    assert law.value("sole_trader_counts_as", TODAY) == "organisation"
    assert law.value("sole_trader_counts_as", date(2024, 12, 31)) == "individual"
    assert law.value("night_from", TODAY) == time(20, 30)
    assert law.value("hearing_other_kinds", TODAY) == ("suspend_licence", "restrict_business")
    assert profile.parameters["review_working_days"].note == "a district rule"


def test_a_value_is_unconfirmed_and_checked_with_its_file_unless_it_says_otherwise(tmp_path: Path) -> None:
    law = Law(load_profile(written(tmp_path, STREET)), CALENDAR)
    review, fine = law.lookup("review_working_days", date(2024, 5, 1)), law.lookup("hearing_fine_individual", TODAY)
    assert review is not None and fine is not None
    assert (review.confirmed, review.checked_on) == (True, date(2026, 3, 1))
    assert (fine.confirmed, fine.checked_on) == (False, date(2026, 2, 1))


def test_a_profile_by_path_is_laid_over_the_national_one_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert load_profile(written(tmp_path, "parameters: {}")).chain == ("street", "national")


FAULTY = """
parameters:
  decision_dayz:
    values: [{value: 60, from: 2025-01-01, source: 示例}]
  decision_days:
    unit: working_days
    values:
      - {value: sixty, from: 2025-01-01, source: 示例}
      - {value: 60, from: 2025-13-01, sauce: 示例}
      - {from: 2025-01-01, source: 示例}
  payment_days:
    values:
      - {value: 10, from: 2025-01-01, source: 示例}
      - {value: 12, from: 2026-01-01, source: 示例}
  closing_working_days:
    values: [{value: 10, from: 2025-01-02, until: 2025-01-01, source: 示例}]
  on_spot_fine:
    values: [{value: -5, from: 2025-01-01, source: ''}]
  summary_fine_individual:
    values: [{value: 5.555, from: 2025-01-01, source: 示例}]
  night_until:
    values: [{value: 24:00, from: 2025-01-01, source: 示例}]
  extra_fine_daily_rate:
    values: [{value: 3, from: 2025-01-01, source: 示例}]
  sole_trader_counts_as:
    values: [{value: company, from: 2025-01-01, source: 示例}]
  hearing_other_kinds:
    values: [{value: [close, closure], from: 2025-01-01, source: 示例}]
  penalty_kinds_by_weight:
    values: [{value: [fine, fine], from: 2025-01-01, source: 示例}]
  seizure_days:
    values: 30
"""


def test_a_bad_profile_is_refused_with_every_fault_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="street.yaml") as caught:
        load_profile(written(tmp_path, FAULTY))
    message = str(caught.value)
    for fault in (
        "decision_dayz: no such parameter",
        "decision_days: unit: unknown field",
        "decision_days: value 1: 'sixty': expected a whole number",
        "decision_days: value 2: from: ",
        "decision_days: value 2: sauce: unknown field",
        "decision_days: value 3: value: missing",
        "payment_days: the values from 2025-01-01 and from 2026-01-01 overlap",
        "closing_working_days: until 2025-01-01 is before from 2025-01-02",
        "on_spot_fine: value 1: source: missing",
        "on_spot_fine: value 1: '-5': expected yuan",
        "summary_fine_individual: value 1: '5.555': expected yuan",
        "night_until: value 1: '24:00': expected a time of day",
        "extra_fine_daily_rate: value 1: '3': expected a rate",
        "sole_trader_counts_as: value 1: company: not one of individual, organisation",
        "hearing_other_kinds: value 1: closure: not one of warning",
        "penalty_kinds_by_weight: value 1: ['fine', 'fine']: an item is named twice",
        "seizure_days: values: expected a list",
    ):
        assert fault in message


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "profile: "),
        ("- a list", "profile: "),
        ("extends: national", "parameters: missing"),
        ("extends: beijing\nparameters: {}", "extends: beijing: not one of national, tianjin, shanghai, guangdong"),
        ("parameters: {}\nname: street", "name: unknown field"),
        ("parameters: {decision_days: 90}", "parameters: "),
        ("parameters: {decision_days: {}, decision_days: {}}", "decision_days: written twice"),
        ("parameters: {", "not YAML"),
        ("parameters: {note: 中文\0}", "not YAML"),
    ],
)
def test_a_file_that_is_no_profile_says_why(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(ValueError) as caught:
        load_profile(written(tmp_path, text))
    assert fault in str(caught.value)


def test_a_profile_that_is_not_there_says_so() -> None:
    with pytest.raises(ValueError, match="beijing: cannot be read: No such file"):
        load_profile("beijing")


# Laying values over others


def timeline(*spans: tuple[int, str, str | None]) -> tuple[Value, ...]:
    return tuple(
        Value(value, date.fromisoformat(first), None if last is None else date.fromisoformat(last), "示例")
        for value, first, last in spans
    )


@pytest.mark.parametrize(
    ("upper", "expected"),
    [
        ([], [(1, "2020-01-01", "2024-12-31"), (2, "2025-01-01", None)]),
        (
            [(9, "2022-01-01", "2022-12-31")],
            [
                (1, "2020-01-01", "2021-12-31"),
                (9, "2022-01-01", "2022-12-31"),
                (1, "2023-01-01", "2024-12-31"),
                (2, "2025-01-01", None),
            ],
        ),
        (
            [(9, "2024-06-01", "2025-06-30")],
            [(1, "2020-01-01", "2024-05-31"), (9, "2024-06-01", "2025-06-30"), (2, "2025-07-01", None)],
        ),
        ([(9, "2019-01-01", None)], [(9, "2019-01-01", None)]),
        (
            [(8, "2020-01-01", None), (9, "2026-01-01", None)],
            [(8, "2020-01-01", "2025-12-31"), (9, "2026-01-01", None)],
        ),
    ],
)
def test_values_laid_over_others_leave_one_value_a_day(upper: list[Any], expected: list[Any]) -> None:
    base = timeline((1, "2020-01-01", "2024-12-31"), (2, "2025-01-01", None))
    assert laid_over(base, timeline(*upper)) == timeline(*expected)


spans = st.builds(
    lambda value, first, length: Value(
        value,
        date(2020, 1, 1) + timedelta(days=first),
        None if length is None else date(2020, 1, 1) + timedelta(days=first + length),
    ),
    st.integers(0, 99),
    st.integers(0, 60),
    st.none() | st.integers(0, 30),
)


def on_day(values: list[Value], day: date) -> int | None:
    held = [value for value in values if value.from_ <= day <= value.last]
    return max(held, key=lambda value: value.from_).value if held else None


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.lists(spans, max_size=4, unique_by=lambda value: value.from_),
    st.lists(spans, max_size=4, unique_by=lambda value: value.from_),
)
def test_each_day_has_the_upper_value_where_there_is_one_and_never_two(base: list[Value], upper: list[Value]) -> None:
    flat = laid_over((), base)
    laid = laid_over(flat, upper)
    for number in range(100):
        day = date(2020, 1, 1) + timedelta(days=number)
        held = [value.value for value in laid if value.from_ <= day <= value.last]
        above, below = on_day(upper, day), on_day(list(flat), day)
        expected = above if above is not None else below
        assert held == ([] if expected is None else [expected])


# The office's own values, register and catalogue


def test_values_an_office_entered_win_over_the_profile_on_their_days() -> None:
    own = {"platform_entry_penalty_working_days": timeline((3, "2025-01-01", None)), "payment_days": timeline()}
    law = Law(TIANJIN.profile, CALENDAR, overrides=own)
    assert law.value("platform_entry_penalty_working_days", TODAY) == 3
    assert law.value("payment_days", TODAY) == 15
    with pytest.raises(Unset):
        law.value("platform_entry_penalty_working_days", date(2024, 12, 31))


def test_an_own_value_of_a_parameter_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such parameter: payment_dayz"):
        Law(TIANJIN.profile, CALENDAR, overrides={"payment_dayz": timeline((3, "2025-01-01", None))})


def test_the_law_does_not_change() -> None:
    with pytest.raises(AttributeError, match="does not change"):
        TIANJIN.level = "city"
    with pytest.raises(AttributeError, match="does not change"):
        del TIANJIN.calendar
    assert TIANJIN.level == "subdistrict"


def test_a_register_may_be_absent_or_empty() -> None:
    assert TIANJIN.register is None
    officer = Officer("12011300001", "王某", date(2024, 1, 1), date(2028, 12, 31))
    law = Law(TIANJIN.profile, CALENDAR, register={officer.number: officer})
    assert law.register == {officer.number: officer}
    assert Law(TIANJIN.profile, CALENDAR, register={}).register == {}


FINES = Entry("F-1", "较大数额罚款", "Larger fines", "penalty", date(2024, 1, 1), date(2025, 12, 31), types=("fine",))
SEALING = Entry("S-1", "查封", "Sealing", "measure", date(2025, 1, 1))


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2023, 12, 31), []),
        (date(2024, 1, 1), ["F-1"]),
        (date(2025, 12, 31), ["F-1", "S-1"]),
        (date(2026, 1, 1), ["S-1"]),
        (None, ["S-1"]),
    ],
)
def test_the_entries_of_the_catalogue_are_those_in_force_on_the_day(on: date | None, codes: list[str]) -> None:
    law = Law(TIANJIN.profile, CALENDAR, catalogue=[FINES, SEALING])
    found = law.entries(on)
    assert found is not None
    assert [entry.code for entry in found] == codes


CATALOGUE = """
parameters:
  review_catalogue:
    values:
      - from: 2024-01-01
        source: 示例目录
        value:
          - code: F-1
            zh: 较大数额罚款
            en: Larger fines
            act: penalty
            from: 2024-01-01
            types: [fine]
            amount_of: fine
            individual_from: 5000
            organisation_from: 50000.00
          - {code: H-1, zh: 经过听证, en: After a hearing, act: penalty, from: 2024-01-01, hearing: true}
          - {code: S-1, zh: 查封, en: Sealing, act: measure, from: 2025-01-01, types: [seal], impacts: [social_risk]}
"""


def test_a_profile_may_hold_the_catalogue_and_the_office_s_own_wins(tmp_path: Path) -> None:
    profile = load_profile(written(tmp_path, CATALOGUE))
    found = Law(profile, CALENDAR).entries(date(2024, 6, 1))
    assert found is not None
    assert [entry.code for entry in found] == ["F-1", "H-1"]
    assert (found[0].individual_from, found[0].organisation_from) == (Decimal(5000), Decimal("50000.00"))
    assert found[1].hearing is True
    assert Law(profile, CALENDAR).entries(date(2023, 12, 31)) is None
    assert Law(profile, CALENDAR, catalogue=()).entries(date(2024, 6, 1)) == ()
    assert TIANJIN.entries(TODAY) is None


BAD_CATALOGUE = """
parameters:
  review_catalogue:
    values:
      - from: 2024-01-01
        source: 示例目录
        value:
          - {code: A, zh: 甲, en: A, act: penalty, from: 2024-01-01, types: [seal]}
          - {code: A, zh: 乙, en: B, act: measure, from: 2024-01-02, until: 2024-01-01}
          - {code: C, zh: 丙, en: C, act: licence, from: 2024-01-01, impact: [complex]}
          - {code: D, zh: 丁, en: D, act: penalty, from: 2024-01-01, amount_of: fine}
          - {code: E, zh: 戊, en: E, act: penalty, from: 2024-01-01, amount_of: fine, individual_from: -1}
"""


def test_a_bad_catalogue_is_refused_with_every_fault_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError) as caught:
        load_profile(written(tmp_path, BAD_CATALOGUE))
    message = str(caught.value)
    for fault in (
        "entry A: seal: no such type of penalty",
        "entry A: until 2024-01-01 is before from 2024-01-02",
        "entry A: the code is used 2 times",
        "entry 3: act: ",
        "entry 3: impact: unknown field",
        "entry D: amount_of and a threshold belong together",
        "entry E: -1: expected an amount in yuan",
    ):
        assert fault in message


# Elsewhere


def test_what_a_form_holds_becomes_the_plain_value_of_the_unit() -> None:
    parameters = TIANJIN.profile.parameters
    assert convert(parameters["on_spot_fine"], "100.5") == Decimal("100.5")
    with pytest.raises(ValueError, match="expected a whole number"):
        convert(parameters["payment_days"], "１５")


def test_a_law_can_be_sent_to_another_process() -> None:
    law = Law(SHANGHAI.profile, CALENDAR, catalogue=[FINES], level="district")
    sent = pickle.loads(pickle.dumps(law))
    assert sent.value("hearing_fine_organisation", TODAY) == Decimal(50_000)
    assert (sent.level, sent.catalogue, sent.profile) == (law.level, law.catalogue, law.profile)


def test_an_unset_parameter_can_be_told_by_another_process() -> None:
    sent = pickle.loads(pickle.dumps(Unset("payment_days", TODAY)))
    assert (sent.name, str(sent)) == ("payment_days", "the parameter payment_days has no value on 2026-11-24")


def test_a_value_is_written_with_the_names_it_is_read_with() -> None:
    value = Value(5, date(2024, 1, 1), source="示例")
    assert msgspec.to_builtins(value)["from"] == "2024-01-01"
