"""Handing mails over, to a real server on the loopback and to a folder."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest

from enforcement.config import Settings
from enforcement.config import Smtp
from enforcement.mail.delivery import Later
from enforcement.mail.delivery import Mailbox
from enforcement.mail.delivery import Never
from enforcement.mail.delivery import SmtpServer
from enforcement.mail.delivery import transport
from enforcement.mail.message import BadAddress
from enforcement.mail.message import build
from enforcement.mail.message import message_id
from tests.mail.post import PASSWORD
from tests.mail.post import USER
from tests.mail.post import free_port
from tests.mail.post import post_office
from tests.mail.post import trusting
from tests.mail.test_digest import BASE
from tests.mail.test_digest import CHINESE
from tests.mail.test_digest import officers

FROM = "ledger@example.org"


#: The test server does not know that it was reached by TLS when TLS came before its first word.
over_tls = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")


def a_mail(to: str = "li@example.org", key: str = "01MAIL") -> EmailMessage:
    """The digest of the tests, as a mail."""
    now = datetime.fromisoformat("2026-03-02T00:00:00+00:00")
    return build(officers("zh"), to=to, mail_from=FROM, message_id=message_id(key, FROM), base_url=BASE, now=now)


def server(smtp: Smtp) -> SmtpServer:
    return SmtpServer(smtp, FROM, trusting())


def test_the_mail_has_the_headers_that_machines_look_for() -> None:
    mail = BytesParser(policy=default).parsebytes(a_mail().as_bytes())
    assert mail["Subject"] == "[执法台账] 2026-03-02 新问题 5 · 7 日内到期 2 · 退回 1"
    assert mail["From"] == "执法台账 <ledger@example.org>"
    assert mail["To"] == "李四 <li@example.org>"
    assert mail["Date"] == "Mon, 02 Mar 2026 08:00:00 +0800"
    assert mail["Message-ID"] == "<01MAIL@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "zh-CN"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_the_mail_is_seven_bit_with_short_lines_whatever_is_in_it() -> None:
    content = a_mail().as_bytes()
    assert content.isascii()
    assert max(map(len, content.splitlines())) <= 998


@pytest.mark.parametrize("address", ["", "li", "li@", "@example.org", "a@b@c", "li@example.org\r\nBcc: x@y.z"])
def test_what_is_no_address_makes_no_mail(address: str) -> None:
    with pytest.raises(BadAddress):
        a_mail(address)


@over_tls
@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
@pytest.mark.parametrize("sign_in", [False, True])
def test_a_server_takes_mails_plain_with_starttls_and_with_tls(security: str, sign_in: bool) -> None:
    with post_office(security, sign_in and security != "none") as post, server(post.smtp) as way:
        way.send(a_mail(), "01MAIL")
        way.send(a_mail("wang@example.org", "01NEXT"), "01NEXT")
    assert post.envelopes == [(FROM, ["li@example.org"]), (FROM, ["wang@example.org"])]
    assert [mail["Message-ID"] for mail in post.received] == ["<01MAIL@example.org>", "<01NEXT@example.org>"]
    body = post.received[0].get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == CHINESE


def test_a_certificate_nobody_vouches_for_is_not_spoken_to() -> None:
    for security in ("starttls", "tls"):
        with post_office(security) as post, SmtpServer(post.smtp, FROM) as way:
            with pytest.raises(Later, match="CERTIFICATE_VERIFY_FAILED"):
                way.send(a_mail(), "01MAIL")
            assert post.received == []


def test_starttls_is_not_given_up_because_the_server_does_not_offer_it() -> None:
    with post_office("none") as post:
        smtp = Smtp("127.0.0.1", post.smtp.port, "starttls")
        with server(smtp) as way, pytest.raises(Later, match="STARTTLS"):
            way.send(a_mail(), "01MAIL")
        assert post.received == []


@over_tls
def test_a_wrong_password_is_tried_again_later_and_is_not_told() -> None:
    with post_office("tls", sign_in=True) as post:
        smtp = Smtp("localhost", post.smtp.port, "tls", USER, "wrong secret")
        with server(smtp) as way, pytest.raises(Later, match="535") as refusal:
            way.send(a_mail(), "01MAIL")
    assert "wrong secret" not in str(refusal.value)
    assert PASSWORD not in repr(post.smtp)


@pytest.mark.parametrize(("answer", "refusal"), [("450 4.2.1 mailbox busy", Later), ("550 5.1.1 no such user", Never)])
def test_a_refused_recipient_is_tried_again_after_4xx_and_not_after_5xx(answer: str, refusal: type[Exception]) -> None:
    with post_office() as post, server(post.smtp) as way:
        post.on_recipient = lambda address: answer if address.startswith("li@") else "250 OK"
        with pytest.raises(refusal, match=answer):
            way.send(a_mail(), "01MAIL")
        way.send(a_mail("wang@example.org"), "01MAIL")
    assert post.envelopes == [(FROM, ["wang@example.org"])]


@pytest.mark.parametrize(("answer", "refusal"), [("451 4.3.0 try again", Later), ("554 5.7.1 spam", Never)])
def test_a_refused_mail_is_tried_again_after_4xx_and_not_after_5xx(answer: str, refusal: type[Exception]) -> None:
    with post_office() as post, server(post.smtp) as way:
        post.on_data = lambda: answer
        with pytest.raises(refusal, match=answer):
            way.send(a_mail(), "01MAIL")
        assert post.received == []


def test_a_server_that_is_down_is_tried_again_and_found_when_it_is_back() -> None:
    port = free_port()
    way = server(Smtp("127.0.0.1", port, "none"))
    with pytest.raises(Later, match="refused"):
        way.send(a_mail(), "01MAIL")
    with post_office(port=port) as post, way:
        way.send(a_mail(), "01MAIL")
    assert [mail["Message-ID"] for mail in post.received] == ["<01MAIL@example.org>"]


def test_a_server_that_hangs_up_between_two_mails_is_connected_to_again() -> None:
    with post_office() as post:
        port = post.smtp.port
        with server(post.smtp) as way:
            way.send(a_mail(), "01MAIL")
            assert way._connection is not None
            way._connection.close()
            with pytest.raises(Later):
                way.send(a_mail(), "01MAIL")
            way.send(a_mail(), "01MAIL")
        assert post.smtp.port == port
    assert len(post.received) == 2


def test_a_folder_takes_a_mail_under_its_name_and_a_second_attempt_takes_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "mailbox"
    with Mailbox(folder) as way:
        way.send(a_mail("first@example.org"), "01MAIL")
        way.send(a_mail("second@example.org"), "01MAIL")
        way.send(a_mail("other@example.org"), "01NEXT")
    assert sorted(path.name for path in folder.iterdir()) == ["01MAIL.eml", "01NEXT.eml"]
    mail = BytesParser(policy=default).parsebytes((folder / "01MAIL.eml").read_bytes())
    assert mail["To"].addresses[0].addr_spec == "second@example.org"


def test_a_folder_that_cannot_be_written_is_tried_again_later(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with Mailbox(tmp_path / "file") as way, pytest.raises(Later):
        way.send(a_mail(), "01MAIL")


@pytest.mark.parametrize("name", ["../out", "a/b", "", ".."])
def test_a_folder_takes_no_name_that_leads_out_of_it(tmp_path: Path, name: str) -> None:
    with Mailbox(tmp_path / "mailbox") as way, pytest.raises(Never):
        way.send(a_mail(), name)
    assert list(tmp_path.rglob("*.eml")) == []


def test_the_settings_choose_between_server_and_folder(tmp_path: Path) -> None:
    folder = transport(Settings(mailbox=tmp_path))
    assert isinstance(folder, Mailbox) and folder.folder == tmp_path
    smtp = Smtp("mail.example.org", 587, "starttls")
    way = transport(Settings(smtp=smtp, mail_from=FROM))
    assert isinstance(way, SmtpServer) and (way.smtp, way.mail_from) == (smtp, FROM)
