"""``enforcement restore``: put a backup in the place of the embedded book, once it has proved whole."""

from __future__ import annotations

import os
from pathlib import Path

import click
import msgspec

from enforcement.commandline import done
from enforcement.commandline import in_format
from enforcement.commandline import refusals
from enforcement.config import Settings
from enforcement.safekeeping.operations import book_file
from enforcement.safekeeping.operations import restore
from enforcement.times import SHANGHAI
from enforcement.times import utc_now


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--force", is_flag=True, help="替换现有台账（原台账另存）。 Replace the present book, which is kept beside it."
)
@in_format
def command(file: Path, force: bool, format: str) -> None:
    """核对哈希、数据库和审计链后恢复备份。 Restore a backup after checking hash, database and audit chain.

    \b
    例 Example:
        enforcement restore 2026-11-24.backup --force
    """
    with refusals():
        book = book_file(Settings.from_env(os.environ).database_url)
        restored, kept = restore(file, book, utc_now().astimezone(SHANGHAI), force)
    beside = f"，原台账另存为 {kept}" if kept else ""
    done(
        f"已恢复 {restored.file}（审计 {restored.audit_entries} 条）到 {book}{beside}",
        f"restored {restored.audit_entries} audit entries to {book}" + (f"; the old book is {kept}" if kept else ""),
        format,
        **msgspec.structs.asdict(restored),
        book=str(book),
        kept=None if kept is None else str(kept),
    )
