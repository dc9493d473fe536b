"""Who may call what: every route says so itself, and a route that says nothing lets nobody in.

    @blp.route("/findings", methods=["GET"])
    @permission("finding.read")
    def findings(): ...

A caller shows a token (``Authorization: Bearer enf_…``) before a single byte of the body is read. 401 means "who are you", 403
"not you"; what lies outside the caller's agency is 404, so that its existence does not leak. A token with scopes holds only
those of its user's permissions that it names.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from typing import NoReturn
from typing import TypeVar

from flask import Flask
from flask import current_app
from flask import g
from flask import request

from enforcement.accounts.permissions import ALL
from enforcement.accounts.permissions import allowed
from enforcement.accounts.queries import token_of
from enforcement.api.context import now
from enforcement.api.problems import Refusal
from enforcement.models import Token
from rules.facts import Text

logger = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])

#: Endpoints without a caller: what a load balancer, a monitor or a reader of the documentation needs. None shows a case.
PUBLIC = frozenset(
    {
        "health.healthz",
        "health.readyz",
        "health.metrics",
        "docs.openapi",
        "docs.page",
        "docs.asset",
    }
)

#: Pages stand behind a guard of their own (enforcement.web.session), which closes what declares nothing.
PAGES = "web."

CHALLENGE = 'Bearer realm="enforcement"'
NO_TOKEN = Text("请出示令牌：Authorization: Bearer enf_…", "Show a token: Authorization: Bearer enf_…")
BAD_TOKEN = Text("令牌无效、已撤销或已过期", "The token is unknown, revoked or expired")
NOT_PERMITTED = Text("您的角色或令牌不允许此操作", "Your role or token does not permit this")
NOT_DECLARED = Text("此地址没有声明权限，因而不开放", "This address declares no permission and is therefore closed")


def permission(*names: str) -> Callable[[View], View]:
    """Let in whoever holds one of these permissions; raises ValueError for a permission that no role holds."""
    unknown = sorted(set(names) - ALL)
    if unknown or not names:
        raise ValueError(f"no such permission: {', '.join(unknown) or 'none named'}")

    def declare(view: View) -> View:
        view.permissions = names  # type: ignore[attr-defined]
        return view

    return declare


def permissions_of(endpoint: str) -> tuple[str, ...]:
    """The permissions of which an endpoint wants one; none when it declares none."""
    return tuple(getattr(current_app.view_functions[endpoint], "permissions", ()))


def holds(name: str) -> bool:
    """Tell whether the caller of this request holds a permission, by role and by the token's scopes."""
    token: Token = g.token
    scopes = token.scopes.split()
    return allowed(token.user.role, name) and (not scopes or name in scopes)


def require(name: str) -> None:
    """Refuse the request unless the caller holds a permission; for routes whose body decides what is done."""
    if not holds(name):
        _forbid(NOT_PERMITTED)


def init_app(app: Flask) -> None:
    """Guard every endpoint of the application."""
    app.before_request(guard)


def guard() -> None:
    """Let the caller in, or refuse: before any view, and for every endpoint that is not public."""
    endpoint = request.endpoint
    if endpoint is None or endpoint in PUBLIC or endpoint.startswith(PAGES):
        return
    names = permissions_of(endpoint)
    if not names:
        _forbid(NOT_DECLARED)
    g.token = _token()
    g.actor = g.token.user
    if not any(holds(name) for name in names):
        _forbid(NOT_PERMITTED)


def _token() -> Token:
    shown = request.authorization
    if shown is None or shown.type != "bearer" or not shown.token:
        raise Refusal(401, NO_TOKEN, headers={"WWW-Authenticate": CHALLENGE})
    token = token_of(shown.token, now())
    if token is None:
        logger.warning("a token was refused", extra={"remote": request.remote_addr})
        raise Refusal(401, BAD_TOKEN, headers={"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'})
    return token


def _forbid(detail: Text) -> NoReturn:
    user = g.actor.login if "actor" in g else None
    logger.warning("forbidden: %s", request.endpoint, extra={"user": user, "remote": request.remote_addr})
    raise Refusal(403, detail)
