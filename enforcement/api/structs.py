"""JSON Schema of the structures that the API answers with, read from their own declarations.

``msgspec`` would do this itself, were it not for ``date | datetime``, which it can write but not tell apart when reading::

    schemas_of(CheckedCase)["CheckedCase"]["properties"]["number"]      # {"type": ["string", "null"]}
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from typing import Any
from typing import Literal
from typing import Union
from typing import get_args
from typing import get_origin
from typing import get_type_hints

import msgspec
from msgspec import Meta
from msgspec import Struct

REFERENCE = "#/components/schemas/{}"

_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Decimal: {"type": "string", "format": "decimal"},
    types.NoneType: {"type": "null"},
    msgspec.Raw: {},
    Any: {},
}


def schemas_of(*structs: type[Struct]) -> dict[str, dict[str, Any]]:
    """Give the schemas of structures and of every structure within them, by name."""
    found: dict[str, dict[str, Any]] = {}
    waiting = list(structs)
    while waiting:
        struct = waiting.pop()
        if struct.__name__ not in found:
            hints = get_type_hints(struct, include_extras=True)
            found[struct.__name__] = _object(struct, hints)
            waiting += [inner for hint in hints.values() for inner in _structs_in(hint)]
    return dict(sorted(found.items()))


def _object(struct: type[Struct], hints: dict[str, Any]) -> dict[str, Any]:
    optional = {name for name in struct.__struct_fields__ if msgspec.UnsetType in get_args(hints[name])}
    names = dict(zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True))
    return {
        "type": "object",
        "description": (struct.__doc__ or "").strip(),
        "properties": {written: _schema(hints[name]) for name, written in names.items()},
        "required": [written for name, written in names.items() if name not in optional],
    }


def _structs_in(hint: Any) -> Iterator[type[Struct]]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        yield hint
    for member in get_args(hint):
        yield from _structs_in(member)


def _schema(hint: Any) -> dict[str, Any]:
    origin, members = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(hint)
    if origin in (Union, types.UnionType):
        return _union([_schema(member) for member in members if member is not msgspec.UnsetType])
    if origin is Literal:
        return {"type": "string", "enum": list(members)}
    if origin in (list, tuple):
        return {"type": "array", "items": _schema(members[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(members[1])}
    if isinstance(hint, type) and issubclass(hint, Struct):
        return {"$ref": REFERENCE.format(hint.__name__)}
    return dict(_SCALARS[hint])


def _annotated(hint: Any) -> dict[str, Any]:
    base, *notes = get_args(hint)
    schema = _schema(base)
    for note in notes:
        if isinstance(note, Meta):
            schema |= {"description": note.description} if note.description else {}
            schema |= note.extra_json_schema or {}
    return schema


def _union(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Plain types are written as a list of types, anything else as alternatives."""
    if len(parts) == 1:
        return parts[0]
    if all(set(part) == {"type"} for part in parts):
        return {"type": [part["type"] for part in parts]}
    return {"anyOf": parts}
