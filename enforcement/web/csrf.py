"""Only forms that this service wrote may change anything.

Another site can make a signed-in browser send a form here, cookie and all, but it cannot read the cookie. So every form carries
a word that only somebody who knows the cookie can make: an HMAC keyed by the cookie's 256 random bits. It needs no secret of the
server's and survives a restart. htmx sends it as the header ``X-CSRF-Token``, set once on ``<body>``.

Before signing in the same holds for a cookie that stands for nobody; signing in replaces it.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from flask import request
from markupsafe import Markup
from werkzeug.exceptions import Forbidden

from enforcement.web.session import cookie_token
from enforcement.web.session import ensure_token
from enforcement.web.texts import STALE_FORM

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def token() -> str:
    """The word for forms on this page."""
    return _word(ensure_token())


def field() -> Markup:
    """The hidden field that every form with method="post" begins with."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token())


def guard() -> None:
    """Refuse a change whose form is not ours; runs before every page."""
    if request.method in SAFE:
        return
    held = cookie_token()
    shown = request.headers.get(HEADER) or request.form.get(FIELD, "")
    elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
    if held is None or elsewhere or not hmac.compare_digest(_word(held).encode(), shown.encode()):
        raise Forbidden(STALE_FORM)


def _word(cookie: str) -> str:
    return hmac.new(cookie.encode(), b"csrf", sha256).hexdigest()
