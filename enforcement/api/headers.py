"""Headers that every answer carries, and why.

Nothing of the service may be framed, guessed at, or fetched from elsewhere: an office's network may have no way out, and a
case book must not leak into a page somebody else wrote. Cases are personal data, so nothing under /api is kept by a browser or
a proxy.
"""

from __future__ import annotations

from flask import Flask
from flask import Response
from flask import request

from enforcement.api.context import TAGS
from enforcement.api.context import language

#: Own address only; ``data:`` images because Swagger UI draws its icons with them. No inline script or style.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
#: A year; sent over https only, where a browser heeds it.
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    """Add the headers to every answer of the application."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Add what is not there yet; a view may have set a stricter or another value."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    if request.blueprint != "docs" and (response.is_json or response.status_code == 304):
        response.headers.setdefault("Content-Language", TAGS[language()])
        response.vary.add("Accept-Language")
    return response
