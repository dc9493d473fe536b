"""Signing in and out, and what a person decides for themselves: password, language, where they are signed in."""

from __future__ import annotations

import re

from flask import Blueprint
from flask import g
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from enforcement.accounts import own
from enforcement.accounts import second_factor
from enforcement.accounts import sessions
from enforcement.accounts.pending import has_second_factor
from enforcement.accounts.pending import pending_of
from enforcement.api.context import now
from enforcement.errors import Invalid
from enforcement.models import PendingSignIn
from enforcement.models import Session
from enforcement.models.accounts import LANGUAGES
from enforcement.web import session as web
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import notify
from enforcement.web.session import page
from enforcement.web.session import public
from enforcement.web.session import session

blp = Blueprint("account", __name__)

#: A path of this address: one slash, and nothing that a browser would read as another host.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


@blp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Show the form for signing in, or go on when somebody is."""
    if web.signed_in() is not None:
        return redirect(_back(), 303)
    return _sign_in_form()


@blp.post("/sign-in")
@public
def sign_in_post() -> ResponseReturnValue:
    """Sign in, under a new token, and go where the person wanted to go."""
    origin = sessions.Origin(request.remote_addr or "", request.user_agent.string)
    try:
        opened, token = sessions.sign_in(request.form.get("login", ""), request.form.get("password", ""), origin, now())
    except sessions.TooManyAttempts as error:
        return _sign_in_form(error.of(web.language())), 429, {"Retry-After": str(error.seconds)}
    except sessions.WrongPassword as error:
        return _sign_in_form(error.of(web.language())), 422
    if isinstance(opened, PendingSignIn):
        web.ask_for_code(token)
        return redirect(url_for(".code", next=_wanted() or None), 303)
    return _let_in(opened, token)


@blp.get("/sign-in/code")
@public
def code() -> ResponseReturnValue:
    """Ask for the code of somebody who has shown the password; anybody else begins with that."""
    token = web.asked_for_code()
    if token is None or pending_of(token, now()) is None:
        return redirect(url_for(".sign_in", next=_wanted() or None), 303)
    return _code_form()


@blp.post("/sign-in/code")
@public
def code_post() -> ResponseReturnValue:
    """Sign in by the code, under a new token, and go where the person wanted to go."""
    origin = sessions.Origin(request.remote_addr or "", request.user_agent.string)
    shown = request.form.get("code", "")
    try:
        opened, token = second_factor.finish_sign_in(web.asked_for_code() or "", shown, origin, now())
    except sessions.TooManyAttempts as error:
        return _code_form(error.of(web.language())), 429, {"Retry-After": str(error.seconds)}
    except second_factor.WrongCode as error:
        return _code_form(error.of(web.language())), 422
    except second_factor.SignInOver as error:
        web.no_more_code()
        return _sign_in_form(error.of(web.language())), 422
    web.no_more_code()
    return _let_in(opened, token)


@blp.post("/sign-out")
@page()
def sign_out() -> Response:
    """End this session."""
    sessions.end(session())
    web.stop()
    answer = redirect(url_for("web.account.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blp.get("/account")
@page()
def index() -> ResponseReturnValue:
    """Show the person's own account."""
    return _account({})


@blp.post("/account/password")
@page()
def change_password() -> ResponseReturnValue:
    """Change the password, which ends the other sessions and renews this one."""
    current, new = request.form.get("current", ""), request.form.get("password", "")
    try:
        if new != request.form.get("again", ""):
            raise Invalid({"again": [_("两次输入的新密码不一致")]})
        own.change_password(session(), current, new, request.remote_addr or "", now())
    except sessions.TooManyAttempts as error:
        return _account({"current": [error.of(web.language())]}), 429
    except Invalid as error:
        return _account(error.errors), 422
    web.start(sessions.renew(session()))
    notify("done", _("密码已修改，其他登录已全部结束"))
    return redirect(url_for(".index"), 303)


@blp.post("/account/language")
@page()
def change_language() -> ResponseReturnValue:
    """Set the language of the person's pages and mails."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        return _account({"language": [_("请选择一种语言")]}), 422
    own.set_language(actor(), chosen, now())
    g.language_choice = ""
    return redirect(url_for(".index"), 303)


@blp.post("/account/sessions/end-others")
@page()
def end_other_sessions() -> Response:
    """End every session of the person but this one."""
    ended = sessions.end_others(session())
    notify("done", _("已结束其他登录：%(count)s 个", count=ended))
    return redirect(url_for(".index"), 303)


@blp.post("/account/sessions/<public_id>/end")
@page()
def end_session(public_id: str) -> Response:
    """End one of the person's own sessions."""
    if public_id == session().public_id:
        return sign_out()
    if not sessions.end_one(actor(), public_id):
        raise NotFound
    notify("done", _("已结束该登录"))
    return redirect(url_for(".index"), 303)


def _let_in(opened: Session, token: str) -> Response:
    """Put the new session in the place of the one that the browser had."""
    before = web.signed_in()
    if before is not None:
        sessions.end(before)
    g.actor = opened.user
    web.start(token)
    return redirect(_back(), 303)


def _code_form(refusal: str = "") -> str:
    return render("account/code.html", refusal=refusal, next=_wanted())


def _sign_in_form(refusal: str = "") -> str:
    return render("account/sign_in.html", refusal=refusal, login=request.form.get("login", ""), next=_wanted())


def _account(errors: dict[str, list[str]]) -> str:
    opened = sessions.sessions_of(actor(), now())
    return render(
        "account/index.html",
        user=actor(),
        sessions=opened,
        here_id=session().public_id,
        second_factor=has_second_factor(actor()),
        errors=errors,
    )


def _wanted() -> str:
    """Where the person wanted to go, when it is a path of this address."""
    wanted = request.values.get("next", "")
    return wanted if _LOCAL.fullmatch(wanted) else ""


def _back() -> str:
    return _wanted() or url_for("web.home.index")
