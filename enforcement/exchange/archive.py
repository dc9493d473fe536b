"""Looking into a workbook before it is read: an XLSX file is a zip, and a zip may be a bomb.

The reader of workbooks trusts its input: it unpacks whatever is inside, lays out every cell from the first to the last one used
(two cells at A1 and XFD1048576 ask for 500 gigabytes), and reserves room for as many texts as the file says it has; when the
memory is not there, the process ends. So each part is unpacked here once, piece by piece and against limits, which also proves
its size and checksum, and the places of its cells are noted::

    inspect(content, Limits())       # the cells that hold an error value; raises Unusable for what must not be read
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from enforcement.exchange import wording
from enforcement.exchange.faults import refused
from enforcement.exchange.faults import shown
from enforcement.exchange.limits import MEGABYTE
from enforcement.exchange.limits import Limits

_CHUNK = MEGABYTE
#: What is written as a place in a sheet, in whatever tag it stands, and what a place is: of a cell (B7) or a row (7).
_WRITTEN = re.compile(rb"""(?<![\w:.-])r\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"([A-Za-z]{0,3})([1-9][0-9]{0,6})")
#: How many texts or formats a part says it has; the reader reserves room for so many before it reads the first.
_COUNT = re.compile(rb"""(?<![\w:.-])(?:unique)?[Cc]ount\s*=\s*["']\s*[+]?([0-9]+)\s*["']""")
_CELLS_BEGIN = b"sheetData"
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt\s*=\s*["']e["'][^>]*>""")
#: More than the longest tag of a cell, so that one cut in two by a chunk is still seen whole.
_OVERLAP = 256
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError, RuntimeError)


def inspect(content: bytes, limits: Limits) -> list[str]:
    """Give the cells with an error value (``E4``, or ``sheet2!E4``); raises :class:`Unusable` for what must not be read."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _look_through(archive, len(content), limits)
    except _BROKEN as error:
        raise refused(wording.BROKEN_WORKBOOK, reason=shown(str(error) or type(error).__name__)) from None


def _look_through(archive: zipfile.ZipFile, size: int, limits: Limits) -> list[str]:
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise refused(wording.TOO_MANY_PARTS, count=len(parts), limit=limits.parts)
    names = {part.filename for part in parts}
    if "EncryptedPackage" in names or any(part.flag_bits & 1 for part in parts):
        raise refused(wording.ENCRYPTED)
    if "xl/workbook.xml" not in names:
        raise refused(wording.NOT_A_WORKBOOK)
    if any(part.compress_type not in _METHODS for part in parts):
        raise refused(wording.BROKEN_WORKBOOK, reason="compression")
    return _unpack(archive, parts, size, limits)


def _unpack(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], size: int, limits: Limits) -> list[str]:
    """Unpack every part without keeping it; what it says of its own size is believed only against it."""
    _check_size(sum(part.file_size for part in parts), size, limits)
    unpacked = 0
    errors: dict[str, list[str]] = {}
    for part in parts:
        area = _Area()
        for piece, overlap in _pieces(archive, part):
            unpacked += len(piece) - overlap
            _check_size(unpacked, size, limits)
            area.note(piece)
            if any(len(count) > 8 or int(count) > limits.cells for count in _COUNT.findall(piece)):
                raise refused(wording.BROKEN_WORKBOOK, reason=f"{shown(part.filename)}: count")
        if area.cells > limits.cells:
            where = {"part": shown(part.filename), "column": area.column, "row": area.row}
            raise refused(wording.AREA_TOO_LARGE, **where)
        if area.errors:
            errors[part.filename] = list(area.errors)
    return _named(errors, archive)


def _check_size(unpacked: int, size: int, limits: Limits) -> None:
    """Refuse what unpacks, or says that it unpacks, to more than the limits."""
    if unpacked > limits.unpacked:
        raise refused(wording.UNPACKS_TOO_BIG, limit=limits.unpacked // MEGABYTE)
    if unpacked > max(limits.ratio * size, 10 * MEGABYTE):
        raise refused(wording.PACKED_TOO_TIGHT, limit=limits.ratio)


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Pieces of a part, each led by the end of the one before; and the length of that lead."""
    lead = b""
    with archive.open(part) as file:
        while piece := file.read(_CHUNK):
            yield lead + piece, len(lead)
            lead = (lead + piece)[-_OVERLAP:]


class _Area:
    """The last column and row a part uses, and its cells with an error value."""

    def __init__(self) -> None:
        self.begun = False
        self.column = 0
        self.row = 0
        self.errors: dict[str, None] = {}

    @property
    def cells(self) -> int:
        return self.column * self.row

    def note(self, piece: bytes) -> None:
        """Note the places in a piece of a sheet; raises :class:`Unusable` for one that the reader would count wrongly."""
        self.begun = self.begun or _CELLS_BEGIN in piece
        if not self.begun:
            return
        for written in set(_WRITTEN.findall(piece)):
            place = _PLACE.fullmatch(written)
            if not place:
                raise refused(wording.BROKEN_WORKBOOK, reason=f'r="{shown(written.decode("ascii", "replace"))}"')
            self.column = max(self.column, _column_number(place[1]))
            self.row = max(self.row, int(place[2]))
        if b't="e"' in piece or b"t='e'" in piece:
            for tag in _ERROR_CELL.findall(piece):
                self.errors.update((written.decode(), None) for written in _WRITTEN.findall(tag))


def _column_number(letters: bytes) -> int:
    """Number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _named(errors: dict[str, list[str]], archive: zipfile.ZipFile) -> list[str]:
    """Cells by their address; with the sheet's part where there are several sheets."""
    sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    if len(sheets) < 2:
        return [cell for cells in errors.values() for cell in cells]
    return [
        f"{part.rpartition('/')[2].removesuffix('.xml')}!{cell}" for part, cells in errors.items() for cell in cells
    ]
