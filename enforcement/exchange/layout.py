"""What the headings of a sheet mean, and everything that is wrong with them.

A sheet is a name and its rows with something in them; whether it came from CSV or a workbook no longer matters here. The
headings may stand under a title; the column of kinds decides row by row what a case is, and without one the sheet's name does.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

from enforcement.cases.wording import say
from enforcement.exchange import wording
from enforcement.exchange.cells import is_blank
from enforcement.exchange.faults import Fault
from enforcement.exchange.faults import shown
from enforcement.exchange.headings import facts_headed
from enforcement.exchange.kinds import kind_label
from enforcement.exchange.kinds import kind_of
from enforcement.exchange.kinds import plain

#: Rows with something in them, each with its number in the spreadsheet.
Rows = Sequence[tuple[int, Sequence[Any]]]

_KIND_HEADINGS = frozenset(map(plain, ("kind", "kind of case", "案件类别", "案件类型", "案件种类")))
#: The heading that means the kind of case, or on a sheet of measures their class.
_CLASS_HEADING = "类别"
#: How far down the headings may stand, under a title.
_TITLE_ROWS = 5


class Sheet(NamedTuple):
    """A sheet: its name, what leads the address of its cells (``处罚!``), its rows."""

    name: str
    lead: str
    rows: Rows

    def address(self, number: int, place: int) -> str:
        """Address of a cell, by row number and place of the column from 0: ``B7``."""
        letters = ""
        place += 1
        while place:
            place, rest = divmod(place - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{self.lead}{letters}{number}"

    @property
    def where(self) -> str:
        """The sheet as a whole; empty where there is only one."""
        return self.lead.removesuffix("!")


class Column(NamedTuple):
    """A column of facts: its place, its heading, and for each kind of case that has it the fact it holds."""

    place: int
    heading: str
    facts: dict[str, str]


class Layout(NamedTuple):
    """The headings of a sheet understood; ``kind`` is that of a sheet named by one, else empty."""

    kind: str
    kind_place: int | None
    columns: list[Column]
    rows: Rows


def lay_out(sheet: Sheet, faults: list[Fault]) -> Layout:
    """Find the headings of a sheet, what they mean, and the rows under them; adds what is wrong to ``faults``."""
    top = _heading_row(sheet.rows)
    number, headings = sheet.rows[top]
    kind = kind_of(sheet.name) or ""
    kind_place = _kind_place(headings, kind)
    layout = Layout(kind, kind_place, list(_columns(headings, kind_place)), sheet.rows[top + 1 :])
    if kind_place is None and not kind:
        faults.append(Fault(sheet.where, say(wording.NO_KIND_COLUMN)))
    faults.extend(_unknown(sheet, number, layout))
    faults.extend(_repeated(sheet, number, headings))
    faults.extend(_same_facts(sheet, number, layout))
    faults.extend(_headless(sheet, headings, layout.rows))
    return layout


def has_kinds(rows: Rows) -> bool:
    """Tell whether a sheet has a column of kinds."""
    return _kind_place(rows[_heading_row(rows)][1], "") is not None


def _heading_row(rows: Rows) -> int:
    """The first of the top rows in which a heading is known; else the very first."""
    for top, (_, cells) in enumerate(rows[:_TITLE_ROWS]):
        texts = [cell for cell in cells if isinstance(cell, str)]
        if _kind_place(texts, "") is not None or any(facts_headed(text) for text in texts):
            return top
    return 0


def _kind_place(headings: Sequence[Any], kind: str) -> int | None:
    """Place of the column of kinds; a heading that says kind goes before 类别."""
    words = [plain(heading) if isinstance(heading, str) else "" for heading in headings]
    found = next((place for place, word in enumerate(words) if word in _KIND_HEADINGS), None)
    if found is None and kind != "measure" and _CLASS_HEADING in words:
        return words.index(_CLASS_HEADING)
    return found


def _columns(headings: Sequence[Any], kind_place: int | None) -> Iterator[Column]:
    for place, heading in enumerate(headings):
        if place != kind_place and not is_blank(heading):
            text = str(heading)
            yield Column(place, shown(text.strip()), facts_headed(text))


def _unknown(sheet: Sheet, number: int, layout: Layout) -> Iterator[Fault]:
    """Headings that mean nothing, or nothing for the one kind of case the sheet holds."""
    for column in layout.columns:
        where = sheet.address(number, column.place)
        if not column.facts:
            yield Fault(where, say(wording.UNKNOWN_HEADING, heading=column.heading))
        elif layout.kind and layout.kind_place is None and layout.kind not in column.facts:
            kind = kind_label(layout.kind)
            yield Fault(where, say(wording.HEADING_OF_ANOTHER_KIND, heading=column.heading, kind=kind))


def _repeated(sheet: Sheet, number: int, headings: Sequence[Any]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if not is_blank(heading):
            earlier = first.setdefault(plain(str(heading)), place)
            if earlier != place:
                other = sheet.address(number, earlier)
                message = say(wording.DUPLICATE_HEADING, heading=shown(str(heading)), other=other)
                yield Fault(sheet.address(number, place), message)


def _same_facts(sheet: Sheet, number: int, layout: Layout) -> Iterator[Fault]:
    """Two columns that hold one fact of one kind of case under different headings."""
    first: dict[tuple[str, str], Column] = {}
    for column in layout.columns:
        for kind, fact in column.facts.items():
            earlier = first.setdefault((kind, fact), column)
            if plain(earlier.heading) != plain(column.heading) and layout.kind in ("", kind):
                other = sheet.address(number, earlier.place)
                names = {"heading": column.heading, "other": other, "first": earlier.heading, "fact": fact}
                yield Fault(sheet.address(number, column.place), say(wording.SAME_FACT, **names))
                break


def _headless(sheet: Sheet, headings: Sequence[Any], rows: Rows) -> Iterator[Fault]:
    """The first value of each column that has values and no heading."""
    seen = {place for place, heading in enumerate(headings) if not is_blank(heading)}
    for number, cells in rows:
        for place, value in enumerate(cells):
            if place not in seen and not is_blank(value):
                seen.add(place)
                yield Fault(sheet.address(number, place), say(wording.NO_HEADING))
