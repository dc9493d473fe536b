"""``enforcement backup``: one state of an embedded book, taken while it is in use, with its hash beside it."""

from __future__ import annotations

import os
from pathlib import Path

import click
import msgspec

from enforcement.commandline import done
from enforcement.commandline import in_format
from enforcement.commandline import refusals
from enforcement.config import Settings
from enforcement.safekeeping.operations import back_up
from enforcement.safekeeping.operations import book_file


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="覆盖已有备份。 Replace a backup of that name.")
@in_format
def command(file: Path, force: bool, format: str) -> None:
    """在线备份（SQLite），并写出 FILE.sha256。 Back up an embedded book while it is in use.

    \b
    例 Example:
        enforcement backup 2026-11-24.backup
    """
    with refusals():
        saved = back_up(book_file(Settings.from_env(os.environ).database_url), file, force)
    done(
        f"已备份到 {saved.file}（{saved.bytes:,} 字节，审计 {saved.audit_entries} 条），哈希 {saved.sha256}",
        f"saved {saved.bytes:,} bytes, {saved.audit_entries} audit entries",
        format,
        **msgspec.structs.asdict(saved),
    )
