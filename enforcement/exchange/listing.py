"""A list of cases as an XLSX workbook: what the list shows, one row a case, to be sorted and passed on.

Every text is written as text: a party called ``=cmd|'/c calc'!A0`` stays a name and never becomes a formula.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from typing import Any
from typing import BinaryIO

import xlsxwriter

from enforcement.exchange.reporting.words import FLAGGED
from enforcement.exchange.reporting.words import STATES
from enforcement.models import Case
from rules.facts import KIND_LABELS
from rules.facts import Text
from rules.wording import NO
from rules.wording import YES

SHEET = Text("案件", "Cases")
#: Columns with their widths.
COLUMNS: tuple[tuple[Text, int], ...] = (
    (Text("案号", "Case number"), 26),
    (Text("类别", "Kind"), 12),
    (Text("执法机关", "Agency"), 24),
    (Text("案由", "Cause"), 36),
    (Text("当事人", "Party"), 28),
    (Text("执法领域", "Field"), 14),
    (Text("日期", "Date"), 12),
    (Text("结案日期", "Closed on"), 12),
    (Text("平台录入日期", "Entered in the platform"), 14),
    (Text("最差状态", "Worst state"), 12),
    (FLAGGED, 12),
    (Text("最近期限", "Next deadline"), 12),
)
#: By the text that a row holds.
_states: Mapping[str, Text] = dict(STATES.items())
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_list(cases: Iterable[tuple[Case, date | None]], language: str, stream: BinaryIO) -> int:
    """Write cases, each with its agency and its nearest last day, in the order given, and say how many."""
    book = xlsxwriter.Workbook(stream, OPTIONS)
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EDF2"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    sheet = book.add_worksheet(SHEET.of(language))
    for place, (label, width) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, label.of(language), heading)
    sheet.freeze_panes(1, 1)
    row = 0
    for row, (case, due) in enumerate(cases, 1):
        _write_row(sheet, row, _cells(case, due, language), day)
    sheet.autofilter(0, 0, row, len(COLUMNS) - 1)
    book.close()
    return row


def _cells(case: Case, due: date | None, language: str) -> tuple[str | date | None, ...]:
    agency = case.agency
    return (
        case.number,
        KIND_LABELS[case.kind].of(language),
        (language == "en" and agency.name_en) or agency.name_zh,
        case.cause,
        case.party_name,
        case.field,
        case.event_on,
        case.closed_on,
        case.platform_entered_on,
        _states[case.worst_state].of(language) if case.worst_state else None,
        (YES if case.flagged else NO).of(language),
        due,
    )


def _write_row(sheet: Any, row: int, cells: tuple[str | date | None, ...], day: Any) -> None:
    for place, value in enumerate(cells):
        if isinstance(value, date):
            sheet.write_datetime(row, place, value, day)
        elif value:
            sheet.write_string(row, place, value)
