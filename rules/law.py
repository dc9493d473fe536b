"""Everything a rule may ask for except the case: dated parameters, the calendar, the register, the review catalogue.

A number of the law is never written into a rule. The rule names it and the day of the step, and gets the value in force
that day, or :class:`Unset` when nobody has supplied one, which makes the answer undetermined::

    law = default_law()                                              # Tianjin over national
    law.value("summary_fine_individual", date(2021, 7, 14))          # Decimal("50")
    law.value("summary_fine_individual", date(2021, 7, 15))          # Decimal("200")
    law.value("hearing_fine_individual", date(2026, 1, 5))           # raises Unset: no Tianjin amount is known
    law.lookup("discussion_attendees", date(2026, 1, 5)).confirmed   # False: usable, but nobody found it in a norm
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from typing import NoReturn

import msgspec

from rules.calendar import Calendar
from rules.parameters.model import Entry
from rules.parameters.model import Parameter
from rules.parameters.model import Profile
from rules.parameters.model import Value
from rules.parameters.model import laid_over
from rules.parameters.profiles import load_profile
from rules.parameters.units import convert

__all__ = [
    "Entry",
    "Law",
    "Officer",
    "Parameter",
    "Profile",
    "Unset",
    "Value",
    "convert",
    "default_law",
    "load_profile",
]

#: One dated value as it is looked up: first day, last day, plain value, the whole.
_Span = tuple[date, date, Any, Value]


class Unset(LookupError):
    """The parameter ``name`` has no value on the day ``on``."""

    def __init__(self, name: str, on: date | None = None) -> None:
        super().__init__(name, on)
        self.name = name
        self.on = on

    def __str__(self) -> str:
        return f"the parameter {self.name} has no value" + (f" on {self.on}" if self.on else "")


class Officer(msgspec.Struct, frozen=True):
    """An officer in the register, by the number of the enforcement certificate; None is no limit."""

    number: str
    name: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    auxiliary: bool = False
    legal_qualification: bool = False


class Law:
    """What rules ask for; nothing in it changes.

    ``register`` is None when there is none, so that certificates cannot be checked. ``overrides`` are dated values an
    office entered in its own book: they win over the profile's. ``level`` is the office's own.
    """

    __slots__ = ("_lines", "calendar", "catalogue", "level", "overrides", "profile", "register")

    profile: Profile
    calendar: Calendar
    register: Mapping[str, Officer] | None
    catalogue: tuple[Entry, ...] | None
    level: str
    overrides: Mapping[str, Sequence[Value]]
    _lines: dict[str, tuple[_Span, ...]]

    def __init__(
        self,
        profile: Profile,
        calendar: Calendar,
        register: Mapping[str, Officer] | None = None,
        catalogue: Sequence[Entry] | None = None,
        level: str = "subdistrict",
        overrides: Mapping[str, Sequence[Value]] = {},
    ) -> None:
        """Put the law together; raises ValueError naming the overrides of parameters that do not exist."""
        unknown = sorted(set(overrides) - set(profile.parameters))
        if unknown:
            raise ValueError(f"no such parameter: {', '.join(unknown)}")
        for name, value in (
            ("profile", profile),
            ("calendar", calendar),
            ("register", register),
            ("catalogue", None if catalogue is None else tuple(catalogue)),
            ("level", level),
            ("overrides", overrides),
            ("_lines", _lines(profile, overrides)),
        ):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"the law does not change: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"the law does not change: {name}")

    def __reduce__(self) -> tuple[type[Law], tuple[Any, ...]]:
        return Law, (self.profile, self.calendar, self.register, self.catalogue, self.level, self.overrides)

    def value(self, name: str, on: date | None) -> Any:
        """Give the plain value of a parameter on a day, confirmed or not; None asks for the newest.

        Raises :class:`Unset` when there is none that day, KeyError when there is no such parameter.
        """
        for first, last, value, _ in self._lines[name]:
            if on is None or first <= on <= last:
                return value
        raise Unset(name, on)

    def lookup(self, name: str, on: date | None) -> Value | None:
        """Give the dated value of a parameter on a day with its source, or None; KeyError without such a parameter."""
        for first, last, _, whole in self._lines[name]:
            if on is None or first <= on <= last:
                return whole
        return None

    def derive(self, name: str, fallback: str, on: date | None) -> Value:
        """Give the dated value of a parameter, or that of another one standing in for it, marked as not confirmed.

        Raises :class:`Unset` naming ``name`` when neither has a value that day.
        """
        found = self.lookup(name, on)
        if found is not None:
            return found
        stand_in = self.lookup(fallback, on)
        if stand_in is None:
            raise Unset(name, on)
        source = f"derived from {fallback}: {stand_in.source}"
        return msgspec.structs.replace(stand_in, source=source, confirmed=False)

    def entries(self, on: date | None) -> tuple[Entry, ...] | None:
        """Give the entries of the review catalogue in force on a day; None when there is no catalogue at all.

        The office's own catalogue counts, else the profile's parameter ``review_catalogue``. Without a day, every entry
        that has no last day.
        """
        catalogue = self.catalogue
        if catalogue is None:
            found = self.lookup("review_catalogue", on)
            if found is None:
                return None
            catalogue = found.value
        if on is None:
            return tuple(entry for entry in catalogue if entry.until is None)
        return tuple(entry for entry in catalogue if entry.in_force(on))


def _lines(profile: Profile, overrides: Mapping[str, Sequence[Value]]) -> dict[str, tuple[_Span, ...]]:
    """The values of each parameter, newest first, since most questions are about today."""
    return {
        name: tuple(
            (value.from_, value.last, value.value, value)
            for value in reversed(laid_over(parameter.values, overrides.get(name, ())))
        )
        for name, parameter in profile.parameters.items()
    }


@lru_cache
def default_law(profile: str = "tianjin") -> Law:
    """Give the law of a profile with the packaged calendar, without a register and without an office's own values."""
    return Law(load_profile(profile), Calendar.load())
