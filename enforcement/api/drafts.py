"""Facts in a request's body: read, checked and named fact by fact, for recording, changing and checking alike.

read_facts("penalty", {"filed_on": "2026-02-30", "colour": "red"})     # raises Invalid naming filed_on and colour
read_drafts([{"kind": "penalty", "facts": {"fine": "-1"}}])            # raises Invalid naming 0.fine
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any
from typing import NamedTuple
from typing import TypeVar

from marshmallow import Schema
from marshmallow import ValidationError

from enforcement.api.bodies import JSON
from enforcement.api.bodies import MERGE_PATCH
from enforcement.api.context import language
from enforcement.api.fields import NOT_ONE_OF
from enforcement.api.fields import UNKNOWN
from enforcement.cases import wording
from enforcement.cases.schemas import by_name
from enforcement.cases.schemas import facts_schema
from enforcement.cases.schemas import load_facts
from enforcement.cases.wording import say
from enforcement.cases.wording import speaking
from enforcement.errors import Invalid
from rules.facts import KINDS
from rules.facts import Text

#: Most drafts in one request.
MOST_DRAFTS = 1000
TOO_MANY = Text("一次最多检查 {limit} 件，现有 {length} 件", "At most {limit} cases at once; there are {length}")
OTHER_KIND = Text("此地址只接收 {kind}", "This address takes {kind} only")

EXAMPLES: dict[str, dict[str, Any]] = {
    "penalty": {
        "number": "示街罚立〔2026〕1号",
        "procedure": "ordinary",
        "cause": "擅自占用道路经营",
        "party_kind": "individual",
        "party_name": "张某",
        "handlers": ["12010001", "12010002"],
        "filed_on": "2026-01-05",
    },
    "measure": {
        "number": "示街强〔2026〕1号",
        "class": "measure",
        "type": "seize",
        "executed_at": "2026-01-05T10:00:00+08:00",
    },
    "inspection": {"number": "示街检〔2026〕1号", "type": "routine", "started_at": "2026-01-05T10:00:00+08:00"},
}

T = TypeVar("T")
Errors = dict[str, list[str]]


class Draft(NamedTuple):
    """A case that is not stored: its kind and its facts in canonical form."""

    kind: str
    facts: dict[str, Any]


NOTHING = Draft("", {})


def read_facts(kind: str, body: Any) -> dict[str, Any]:
    """Give the recorded facts of a body; raises Invalid naming every fault."""
    with speaking(language()):
        facts, errors = _unwrapped(kind, body)
        read, faults = _loaded(lambda: load_facts(kind, facts))
        return _unless(errors | faults, read)


def read_changes(kind: str, body: Any) -> dict[str, Any]:
    """Give the facts that a body changes, None for those it clears; raises Invalid naming every fault."""
    with speaking(language()):
        facts, errors = _unwrapped(kind, body)
        read, faults = _loaded(lambda: _changes(kind).load(facts))
        return _unless(errors | faults, read)


def read_drafts(body: Any) -> list[Draft]:
    """Give the drafts of a body, one or a list; raises Invalid naming every fault, in a list by place (``3.fine``)."""
    with speaking(language()):
        if not isinstance(body, list):
            draft, faults = _draft(body)
            return [_unless(faults, draft)]
        if len(body) > MOST_DRAFTS:
            raise Invalid({"json": [say(TOO_MANY, limit=MOST_DRAFTS, length=len(body))]})
        read = [_draft(item) for item in body]
        errors = {f"{place}.{name}": found for place, (_, faults) in enumerate(read) for name, found in faults.items()}
        return _unless(errors, [draft for draft, _ in read])


@cache
def _changes(kind: str) -> Schema:
    return facts_schema(kind)(partial=True)


def _unwrapped(kind: str, body: Any) -> tuple[Any, Errors]:
    """The facts of ``{"kind", "facts"}``, or the body itself, and what is wrong around them."""
    if not isinstance(body, dict) or "facts" not in body:
        return body, {}
    errors: Errors = {name: [say(UNKNOWN)] for name in body if name not in ("kind", "facts")}
    if body.get("kind", kind) != kind:
        errors["kind"] = [say(OTHER_KIND, kind=kind)]
    return body["facts"], errors


def _draft(body: Any) -> tuple[Draft, Errors]:
    """A draft, with everything that is wrong with it."""
    if not isinstance(body, dict):
        return NOTHING, {"facts": [say(wording.NOT_AN_OBJECT)]}
    errors: Errors = {name: [say(UNKNOWN)] for name in body if name not in ("kind", "facts")}
    kind = body.get("kind")
    known = isinstance(kind, str) and kind in KINDS
    if not known:
        missing = "kind" not in body
        errors["kind"] = [say(wording.REQUIRED) if missing else say(NOT_ONE_OF, choices=", ".join(KINDS))]
    if "facts" not in body:
        errors["facts"] = [say(wording.REQUIRED)]
    if not known or "facts" not in body:
        return NOTHING, errors
    facts, faults = _loaded(lambda: load_facts(str(kind), body["facts"]))
    return Draft(str(kind), facts), errors | faults


def _loaded(load: Callable[[], Any]) -> tuple[dict[str, Any], Errors]:
    try:
        return load(), {}
    except ValidationError as error:
        return {}, by_name(error.messages)


def _unless(errors: Errors, value: T) -> T:
    """The value, unless there are errors to refuse it for."""
    if errors:
        raise Invalid(errors)
    return value


def facts_body(kind: str) -> dict[str, Any]:
    """Describe the body of a recorded case for OpenAPI."""
    return {"required": True, "content": {JSON: {"schema": _either(kind), "example": EXAMPLES[kind]}}}


def change_body(kind: str) -> dict[str, Any]:
    """Describe the body of a change for OpenAPI."""
    change = {"schema": _either(kind), "example": {"closed_on": "2026-03-02", "place": None}}
    return {"required": True, "content": {JSON: change, MERGE_PATCH: change}}


def draft_body() -> dict[str, Any]:
    """Describe the body of a check for OpenAPI."""
    one = {"oneOf": [_wrapped(kind) for kind in KINDS]}
    many = {"type": "array", "items": one, "maxItems": MOST_DRAFTS}
    example = {"kind": "penalty", "facts": EXAMPLES["penalty"]}
    return {"required": True, "content": {JSON: {"schema": {"anyOf": [one, many]}, "example": example}}}


def schema_name(kind: str) -> str:
    """The name under which the facts of a kind are described."""
    return facts_schema(kind).__name__


def _either(kind: str) -> dict[str, Any]:
    wrapped = _wrapped(kind)
    return {"anyOf": [_reference(kind), {**wrapped, "required": ["facts"]}]}


def _wrapped(kind: str) -> dict[str, Any]:
    properties = {"kind": {"type": "string", "const": kind}, "facts": _reference(kind)}
    return {"type": "object", "additionalProperties": False, "required": ["kind", "facts"], "properties": properties}


def _reference(kind: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema_name(kind)}"}
