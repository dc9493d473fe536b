"""Tokens of programs: issuing one, whose secret is shown this once, and revoking it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from datetime import time
from typing import Any

from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from enforcement.accounts import lists
from enforcement.accounts import operations
from enforcement.accounts.permissions import PERMISSIONS
from enforcement.api.context import now
from enforcement.errors import Invalid
from enforcement.models import Token
from enforcement.models import User
from enforcement.times import SHANGHAI
from enforcement.web import asking
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import notify
from enforcement.web.session import page
from enforcement.web.views.admin.filling import Filled
from enforcement.web.views.admin.topics import blp

NO_USER = ("请选择账户", "choose an account")
NOT_HELD = ("该账户的角色没有此权限", "the account's role does not hold this permission")
#: Accounts to choose from on one page.
MOST_USERS = 500


@blp.get("/admin/tokens")
@page("account.manage")
def tokens() -> str:
    """List the tokens and show the form for another."""
    return _page({})


@blp.post("/admin/tokens")
@page("account.manage")
def issue_token() -> ResponseReturnValue:
    """Issue a token and show its secret, this once."""
    form = Filled()
    try:
        user = _user(form)
        scopes = request.form.getlist("scopes")
        form.unless(user is None or set(scopes) <= PERMISSIONS[user.role], "scopes", *NOT_HELD)
        last_day = form.day("last_day")
        form.refuse()
        assert user is not None
        expires_at = None if last_day is None else datetime.combine(last_day, time(23, 59, 59), SHANGHAI)
        token, secret = operations.issue_token(
            actor(), now(), user=user, name=form.text("name"), scopes=" ".join(scopes), expires_at=expires_at
        )
    except Invalid as error:
        errors = dict(error.errors)
        if "expires_at" in errors:
            errors["last_day"] = errors.pop("expires_at")
        return _page(errors), 422
    return _page({}, token, secret)


@blp.post("/admin/tokens/<public_id>/revoke")
@page("account.manage")
def revoke_token(public_id: str) -> ResponseReturnValue:
    """End a token for good."""
    token = lists.token(actor(), public_id)
    operations.revoke_token(actor(), token, now())
    notify("done", _("已撤销令牌：%(name)s", name=token.name))
    return redirect(url_for(".tokens"), 303)


def _user(form: Filled) -> User | None:
    login = form.text("user")
    found = next((row for row in _users() if row.login == login), None)
    form.unless(found is not None, "user", *NO_USER)
    return found


def _users() -> list[User]:
    return list(lists.users(actor(), active=True, page_size=MOST_USERS).items)


def _page(errors: Mapping[str, Any], issued: Token | None = None, secret: str = "") -> str:
    return render(
        "admin/tokens.html",
        found=lists.tokens(actor(), now(), usable=asking.flag("usable"), page=asking.page()),
        state_of=_state,
        users=[(row.login, f"{row.name} {row.login}") for row in _users()],
        scopes=[(name, name) for name in sorted(frozenset().union(*PERMISSIONS.values()))],
        issued=issued,
        secret=secret,
        errors=errors,
        form=request.form if issued is None else {},
        chosen=request.form.getlist("scopes") if issued is None else [],
    )


def _state(token: Token) -> str:
    if token.revoked_at is not None:
        return "revoked"
    if token.expires_at is not None and token.expires_at <= now():
        return "expired"
    return "works" if token.user.active else "closed"
