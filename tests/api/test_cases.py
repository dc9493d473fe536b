"""Recording, reading, changing and listing cases over HTTP."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any

import pytest

from enforcement.models import AuditEntry
from enforcement.models import Case
from rules.rulebook import default_rulebook
from tests.api.caller import Caller
from tests.api.caller import Clock
from tests.office import PENALTY

MEASURE: dict[str, Any] = {
    "number": "示街强〔2026〕1号",
    "class": "measure",
    "type": "seize",
    "approved_at": "2026-02-27T09:00:00+08:00",
    "executed_at": "2026-02-27T10:00:00+08:00",
    "starts_on": "2026-02-27",
}
INSPECTION: dict[str, Any] = {
    "number": "示街检〔2026〕1号",
    "type": "routine",
    "business": True,
    "approved_at": "2026-02-26T09:00:00+08:00",
    "started_at": "2026-02-27T10:00:00+08:00",
}
KINDS = {"penalties": PENALTY, "measures": MEASURE, "inspections": INSPECTION}


def record(caller: Caller, plural: str = "penalties", **facts: Any) -> dict[str, Any]:
    response = caller.post(f"/api/{plural}", {**KINDS[plural], **facts})
    assert response.status_code == 201, response.get_data(as_text=True)
    body: dict[str, Any] = response.json
    return body


def states(body: dict[str, Any]) -> dict[str, str]:
    return {outcome["rule"]: outcome["state"] for outcome in body["outcomes"]}


# ---- recording


def test_a_recorded_case_is_answered_with_its_outcomes_its_place_and_its_tag(officer: Caller) -> None:
    response = officer.post("/api/penalties", PENALTY)
    body = response.json
    assert response.status_code == 201
    assert response.headers["Location"] == f"/api/penalties/{body['id']}"
    assert response.headers["ETag"].startswith('"1-')
    assert (body["kind"], body["version"], body["agency"], body["number"]) == ("penalty", 1, "D-A", PENALTY["number"])
    assert body["facts"] == {**PENALTY, "agency": "D-A"}
    assert states(body)["O-25"] == "satisfied"
    assert body["flagged"] is False
    assert body["created_at"] == "2026-03-02T09:00:00+08:00"


@pytest.mark.parametrize("plural", KINDS)
def test_each_kind_is_recorded_and_read_back_the_same(officer: Caller, plural: str) -> None:
    made = officer.post(f"/api/{plural}", KINDS[plural])
    read = officer.get(made.headers["Location"])
    assert (made.status_code, read.status_code) == (201, 200)
    assert read.json == made.json
    assert read.headers["ETag"] == made.headers["ETag"]


def test_an_outcome_has_every_member_of_the_contract(officer: Caller) -> None:
    outcome = next(item for item in record(officer)["outcomes"] if item["rule"] == "O-25")
    members = {"rule", "title", "state", "severity", "due", "message", "law", "facts", "parameters", "reckoning"}
    assert members <= set(outcome)
    assert outcome["due"] == "2026-02-04"
    assert outcome["law"][0] == {"name": "中华人民共和国行政处罚法", "article": "61", "in_force_from": "2021-07-15"}
    assert outcome["facts"].items() >= {"decided_on": "2026-01-26", "served_on": "2026-01-27"}.items()
    assert {"starts", "unit", "length", "skipped", "paused"} <= set(outcome["reckoning"])
    assert (outcome["reckoning"]["starts"], outcome["reckoning"]["unit"]) == ("2026-01-26", "working_days")


def test_a_case_is_recorded_from_the_object_that_a_check_takes(officer: Caller) -> None:
    assert officer.post("/api/penalties", {"kind": "penalty", "facts": PENALTY}).status_code == 201
    assert officer.post("/api/measures", {"facts": MEASURE}).status_code == 201


def test_an_unlawful_case_is_recorded_and_flagged(officer: Caller) -> None:
    body = record(officer, decided_on="2025-12-01")
    assert body["flagged"] is True
    assert officer.get(f"/api/penalties/{body['id']}").json["flagged"] is True


def test_a_number_is_taken_once_per_agency_and_kind(officer: Caller, stranger: Caller) -> None:
    record(officer)
    taken = officer.post("/api/penalties", PENALTY)
    assert (taken.status_code, taken.json["status"]) == (409, 409)
    assert PENALTY["number"] in taken.json["detail"]
    assert stranger.post("/api/penalties", PENALTY).status_code == 201
    assert officer.post("/api/measures", {**MEASURE, "number": PENALTY["number"]}).status_code == 201
    assert Case.select().count() == 3


def test_of_eight_who_record_the_same_number_at_once_one_succeeds(officer: Caller) -> None:
    answers: list[int] = []
    start = threading.Barrier(8)

    def go() -> None:
        start.wait()
        answers.append(officer.post("/api/penalties", PENALTY).status_code)

    threads = [threading.Thread(target=go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [201] + [409] * 7
    assert Case.select().count() == 1


# ---- language


def test_titles_and_messages_follow_the_language_asked_for(officer: Caller) -> None:
    made = officer.post("/api/penalties", PENALTY)
    english = officer.speaking("en-GB, zh;q=0.5").get(made.headers["Location"])
    title = {item["rule"]: item["title"] for item in made.json["outcomes"]}["O-25"]
    translated = {item["rule"]: item["title"] for item in english.json["outcomes"]}["O-25"]
    assert (title, translated) == tuple(default_rulebook().rule("O-25").newest.title)
    assert title != translated
    assert (made.headers["Content-Language"], english.headers["Content-Language"]) == ("zh-CN", "en")
    assert "Accept-Language" in english.headers["Vary"]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("", "zh-CN"),
        ("fr", "zh-CN"),
        ("*", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("en", "en"),
        ("en;q=0.1, zh;q=0.9", "zh-CN"),
        ("en;q=0", "zh-CN"),
        ("fr, en;q=0.2", "en"),
    ],
)
def test_the_most_wanted_of_the_two_languages_is_answered(officer: Caller, asked: str, answered: str) -> None:
    assert officer.speaking(asked).get("/api/penalties").headers["Content-Language"] == answered


# ---- changing


def test_a_change_under_its_tag_gives_the_next_version(officer: Caller) -> None:
    made = officer.post("/api/penalties", {**PENALTY, "served_on": "2026-02-28"})
    changed = officer.patch(
        made.headers["Location"], {"served_on": "2026-01-27", "place": "某路"}, made.headers["ETag"]
    )
    assert changed.status_code == 200
    assert (changed.json["version"], changed.json["facts"]["place"]) == (2, "某路")
    assert (states(made.json)["O-25"], states(changed.json)["O-25"]) == ("late", "satisfied")
    assert changed.headers["ETag"].startswith('"2-')


def test_null_clears_a_fact_and_what_is_not_named_stays(officer: Caller) -> None:
    made = officer.post("/api/penalties", PENALTY)
    changed = officer.patch(made.headers["Location"], {"paid_on": None}, made.headers["ETag"])
    assert changed.json["facts"] == {**{k: v for k, v in PENALTY.items() if k != "paid_on"}, "agency": "D-A"}


def test_a_merge_patch_is_taken_under_its_own_type(officer: Caller) -> None:
    made = officer.post("/api/penalties", PENALTY)
    response = officer.call(
        "PATCH",
        made.headers["Location"],
        data='{"place": "某路"}',
        content_type="application/merge-patch+json",
        headers={"If-Match": made.headers["ETag"]},
    )
    assert response.json["facts"]["place"] == "某路"


def test_a_change_without_a_tag_is_asked_for_one(officer: Caller) -> None:
    made = officer.post("/api/penalties", PENALTY)
    response = officer.patch(made.headers["Location"], {"place": "某路"}, None)
    assert response.status_code == 428
    assert Case.get().version == 1


@pytest.mark.parametrize(
    "tag", ['"9-abc"', '"0"', '"abc"', '"-1"', '"1.0-x"', 'W/"7"', '"8", "9"', '"99999999999999999999"']
)
def test_a_stale_or_strange_tag_is_answered_with_the_facts_as_they_are(officer: Caller, tag: str) -> None:
    made = officer.post("/api/penalties", PENALTY)
    response = officer.patch(made.headers["Location"], {"place": "某路"}, tag)
    assert (response.status_code, response.mimetype) == (412, "application/problem+json")
    assert (response.json["version"], response.json["facts"]) == (1, made.json["facts"])
    assert Case.get().version == 1


@pytest.mark.parametrize("tag", ['"1"', 'W/"1-abc"', '"9-x", "1-y"', "*"])
def test_a_tag_that_names_the_version_is_enough(officer: Caller, tag: str) -> None:
    made = officer.post("/api/penalties", PENALTY)
    assert officer.patch(made.headers["Location"], {"place": "某路"}, tag).status_code == 200


def test_of_two_who_read_the_same_version_the_second_is_told_what_the_first_wrote(
    officer: Caller, colleague: Caller
) -> None:
    made = officer.post("/api/penalties", PENALTY)
    officer.patch(made.headers["Location"], {"place": "甲路"}, made.headers["ETag"])
    second = colleague.patch(made.headers["Location"], {"place": "乙路"}, made.headers["ETag"])
    assert (second.status_code, second.json["facts"]["place"], second.json["version"]) == (412, "甲路", 2)


def test_of_eight_who_change_the_same_version_at_once_one_succeeds(officer: Caller) -> None:
    made = officer.post("/api/penalties", PENALTY)
    answers: list[int] = []
    start = threading.Barrier(8)

    def go(number: int) -> None:
        start.wait()
        response = officer.patch(made.headers["Location"], {"place": f"{number}路"}, made.headers["ETag"])
        answers.append(response.status_code)

    threads = [threading.Thread(target=go, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [412] * 7
    assert Case.get().version == 2


def test_a_change_that_changes_nothing_keeps_the_version(officer: Caller) -> None:
    made = officer.post("/api/penalties", PENALTY)
    entries = AuditEntry.select().count()
    response = officer.patch(made.headers["Location"], {"fine": "500.00"}, made.headers["ETag"])
    assert (response.status_code, response.json["version"]) == (200, 1)
    assert AuditEntry.select().count() == entries


# ---- reading


def test_what_was_read_already_is_not_sent_again(officer: Caller) -> None:
    made = officer.post("/api/penalties", PENALTY)
    tag = made.headers["ETag"]
    known = officer.get(made.headers["Location"], headers={"If-None-Match": tag})
    assert (known.status_code, known.get_data(), known.headers["ETag"]) == (304, b"", tag)
    assert officer.get(made.headers["Location"], headers={"If-None-Match": '"1-other"'}).status_code == 200


def test_another_day_or_language_is_another_answer_of_the_same_version(officer: Caller, clock: Clock) -> None:
    made = officer.post(
        "/api/penalties", {k: v for k, v in PENALTY.items() if k != "served_on"} | {"decided_on": "2026-02-25"}
    )
    known = {"If-None-Match": made.headers["ETag"]}
    assert officer.speaking("en").get(made.headers["Location"], headers=known).status_code == 200
    clock.now += timedelta(days=30)
    later = officer.get(made.headers["Location"], headers=known)
    assert later.status_code == 200
    assert (states(made.json)["O-25"], states(later.json)["O-25"]) == ("pending", "overdue")
    assert later.headers["ETag"].startswith('"1-')


def test_outcomes_are_given_for_the_day_asked_about(officer: Caller) -> None:
    body = record(officer, served_on=None, delivered_on_spot=None)
    address = f"/api/cases/{body['id']}/outcomes"
    on = {day: officer.get(f"{address}?as_of={day}").json for day in ("2026-02-04", "2026-02-05")}
    assert [states(answer)["O-25"] for answer in on.values()] == ["pending", "overdue"]
    assert [answer["as_of"] for answer in on.values()] == list(on)
    assert officer.get(address).json["as_of"] == "2026-03-02"


def test_the_day_is_that_of_shanghai(officer: Caller, clock: Clock) -> None:
    body = record(officer)
    clock.now = clock.now.replace(hour=0, minute=30)  # still the day before in London
    assert officer.get(f"/api/cases/{body['id']}/outcomes").json["as_of"] == "2026-03-02"


@pytest.mark.parametrize("name", ["0" * 26, "1", "x", "../penalties", "%00", "0" * 25 + "I", "0" * 27])
def test_a_case_that_is_not_there_is_404(officer: Caller, name: str) -> None:
    response = officer.get(f"/api/penalties/{name}")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


# ---- lists


@pytest.fixture
def book(officer: Caller) -> Caller:
    """Five penalties: decided on 5 days, the third flagged, the fifth without a number."""
    for place, day in enumerate(("2026-01-26", "2026-01-27", "2026-01-28", "2026-01-29", "2026-01-30"), 1):
        facts: dict[str, Any] = {"number": f"示街罚立〔2026〕{place}号", "decided_on": day, "cause": f"案由{place}"}
        if place == 3:
            facts["notice_served_on"] = day
            facts["hearing_waived_on"] = None
        if place == 5:
            facts |= {"number": None, "field": "市容", "party_name": "李某商店"}
        record(officer, **facts)
    return officer


def numbers(caller: Caller, query: str = "") -> list[str | None]:
    response = caller.get(f"/api/penalties{query}")
    assert response.status_code == 200, response.get_data(as_text=True)
    return [item["number"] and item["number"][10:-1] for item in response.json["items"]]


def test_a_list_is_paged_newest_first_with_its_links(book: Caller) -> None:
    response = book.get("/api/penalties?page=2&page_size=2&from=2026-01-01")
    assert [item["number"][10:-1] for item in response.json["items"]] == ["3", "2"]
    assert {name: response.json[name] for name in ("page", "page_size", "total")} == {
        "page": 2,
        "page_size": 2,
        "total": 5,
    }
    assert json.loads(response.headers["X-Pagination"]) == {
        "total": 5,
        "total_pages": 3,
        "first_page": 1,
        "last_page": 3,
        "page": 2,
        "previous_page": 1,
        "next_page": 3,
    }
    address = "/api/penalties?page={}&page_size=2&from=2026-01-01"
    pages = {"first": 1, "prev": 1, "next": 3, "last": 3}
    assert response.headers["Link"] == ", ".join(
        f'<{address.format(page)}>; rel="{rel}"' for rel, page in pages.items()
    )


def test_the_links_lead_through_the_whole_list(book: Caller) -> None:
    address, seen = "/api/penalties?page_size=2&sort=number", []
    while address:
        response = book.get(address)
        seen += [item["number"] and item["number"][10:-1] for item in response.json["items"]]
        links = dict(reversed(part.split("; ")) for part in response.headers["Link"].split(", "))
        address = links.get('rel="next"', "").strip("<>")
    assert seen == ["1", "2", "3", "4", None]


def test_beyond_the_last_page_there_is_nothing(book: Caller) -> None:
    response = book.get("/api/penalties?page=9")
    assert (response.status_code, response.json["items"], response.json["total"]) == (200, [], 5)


def test_an_empty_list_has_one_page(officer: Caller) -> None:
    response = officer.get("/api/measures")
    assert response.json == {"items": [], "page": 1, "page_size": 50, "total": 0}
    assert json.loads(response.headers["X-Pagination"])["total_pages"] == 1


def test_a_list_is_narrowed_by_each_parameter(book: Caller) -> None:
    assert numbers(book, "?q=案由4") == ["4"]
    assert numbers(book, "?q=商店") == [None]
    assert numbers(book, "?from=2026-01-28&to=2026-01-29") == ["4", "3"]
    assert numbers(book, "?field=市容") == [None]
    assert numbers(book, "?agency=D-A&page_size=1") == [None]
    assert numbers(book, "?sort=event_on") == ["1", "2", "3", "4", None]
    flagged = [item["flagged"] for item in book.get("/api/penalties?flagged=true").json["items"]]
    assert set(flagged) == {True}
    assert set(numbers(book, "?flagged=true")) | set(numbers(book, "?flagged=false")) == {"1", "2", "3", "4", None}


def test_a_list_is_narrowed_by_findings(book: Caller) -> None:
    violated = {item["number"] for item in book.get("/api/penalties?state=violated").json["items"]}
    by_rule = {
        item["case"]["number"]
        for item in book.get("/api/findings?state=violated").json["items"]
        if item["state"] == "violated"
    }
    assert violated == by_rule != set()


def test_empty_parameters_count_as_not_given(book: Caller) -> None:
    assert len(numbers(book, "?q=&state=&agency=&from=&to=&flagged=&page=&page_size=&sort=")) == 5


def test_a_list_shows_the_facts_but_not_the_outcomes(book: Caller) -> None:
    item = book.get("/api/penalties?q=案由4").json["items"][0]
    assert item["facts"]["cause"] == "案由4"
    assert "outcomes" not in item


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("colour=red&size=2", {"colour", "size"}),
        ("page=0", {"page"}),
        ("page=x&page_size=201", {"page", "page_size"}),
        ("page=-1", {"page"}),
        ("page=1e3", {"page"}),
        ("page_size=１０", {"page_size"}),
        ("page=99999999999999999999999", {"page"}),
        ("state=satisfied", {"state"}),
        ("from=2026-02-30&to=20260101", {"from", "to"}),
        ("flagged=maybe", {"flagged"}),
        ("sort=party_name", {"sort"}),
        ("rule=Z-99", {"rule"}),
        ("agency=NONE", {"agency"}),
        ("state=late&state=overdue", {"state"}),
        ("from_=2026-01-01", {"from_"}),
        ("q=a%00b", {"q"}),
        ("q=" + "长" * 201, {"q"}),
    ],
)
def test_a_wrong_or_unknown_parameter_is_named(officer: Caller, query: str, named: set[str]) -> None:
    response = officer.get(f"/api/penalties?{query}")
    assert (response.status_code, set(response.json["errors"])) == (422, named)


@pytest.mark.parametrize(
    "q", ["%", "_", "'", '"', "*", "NEAR(a b)", "a AND", "(", "-", "许", "\\", "😀", "AND", ":*", "!"]
)
def test_a_search_is_a_text_and_never_a_query_language(book: Caller, q: str) -> None:
    assert book.get("/api/penalties", query_string={"q": q}).status_code == 200


def test_a_route_without_parameters_names_those_it_is_given(officer: Caller) -> None:
    made = officer.post("/api/penalties", PENALTY)
    for method, address in (("GET", made.headers["Location"]), ("POST", "/api/penalties")):
        response = officer.call(method, f"{address}?dry_run=1", json=MEASURE)
        assert (response.status_code, set(response.json["errors"])) == (422, {"dry_run"})
