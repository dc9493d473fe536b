"""The agencies as a tree, and entering one below another."""

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
from enforcement.errors import Invalid
from enforcement.models.accounts import LEVELS
from enforcement.web import choosing
from enforcement.web import labels
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import notify
from enforcement.web.session import page
from enforcement.web.views.admin.filling import Filled
from enforcement.web.views.admin.topics import blp


@blp.get("/admin/agencies")
@page("account.manage")
def agencies() -> str:
    """Show the tree and the form for another agency."""
    return _page({})


@blp.post("/admin/agencies")
@page("account.manage")
def add_agency() -> ResponseReturnValue:
    """Enter an agency below another."""
    form = Filled()
    try:
        parent = form.agency(actor(), "parent")
        form.refuse()
        values = {name: form.text(name) for name in ("code", "name_zh", "name_en", "level")}
        entered = operations.create_agency(actor(), now(), parent=parent, **values)
    except Invalid as error:
        return _page(error.errors), 422
    notify("done", _("已登记执法机关：%(name)s", name=entered.name_zh))
    return redirect(url_for(".agencies"), 303)


def _page(errors: Mapping[str, Any]) -> str:
    rows = lists.agencies(actor())
    return render(
        "admin/agencies.html",
        rows=rows,
        depths={row.id: row.path.count("/") - actor().agency.path.count("/") for row in rows},
        people=lists.people_in(actor()),
        parents=choosing.agencies(rows),
        levels=choosing.words(labels.LEVELS, LEVELS),
        errors=errors,
        form=request.form,
    )
