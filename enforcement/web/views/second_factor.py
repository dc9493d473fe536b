"""The second factor of one's own account: a secret for the authenticator, a first code, and recovery codes shown once."""

from __future__ import annotations

from flask import Blueprint
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from enforcement.accounts import codes
from enforcement.accounts import second_factor
from enforcement.accounts import sessions
from enforcement.api.context import now
from enforcement.api.context import service
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.web import session as web
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import notify
from enforcement.web.session import page
from enforcement.web.session import session

blp = Blueprint("second_factor", __name__)


@blp.get("/account/second-factor")
@page()
def index() -> ResponseReturnValue:
    """Show whether it is on, or the secret that waits for its first code."""
    return _page({})


@blp.post("/account/second-factor/begin")
@page()
def begin() -> ResponseReturnValue:
    """Make a fresh secret, for who knows the password."""
    try:
        second_factor.begin(session(), *_password(), now())
    except (Invalid, sessions.TooManyAttempts, Conflict) as error:
        return _refused(error)
    return redirect(url_for(".index"), 303)


@blp.post("/account/second-factor/confirm")
@page()
def confirm() -> ResponseReturnValue:
    """Turn it on by the first code, and show the recovery codes."""
    try:
        given = second_factor.confirm(session(), request.form.get("code", ""), now())
    except (Invalid, Conflict) as error:
        return _refused(error)
    web.start(sessions.renew(session()))
    return render("account/recovery_codes.html", codes=given, done=_("两步验证已启用，其他登录已全部结束"))


@blp.post("/account/second-factor/recovery-codes")
@page()
def renew_recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them, for who knows the password."""
    try:
        given = second_factor.renew_recovery_codes(session(), *_password(), now())
    except (Invalid, sessions.TooManyAttempts, Conflict) as error:
        return _refused(error)
    return render("account/recovery_codes.html", codes=given, done=_("已生成新的恢复码，旧的全部作废"))


@blp.post("/account/second-factor/off")
@page()
def turn_off() -> ResponseReturnValue:
    """Turn it off, for who knows the password."""
    try:
        second_factor.turn_off(session(), *_password(), now())
    except (Invalid, sessions.TooManyAttempts) as error:
        return _refused(error)
    web.start(sessions.renew(session()))
    notify("done", _("两步验证已停用，其他登录已全部结束"))
    return redirect(url_for(".index"), 303)


def _password() -> tuple[str, str]:
    return request.form.get("current", ""), request.remote_addr or ""


def _refused(error: Invalid | sessions.TooManyAttempts | Conflict) -> ResponseReturnValue:
    """The page again with what is wrong; what contradicts the state of things shows that state."""
    if isinstance(error, Invalid):
        return _page(error.errors), 422
    if isinstance(error, sessions.TooManyAttempts):
        return _page({"current": [error.of(web.language())]}), 429
    notify("warning", error.of(web.language()))
    return redirect(url_for(".index"), 303)


def _page(errors: dict[str, list[str]]) -> str:
    factor = second_factor.factor_of(actor(), now())
    on = factor is not None and factor.confirmed_at is not None
    waits = factor is not None and not on
    return render(
        "account/second_factor.html",
        factor=factor,
        on=on,
        left=second_factor.recovery_codes_left(factor) if factor is not None and on else 0,
        secret=codes.in_groups(factor.secret) if factor is not None and waits else "",
        address=codes.address_of(factor.secret, actor().login) if factor is not None and waits else "",
        must=service().settings.require_second_factor,
        errors=errors,
    )
