"""Facts on their way in and out: one schema per kind of case, made from the facts' own declarations.

Every bad fact is named in one answer, by its path; what passes is canonical JSON that always becomes a case of the law::

    load_facts("penalty", {"filed_on": "2026-02-30", "pauses": [{"to": "2026-03-01"}], "colour": "red"})
        # raises ValidationError; by_name(error.messages) names filed_on, pauses.0.from and colour
    to_facts("penalty", load_facts("penalty", {"fine": 500}))      # Penalty(fine=Decimal("500.00"))

``facts_schema("penalty")`` is the class for the API: labels, values and formats stand in its OpenAPI description.
``partial=True`` is for changes, where null clears a fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
from marshmallow import Schema
from marshmallow import fields
from marshmallow import post_load

from enforcement.cases import values
from enforcement.cases import wording
from enforcement.cases.wording import say
from rules.facts import KINDS
from rules.facts import Case
from rules.facts import Fact
from rules.facts import Text
from rules.facts import facts_of

#: Key under which marshmallow keeps the faults of the whole.
_WHOLE = "_schema"


class FactField(fields.Field[Any]):
    """A fact in a schema; null means that it is not recorded."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(allow_none=True, metadata=described(fact))
        self.fact = fact

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return values.canonical(self.fact, value)


class _Spoken(dict[str, str]):
    """Marshmallow's own messages, in the language of the moment they are needed."""

    _TEXTS: Mapping[str, Text] = {"unknown": wording.UNKNOWN_FACT, "type": wording.NOT_AN_OBJECT}

    def __getitem__(self, key: str) -> str:
        return say(self._TEXTS[key])


class FactsSchema(Schema):
    """The facts of a case of one kind."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages = _Spoken()

    @post_load
    def _recorded(self, data: dict[str, Any], *, partial: Any = None, **_: Any) -> dict[str, Any]:
        """What is not recorded is left out, unless a change clears it."""
        return data if partial else recorded(data)


@cache
def facts_schema(kind: str) -> type[Schema]:
    """Give the schema class of a kind (PenaltyFacts, MeasureFacts, InspectionFacts); raises KeyError for another."""
    struct = KINDS[kind]
    members = {name: FactField(fact) for name, fact in facts_of(struct).items()}
    return type(f"{struct.__name__}Facts", (FactsSchema,), {"__doc__": struct.__doc__, **members})


@cache
def _loader(kind: str) -> Schema:
    """A schema that spends nothing on facts that are not given; none of them is required."""
    return facts_schema(kind)(partial=True)


def load_facts(kind: str, data: Any) -> dict[str, Any]:
    """Give the recorded facts in canonical JSON form; raises ValidationError naming every bad fact."""
    loaded: dict[str, Any] = _loader(kind).load(data)
    return recorded(loaded)


def recorded(data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that are recorded: those that are not null."""
    return {name: value for name, value in data.items() if value is not None}


def to_facts(kind: str, data: Mapping[str, Any]) -> Case:
    """Make the case of the law from canonical facts; null counts as not recorded."""
    return msgspec.convert(recorded(data), KINDS[kind])


def to_json(case: Case) -> dict[str, Any]:
    """Give the recorded facts of a case in canonical JSON form."""
    facts: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(case))
    for name, fact in facts_of(type(case)).items():
        if fact.type == "money" and name in facts:
            facts[name] = f"{Decimal(facts[name]):.2f}"
    return facts


def by_name(messages: Any) -> dict[str, list[str]]:
    """Flatten nested messages to the path of each bad fact: ``{"pauses.0.from": ["…"]}``; the whole is ``facts``."""
    found: dict[str, list[str]] = {}
    for path, message in _walk(messages, ()):
        found.setdefault(".".join(path) or "facts", []).append(message)
    return dict(sorted(found.items()))


def _walk(messages: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _walk(inner, path if key == _WHOLE else (*path, str(key)))
    elif isinstance(messages, list):
        for message in messages:
            yield from _walk(message, path)
    else:
        yield path, str(messages)


def described(fact: Fact) -> dict[str, Any]:
    """The OpenAPI description of a fact: labels in both languages, type, format, permitted values, limits."""
    return {
        "title": fact.label.zh,
        "description": _description(fact),
        **_FORMS.get(fact.type, dict)(),
        **_own_form(fact),
    }


def _description(fact: Fact) -> str:
    text = f"{fact.label.zh} / {fact.label.en}"
    if fact.unit:
        text += f" ({fact.unit})"
    choices = [f"{choice.value} {choice.label.zh} / {choice.label.en}" for choice in fact.choices]
    return f"{text}: {'; '.join(choices)}" if choices else text


_FORMS: dict[str, Any] = {
    "date": lambda: {"type": "string", "format": "date", "example": "2026-02-12"},
    "moment": lambda: {"type": "string", "format": "date-time", "example": "2026-02-12T09:30:00+08:00"},
    "money": lambda: {"type": ["string", "integer"], "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})?$", "example": "500.00"},
    "bool": lambda: {"type": "boolean"},
    "integer": lambda: {"type": "integer", "minimum": 0, "maximum": values.MAX_INTEGER},
}


def _own_form(fact: Fact) -> dict[str, Any]:
    """The part of a description that differs from fact to fact of one type."""
    if fact.type == "text":
        return {"type": "string", "maxLength": values.longest(fact)}
    if fact.type == "choice":
        return {"type": "string", "enum": [*(choice.value for choice in fact.choices), None]}
    if fact.type == "texts":
        return _list_of({"type": "string", "minLength": 1, "maxLength": values.longest(fact)})
    if fact.type == "choices":
        return _list_of({"type": "string", "enum": [choice.value for choice in fact.choices]})
    if fact.type == "records":
        required = [item.name for item in fact.items if item.name in values.REQUIRED]
        return _list_of(
            {"type": "object", "additionalProperties": False, "required": required, "properties": _properties(fact)}
        )
    return {}


def _list_of(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item, "maxItems": values.MAX_ITEMS}


def _properties(fact: Fact) -> dict[str, Any]:
    properties = {item.name: described(item) for item in fact.items}
    for name, item in properties.items():
        if name not in values.REQUIRED:
            item["type"] = [item["type"], "null"]
    return properties
