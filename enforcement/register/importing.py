"""From a CSV list of enforcement certificates to the register, all of it or nothing.

The justice bureau sends the list of certificates once a year as a spreadsheet. Saved as CSV it is read as it is: headings in
Chinese or English, in any order; a number that the register has is changed, any other is added::

    执法证号,姓名,机关,有效期自,有效期至,辅助人员,法律职业资格
    02000001,李某,BC-01,2024-01-01,2028-12-31,否,是

    rows = read(path.read_bytes())
    take_in("cli", rows, now)        # Taken(added=1, changed=0, unchanged=0)

Every fault is told at once, each with its line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any
from typing import NamedTuple

from enforcement.accounts import operations as accounts
from enforcement.audit.operations import Actor
from enforcement.db import operation
from enforcement.errors import Invalid
from enforcement.models import Agency
from enforcement.models import Officer


class Taken(NamedTuple):
    """How many officers an import added, changed, or found as they are."""

    added: int
    changed: int
    unchanged: int


class Row(NamedTuple):
    """A line of the list: where it stands, and what it says."""

    line: int
    values: dict[str, Any]


def _text(cell: str) -> str:
    return cell


def _day(cell: str) -> date:
    try:
        year, month, day = cell.replace("/", "-").split("-")
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"{cell!r} 不是 YYYY-MM-DD 日期 / is not a date YYYY-MM-DD") from None


def _yes(cell: str) -> bool:
    answers = {"是": True, "有": True, "true": True, "yes": True, "1": True}
    answers |= {"否": False, "无": False, "false": False, "no": False, "0": False}
    if cell.lower() not in answers:
        raise ValueError(f"{cell!r} 应为 是/否 / is neither yes nor no")
    return answers[cell.lower()]


class _Column(NamedTuple):
    headings: tuple[str, ...]
    read: Callable[[str], Any]


COLUMNS: Mapping[str, _Column] = {
    "number": _Column(("number", "执法证号", "证号", "certificate"), _text),
    "name": _Column(("name", "姓名"), _text),
    "agency": _Column(("agency", "机关", "执法机关", "机关代码"), _text),
    "valid_from": _Column(("valid_from", "有效期自", "有效期起", "valid from"), _day),
    "valid_until": _Column(("valid_until", "有效期至", "有效期止", "valid until"), _day),
    "auxiliary": _Column(("auxiliary", "辅助人员"), _yes),
    "legal_qualification": _Column(("legal_qualification", "法律职业资格", "legal qualification"), _yes),
    "first_reviewed_on": _Column(("first_reviewed_on", "首次审核日期", "first reviewed on"), _day),
    "active": _Column(("active", "在岗", "在职"), _yes),
}
REQUIRED = ("number", "name", "agency")


def read(content: bytes) -> list[Row]:
    """Read the lines of a CSV list; raises Invalid with every heading and cell that cannot be read."""
    reader = csv.reader(io.StringIO(_decoded(content)))
    names = _names(next(reader, []))
    errors: dict[str, list[str]] = {}
    rows = []
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append(Row(reader.line_num, dict(_values(names, cells, reader.line_num, errors))))
    if not rows and not errors:
        errors["file"] = ["没有数据行 / there are no lines below the headings"]
    if errors:
        raise Invalid(errors)
    return rows


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid({"file": ["不是 UTF-8 或 GB18030 文本 / neither UTF-8 nor GB18030 text"]})


def _names(headings: list[str]) -> list[str]:
    known = {heading: name for name, column in COLUMNS.items() for heading in column.headings}
    names = [known.get(heading.strip().lower(), "") for heading in headings]
    faults = [
        f"不认识的列 {heading} / unknown heading" for heading, name in zip(headings, names, strict=True) if not name
    ]
    faults += [f"缺少列 {COLUMNS[name].headings[1]} / missing heading {name}" for name in REQUIRED if name not in names]
    faults += [f"列 {name} 重复 / given twice" for name in COLUMNS if names.count(name) > 1]
    if faults:
        raise Invalid({"line 1": faults})
    return names


def _values(names: list[str], cells: list[str], line: int, errors: dict[str, list[str]]) -> Iterator[tuple[str, Any]]:
    faults = []
    if len(cells) > len(names):
        faults.append(f"多出 {len(cells) - len(names)} 格 / has more cells than headings")
    for name, cell in zip(names, cells, strict=False):
        text = cell.strip()
        if not text and name in REQUIRED:
            faults.append(f"{name} 为空 / is empty")
        if text:
            try:
                yield name, COLUMNS[name].read(text)
            except ValueError as error:
                faults.append(f"{name}: {error}")
    if faults:
        errors[f"line {line}"] = faults


@operation
def take_in(actor: Actor, rows: list[Row], now: datetime) -> Taken:
    """Add or change the officers of a list in one transaction; raises Invalid naming every line that is refused."""
    agencies = {agency.code: agency for agency in Agency.select()}
    errors: dict[str, list[str]] = {}
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for row in rows:
        agency = agencies.get(row.values["agency"])
        if agency is None:
            errors[f"line {row.line}"] = [f"没有执法机关 {row.values['agency']} / no such agency"]
            continue
        try:
            counts[_take(actor, {**row.values, "agency": agency}, now)] += 1
        except Invalid as error:
            errors[f"line {row.line}"] = [f"{field}: {'; '.join(faults)}" for field, faults in error.errors.items()]
    if errors:
        raise Invalid(errors)
    return Taken(**counts)


def _take(actor: Actor, values: dict[str, Any], now: datetime) -> str:
    officer = Officer.get_or_none(Officer.number == values["number"])
    if officer is None:
        active = values.pop("active", True)
        officer = accounts.create_officer(actor, now, **values)
        if not active:
            accounts.update_officer(actor, officer, {"active": False}, now)
        return "added"
    if all(getattr(officer, name) == value for name, value in values.items()):
        return "unchanged"
    accounts.update_officer(actor, officer, values, now)
    return "changed"
