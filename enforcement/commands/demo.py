"""``enforcement demo``: a small street's book to look at, made in seconds, with nothing to set up.

A fresh SQLite file in a folder, example cases for every state and published records as extracts; the sweep runs, the summary
is printed, the mails lie in the folder, and then the service starts, with sign-in names printed. The next demo in the same
folder begins anew.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from rich.console import Console

from enforcement import lawbook
from enforcement.commandline import DAY
from enforcement.commandline import WIDTH
from enforcement.commandline import Unusable
from enforcement.commandline import refusals
from enforcement.commands.serve import serve
from enforcement.config import Settings
from enforcement.db import attach
from enforcement.db import connected
from enforcement.db import database
from enforcement.demo.folder import HOST
from enforcement.demo.folder import Place
from enforcement.demo.folder import prepare
from enforcement.demo.folder import settings_for
from enforcement.demo.office import STREET
from enforcement.demo.operations import EARLIEST
from enforcement.demo.operations import Made
from enforcement.demo.operations import Progress
from enforcement.demo.operations import fill
from enforcement.demo.printing import Printer
from enforcement.demo.summary import summarise
from enforcement.models import Agency
from enforcement.times import today


@click.command()
@click.option(
    "--folder", default="demo", show_default=True, metavar="PATH", help="演示数据所在文件夹。 Folder of the demo."
)
@click.option("--day", type=DAY, metavar="DATE", help="演示日，默认今天。 Day of the demo; today by default.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言。 Language.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="服务端口。 Port of the service."
)
@click.option("--no-serve", is_flag=True, help="只打印汇总，不启动服务。 Print the summary and stop.")
def command(folder: str, day: date | None, language: str, port: int, no_serve: bool) -> None:
    """演示：生成一个街道的台账，巡查、打印合规汇总并启动服务。 A small street's book, swept and summed up.

    \b
    例 Example:
        enforcement demo
        enforcement demo --no-serve --day 2026-11-24 --language en
    """
    with refusals():
        base = Settings.from_env(os.environ)
        book = lawbook.configure(base.profile, [base.calendar] if base.calendar else [])
        asked = _day(day, book.calendar.last)
        if not no_serve:
            _refuse_taken(port)
        place = prepare(Path(folder))
        settings = settings_for(place, base, port, scheduler=asked == today())
        printer = _printer(language)
        _make(place, settings, asked, printer)
        if not no_serve:
            printer.serving(settings.base_url)
            serve(settings)


def _day(given: date | None, last: date) -> date:
    """The day asked for, or today; past the last decreed day of the calendar, that day."""
    if given is None:
        return min(today(), last)
    if not EARLIEST <= given <= last:
        raise Unusable(f"演示日须在 {EARLIEST} 至 {last} 之间 / The day must lie between {EARLIEST} and {last}")
    return given


def _refuse_taken(port: int) -> None:
    """Say at once, and not after everything was made, that somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Unusable(
                f"端口 {HOST}:{port} 不可用（{error.strerror}），请用 --port 另选 / choose another port with --port"
            ) from error


def _make(place: Place, settings: Settings, day: date, printer: Printer) -> None:
    attach(settings.database_url)
    try:
        with connected():
            with _progress() as progress:
                made = fill(day, settings, lawbook.calendar(), printer.language, progress)
            _print(place, made, printer)
    finally:
        database.close_all()


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show a bar on a terminal."""
    if not sys.stderr.isatty():
        yield lambda finished, total: None
        return
    with click.progressbar(length=0, label="生成演示台账 / Making the demo", file=sys.stderr) as bar:

        def show_progress(finished: int, total: int) -> None:
            bar.length = total
            bar.update(finished - bar.pos)

        yield show_progress


def _printer(language: str) -> Printer:
    console = Console()
    return Printer(language, console if console.is_terminal else Console(width=WIDTH))


def _print(place: Place, made: Made, printer: Printer) -> None:
    printer.summary(summarise(made.day, printer.language), lawbook.law_for(Agency.get(Agency.code == STREET)))
    printer.mails(place.mailbox, made.mails)
    printer.people(made.office)
    printer.book(place.database)
