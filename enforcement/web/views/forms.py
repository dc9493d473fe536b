"""Recording a case and changing it: one form for each kind, made from the facts' declaration, with a check while it is filled in.

The form is sent as a whole, also by a browser without JavaScript. A button "check" shows what the law says of it and stores
nothing; with JavaScript the panel beside the form does that by itself. Facts are refused for being malformed, never for being
unlawful.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import NotFound

from enforcement import lawbook
from enforcement.accounts.queries import may_see
from enforcement.api.context import now
from enforcement.api.context import today
from enforcement.cases import operations
from enforcement.cases import queries
from enforcement.cases.choices import agencies_of
from enforcement.cases.choices import officers_of
from enforcement.cases.history import facts_at
from enforcement.cases.projection import decode
from enforcement.cases.projection import plain
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.errors import Stale
from enforcement.findings.queries import is_flagged
from enforcement.guidance.codes import code_verdict
from enforcement.guidance.procedure import BY_ID
from enforcement.guidance.procedure import PATHS
from enforcement.guidance.procedure import Path
from enforcement.guidance.procedure import shown_first
from enforcement.guidance.steps import wanted_facts
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.web.casework import fields
from enforcement.web.casework import reading
from enforcement.web.casework.panel import Panel
from enforcement.web.casework.panel import panel
from enforcement.web.casework.stale import Difference
from enforcement.web.casework.stale import compared
from enforcement.web.casework.stale import merged
from enforcement.web.rendering import name as agency_name
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import language
from enforcement.web.session import notify
from enforcement.web.session import page
from rules.facts import KINDS
from rules.law import Law

blp = Blueprint("forms", __name__)


@blp.get("/cases/new")
@page("case.record")
def choose() -> str:
    """Ask which kind of case it is."""
    return render("forms/choose.html", paths=PATHS)


@blp.get("/cases/new/<path_id>")
@page("case.record")
def new(path_id: str) -> str:
    """Show the empty form of one way a case can go, with what is known already."""
    path = _path(path_id)
    typed: reading.Typed = {**path.chosen_by, "agency": actor().agency.code}
    return _form(path.kind, typed, {}, title=path.label.of(language()), address=url_for(".new", path_id=path_id))


@blp.post("/cases/new/<path_id>")
@page("case.record")
def record(path_id: str) -> ResponseReturnValue:
    """Record the case, or show the form again with what the law says or what is wrong with it."""
    path = _path(path_id)
    typed = reading.read(path.kind, request.form)
    shown: dict[str, Any] = {"title": path.label.of(language()), "address": url_for(".new", path_id=path_id)}
    if request.form.get("do") == "check":
        return _form(path.kind, typed, {}, **shown)
    facts, errors = reading.loaded(path.kind, typed, language())
    if errors:
        return _form(path.kind, typed, errors, **shown), 422
    try:
        case = operations.record(actor(), path.kind, facts, now())
    except (Invalid, Conflict) as error:
        return _form(path.kind, typed, _refusal(error), **shown), 422
    return _saved(case, _("案件已登记"))


@blp.get("/cases/<public_id>/edit")
@page("case.change")
def edit(public_id: str) -> str:
    """Show the form with the facts of a case."""
    case = queries.get(actor(), public_id)
    return _edit_form(case, _facts(case), {}, case.version)


@blp.post("/cases/<public_id>/edit")
@page("case.change")
def change(public_id: str) -> ResponseReturnValue:
    """Store what was changed since the version that the form was filled in from."""
    case = queries.get(actor(), public_id)
    version = request.form.get("version", 0, int)
    typed = reading.read(case.kind, request.form)
    if request.form.get("do") == "check":
        return _edit_form(case, typed, {}, version)
    facts, errors = reading.loaded(case.kind, typed, language())
    if errors:
        return _edit_form(case, typed, errors, version), 422
    before = facts_at(case, version)
    try:
        changed = operations.change(actor(), public_id, version, reading.changes(before, facts), now())
    except Stale:
        return _stale_form(queries.get(actor(), public_id), before, facts), 409
    except (Invalid, Conflict) as error:
        return _edit_form(case, typed, _refusal(error), version), 422
    return _saved(changed, _("更改已保存"))


@blp.post("/cases/live/<kind>")
@page("case.check")
def live(kind: str) -> str:
    """Check a form as it stands and give the panel; nothing is stored."""
    if kind not in KINDS:
        raise NotFound
    typed = reading.read(kind, request.form)
    return render("forms/_panel.html", panel=_panel(kind, typed))


@blp.post("/cases/code")
@page("case.check")
def code() -> str:
    """Judge the code of a party as it stands in a form."""
    shown, kind = request.form.get("party_code", ""), request.form.get("party_kind", "")
    return render("forms/_code.html", verdict=code_verdict(shown, kind, _law(None), today(), language()))


def _path(path_id: str) -> Path:
    if path_id not in BY_ID:
        raise NotFound
    return BY_ID[path_id]


def _facts(case: Case) -> dict[str, Any]:
    return plain(decode(case.kind, case.facts))


def _refusal(error: Invalid | Conflict) -> reading.Errors:
    """The faults of a refusal; what contradicts another case does so by its number."""
    if isinstance(error, Invalid):
        return {name: list(messages) for name, messages in error.errors.items()}
    return {"number": [error.of(language())]}


def _saved(case: Case, done: str) -> ResponseReturnValue:
    """Lead to the case, saying what was done and how much is wrong."""
    notify("done", done)
    wrong = case.findings.where(is_flagged(), Finding.closed_at.is_null()).count()
    if wrong:
        notify("warning", ngettext("有 %(num)s 项问题需要处理", "有 %(num)s 项问题需要处理", wrong))
    return redirect(url_for("web.cases.show", public_id=case.public_id), 303)


def _edit_form(
    case: Case, typed: reading.Typed, errors: reading.Errors, version: int, differences: Sequence[Difference] = ()
) -> str:
    return _form(
        case.kind,
        typed,
        errors,
        title=_("变更：%(number)s", number=case.number or case.public_id),
        address=url_for(".edit", public_id=case.public_id),
        case=case,
        version=version,
        differences=differences,
    )


def _stale_form(case: Case, before: dict[str, Any], mine: dict[str, Any]) -> str:
    """Both versions side by side, and below the form with both people's changes in it."""
    theirs = _facts(case)
    differences = compared(case.kind, before, theirs, mine, language())
    return _edit_form(case, merged(before, theirs, mine), {}, case.version, differences)


def _form(kind: str, typed: reading.Typed, errors: reading.Errors, **shown: Any) -> str:
    """Show the form of a kind with what was typed, its faults, and the panel."""
    checked = _panel(kind, typed)
    subject, _left_out = reading.usable(kind, typed, language())
    wanted = wanted_facts(kind, checked.advice, (fact.id for fact in checked.missing))
    placed = fields.placed(kind, errors)
    agencies = [(agency.code, agency_name(agency)) for agency in agencies_of(actor())]
    first = shown_first(kind, subject, wanted)
    context: dict[str, Any] = {"case": None, "version": None, "differences": (), **shown}
    return render(
        "forms/form.html",
        kind=kind,
        groups=fields.groups(kind, typed, first, placed, agencies, language()),
        panel=checked,
        officers=officers_of(actor()),
        errors=placed,
        fault_labels=fields.fault_labels(kind, placed, language()),
        verdict=code_verdict(
            str(typed.get("party_code", "")), str(typed.get("party_kind", "")), _law(None), today(), language()
        ),
        **context,
    )


def _panel(kind: str, typed: reading.Typed) -> Panel:
    case, left_out = reading.usable(kind, typed, language())
    return panel(kind, case, _law(typed.get("agency")), today(), language(), left_out)


def _law(code: Any) -> Law:
    """The law of the named agency where the person may see it, else of their own."""
    named = Agency.get_or_none(Agency.code == code) if code else None
    return lawbook.law_for(named if named is not None and may_see(actor(), named) else actor().agency)
