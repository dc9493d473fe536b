"""The example cases: complete files of an invented office, at least one for every state and each kind of case.

``examples.json`` writes most of them as one of the sound cases with something gone wrong: ``like`` names that case, and the
facts given are laid over its own (null clears one)::

    {"name": "published-late", "like": "ordinary-small", "facts": {"published_on": "W-2"}, "expect": {"D-01": "late"}}

``expect`` names every outcome that is not satisfied, so that the tests hold each example to what its title says.
``{year}`` in a number is the year of the case's own first step.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from enforcement.demo.days import resolve
from rules.calendar import Calendar
from rules.facts import KINDS
from rules.facts import Kind
from rules.facts import Text
from rules.facts import facts_of

#: The facts whose year a number carries, the first recorded one.
_NUMBERED_BY = {
    "number": ("filed_on", "decided_on", "executed_at", "started_at"),
    "decision_number": ("decided_on",),
}


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One example case as it is written, and what is done with it after it was recorded.

    ``submit`` submits it for legal review, ``respond`` answers the finding of a rule, ``waive`` has one waived.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    facts: dict[str, Any]
    like: str | None = None
    submit: bool = False
    respond: str | None = None
    waive: str | None = None
    expect: dict[str, str] = {}

    @property
    def title(self) -> Text:
        """What the example shows."""
        return Text(self.zh, self.en)


@cache
def examples() -> tuple[Example, ...]:
    """Read the examples, in the order in which they are recorded."""
    raw = files(__package__).joinpath("examples.json").read_bytes()
    return tuple(msgspec.json.decode(raw, type=list[Example]))


def facts_on(example: Example, day: date, calendar: Calendar) -> dict[str, Any]:
    """Give the facts of an example for a demo made on a day, as the API takes them; raises KeyError for an unknown one."""
    declared = facts_of(KINDS[example.kind])
    written = {name: value for name, value in _written(example).items() if value is not None}
    facts = resolve(written, declared, day, calendar)
    for name, steps in _NUMBERED_BY.items():
        if isinstance(facts.get(name), str):
            facts[name] = facts[name].replace("{year}", _year(facts, steps, day))
    return facts


def _written(example: Example) -> Mapping[str, Any]:
    if example.like is None:
        return example.facts
    base = next(other for other in examples() if other.name == example.like)
    return {**_written(base), **example.facts}


def _year(facts: Mapping[str, Any], steps: Iterable[str], day: date) -> str:
    return next((facts[step][:4] for step in steps if facts.get(step)), str(day.year))
