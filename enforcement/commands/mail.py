"""``enforcement mail``: what is in the outbox; with ``--preview``, what would be sent, word for word.

A preview stores nothing and sends nothing. ``--send`` sends what is due at once, as the scheduler does every minute.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from enforcement.commandline import ACTOR
from enforcement.commandline import DAY
from enforcement.commandline import Unusable
from enforcement.commandline import done
from enforcement.commandline import in_format
from enforcement.commandline import opened
from enforcement.commandline import show
from enforcement.commandline import show_json
from enforcement.commandline import user_named
from enforcement.config import Settings
from enforcement.mail import operations
from enforcement.mail import outbox
from enforcement.mail.composing import digest_for
from enforcement.mail.composing import kind_for
from enforcement.mail.digest import DIGEST
from enforcement.mail.digest import SUMMARY
from enforcement.mail.digest import Digest
from enforcement.mail.queries import Standings
from enforcement.mail.queries import recipients
from enforcement.mail.rendering import as_html
from enforcement.mail.rendering import as_text
from enforcement.mail.sending import send_due
from enforcement.models import Mail
from enforcement.models import User
from enforcement.models.accounts import LANGUAGES
from enforcement.times import today
from enforcement.times import utc_now
from rules.facts import Text

COLUMNS = {
    "kind": Text("种类", "Kind"),
    "day": Text("日期", "Day"),
    "to": Text("收件人", "To"),
    "state": Text("状态", "State"),
    "attempts": Text("次数", "Attempts"),
    "error": Text("原因", "Reason"),
}
#: Mails in the list, newest first.
LONGEST_TABLE = 50


@click.command()
@click.option("--preview", is_flag=True, help="显示将发送的内容，不保存也不发送。 Show what would be sent.")
@click.option("--user", "login", metavar="LOGIN", help="只看此人；默认全部收件人。 Only this person's mail.")
@click.option("--day", type=DAY, metavar="DATE", help="按该日编写，默认今天。 As of this day; today by default.")
@click.option("--language", type=click.Choice(LANGUAGES), help="语言，默认按个人设置。 Instead of the person's own.")
@click.option("--html", is_flag=True, help="显示 HTML。 Show the HTML.")
@click.option("--send", is_flag=True, help="立即发送到期的邮件。 Send what is due now.")
@click.option("--retry", is_flag=True, help="让发送失败的邮件重新排队。 Let failed mails be tried again.")
@in_format
def command(
    preview: bool,
    login: str | None,
    day: date | None,
    language: str | None,
    html: bool,
    send: bool,
    retry: bool,
    format: str,
) -> None:
    """邮件：发件箱，预览，发送。 The outbox; previews; sending.

    \b
    例 Example:
        enforcement mail
        enforcement mail --preview --user lisi --language en
    """
    with opened() as settings:
        if preview:
            digests = _digests(settings, login, day or today(), language)
            _show_digests(digests, settings, html, format)
        elif retry:
            again = operations.try_again(ACTOR, utc_now())
            done(f"重新排队 {again} 封", f"{again} mails are to be tried again", format, retried=again)
        elif send:
            taken = send_due(settings, utc_now())
            done(f"已发送 {taken} 封", f"{taken} mails sent", format, sent=taken)
        else:
            show(_outbox(), COLUMNS, format)


def _digests(settings: Settings, login: str | None, day: date, language: str | None) -> list[Digest]:
    if login is None:
        people = [*recipients(DIGEST), *recipients(SUMMARY)]
    else:
        people = [user_named(login)]
    standings = Standings(day)
    return [
        digest_for(user, _kind(user), day, settings.soon_days, language=language, standings=standings)
        for user in people
    ]


def _kind(user: User) -> str:
    kind = kind_for(user.role)
    if kind is None:
        raise Unusable(f"{user.role} 不收邮件 / A person with the role {user.role} gets no mail: {user.login}")
    return kind


def _show_digests(digests: list[Digest], settings: Settings, html: bool, format: str) -> None:
    write = as_html if html else as_text
    if format == "json":
        show_json([_plain(digest, settings) for digest in digests])
        return
    if not digests:
        click.echo("没有收件人。 Nobody gets mail.")
    for digest in digests:
        if not html:
            sent = "不发送 / not sent: " if digest.silent else ""
            click.echo(f"===== {sent}{digest.person.login} · {digest.subject}\n")
        click.echo(write(digest, settings.base_url))


def _plain(digest: Digest, settings: Settings) -> dict[str, Any]:
    return {
        "user": digest.person.login,
        "kind": digest.kind,
        "day": digest.day,
        "sent": not digest.silent,
        "subject": digest.subject,
        "text": as_text(digest, settings.base_url),
        "html": as_html(digest, settings.base_url),
    }


def _outbox() -> list[dict[str, Any]]:
    rows = Mail.select().order_by(Mail.id.desc()).limit(LONGEST_TABLE)
    return [
        {
            "kind": mail.kind,
            "day": mail.slot,
            "to": mail.to_address,
            "state": outbox.state_of(mail),
            "attempts": mail.attempts,
            "error": mail.error,
        }
        for mail in rows
    ]
