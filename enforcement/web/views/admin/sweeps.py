"""Sweeps: the ledger of scheduled work and a sweep on demand; and the years that the calendar knows."""

from __future__ import annotations

from typing import Any

from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from enforcement import lawbook
from enforcement.api.context import now
from enforcement.api.context import today
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.models import SweepRun
from enforcement.sweeps import ledger
from enforcement.sweeps import operations
from enforcement.sweeps import queries
from enforcement.sweeps.rechecking import recheck_now
from enforcement.web import asking
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import language
from enforcement.web.session import notify
from enforcement.web.session import page
from enforcement.web.views.admin.topics import blp
from rules.calendar import Calendar
from rules.facts import Text

JOBS: dict[str, Text] = {
    "sweep": Text("巡查", "Sweep"),
    "digest": Text("每日提醒", "Daily digest"),
    "summary": Text("每周汇总", "Weekly summary"),
    "recheck": Text("全部重新判断", "Recheck of all"),
}
#: What a sweep counts, and whose mails were entered.
COUNTS: dict[str, Text] = {
    "cases": Text("重新判断案件", "Cases judged again"),
    "overdue": Text("新逾期", "Newly overdue"),
    "opened": Text("新问题", "Opened"),
    "changed": Text("变化", "Changed"),
    "closed": Text("消除", "Closed"),
    "mails": Text("邮件", "Mails"),
    "skipped": Text("未运行", "Not run"),
}


@blp.get("/admin/sweeps")
@page("sweep.read")
def sweeps() -> str:
    """Show the ledger, newest first."""
    job = asking.choice("job", JOBS)
    return render(
        "admin/sweeps.html",
        found=queries.page(job, page=asking.page()),
        job=job,
        jobs=JOBS,
        told=_told,
        manual=ledger.MANUAL,
        running=ledger.running("sweep"),
        rechecking=ledger.running("recheck"),
        now=now(),
    )


@blp.post("/admin/sweeps")
@page("sweep.run")
def run_sweep() -> ResponseReturnValue:
    """Sweep now, by today."""
    try:
        run = operations.run_now(actor(), now())
    except Conflict as error:
        notify("warning", error.of(language()))
        return redirect(url_for(".sweeps"), 303)
    except Invalid as error:
        notify("warning", "；".join(message for messages in error.errors.values() for message in messages))
        return redirect(url_for(".sweeps"), 303)
    cases = (run.outcome or {}).get("cases", 0)
    notify("done", ngettext("巡查完成，重新判断 %(num)s 件案件", "巡查完成，重新判断 %(num)s 件案件", cases))
    return redirect(url_for(".sweeps"), 303)


@blp.post("/admin/recheck")
@page("sweep.run")
def recheck() -> ResponseReturnValue:
    """Judge every open case again, now."""
    try:
        outcome = recheck_now(actor(), now()).outcome or {}
    except Conflict as error:
        notify("warning", error.of(language()))
        return redirect(url_for(".sweeps"), 303)
    changes = sum(outcome.get(name, 0) for name in ("opened", "changed", "closed"))
    notify(
        "done",
        _("已重新判断 %(cases)s 件案件，%(changes)s 项问题有变化", cases=outcome.get("cases", 0), changes=changes),
    )
    return redirect(url_for(".sweeps"), 303)


@blp.get("/admin/calendar")
@page("parameter.read")
def calendar() -> str:
    """Show the years that are known, and one of them day by day."""
    known = lawbook.calendar()
    asked = request.args.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in known.years else known.years[-1]
    return render(
        "admin/calendar.html",
        years=list(reversed(known.years)),
        year=year,
        decree=known.decrees[known.years.index(year)],
        totals=_totals(known),
        day=today(),
        ends=known.last,
    )


def _totals(known: Calendar) -> dict[int, tuple[int, int, int]]:
    """Statutory days, other days of rest, and working weekends of each year."""
    return {decree.year: (len(decree.statutory), len(decree.rest), len(decree.work)) for decree in known.decrees}


def _told(run: SweepRun) -> list[tuple[str, Any]]:
    """What a run did, in words; what was counted and is none is left out."""
    outcome = run.outcome if isinstance(run.outcome, dict) else {}
    return [(label.of(language()), outcome[name]) for name, label in COUNTS.items() if outcome.get(name)]
