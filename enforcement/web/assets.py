"""Styles and scripts, from this address only; each is named with its content's hash and may then be kept for a year."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Response
from flask import request
from flask import send_from_directory
from flask import url_for

from enforcement.web.session import public

FOLDER = Path(__file__).parent / "static"
A_YEAR = 365 * 86400


@public
def static(name: str) -> Response:
    """Give a file; without its hash it is asked for again each time."""
    age = A_YEAR if request.args.get("v") else 0
    return send_from_directory(FOLDER, name, max_age=age)


def asset(name: str) -> str:
    """Address of a file under ``static/``, such as "css/base.css"."""
    return url_for("web.static", name=name, v=_version(name))


@cache
def _version(name: str) -> str:
    return sha256((FOLDER / name).read_bytes()).hexdigest()[:10]
