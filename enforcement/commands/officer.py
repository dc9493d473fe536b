"""``enforcement officer``: the register of enforcement certificates, which the rules hold every handler against."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from enforcement.accounts import operations as accounts
from enforcement.commandline import ACTOR
from enforcement.commandline import DAY
from enforcement.commandline import Unusable
from enforcement.commandline import agency_named
from enforcement.commandline import done
from enforcement.commandline import existing_file
from enforcement.commandline import in_format
from enforcement.commandline import opened
from enforcement.commandline import show
from enforcement.models import Agency
from enforcement.models import Officer
from enforcement.register.importing import read
from enforcement.register.importing import take_in
from enforcement.times import utc_now
from rules.facts import Text

COLUMNS = {
    "number": Text("执法证号", "Certificate"),
    "name": Text("姓名", "Name"),
    "agency": Text("机关", "Agency"),
    "valid_from": Text("有效期自", "Valid from"),
    "valid_until": Text("有效期至", "Valid until"),
    "auxiliary": Text("辅助人员", "Auxiliary"),
    "legal_qualification": Text("法律职业资格", "Legal qualification"),
    "first_reviewed_on": Text("首次审核", "First review"),
    "active": Text("在岗", "Active"),
}


@click.group()
def command() -> None:
    """执法人员名册。 The register of officers.

    \b
    例 Example:
        enforcement officer add 02000001 李某 --agency BC-01 --valid-until 2028-12-31
        enforcement officer import 执法证.csv
    """


@command.command()
@click.argument("number")
@click.argument("name")
@click.option("--agency", required=True, metavar="CODE", help="所属机关代码。 Code of the agency.")
@click.option("--valid-from", type=DAY, metavar="DATE", help="执法证有效期首日。 First day of the certificate.")
@click.option("--valid-until", type=DAY, metavar="DATE", help="执法证有效期末日。 Last day of the certificate.")
@click.option("--auxiliary", is_flag=True, help="辅助人员，不得执法。 Auxiliary staff, who may not enforce.")
@click.option("--legal-qualification", is_flag=True, help="取得法律职业资格。 Holds the legal qualification.")
@click.option("--first-reviewed-on", type=DAY, metavar="DATE", help="首次从事法制审核日期。 First legal review.")
@in_format
def add(number: str, name: str, agency: str, format: str, **days_and_flags: Any) -> None:
    """登记执法人员。 Enter an officer.

    \b
    例 Example:
        enforcement officer add 02000001 李某 --agency BC-01 --valid-until 2028-12-31
    """
    with opened():
        officer = accounts.create_officer(
            ACTOR, utc_now(), agency=agency_named(agency), number=number, name=name, **days_and_flags
        )
        done(
            f"已登记 {officer.name}（{officer.number}）",
            f"certificate {officer.number} entered",
            format,
            **_row(officer),
        )


@command.command("list")
@click.option("--agency", metavar="CODE", help="只列该机关及其下级。 Only this agency and those below.")
@click.option("--expiring", type=DAY, metavar="DATE", help="只列该日或之前到期的。 Only those that end by this day.")
@in_format
def list_command(agency: str | None, expiring: date | None, format: str) -> None:
    """列出名册。 List the register."""
    with opened():
        query = Officer.select(Officer, Agency).join(Agency).order_by(Agency.path, Officer.number)
        if agency:
            query = query.where(Agency.path.startswith(agency_named(agency).path))
        if expiring:
            query = query.where(Officer.valid_until <= expiring)
        show([_row(officer) for officer in query], COLUMNS, format)


@command.command()
@click.argument("number")
@click.option("--name", help="姓名。 Name.")
@click.option("--agency", metavar="CODE", help="所属机关代码。 Code of the agency.")
@click.option("--valid-from", type=DAY, metavar="DATE", help="有效期首日。 First day of the certificate.")
@click.option("--valid-until", type=DAY, metavar="DATE", help="有效期末日。 Last day of the certificate.")
@click.option("--auxiliary/--no-auxiliary", default=None, help="辅助人员。 Auxiliary staff.")
@click.option(
    "--legal-qualification/--no-legal-qualification", default=None, help="法律职业资格。 Legal qualification."
)
@click.option("--first-reviewed-on", type=DAY, metavar="DATE", help="首次从事法制审核日期。 First legal review.")
@click.option("--active/--inactive", default=None, help="在岗或离岗。 Still here, or gone.")
@in_format
def update(number: str, agency: str | None, format: str, **given: Any) -> None:
    """更正或更新执法人员信息。 Change what is known of an officer.

    \b
    例 Example:
        enforcement officer update 02000001 --valid-until 2030-12-31
    """
    with opened():
        officer = Officer.get_or_none(Officer.number == number)
        if officer is None:
            raise Unusable(f"名册中没有执法证 {number} / No certificate {number} in the register")
        changes = {name: value for name, value in given.items() if value is not None}
        if agency:
            changes["agency"] = agency_named(agency)
        if not changes:
            raise Unusable("没有要更改的内容 / Nothing to change was given")
        fresh = accounts.update_officer(ACTOR, officer, changes, utc_now())
        done(f"已更新 {fresh.name}（{fresh.number}）", f"certificate {fresh.number} updated", format, **_row(fresh))


@command.command("import")
@click.argument("file")
@in_format
def import_command(file: str, format: str) -> None:
    """从 CSV 导入名册：已有证号更新，其余新增；有错则全部不导入。 Import the register from CSV, all or nothing.

    \b
    列 Headings: 执法证号,姓名,机关,有效期自,有效期至,辅助人员,法律职业资格,首次审核日期,在岗
    例 Example:
        enforcement officer import 执法证.csv
    """
    path = existing_file(file)
    with opened():
        taken = take_in(ACTOR, read(path.read_bytes()), utc_now())
        done(
            f"新增 {taken.added}，更新 {taken.changed}，无变化 {taken.unchanged}",
            f"added {taken.added}, changed {taken.changed}, unchanged {taken.unchanged}",
            format,
            **taken._asdict(),
        )


def _row(officer: Officer) -> dict[str, Any]:
    names = [name for name in COLUMNS if name != "agency"]
    return {"id": officer.public_id, "agency": officer.agency.code, **{name: getattr(officer, name) for name in names}}
