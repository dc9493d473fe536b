"""What people write in cells becomes the value they mean, or a fault at its cell."""

from datetime import date
from datetime import datetime
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from enforcement.cases.schemas import by_name
from enforcement.cases.schemas import load_facts
from enforcement.cases.values import canonical
from enforcement.cases.wording import speaking
from enforcement.exchange.cells import from_cell
from enforcement.exchange.faults import Unusable
from rules.facts import KINDS
from rules.facts import facts_of


def read(kind: str, name: str, value: Any) -> Any:
    fact = facts_of(KINDS[kind])[name]
    return canonical(fact, from_cell(fact, value))


UNDERSTOOD = [
    ("filed_on", "2026/2/12", "2026-02-12"),
    ("filed_on", "2026-2-12", "2026-02-12"),
    ("filed_on", "2026.02.12", "2026-02-12"),
    ("filed_on", "2026年2月12日", "2026-02-12"),
    ("filed_on", " ２０２６年２月１２日 ", "2026-02-12"),
    ("filed_on", "2026-02-12 00:00:00", "2026-02-12"),
    ("filed_on", date(2026, 2, 12), "2026-02-12"),
    ("filed_on", datetime(2026, 2, 12), "2026-02-12"),
    ("transferred_at", "2026/2/12 9:30", "2026-02-12T09:30:00+08:00"),
    ("transferred_at", "2026年2月12日9时30分", "2026-02-12T09:30:00+08:00"),
    ("transferred_at", "2026-02-12T01:30:00Z", "2026-02-12T09:30:00+08:00"),
    ("transferred_at", datetime(2026, 2, 12, 9, 29, 59, 999_999), "2026-02-12T09:30:00+08:00"),
    ("fine", "1,234.50", "1234.50"),
    ("fine", "１，２３４元", "1234.00"),
    ("fine", "￥500", "500.00"),
    ("fine", "1.2万元", "12000.00"),
    ("fine", "0.123456 万元", "1234.56"),
    ("fine", 500.0, "500.00"),
    ("fine", 1234.5600000000001, "1234.56"),
    ("hearing_told", "是", True),
    ("hearing_told", "有", True),
    ("hearing_told", "YES", True),
    ("hearing_told", "１", True),
    ("hearing_told", 1.0, True),
    ("hearing_told", True, True),
    ("hearing_told", "否", False),
    ("hearing_told", "无", False),
    ("hearing_told", "false", False),
    ("hearing_told", 0, False),
    ("discussion_attendees", 3.0, 3),
    ("discussion_attendees", "５", 5),
    ("procedure", "普通程序", "ordinary"),
    ("procedure", "简易", "summary"),
    ("procedure", "普通", "ordinary"),
    ("party_kind", "公民", "individual"),
    ("party_kind", "单位", "organisation"),
    ("procedure", "Summary", "summary"),
    ("procedure", "ordinary", "ordinary"),
    ("kinds", "罚款、警告", ["fine", "warning"]),
    ("kinds", "fine; Warning，罚款\n警告", ["fine", "warning"]),
    ("kinds", '["fine", "close"]', ["fine", "close"]),
    ("handlers", "津1；津2", ["津1", "津2"]),
    ("handlers", 12010001.0, ["12010001"]),
    ("number", 20260001.0, "20260001"),
    ("cause", "占道\r\n经营", "占道 经营"),
    ("cause", "=1+1", "=1+1"),
    (
        "extensions",
        "30@2026-03-01@head; 60@2026/4/1@集体讨论",
        [
            {"days": 30, "approved_on": "2026-03-01", "approved_by": "head"},
            {"days": 60, "approved_on": "2026-04-01", "approved_by": "collective"},
        ],
    ),
    ("extensions", '[{"days": 30}]', [{"days": 30}]),
    ("pauses", "2026-02-01..2026-02-10@hearing", [{"from": "2026-02-01", "to": "2026-02-10", "ground": "hearing"}]),
    (
        "pauses",
        "2026年2月1日至2026年2月3日@听证；2026/3/1..@中止",
        [
            {"from": "2026-02-01", "to": "2026-02-03", "ground": "hearing"},
            {"from": "2026-03-01", "ground": "suspension"},
        ],
    ),
    ("pauses", '{"from": "2026-02-01"}', [{"from": "2026-02-01"}]),
]


@pytest.mark.parametrize(("name", "cell", "value"), UNDERSTOOD, ids=lambda value: str(value)[:40])
def test_a_cell_is_understood_as_people_write_it(name: str, cell: Any, value: Any) -> None:
    assert read("penalty", name, cell) == value


SHORT_WORDS = (
    ("measure", "class", "强制措施", "measure"),
    ("measure", "class", "强制执行", "execution"),
    ("inspection", "type", "日常", "routine"),
    ("inspection", "type", "专项", "special"),
    ("inspection", "type", "个案", "case"),
)


@pytest.mark.parametrize(("kind", "name", "cell", "value"), SHORT_WORDS)
def test_the_short_word_for_a_choice_is_known_where_the_choice_is(kind: str, name: str, cell: str, value: str) -> None:
    assert read(kind, name, cell) == value


REFUSED = [
    ("filed_on", "12/2/2026", "YYYY-MM-DD"),
    ("filed_on", 46065.0, "YYYY-MM-DD"),
    ("filed_on", "2026年2月30日", "Not a day of the calendar"),
    ("filed_on", "2026-02-12 09:30", "remove the time of day"),
    ("filed_on", datetime(2026, 2, 12, 9, 30), "remove the time of day"),
    ("filed_on", "2026年2月12日上午", "Must be a date"),
    ("transferred_at", "2026-02-12", "a date with a time"),
    ("transferred_at", date(2026, 2, 12), "a date with a time"),
    ("transferred_at", "2026年2月12日上午", "a date with a time"),
    ("fine", "12,34", "amount in yuan"),
    ("fine", "五百元", "amount in yuan"),
    ("fine", "-500元", "negative"),
    ("fine", 0.005, "two decimals"),
    ("fine", date(2026, 2, 12), "amount in yuan"),
    ("hearing_told", "可能", "yes or no"),
    ("hearing_told", 2.0, "yes or no"),
    ("hearing_told", date(2026, 2, 12), "yes or no"),
    ("discussion_attendees", 3.5, "whole number"),
    ("discussion_attendees", "3人", "whole number"),
    ("procedure", "快速程序", "permitted"),
    ("kinds", "罚款、没收", "permitted"),
    ("party_code", 120101199001010071.0, "more than 15 digits"),
    ("handlers", 1.2e17, "more than 15 digits"),
    ("number", date(2026, 3, 2), "holds a date"),
    ("number", time(9, 30), "holds a date"),
    ("number", "#N/A", "holds the error"),
    ("extensions", "30@2026-03-01@head@x", "30@2026-03-01@head"),
    ("extensions", "soon", "whole number"),
    ("extensions", 30.0, "30@2026-03-01@head"),
    ("pauses", "2026-02-01", "2026-02-01..2026-02-10@hearing"),
    ("pauses", "2026-02-11..2026-02-10", "before it starts"),
    ("pauses", "..2026-02-10", "Must be given"),
]


@pytest.mark.parametrize(("name", "cell", "says"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_cell_that_is_not_understood_says_why(name: str, cell: Any, says: str) -> None:
    with speaking("en"), pytest.raises(ValidationError) as caught:
        read("penalty", name, cell)
    assert says in str(by_name(caught.value.messages))


def test_doubtful_json_in_a_cell_is_refused() -> None:
    with pytest.raises(Unusable):
        read("penalty", "extensions", '{"days": 1, "days": 2}')


CELLS = (
    st.text(max_size=20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.sampled_from(["2026/2/31", "1,000万元", "是", "a..b@c", "@@", "[", '["', "{}", "#REF!", "9" * 40])
)


@given(st.sampled_from(sorted(KINDS)), st.data())
@settings(max_examples=300, deadline=None)
def test_any_cell_is_understood_or_refused(kind: str, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(list(facts_of(KINDS[kind]).values())))
    cell = data.draw(CELLS)
    try:
        load_facts(kind, {fact.name: from_cell(fact, cell)})
    except (ValidationError, Unusable) as error:
        assert str(error)
