"""``enforcement token``: secrets for programs that use the API with somebody's rights; each is shown once."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import time
from typing import Any

import click

from enforcement.accounts import operations as accounts
from enforcement.commandline import ACTOR
from enforcement.commandline import DAY
from enforcement.commandline import Unusable
from enforcement.commandline import done
from enforcement.commandline import in_format
from enforcement.commandline import opened
from enforcement.commandline import show
from enforcement.commandline import show_json
from enforcement.commandline import user_named
from enforcement.models import Token
from enforcement.models import User
from enforcement.times import SHANGHAI
from enforcement.times import utc_now
from rules.facts import Text

COLUMNS = {
    "id": Text("编号", "Id"),
    "user": Text("用户", "User"),
    "name": Text("用途", "Purpose"),
    "prefix": Text("开头", "Begins"),
    "created_at": Text("签发", "Issued"),
    "expires_at": Text("到期", "Expires"),
    "last_used_at": Text("最近使用", "Last used"),
    "revoked_at": Text("撤销", "Revoked"),
}


@click.group()
def command() -> None:
    """API 令牌。 Tokens for the API.

    \b
    例 Example:
        enforcement token issue lisi --name 平台对接
    """


@command.command()
@click.argument("login")
@click.option("--name", required=True, help="用途。 What it is for.")
@click.option("--expires", type=DAY, metavar="DATE", help="最后有效日，含当日。 Last day it is valid.")
@in_format
def issue(login: str, name: str, expires: date | None, format: str) -> None:
    """签发令牌；密文只显示这一次。 Issue a token; its secret is shown this once.

    \b
    例 Example:
        enforcement token issue lisi --name 平台对接 --expires 2027-12-31
    """
    end = None if expires is None else datetime.combine(expires, time.max, tzinfo=SHANGHAI)
    with opened():
        token, secret = accounts.issue_token(ACTOR, utc_now(), user=user_named(login), name=name, expires_at=end)
        if format == "json":
            show_json({**_row(token), "secret": secret})
        else:
            click.echo("令牌（请立即保存，不再显示） / Token (keep it now, it is not shown again):", err=True)
            click.echo(secret)


@command.command("list")
@click.option("--user", "login", metavar="LOGIN", help="只列该用户。 Only this user's.")
@in_format
def list_command(login: str | None, format: str) -> None:
    """列出令牌，不含密文。 List the tokens, without their secrets."""
    with opened():
        query = Token.select(Token, User).join(User).order_by(User.login, Token.created_at)
        if login:
            query = query.where(Token.user == user_named(login))
        show([_row(token) for token in query], COLUMNS, format)


@command.command()
@click.argument("token_id", metavar="ID")
@in_format
def revoke(token_id: str, format: str) -> None:
    """撤销令牌。 End a token for good.

    \b
    例 Example:
        enforcement token revoke 01J9Z3N6V5Q8R2T4W6Y8A0C2E4
    """
    with opened():
        token = Token.get_or_none(Token.public_id == token_id)
        if token is None:
            raise Unusable(f"没有这个令牌 / No such token: {token_id}")
        accounts.revoke_token(ACTOR, token, utc_now())
        fresh = Token.get_by_id(token.id)
        done(f"已撤销令牌 {fresh.prefix}…", f"token {fresh.prefix}… revoked", format, **_row(fresh))


def _row(token: Token) -> dict[str, Any]:
    return {
        "id": token.public_id,
        "user": token.user.login,
        "name": token.name,
        "prefix": token.prefix,
        "created_at": _shanghai(token.created_at),
        "expires_at": _shanghai(token.expires_at),
        "last_used_at": _shanghai(token.last_used_at),
        "revoked_at": _shanghai(token.revoked_at),
    }


def _shanghai(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(SHANGHAI)
