"""Reading profiles: the national parameters, and local values laid over them.

``national.yaml`` declares every parameter. Any other profile gives values and notes only, and names the profile it is
laid over (``extends``, national unless said)::

    extends: tianjin
    checked_on: 2026-11-24              # for the values below that do not say themselves
    parameters:
      review_working_days:
        values:
          - value: 5
            from: 2024-01-01
            source: 某区重大行政执法决定法制审核办法第十条
            confirmed: true
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec

from rules.parameters.model import Parameter
from rules.parameters.model import Profile
from rules.parameters.model import Value
from rules.parameters.model import laid_over
from rules.parameters.reading import build
from rules.parameters.reading import raise_faults
from rules.parameters.reading import read_yaml
from rules.parameters.units import convert

FOLDER = Path(__file__).parent
NATIONAL = "national"
#: The packaged profiles.
PACKAGED = (NATIONAL, "tianjin", "shanghai", "guangdong")


class _Local(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a profile other than the national one may say of a parameter."""

    values: Any = ()
    note: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The outer form of a profile."""

    parameters: dict[str, dict[str, Any]]
    extends: str = NATIONAL
    checked_on: date | None = None


def load_profile(name_or_path: str) -> Profile:
    """Load a packaged profile by name or any other by path; raises ValueError that names every fault of the file."""
    packaged = name_or_path in PACKAGED
    path = FOLDER / f"{name_or_path}.yaml" if packaged else Path(name_or_path)
    faults: list[str] = []
    raw = read_yaml(path, faults)
    file = None if faults else build(_File, raw, "profile", faults)
    if file is not None and file.extends not in PACKAGED:
        faults.append(f"extends: {file.extends}: not one of {', '.join(PACKAGED)}")
    raise_faults(path, faults)
    assert file is not None
    profile = _declared(file, faults) if name_or_path == NATIONAL else _laid_over(path.stem, file, faults)
    raise_faults(path, faults)
    return profile


def _declared(file: _File, faults: list[str]) -> Profile:
    """The national profile, which declares each parameter with its labels and unit."""
    parameters = {}
    for name, raw in file.parameters.items():
        fields = {key: item for key, item in raw.items() if key != "values"}
        parameter = build(Parameter, {"name": name, **fields}, name, faults)
        if parameter is not None:
            values = _values(parameter, raw, file, faults)
            parameters[name] = msgspec.structs.replace(parameter, values=values)
    return Profile(NATIONAL, (NATIONAL,), parameters)


def _laid_over(name: str, file: _File, faults: list[str]) -> Profile:
    base = load_profile(file.extends)
    parameters = dict(base.parameters)
    for key, raw in file.parameters.items():
        if key in parameters:
            parameters[key] = _overlay(parameters[key], raw, file, faults)
        else:
            faults.append(f"{key}: no such parameter")
    return Profile(name, (name, *base.chain), parameters)


def _overlay(parameter: Parameter, raw: dict[str, Any], file: _File, faults: list[str]) -> Parameter:
    local = build(_Local, raw, parameter.name, faults)
    note = parameter.note if local is None or local.note is None else local.note
    values = laid_over(parameter.values, _values(parameter, raw, file, faults))
    return msgspec.structs.replace(parameter, values=values, note=note)


def _values(parameter: Parameter, raw: dict[str, Any], file: _File, faults: list[str]) -> tuple[Value, ...]:
    """The dated values one file gives a parameter, in order."""
    items = raw.get("values", [])
    if not isinstance(items, list):
        faults.append(f"{parameter.name}: values: expected a list")
        return ()
    found = [
        _value(parameter, item, f"{parameter.name}: value {place}", file, faults) for place, item in enumerate(items, 1)
    ]
    values = sorted((value for value in found if value is not None), key=attrgetter("from_"))
    faults.extend(f"{parameter.name}: {fault}" for fault in _timeline_faults(values))
    return tuple(values)


def _value(parameter: Parameter, raw: object, where: str, file: _File, faults: list[str]) -> Value | None:
    value = build(Value, raw, where, faults)
    if value is None:
        return None
    if not value.source:
        faults.append(f"{where}: source: missing")
    try:
        plain = convert(parameter, value.value)
    except ValueError as error:
        faults.append(f"{where}: {error}")
        return None
    return msgspec.structs.replace(value, value=plain, checked_on=value.checked_on or file.checked_on)


def _timeline_faults(values: list[Value]) -> Iterator[str]:
    for value in values:
        if value.last < value.from_:
            yield f"until {value.until} is before from {value.from_}"
    for earlier, later in pairwise(values):
        if later.from_ <= earlier.last:
            yield f"the values from {earlier.from_} and from {later.from_} overlap"
