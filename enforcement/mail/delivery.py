"""Handing a mail over: to an SMTP server, or as a file into a folder where there is no server.

Either takes the mail or raises one of two: :class:`Later`, and it is tried again, or :class:`Never`, and somebody has to look
at it. What a wrong setting causes (no server, wrong password, a certificate that is not trusted) is ``Later``: the mail is
good, and the setting will be put right. A server's 5xx about this mail or this address is ``Never``.

In the folder a mail is named by its row in the outbox and appears whole or not at all, so a second attempt overwrites the
first and the folder never holds two.
"""

from __future__ import annotations

import logging
import os
import re
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Protocol
from typing import Self

from enforcement.config import Settings
from enforcement.config import Smtp

logger = logging.getLogger(__name__)

#: Seconds to wait for the server's next answer.
TIMEOUT = 30

_SAFE_NAME = re.compile(r"[0-9A-Za-z]+")


class Undelivered(Exception):
    """The mail was not taken; the text says why, in the server's words where there are any."""


class Later(Undelivered):
    """It may be taken another time."""


class Never(Undelivered):
    """It will not be taken however often it is tried."""


class Transport(Protocol):
    """A way to hand mails over, used in a ``with`` block for a batch of them."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def send(self, mail: EmailMessage, name: str) -> None:
        """Hand one mail over under a name of its own; raises :class:`Later` or :class:`Never`."""


def transport(settings: Settings) -> Transport:
    """Give the way that the settings name: a server, else the folder."""
    return Mailbox(settings.mailbox) if settings.smtp is None else SmtpServer(settings.smtp, settings.mail_from)


class Mailbox:
    """A folder of .eml files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is kept open."""

    def send(self, mail: EmailMessage, name: str) -> None:
        """Write the mail beside its place and move it there, so that no reader sees half of it."""
        if not _SAFE_NAME.fullmatch(name):
            raise Never(f"not a name for a file: {name!r}")
        target = self.folder / f"{name}.eml"
        unfinished = self.folder / f".{name}.{os.getpid()}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write_through(unfinished, mail.as_bytes())
            unfinished.replace(target)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise Later(f"{error.filename or target}: {error.strerror or error}") from error


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


class SmtpServer:
    """A mail server; one connection serves a batch, and a new one is made after a failure.

    Certificates are checked against the system's authorities; an office with its own names them by the variable
    SSL_CERT_FILE.
    """

    def __init__(self, smtp: Smtp, mail_from: str, context: ssl.SSLContext | None = None) -> None:
        self.smtp = smtp
        self.mail_from = mail_from
        self.context = context
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, mail: EmailMessage, name: str) -> None:
        """Hand a mail to the server; its Message-ID is its name there."""
        connection = self._connected()
        recipients = [address.addr_spec for address in mail["To"].addresses]
        try:
            connection.send_message(mail, self.mail_from, recipients)
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            self._refused(code, text, error)
        except smtplib.SMTPResponseException as error:
            self._refused(error.smtp_code, error.smtp_error, error)
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise Later(f"{self.smtp.host}: {error}") from error

    def _refused(self, code: int, text: bytes | str, error: Exception) -> None:
        self._hang_up()
        said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        refusal = Never if 500 <= code <= 599 else Later
        raise refusal(f"{self.smtp.host}: {code} {said}") from error

    def _connected(self) -> smtplib.SMTP:
        """Connect and sign in; whatever goes wrong here lies with server or settings, not with the mail."""
        if self._connection is None:
            try:
                self._connection = self._connect()
            except (smtplib.SMTPException, OSError) as error:
                raise Later(f"{self.smtp.host}:{self.smtp.port}: {_told(error)}") from error
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        smtp = self.smtp
        context = self.context or ssl.create_default_context()
        connection = (
            smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT, context=context)
            if smtp.security == "tls"
            else smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT)
        )
        try:
            if smtp.security == "starttls":
                connection.starttls(context=context)
            if smtp.user is not None:
                if smtp.security == "none":
                    logger.warning("the password for %s goes over an unencrypted connection", smtp.host)
                connection.login(smtp.user, smtp.password or "")
        except BaseException:
            connection.close()
            raise
        return connection

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError) as error:
            logger.debug("the mail server did not say goodbye: %s", error)
            connection.close()


def _told(error: Exception) -> str:
    """What a server said, without the credentials it may have been sent."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    return str(error)
