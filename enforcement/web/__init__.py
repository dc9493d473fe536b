"""The pages for officers, reviewers, supervisors and admins: thin views over the same features as the API.

Everything is a child of one blueprint, ``web``, whose guard stands before every page (:mod:`enforcement.web.session`). A view
module in ``views/`` with a blueprint ``blp`` is found by itself; its pages have endpoints such as ``web.cases.index``::

    blp = Blueprint("cases", __name__)

    @blp.get("/cases")
    @page("case.read")
    def index() -> str:
        return render("cases/index.html", cases=queries.page(actor(), **filters))

Without JavaScript every page is plain links and forms; htmx only spares reloading.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from flask import Blueprint
from flask import Flask
from flask_babel import Babel

from enforcement.web import assets
from enforcement.web import csrf
from enforcement.web import failures
from enforcement.web import sanity
from enforcement.web import session
from enforcement.web import views
from enforcement.web.rendering import helpers

HERE = Path(__file__).parent


def register(app: Flask) -> None:
    """Add the pages to the application."""
    web = Blueprint("web", __name__, template_folder="templates")
    web.before_request(session.guard)
    web.before_request(csrf.guard)
    web.before_request(sanity.guard)
    web.after_request(session.finish)
    web.add_url_rule("/static/<path:name>", "static", assets.static)
    for name in sorted(module.name for module in pkgutil.iter_modules(views.__path__)):
        web.register_blueprint(importlib.import_module(f"enforcement.web.views.{name}").blp)
    failures.init_app(app, web)
    Babel(
        app,
        default_locale="zh",
        default_timezone="Asia/Shanghai",
        default_translation_directories=str(HERE / "translations"),
        locale_selector=session.language,
    )
    helpers(app)
    app.register_blueprint(web)
