"""Cases in an XLSX workbook: its sheets, read cell by cell after the archive was looked through.

A sheet is named by a kind of case (处罚, 强制, 检查, or in English) or has a column of kinds. Hidden sheets that are neither hold
the lists of a form and are left alone, as are sheets called 说明 or Notes; any other sheet with something in it must be one
that can be read, so that no case is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from python_calamine import CalamineError
from python_calamine import CalamineSheet
from python_calamine import CalamineWorkbook
from python_calamine import PasswordError
from python_calamine import SheetMetadata
from python_calamine import SheetTypeEnum
from python_calamine import SheetVisibleEnum
from python_calamine import WorksheetNotFound
from python_calamine import XmlError
from python_calamine import ZipError

from enforcement.cases.wording import say
from enforcement.exchange import wording
from enforcement.exchange.archive import inspect
from enforcement.exchange.faults import Fault
from enforcement.exchange.faults import Row
from enforcement.exchange.faults import Unusable
from enforcement.exchange.faults import refused
from enforcement.exchange.faults import shown
from enforcement.exchange.kinds import kind_of
from enforcement.exchange.kinds import plain
from enforcement.exchange.layout import Sheet
from enforcement.exchange.layout import has_kinds
from enforcement.exchange.limits import Limits
from enforcement.exchange.tables import read_sheets

#: Sheets of explanations, by the beginning of their names.
_NOTES = ("说明", "填表说明", "notes", "readme")


def read_xlsx(content: bytes, limits: Limits) -> list[Row]:
    """Read the cases of a workbook, sheet by sheet; raises :class:`Unusable` with every fault of its form."""
    errors = inspect(content, limits)
    if errors:
        raise Unusable([Fault(cell, say(wording.CELL_HOLDS_ERROR)) for cell in errors])
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            sheets = [sheet for sheet in _sheets(workbook) if sheet is not None]
    except PasswordError:
        raise refused(wording.ENCRYPTED) from None
    except (CalamineError, XmlError, ZipError, WorksheetNotFound) as error:
        raise refused(wording.BROKEN_WORKBOOK, reason=shown(str(error))) from None
    if not sheets:
        raise refused(wording.EMPTY_SHEETS)
    return read_sheets(sheets)


def _sheets(workbook: CalamineWorkbook) -> Iterator[Sheet]:
    several = sum(meta.typ == SheetTypeEnum.WorkSheet for meta in workbook.sheets_metadata) > 1
    for meta in workbook.sheets_metadata:
        if meta.typ == SheetTypeEnum.WorkSheet:
            rows = list(_rows(workbook.get_sheet_by_name(meta.name)))
            if rows and not _left_alone(meta, rows):
                yield Sheet(meta.name, f"{shown(meta.name)}!" if several else "", rows)


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    """The rows that hold anything, with their numbers, each beginning at column A."""
    lead: list[Any] = [""] * (sheet.start[1] if sheet.start else 0)
    for number, row in enumerate(sheet.iter_rows(), 1):
        if any(value != "" for value in row):
            yield number, lead + row


def _left_alone(meta: SheetMetadata, rows: list[tuple[int, list[Any]]]) -> bool:
    """Tell whether a sheet holds explanations or the lists of a form, and no cases."""
    if kind_of(meta.name):
        return False
    if plain(meta.name).startswith(_NOTES):
        return True
    return meta.visible != SheetVisibleEnum.Visible and not has_kinds(rows)
