"""``enforcement recheck``: judge the open cases again, after a value of the law, the catalogue or the profile changed.

Running it twice changes nothing the second time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from typing import Any

import click
import peewee

from enforcement import lawbook
from enforcement.commandline import DAY
from enforcement.commandline import done
from enforcement.commandline import in_format
from enforcement.commandline import opened
from enforcement.db import operation
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.sweeps.bulk import settle_cases
from enforcement.times import today
from enforcement.times import utc_now

#: Cases settled in one transaction.
CHUNK = 200


@click.command()
@click.option("--profile", metavar="NAME", help="改用该参数集判断：名称或 YAML 文件。 Judge by this profile instead.")
@click.option(
    "--day", type=DAY, metavar="DATE", help="按该日判断，默认今天。 Judge at the end of this day; today by default."
)
@click.option(
    "--all", "everything", is_flag=True, help="连同已结案且没有问题的案件。 Closed cases without findings too."
)
@in_format
def command(profile: str | None, day: date | None, everything: bool, format: str) -> None:
    """重新判断全部未结案件。 Judge every open case again.

    \b
    例 Example:
        enforcement recheck
        enforcement recheck --profile 本区参数.yaml
    """
    with opened() as settings:
        if profile is not None:
            lawbook.configure(profile, [settings.calendar] if settings.calendar else [])
        counts = _recheck(_case_ids(everything), day or today(), utc_now())
    done(
        f"已重新判断 {counts['cases']} 件：新增问题 {counts['opened']}，变化 {counts['changed']}，消除 {counts['closed']}",
        f"{counts['cases']} cases: findings opened {counts['opened']}, changed {counts['changed']}, closed {counts['closed']}",
        format,
        **counts,
    )


def _case_ids(everything: bool) -> list[int]:
    """Cases that are not closed, or have an open finding."""
    query = Case.select(Case.id).order_by(Case.id)
    if not everything:
        open_findings = Finding.select(Finding.case).where(Finding.case == Case.id, Finding.closed_at.is_null())
        query = query.where(Case.closed_on.is_null() | peewee.fn.EXISTS(open_findings))
    ids: Any = query.tuples()
    return [case_id for (case_id,) in ids]


def _recheck(case_ids: list[int], day: date, now: datetime) -> dict[str, int]:
    counts = dict.fromkeys(("cases", "opened", "changed", "closed"), 0)
    settle = operation(settle_cases)
    for chunk in _chunks(case_ids):
        settled = settle(chunk, day, now).counts
        counts = {name: count + settled[name] for name, count in counts.items()}
    return counts


def _chunks(case_ids: list[int]) -> Iterator[list[int]]:
    chunks: Any = [case_ids[start : start + CHUNK] for start in range(0, len(case_ids), CHUNK)]
    if not sys.stderr.isatty():
        yield from chunks
        return
    with click.progressbar(chunks, label="重新判断 / Rechecking", file=sys.stderr) as bar:
        yield from bar
