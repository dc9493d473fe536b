"""What is wrong with a file, and where: the shape in which every reader says so.

A clerk who sends 400 rows wants one list of everything to mend, not the first fault of the first row::

    Fault("B7", "立案日期（filed_on）：日历中没有这一天：2026-02-30")
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from typing import Any
from typing import NamedTuple

from marshmallow import ValidationError

from enforcement.cases.schemas import by_name
from enforcement.cases.schemas import load_facts
from enforcement.cases.wording import say
from enforcement.cases.wording import spoken
from rules.facts import KINDS
from rules.facts import Text
from rules.facts import facts_of

#: Longest piece of foreign text that is repeated in a message.
_SHOWN = 60


class Fault(NamedTuple):
    """Something wrong at a place.

    The place is a cell (``B7``, ``处罚!B7``), a path (``[3].facts.filed_on``) or a line; empty for the whole file.
    """

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}  {self.message}" if self.where else self.message


class Row(NamedTuple):
    """One case of a file: where it stands, its kind, its canonical facts, and what is wrong with it.

    A row with faults holds no facts; its kind is empty when that is what is wrong.
    """

    where: str
    kind: str
    facts: dict[str, Any]
    faults: tuple[Fault, ...] = ()


class Unusable(Exception):
    """A file that cannot be used, with every fault that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(map(str, self.faults)))


def refused(text: Text, **fields: object) -> Unusable:
    """A fault of the whole file."""
    return Unusable([Fault("", say(text, **fields))])


def usable(rows: Iterable[Row]) -> list[Row]:
    """Give the rows when none has a fault; raises :class:`Unusable` with the faults of all."""
    kept = list(rows)
    faults = [fault for row in kept for fault in row.faults]
    if faults:
        raise Unusable(faults)
    return kept


def loaded(where: str, kind: str, facts: Any, place: Callable[[str], str], faults: Iterable[Fault] = ()) -> Row:
    """Validate the facts of a row; ``place`` says where a fact stands, by its path; ``faults`` were found before."""
    found = list(faults)
    try:
        canonical = load_facts(kind, facts)
    except ValidationError as error:
        for path, messages in by_name(error.messages).items():
            found.extend(Fault(place(path), f"{named(kind, path)}{message}") for message in messages)
    return Row(where, kind, {} if found else canonical, tuple(found))


def named(kind: str, path: str) -> str:
    """The label of a fact and its path, as they stand before a message; nothing for what is no fact."""
    fact = facts_of(KINDS[kind]).get(path.partition(".")[0])
    if fact is None:
        return ""
    return f"{fact.label.en} ({path}): " if spoken().startswith("en") else f"{fact.label.zh}（{path}）："


def shown(text: str) -> str:
    """A piece of foreign text as a message may repeat it: short, on one line, without control characters."""
    clean = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[: _SHOWN + 1])
    return clean if len(clean) <= _SHOWN else clean[:_SHOWN] + "…"
