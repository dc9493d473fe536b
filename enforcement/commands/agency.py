"""``enforcement agency``: the tree of agencies, which bounds what everybody sees."""

from __future__ import annotations

from typing import Any

import click

from enforcement.accounts import operations as accounts
from enforcement.commandline import ACTOR
from enforcement.commandline import agency_named
from enforcement.commandline import done
from enforcement.commandline import in_format
from enforcement.commandline import opened
from enforcement.commandline import show
from enforcement.models import Agency
from enforcement.models.accounts import LEVELS
from enforcement.times import utc_now
from rules.facts import Text

COLUMNS = {
    "tree": Text("代码", "Code"),
    "name_zh": Text("名称", "Name"),
    "name_en": Text("英文名称", "English name"),
    "level": Text("层级", "Level"),
}


@click.group()
def command() -> None:
    """执法机关。 The agencies, in a tree.

    \b
    例 Example:
        enforcement agency add BC 北辰区 --level district
        enforcement agency add BC-01 某街道办事处 --parent BC
    """


@command.command()
@click.argument("code")
@click.argument("name")
@click.option("--name-en", default="", help="英文名称。 English name.")
@click.option("--level", type=click.Choice(LEVELS), default="subdistrict", show_default=True, help="层级。 Level.")
@click.option("--parent", metavar="CODE", help="上级机关代码。 Code of the agency above.")
@in_format
def add(code: str, name: str, name_en: str, level: str, parent: str | None, format: str) -> None:
    """登记执法机关。 Enter an agency, at the top or below another.

    \b
    例 Example:
        enforcement agency add BC-01 某街道办事处 --parent BC
    """
    with opened():
        above = agency_named(parent) if parent else None
        agency = accounts.create_agency(
            ACTOR, utc_now(), code=code, name_zh=name, name_en=name_en, level=level, parent=above
        )
        done(f"已登记执法机关 {agency.code}", f"agency {agency.code} entered", format, **_row(agency))


@command.command("list")
@in_format
def list_command(format: str) -> None:
    """列出执法机关。 List the agencies as a tree."""
    with opened():
        rows = [_row(agency) for agency in Agency.select().order_by(Agency.path)]
        for row in rows:
            row["tree"] = "  " * (row["path"].count("/") - 2) + row["code"]
        if format == "json":
            rows = [{name: value for name, value in row.items() if name != "tree"} for row in rows]
        show(rows, COLUMNS, format)


def _row(agency: Agency) -> dict[str, Any]:
    return {
        "code": agency.code,
        "name_zh": agency.name_zh,
        "name_en": agency.name_en,
        "level": agency.level,
        "path": agency.path,
    }
