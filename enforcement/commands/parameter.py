"""``enforcement parameter``: the numbers of the law as they hold for an office, and entering those only it knows."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from enforcement.commandline import ACTOR
from enforcement.commandline import DAY
from enforcement.commandline import Unusable
from enforcement.commandline import agency_named
from enforcement.commandline import done
from enforcement.commandline import in_format
from enforcement.commandline import opened
from enforcement.commandline import show
from enforcement.models import Agency
from enforcement.parameters.operations import set_value
from enforcement.parameters.queries import Effective
from enforcement.parameters.queries import effective
from enforcement.times import today
from enforcement.times import utc_now
from rules.facts import Text
from rules.law import load_profile

COLUMNS = {
    "name": Text("参数", "Parameter"),
    "label": Text("含义", "Meaning"),
    "shown": Text("值", "Value"),
    "from": Text("自", "From"),
    "confirmed": Text("已核实", "Confirmed"),
    "source": Text("依据", "Source"),
}


@click.group()
def command() -> None:
    """法定参数。 The dated numbers of the law.

    \b
    例 Example:
        enforcement parameter list --unset
        enforcement parameter set hearing_fine_individual 5000 --from 2024-01-01 --source 某规定第四条 --confirmed
    """


@command.command("list")
@click.option("--agency", metavar="CODE", help="按该机关适用的值。 As they hold for this agency.")
@click.option("--on", "day", type=DAY, metavar="DATE", help="按该日适用的值，默认今天。 On this day; today by default.")
@click.option("--unset", is_flag=True, help="只列没有值的参数。 Only those without a value.")
@in_format
def list_command(agency: str | None, day: date | None, unset: bool, format: str) -> None:
    """列出参数及其依据。 List the parameters with their sources."""
    with opened():
        found = effective(_agency(agency), day or today())
        show([_row(row) for row in found if not unset or (row.value is None and not row.ended)], COLUMNS, format)


@command.command("set")
@click.argument("name")
@click.argument("value")
@click.option("--from", "from_", type=DAY, required=True, metavar="DATE", help="起始日。 First day.")
@click.option("--until", type=DAY, metavar="DATE", help="最后一日。 Last day.")
@click.option("--source", required=True, help="依据：文件名与条款。 Norm and article.")
@click.option(
    "--agency", metavar="CODE", help="只适用于该机关及其下级，默认全部。 Only for this agency and those below."
)
@click.option("--confirmed", is_flag=True, help="已查阅原文核实。 Somebody has read it in the norm itself.")
@in_format
def set_command(
    name: str,
    value: str,
    from_: date,
    until: date | None,
    source: str,
    agency: str | None,
    confirmed: bool,
    format: str,
) -> None:
    """登记参数的值；列表用逗号分隔。 Enter a dated value; items of a list stand between commas.

    \b
    例 Example:
        enforcement parameter set hearing_fine_individual 5000 --from 2024-01-01 --source 某规定第四条 --confirmed
    """
    with opened() as settings:
        row = set_value(
            ACTOR,
            utc_now(),
            load_profile(settings.profile),
            name=name,
            raw=value,
            from_=from_,
            until=until,
            source=source,
            agency=agency_named(agency) if agency else None,
            confirmed=confirmed,
            checked_on=today() if confirmed else None,
        )
        done(
            f"已登记 {row.name}，自 {row.from_} 起；请运行 enforcement recheck 使案件按新值重新判断",
            f"{row.name} entered from {row.from_}; run enforcement recheck to judge the cases by it",
            format,
            id=row.public_id,
            name=row.name,
            value=row.value,
            until=row.until,
            source=row.source,
            confirmed=row.confirmed,
            agency=agency,
            **{"from": row.from_},
        )


def _agency(code: str | None) -> Agency:
    """The named agency, else the topmost."""
    if code is not None:
        return agency_named(code)
    top: Agency | None = Agency.select().where(Agency.parent.is_null()).order_by(Agency.id).first()
    if top is None:
        raise Unusable("尚未登记执法机关，请先用 enforcement agency add / No agency yet: enforcement agency add")
    return top


def _row(row: Effective) -> dict[str, Any]:
    return {
        "name": row.name,
        "label": row.label.zh,
        "label_en": row.label.en,
        "unit": row.unit,
        "value": row.value,
        "shown": _shown(row),
        "from": row.from_,
        "until": row.until,
        "source": row.source,
        "confirmed": row.confirmed,
        "entered": row.entered,
        "ended": row.ended,
        "note": row.note,
    }


def _shown(row: Effective) -> str:
    if row.value is None:
        return "已失效 ended" if row.ended else "未设定 unset"
    value = "、".join(row.value) if isinstance(row.value, list) else str(row.value)
    return f"{value}（机关登记 entered）" if row.entered else value
