"""The page a person begins with, by their role."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from enforcement.web.rendering import render
from enforcement.web.session import page

blp = Blueprint("home", __name__)


@blp.get("/")
@page()
def index() -> ResponseReturnValue:
    """Show what waits for the person."""
    return render("home/index.html")
