"""What must hold of every case, whatever its facts: found by trying many."""

from collections.abc import Callable
from datetime import date
from datetime import datetime
from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from rules.explanation import explain
from rules.facts import KINDS
from rules.facts import Fact
from rules.facts import facts_of
from rules.law import default_law
from rules.measure.classes import CLASS_OF
from rules.rulebook import default_rulebook

LAW = default_law()
BOOK = default_rulebook()
SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = st.dates(date(2017, 6, 1), date(2026, 12, 31))
CODES = st.sampled_from(["91110000600037341L", "92211221MA0UPKKA4W", "360426199101010071", "12**", "E12345678", "?"])
TEXTS = st.sampled_from(["甲", "12010001", "12010002", "公告送达"])


def strategy(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.name == "party_code":
        return CODES
    makers: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
        "text": lambda: TEXTS,
        "date": lambda: DAYS,
        "moment": lambda: st.builds(
            lambda day, hour: datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI), DAYS, st.integers(0, 23)
        ),
        "money": lambda: st.sampled_from([Decimal(n) for n in ("0", "50", "100", "200.01", "3000", "5000", "100000")]),
        "bool": st.booleans,
        "integer": lambda: st.integers(0, 90),
        "choice": lambda: st.sampled_from([choice.value for choice in fact.choices]),
        "choices": lambda: st.lists(
            st.sampled_from([choice.value for choice in fact.choices]), unique=True, max_size=3
        ),
        "texts": lambda: st.lists(TEXTS, unique=True, max_size=3),
        "records": lambda: st.lists(records(fact), max_size=2),
    }
    return makers[fact.type]()


def records(fact: Fact) -> st.SearchStrategy[Any]:
    required = {item.name: strategy(item) for item in fact.items if item.name == "from"}
    optional = {item.name: strategy(item) for item in fact.items if item.name != "from"}
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def cases(draw: st.DrawFn, extract: bool = False) -> tuple[str, dict[str, Any]]:
    kind = draw(st.sampled_from(list(KINDS)))
    declared = facts_of(KINDS[kind])
    names = draw(st.lists(st.sampled_from([name for name in declared if name != "extract"]), unique=True, max_size=40))
    facts = {name: draw(strategy(declared[name])) for name in names}
    return kind, {**facts, "extract": extract}


def build(kind: str, facts: dict[str, Any]) -> Any:
    return msgspec.convert(facts, KINDS[kind], strict=False)


def states(case: Any, day: date) -> dict[str, str]:
    return {found.rule: found.state for found in BOOK.check(case, LAW, day)}


@settings(max_examples=150, deadline=None)
@given(cases(), DAYS)
def test_no_rule_crashes_and_the_explanation_says_the_same(drawn: tuple[str, dict[str, Any]], day: date) -> None:
    case = build(*drawn)
    plain = {found.rule: (found.state, found.due, found.severity) for found in BOOK.check(case, LAW, day)}
    for language in ("zh", "en"):
        explained = explain(BOOK, case, LAW, day, language)
        assert {item.rule: (item.state, item.due, item.severity) for item in explained} == plain
        assert [item.rule for item in explained if "crashed" in item.message or "规则运行出错" in item.message] == []
        assert [item.rule for item in explained if "{" in item.message or not item.message] == []


@settings(max_examples=150, deadline=None)
@given(cases(), DAYS, st.integers(1, 500))
def test_what_is_done_stays_done_as_days_pass(drawn: tuple[str, dict[str, Any]], day: date, later: int) -> None:
    case = build(*drawn)
    before = states(case, day)
    after = states(case, min(day + timedelta(days=later), date(2026, 12, 31)))
    turned = {
        rule: (state, after[rule])
        for rule, state in before.items()
        if rule in after and state in ("satisfied", "late", "overdue", "violated") and after[rule] != state
    }
    undated = {version.id for version in BOOK.applicable(case, day)} ^ {
        version.id for version in BOOK.applicable(case, min(day + timedelta(days=later), date(2026, 12, 31)))
    }
    assert {
        rule: change for rule, change in turned.items() if rule not in undated and not undated_steps(case, rule)
    } == {}


def undated_steps(case: Any, rule: str) -> bool:
    """A step without a day is judged by the law of the day asked about, which may change as days pass."""
    versions = BOOK.rules[rule].versions
    names = {name for version in versions for name in version.dated_by}
    return len(versions) > 1 and all(getattr(case, name, None) is None for name in names)


@settings(max_examples=100, deadline=None)
@given(cases(), DAYS, st.randoms())
def test_the_order_of_the_facts_does_not_matter(drawn: tuple[str, dict[str, Any]], day: date, random: Any) -> None:
    kind, facts = drawn
    shuffled = list(facts.items())
    random.shuffle(shuffled)
    assert states(build(kind, facts), day) == states(build(kind, dict(shuffled)), day)


@settings(max_examples=200, deadline=None)
@given(cases(extract=True), DAYS, st.data())
def test_removing_a_fact_from_an_extract_accuses_nobody(
    drawn: tuple[str, dict[str, Any]], day: date, data: st.DataObject
) -> None:
    kind, facts = drawn
    fixed = {"extract"}
    class_, implied = facts.get("class"), CLASS_OF.get(facts.get("type"))
    if class_ and implied and class_ != implied:
        fixed |= {"class", "type"}  # they contradict each other: without one of them the record says more, not less
    removable = [name for name in facts if name not in fixed]
    if not removable:
        return
    gone = data.draw(st.sampled_from(removable))
    before = states(build(kind, facts), day)
    after = states(build(kind, {name: value for name, value in facts.items() if name != gone}), day)
    accused = {
        rule: (before.get(rule), state)
        for rule, state in after.items()
        if state in ("violated", "overdue", "late") and before.get(rule) not in ("violated", "overdue", "late")
    }
    assert accused == {}, f"after removing {gone}"


@settings(max_examples=300, deadline=None)
@given(cases(), st.dates(date(2025, 1, 1), date(2027, 6, 1)))
def test_the_quick_way_picks_the_versions_that_a_look_at_each_rule_picks(
    drawn: tuple[str, dict[str, Any]], day: date
) -> None:
    kind, facts = drawn
    case = build(kind, facts)
    procedure = getattr(case, "procedure", None)
    picked = [slot.pick(case, day) for slot in BOOK._slots[kind]]
    expected = [item for item in picked if item is not None and item.procedure in (None, procedure)]
    quick = [item for item in BOOK.applicable(case, day) if item.procedure in (None, procedure)]
    assert [(item.id, item.since) for item in quick] == [(item.id, item.since) for item in expected]
