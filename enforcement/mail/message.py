"""The mail itself: headers and both bodies, as RFC 5322 and 2045 have them.

The Message-ID belongs to the row of the outbox and is the same on each attempt: a mail server that took the mail just before
this process died knows a second copy by it.
"""

from __future__ import annotations

from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from enforcement.mail.digest import Digest
from enforcement.mail.rendering import as_html
from enforcement.mail.rendering import as_text
from enforcement.mail.words import say
from enforcement.times import SHANGHAI

#: Bodies in seven bits, so that a server without 8BITMIME takes them too.
POLICY = SMTP.clone(cte_type="7bit")


class BadAddress(ValueError):
    """What is entered as a person's address is none."""


def message_id(public_id: str, mail_from: str) -> str:
    """Make the Message-ID of a row of the outbox, in the sender's domain."""
    return f"<{public_id}@{mail_from.rpartition('@')[2]}>"


def build(digest: Digest, *, to: str, mail_from: str, message_id: str, base_url: str, now: datetime) -> EmailMessage:
    """Make the mail of a digest; raises :class:`BadAddress`."""
    language = digest.person.language
    mail = EmailMessage(policy=POLICY)
    mail["Subject"] = digest.subject
    mail["From"] = Address(say("product", language), addr_spec=mail_from)
    mail["To"] = _address(digest.person.name, to)
    mail["Date"] = format_datetime(now.astimezone(SHANGHAI))
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(as_text(digest, base_url))
    mail.add_alternative(as_html(digest, base_url), subtype="html")
    mail["Content-Language"] = "zh-CN" if language == "zh" else "en"
    return mail


def _address(name: str, address: str) -> Address:
    """An address with its name; raises :class:`BadAddress` for what cannot be read as one mailbox."""
    try:
        found = Address(name, addr_spec=address)
    except (ValueError, IndexError, HeaderParseError) as error:
        raise BadAddress(f"not a mail address: {address!r}") from error
    if not found.username or not found.domain:
        raise BadAddress(f"not a mail address: {address!r}")
    return found
