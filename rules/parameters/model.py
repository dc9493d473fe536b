"""Dated values of the law: what a parameter, a profile and an entry of the review catalogue are.

A value holds from a day on, and until the day before the next one; both ends belong to it. Local values are laid over
general ones day by day, so that each day of a parameter has at most one value::

    national = (Value(10, date(2022, 5, 1), None, "…"),)
    local = (Value(5, date(2024, 1, 1), None, "…"),)
    laid_over(national, local)    # 10 until 2023-12-31, 5 from 2024-01-01
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any
from typing import Literal

import msgspec

Unit = Literal[
    "yuan",
    "working_days",
    "days",
    "months",
    "years",
    "hours",
    "count",
    "rate",
    "clock",
    "list",
    "catalogue",
    "text",
]

ONE_DAY = timedelta(days=1)


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """What a parameter is from one day to another (None: until further notice), and who says so.

    ``confirmed`` means that somebody has read it in the norm itself; ``checked_on`` is when somebody last looked.
    """

    value: Any
    from_: date
    until: date | None = None
    source: str = ""
    confirmed: bool = False
    checked_on: date | None = None
    note: str = ""

    @property
    def last(self) -> date:
        """The last day of the value; the end of the calendar when there is none."""
        return self.until or date.max


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number, amount, moment or list that the law sets and changes; its values are in order and do not overlap.

    ``choices`` limits texts and the items of lists; ``note`` says why there is no value, or what to watch.
    """

    name: str
    zh: str
    en: str
    unit: Unit
    values: tuple[Value, ...] = ()
    note: str = ""
    choices: tuple[str, ...] = ()


class Profile(msgspec.Struct, frozen=True):
    """The parameters of a place: its own values laid over those of the profiles behind it in ``chain``."""

    name: str
    chain: tuple[str, ...]
    parameters: dict[str, Parameter]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """One dated entry of an office's catalogue of major decisions to be reviewed (重大执法决定法制审核目录).

    ``types`` are penalty kinds, or types of measures or inspections; an empty list of types, levels or fields means
    any. ``amount_of`` says which amount is compared ("penalty" is fine plus confiscated), from the threshold of the
    party's kind on, inclusive. ``impacts`` match when any of them is recorded as true. ``hearing`` matches every case
    that went through the hearing procedure, ``mitigated`` every one mitigated or aggravated beyond the standard.
    """

    code: str
    zh: str
    en: str
    act: Literal["penalty", "measure", "inspection"]
    from_: date
    until: date | None = None
    types: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    amount_of: Literal["fine", "confiscated", "penalty", "amount_involved"] | None = None
    individual_from: Decimal | None = None
    organisation_from: Decimal | None = None
    impacts: tuple[Literal["public_interest", "social_risk", "major_rights", "complex"], ...] = ()
    hearing: bool = False
    mitigated: bool = False

    def in_force(self, day: date) -> bool:
        """Tell whether the entry holds on a day; both ends belong to it."""
        return self.from_ <= day and (self.until is None or day <= self.until)


def laid_over(base: Iterable[Value], upper: Iterable[Value]) -> tuple[Value, ...]:
    """Lay values over others: on a day that both know the upper one holds, and of two upper ones the later begun."""
    line = list(base)
    for value in sorted(upper, key=attrgetter("from_")):
        line = [piece for old in line for piece in _outside(old, value)]
        line.append(value)
    return tuple(sorted(line, key=attrgetter("from_")))


def _outside(old: Value, new: Value) -> Iterator[Value]:
    """What remains of a value on the days that another does not cover."""
    if new.last < old.from_ or old.last < new.from_:
        yield old
        return
    if old.from_ < new.from_:
        yield msgspec.structs.replace(old, until=new.from_ - ONE_DAY)
    if new.last < old.last:
        yield msgspec.structs.replace(old, from_=new.last + ONE_DAY)
