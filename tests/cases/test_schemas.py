"""What facts pass the schema, in which form, and how the others are named."""

import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from marshmallow import ValidationError
from openapi_spec_validator import validate

from enforcement.cases.schemas import by_name
from enforcement.cases.schemas import facts_schema
from enforcement.cases.schemas import load_facts
from enforcement.cases.schemas import to_facts
from enforcement.cases.schemas import to_json
from enforcement.cases.wording import speaking
from rules.facts import KINDS
from rules.facts import facts_of


def faults(kind: str, facts: Any, language: str = "zh") -> dict[str, list[str]]:
    """The faults of facts by name; the test fails when there are none."""
    with speaking(language), pytest.raises(ValidationError) as caught:
        load_facts(kind, facts)
    return by_name(caught.value.messages)


GOOD = [
    ("penalty", "filed_on", "2026-02-12", "2026-02-12"),
    ("penalty", "filed_on", "2024-02-29", "2024-02-29"),
    ("penalty", "filed_on", "1949-01-01", "1949-01-01"),
    ("penalty", "filed_on", "2100-12-31", "2100-12-31"),
    ("measure", "executed_at", "2026-02-12T09:30", "2026-02-12T09:30:00+08:00"),
    ("measure", "executed_at", "2026-02-12 09:30:15", "2026-02-12T09:30:15+08:00"),
    ("measure", "executed_at", "2026-02-12T01:30:00Z", "2026-02-12T09:30:00+08:00"),
    ("measure", "executed_at", "2026-02-11T20:30:00-05:00", "2026-02-12T09:30:00+08:00"),
    ("measure", "executed_at", "2026-02-12T09:30:00.25+0800", "2026-02-12T09:30:00.250000+08:00"),
    ("penalty", "fine", "500", "500.00"),
    ("penalty", "fine", "0500.5", "500.50"),
    ("penalty", "fine", 500, "500.00"),
    ("penalty", "fine", 500.5, "500.50"),
    ("penalty", "fine", 0, "0.00"),
    ("penalty", "fine", "999999999999.99", "999999999999.99"),
    ("penalty", "hearing_told", False, False),
    ("penalty", "discussion_attendees", 0, 0),
    ("penalty", "cause", "  占道 经营　", "占道 经营"),
    ("penalty", "cause", "x" * 2000, "x" * 2000),
    ("penalty", "handlers", ["津1", "津2", "津1"], ["津1", "津2"]),
    ("penalty", "handlers", [], []),
    ("penalty", "kinds", ["warning", "fine", "warning"], ["warning", "fine"]),
    ("penalty", "pauses", [{"from": "2026-01-01", "to": "2026-01-01"}], [{"from": "2026-01-01", "to": "2026-01-01"}]),
    ("penalty", "pauses", [{"from": "2026-01-01", "to": None}], [{"from": "2026-01-01"}]),
    ("penalty", "extensions", [{"days": 30}], [{"days": 30}]),
    ("measure", "class", "execution", "execution"),
]


@pytest.mark.parametrize(("kind", "fact", "given", "kept"), GOOD, ids=lambda value: str(value)[:30])
def test_a_well_formed_value_is_kept_in_its_canonical_form(kind: str, fact: str, given: Any, kept: Any) -> None:
    loaded = load_facts(kind, {fact: given})
    assert loaded == {fact: kept}
    assert load_facts(kind, to_json(to_facts(kind, loaded))) == loaded


BAD = [
    ("penalty", "filed_on", "2026-2-12", "YYYY-MM-DD"),
    ("penalty", "filed_on", "2026/02/12", "YYYY-MM-DD"),
    ("penalty", "filed_on", "20260212", "YYYY-MM-DD"),
    ("penalty", "filed_on", "２０２６-02-12", "YYYY-MM-DD"),
    ("penalty", "filed_on", "2026-02-12T00:00:00", "YYYY-MM-DD"),
    ("penalty", "filed_on", "", "YYYY-MM-DD"),
    ("penalty", "filed_on", 20260212, "YYYY-MM-DD"),
    ("penalty", "filed_on", "2026-02-30", "Not a day of the calendar"),
    ("penalty", "filed_on", "2023-02-29", "Not a day of the calendar"),
    ("penalty", "filed_on", "1948-12-31", "from 1949 to 2100"),
    ("penalty", "filed_on", "2101-01-01", "from 1949 to 2100"),
    ("measure", "executed_at", "2026-02-12", "a date with a time"),
    ("measure", "executed_at", "2026-02-12T9:30", "a date with a time"),
    ("measure", "executed_at", "2026-02-12T24:30", "no such moment"),
    ("measure", "executed_at", "2026-02-12T09:30+25:00", "no such moment"),
    ("measure", "executed_at", "1949-01-01T00:00+14:00", "from 1949 to 2100"),
    ("measure", "executed_at", "0001-01-01T00:00+14:00", "from 1949 to 2100"),
    ("penalty", "fine", "-1", "negative"),
    ("penalty", "fine", -1, "negative"),
    ("penalty", "fine", -0.5, "negative"),
    ("penalty", "fine", "1.005", "two decimals"),
    ("penalty", "fine", "1.500", "two decimals"),
    ("penalty", "fine", 1.005, "two decimals"),
    ("penalty", "fine", "1000000000000", "highest"),
    ("penalty", "fine", 10**400, "highest"),
    ("penalty", "fine", float("inf"), "highest"),
    ("penalty", "fine", float("nan"), "amount in yuan"),
    ("penalty", "fine", "1e3", "amount in yuan"),
    ("penalty", "fine", "1,000", "amount in yuan"),
    ("penalty", "fine", "", "amount in yuan"),
    ("penalty", "fine", True, "amount in yuan"),
    ("penalty", "fine", [500], "amount in yuan"),
    ("penalty", "hearing_told", 1, "true, false or null"),
    ("penalty", "hearing_told", "true", "true, false or null"),
    ("penalty", "discussion_attendees", -1, "negative"),
    ("penalty", "discussion_attendees", 3.0, "whole number"),
    ("penalty", "discussion_attendees", "3", "whole number"),
    ("penalty", "discussion_attendees", True, "whole number"),
    ("penalty", "discussion_attendees", 10_000, "highest"),
    ("penalty", "cause", 5, "a text"),
    ("penalty", "cause", "a\nb", "U+000A"),
    ("penalty", "cause", "a\x00b", "U+0000"),
    ("penalty", "cause", "a\ud800", "U+D800"),
    ("penalty", "cause", "x" * 2001, "At most 2000"),
    ("penalty", "party_name", "x" * 201, "At most 200"),
    ("penalty", "source", "rumour", "inspection (Inspection), complaint (Complaint)"),
    ("penalty", "source", ["complaint"], "permitted"),
    ("penalty", "handlers", "津1", "a list"),
    ("penalty", "handlers", {"0": "津1"}, "a list"),
    ("penalty", "handlers", ["x"] * 201, "At most 200 items"),
]


@pytest.mark.parametrize(("kind", "fact", "given", "says"), BAD, ids=lambda value: str(value)[:30])
def test_a_malformed_value_is_named_with_what_is_wrong(kind: str, fact: str, given: Any, says: str) -> None:
    found = faults(kind, {fact: given}, "en")
    assert list(found) == [fact]
    assert says in found[fact][0]


def test_every_bad_fact_is_named_in_one_answer_nested_ones_by_their_path() -> None:
    found = faults(
        "penalty",
        {
            "filed_on": "2026-02-30",
            "fine": "-1",
            "colour": "red",
            "kinds": ["fine", "smile", None],
            "handlers": ["津1", " "],
            "pauses": [
                {"to": "2026-03-01", "why": "rain"},
                {"from": "2026-03-02", "to": "2026-03-01"},
                {"from": "2026-02-31", "ground": "mood"},
                [],
            ],
            "extensions": [{}, {"days": -1}],
            "number": "2026-1",
        },
    )
    assert list(found) == [
        "colour",
        "extensions.0",
        "extensions.1.days",
        "filed_on",
        "fine",
        "handlers.1",
        "kinds.1",
        "kinds.2",
        "pauses.0.from",
        "pauses.0.why",
        "pauses.1.to",
        "pauses.2.from",
        "pauses.2.ground",
        "pauses.3",
    ]


@pytest.mark.parametrize("given", [None, [], "facts", 3, True])
def test_facts_that_are_no_object_are_refused_as_a_whole(given: Any) -> None:
    assert list(faults("penalty", given)) == ["facts"]


def test_faults_are_named_in_chinese_unless_english_is_spoken() -> None:
    facts = {"filed_on": "2026-02-30"}
    assert faults("penalty", facts)["filed_on"] == ["日历中没有这一天：2026-02-30"]
    assert faults("penalty", facts, "en")["filed_on"] == ["Not a day of the calendar: 2026-02-30"]
    assert faults("penalty", {"x": 1}) == {"x": ["没有这个事实"]}
    assert faults("penalty", {"x": 1}, "en") == {"x": ["There is no such fact"]}


def test_facts_are_never_refused_for_being_unlawful() -> None:
    facts = {"decided_on": "2020-01-01", "filed_on": "2026-01-01", "fine": "90000.00", "fine_max": "1.00"}
    assert (
        load_facts("penalty", facts)
        == {
            "decided_on": "2020-01-01",
            "filed_on": "2026-01-01",
            "fine": "90000.00",
            "fine_max": "1.00",
        }
        | {}
    )


def test_null_and_empty_text_are_not_recorded() -> None:
    assert load_facts("penalty", {"cause": "  ", "filed_on": None, "extract": None, "pauses": None}) == {}
    assert to_facts("penalty", {"extract": None, "pauses": None}) == KINDS["penalty"]()


def test_a_change_keeps_null_because_it_clears_a_fact() -> None:
    changes = facts_schema("penalty")(partial=True).load({"filed_on": None, "cause": "", "fine": 5})
    assert changes == {"filed_on": None, "cause": None, "fine": "5.00"}
    with pytest.raises(ValidationError) as caught:
        facts_schema("penalty")(partial=True).load({"pauses": [{"to": "2026-01-01"}]})
    assert list(by_name(caught.value.messages)) == ["pauses.0.from"]


def test_the_full_schema_leaves_out_what_is_not_recorded() -> None:
    assert facts_schema("inspection")().load({"type": None, "business": True}) == {"business": True}


def test_schemas_are_made_once_and_named_after_their_kind() -> None:
    assert [facts_schema(kind).__name__ for kind in KINDS] == ["PenaltyFacts", "MeasureFacts", "InspectionFacts"]
    assert facts_schema("penalty") is facts_schema("penalty")
    with pytest.raises(KeyError):
        facts_schema("licence")


def test_amounts_leave_with_two_decimals_however_they_were_made() -> None:
    assert to_json(KINDS["penalty"](fine=Decimal("500"), confiscated=Decimal("1.5"))) == {
        "fine": "500.00",
        "confiscated": "1.50",
    }


def test_schemas_describe_themselves_in_valid_openapi() -> None:
    spec = APISpec("facts", "1", "3.1.0", plugins=[MarshmallowPlugin(schema_name_resolver=lambda schema: None)])
    for kind in KINDS:
        spec.components.schema(facts_schema(kind).__name__, schema=facts_schema(kind))
    document = json.loads(json.dumps(spec.to_dict()))
    validate(document)
    for kind, struct in KINDS.items():
        described = document["components"]["schemas"][f"{struct.__name__}Facts"]["properties"]
        assert list(described) == list(facts_of(struct)), kind
        for name, fact in facts_of(struct).items():
            assert described[name]["title"] == fact.label.zh
            assert fact.label.en in described[name]["description"]
            assert "null" in described[name]["type"]
    penalty = document["components"]["schemas"]["PenaltyFacts"]["properties"]
    assert penalty["filed_on"]["format"] == "date"
    assert penalty["source"]["enum"] == ["inspection", "complaint", "transfer", "assigned", "other", None]
    assert penalty["pauses"]["items"]["required"] == ["from"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
DAYS = st.dates().map(str) | st.sampled_from(["2026-02-30", "2026-2-3", ""])
MONEY = st.decimals(allow_nan=False).map(str) | st.floats() | st.integers()
LIKELY = DAYS | MONEY | st.datetimes().map(str) | st.sampled_from(["fine", "head", "hearing", "津1", " ", "other"])
RECORDS = st.lists(
    st.dictionaries(
        st.sampled_from(["from", "to", "ground", "days", "approved_on", "approved_by", "x"]), LIKELY | JSON, max_size=3
    ),
    max_size=3,
)


@st.composite
def kinds_and_facts(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    names = st.sampled_from([*facts_of(KINDS[kind]), "pauses", "extensions"]) | st.text(max_size=5)
    return kind, draw(st.dictionaries(names, LIKELY | RECORDS | st.lists(LIKELY, max_size=3) | JSON, max_size=6))


@given(kinds_and_facts())
@settings(max_examples=400, deadline=None)
def test_whatever_json_goes_in_it_becomes_a_case_or_its_faults_are_named(given: tuple[str, dict[str, Any]]) -> None:
    kind, facts = given
    try:
        loaded = load_facts(kind, facts)
    except ValidationError as error:
        named = by_name(error.messages)
        assert named and all(messages and all(messages) for messages in named.values())
        assert {path.partition(".")[0] for path in named} <= {name.partition(".")[0] for name in facts} | {"facts"}
        return
    case = to_facts(kind, loaded)
    again = load_facts(kind, to_json(case))
    assert to_facts(kind, again) == case
    assert load_facts(kind, loaded) == loaded
    assert msgspec.json.decode(msgspec.json.encode(loaded), type=KINDS[kind]) == case
