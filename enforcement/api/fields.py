"""Fields of queries and bodies that name a fault in the caller's language, made of the same readers as the facts.

class FindingQuery(PagedQuery):
    state = Choice(STATES)

GET /api/findings?state=wrong&colour=red        422, naming both state and colour
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import RAISE
from marshmallow import Schema
from marshmallow import ValidationError
from marshmallow import fields
from marshmallow import pre_load
from marshmallow.exceptions import SCHEMA

from enforcement.cases import values
from enforcement.cases import wording
from enforcement.cases.schemas import by_name
from enforcement.cases.wording import say
from enforcement.errors import Invalid
from rules.catalogue import CATALOGUE
from rules.facts import Fact
from rules.facts import Text
from rules.rulebook import default_rulebook

UNKNOWN = Text("没有这个字段或参数", "There is no such field or parameter")
NOT_WHOLE = Text("应为 {low} 至 {high} 的整数", "Must be a whole number from {low} to {high}")
NOT_ONE_OF = Text("只能是：{choices}", "Must be one of: {choices}")
NOT_A_FLAG = Text("应为 true 或 false", "Must be true or false")
NO_SUCH_RULE = Text("规则目录中没有这个编号", "There is no such id in the catalogue of rules")
BLANK = Text("不能为空", "Must not be empty")

#: Control characters, lone surrogates, line and paragraph separators.
_CONTROL = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DAY = Fact("day", Text("日期", "Day"), "date", "identity")
#: Largest page that may be asked for, and the most items on one.
LAST_PAGE, LONGEST_PAGE, USUAL_PAGE = 1_000_000, 200, 50


def _with(options: dict[str, Any], **described: Any) -> dict[str, Any]:
    return {**options, "metadata": {**described, **options.get("metadata", {})}}


class SpokenField(fields.Field[Any]):
    """A field whose messages follow the language of the span (:func:`enforcement.cases.wording.speaking`)."""

    def make_error(self, key: str, **_: Any) -> ValidationError:
        """Say that a value is missing; every other fault is told by the field itself."""
        return ValidationError(say(wording.REQUIRED))


class Line(SpokenField, fields.String):
    """A text on one line, trimmed; ``most`` characters."""

    def __init__(self, most: int = values.MAX_NAME, **options: Any) -> None:
        super().__init__(**_with(options, maxLength=most))
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:
        if not isinstance(value, str):
            raise ValidationError(say(wording.NOT_TEXT))
        text = value.strip()
        if len(text) > self.most:
            raise ValidationError(say(wording.TOO_LONG, limit=self.most, length=len(text)))
        self._refuse_control(text)
        if self.required and not text:
            raise ValidationError(say(BLANK))
        return text

    def _refuse_control(self, text: str) -> None:
        for place, letter in enumerate(text, 1):
            if unicodedata.category(letter) in _CONTROL and letter not in self.breaks:
                raise ValidationError(say(wording.CONTROL_CHARACTER, place=place, code=ord(letter)))

    #: Control characters that may stand in it.
    breaks = ""


class Prose(Line):
    """A text of several lines."""

    breaks = "\n\r\t"

    def __init__(self, most: int = 10_000, **options: Any) -> None:
        super().__init__(most, **options)


class Day(SpokenField, fields.Date):
    """A day written YYYY-MM-DD."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:
        return date.fromisoformat(values.canonical(_DAY, value))


class Flag(SpokenField, fields.Boolean):
    """true or false, as JSON or as text of a query."""

    _WORDS: Mapping[Any, bool] = {True: True, False: False, "true": True, "false": False}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:
        if not isinstance(value, bool | str) or value not in self._WORDS:
            raise ValidationError(say(NOT_A_FLAG))
        return self._WORDS[value]


class Whole(SpokenField, fields.Integer):
    """A whole number from ``low`` to ``high``, as JSON or as text of a query."""

    def __init__(self, low: int, high: int, **options: Any) -> None:
        super().__init__(**_with(options, minimum=low, maximum=high))
        self.low, self.high = low, high

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:
        text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
        whole = text.isascii() and text.isdigit() and len(text) <= 18
        if not whole or not self.low <= int(text) <= self.high:
            raise ValidationError(say(NOT_WHOLE, low=self.low, high=self.high))
        return int(text)


class Choice(SpokenField, fields.String):
    """One of some words."""

    def __init__(self, choices: Iterable[str], **options: Any) -> None:
        self.choices = tuple(choices)
        super().__init__(**_with(options, enum=list(self.choices)))

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:
        if not isinstance(value, str) or value not in self.choices:
            raise ValidationError(say(NOT_ONE_OF, choices=", ".join(self.choices)))
        return value


class RuleId(SpokenField, fields.String):
    """An id of the catalogue; an alias stands for the rule it names."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:
        if not isinstance(value, str) or value not in CATALOGUE:
            raise ValidationError(say(NO_SUCH_RULE))
        return default_rulebook().aliases.get(value, value)


def refusal(messages: Any) -> Invalid:
    """What a schema found, by the name of each field; a body that is no object at all is ``json``."""
    if isinstance(messages, Mapping) and SCHEMA in messages:
        return Invalid({"json": messages[SCHEMA]})
    return Invalid(by_name(messages))


class _Spoken(dict[str, str]):
    _TEXTS: Mapping[str, Text] = {"unknown": UNKNOWN, "type": wording.NOT_AN_OBJECT}

    def __getitem__(self, key: str) -> str:
        return say(self._TEXTS[key])


class BodySchema(Schema):
    """An object of a request's body; unknown members are named and refused."""

    class Meta:
        unknown = RAISE

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages = _Spoken()


class QuerySchema(BodySchema):
    """Parameters of a query; an empty one counts as not given, as forms send them, and one given twice is refused."""

    @pre_load
    def _given(self, data: Any, **_: Any) -> dict[str, Any]:
        lists = {name: data.getlist(name) for name in data}
        return {name: found[0] if len(found) == 1 else found for name, found in lists.items() if found != [""]}


class PagedQuery(QuerySchema):
    """Which page of a list, and how long pages are."""

    page = Whole(1, LAST_PAGE, load_default=1, metadata={"description": "页码 / Page, from 1"})
    page_size = Whole(1, LONGEST_PAGE, load_default=USUAL_PAGE, metadata={"description": "每页条数 / Items on a page"})
