"""The register of officers: certificates, which of them end soon, and keeping them up to date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from enforcement.accounts import lists
from enforcement.accounts import operations
from enforcement.api.context import now
from enforcement.api.context import today
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.models import Officer
from enforcement.web import asking
from enforcement.web import choosing
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import language
from enforcement.web.session import notify
from enforcement.web.session import page
from enforcement.web.views.admin.filling import Filled
from enforcement.web.views.admin.topics import blp
from rules.facts import Text

STATES: dict[str, Text] = {
    "expired": Text("已过期", "Expired"),
    "expiring": Text("60 日内到期", "Ends within 60 days"),
    "valid": Text("有效", "Valid"),
    "future": Text("尚未生效", "Not yet valid"),
    "left": Text("已离岗", "Has left"),
}
TONES = {"expired": "bad", "expiring": "warn", "valid": "good", "future": "info", "left": "plain"}


@blp.get("/admin/officers")
@page("account.manage")
def officers() -> str:
    """List the register, the certificates that end first before the others."""
    state: Any = asking.choice("state", STATES)
    code = asking.text("agency")
    rows = lists.agencies(actor())
    below = next((row for row in rows if row.code == code), None)
    q = asking.text("q") or ""
    return render(
        "admin/officers.html",
        found=lists.officers(actor(), today(), q=q, state=state, below=below, page=asking.page()),
        counts=lists.certificates(actor(), today()),
        state_of=lambda officer: lists.certificate_state(officer, today()),
        states=STATES,
        tones=TONES,
        filters={"q": q, "state": state, "agency": below and below.code},
        agencies=choosing.any_or(choosing.agencies(rows)),
        choices=choosing.any_or(choosing.words(STATES)),
    )


@blp.get("/admin/officers/new")
@page("account.manage")
def new_officer() -> str:
    """Show an empty form."""
    return _form(None, {"agency": actor().agency.code, "active": "1"}, {})


@blp.post("/admin/officers/new")
@page("account.manage")
def add_officer() -> ResponseReturnValue:
    """Enter an officer."""
    form = Filled()
    try:
        values = _values(form)
        form.refuse()
        entered = operations.create_officer(actor(), now(), **values)
    except Invalid as error:
        return _form(None, request.form, error.errors), 422
    except Conflict as error:
        return _form(None, request.form, {"number": [error.of(language())]}), 409
    notify("done", _("已登记执法人员：%(name)s", name=entered.name))
    return redirect(url_for(".officers"), 303)


@blp.get("/admin/officers/<public_id>")
@page("account.manage")
def edit_officer(public_id: str) -> str:
    """Show an officer's form."""
    officer = lists.officer(actor(), public_id)
    return _form(officer, _held(officer), {})


@blp.post("/admin/officers/<public_id>")
@page("account.manage")
def change_officer(public_id: str) -> ResponseReturnValue:
    """Change what is known of an officer."""
    officer = lists.officer(actor(), public_id)
    form = Filled()
    try:
        values = {**_values(form), "active": form.ticked("active")}
        form.refuse()
        changed = operations.update_officer(actor(), officer, values, now())
    except Invalid as error:
        return _form(officer, request.form, error.errors), 422
    except Conflict as error:
        return _form(officer, request.form, {"number": [error.of(language())]}), 409
    notify("done", _("已保存：%(name)s", name=changed.name))
    return redirect(url_for(".officers"), 303)


def _values(form: Filled) -> dict[str, Any]:
    return {
        "agency": form.agency(actor()),
        "number": form.text("number"),
        "name": form.text("name"),
        "valid_from": form.day("valid_from"),
        "valid_until": form.day("valid_until"),
        "first_reviewed_on": form.day("first_reviewed_on"),
        "auxiliary": form.ticked("auxiliary"),
        "legal_qualification": form.ticked("legal_qualification"),
    }


def _held(officer: Officer) -> dict[str, Any]:
    days = ("valid_from", "valid_until", "first_reviewed_on")
    ticks = {name: "1" for name in ("auxiliary", "legal_qualification", "active") if getattr(officer, name)}
    held = {name: day.isoformat() for name in days if (day := getattr(officer, name)) is not None}
    return {"agency": officer.agency.code, "number": officer.number, "name": officer.name, **held, **ticks}


def _form(officer: Officer | None, form: Mapping[str, Any], errors: Mapping[str, Any]) -> str:
    agencies = choosing.agencies(lists.agencies(actor()))
    return render("admin/officer.html", officer=officer, form=form, errors=errors, agencies=agencies)
