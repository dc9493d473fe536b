"""Cases in CSV, however it was saved."""

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from enforcement.exchange.faults import Unusable
from tests.exchange.workbooks import facts
from tests.exchange.workbooks import faults
from tests.exchange.workbooks import rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encoding_and_separator_are_found(encoding: str, separator: str, ending: str) -> None:
    lines = ["kind,案号,罚款", '处罚,"津 ""1""",500', "", "检查,津2,"]
    content = ending.join(lines).replace(",", separator).encode(encoding)
    assert [(row.where, row.kind, row.facts) for row in rows(content, "a.csv")] == [
        ("2", "penalty", {"number": '津 "1"', "fine": "500.00"}),
        ("4", "inspection", {"number": "津2"}),
    ]


def test_a_separator_inside_a_cell_belongs_to_the_cell() -> None:
    content = '案号;处罚种类;罚款\n津1;"罚款;警告";"1,234.5"\n'.encode()
    assert facts(content, "处罚.csv") == [{"number": "津1", "kinds": ["fine", "warning"], "fine": "1234.50"}]


def test_the_name_of_the_file_may_be_the_kind() -> None:
    assert [row.kind for row in rows("案号\n津1\n".encode(), "Measures.csv")] == ["measure"]


def test_a_file_of_tabs_may_be_called_so() -> None:
    assert facts("案号\t罚款\n津1\t5\n".encode(), "处罚.tsv") == [{"number": "津1", "fine": "5.00"}]


def test_every_fault_of_every_row_is_named_by_its_cell() -> None:
    content = "kind,立案日期,罚款\n处罚,2026-02-30,500\n处罚,2026-01-05,-5\n".encode()
    assert faults(content, "a.csv") == [
        "B2  Filed on (filed_on): Not a day of the calendar: 2026-02-30",
        "C3  Fine (fine): Must not be negative",
    ]


def test_a_row_longer_than_the_headings_is_a_fault() -> None:
    assert faults("案号\n津1,津2\n".encode(), "处罚.csv") == ["B2  There is a value, but the column has no heading"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b" \r\n\r\n", "The file is empty"),
        (b",,,\n,,,\n", "The file is empty"),
        (b"kind,number\npenalty,a\0b\n", "Holds NUL bytes"),
        ("kind,number\npenalty,1\n".encode("utf-16"), "Holds NUL bytes"),
        (b"kind,number\npenalty,\xff\xff\n", "Neither UTF-8 nor GB18030"),
        (b'kind,number\npenalty,"1\n', "line 2, column 1  Broken CSV"),
        (b'kind,number\npenalty,"1"2\n', "line 2, column 1  Broken CSV"),
        (b"kind,number\npenalty," + b"9" * 200_000, "line 2, column 1  Broken CSV"),
        (b"kind,number\n", "There are no rows"),
        (b"one,two\n1,2\n", "There is no column “kind”"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, says: str) -> None:
    assert faults(content, "a.csv")[0].startswith(says)


@given(st.binary(max_size=80) | st.text(alphabet='kind,;\t"\n处罚案号=+', max_size=40).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        rows(content, "处罚.csv")
    except Unusable as error:
        assert error.faults
