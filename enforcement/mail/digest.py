"""What a digest says: numbers, lists and order, from what the book holds; no database, no clock and no markup.

On Monday morning an officer learns what became overdue since Friday's mail, what falls due in the next days, and which cases
the reviewer sent back; a supervisor learns the same of the whole office, and how it stands. Lists are cut where nobody reads
on, but the numbers never are::

    digest = compose(person, material, date(2026, 3, 2), soon_days=7)
    digest.subject     # "[执法台账] 2026-03-02 新问题 2 · 7 日内到期 1 · 退回 1"
    digest.silent      # True: nothing to say, and an officer gets no mail
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import NamedTuple

from enforcement.mail.standing import Standing
from enforcement.mail.words import say
from rules.facts import Text

#: Entries of a list that are written out.
LONGEST_LIST = 20
#: The kinds of mail, and the roles that get each.
DIGEST, SUMMARY = "digest", "summary"
ROLES = {DIGEST: ("officer",), SUMMARY: ("supervisor", "reviewer")}


class Person(NamedTuple):
    """Whom a mail is for."""

    login: str
    name: str
    role: str
    language: str


class Item(NamedTuple):
    """A finding in a list."""

    case_id: str
    number: str | None
    kind: str
    cause: str
    rule: str
    state: str
    due: date | None


class ReviewItem(NamedTuple):
    """A case in the review queue, or sent back from it with ``result``; ``on`` is the day it was submitted or answered."""

    case_id: str
    number: str | None
    kind: str
    cause: str
    on: date
    result: str | None


@dataclass
class Listed:
    """The first entries of a list, and how many there are in all."""

    items: list[Item] | list[ReviewItem] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        """How many are not written out."""
        return self.total - len(self.items)


@dataclass
class Material:
    """What the book holds for a person on a day."""

    #: Overdue or violated since the person's last digest, and how many were so before and still are.
    new: Listed
    earlier: int
    #: Falling due within the days asked for.
    soon: Listed
    #: Waiting for the person's review; for a supervisor, for anybody's.
    waiting: Listed
    #: Sent back to the person by the reviewer.
    sent_back: Listed
    standing: Standing
    #: First day of the cases that the standing counts.
    counted_from: date
    #: What the parameters are called that are not set.
    parameters: Mapping[str, Text] = field(default_factory=dict)


@dataclass
class Digest:
    """A digest ready for its words."""

    person: Person
    kind: str
    day: date
    soon_days: int
    material: Material
    subject: str

    @property
    def silent(self) -> bool:
        """Nothing to do for an officer, who need not be told so every day; the weekly summary always comes."""
        found = self.material
        todo = (found.new.total, found.earlier, found.soon.total, found.sent_back.total)
        return self.kind == DIGEST and not any(todo)


def compose(person: Person, material: Material, day: date, soon_days: int) -> Digest:
    """Put a person's digest together."""
    kind = DIGEST if person.role in ROLES[DIGEST] else SUMMARY
    return Digest(person, kind, day, soon_days, material, _subject(person, material, day, soon_days))


def _subject(person: Person, material: Material, day: date, soon_days: int) -> str:
    """Counts only: a subject line is read by every server on the way."""
    counts = [
        ("subject_new", material.new.total),
        ("subject_soon", material.soon.total),
        ("subject_waiting", material.waiting.total),
        ("subject_sent_back", material.sent_back.total),
    ]
    said = [say(word, person.language, n=n, days=soon_days) for word, n in counts if n]
    said = said or [say("subject_nothing", person.language)]
    return f"[{say('product', person.language)}] {day} {' · '.join(said)}"
