"""``enforcement sweep``: the daily sweep, now; or, with ``--preview``, what it would change.

A sweep on the same day a second time finds nothing to do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any

import click

from enforcement.commandline import ACTOR
from enforcement.commandline import DAY
from enforcement.commandline import done
from enforcement.commandline import in_format
from enforcement.commandline import opened
from enforcement.commandline import show
from enforcement.commandline import show_json
from enforcement.models import Case
from enforcement.sweeps import operations
from enforcement.sweeps import sweeping
from enforcement.sweeps.bulk import Plan
from enforcement.times import today
from enforcement.times import utc_now
from rules.facts import Text
from rules.rulebook import default_rulebook

#: Rows of a preview that are shown as a table; JSON has all of them.
LONGEST_TABLE = 50
COLUMNS = {
    "number": Text("案号", "Number"),
    "kind": Text("类别", "Kind"),
    "rule": Text("规则", "Rule"),
    "title": Text("要求", "Requirement"),
}


@click.command()
@click.option("--day", type=DAY, metavar="DATE", help="按该日判断，默认今天。 Judge by this day; today by default.")
@click.option("--preview", is_flag=True, help="只显示会有什么变化，不保存。 Show what would change; store nothing.")
@in_format
def command(day: date | None, preview: bool, format: str) -> None:
    """立即巡查：到期未办的转为逾期。 Sweep now: what was due and is not done becomes overdue.

    \b
    例 Example:
        enforcement sweep
        enforcement sweep --preview --day 2026-12-31
    """
    with opened():
        if preview:
            _preview(sweeping.preview(day or today()), day or today(), format)
        else:
            _sweep(day, format)


def _sweep(day: date | None, format: str) -> None:
    with _progress() as progress:
        run = operations.run_now(ACTOR, utc_now(), day, progress)
    outcome: dict[str, Any] = run.outcome
    done(
        "已巡查 {day}：复核 {cases} 件，新逾期 {overdue}，新增 {opened}，变化 {changed}，消除 {closed}".format(
            **outcome
        ),
        "Swept {day}: {cases} cases, {overdue} newly overdue, {opened} opened, {changed} changed, {closed} closed".format(
            **outcome
        ),
        format,
        slot=run.slot,
        **outcome,
    )


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal."""
    if not sys.stderr.isatty():
        yield lambda finished, total: None
        return
    with click.progressbar(length=0, label="巡查 / Sweeping", file=sys.stderr) as bar:

        def show_progress(finished: int, total: int) -> None:
            bar.length = total
            bar.update(finished - bar.pos)

        yield show_progress


def _preview(plans: list[Plan], day: date, format: str) -> None:
    totals = {name: sum(plan.counts[name] for plan in plans) for name in operations.COUNTS}
    rows = _overdue(plans)
    if format == "json":
        show_json({"day": day, **totals, "newly_overdue": list(rows)})
        return
    shown = list(islice(rows, LONGEST_TABLE))
    if shown:
        show(shown, COLUMNS, format, "将逾期 / Would become overdue")
    if totals["overdue"] > len(shown):
        click.echo(f"另有 {totals['overdue'] - len(shown)} 项 / {totals['overdue'] - len(shown)} more")
    click.echo(
        f"{day}：将复核 {totals['cases']} 件，新逾期 {totals['overdue']}；未保存 / "
        f"{totals['cases']} cases would be judged, {totals['overdue']} newly overdue; nothing was stored"
    )


def _overdue(plans: list[Plan]) -> Iterator[dict[str, Any]]:
    rules = default_rulebook().rules
    for plan in plans:
        ids = {case_id for case_id, _ in plan.overdue}
        cases = {case.id: case for case in Case.select(Case.id, Case.number, Case.kind).where(Case.id.in_(list(ids)))}
        for case_id, rule in plan.overdue:
            case = cases[case_id]
            yield {"number": case.number, "kind": case.kind, "rule": rule, "title": rules[rule].newest.title.zh}
