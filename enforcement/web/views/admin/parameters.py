"""Parameters: every number of the law as it holds for an agency, and entering what only the office knows.

A value is entered with the day it holds from, its source, and whether somebody has read it in the norm itself. A value for a
day that has one already replaces it; the audit keeps both, and the page of the parameter shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from enforcement import lawbook
from enforcement.accounts import lists
from enforcement.api.context import now
from enforcement.api.context import today
from enforcement.audit import queries as audit
from enforcement.errors import Invalid
from enforcement.findings import queries as findings
from enforcement.models import Agency
from enforcement.parameters import operations
from enforcement.parameters import queries
from enforcement.web import asking
from enforcement.web import choosing
from enforcement.web import numbers
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import notify
from enforcement.web.session import page
from enforcement.web.views.admin.filling import Filled
from enforcement.web.views.admin.topics import blp
from rules.facts import Text
from rules.law import Parameter

#: What to write for each unit.
HINTS: dict[str, Text] = {
    "yuan": Text("金额，单位元，例如 5000", "An amount in yuan, such as 5000"),
    "rate": Text("比率，例如 0.03 表示 3%", "A rate: 0.03 is 3 %"),
    "clock": Text("时刻，例如 22:00", "A time, such as 22:00"),
    "list": Text("多项用逗号分隔", "Items with commas between them"),
    "text": Text("文字", "Text"),
}
WHOLE = Text("非负整数", "A whole number")
#: Parameters of which nobody knows a value, whose value nobody has confirmed, or has not looked at for a year.
SHOWS = ("unset", "unconfirmed", "stale", "entered", "all")
#: A value is to be looked at again after so long.
STALE = timedelta(days=365)


@blp.get("/admin/parameters")
@page("parameter.change")
def parameters() -> str:
    """List the parameters as they hold for an agency today."""
    agency = _agency()
    show = asking.choice("show", SHOWS) or "all"
    rows = queries.effective(agency, today())
    waiting = dict(findings.by_parameter(actor()))
    return render(
        "admin/parameters.html",
        rows=[row for row in rows if _wanted(row, show)],
        show=show,
        counts={name: sum(_wanted(row, name) for row in rows) for name in SHOWS},
        agency=agency,
        agencies=choosing.agencies(lists.agencies(actor())),
        waiting=waiting,
        is_stale=_is_stale,
        shown=numbers.shown,
        half=numbers.half,
    )


@blp.get("/admin/parameters/<name>")
@page("parameter.change")
def parameter(name: str) -> str:
    """Show a parameter's line in time, what offices entered, and the form for another value."""
    return _page(_known(name), _agency(), {"from": "", "agency": _agency().code}, {})


@blp.post("/admin/parameters/<name>")
@page("parameter.change")
def set_parameter(name: str) -> ResponseReturnValue:
    """Enter a dated value."""
    known = _known(name)
    form = Filled()
    try:
        agency = form.agency(actor())
        from_, until = form.day("from"), form.day("until")
        form.unless(from_ is not None or "from" in form.errors, "from", "请填写起始日", "give the first day")
        _enter(form, known, agency, from_, until)
    except Invalid as error:
        return _page(known, _agency(), request.form, error.errors), 422
    notify("done", _("已登记新的值。等待它的案件在下次巡查时得到判断；其他案件请在“巡查”页重新判断"))
    return redirect(url_for(".parameter", name=name, agency=form.text("agency")), 303)


def _enter(form: Filled, known: Parameter, agency: Agency | None, from_: Any, until: Any) -> None:
    """Enter the value, or raise Invalid with the faults of the form and those of the value at once."""
    faults = dict(form.errors)
    confirmed = form.ticked("confirmed")
    try:
        if faults:
            operations.check_value(known, form.text("value"), form.text("source"))
        else:
            operations.set_value(
                actor(),
                now(),
                lawbook.law_for(actor().agency).profile,
                name=known.name,
                raw=form.text("value"),
                from_=from_,
                until=until,
                source=form.text("source"),
                agency=agency,
                confirmed=confirmed,
                checked_on=today() if confirmed else None,
            )
    except Invalid as error:
        faults |= error.errors
    if faults:
        raise Invalid(faults)


def _agency() -> Agency:
    """The agency asked for, else the person's own."""
    code = request.values.get("agency", "")
    return next((row for row in lists.agencies(actor()) if row.code == code), actor().agency)


def _known(name: str) -> Parameter:
    found = lawbook.law_for(actor().agency).profile.parameters.get(name)
    if found is None or found.unit == "catalogue":
        raise NotFound
    return found


def _wanted(row: queries.Effective, show: str) -> bool:
    """What ended belongs to older cases only, and is shown with everything."""
    if show == "unset":
        return row.value is None and not row.ended
    if show == "unconfirmed":
        return row.value is not None and not row.confirmed
    if show == "stale":
        return _is_stale(row)
    return row.entered if show == "entered" else True


def _is_stale(row: queries.Effective) -> bool:
    """A value that nobody has looked at for a year, or ever; a catalogue has no such day."""
    if row.value is None or row.unit == "catalogue":
        return False
    return row.checked_on is None or row.checked_on + STALE < today()


def _page(known: Parameter, agency: Agency, form: Mapping[str, Any], errors: Mapping[str, Any]) -> str:
    rows = lists.agencies(actor())
    entered = queries.entered_values(known.name, rows)
    return render(
        "admin/parameter.html",
        parameter=known,
        label=Text(known.zh, known.en),
        values=queries.line(agency, known.name),
        entered=entered,
        changes=[entry for row in entered for entry in audit.entries_for("parameter", row.public_id)],
        hint=HINTS.get(known.unit, WHOLE),
        note=numbers.half(known.note),
        agency=agency,
        agencies=choosing.agencies(rows),
        shown=numbers.shown,
        form=form,
        errors=errors,
        day=today(),
    )
