"""The law of the demo's streets without a database, as their book would hold it on a day."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from enforcement.demo.days import absolute
from enforcement.demo.office import catalogue
from rules.calendar import Calendar
from rules.law import Law
from rules.law import Officer
from rules.law import convert
from rules.law import load_profile

CALENDAR = Calendar.load()
PROFILE = load_profile("tianjin")


@cache
def law_on(day: date, agency: str | None) -> Law:
    """The law of the street that a case names, or of the one with the catalogue."""
    entries = convert(PROFILE.parameters["review_catalogue"], catalogue())
    return Law(PROFILE, CALENDAR, register=_register(day), catalogue=None if agency == "DEMO-S2" else entries)


def _register(day: date) -> dict[str, Officer]:
    written: Any = msgspec.json.decode(files("enforcement.demo").joinpath("office.json").read_bytes())
    return {item["number"]: _officer(item, day) for item in written["officers"]}


def _officer(item: dict[str, Any], day: date) -> Officer:
    def on(name: str) -> date | None:
        return date.fromisoformat(absolute(item[name], day, CALENDAR)) if name in item else None

    return Officer(
        item["number"],
        item["name"],
        on("valid_from"),
        on("valid_until"),
        item.get("auxiliary", False),
        item.get("legal_qualification", False),
    )
