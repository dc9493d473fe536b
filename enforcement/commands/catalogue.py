"""``enforcement catalogue``: the office's own catalogue of major decisions that need legal review."""

from __future__ import annotations

from typing import Any

import click

from enforcement.commandline import ACTOR
from enforcement.commandline import Unusable
from enforcement.commandline import agency_named
from enforcement.commandline import done
from enforcement.commandline import existing_file
from enforcement.commandline import in_format
from enforcement.commandline import opened
from enforcement.commandline import show
from enforcement.models import CatalogueEntry
from enforcement.parameters.operations import add_entries
from enforcement.parameters.queries import entries
from enforcement.times import utc_now
from rules.facts import Text
from rules.law import load_profile
from rules.parameters.reading import read_yaml

COLUMNS = {
    "code": Text("编号", "Code"),
    "zh": Text("事项", "Decision"),
    "act": Text("类别", "Act"),
    "types": Text("种类", "Types"),
    "individual_from": Text("个人自", "Individual from"),
    "organisation_from": Text("单位自", "Organisation from"),
    "from": Text("自", "From"),
    "until": Text("至", "Until"),
}


@click.group()
def command() -> None:
    """重大执法决定法制审核目录。 The catalogue of major decisions to be reviewed.

    \b
    例 Example:
        enforcement catalogue add 审核目录.yaml --agency BC-01
    """


@command.command()
@click.argument("file")
@click.option(
    "--agency", required=True, metavar="CODE", help="机关代码，适用于其下级。 For this agency and those below."
)
@in_format
def add(file: str, agency: str, format: str) -> None:
    """从 YAML 或 JSON 文件登记目录条目；编号和起始日相同的予以更新。 Enter the entries of a file, all or none.

    \b
    例 Example:
        enforcement catalogue add 审核目录.yaml --agency BC-01
    文件 File:
        - code: CF-1
          zh: 对公民罚款五千元以上、对单位罚款五万元以上
          en: Fines from 5,000 yuan on individuals, 50,000 yuan on organisations
          act: penalty
          from: 2023-01-01
          amount_of: fine
          individual_from: 5000
          organisation_from: 50000
    """
    faults: list[str] = []
    raw = read_yaml(existing_file(file), faults)
    if faults:
        raise Unusable(f"{file}: {'; '.join(faults)}")
    with opened() as settings:
        entered = add_entries(ACTOR, utc_now(), load_profile(settings.profile), agency=agency_named(agency), raw=raw)
        done(
            f"新增 {entered.added} 条，更新 {entered.replaced} 条，无变化 {entered.unchanged} 条",
            f"added {entered.added}, replaced {entered.replaced}, unchanged {entered.unchanged}",
            format,
            **entered._asdict(),
        )


@command.command("list")
@click.option("--agency", required=True, metavar="CODE", help="机关代码。 Code of the agency.")
@in_format
def list_command(agency: str, format: str) -> None:
    """列出目录条目。 List the entries of an agency's catalogue."""
    with opened():
        rows = [_row(row) for row in entries(agency_named(agency))]
        if format == "table":
            rows = [{**row, "types": "、".join(row.get("types", ()))} for row in rows]
        show(rows, COLUMNS, format)


def _row(row: CatalogueEntry) -> dict[str, Any]:
    return dict(row.entry)
