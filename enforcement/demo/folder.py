"""The folder of a demo: made fresh each time, and never at the cost of anything that is not an earlier demo.

Somebody runs ``enforcement demo --folder ~/Documents`` by mistake. Nothing may be lost: a folder that holds anything and does
not bear the mark of a demo is refused, and in one that does, only the demo's own files are replaced.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from enforcement.config import Settings
from enforcement.errors import Conflict

#: What marks a folder as a demo's.
MARK = "enforcement-demo.txt"
DATABASE = "ledger.sqlite3"
MAILBOX = "mailbox"
HOST = "127.0.0.1"


class Place(NamedTuple):
    """Where a demo lies: its folder, the database file, and the folder of its mails."""

    folder: Path
    database: Path
    mailbox: Path

    @property
    def url(self) -> str:
        """The URL of the database."""
        return f"sqlite:///{quote(str(self.database.absolute()))}"


def prepare(folder: Path) -> Place:
    """Make or empty the folder of a demo; raises Conflict for one that holds anything else."""
    place = Place(folder, folder / DATABASE, folder / MAILBOX)
    mark = folder / MARK
    if folder.exists() and not folder.is_dir():
        raise Conflict(f"{folder} 不是文件夹", f"{folder} is not a folder")
    if folder.is_dir() and any(folder.iterdir()) and not mark.is_file():
        raise Conflict(
            f"{folder} 中已有其他文件，不会改动；请用 --folder 另选文件夹",
            f"{folder} holds other files and is left alone; choose another with --folder",
        )
    place.mailbox.mkdir(parents=True, exist_ok=True)
    mark.write_text("enforcement demo: made anew by the next one / 演示数据，下次演示时重新生成\n", encoding="utf-8")
    for old in (*_database_files(place.database), *place.mailbox.glob("*.eml")):
        old.unlink(missing_ok=True)
    return place


def settings_for(place: Place, base: Settings, port: int, scheduler: bool = False) -> Settings:
    """The settings of a demo: its own book and mailbox, whatever else is set; no demo writes to a mail server.

    The scheduled work goes by the clock, so it runs only in a demo of today.
    """
    return replace(
        base,
        database_url=place.url,
        mailbox=place.mailbox,
        smtp=None,
        host=HOST,
        port=port,
        scheduler=scheduler,
        base_url=f"http://{HOST}:{port}",
    )


def _database_files(database: Path) -> list[Path]:
    return [database.with_name(database.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]
