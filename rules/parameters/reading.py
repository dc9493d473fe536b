"""Reading YAML that people write, and naming everything that is wrong with it.

YAML 1.1 guesses: ``22:00`` becomes 1320 and ``no`` becomes False. Here every scalar stays the text that was written,
and the declared type of its field says what it means::

    faults: list[str] = []
    raw = read_yaml(path, faults)                      # {"from": "2021-07-15", "value": "22:00"}
    value = build(Value, raw, "night_from", faults)    # Value(value="22:00", from_=date(2021, 7, 15), ...)
    raise_faults(path, faults)                         # one ValueError that names every fault
"""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from typing import TypeVar

import msgspec
import yaml

try:
    from yaml import CBaseLoader as _TextLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import BaseLoader as _TextLoader  # type: ignore[assignment]

T = TypeVar("T", bound=msgspec.Struct)


class _Loader(_TextLoader):
    """Leaves scalars as text and notes a key that is written twice, which YAML itself would drop in silence."""

    def __init__(self, stream: bytes, faults: list[str]) -> None:
        super().__init__(stream)
        self.faults = faults

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            keys = [key.value for key, _ in node.value]
            for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
                self.faults.append(f"{key}: written twice (from line {node.start_mark.line + 1})")
        return mapping


def read_yaml(path: Path, faults: list[str]) -> Any:
    """Read a file as mappings, lists and texts; what cannot be read is added to ``faults`` and None returned."""
    try:
        loader = _Loader(path.read_bytes(), faults)
    except OSError as error:
        faults.append(f"cannot be read: {error.strerror}")
        return None
    except yaml.YAMLError as error:
        faults.append(_one_line(error))
        return None
    try:
        return loader.get_single_data()
    except yaml.YAMLError as error:
        faults.append(_one_line(error))
        return None
    finally:
        loader.dispose()


def build(kind: type[T], raw: object, where: str, faults: list[str]) -> T | None:
    """Make a structure of its raw fields; each field that does not fit is added to ``faults``."""
    try:
        return msgspec.convert(raw, kind, strict=False)
    except msgspec.ValidationError as error:
        if isinstance(raw, Mapping):
            faults.extend(f"{where}: {fault}" for fault in _field_faults(kind, raw))
        else:
            faults.append(f"{where}: {error}")
    return None


def raise_faults(path: Path | str, faults: list[str]) -> None:
    """Raise one ValueError that names every fault of a file, or return when there is none."""
    if faults:
        raise ValueError(f"{path}: " + "; ".join(faults))


def _field_faults(kind: type[msgspec.Struct], raw: Mapping[str, object]) -> list[str]:
    fields = _fields(kind)
    found = [f"{name}: unknown field" for name in raw if name not in fields]
    for name, field in fields.items():
        if name not in raw:
            if field.required:
                found.append(f"{name}: missing")
            continue
        try:
            msgspec.convert(raw[name], field.type, strict=False)
        except msgspec.ValidationError as error:
            found.append(f"{name}: {error}")
    return found


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(kind)}


def _one_line(error: yaml.YAMLError) -> str:
    return "not YAML: " + " ".join(str(error).split())
