"""Accounts: who signs in, with which role, bounded by which agency; a password is set for somebody and never shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from enforcement.accounts import lists
from enforcement.accounts import operations
from enforcement.accounts import second_factor
from enforcement.accounts import sessions
from enforcement.accounts.pending import has_second_factor
from enforcement.api.context import now
from enforcement.audit import queries as audit
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.models import User
from enforcement.models.accounts import LANGUAGES
from enforcement.models.accounts import ROLES
from enforcement.web import asking
from enforcement.web import choosing
from enforcement.web import labels
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import language
from enforcement.web.session import notify
from enforcement.web.session import page
from enforcement.web.views.admin.filling import Filled
from enforcement.web.views.admin.topics import blp
from rules.facts import Text

LANGUAGE_WORDS = {"zh": Text("中文", "中文"), "en": Text("English", "English")}
#: The newest changes of an account that are shown.
SHOWN = 20


@blp.get("/admin/users")
@page("account.manage")
def users() -> str:
    """List the accounts."""
    role = asking.choice("role", ROLES)
    rows = lists.agencies(actor())
    below = next((row for row in rows if row.code == asking.text("agency")), None)
    active, q = asking.flag("active"), asking.text("q") or ""
    return render(
        "admin/users.html",
        found=lists.users(actor(), q=q, role=role, active=active, below=below, page=asking.page()),
        filters={"q": q, "role": role, "agency": below and below.code, "active": request.args.get("active", "")},
        roles=choosing.any_or(choosing.words(labels.ROLES)),
        agencies=choosing.any_or(choosing.agencies(rows)),
    )


@blp.get("/admin/users/new")
@page("account.manage")
def new_user() -> str:
    """Show an empty form."""
    return _form(None, {"agency": actor().agency.code, "role": "officer", "language": "zh"}, {})


@blp.post("/admin/users/new")
@page("account.manage")
def add_user() -> ResponseReturnValue:
    """Open an account."""
    form = Filled()
    password = request.form.get("password", "")
    try:
        values = _values(form)
        form.refuse()
        login = form.text("login")
        opened = operations.create_user(actor(), now(), login=login, password=password or None, **values)
    except Invalid as error:
        return _form(None, request.form, error.errors), 422
    except Conflict as error:
        return _form(None, request.form, {"login": [error.of(language())]}), 409
    notify("done", _("已建立账户：%(name)s", name=opened.login))
    return redirect(url_for(".users"), 303)


@blp.get("/admin/users/<public_id>")
@page("account.manage")
def edit_user(public_id: str) -> str:
    """Show an account's form."""
    user = lists.user(actor(), public_id)
    return _form(user, _held(user), {})


@blp.post("/admin/users/<public_id>")
@page("account.manage")
def change_user(public_id: str) -> ResponseReturnValue:
    """Change an account, or close or open it again; closing ends its sessions."""
    user = lists.user(actor(), public_id)
    form = Filled()
    try:
        values = {**_values(form), "active": form.ticked("active")}
        form.unless(
            user.id != actor().id or values["active"], "active", "不能停用自己的账户", "one does not close one's own"
        )
        form.unless(
            user.id != actor().id or values["role"] == user.role, "role", "不能更改自己的角色", "not one's own role"
        )
        form.refuse()
        changed = operations.update_user(actor(), user, values, now())
    except Invalid as error:
        return _form(user, request.form, error.errors), 422
    if not changed.active or changed.role != user.role:
        sessions.end_all(actor(), changed, now())
    notify("done", _("已保存：%(name)s", name=changed.login))
    return redirect(url_for(".users"), 303)


@blp.post("/admin/users/<public_id>/password")
@page("account.manage")
def set_user_password(public_id: str) -> ResponseReturnValue:
    """Set somebody's password, which ends their sessions."""
    user = lists.user(actor(), public_id)
    try:
        operations.set_password(actor(), user, request.form.get("password", ""), now())
    except Invalid as error:
        return _form(user, _held(user), error.errors), 422
    if user.id != actor().id:
        sessions.end_all(actor(), user, now())
    notify("done", _("已设置 %(name)s 的密码，其登录已全部结束", name=user.login))
    return redirect(url_for(".edit_user", public_id=public_id), 303)


@blp.post("/admin/users/<public_id>/second-factor/reset")
@page("account.manage")
def reset_second_factor(public_id: str) -> ResponseReturnValue:
    """Turn off the second factor of somebody who lost it, which ends their sessions."""
    user = lists.user(actor(), public_id)
    if second_factor.reset(actor(), user, now()):
        notify("done", _("已重置 %(name)s 的两步验证，其登录已全部结束", name=user.login))
    return redirect(url_for(".edit_user", public_id=public_id), 303)


def _values(form: Filled) -> dict[str, Any]:
    return {
        "name": form.text("name"),
        "email": form.text("email"),
        "role": form.text("role"),
        "language": form.text("language"),
        "agency": form.agency(actor()),
        "officer": form.officer(actor()),
    }


def _held(user: User) -> dict[str, Any]:
    plain = {name: getattr(user, name) for name in ("login", "name", "email", "role", "language")}
    officer = "" if user.officer is None else user.officer.number
    return {**plain, "agency": user.agency.code, "officer": officer, **({"active": "1"} if user.active else {})}


def _form(user: User | None, form: Mapping[str, Any], errors: Mapping[str, Any]) -> str:
    return render(
        "admin/user.html",
        user=user,
        form=form,
        errors=errors,
        roles=choosing.words(labels.ROLES),
        languages=choosing.words(LANGUAGE_WORDS, LANGUAGES),
        agencies=choosing.agencies(lists.agencies(actor())),
        officers=[("", _("不是执法人员")), *choosing.officers(lists.officers_of(actor()))],
        second_factor=user is not None and user.id != actor().id and has_second_factor(user),
        changes=[] if user is None else audit.entries_for("user", user.public_id)[-SHOWN:],
    )
