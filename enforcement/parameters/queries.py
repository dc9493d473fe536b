"""Reading the parameters as they hold for an agency on a day, and an agency's catalogue entries.

A row says whether the value is the profile's or one that was entered, and whether somebody has confirmed it; a parameter
without a value is shown too, since answers wait on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from datetime import time
from typing import Any

import msgspec

from enforcement import lawbook
from enforcement.errors import NotFound
from enforcement.models import Agency
from enforcement.models import CatalogueEntry
from enforcement.models import ParameterValue
from enforcement.models import User
from rules.facts import Text
from rules.law import Law
from rules.law import Value
from rules.parameters.model import laid_over

#: The parameter that is a list of entries, kept apart.
CATALOGUE = "review_catalogue"


class Effective(msgspec.Struct, frozen=True):
    """A parameter on a day: its value, since when, who says so, and whether the office entered it.

    Without a value it is unset, or ``ended``: known for earlier days and no part of the law any more.
    """

    name: str
    label: Text
    unit: str
    value: Any
    from_: date | None
    until: date | None
    source: str
    confirmed: bool
    checked_on: date | None
    entered: bool
    ended: bool
    note: str


def effective(agency: Agency, day: date) -> list[Effective]:
    """Give every parameter as it holds for an agency on a day, in the profile's order."""
    return list(_effective(lawbook.law_for(agency), day))


def _effective(law: Law, day: date) -> Iterator[Effective]:
    for name, parameter in law.profile.parameters.items():
        found, entered = _found(law, name, day)
        yield Effective(
            name=name,
            label=Text(parameter.zh, parameter.en),
            unit=parameter.unit,
            value=None if found is None else plain(found.value),
            from_=None if found is None else found.from_,
            until=None if found is None else found.until,
            source="" if found is None else found.source,
            confirmed=found is not None and found.confirmed,
            checked_on=None if found is None else found.checked_on,
            entered=entered,
            ended=found is None and bool(parameter.values) and max(value.last for value in parameter.values) < day,
            note=parameter.note if found is None else "",
        )


def _found(law: Law, name: str, day: date) -> tuple[Value | None, bool]:
    """The value in force on a day, and whether the office entered it; what is clipped keeps its source."""
    if name == CATALOGUE and law.catalogue is not None:
        return Value(law.catalogue, min(entry.from_ for entry in law.catalogue)), True
    found = law.lookup(name, day)
    entered = [(value.value, value.source) for value in law.overrides.get(name, ())]
    return found, found is not None and (found.value, found.source) in entered


def line(agency: Agency, name: str) -> tuple[Value, ...]:
    """Every dated value of a parameter as it holds for an agency, the oldest first; raises KeyError without one."""
    law = lawbook.law_for(agency)
    return laid_over(law.profile.parameters[name].values, law.overrides.get(name, ()))


def plain(value: Any) -> Any:
    """A parameter's value as JSON holds it: amounts and times as text, a catalogue as its codes."""
    if isinstance(value, tuple):
        return [getattr(item, "code", item) for item in value]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value if isinstance(value, int) else str(value)


def entries(agency: Agency) -> list[CatalogueEntry]:
    """The catalogue entries of an agency itself, by code and first day."""
    return list(
        CatalogueEntry.select()
        .where(CatalogueEntry.agency == agency)
        .order_by(CatalogueEntry.code, CatalogueEntry.from_)
    )


def entry(agency: Agency, public_id: str) -> CatalogueEntry:
    """Give one of an agency's own entries; raises NotFound."""
    found: CatalogueEntry | None = CatalogueEntry.get_or_none(
        CatalogueEntry.public_id == public_id, CatalogueEntry.agency == agency
    )
    if found is None:
        raise NotFound("没有这个目录条目", "No such entry")
    return found


def entered_values(name: str, agencies: Iterable[Agency]) -> list[ParameterValue]:
    """What offices entered for a parameter: for these agencies, those above them and all, the newest first day first."""
    codes = {code for agency in agencies for code in agency.path.strip("/").split("/")}
    query = (
        ParameterValue.select(ParameterValue, Agency, User)
        .left_outer_join(Agency)
        .switch(ParameterValue)
        .left_outer_join(User)
        .where(ParameterValue.name == name, ParameterValue.agency.is_null() | Agency.code.in_(codes))
    )
    return list(query.order_by(ParameterValue.from_.desc(), ParameterValue.id.desc()))
