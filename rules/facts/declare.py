"""How a fact is declared, once, for the law, the API, forms, spreadsheets and documentation.

A case is a frozen ``msgspec.Struct``; every field is a fact and carries its labels, its step of the procedure and,
where it has them, its choices::

    filed_on: Annotated[date | None, fact("立案日期", "Filed on", "filing")] = None

``facts_of(Penalty)`` reads those declarations back as :class:`Fact` objects; schemas, forms, headings and documents
are made from them and never from a second list.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Annotated
from typing import Any
from typing import Literal
from typing import NamedTuple
from typing import Union
from typing import get_args
from typing import get_origin
from typing import get_type_hints

import msgspec

FactType = Literal["text", "date", "moment", "money", "bool", "integer", "choice", "choices", "texts", "records"]


class Text(NamedTuple):
    """A piece of text in the two languages people read here."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """Give the text in a language; anything but English is Chinese."""
        return self.en if language.startswith("en") else self.zh


#: The steps of the three procedures, in the order in which they happen; forms and time-lines are grouped by them.
STEPS: dict[str, Text] = {
    "identity": Text("案件基本信息", "Case"),
    "party": Text("当事人", "Party"),
    "weight": Text("影响与疑难程度", "Weight of the case"),
    "plan": Text("计划与审批", "Plan and approval"),
    "filing": Text("线索与立案", "Clue and filing"),
    "evidence": Text("调查取证", "Investigation and evidence"),
    "power": Text("权限与批准", "Power and approval"),
    "onsite": Text("现场实施", "On site"),
    "notice": Text("告知与陈述申辩", "Notice and statement"),
    "hearing": Text("听证", "Hearing"),
    "review": Text("法制审核", "Legal review"),
    "discussion": Text("集体讨论", "Collective discussion"),
    "decision": Text("决定", "Decision"),
    "period": Text("期限与处理", "Period and disposal"),
    "demand": Text("催告与强制执行决定", "Demand and execution decision"),
    "execution": Text("强制执行", "Execution"),
    "result": Text("检查结果", "Result"),
    "service": Text("送达", "Service"),
    "money": Text("缴款与执行", "Payment"),
    "transfer": Text("涉嫌犯罪移送", "Transfer of suspected crime"),
    "record": Text("记录、平台与公示", "Record, platform and publication"),
    "closing": Text("结案归档", "Closing and archive"),
}


class Choice(NamedTuple):
    """One permitted value of a fact, with its labels."""

    value: str
    label: Text


class Fact(NamedTuple):
    """What there is to know about a fact, wherever it is shown, read or stored."""

    name: str
    label: Text
    type: FactType
    step: str
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    items: tuple[Fact, ...] = ()

    def choice_label(self, value: str, language: str) -> str:
        """Label of one of the fact's values, or the value itself when it is none of them."""
        return next((choice.label.of(language) for choice in self.choices if choice.value == value), value)


def fact(
    zh: str, en: str, step: str, choices: Mapping[str, tuple[str, str]] | None = None, unit: str = ""
) -> msgspec.Meta:
    """Declare a fact's labels, its step, the labels of its choices and its unit, inside ``Annotated``."""
    return msgspec.Meta(title=zh, description=en, extra={"step": step, "choices": dict(choices or {}), "unit": unit})


def fact_name(attribute: str) -> str:
    """Name of a fact in the contract: Python's trailing underscore (``class_``, ``from_``) is not part of it."""
    return attribute.removesuffix("_")


_SCALARS: dict[Any, FactType] = {
    str: "text",
    date: "date",
    datetime: "moment",
    Decimal: "money",
    bool: "bool",
    int: "integer",
}


@cache
def facts_of(struct: type[msgspec.Struct]) -> dict[str, Fact]:
    """Read the declarations of a struct: fact name to :class:`Fact`, in the order of declaration."""
    hints = get_type_hints(struct, include_extras=True)
    return {fact_name(field): _read(fact_name(field), hints[field]) for field in struct.__struct_fields__}


def _read(name: str, hint: Any) -> Fact:
    base, meta = get_args(hint)[:2] if get_origin(hint) is Annotated else (hint, fact(name, name, "identity"))
    kind, members, items = _type_of(_without_none(base))
    labels = meta.extra["choices"]
    if set(labels) != set(members):
        raise TypeError(f"choices of {name} are declared twice and differ: {sorted(set(labels) ^ set(members))}")
    choices = tuple(Choice(value, Text(*labels[value])) for value in members)
    return Fact(name, Text(meta.title, meta.description), kind, meta.extra["step"], choices, meta.extra["unit"], items)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return next(member for member in get_args(hint) if member is not type(None))
    return hint


def _type_of(hint: Any) -> tuple[FactType, tuple[str, ...], tuple[Fact, ...]]:
    if get_origin(hint) is Literal:
        return "choice", get_args(hint), ()
    if get_origin(hint) is tuple:
        return _type_of_list(get_args(hint)[0])
    return _SCALARS[hint], (), ()


def _type_of_list(member: Any) -> tuple[FactType, tuple[str, ...], tuple[Fact, ...]]:
    if get_origin(member) is Literal:
        return "choices", get_args(member), ()
    if member is str:
        return "texts", (), ()
    return "records", (), tuple(facts_of(member).values())
