"""The yearly table over HTTP."""

from __future__ import annotations

import pytest

from tests.api.caller import Caller
from tests.office import PENALTY


def test_a_year_is_counted_by_the_day_of_decision(officer: Caller, supervisor: Caller) -> None:
    officer.post("/api/penalties", PENALTY)
    officer.post("/api/penalties", {**PENALTY, "number": "2", "decided_on": "2025-12-31"})
    table = supervisor.get("/api/statistics/annual?year=2026&form=13").json
    assert (table["year"], table["agency"], table["form"]) == (2026, "D", "13")
    assert (table["penalties"]["by_kind"]["fine"], table["penalties"]["amount"]) == (1, "500.00")
    assert supervisor.get("/api/statistics/annual?year=2025").json["penalties"]["total"] == 1


def test_the_year_is_this_one_unless_given(supervisor: Caller) -> None:
    assert supervisor.get("/api/statistics/annual").json["year"] == 2026


def test_an_agency_below_is_counted_by_itself(officer: Caller, stranger: Caller, supervisor: Caller) -> None:
    for caller in (officer, stranger):
        caller.post("/api/penalties", PENALTY)
    totals = {
        code: supervisor.get(f"/api/statistics/annual?year=2026&agency={code}").json["penalties"]["total"]
        for code in ("D", "D-A", "D-B")
    }
    assert totals == {"D": 2, "D-A": 1, "D-B": 1}


@pytest.mark.parametrize("year", [1949, 1995])
def test_a_year_without_the_values_a_table_needs_is_refused_by_name(supervisor: Caller, year: int) -> None:
    response = supervisor.get(f"/api/statistics/annual?year={year}")
    assert (response.status_code, set(response.json["errors"])) == (422, {"year"})
    assert "penalty_kinds_by_weight" in response.json["errors"]["year"][0]


def test_a_year_to_come_is_counted_and_empty(supervisor: Caller) -> None:
    response = supervisor.get("/api/statistics/annual?year=2100")
    assert (response.status_code, response.json["penalties"]["total"]) == (200, 0)


@pytest.mark.parametrize(
    ("query", "faults"),
    [("year=26", {"year"}), ("year=x&form=12&colour=1", {"year", "form", "colour"}), ("agency=NONE", {"agency"})],
)
def test_wrong_parameters_are_named(supervisor: Caller, query: str, faults: set[str]) -> None:
    response = supervisor.get(f"/api/statistics/annual?{query}")
    assert (response.status_code, set(response.json["errors"])) == (422, faults)
