"""Workbooks and other files for the tests, made in memory."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from enforcement.cases.wording import speaking
from enforcement.exchange.faults import Row
from enforcement.exchange.faults import Unusable
from enforcement.exchange.faults import usable
from enforcement.exchange.limits import LIMITS
from enforcement.exchange.reading import read_bytes


def workbook(fill: Callable[[Any], object]) -> bytes:
    """A workbook that ``fill`` has filled."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    fill(book)
    book.close()
    return stream.getvalue()


def sheet(*rows: list[Any], name: str = "处罚") -> bytes:
    """A workbook of one sheet."""

    def fill(book: Any) -> None:
        made = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    made.write(number, place, value)

    return workbook(fill)


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something replaced in one of its parts."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert old in data
                data = data.replace(old, new, 1)
            target.writestr(name, data)
    return stream.getvalue()


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return stream.getvalue()


def rows(content: bytes, name: str = "cases.xlsx") -> list[Row]:
    """The cases of a file that can be used."""
    return usable(read_bytes(content, name))


def facts(content: bytes, name: str = "cases.xlsx") -> list[dict[str, Any]]:
    """The facts of the cases of a file that can be used."""
    return [row.facts for row in rows(content, name)]


def faults(content: bytes, name: str = "cases.xlsx", language: str = "en", limits: Any = LIMITS) -> list[str]:
    """The faults of a file, each as one line; the test fails when there are none."""
    with speaking(language), pytest.raises(Unusable) as caught:
        usable(read_bytes(content, name, limits))
    assert caught.value.faults
    return [str(fault) for fault in caught.value.faults]
