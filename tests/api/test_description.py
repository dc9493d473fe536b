"""The API's own description, and the page that shows it without a way out of the network."""

from __future__ import annotations

import re
from typing import Any

import pytest
from openapi_spec_validator import validate

from enforcement.cases.schemas import load_facts
from rules.facts import KINDS
from rules.facts import facts_of
from tests.api.caller import Caller
from tests.api.test_access import EXPECTED


@pytest.fixture
def description(client: Caller) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json
    return found


def operations(description: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, item in description["paths"].items()
        for method, operation in item.items()
        if method in ("get", "post", "patch", "put", "delete")
    }


def test_it_is_valid_openapi_3_1(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    validate(description)


def test_every_route_of_the_api_is_described_once(description: dict[str, Any]) -> None:
    routes = {(method, re.sub(r"<(?:id:)?(\w+)>", r"{\1}", rule)) for method, rule in EXPECTED}
    assert set(operations(description)) == routes
    ids = [operation["operationId"] for operation in operations(description).values()]
    assert sorted(ids) == sorted(set(ids))


def test_every_operation_wants_a_token_and_says_its_permission(description: dict[str, Any]) -> None:
    assert description["security"] == [{"bearer": []}]
    assert description["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    without = [key for key, operation in operations(description).items() if not operation["x-permissions"]]
    assert without == []


def test_every_error_is_described_as_a_problem(description: dict[str, Any]) -> None:
    wrong = {}
    for key, operation in operations(description).items():
        for status, response in operation["responses"].items():
            found = response
            if "$ref" in found:
                found = description["components"]["responses"][found["$ref"].rsplit("/", 1)[1]]
            types = set(found.get("content", {}))
            if not (status.startswith("2") or status == "304") and types != {"application/problem+json"}:
                wrong[(*key, status)] = types
    assert wrong == {}
    statuses = {key: set(operation["responses"]) for key, operation in operations(description).items()}
    assert {key for key, found in statuses.items() if not {"401", "403", "422", "default"} <= found} == set()
    bodies = {key for key, operation in operations(description).items() if "requestBody" in operation}
    assert {key for key in bodies if not {"400", "413", "415"} <= statuses[key]} == set()


def test_every_fact_is_described_with_its_labels(description: dict[str, Any]) -> None:
    for struct in KINDS.values():
        described = description["components"]["schemas"][f"{struct.__name__}Facts"]["properties"]
        assert set(described) == set(facts_of(struct)), struct.__name__
        assert {name: item["title"] for name, item in described.items()} == {
            name: fact.label.zh for name, fact in facts_of(struct).items()
        }


def test_the_examples_are_what_the_api_takes(description: dict[str, Any]) -> None:
    paths = description["paths"]
    for plural, kind in (("penalties", "penalty"), ("measures", "measure"), ("inspections", "inspection")):
        example = paths[f"/api/{plural}"]["post"]["requestBody"]["content"]["application/json"]["example"]
        assert load_facts(kind, example) == example


def test_the_parameters_of_the_contract_are_described(description: dict[str, Any]) -> None:
    named = {
        path: {item["name"] for item in description["paths"][path]["get"]["parameters"]}
        for path in ("/api/penalties", "/api/findings", "/api/reviews", "/api/statistics/annual")
    }
    assert named["/api/penalties"] >= {"q", "state", "agency", "from", "to", "flagged", "page", "page_size", "sort"}
    assert named["/api/findings"] >= {"state", "severity", "rule", "agency", "page", "page_size"}
    assert named["/api/reviews"] >= {"status"}
    assert named["/api/statistics/annual"] == {"year", "agency", "form"}


# ---- the page


def test_the_page_asks_only_this_address_and_holds_nothing_inline(client: Caller) -> None:
    page = client.get("/api/docs").get_data(as_text=True)
    addresses = re.findall(r'(?:src|href|data-description)="([^"]*)"', page)
    assert addresses != []
    assert [address for address in addresses if not address.startswith("/api/")] == []
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", page) == []


def test_its_script_sends_the_description_to_no_validator(client: Caller) -> None:
    script = client.get("/api/docs/docs.js").get_data(as_text=True)
    assert "validatorUrl: null" in script
    assert "http" not in script


@pytest.mark.parametrize("name", ["oauth2-redirect.html", "../docs.py", "..%2fdocs.py", "%2e%2e/core.py", "index.html"])
def test_no_other_file_is_handed_out(client: Caller, name: str) -> None:
    assert client.get(f"/api/docs/{name}").status_code == 404
