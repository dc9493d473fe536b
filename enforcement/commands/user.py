"""``enforcement user``: who signs in, with which role, and how much of the tree they see.

A password is never an argument, since arguments stand in the shell's history and in the list of processes: it is asked
for, or read from standard input.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from enforcement.accounts import operations as accounts
from enforcement.accounts import second_factor
from enforcement.commandline import ACTOR
from enforcement.commandline import Unusable
from enforcement.commandline import agency_named
from enforcement.commandline import done
from enforcement.commandline import in_format
from enforcement.commandline import opened
from enforcement.commandline import show
from enforcement.commandline import user_named
from enforcement.models import Agency
from enforcement.models import Officer
from enforcement.models import User
from enforcement.models.accounts import LANGUAGES
from enforcement.models.accounts import ROLES
from enforcement.times import utc_now
from rules.facts import Text

COLUMNS = {
    "login": Text("登录名", "Sign-in name"),
    "name": Text("姓名", "Name"),
    "role": Text("角色", "Role"),
    "agency": Text("机关", "Agency"),
    "officer": Text("执法证号", "Certificate"),
    "email": Text("邮箱", "Mail"),
    "language": Text("语言", "Language"),
    "active": Text("启用", "Active"),
}

ROLE_HELP = "officer 承办人、reviewer 法制审核、supervisor 监督、admin 管理员。 The role."


@click.group()
def command() -> None:
    """用户账号。 The people and programs that sign in.

    \b
    例 Example:
        enforcement user add lisi --name 李四 --role officer --agency BC-01
    """


@command.command()
@click.argument("login")
@click.option("--name", required=True, help="姓名。 Name.")
@click.option("--role", required=True, type=click.Choice(ROLES), help=ROLE_HELP)
@click.option("--agency", required=True, metavar="CODE", help="所属机关代码。 Code of the agency that bounds the view.")
@click.option("--officer", metavar="NUMBER", help="执法证号。 Enforcement certificate in the register.")
@click.option("--email", default="", help="邮箱，用于通知。 Where digests go.")
@click.option("--language", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="语言。 Language.")
@click.option("--password-stdin", is_flag=True, help="从标准输入读取密码。 Read the password from standard input.")
@click.option("--no-password", is_flag=True, help="不设密码，仅供程序使用令牌。 No password: for tokens only.")
@in_format
def add(
    login: str,
    name: str,
    role: str,
    agency: str,
    officer: str | None,
    email: str,
    language: str,
    password_stdin: bool,
    no_password: bool,
    format: str,
) -> None:
    """开通账号；密码会提示输入。 Open an account; the password is asked for.

    \b
    例 Example:
        enforcement user add lisi --name 李四 --role officer --agency BC-01 --officer 02000001
    """
    if password_stdin and no_password:
        raise Unusable("--password-stdin 与 --no-password 只能选一个 / Give one of --password-stdin and --no-password")
    with opened():
        bounds, certificate = agency_named(agency), _officer(officer)
        user = accounts.create_user(
            ACTOR,
            utc_now(),
            login=login,
            name=name,
            role=role,
            agency=bounds,
            officer=certificate,
            email=email,
            language=language,
            password=None if no_password else _password(password_stdin),
        )
        done(f"已开通账号 {user.login}", f"account {user.login} opened", format, **_row(user))


@command.command("list")
@click.option("--agency", metavar="CODE", help="只列该机关及其下级。 Only this agency and those below.")
@click.option("--role", type=click.Choice(ROLES), help="只列该角色。 Only this role.")
@in_format
def list_command(agency: str | None, role: str | None, format: str) -> None:
    """列出账号。 List the accounts."""
    with opened():
        query = User.select(User, Agency, Officer).join(Agency).switch(User).left_outer_join(Officer)
        if agency:
            query = query.where(Agency.path.startswith(agency_named(agency).path))
        if role:
            query = query.where(User.role == role)
        show([_row(user) for user in query.order_by(Agency.path, User.login)], COLUMNS, format)


@command.command("password")
@click.argument("login")
@click.option("--password-stdin", is_flag=True, help="从标准输入读取密码。 Read the password from standard input.")
@in_format
def set_password(login: str, password_stdin: bool, format: str) -> None:
    """设置密码。 Set a password; it is asked for.

    \b
    例 Example:
        enforcement user password lisi
    """
    with opened():
        user = user_named(login)
        accounts.set_password(ACTOR, user, _password(password_stdin), utc_now())
        done(f"已设置 {user.login} 的密码", f"password of {user.login} set", format, login=user.login)


@command.command("reset-second-factor")
@click.argument("login")
@in_format
def reset_second_factor(login: str, format: str) -> None:
    """重置两步验证，并结束其全部登录。 Turn off the second factor of somebody who lost it, and end their sessions.

    \b
    例 Example:
        enforcement user reset-second-factor lisi
    """
    with opened():
        user = user_named(login)
        if not second_factor.reset(ACTOR, user, utc_now()):
            raise Unusable(f"{user.login} 未启用两步验证 / The second factor of {user.login} is off")
        done(f"已重置 {user.login} 的两步验证", f"second factor of {user.login} reset", format, login=user.login)


@command.command()
@click.argument("login")
@click.option("--enable", is_flag=True, help="重新启用。 Open it again.")
@in_format
def disable(login: str, enable: bool, format: str) -> None:
    """停用账号；账号不会删除。 Close an account; it is never deleted.

    \b
    例 Example:
        enforcement user disable lisi
    """
    with opened():
        user = accounts.update_user(ACTOR, user_named(login), {"active": enable}, utc_now())
        zh, en = ("已启用", "opened again") if enable else ("已停用", "closed")
        done(f"账号 {user.login} {zh}", f"account {user.login} {en}", format, **_row(user))


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked = click.prompt("密码 / Password", hide_input=True, confirmation_prompt="再次输入 / Again", err=True)
    return str(asked)


def _officer(number: str | None) -> Officer | None:
    if number is None:
        return None
    officer: Officer | None = Officer.get_or_none(Officer.number == number)
    if officer is None:
        raise Unusable(f"名册中没有执法证 {number} / No certificate {number} in the register")
    return officer


def _row(user: User) -> dict[str, Any]:
    return {
        "id": user.public_id,
        "login": user.login,
        "name": user.name,
        "role": user.role,
        "agency": user.agency.code,
        "officer": user.officer.number if user.officer is not None else None,
        "email": user.email,
        "language": user.language,
        "active": user.active,
    }
