"""Cases in workbooks, and workbooks that must not be read."""

import random
import zipfile
from datetime import datetime
from typing import Any

import pytest

from enforcement.exchange.faults import Unusable
from enforcement.exchange.limits import MEGABYTE
from enforcement.exchange.limits import Limits
from enforcement.exchange.reading import read_bytes
from enforcement.exchange.reading import read_file
from tests.exchange.workbooks import archive
from tests.exchange.workbooks import changed
from tests.exchange.workbooks import facts
from tests.exchange.workbooks import faults
from tests.exchange.workbooks import rows
from tests.exchange.workbooks import sheet
from tests.exchange.workbooks import workbook

SHEET = "xl/worksheets/sheet1.xml"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = sheet(["案号", "罚款"], ["津1", 500])


def test_dates_numbers_and_yes_of_a_workbook_are_read_as_they_are() -> None:
    def fill(book: Any) -> None:
        made = book.add_worksheet("处罚")
        day, moment = book.add_format({"num_format": "yyyy/m/d"}), book.add_format({"num_format": "yyyy/m/d h:mm"})
        made.write_row(0, 0, ["立案日期", "移送时间", "罚款数额", "已告知听证权", "集体讨论人数", "案号"])
        made.write_datetime(1, 0, datetime(2026, 1, 5), day)
        made.write_datetime(1, 1, datetime(2026, 1, 6, 9, 30), moment)
        made.write_row(1, 2, [1234.56, True, 5])
        made.write_formula(1, 5, '="津"&1', None, "津1")

    assert facts(workbook(fill)) == [
        {
            "number": "津1",
            "filed_on": "2026-01-05",
            "hearing_told": True,
            "discussion_attendees": 5,
            "fine": "1234.56",
            "transferred_at": "2026-01-06T09:30:00+08:00",
        }
    ]


def test_hidden_lists_of_a_form_are_left_alone_but_hidden_cases_are_read() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("处罚").write_column(0, 0, ["案号", "津1"])
        lists = book.add_worksheet("lists")
        lists.write_column(0, 0, ["罚款", "警告"])
        lists.hide()
        cases = book.add_worksheet("检查")
        cases.write_column(0, 0, ["案号", "津2"])
        cases.hide()
        book.add_worksheet("空")

    assert [(row.where, row.kind) for row in rows(workbook(fill))] == [("处罚!2", "penalty"), ("检查!2", "inspection")]


def test_a_visible_sheet_that_cannot_be_read_is_no_silent_loss() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("处罚").write_column(0, 0, ["案号", "津1"])
        book.add_worksheet("更多").write_column(0, 0, ["案号", "津2"])

    assert faults(workbook(fill))[0].startswith("更多  There is no column “kind”")


def test_a_sheet_left_empty_under_its_headings_does_not_spoil_the_others() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("处罚").write_column(0, 0, ["案号", "津1"])
        book.add_worksheet("强制").write(0, 0, "案号")
        book.add_worksheet("检查").write(0, 0, "案号")

    assert facts(workbook(fill)) == [{"number": "津1"}]


def test_a_workbook_of_headings_alone_names_every_sheet() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("处罚").write(0, 0, "案号")
        book.add_worksheet("检查").write(0, 0, "案号")

    assert faults(workbook(fill)) == [
        "处罚  There are no rows under the headings",
        "检查  There are no rows under the headings",
    ]


def test_the_error_value_of_a_formula_is_named_and_not_read_as_nothing() -> None:
    def fill(book: Any) -> None:
        made = book.add_worksheet("处罚")
        made.write_column(0, 0, ["案号", "津1"])
        made.write(0, 1, "罚款")
        made.write_formula(1, 1, "=NA()", None, "#N/A")

    assert faults(workbook(fill)) == ["B2  The cell holds the error value of a formula, such as #N/A or #REF!"]


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"hello", "a.xlsx", "Not an XLSX workbook"),
        (b"PK\x03\x04hello", "a.xlsx", "The workbook is broken"),
        (GOOD[: len(GOOD) // 2], "a.xlsx", "The workbook is broken"),
        (archive({"word/document.xml": b"<x/>"}), "a.xlsx", "Not an XLSX workbook"),
        (archive({"xl/workbook.xml": b"<x/>"}), "a.xlsx", "The workbook is broken"),
        (archive({"xl/workbook.xml": b"<x/>"}, zipfile.ZIP_LZMA), "a.xlsx", "The workbook is broken"),
        (workbook(lambda book: book.add_worksheet("处罚")), "a.xlsx", "There is nothing in the workbook"),
        (COMPOUND + b"x" * 600, "a.xlsx", "An old .xls workbook"),
        (COMPOUND + b"x" * 600, "a.xls", "An old .xls workbook"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "The workbook is protected by a password"),
        (GOOD, "a.csv", "It holds a workbook but is called “.csv”"),
        (GOOD, "a.json", "It holds a workbook but is called “.json”"),
        (GOOD, "a.ods", "Unknown type of file “.ods”"),
        (GOOD, "cases", "Unknown type of file “cases”"),
        (b"", "a.xlsx", "The file is empty"),
    ],
)
def test_a_file_that_is_not_what_it_is_called_says_so(content: bytes, name: str, says: str) -> None:
    assert faults(content, name)[0].startswith(says)


def test_a_file_larger_than_the_limit_is_refused_before_anything_else() -> None:
    assert faults(GOOD, limits=Limits(bytes=len(GOOD) - 1))[0].startswith("The file is larger than")
    assert len(read_bytes(GOOD, "a.xlsx", Limits(bytes=len(GOOD)))) == 1


def test_a_zip_bomb_is_refused_while_it_is_unpacked() -> None:
    bomb = archive({"xl/workbook.xml": b"<x/>", SHEET: bytes(12 * MEGABYTE)})
    assert len(bomb) < 20_000
    assert faults(bomb) == ["It is packed more than 200 to 1 (it looks like a zip bomb)"]
    assert faults(bomb, limits=Limits(unpacked=MEGABYTE)) == ["It unpacks to more than 1 MB (it looks like a zip bomb)"]


def test_a_bomb_that_tells_its_size_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive({"xl/workbook.xml": b"<x/>", SHEET: bytes(12 * MEGABYTE)})

    def unpacked(*_: Any) -> None:
        raise AssertionError("a part was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", unpacked)
    assert faults(bomb) == ["It is packed more than 200 to 1 (it looks like a zip bomb)"]


def test_an_archive_of_too_many_parts_is_refused() -> None:
    many = archive({f"part{number}": b"" for number in range(2001)})
    assert faults(many) == ["The archive has 2001 parts; at most 2000"]


def test_a_lie_about_the_unpacked_size_is_found() -> None:
    honest = archive({"xl/workbook.xml": b"<x/>" * 1000}, zipfile.ZIP_STORED)
    lie = honest.replace((4000).to_bytes(4, "little") * 2, (4000).to_bytes(4, "little") + (10).to_bytes(4, "little"))
    assert lie != honest
    assert faults(lie)[0].startswith("The workbook is broken")


def test_two_cells_far_apart_do_not_ask_for_all_the_memory() -> None:
    def fill(book: Any) -> None:
        made = book.add_worksheet("处罚")
        made.write(0, 0, "案号")
        made.write(1_048_575, 16_383, "津1")

    assert faults(workbook(fill))[0].endswith(
        "uses an area up to column 16384, row 1048576: too large; delete rows and columns that are not needed"
    )


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b'<c r="A2"', b'<c r="A199999999999999999998"'),
        (SHEET, b'<c r="A2"', b'<c r="A0"'),
        (SHEET, b'<c r="A2"', b'<c r=""'),
        (SHEET, b'<c r="A2"', b"<c r = 'AAAA2'"),
        (SHEET, b'<row r="2"', b'<row r="99999999"'),
        ("xl/sharedStrings.xml", b'uniqueCount="3"', b'uniqueCount="9999999999934"'),
    ],
)
def test_places_and_counts_that_the_reader_would_trust_are_refused(part: str, old: bytes, new: bytes) -> None:
    assert faults(changed(GOOD, part, old, new))[0].startswith("The workbook is broken")


def test_damage_anywhere_is_refused_or_read_but_never_crashes() -> None:
    chance = random.Random(20261124)
    for _ in range(300):
        content = bytearray(GOOD)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            read_bytes(bytes(content), "a.xlsx")
        except Unusable as error:
            assert error.faults


def test_a_file_is_read_from_disk_by_its_ending(tmp_path: Any) -> None:
    path = tmp_path / "cases.XLSX"
    path.write_bytes(GOOD)
    assert [row.facts for row in read_file(path)] == [{"number": "津1", "fine": "500.00"}]
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "none.xlsx")
