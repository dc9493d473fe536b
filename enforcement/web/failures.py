"""What a person sees when something cannot be shown or done: a page in their language, never a trace.

The API keeps its problems: only what happens on a page, and an address that nobody knows outside ``/api``, is answered here. The
meanings have the statuses that they have in the API.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import peewee
from flask import Blueprint
from flask import Flask
from flask import make_response
from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from playhouse.pool import MaxConnectionsExceeded
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.exceptions import NotFound

from enforcement import errors
from enforcement.api import problems
from enforcement.api.logs import request_id
from enforcement.db import connected
from enforcement.db import is_conflict
from enforcement.web import session
from enforcement.web.rendering import render

#: Addresses that programs ask; they are answered with problems.
PROGRAMS = ("/api/", "/healthz", "/readyz", "/metrics")


def init_app(app: Flask, web: Blueprint) -> None:
    """Answer the errors of the pages."""
    web.register_error_handler(HTTPException, http)
    web.register_error_handler(errors.Refused, refused)
    web.register_error_handler(peewee.PeeweeException, database)
    web.register_error_handler(MaxConnectionsExceeded, busy)
    api: Callable[[HTTPException], ResponseReturnValue] = app.error_handler_spec[None][None][HTTPException]  # type: ignore[assignment]
    for kind in (NotFound, MethodNotAllowed):
        app.register_error_handler(kind, lambda error: _unknown_address(error, api))


def error_page(status: int, detail: str, headers: Any = ()) -> ResponseReturnValue:
    """A page that says what went wrong and what to do."""
    title = problems.TITLES.get(status)
    heading = title.of(session.language()) if title else _("出错了")
    page = render("errors/error.html", heading=heading, detail=detail, id=request_id())
    answer = make_response(page, status, headers)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def http(error: HTTPException) -> ResponseReturnValue:
    """An error of HTTP, with the headers of its status."""
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()
    known = problems.DETAILS.get(status)
    detail = known.of(session.language()) if known else str(error.description or error.name)
    return error_page(status, detail, [pair for pair in error.get_headers() if pair[0].lower() != "content-type"])


def refused(error: errors.Refused) -> ResponseReturnValue:
    """What a feature refused and the view did not explain at its form."""
    status = next((status for kind, status in problems.STATUSES if isinstance(error, kind)), 400)
    return error_page(status, error.of(session.language()))


def database(error: peewee.PeeweeException) -> ResponseReturnValue:
    """A database that is away; anything else of it is a fault of ours."""
    if isinstance(error, peewee.OperationalError | peewee.InterfaceError) or is_conflict(error):
        return busy(error)
    raise error


def busy(_error: Exception) -> ResponseReturnValue:
    """The database cannot be used right now."""
    return error_page(503, problems.DETAILS[503].of(session.language()), {"Retry-After": problems.RETRY_AFTER})


def _unknown_address(error: HTTPException, api: Callable[[HTTPException], ResponseReturnValue]) -> ResponseReturnValue:
    if request.blueprint != "web" and request.path.startswith(PROGRAMS):
        return api(error)
    with connected():
        session.identify()
        return http(error)
