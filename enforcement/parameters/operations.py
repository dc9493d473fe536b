"""Entering what the profile does not know: a confirmed local number, or the office's own review catalogue.

Tianjin's hearing threshold was found in no text, so the rule says "undetermined". An office that has the document enters
the value with its source, for itself and the agencies below it; from then on it wins over the profile's::

    set_value("cli", now, profile, name="hearing_fine_individual", raw="5000", from_=date(2024, 1, 1),
              source="某市行政处罚听证程序规定第四条", agency=street, confirmed=True)

A value for a day that has one already replaces it; the audit keeps both. Nothing here judges: the cases are settled again
by the sweep or by ``enforcement recheck``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from datetime import datetime
from difflib import get_close_matches
from typing import Any
from typing import NamedTuple

import msgspec

from enforcement.accounts.queries import may_see
from enforcement.audit import operations as audit
from enforcement.audit.operations import Actor
from enforcement.audit.operations import Change
from enforcement.db import operation
from enforcement.errors import Forbidden
from enforcement.errors import Invalid
from enforcement.models import Agency
from enforcement.models import CatalogueEntry
from enforcement.models import ParameterValue
from enforcement.models import User
from enforcement.parameters.queries import CATALOGUE
from rules.law import Entry
from rules.law import Parameter
from rules.law import Profile
from rules.law import convert

#: What is expected for each unit, in Chinese; the English comes from the conversion itself.
EXPECTED = {
    "yuan": "金额（元），至多两位小数",
    "rate": "比率，例如 0.03",
    "clock": "时刻，例如 22:00",
    "list": "逗号分隔的列表",
    "text": "文字",
}


class Entered(NamedTuple):
    """How many entries of a catalogue were new, replaced another, or stood there already."""

    added: int
    replaced: int
    unchanged: int


@operation
def set_value(
    actor: Actor,
    now: datetime,
    profile: Profile,
    *,
    name: str,
    raw: str,
    from_: date,
    source: str,
    agency: Agency | None = None,
    until: date | None = None,
    confirmed: bool = False,
    checked_on: date | None = None,
) -> ParameterValue:
    """Enter a dated value of a parameter, for an agency and those below it, or for all.

    ``raw`` is the value as a profile's YAML writes it; items of a list stand between commas. Raises Invalid for an unknown
    name, a value that does not fit the unit, an empty source or a span that ends before it begins; Forbidden for a user
    who does not govern the agency.
    """
    _refuse_unless_governed(actor, agency)
    parameter = _known(profile, name)
    value = _checked(parameter, raw, source, from_, until)
    row = ParameterValue.get_or_none(
        ParameterValue.name == name,
        ParameterValue.agency.is_null() if agency is None else ParameterValue.agency == agency,
        ParameterValue.from_ == from_,
    )
    fields: dict[str, Any] = {
        "value": value,
        "until": until,
        "source": source.strip(),
        "confirmed": confirmed,
        "checked_on": checked_on,
    }
    before = {} if row is None else {field: getattr(row, field) for field in fields}
    if row is None:
        row = ParameterValue(name=name, agency=agency, from_=from_)
    for field, new in fields.items():
        setattr(row, field, new)
    row.entered_by, row.entered_at = actor if isinstance(actor, User) else None, now
    row.save()
    changes = {field: (before.get(field), new) for field, new in fields.items() if before.get(field) != new}
    where = {"name": (None, name), "from": (None, from_), "agency": (None, agency and agency.code)}
    audit.record(actor, "parameter.set", "parameter", row.public_id, {**where, **changes}, now)
    return row


def _known(profile: Profile, name: str) -> Parameter:
    parameter = profile.parameters.get(name)
    if parameter is None:
        near = get_close_matches(name, profile.parameters, n=3)
        hint = f"；是否指 / did you mean {', '.join(near)}?" if near else ""
        raise Invalid({"name": [f"没有参数 {name} / no such parameter{hint}"]})
    if parameter.unit == "catalogue":
        raise Invalid(
            {"name": ["审核目录请用 enforcement catalogue add 登记 / enter it with: enforcement catalogue add"]}
        )
    return parameter


def check_value(parameter: Parameter, raw: str, source: str) -> None:
    """Raise Invalid for a value that does not fit the parameter, or an empty source; nothing is stored."""
    _checked(parameter, raw, source, date.min, None)


def _checked(parameter: Parameter, raw: str, source: str, from_: date, until: date | None) -> str | list[str]:
    """The value as it is stored, once the law's own conversion has taken it."""
    value: str | list[str] = raw.strip()
    if parameter.unit == "list":
        value = [item.strip() for item in raw.replace("，", ",").split(",") if item.strip()]
    errors: dict[str, list[str]] = {}
    try:
        convert(parameter, value)
    except ValueError as error:
        expected = EXPECTED.get(parameter.unit, "非负整数")
        errors["value"] = [f"{parameter.zh}：应为{expected} / {error}"]
    if not source.strip():
        errors["source"] = ["请写明依据 / say who says so"]
    if until is not None and until < from_:
        errors["until"] = ["早于起始日 / before the first day"]
    if errors:
        raise Invalid(errors)
    return value


@operation
def add_entries(actor: Actor, now: datetime, profile: Profile, *, agency: Agency, raw: object) -> Entered:
    """Enter the entries of an office's review catalogue, all or none; one with a known code and first day is replaced.

    ``raw`` is the list as a profile's YAML writes it. Raises Invalid naming every fault, Forbidden.
    """
    _refuse_unless_governed(actor, agency)
    try:
        entries: tuple[Entry, ...] = convert(profile.parameters[CATALOGUE], raw)
    except ValueError as error:
        raise Invalid({"entries": str(error).split("; ")}) from error
    known = {(row.code, row.from_): row for row in CatalogueEntry.select().where(CatalogueEntry.agency == agency)}
    written = list(_write(actor, now, agency, entries, known))
    audit.record_all(actor, [change for change, _ in written], now)
    replaced = sum(1 for _, new in written if not new)
    return Entered(len(written) - replaced, replaced, len(entries) - len(written))


def _write(
    actor: Actor, now: datetime, agency: Agency, entries: Iterable[Entry], known: dict[tuple[str, date], CatalogueEntry]
) -> Iterable[tuple[Change, bool]]:
    """Write what differs, and give the audit's change of each with whether it is new."""
    for entry in entries:
        plain = msgspec.json.decode(msgspec.json.encode(entry))
        row = known.get((entry.code, entry.from_))
        before = None if row is None else row.entry
        if before == plain:
            continue
        if row is None:
            row = CatalogueEntry(agency=agency, code=entry.code, from_=entry.from_)
        row.entry, row.until = plain, entry.until
        row.entered_by, row.entered_at = actor if isinstance(actor, User) else None, now
        row.save()
        changes = {"agency": (None, agency.code), "entry": (before, plain)}
        yield Change("catalogue.add", "catalogue", row.public_id, changes), before is None


def _refuse_unless_governed(actor: Actor, agency: Agency | None) -> None:
    if not isinstance(actor, User):
        return
    if actor.role != "admin" or agency is None or not may_see(actor, agency):
        raise Forbidden("只有该机关的管理员可以这样做", "Only an admin of that agency may do this")
