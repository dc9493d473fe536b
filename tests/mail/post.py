"""A real mail server on the loopback for tests, with TLS, sign-in and refusals as a test asks for."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from aiosmtpd.smtp import LoginPassword

from enforcement.config import Smtp

#: A certificate for localhost and its key, made for these tests, valid for a hundred years and trusted by nobody.
CERTIFICATE = Path(__file__).parent / "localhost.pem"
USER, PASSWORD = "ledger@example.org", "p@ss word"


@dataclass
class Post:
    """What the server got, and how it answers."""

    received: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    #: Answers to RCPT TO and to the end of DATA; the second is asked after the mail has been taken in.
    on_recipient: Callable[[str], str] = lambda address: "250 OK"
    on_data: Callable[[], str] = lambda: "250 OK"
    smtp: Smtp = Smtp("127.0.0.1", 0, "none")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        answer = self.on_recipient(address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.on_data()
        if answer.startswith("2"):
            mail = message_from_bytes(envelope.content, policy=default)
            assert isinstance(mail, EmailMessage)
            self.received.append(mail)
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return answer


def trusting() -> ssl.SSLContext:
    """A context that trusts the certificate of these tests and no other."""
    context = ssl.create_default_context()
    context.load_verify_locations(CERTIFICATE)
    return context


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def post_office(security: str = "none", sign_in: bool = False, port: int | None = None) -> Iterator[Post]:
    """Run a server, and give what it gets and the settings to reach it."""
    post = Post()
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(CERTIFICATE)
    options: dict[str, Any] = {}
    if security == "starttls":
        options |= {"tls_context": server_side, "require_starttls": True}
    if sign_in:
        options |= {"authenticator": _authenticate, "auth_required": True, "auth_require_tls": security == "starttls"}
    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=port or free_port(),
        ssl_context=server_side if security == "tls" else None,
        **options,
    )
    controller.start()
    try:
        credentials = (USER, PASSWORD) if sign_in else (None, None)
        post.smtp = Smtp("localhost" if security != "none" else "127.0.0.1", controller.port, security, *credentials)
        yield post
    finally:
        controller.stop()


def _authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=data.login == USER.encode() and data.password == PASSWORD.encode(), handled=False)
