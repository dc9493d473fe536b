"""Which cases a book is composed of, and the stream of them.

Streets of one city report ten to fifteen inspections for each penalty, six to eight of ten penalties by the summary
procedure, and few coercive measures. So a thousand cases here are some 916 inspections, 76 penalties (53 of them summary)
and 8 measures, over the years 2021 to 2026. Every thousandth case is an inspection whose publication is due on the very day
the book is written for and has not happened: what the next daily sweep finds newly overdue.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from typing import Any
from typing import NamedTuple

import msgspec

from benchmarks.chance import Chance
from benchmarks.chance import Weighted
from benchmarks.drafts import Draft
from benchmarks.drafts import Street
from benchmarks.faults import go_wrong
from benchmarks.inspections import PUBLISHED_WITHIN
from benchmarks.inspections import inspection
from benchmarks.inspections import just_unpublished
from benchmarks.measures import measure
from benchmarks.ordinary import ordinary_penalty
from benchmarks.parties import party
from benchmarks.summary import summary_penalty
from rules.calendar import Calendar

#: A book is written for the end of this day, a Tuesday.
DAY = date(2026, 11, 24)
FIRST_DAY = date(2021, 1, 4)
SEED = 1

Drafting = Callable[[Draft, str, Sequence[dict[str, Any]], date], None]
#: Twelve inspections and a tenth of a measure for each penalty; seven of ten penalties are summary.
COMPOSITION: Weighted[tuple[str, Drafting]] = Weighted(
    {
        ("inspection", inspection): 12.0,
        ("penalty", summary_penalty): 0.7,
        ("penalty", ordinary_penalty): 0.3,
        ("measure", measure): 0.1,
    }
)
FAULTY = 0.03
#: One case in so many is due on DAY and not done.
DUE_EVERY = 1000
#: Cases of one street in the years of a book, and the most streets there are.
CASES_PER_STREET = 4000
MOST_STREETS = 250
OFFICERS = 20

NUMBERS = {"inspection": "示检", "penalty": "示罚", "measure": "示强"}
_encoder = msgspec.json.Encoder(order="sorted")


class Generated(NamedTuple):
    """A generated case: its kind, the code of its office, and its facts as the contract writes them."""

    kind: str
    agency: str
    text: str


def streets(count: int) -> tuple[Street, ...]:
    """Make the offices of a book of so many cases."""
    number = min(MOST_STREETS, max(2, count // CASES_PER_STREET))
    return tuple(_street(at) for at in range(1, number + 1))


def _street(at: int) -> Street:
    certificates = tuple(f"9999{at:03d}{nth:02d}" for nth in range(1, OFFICERS + 1))
    *handlers, reviewer, expired, auxiliary = certificates
    return Street(f"S{at:03d}", tuple(handlers), reviewer, expired, auxiliary)


def generate(count: int, seed: int = SEED, day: date = DAY, first: int = 0) -> Iterator[Generated]:
    """Yield cases, the same for the same count, seed and day; ``first`` is where their numbering begins."""
    calendar = Calendar.load()
    chance = Chance(seed, calendar, FIRST_DAY, day)
    offices = streets(count)
    parties = [party(chance) for _ in range(min(20_000, count + 10))]
    unpublished_since = _so_many_working_days_before(day, PUBLISHED_WITHIN, calendar)
    for at in range(first, first + count):
        draft = Draft(chance, chance.pick(offices), day)
        if at % DUE_EVERY == 0:
            kind = "inspection"
            just_unpublished(draft, _number(kind, at), parties, unpublished_since)
        else:
            kind, drafting = chance.choose(COMPOSITION)
            drafting(draft, _number(kind, at), parties, chance.event_day())
            if chance.true(FAULTY):
                go_wrong(draft, kind)
        yield Generated(kind, draft.street.code, written(draft.facts))


def written(facts: dict[str, Any]) -> str:
    """Write facts as the contract does, in the stored form: keys sorted, money as text, ``class`` by its own name."""
    if "class_" in facts:
        facts["class"] = facts.pop("class_")
    return _encoder.encode(facts).decode()


def _number(kind: str, at: int) -> str:
    return f"{NUMBERS[kind]}{at:08d}"


def _so_many_working_days_before(day: date, count: int, calendar: Calendar) -> date:
    """The last working day from which so many working days end on a day; raises ValueError for a rest day."""
    start = next(
        start
        for start in (date.fromordinal(day.toordinal() - back) for back in range(1, 10 * count))
        if calendar.is_working(start) and calendar.working_days_between(start, day) == count
    )
    if calendar.add_working_days(start, count) != day:
        raise ValueError(f"{day} is no working day, so that no term in working days ends on it")
    return start
