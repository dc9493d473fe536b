"""Cases in JSON: their order, their faults by path, and what Python's own reader would let pass."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from enforcement.exchange.faults import Unusable
from enforcement.exchange.jsontext import MAX_DEPTH
from enforcement.exchange.jsontext import parse
from tests.exchange.workbooks import facts
from tests.exchange.workbooks import faults
from tests.exchange.workbooks import rows


def of(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def test_cases_are_read_in_their_order_with_their_kinds() -> None:
    content = of([{"kind": kind, "facts": {"number": kind}} for kind in ("measure", "penalty", "inspection")])
    assert [(row.where, row.kind, row.facts) for row in rows(content, "a.json")] == [
        ("[0]", "measure", {"number": "measure"}),
        ("[1]", "penalty", {"number": "penalty"}),
        ("[2]", "inspection", {"number": "inspection"}),
    ]


def test_a_single_case_needs_no_list() -> None:
    assert facts(of({"kind": "penalty", "facts": {"fine": 5}}), "a.json") == [{"fine": "5.00"}]


def test_a_byte_order_mark_is_forgiven() -> None:
    assert facts(b"\xef\xbb\xbf" + of([{"kind": "penalty", "facts": {}}]), "a.JSON") == [{}]


def test_every_fault_of_every_case_is_named_by_its_path() -> None:
    content = of(
        [
            {"kind": "penalty", "facts": {"filed_on": "2026-02-30", "pauses": [{"to": "2026-01-01"}], "x": 1}},
            {"kind": "licence", "facts": {}},
            {"facts": {}},
            "case",
            {"kind": "measure"},
            {"kind": "measure", "facts": [], "extra": 1},
        ]
    )
    assert [line.split("  ")[0] for line in faults(content, "a.json")] == [
        "[0].facts.filed_on",
        "[0].facts.pauses.0.from",
        "[0].facts.x",
        "[1].kind",
        "[2].kind",
        "[3]",
        "[4].facts",
        "[5].extra",
        "[5].facts",
    ]


def test_a_fault_carries_the_label_of_the_fact_in_the_language_spoken() -> None:
    content = of({"kind": "penalty", "facts": {"filed_on": "2026-02-30"}})
    assert faults(content, "a.json", "zh") == ["facts.filed_on  立案日期（filed_on）：日历中没有这一天：2026-02-30"]
    assert faults(content, "a.json") == ["facts.filed_on  Filed on (filed_on): Not a day of the calendar: 2026-02-30"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"fine": 1, "fine": 2}', "line 1, column 13  “fine” stands twice in one object"),
        ('[{"a": {"b": 1,\n "\\u0062": 2}}]', "line 2, column 2  “b” stands twice in one object"),
        ("[1,\n NaN]", "line 2, column 2  JSON has no NaN"),
        ("[-Infinity]", "line 1, column 2  JSON has no -Infinity"),
        ("[" * 33 + "]" * 33, "line 1, column 33  Nested more than 32 levels deep"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "line 1, column 161  Nested more than 32 levels deep"),
        ("[" * 200_000, "line 1, column 33  Nested more than 32 levels deep"),
        ("[" + "9" * 5000 + "]", "line 1, column 2  The number is too long"),
        ("[1,\n2", "line 2, column 2  Not JSON: Expecting ',' delimiter"),
        ("[] []", "line 1, column 4  Not JSON: Extra data"),
        ('["a\tb"]', "line 1, column 4  Not JSON: Invalid control character at"),
    ],
)
def test_what_is_no_json_is_refused_with_its_line_and_column(text: str, says: str) -> None:
    assert faults(text.encode(), "a.json") == [says]


def test_every_repeated_key_is_named() -> None:
    text = '[{"a": 1, "a": 2}, {"b": NaN,\n"b": 2}]'
    assert [line.split("  ")[0] for line in faults(text.encode(), "a.json")] == [
        "line 1, column 11",
        "line 1, column 26",
        "line 2, column 1",
    ]


def test_the_same_key_in_different_objects_is_no_fault() -> None:
    assert parse('[{"a": {"a": [{"a": 1}]}}, {"a": 2}]') == [{"a": {"a": [{"a": 1}]}}, {"a": 2}]
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[]", "There is no case in it"),
        (b"3", "Must be a list of"),
        (b'"text"', "Must be a list of"),
        (b"null", "Must be a list of"),
        (b"[\xff]", "Not UTF-8 text (byte 2)"),
        (b"", "The file is empty"),
        (b" \n", "The file is empty"),
    ],
)
def test_a_file_without_cases_is_refused(content: bytes, says: str) -> None:
    assert faults(content, "a.json")[0].startswith(says)


def test_foreign_names_are_repeated_short_and_without_control_characters() -> None:
    content = of({"kind": "penalty", "facts": {"\x1b[31m" + "x" * 100: 1}})
    assert faults(content, "a.json") == ["facts.\ufffd[31m" + "x" * 55 + "…  There is no such fact"]


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        rows(content, "a.json")
    except Unusable as error:
        assert error.faults
