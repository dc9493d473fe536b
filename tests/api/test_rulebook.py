"""The rulebook as data: every id of the catalogue, and the parameters with their sources."""

from __future__ import annotations

from typing import Any

from enforcement.db import connected
from enforcement.models import ParameterValue
from rules.catalogue import CATALOGUE
from rules.catalogue import NOT_BUILT
from rules.law import load_profile
from rules.rulebook import default_rulebook
from tests.api.caller import Caller
from tests.office import Office


def everything(caller: Caller, address: str) -> list[dict[str, Any]]:
    response = caller.get(address)
    assert response.status_code == 200
    items: list[dict[str, Any]] = response.json["items"]
    assert len(items) == response.json["total"], "the list fits into one page"
    return items


def test_every_id_of_the_catalogue_is_listed_built_or_with_the_reason(officer: Caller) -> None:
    book = default_rulebook()
    listed = everything(officer, "/api/rules")
    assert len(listed) == len(CATALOGUE)
    built = {item["id"] for item in listed if item["built"]}
    reasons = {item["id"]: item["reason"] for item in listed if not item["built"]}
    assert built == set(book.rules)
    assert reasons == {rule_id: NOT_BUILT[rule_id].zh for rule_id in NOT_BUILT}


def test_a_rule_is_shown_with_its_clause_its_law_and_its_versions(officer: Caller) -> None:
    rule = officer.get("/api/rules/S-01").json
    newest = default_rulebook().rule("S-01").newest
    assert (rule["id"], rule["title"], rule["clause"]) == ("S-01", newest.title.zh, newest.clause.zh)
    assert (rule["severity"], rule["zero_item"], rule["built"], rule["reason"]) == ("fatal", True, True, None)
    assert [(version["since"], version["until"]) for version in rule["versions"]] == [
        ("1996-10-01", "2021-07-14"),
        ("2021-07-15", None),
    ]
    assert rule["law"][0]["in_force_from"] == "2021-07-15"


def test_a_rule_is_shown_in_the_language_asked_for(officer: Caller) -> None:
    rule = officer.speaking("en").get("/api/rules/O-25").json
    assert rule["title"] == default_rulebook().rule("O-25").newest.title.en


def test_an_alias_shows_the_rule_that_answers_for_it(officer: Caller) -> None:
    rule = officer.get("/api/rules/I-12").json
    assert (rule["id"], "I-12" in rule["aliases"]) == ("D-02", True)


def test_an_id_that_is_not_built_says_why(officer: Caller) -> None:
    rule_id = next(iter(NOT_BUILT))
    rule = officer.speaking("en").get(f"/api/rules/{rule_id}").json
    assert (rule["id"], rule["built"], rule["reason"]) == (rule_id, False, NOT_BUILT[rule_id].en)
    assert (rule["title"], rule["versions"]) == (CATALOGUE[rule_id].title.en, [])


def test_an_id_outside_the_catalogue_is_404(officer: Caller) -> None:
    assert {name: officer.get(f"/api/rules/{name}").status_code for name in ("Z-99", "o-25", "规则", "'")} == {
        "Z-99": 404,
        "o-25": 404,
        "规则": 404,
        "'": 404,
    }


def test_rules_are_paged_when_asked(officer: Caller) -> None:
    second = officer.get("/api/rules?page=2&page_size=50").json
    assert [item["id"] for item in second["items"]][0] is not None
    assert (len(second["items"]), second["total"]) == (50, len(CATALOGUE))


def parameters(caller: Caller, query: str = "") -> dict[str, dict[str, Any]]:
    return {item["name"]: item for item in everything(caller, f"/api/parameters{query}")}


def test_every_parameter_of_the_profile_is_listed_with_source_and_confirmation(officer: Caller) -> None:
    listed = parameters(officer)
    assert set(listed) == set(load_profile("tianjin").parameters)
    current = listed["summary_fine_individual"]["current"]
    assert (current["value"], current["in_force_from"], current["confirmed"]) == ("200", "2021-07-15", True)
    assert current["source"]
    assert listed["hearing_fine_individual"]["current"] is None, "nobody has set it, and no number is invented"


def test_the_value_of_a_day_is_that_of_the_law_in_force(officer: Caller) -> None:
    values = {day: parameters(officer, f"?as_of={day}")["summary_fine_individual"]["current"]["value"]
              for day in ("2021-07-14", "2021-07-15")}  # fmt: skip
    assert values == {"2021-07-14": "50", "2021-07-15": "200"}


def test_a_value_of_the_office_itself_is_shown_as_its_own_and_only_to_it(
    officer: Caller, stranger: Caller, office: Office
) -> None:
    from enforcement.audit.operations import record

    with connected():
        row = ParameterValue.create(
            agency=office.street,
            name="hearing_fine_individual",
            value="5000",
            from_="2026-01-01",
            source="示例甲街道文件",
            entered_at=office.now,
        )
        record("test", "parameter.set", "parameter", row.public_id, {"value": (None, "5000")}, office.now)
    own, other = (parameters(caller)["hearing_fine_individual"] for caller in (officer, stranger))
    assert (own["own"], own["current"]["value"], own["current"]["confirmed"]) == (True, "5000", False)
    assert (other["own"], other["current"]) == (False, None)


def test_the_review_catalogue_is_written_as_data(officer: Caller) -> None:
    assert parameters(officer)["review_catalogue"]["unit"] == "catalogue"
