"""The decreed days of rest and make-up working days of each year, read from YAML and checked.

A year looks like this (``calendar.yaml``; a file of the same form adds a year offline)::

    2027:
      source: 国务院办公厅关于2027年部分节假日安排的通知
      statutory:
        2027-01-01: 元旦
      rest: [2027-02-11]      # other weekdays that rest
      work: [2027-02-14]      # Saturdays and Sundays that work

Days of the December before may stand under a year, because its notice may move them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from rules.parameters.reading import build
from rules.parameters.reading import raise_faults
from rules.parameters.reading import read_yaml

PACKAGED = Path(__file__).with_name("calendar.yaml")

SATURDAY = 5


class Decree(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was decreed for one year."""

    year: int
    source: str
    #: Days on which all citizens rest, with the name of the festival.
    statutory: dict[date, str]
    #: Other weekdays decreed to be days of rest.
    rest: tuple[date, ...]
    #: Saturdays and Sundays decreed to be working days.
    work: tuple[date, ...]

    def days(self) -> Iterable[date]:
        """Yield every day the decree names."""
        yield from self.statutory
        yield from self.rest
        yield from self.work


def read_decrees(path: Path) -> list[Decree]:
    """Read the years of a calendar file; raises ValueError that names every fault of it."""
    faults: list[str] = []
    raw = read_yaml(path, faults)
    if not faults and not (isinstance(raw, dict) and raw):
        faults.append("a calendar is a mapping of years")
    decrees = [] if faults else [_decree(str(year), fields, faults) for year, fields in raw.items()]
    raise_faults(path, faults)
    return [decree for decree in decrees if decree is not None]


def _decree(year: str, raw: object, faults: list[str]) -> Decree | None:
    fields = {"year": year, **raw} if isinstance(raw, dict) else raw
    decree = build(Decree, fields, year, faults)
    if decree is not None:
        faults.extend(f"{year}: {fault}" for fault in _faults(decree))
    return decree


def _faults(decree: Decree) -> Iterable[str]:
    if not decree.source:
        yield "source: missing"
    if not decree.statutory:
        yield "statutory: a year has statutory days of rest"
    for day, times in Counter(decree.days()).items():
        if times > 1:
            yield f"{day}: named {times} times"
        if day.year != decree.year and (day.year, day.month) != (decree.year - 1, 12):
            yield f"{day}: not a day of {decree.year} or of the December before"
    for day in decree.rest:
        if day.weekday() >= SATURDAY:
            yield f"{day}: is a {day:%A} and rests without a decree"
    for day in decree.work:
        if day.weekday() < SATURDAY:
            yield f"{day}: is a {day:%A} and works without a decree"
