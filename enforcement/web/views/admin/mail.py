"""Mail: what is in the outbox, and what a person would be sent today, word for word; a preview stores and sends nothing."""

from __future__ import annotations

from typing import Any

from flask import redirect
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from enforcement.accounts import lists
from enforcement.api.context import now
from enforcement.api.context import service
from enforcement.api.context import today
from enforcement.mail import operations
from enforcement.mail import outbox
from enforcement.mail.composing import digest_for
from enforcement.mail.composing import kind_for
from enforcement.mail.queries import mails
from enforcement.mail.rendering import as_text
from enforcement.models.accounts import LANGUAGES
from enforcement.web import asking
from enforcement.web import choosing
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import notify
from enforcement.web.session import page
from enforcement.web.views.admin.topics import blp
from enforcement.web.views.admin.users import LANGUAGE_WORDS
from rules.facts import Text

STATES: dict[str, Text] = {
    "waiting": Text("待发送", "Waiting"),
    "sent": Text("已发送", "Sent"),
    "skipped": Text("无内容，未发送", "Nothing to say, not sent"),
    "failed": Text("发送失败", "Failed"),
}
TONES = {"waiting": "info", "sent": "good", "skipped": "plain", "failed": "bad"}
KINDS: dict[str, Text] = {"digest": Text("每日提醒", "Daily digest"), "summary": Text("每周汇总", "Weekly summary")}
#: People to choose from on one page.
MOST = 500


@blp.get("/admin/mail")
@page("account.manage")
def mail() -> str:
    """Show the outbox, and the preview for whoever is asked for."""
    found = mails(actor(), page=asking.page())
    states: dict[str, int] = {}
    for (_kind, state), number in outbox.counts().items():
        states[state] = states.get(state, 0) + number
    return render(
        "admin/mail.html",
        found=found,
        state_of=outbox.state_of,
        states=STATES,
        tones=TONES,
        kinds=KINDS,
        counts=states,
        languages=[("", _("按个人设置")), *choosing.words(LANGUAGE_WORDS, LANGUAGES)],
        **_preview(),
    )


@blp.post("/admin/mail/retry")
@page("account.manage")
def retry_mail() -> ResponseReturnValue:
    """Let failed mails be tried again."""
    again = operations.try_again(actor(), now())
    notify("done", ngettext("%(num)s 封失败的邮件将重新发送", "%(num)s 封失败的邮件将重新发送", again))
    return redirect(url_for(".mail"), 303)


def _preview() -> dict[str, Any]:
    """The digest of the person asked for, by the day and in the language asked for."""
    people = [row for row in lists.users(actor(), active=True, page_size=MOST).items if kind_for(row.role) is not None]
    login, day = asking.text("user"), asking.day("day") or today()
    language = asking.choice("language", LANGUAGES)
    user = next((row for row in people if row.login == login), None)
    asked = {"people": [(row.login, f"{row.name} {row.login}") for row in people], "asked": (login, day, language)}
    kind = None if user is None else kind_for(user.role)
    if user is None or kind is None:
        return {**asked, "digest": None, "text": "", "address": ""}
    settings = service().settings
    digest = digest_for(user, kind, day, settings.soon_days, language=language)
    return {**asked, "digest": digest, "text": as_text(digest, settings.base_url), "address": user.email}
