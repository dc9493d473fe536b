"""What a person writes in a cell, turned into the JSON value that the schema then judges.

Spreadsheets hold dates in four forms, yes as 是, lists in one cell and amounts with 万元. This is where that is understood, and
only here: what is not understood goes on unchanged, and the schema says what is wrong with it::

    from_cell(facts_of(Penalty)["filed_on"], "2026年2月12日")       # "2026-02-12"
    from_cell(facts_of(Penalty)["fine"], "1.2万元")                 # "12000"
    from_cell(facts_of(Penalty)["kinds"], "罚款、警告")              # ["fine", "warning"]

Numbers of Excel carry fifteen digits: a longer one has lost its end and is refused, since an identity number of eighteen
digits would become another person's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from enforcement.cases.values import refuse
from enforcement.exchange import wording
from enforcement.exchange.faults import shown
from enforcement.exchange.jsontext import parse
from enforcement.exchange.kinds import plain
from enforcement.exchange.records import records_of
from rules.facts import Fact

_YES = frozenset({"是", "true", "yes", "1", "有"})
_NO = frozenset({"否", "false", "no", "0", "无"})
_ERRORS = frozenset({"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#GETTING_DATA", "#SPILL!"})
_SEPARATORS = re.compile("[、,;，；\n]")
_DATE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_CLOCK = re.compile(r"([0-9]{1,2})\s*[:时点]\s*([0-9]{1,2})\s*(?:[:分]\s*(?:([0-9]{1,2})\s*秒?)?)?")
_MIDNIGHT = re.compile(r"0{1,2}:00(:00([.]0+)?)?")
_MONEY = re.compile(r"¥?\s*(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.][0-9]+)?)\s*(元|万元)?")
#: Digits that a number in a workbook carries.
_DIGITS = 15
#: Further words for a choice, beside its value and labels: by fact, the word and the value it means.
_ALSO: dict[str, dict[str, str]] = {
    "procedure": {"简易": "summary", "普通": "ordinary", "一般程序": "ordinary", "一般": "ordinary"},
    "party_kind": {
        "公民": "individual",
        "个人": "individual",
        "单位": "organisation",
        "法人": "organisation",
        "其他组织": "organisation",
        "法人或者其他组织": "organisation",
        "个体户": "sole_trader",
    },
    "class": {"强制措施": "measure", "强制执行": "execution"},
    "type": {"日常": "routine", "专项": "special", "个案": "case"},
}


def is_blank(value: Any) -> bool:
    """Tell whether nothing is written in a cell."""
    return value is None or (isinstance(value, str) and not value.strip())


def from_cell(fact: Fact, value: Any) -> Any:
    """Give the JSON value that a cell means for a fact; raises ValidationError for what only a cell gets wrong."""
    if isinstance(value, str):
        value = value.strip()
        if value in _ERRORS:
            raise refuse(wording.CELL_ERROR, value=value)
    return _READERS[fact.type](fact, value)


def half_width(text: str) -> str:
    """Text with full-width letters, digits and signs made half width."""
    return unicodedata.normalize("NFKC", text)


def number_text(value: float | int) -> str:
    """Write a number of a cell as Excel shows it: at most fifteen digits, no exponent."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_DIGITS}g}")
    return f"{number:f}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(fact: Fact, value: Any) -> Any:
    if isinstance(value, date | time | timedelta):
        raise refuse(wording.CELL_DATE_NOT_TEXT)
    if _is_number(value):
        if abs(value) >= 10**_DIGITS:
            raise refuse(wording.DIGITS_LOST)
        return number_text(value)
    if isinstance(value, bool):
        return str(value).upper()
    return re.sub(r"\s*[\r\n\t]+\s*", " ", value)


def _date(fact: Fact, value: Any) -> Any:
    if isinstance(value, datetime):
        if value.time() != time():
            raise refuse(wording.HAS_A_TIME, value=value.isoformat(" "))
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    day, rest = _day_and_rest(half_width(value))
    if rest and not _MIDNIGHT.fullmatch(rest):
        raise refuse(wording.HAS_A_TIME if _CLOCK.match(rest) else wording.CELL_DATE, value=shown(value))
    return day or value


def _day_and_rest(text: str) -> tuple[str, str]:
    """The ISO day a text begins with, and what follows it; nothing when it begins with none."""
    found = _DATE.match(text)
    if not found:
        return "", ""
    year, month, day = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}", text[found.end() :].strip().removeprefix("T").strip()


def _moment(fact: Fact, value: Any) -> Any:
    if isinstance(value, datetime):
        return _to_second(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    day, rest = _day_and_rest(half_width(value))
    clock = _CLOCK.fullmatch(rest)
    if not clock:
        return f"{day}T{rest}" if rest else day or value
    hour, minute, second = clock.groups()
    return f"{day}T{hour:0>2}:{minute:0>2}:{second or '0':0>2}"


def _to_second(moment: datetime) -> datetime:
    """A moment to the nearest second; a workbook keeps it as a fraction of a day."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _money(fact: Fact, value: Any) -> Any:
    if _is_number(value):
        return number_text(value)
    found = _MONEY.fullmatch(half_width(value)) if isinstance(value, str) else None
    if not found:
        return value
    number, unit = found.groups()
    amount = Decimal(number.replace(",", ""))
    return f"{(amount * 10000).normalize():f}" if unit == "万元" else f"{amount:f}"


def _yes_no(fact: Fact, value: Any) -> Any:
    if isinstance(value, bool):
        return value
    word = number_text(value) if _is_number(value) else plain(value) if isinstance(value, str) else ""
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise refuse(wording.CELL_YES_NO)


def _integer(fact: Fact, value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    text = half_width(value) if isinstance(value, str) else ""
    return int(text) if re.fullmatch("-?[0-9]{1,18}", text) else value


def choice_of(fact: Fact, value: Any) -> Any:
    """Give the value of a choice written as its value or one of its labels; what is none of them stays as it is."""
    return _choice_words(fact).get(plain(value), value) if isinstance(value, str) else value


@cache
def _choice_words(fact: Fact) -> dict[str, str]:
    words = {plain(word): choice.value for choice in fact.choices for word in (*choice.label, choice.value)}
    known = frozenset(words.values())
    also = _ALSO.get(fact.name, {})
    return {plain(word): value for word, value in also.items() if value in known} | words


def _items(fact: Fact, value: Any) -> list[Any]:
    """The items written in one cell, also as a JSON list; blanks between separators are nothing."""
    if not isinstance(value, str):
        return [value]
    if value.startswith('["'):
        found: list[Any] = parse(value)
        return found
    return [item.strip() for item in _SEPARATORS.split(value) if item.strip()]


def _texts(fact: Fact, value: Any) -> Any:
    return [_text(fact, item) for item in _items(fact, value)]


def _choices(fact: Fact, value: Any) -> Any:
    return [choice_of(fact, item) for item in _items(fact, value)]


def _records(fact: Fact, value: Any) -> Any:
    return records_of(fact, value, from_cell)


_READERS: dict[str, Callable[[Fact, Any], Any]] = {
    "text": _text,
    "date": _date,
    "moment": _moment,
    "money": _money,
    "bool": _yes_no,
    "integer": _integer,
    "choice": choice_of,
    "choices": _choices,
    "texts": _texts,
    "records": _records,
}
