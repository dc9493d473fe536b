"""Cases in CSV, as Excel, WPS and other systems write it: UTF-8 or GB18030, with comma, semicolon or tab.

The separator is the one that cuts the first line into most headings; the encoding is UTF-8 where the bytes are UTF-8, else
GB18030, in which Excel on a Chinese Windows saves.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from enforcement.cases.wording import say
from enforcement.exchange import wording
from enforcement.exchange.faults import Fault
from enforcement.exchange.faults import Row
from enforcement.exchange.faults import Unusable
from enforcement.exchange.faults import refused
from enforcement.exchange.layout import Sheet
from enforcement.exchange.tables import read_sheets

SEPARATORS = (",", ";", "\t")


def read_csv(content: bytes, name: str) -> list[Row]:
    """Read the cases of a CSV file; ``name`` (without ending) may be a kind of case, as the name of a sheet may."""
    rows = list(_rows(_decoded(content)))
    if not rows:
        raise refused(wording.EMPTY_FILE)
    return read_sheets([Sheet(name, "", rows)])


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise refused(wording.NUL_BYTE)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(wording.NOT_TEXT_FILE)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, with their numbers in a spreadsheet."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if any(value.strip() for value in row):
                yield number, row
    except csv.Error as error:
        where = say(wording.LINE, line=reader.line_num, column=1)
        raise Unusable([Fault(where, say(wording.BROKEN_CSV, reason=error))]) from None


def _separator(text: str) -> str:
    """The separator that cuts the first line with something in it into most pieces."""
    first = next((line for line in text.splitlines() if line.strip(" ,;\t")), "")
    return max(SEPARATORS, key=lambda separator: len(next(csv.reader([first], delimiter=separator), [])))
