"""Putting the application together, in the order in which a request passes through it.

An id and a language, then the caller, then the view; on the way back a problem if there was one, the headers, the counters
and the log line.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import peewee
from flask import Flask
from flask import g
from flask import request
from werkzeug.middleware.proxy_fix import ProxyFix

from enforcement import lawbook
from enforcement.api import auth
from enforcement.api import cases
from enforcement.api import checks
from enforcement.api import description
from enforcement.api import docs
from enforcement.api import findings
from enforcement.api import headers
from enforcement.api import health
from enforcement.api import logs
from enforcement.api import problems
from enforcement.api import reviews
from enforcement.api import rulebook
from enforcement.api import statistics
from enforcement.api import sweeps
from enforcement.api.context import EXTENSION
from enforcement.api.context import Service
from enforcement.config import Settings
from enforcement.db import attach
from enforcement.db import database

BLUEPRINTS = (
    *cases.blueprints,
    cases.any_case,
    checks.blp,
    findings.blp,
    reviews.blp,
    sweeps.blp,
    rulebook.blp,
    statistics.blp,
)
#: Blueprints that answer without the database, or see to it themselves.
WITHOUT_DATABASE = frozenset({"health", "docs", None})


def make_app(
    settings: Settings, clock: Callable[[], datetime], opened: peewee.Database | None = None, proxies: int = 0
) -> Flask:
    """Make the application; see :func:`enforcement.create_app`."""
    lawbook.configure(settings.profile, [settings.calendar] if settings.calendar else [])
    if opened is None:
        attach(settings.database_url, settings.connections)
    app = Flask("enforcement", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=settings.max_body_bytes, **description.CONFIG)
    app.extensions[EXTENSION] = Service(settings, clock)
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, proxies, proxies, proxies, proxies, proxies)  # type: ignore[method-assign]
    _init(app)
    return app


def _init(app: Flask) -> None:
    """Hook everything in; what is hooked in last sees the answer first."""
    logs.init_app(app)
    health.init_app(app)
    headers.init_app(app)
    problems.init_app(app)
    app.before_request(_connect)
    app.teardown_request(_disconnect)
    auth.init_app(app)
    app.register_blueprint(docs.blp)
    api = description.make_api(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    docs.publish(app, api)


def _connect() -> None:
    """Take a connection of the pool for this request, unless a test or a command holds one already."""
    if request.blueprint not in WITHOUT_DATABASE:
        g.connected = database.connect(reuse_if_open=True)


def _disconnect(_: Any) -> None:
    if g.pop("connected", False):
        database.close()
