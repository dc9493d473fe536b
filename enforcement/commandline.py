"""What the commands of administration share: opening the book, saying no in one sentence, showing rows.

Whoever administers an office's book runs a command on the server's own machine, so its actor in the audit is the command
line itself. A command gives 0 when it was done, 1 for a negative answer (the audit is broken), and 2 with a sentence on
standard error for input that cannot be used::

    @click.command()
    @in_format
    def command(format: str) -> None:
        with opened():
            show(rows(), {"code": Text("代码", "Code")}, format)
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date
from datetime import datetime
from pathlib import Path
from typing import IO
from typing import Any
from typing import TypeVar

import click
import peewee

from enforcement import lawbook
from enforcement.config import Settings
from enforcement.db import attach
from enforcement.db import connected
from enforcement.db import database
from enforcement.errors import Invalid
from enforcement.errors import Refused
from enforcement.models import Agency
from enforcement.models import User
from rules.facts import Text

T = TypeVar("T")
Function = TypeVar("Function", bound=Callable[..., Any])

#: Who acts, in the audit.
ACTOR = "cli"

#: Columns of a table that does not go to a terminal.
WIDTH = 120

logger = logging.getLogger(__name__)


class Unusable(click.ClickException):
    """Input that cannot be used: one sentence on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Say the sentence and nothing else."""
        click.echo(self.format_message(), err=True)


class Day(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A day written as 2026-02-12."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Give the date; anything but YYYY-MM-DD is a usage error."""
        if isinstance(value, date):
            return value
        try:
            if len(value) != len("2026-02-12"):
                raise ValueError(value)
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} 不是 YYYY-MM-DD 日期 / is not a date YYYY-MM-DD", param, ctx)


DAY = Day()


def in_format(function: Function) -> Function:
    """Give a command the option ``--format table|json``."""
    option = click.option(
        "--format",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help="表格或 JSON。 Table or JSON.",
    )
    return option(function)


@contextmanager
def opened() -> Iterator[Settings]:
    """Open the book the settings name for a stretch of work, and turn what is refused into one sentence."""
    with refusals():
        settings = Settings.from_env(os.environ)
        lawbook.configure(settings.profile, [settings.calendar] if settings.calendar else [])
        attach(settings.database_url)
        try:
            with connected():
                yield settings
        finally:
            database.close_all()


@contextmanager
def refusals() -> Iterator[None]:
    """Turn refusals, settings that cannot be read and databases that cannot be opened into :class:`Unusable`."""
    try:
        yield
    except Refused as error:
        raise Unusable(sentence(error)) from error
    except peewee.DatabaseError as error:
        logger.debug("the database refused", exc_info=error)
        raise Unusable(f"数据库无法使用 / The database cannot be used: {_first_line(error)}") from error
    except OSError as error:
        raise Unusable(f"{error.filename or ''}: {error.strerror or error}".lstrip(": ")) from error
    except (ValueError, RuntimeError) as error:
        raise Unusable("; ".join(str(error).splitlines())) from error


def sentence(error: Refused) -> str:
    """A refusal in both languages, with the faults of each field."""
    said = f"{error.zh} / {error.en}"
    if isinstance(error, Invalid):
        said += ": " + "; ".join(f"{field}: {'; '.join(faults)}" for field, faults in error.errors.items())
    return said


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def agency_named(code: str) -> Agency:
    """Give an agency by its code; raises :class:`Unusable`."""
    return _named(Agency.get_or_none(Agency.code == code), "执法机关", "agency", code)


def user_named(login: str) -> User:
    """Give a user by sign-in name; raises :class:`Unusable`."""
    return _named(User.get_or_none(User.login == login.strip().lower()), "用户", "user", login)


def _named(found: T | None, zh: str, en: str, name: str) -> T:
    if found is None:
        raise Unusable(f"没有这个{zh} / No such {en}: {name}")
    return found


def show(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, Text], format: str, title: str = "") -> None:
    """Print rows as a table of some columns, or all of their fields as a JSON list."""
    found = list(rows)
    if format == "json":
        show_json(found)
    elif found:
        _table(found, columns, title)
    else:
        click.echo("没有记录。 Nothing is recorded.")


def show_json(value: Any) -> None:
    """Print a value as JSON; days and moments in ISO 8601, amounts as text."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def done(zh: str, en: str, format: str, **facts: Any) -> None:
    """Say what was done, or give its facts as a JSON object."""
    if format == "json":
        show_json(facts)
    else:
        click.echo(f"{zh} / {en}")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Text], title: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title or None, title_justify="left", header_style="bold")
    for label in columns.values():
        table.add_column(f"{label.zh}\n{label.en}", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(name)) for name in columns))
    console = Console()
    (console if console.is_terminal else Console(width=WIDTH)).print(table)


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def existing_file(path: str) -> Path:
    """Give a path that is a readable file; raises :class:`Unusable`."""
    found = Path(path)
    if not found.is_file():
        raise Unusable(f"没有这个文件 / No such file: {path}")
    return found
