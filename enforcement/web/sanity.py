"""What no form of ours sends and PostgreSQL cannot keep is refused once, before any view: the character NUL."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.exceptions import NotFound

from enforcement.web.texts import UNREADABLE

NUL = "\x00"


def guard() -> None:
    """Refuse a request with the character in its form; an address that holds it is no address."""
    in_path = (str(value) for value in (request.view_args or {}).values())
    if any(NUL in text for text in (*in_path, *_texts(request.args))):
        raise NotFound
    if any(NUL in text for text in _texts(request.form)):
        raise BadRequest(UNREADABLE)


def _texts(fields: MultiDict[str, str]) -> Iterator[str]:
    return (text for pair in fields.items(multi=True) for text in pair)
