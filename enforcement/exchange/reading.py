"""Reading a file of cases, whatever its form: what it is called must agree with what it is.

::

    rows = usable(read_file(Path("cases.xlsx")))       # every case with its kind and facts, or every fault at once

Nothing of a file is trusted: its size, its name, its archive, its text. A file that cannot be read at all raises
:class:`Unusable`; faults of single cases stay with their rows, so that a caller may show both.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from enforcement.exchange import wording
from enforcement.exchange.faults import Row
from enforcement.exchange.faults import refused
from enforcement.exchange.faults import shown
from enforcement.exchange.limits import LIMITS
from enforcement.exchange.limits import MEGABYTE
from enforcement.exchange.limits import Limits

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
#: Compound files: workbooks before 2007, and encrypted ones of today.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_file(path: Path, limits: Limits = LIMITS) -> list[Row]:
    """Read the cases of a file by its ending; raises :class:`Unusable`, and OSError when it cannot be opened."""
    with path.open("rb") as file:
        return read_stream(file, path.name, limits)


def read_stream(stream: BinaryIO, name: str, limits: Limits = LIMITS) -> list[Row]:
    """Read the cases of an open stream that is called ``name``; raises :class:`Unusable`."""
    return read_bytes(stream.read(limits.bytes + 1), name, limits)


def read_bytes(content: bytes, name: str, limits: Limits = LIMITS) -> list[Row]:
    """Read the cases of a file's content by the ending of its name; raises :class:`Unusable`."""
    suffix = Path(name).suffix.lower()
    read = _READERS.get(suffix)
    if suffix == ".xls":
        raise refused(wording.OLD_WORKBOOK)
    if read is None:
        raise refused(wording.UNKNOWN_FORMAT, suffix=shown(suffix or name))
    if len(content) > limits.bytes:
        raise refused(wording.TOO_BIG, limit=f"{limits.bytes / MEGABYTE:.3g}")
    if not content.strip():
        raise refused(wording.EMPTY_FILE)
    if content.startswith(_COMPOUND):
        raise refused(wording.ENCRYPTED if _ENCRYPTED in content else wording.OLD_WORKBOOK)
    if content.startswith(_ZIP) and suffix != ".xlsx":
        raise refused(wording.IS_A_WORKBOOK, suffix=suffix)
    return read(content, Path(name).stem, limits)


def _json(content: bytes, name: str, limits: Limits) -> list[Row]:
    from enforcement.exchange.jsonfile import read_json

    return read_json(content)


def _csv(content: bytes, name: str, limits: Limits) -> list[Row]:
    from enforcement.exchange.csvfile import read_csv

    return read_csv(content, name)


def _xlsx(content: bytes, name: str, limits: Limits) -> list[Row]:
    from enforcement.exchange.xlsxfile import read_xlsx

    if not content.startswith(_ZIP):
        raise refused(wording.NOT_A_WORKBOOK)
    return read_xlsx(content, limits)


#: Readers by ending; each is imported when it is needed, so that a JSON file costs no spreadsheet library.
_READERS: dict[str, Callable[[bytes, str, Limits], list[Row]]] = {
    ".json": _json,
    ".csv": _csv,
    ".tsv": _csv,
    ".xlsx": _xlsx,
}
