"""The API's own description, and Swagger UI to read it with, all from this address.

The page works in a network without a way out: script and style come from the installed wheel ``flask_swagger_ui``, nothing is
inline, and the strict policy of :mod:`enforcement.api.headers` holds for it too.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from flask import Blueprint
from flask import Flask
from flask import Response
from flask import abort
from flask import current_app
from flask import render_template
from flask import send_from_directory

from enforcement.api.core import ProblemApi

blp = Blueprint("docs", __name__, url_prefix="/api", template_folder="templates")

EXTENSION = "enforcement.openapi"
OWN = Path(__file__).parent / "static"
SWAGGER_UI = Path(str(files("flask_swagger_ui"))) / "dist"
#: The files the page asks for, and where they lie; nothing else is handed out.
ASSETS = {
    "docs.js": OWN,
    "index.css": SWAGGER_UI,
    "swagger-ui.css": SWAGGER_UI,
    "swagger-ui-bundle.js": SWAGGER_UI,
    "favicon-32x32.png": SWAGGER_UI,
}
#: The files change with a release only.
A_DAY = 86400


def publish(app: Flask, api: ProblemApi) -> None:
    """Write the description once, when every blueprint is registered."""
    app.extensions[EXTENSION] = json.dumps(api.spec.to_dict(), ensure_ascii=False, indent=1)


@blp.get("/openapi.json")
def openapi() -> Response:
    """Give the description in OpenAPI 3.1."""
    return Response(current_app.extensions[EXTENSION], mimetype="application/json")


@blp.get("/docs")
def page() -> str:
    """Show the description."""
    return render_template("docs.html")


@blp.get("/docs/<name>")
def asset(name: str) -> Response:
    """Give a file of the page."""
    folder = ASSETS.get(name)
    if folder is None:
        abort(404)
    return send_from_directory(folder, name, max_age=A_DAY)
