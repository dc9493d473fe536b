"""The language in which faults of facts are named: Chinese unless a caller says otherwise.

The words are chosen where the fault is found, deep inside a schema, while the language is known only at the edge: from
Accept-Language, from ``--language``, from a person's own choice. The edge opens a span::

    with speaking("en"):
        facts_schema("penalty")().load({"filed_on": "2026-02-30"})   # {"filed_on": ["Not a day of the calendar: …"]}
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rules.facts import Text

_LANGUAGE: ContextVar[str] = ContextVar("language", default="zh")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Name faults in ``zh`` or ``en`` within this span of this thread or task."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def spoken() -> str:
    """The language faults are named in here and now."""
    return _LANGUAGE.get()


def say(text: Text, **fields: object) -> str:
    """Give a text in the language of the span, its fields filled in."""
    return text.of(_LANGUAGE.get()).format(**fields)


UNKNOWN_FACT = Text("没有这个事实", "There is no such fact")
NOT_AN_OBJECT = Text(
    "应为“事实名: 值”组成的对象", "Must be an object of facts and their values, in JSON an object in braces"
)
REQUIRED = Text("必须填写", "Must be given")
NOT_TEXT = Text("应为文本", "Must be a text")
TOO_LONG = Text("最多 {limit} 个字符，现有 {length} 个", "At most {limit} characters; there are {length}")
CONTROL_CHARACTER = Text(
    "含有换行或其他控制字符（第 {place} 个字符，U+{code:04X}）",
    "Holds a line break or another control character (character {place}, U+{code:04X})",
)
NOT_A_DATE = Text("应为日期，写作 YYYY-MM-DD，例如 2026-02-12", "Must be a date written YYYY-MM-DD, such as 2026-02-12")
NO_SUCH_DAY = Text("日历中没有这一天：{value}", "Not a day of the calendar: {value}")
OUT_OF_YEARS = Text("年份应在 {first} 至 {last} 之间：{value}", "The year must be from {first} to {last}: {value}")
NOT_A_MOMENT = Text(
    "应为日期加时间，写作 YYYY-MM-DDTHH:MM，可带时区，例如 2026-02-12T09:30+08:00",
    "Must be a date with a time, written YYYY-MM-DDTHH:MM, with an offset if need be, such as 2026-02-12T09:30+08:00",
)
NO_SUCH_MOMENT = Text("没有这一时刻：{value}", "There is no such moment: {value}")
NOT_MONEY = Text(
    '应为以元为单位的金额，写作文本，例如 "500.00"', 'Must be an amount in yuan written as a text, such as "500.00"'
)
NEGATIVE = Text("不得为负数", "Must not be negative")
TOO_FINE = Text("金额最多两位小数", "An amount has at most two decimals")
TOO_LARGE = Text("超出上限 {limit}", "Above the highest value, {limit}")
NOT_YES_NO = Text("应为 true、false 或 null", "Must be true, false or null")
NOT_AN_INTEGER = Text("应为整数", "Must be a whole number")
NOT_A_CHOICE = Text("不是允许的值；可用：{choices}", "Not a permitted value; permitted: {choices}")
NOT_A_LIST = Text("应为列表", "Must be a list")
EMPTY_ITEM = Text("列表中不得有空项", "A list has no empty items")
TOO_MANY = Text("最多 {limit} 项，现有 {length} 项", "At most {limit} items; there are {length}")
ENDS_BEFORE_START = Text("止日 {to} 早于起日 {start}", "It ends on {to}, before it starts on {start}")
