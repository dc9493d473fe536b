"""From the rows of a sheet to cases: cells to facts, and the fault of a fact back to its cell.

::

    read_sheets([Sheet("处罚", "", [(1, ["案号", "立案日期"]), (2, ["津街罚1", "2026/2/30"])])])
        # one row of kind penalty with the fault B2: 立案日期（filed_on）：日历中没有这一天：2026-02-30
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from marshmallow import ValidationError

from enforcement.cases.schemas import by_name
from enforcement.cases.wording import say
from enforcement.exchange import wording
from enforcement.exchange.cells import from_cell
from enforcement.exchange.cells import is_blank
from enforcement.exchange.faults import Fault
from enforcement.exchange.faults import Row
from enforcement.exchange.faults import Unusable
from enforcement.exchange.faults import loaded
from enforcement.exchange.faults import named
from enforcement.exchange.kinds import kind_label
from enforcement.exchange.kinds import kind_of
from enforcement.exchange.kinds import kinds_in_words
from enforcement.exchange.layout import Layout
from enforcement.exchange.layout import Sheet
from enforcement.exchange.layout import lay_out
from rules.facts import KINDS
from rules.facts import facts_of


def read_sheets(sheets: Sequence[Sheet]) -> list[Row]:
    """Read the cases of all sheets; raises :class:`Unusable` with every fault of their headings.

    A sheet of a form may be left empty under its headings, but not all of them.
    """
    faults: list[Fault] = []
    layouts = [lay_out(sheet, faults) for sheet in sheets]
    if not any(layout.rows for layout in layouts):
        faults.extend(Fault(sheet.where, say(wording.NO_ROWS)) for sheet in sheets)
    if faults:
        raise Unusable(faults)
    return [row for sheet, layout in zip(sheets, layouts, strict=True) for row in _cases(sheet, layout)]


def _cases(sheet: Sheet, layout: Layout) -> Iterator[Row]:
    for number, cells in layout.rows:
        kind = layout.kind
        if layout.kind_place is not None:
            written = cells[layout.kind_place] if layout.kind_place < len(cells) else ""
            kind = kind if is_blank(written) else kind_of(str(written)) or "?"
        if kind in KINDS:
            yield _case(sheet, layout, number, cells, kind)
        else:
            text = wording.UNKNOWN_KIND if kind else wording.MISSING_KIND
            where = sheet.address(number, layout.kind_place or 0)
            yield Row(f"{sheet.lead}{number}", "", {}, (Fault(where, say(text, kinds=kinds_in_words())),))


def _case(sheet: Sheet, layout: Layout, number: int, cells: Sequence[Any], kind: str) -> Row:
    known = facts_of(KINDS[kind])
    facts: dict[str, Any] = {}
    places: dict[str, str] = {}
    faults: list[Fault] = []
    for column in layout.columns:
        value = cells[column.place] if column.place < len(cells) else ""
        if is_blank(value):
            continue
        where = sheet.address(number, column.place)
        name = column.facts.get(kind)
        if name is None:
            faults.append(Fault(where, say(wording.NOT_OF_KIND, kind=kind_label(kind), heading=column.heading)))
            continue
        places[name] = where
        try:
            facts[name] = from_cell(known[name], value)
        except (ValidationError, Unusable) as error:
            faults.extend(Fault(where, f"{named(kind, name)}{message}") for message in _messages(error))
    return loaded(f"{sheet.lead}{number}", kind, facts, lambda path: places[path.partition(".")[0]], faults)


def _messages(error: ValidationError | Unusable) -> list[str]:
    if isinstance(error, Unusable):
        return [str(fault) for fault in error.faults]
    return [message for messages in by_name(error.messages).values() for message in messages]
