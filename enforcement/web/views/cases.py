"""The list of cases, what it shows as a workbook, and the page of one case.

Every filter stands in the address, so that a list can be kept, sent to a colleague and exported as it is shown::

    /cases?kind=penalty&flagged=1&from=2026-01-01&q=占道
"""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint
from flask import Response
from flask import request
from flask import send_file
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from enforcement.api.context import today
from enforcement.cases import queries
from enforcement.cases.choices import agencies_of
from enforcement.errors import Invalid
from enforcement.exchange.listing import write_list
from enforcement.models.finding import STATES
from enforcement.reviews.queries import waiting_for
from enforcement.web import asking
from enforcement.web import labels
from enforcement.web.casework.dossier import dossier
from enforcement.web.rendering import name
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import language
from enforcement.web.session import page
from enforcement.web.trail import described
from rules.facts import KINDS
from rules.rulebook import default_rulebook

blp = Blueprint("cases", __name__)

SORTS = frozenset(name for column in queries.SORTS for name in (column, f"-{column}"))
PAGE_SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blp.get("/cases")
@page("case.read")
def index() -> ResponseReturnValue:
    """Show a page of the cases that the filters leave."""
    filters, sort = _filters(), _sort()
    try:
        found = queries.page(actor(), sort=sort, page=asking.page(), page_size=PAGE_SIZE, **filters)
    except Invalid as error:
        return _list(queries.Page([], 0, 1, PAGE_SIZE), filters, sort, error.errors), 422
    return _list(found, filters, sort, {})


def _list(found: queries.Page, filters: dict[str, Any], sort: str, errors: dict[str, Any]) -> str:
    return render(
        "cases/index.html",
        found=found,
        due=queries.nearest_due(found.items),
        export=_export_address(),
        filters=filters,
        filtered=any(value is not None for value in filters.values()),
        sort=sort,
        errors=errors,
        **_choices(),
    )


def _export_address() -> str:
    """The address of the workbook with the filters of this page."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in ("page", "lang")]
    return f"{url_for('.export')}?{urlencode(kept)}"


def _choices() -> dict[str, list[tuple[str, str]]]:
    """What each filter may be, headed by "all"."""
    every = [("", _("全部"))]
    spoken = language()
    rules = default_rulebook().rules.values()
    return {
        "kinds": every + [(kind, label.of(spoken)) for kind, label in labels.KINDS.items()],
        "states": every + [(state, label.of(spoken)) for state, label in labels.STATES.items() if state in STATES],
        "agencies": every + [(agency.code, name(agency)) for agency in agencies_of(actor())],
        "rules": every + [(rule.id, f"{rule.id} {rule.newest.title.of(spoken)}") for rule in rules],
    }


@blp.get("/cases/export.xlsx")
@page("case.read")
def export() -> Response:
    """Give the cases that the filters leave as a workbook."""
    file = TemporaryFile()
    write_list(queries.each(actor(), sort=_sort(), **_filters()), language(), file)
    file.seek(0)
    return send_file(file, XLSX, as_attachment=True, download_name=f"cases-{today():%Y%m%d}.xlsx")


@blp.get("/cases/<public_id>")
@page("case.read")
def show(public_id: str) -> str:
    """Show a case; ``print=1`` unfolds everything for paper."""
    case = queries.get(actor(), public_id)
    held = dossier(case, today(), language())
    return render(
        "cases/show.html",
        held=held,
        case=case,
        waiting=waiting_for(case),
        entries=[described(entry, case.kind, language()) for entry in held.trail],
        unfolded=request.args.get("print") == "1",
        errors={},
    )


def _filters() -> dict[str, Any]:
    return {
        "kind": asking.choice("kind", KINDS),
        "q": asking.text("q"),
        "state": asking.choice("state", STATES),
        "agency": asking.text("agency"),
        "field": asking.text("field"),
        "rule": asking.choice("rule", default_rulebook().rules),
        "from_": asking.day("from"),
        "to": asking.day("to"),
        "flagged": asking.flag("flagged"),
    }


def _sort() -> str:
    return asking.choice("sort", SORTS) or queries.DEFAULT_SORT
