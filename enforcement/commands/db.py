"""``enforcement db``: bring the database to this version's tables, and say which revision it has.

An embedded (SQLite) book is brought up to date by itself at every start. On PostgreSQL it is a step of the deployment:
``enforcement db upgrade`` before the new version starts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import peewee

from enforcement.commandline import done
from enforcement.commandline import in_format
from enforcement.commandline import refusals
from enforcement.commandline import show_json
from enforcement.config import Settings
from enforcement.db import current_revision
from enforcement.db import open_database
from enforcement.db import pending
from enforcement.db import upgrade


@click.group()
def command() -> None:
    """数据库结构升级与版本。 Upgrade the database and show its revision.

    \b
    例 Example:
        enforcement db upgrade
    """


@command.command("upgrade")
@in_format
def upgrade_command(format: str) -> None:
    """升级到本版本的表结构；已是最新则不做任何事。 Apply the migrations that are missing."""
    with _reached() as database:
        applied = upgrade(database)
        now = _revision(database)
    done(
        f"已升级 {len(applied)} 步，当前版本 {now}" if applied else f"已是最新版本 {now}",
        f"applied {', '.join(applied)}; now at {now}" if applied else f"up to date at {now}",
        format,
        applied=applied,
        revision=now,
    )


@command.command()
@in_format
def revision(format: str) -> None:
    """显示数据库版本；需要升级时退出码为 1。 Show the revision; exit status 1 when an upgrade is due."""
    with _reached() as database, database.connection_context():
        now, missing = current_revision(database), pending(database)
    if format == "json":
        show_json({"revision": now, "pending": missing})
    else:
        click.echo(f"当前版本 / revision: {now or '—'}")
        if missing:
            click.echo(f"待升级 / pending: {', '.join(missing)}（enforcement db upgrade）")
    raise SystemExit(1 if missing else 0)


def _revision(database: peewee.Database) -> str | None:
    with database.connection_context():
        return current_revision(database)


@contextmanager
def _reached() -> Iterator[peewee.Database]:
    """The database as it is, of whatever revision."""
    with refusals():
        opened: Any = open_database(Settings.from_env(os.environ).database_url)
        try:
            yield opened
        finally:
            opened.close_all()
