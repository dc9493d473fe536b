"""``enforcement check FILE``: hold the cases of a file against the law, without a server and without a book.

Exit status 0: nothing calls for action. 1: something is overdue or violated, and fatal or an error. 2: the file cannot be used;
every fault is on standard error with its place, and nothing was checked::

    $ enforcement check 处罚台账.xlsx --as-of 2026-11-24
    $ enforcement check - --format json < cases.json | jq '.[] | select(.outcomes[].state == "overdue")'
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO
from typing import NoReturn

import click
from marshmallow import ValidationError

from enforcement.cases.values import canonical
from enforcement.cases.wording import say
from enforcement.cases.wording import speaking
from enforcement.exchange.checking import Checked
from enforcement.exchange.checking import Summary
from enforcement.exchange.checking import each_checked
from enforcement.exchange.faults import Row
from enforcement.exchange.faults import Unusable
from enforcement.exchange.faults import usable
from enforcement.exchange.reading import read_file
from enforcement.exchange.reading import read_stream
from enforcement.times import today
from rules.facts import Fact
from rules.facts import Text
from rules.law import Law
from rules.law import default_law

FLAGGED, UNUSABLE = 1, 2
#: From so many cases on, a person at a terminal sees a bar.
_BAR_FROM = 500

_FAULTS = Text("{file}：{count} 处错误，未作任何检查", "{file}: {count} faults; nothing was checked")
_CANNOT_OPEN = Text("{file}：无法打开：{reason}", "{file}: cannot be opened: {reason}")
_CANNOT_WRITE = Text("{file}：无法写入：{reason}", "{file}: cannot be written: {reason}")
_NO_PROFILE = Text("参数方案不能用：{reason}", "The profile cannot be used: {reason}")
_NEEDS_OUTPUT = Text(
    "xlsx 不能显示在终端上；请加 --output 文件名", "xlsx cannot be shown on a terminal; add --output FILE"
)
_SAME_FILE = Text("{file}：输出会覆盖被检查的文件", "{file}: the output would overwrite the file that is checked")
_CHECKING = Text("检查", "Checking")
_REASONS: dict[int, Text] = {
    errno.ENOENT: Text("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EISDIR: Text("这是一个文件夹", "it is a folder"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
}


_AS_OF = Fact("as_of", Text("判断日", "As of"), "date", "identity")


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """Read a day as facts are written, ``2026-02-12``; anything else is a usage error."""
    try:
        return None if value is None else date.fromisoformat(canonical(_AS_OF, value))
    except ValidationError as error:
        raise click.BadParameter(f"{value!r}: {'; '.join(map(str, error.messages))}", context, parameter) from None


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--as-of", callback=_day, metavar="DATE", help="按该日判断，默认今天。 Judge by this day; today by default."
)
@click.option(
    "--profile",
    default="tianjin",
    show_default=True,
    metavar="P",
    help="参数方案：名称或 YAML 文件。 Profile of parameters, by name or path.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "xlsx"]),
    default="table",
    show_default=True,
    help="结果的形式。 Form of the answer.",
)
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="语言。 Language of the answer.",
)
@click.option("--output", metavar="FILE", help="写入文件，默认标准输出。 Write to a file instead of standard output.")
def command(file: str, as_of: date | None, profile: str, form: str, language: str, output: str | None) -> None:
    """检查 JSON、CSV 或 XLSX 文件中的案件；“-”从标准输入读取 JSON。

    Check the cases of a JSON, CSV or XLSX file; “-” reads JSON from standard input. Exit status 0: nothing flagged,
    1: flagged, 2: unusable input.
    """
    with speaking(language):
        _refuse_output(file, form, output)
        law = _law(profile)
        rows = _rows(file)
        day = as_of or today()
        summary = Summary()
        with _destination(output) as stream, _progress(rows) as seen:
            checked = _counted(each_checked(seen, law, day, language), summary)
            _report(form, checked, summary, law, day, language, stream)
    sys.exit(FLAGGED if summary.flagged else 0)


def _stop(*sentences: str) -> NoReturn:
    """Say why the input cannot be used, and end."""
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(UNUSABLE)


def _refuse_output(file: str, form: str, output: str | None) -> None:
    if output is None:
        if form == "xlsx" and sys.stdout.isatty():
            _stop(say(_NEEDS_OUTPUT))
    elif file != "-" and os.path.exists(output) and os.path.exists(file) and os.path.samefile(file, output):
        _stop(say(_SAME_FILE, file=output))


def _law(profile: str) -> Law:
    try:
        return default_law(profile)
    except ValueError as error:
        _stop(say(_NO_PROFILE, reason=error))


def _rows(file: str) -> list[Row]:
    """Read the cases; ends with every fault on standard error when one cannot be used."""
    try:
        if file == "-":
            return usable(read_stream(sys.stdin.buffer, "stdin.json"))
        return usable(read_file(Path(file)))
    except Unusable as error:
        _stop(*map(str, error.faults), say(_FAULTS, file=file, count=len(error.faults)))
    except OSError as error:
        _stop(say(_CANNOT_OPEN, file=file, reason=_reason(error)))


def _reason(error: OSError) -> str:
    known = _REASONS.get(error.errno or 0)
    return say(known) if known else error.strerror or str(error)


def _counted(checked: Iterator[Checked], summary: Summary) -> Iterator[Checked]:
    """Count the cases in as they pass."""
    for case in checked:
        summary.add(case)
        yield case


@contextmanager
def _progress(rows: list[Row]) -> Iterator[Iterator[Row]]:
    """The rows, with a bar on standard error where there are many and somebody looks."""
    if len(rows) <= _BAR_FROM or not sys.stderr.isatty():
        yield iter(rows)
        return
    steps = max(len(rows) // 200, 1)
    label = say(_CHECKING)
    with click.progressbar(rows, label=label, file=sys.stderr, show_pos=True, update_min_steps=steps) as bar:
        yield iter(bar)


@contextmanager
def _destination(output: str | None) -> Iterator[BinaryIO]:
    """Where the answer goes; ends with a sentence when it cannot be written. A closed pipe is click's own business."""
    try:
        if output is None:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        else:
            with open(output, "wb") as file:
                yield file
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        _stop(say(_CANNOT_WRITE, file=output or "stdout", reason=_reason(error)))


def _report(
    form: str, checked: Iterator[Checked], summary: Summary, law: Law, day: date, language: str, stream: BinaryIO
) -> None:
    """Write the answer; each form is imported when it is asked for."""
    if form == "json":
        from enforcement.exchange.reporting.as_json import write_json

        write_json(checked, stream)
    elif form == "xlsx":
        from enforcement.exchange.reporting.as_workbook import write_workbook

        write_workbook(checked, summary, law, day, language, stream)
    else:
        _table(checked, summary, law, day, language, stream)


def _table(checked: Iterator[Checked], summary: Summary, law: Law, day: date, language: str, stream: BinaryIO) -> None:
    """Print the table once it is whole, so that it does not mix with the bar."""
    import shutil
    from io import StringIO

    from enforcement.exchange.reporting.as_table import WIDTH
    from enforcement.exchange.reporting.as_table import print_table

    terminal = stream.isatty()
    width = max(shutil.get_terminal_size((WIDTH, 24)).columns, 72) if terminal else WIDTH
    page = StringIO()
    print_table(checked, summary, law, day, language, page, terminal, width)
    stream.write(page.getvalue().encode("utf-8", "replace"))
