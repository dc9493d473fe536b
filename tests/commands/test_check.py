"""``enforcement check``: its answers, its exit status, and what it says of files that cannot be used."""

import json
import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result
from python_calamine import CalamineWorkbook

from enforcement.cli import cli
from tests.exchange.workbooks import sheet

#: Served on time; nothing it says is overdue or violated.
CLEAN = {"extract": True, "decided_on": "2026-02-12", "served_on": "2026-02-28", "procedure": "ordinary"}
#: Not served at all: overdue since 2026-02-28.
OVERDUE = {"number": "津2", "decided_on": "2026-02-12", "procedure": "ordinary"}


def run(*arguments: Any, given: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)], input=given)


def written(path: Path, *facts: dict[str, Any], kind: str = "penalty") -> Path:
    path.write_text(json.dumps([{"kind": kind, "facts": given} for given in facts], ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return written(tmp_path / "clean.json", CLEAN)


@pytest.fixture
def overdue(tmp_path: Path) -> Path:
    return written(tmp_path / "overdue.json", {**CLEAN, "number": "津1"}, OVERDUE)


def test_it_exits_0_when_nothing_is_flagged_and_1_when_something_is(clean: Path, overdue: Path) -> None:
    assert run(clean, "--as-of", "2026-03-01").exit_code == 0
    assert run(overdue, "--as-of", "2026-03-01").exit_code == 1


def test_the_last_day_counts_to_its_end(tmp_path: Path) -> None:
    facts = {**OVERDUE, "published_on": "2026-02-12", "platform_entered_on": "2026-02-12"}
    file = written(tmp_path / "a.json", facts)
    for day, state in (("2026-02-28", "pending"), ("2026-03-01", "overdue")):
        (answer,) = json.loads(run(file, "--as-of", day, "--format", "json").stdout)
        service = next(found for found in answer["outcomes"] if found["rule"] == "O-25")
        assert (service["state"], service["due"]) == (state, "2026-02-28")


def test_json_is_all_there_is_on_standard_output_in_the_order_of_the_file(overdue: Path) -> None:
    result = run(overdue, "--as-of", "2026-03-01", "--format", "json")
    answer = json.loads(result.stdout)
    assert [(item["number"], item["kind"]) for item in answer] == [("津1", "penalty"), ("津2", "penalty")]
    assert result.stderr == ""
    assert {"rule", "title", "state", "severity", "due", "message", "law", "facts", "parameters", "reckoning"} <= set(
        answer[1]["outcomes"][0]
    )


def test_messages_are_chinese_unless_english_is_asked_for(overdue: Path) -> None:
    assert "决定书送达日期：最后期限 2026-02-28 已过" in run(overdue, "--as-of", "2026-03-01").stdout
    english = run(overdue, "--as-of", "2026-03-01", "--language", "en").stdout
    assert "Served on: the last day 2026-02-28 has passed" in english
    assert "call for action now" in english


@pytest.mark.parametrize("form", ["table", "json", "xlsx"])
def test_the_same_cases_give_the_same_answer_whatever_the_file(tmp_path: Path, form: str) -> None:
    headings = ["类别", "案号", "处罚决定日期", "适用程序"]
    row = ["处罚", "津2", "2026年2月12日", "普通程序"]
    (tmp_path / "a.xlsx").write_bytes(sheet(headings, row, name="Sheet1"))
    (tmp_path / "a.csv").write_text(f"{','.join(headings)}\n{','.join(row)}\n", "gb18030")
    written(tmp_path / "a.json", OVERDUE)
    answers = []
    for name in ("a.json", "a.csv", "a.xlsx"):
        output = tmp_path / f"{name}.out"
        assert run(tmp_path / name, "--as-of", "2026-03-01", "--format", form, "--output", output).exit_code == 1
        content = output.read_bytes()
        answers.append(outcomes_of(content) if form == "xlsx" else content)
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]


def outcomes_of(content: bytes) -> list[Any]:
    """The outcomes of a workbook without the places in the file."""
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("检查结果").to_python()
    return [row[:-1] for row in rows]


def test_a_workbook_goes_to_standard_output_when_it_is_no_terminal(overdue: Path) -> None:
    result = run(overdue, "--as-of", "2026-03-01", "--format", "xlsx")
    rules = [row[2] for row in outcomes_of(result.stdout_bytes)]
    assert "O-25" in rules and result.exit_code == 1


def test_standard_input_is_read_as_json() -> None:
    given = json.dumps({"kind": "penalty", "facts": OVERDUE}).encode()
    result = run("-", "--as-of", "2026-03-01", "--format", "json", given=given)
    assert [item["number"] for item in json.loads(result.stdout)] == ["津2"]


def test_every_fault_is_on_standard_error_with_its_place_and_nothing_is_checked(tmp_path: Path) -> None:
    file = written(tmp_path / "bad.json", {"filed_on": "2026-02-30", "colour": 1}, OVERDUE, {"fine": "-1"})
    for form in ("table", "json", "xlsx"):
        result = run(file, "--format", form, "--language", "en")
        assert result.exit_code == 2
        assert result.stdout_bytes == b""
        assert result.stderr.splitlines() == [
            "[0].facts.colour  There is no such fact",
            "[0].facts.filed_on  Filed on (filed_on): Not a day of the calendar: 2026-02-30",
            "[2].facts.fine  Fine (fine): Must not be negative",
            f"{file}: 3 faults; nothing was checked",
        ]


def test_an_output_is_not_touched_when_the_input_cannot_be_used(tmp_path: Path) -> None:
    file, output = written(tmp_path / "bad.json", {"x": 1}), tmp_path / "answer.json"
    output.write_text("before", "utf-8")
    assert run(file, "--format", "json", "--output", output).exit_code == 2
    assert output.read_text("utf-8") == "before"


def test_the_checked_file_is_never_overwritten(overdue: Path) -> None:
    before = overdue.read_bytes()
    result = run(overdue, "--format", "json", "--output", overdue)
    assert (result.exit_code, overdue.read_bytes()) == (2, before)
    assert "输出会覆盖被检查的文件" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["none.json"], "没有这个文件或文件夹"),
        (["."], "这是一个文件夹"),
        (["clean.json", "--output", "none/answer"], "没有这个文件或文件夹"),
        (["clean.json", "--profile", "none"], "参数方案不能用"),
        (["clean.json", "--profile", "clean.json"], "参数方案不能用"),
        (["clean.json", "--as-of", "2026-02-30"], "日历中没有这一天"),
        (["clean.json", "--as-of", "today"], "YYYY-MM-DD"),
        (["clean.json", "--format", "pdf"], "pdf"),
        (["clean.pdf"], "没有这个文件或文件夹"),
        ([], "FILE"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    clean: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(clean.parent)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in result.stderr
    assert isinstance(result.exception, SystemExit)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
def test_a_full_disk_is_said_in_a_sentence(clean: Path) -> None:
    result = run(clean, "--format", "json", "--output", "/dev/full")
    assert (result.exit_code, result.stderr) == (2, "/dev/full：无法写入：磁盘已满\n")


def test_a_profile_may_be_a_name_or_a_file(tmp_path: Path) -> None:
    profile = tmp_path / "here.yaml"
    profile.write_text(
        "parameters:\n  hearing_fine_individual:\n    values:\n      - {value: 1000, from: 2021-07-15, source: 测试}\n",
        "utf-8",
    )
    facts = {**OVERDUE, "kinds": ["fine"], "noticed_kinds": ["fine"], "noticed_fine": "5000", "hearing_told": False}
    file = written(tmp_path / "a.json", {**facts, "party_kind": "individual", "notice_served_on": "2026-01-20"})
    states = {}
    for name in ("national", profile):
        (answer,) = json.loads(run(file, "--as-of", "2026-03-01", "--format", "json", "--profile", name).stdout)
        states[str(name)] = next(found["state"] for found in answer["outcomes"] if found["rule"] == "O-10")
    assert states == {"national": "undetermined", str(profile): "violated"}


def test_today_is_the_day_when_none_is_given(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enforcement.commands.check.today", lambda: date(2026, 5, 6))
    assert run(clean).stdout.startswith("判断日 2026-05-06")


def python(*code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *code], capture_output=True, text=True, check=False, encoding="utf-8")


def test_a_check_imports_neither_the_service_nor_the_store_nor_what_it_does_not_use(overdue: Path) -> None:
    code = (
        "import sys; from enforcement.cli import cli\n"
        f"try: cli(['check', {str(overdue)!r}, '--format', 'json'])\n"
        "except SystemExit as ended: print(ended.code, file=sys.stderr)\n"
        "heavy = {'flask', 'peewee', 'apscheduler', 'rich', 'xlsxwriter', 'python_calamine', 'zipfile', 'waitress'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    ended = python("-c", code)
    assert ended.stderr.splitlines() == ["1", "[]"]
    assert [item["number"] for item in json.loads(ended.stdout)] == ["津1", "津2"]


def test_the_group_names_its_commands_without_importing_them() -> None:
    code = (
        "import sys; from enforcement.cli import cli; import click\n"
        "names = cli.list_commands(click.Context(cli)); print('check' in names)\n"
        "print([name for name in sys.modules if name.startswith('enforcement.commands.')])\n"
    )
    assert python("-c", code).stdout.split("\n")[:2] == ["True", "[]"]


def test_help_and_version_are_there() -> None:
    runner = CliRunner()
    for arguments in (["-h"], ["check", "-h"]):
        result = runner.invoke(cli, arguments)
        assert (result.exit_code, "--help" in result.stdout) == (0, True)
    assert "0.1.0" in runner.invoke(cli, ["--version"]).stdout
    unknown = runner.invoke(cli, ["chekc"])
    assert (unknown.exit_code, "chekc" in unknown.stderr) == (2, True)
