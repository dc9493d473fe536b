"""Malformed input: everything wrong is named in one answer, and nothing is stored."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

from enforcement.models import MODELS
from enforcement.models import AuditEntry
from tests.api.caller import Caller
from tests.office import PENALTY
from tests.office import Office


def counts() -> dict[str, int]:
    return {model.__name__: model.select().count() for model in MODELS}


@pytest.fixture
def nothing_is_stored(officer: Caller, reviewer: Caller, supervisor: Caller) -> Iterator[None]:
    """Rows of every table are the same after the test as before it; a token's last use is no row."""
    before = counts()
    yield
    assert counts() == before


pytestmark = pytest.mark.usefixtures("nothing_is_stored")


def named(caller: Caller, address: str, body: Any) -> set[str]:
    response = caller.post(address, body)
    assert response.status_code == 422, response.get_data(as_text=True)
    assert response.mimetype == "application/problem+json"
    return set(response.json["errors"])


def test_every_fault_of_a_case_is_named_in_one_answer(officer: Caller) -> None:
    body = {
        "colour": "red",
        "number": 7,
        "filed_on": "2026-02-30",
        "decided_on": "12.02.2026",
        "served_on": 20260212,
        "transferred_at": "2026-02-12T25:00",
        "fine": "-5",
        "confiscated": "1.005",
        "fine_min": 0.001,
        "fine_max": "12万元",
        "extra_fine": [],
        "procedure": "short",
        "kinds": ["fine", "flogging"],
        "extract": "yes",
        "continuing": 1,
        "discussion_attendees": 2.5,
        "handlers": "12010001",
        "extensions": {"days": 30},
        "pauses": [{"to": "2026-03-01"}, {"from": "2026-03-02", "to": "2026-03-01"}, "x"],
        "cause": "a\u0000b",
        "place": "长" * 2001,
    }
    faults = named(officer, "/api/penalties", body)
    assert faults == (set(body) - {"kinds", "pauses"}) | {"kinds.1", "pauses.0.from", "pauses.1.to", "pauses.2"}


def test_the_faults_are_told_in_the_language_asked_for(officer: Caller) -> None:
    chinese = officer.post("/api/penalties", {"filed_on": "2026-02-30", "page": 1}).json
    english = officer.speaking("en").post("/api/penalties", {"filed_on": "2026-02-30", "page": 1}).json
    assert chinese["errors"] == {"filed_on": ["日历中没有这一天：2026-02-30"], "page": ["没有这个事实"]}
    assert english["errors"] == {
        "filed_on": ["Not a day of the calendar: 2026-02-30"],
        "page": ["There is no such fact"],
    }
    assert (chinese["title"], english["title"]) == ("内容有误", "Wrong content")


def test_a_case_is_an_object(officer: Caller) -> None:
    for address in ("/api/penalties", "/api/measures", "/api/inspections"):
        for body in ([], [PENALTY], "text", 5, 1.5, True, None):
            response = officer.post(address, data=json.dumps(body), content_type="application/json")
            assert (response.status_code, set(response.json["errors"])) == (422, {"facts"}), (address, body)


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({"facts": []}, {"facts"}),
        ({"facts": None}, {"facts"}),
        ({"kind": "measure", "facts": {}}, {"kind"}),
        ({"kind": 5, "facts": {"fine": "x"}, "who": 1}, {"kind", "fine", "who"}),
        ({"kind": "penalty"}, {"kind"}),
    ],
)
def test_what_stands_around_the_facts_is_checked_too(officer: Caller, body: Any, faults: set[str]) -> None:
    assert named(officer, "/api/penalties", body) == faults


#: What is no JSON, and what the answer says of it.
NOT_JSON = [
    (b'{"number": "1"', "第 1 行第 15 列"),
    (b'{\n  "number": 1,\n}', "第 3 行第 1 列"),
    (b"{'number': 1}", "第 1 行第 2 列"),
    (b"number=1", "第 1 行第 1 列"),
    (b'{"fine": NaN}', "JSON 没有 NaN"),
    (b'{"fine": -Infinity}', "JSON 没有 -Infinity"),
    (b'{"fine": "1.00", "fine": "2.00"}', "“fine”出现两次"),
    (b'{"facts": {"number": "1", "number": "2"}}', "“number”出现两次"),
    (rb'{"\ud83d": 1, "\ud83d": 2}', "出现两次"),
    (b'{"fine": 1} {}', "第 1 行第 13 列"),
    ('{"cause": "占道"}'.encode("gb18030"), "UTF-8"),
    ('{"cause": "占道"}'.encode("utf-16"), "UTF-8"),
    (rb'{"cause": "\ud83d"}', "代理码"),
    (b"[" * 100_000, "嵌套过深"),
    (b'{"facts": ' * 5000 + b"1" + b"}" * 5000, "嵌套过深"),
    (b'{"fine": ' + b"9" * 5000 + b"}", "数字过长，最多 4300 位"),
    (b"", "没有内容"),
    (b" \n", "没有内容"),
]


def test_what_is_not_json_is_answered_with_its_place(officer: Caller) -> None:
    for data, where in NOT_JSON:
        response = officer.post("/api/penalties", data=data, content_type="application/json")
        assert (response.status_code, response.mimetype) == (400, "application/problem+json"), data[:40]
        (message,) = response.json["errors"]["json"]
        assert where in message, data[:40]


OTHER_TYPES = (
    "text/xml",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "application/merge-patch+json",
    "application/jsonp",
    "application/json-seq",
    "json",
    "",
)


def test_another_content_type_is_refused_with_the_one_there_is(officer: Caller) -> None:
    for address in ("/api/penalties", "/api/check"):
        for content_type in OTHER_TYPES:
            response = officer.post(address, data=json.dumps(PENALTY), content_type=content_type)
            answered = (response.status_code, response.headers.get("Accept"))
            assert answered == (415, "application/json"), (address, content_type)


def test_the_type_of_json_may_name_its_encoding(officer: Caller) -> None:
    response = officer.post("/api/check", data=b'{"kind": 1}', content_type="application/json; charset=utf-8")
    assert response.status_code == 422


def test_compressed_content_is_refused(officer: Caller) -> None:
    response = officer.post(
        "/api/penalties",
        data=gzip.compress(json.dumps(PENALTY).encode()),
        content_type="application/json",
        headers={"Content-Encoding": "gzip"},
    )
    assert response.status_code == 415


@pytest.mark.parametrize("address", ["/api/penalties", "/api/check", f"/api/findings/{'0' * 26}/response"])
def test_a_body_of_ten_megabytes_is_refused(officer: Caller, address: str) -> None:
    body = json.dumps({"cause": "长" * 3_500_000}, ensure_ascii=False).encode()
    assert len(body) > 10_000_000
    response = officer.post(address, data=body, content_type="application/json")
    assert (response.status_code, response.mimetype) == (413, "application/problem+json")


def test_a_large_body_that_is_allowed_is_answered_by_its_faults(officer: Caller) -> None:
    assert named(officer, "/api/penalties", {f"fact{number}": None for number in range(50_000)}) == {
        f"fact{number}" for number in range(50_000)
    }


def test_every_draft_of_a_list_is_named_by_its_place(officer: Caller) -> None:
    body = [
        {"kind": "penalty", "facts": {"fine": "x"}},
        {"kind": "penalty", "facts": PENALTY},
        {"kind": "fine", "facts": {}},
        {"kind": "measure"},
        {"facts": {}},
        5,
        {"kind": "inspection", "facts": {"started_at": "x", "colour": 1}, "as_of": "2026-01-01"},
    ]
    assert named(officer, "/api/check", body) == {
        "0.fine",
        "2.kind",
        "3.facts",
        "4.kind",
        "5.facts",
        "6.started_at",
        "6.colour",
        "6.as_of",
    }


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {"kind", "facts"}),
        (PENALTY, set(PENALTY) | {"kind", "facts"}),
        ("x", {"facts"}),
        ({"kind": ["penalty"], "facts": {}}, {"kind"}),
        ([{"kind": "penalty", "facts": {}}] * 1001, {"json"}),
    ],
)
def test_a_draft_that_is_none_is_named(officer: Caller, body: Any, faults: set[str]) -> None:
    assert named(officer, "/api/check", body) == faults


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("as_of=2026-02-30", {"as_of"}),
        ("profile=../../etc/passwd", {"profile"}),
        ("profile=/etc/passwd", {"profile"}),
        ("profile=tianjin.yaml&as_of=now&x=1", {"profile", "as_of", "x"}),
    ],
)
def test_a_profile_is_a_name_and_never_a_path(officer: Caller, query: str, faults: set[str]) -> None:
    assert named(officer, f"/api/check?{query}", {"kind": "penalty", "facts": PENALTY}) == faults


@pytest.mark.parametrize(
    ("address", "body", "faults"),
    [
        (f"/api/findings/{'0' * 26}/response", {}, {"text"}),
        (f"/api/findings/{'0' * 26}/response", {"text": "", "by": "me"}, {"text", "by"}),
        (f"/api/findings/{'0' * 26}/response", {"text": ["x"]}, {"text"}),
        (f"/api/findings/{'0' * 26}/response", ["x"], {"json"}),
        (f"/api/findings/{'0' * 26}/response", {"text": "a\u0000"}, {"text"}),
        (f"/api/findings/{'0' * 26}/response", {"text": None}, {"text"}),
        (f"/api/findings/{'0' * 26}/waiver", {}, {"ground", "last_day"}),
        (f"/api/findings/{'0' * 26}/waiver", {"ground": " ", "last_day": "31.3."}, {"ground", "last_day"}),
        (f"/api/findings/{'0' * 26}/waiver", {"ground": "x", "last_day": 5, "document": 5}, {"last_day", "document"}),
        (f"/api/cases/{'0' * 26}/reviews", {"note": "x"}, {"note"}),
        (f"/api/cases/{'0' * 26}/reviews", [], {"json"}),
    ],
)
def test_the_other_bodies_name_their_faults_too(officer: Caller, address: str, body: Any, faults: set[str]) -> None:
    assert named(officer, address, body) == faults


def test_the_decision_on_a_waiver_names_its_faults(supervisor: Caller) -> None:
    address = f"/api/waivers/{'0' * 26}/approval"
    assert named(supervisor, address, {"approved": "yes", "until": "2026-01-01"}) == {"approved", "until"}


def test_an_opinion_names_its_faults(reviewer: Caller) -> None:
    address = f"/api/cases/{'0' * 26}/reviews"
    body = {"result": "fine", "opinion": 5, "items": {"subject": 5}, "who": "me"}
    assert named(reviewer, address, body) == {"result", "opinion", "items", "who"}


def test_a_change_names_its_faults_and_changes_nothing(officer: Caller, office: Office) -> None:
    address = f"/api/penalties/{'0' * 26}"
    assert officer.patch(address, {"fine": "x"}, '"1"').status_code == 404
    entries = AuditEntry.select().count()
    response = officer.call("PATCH", address, data=b"{", content_type="application/json")
    assert response.status_code == 404, "what is not there is said first, whatever is sent to it"
    assert AuditEntry.select().count() == entries
