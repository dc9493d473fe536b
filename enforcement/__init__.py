"""Enforcement Ledger 执法台账: case log and compliance checker of a subdistrict office; :func:`create_app` makes the service."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import peewee
    from flask import Flask

    from enforcement.config import Settings


def create_app(
    settings: Settings | None = None,
    *,
    clock: Callable[[], datetime] | None = None,
    opened: peewee.Database | None = None,
    proxies: int = 0,
) -> Flask:
    """Make the application; settings come from the environment unless given.

    ``clock`` is read once a request. ``opened`` is a database that the models use already; otherwise the one of the settings is
    opened, and an embedded one brought up to date. ``proxies`` is how many proxies in front may be believed about the caller's
    address and https. Raises ValueError naming every wrong setting, RuntimeError for a database of another version.
    """
    from enforcement import web
    from enforcement.api.factory import make_app
    from enforcement.config import Settings
    from enforcement.times import utc_now

    app = make_app(settings or Settings.from_env(os.environ), clock or utc_now, opened, proxies)
    web.register(app)
    return app
