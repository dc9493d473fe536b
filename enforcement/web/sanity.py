"""What no form of ours sends and PostgreSQL cannot keep is refused once, before any view: the character NUL."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import BadRequest

from enforcement.web.texts import UNREADABLE

NUL = "\x00"


def guard() -> None:
    """Refuse a request that holds the character in its address or in its form."""
    address = (*(request.view_args or {}).values(), *(text for pair in request.args.items(multi=True) for text in pair))
    form = (text for pair in request.form.items(multi=True) for text in pair)
    if any(NUL in str(text) for text in (*address, *form)):
        raise BadRequest(UNREADABLE)
