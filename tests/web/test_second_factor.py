"""The second factor of signing in (OWASP ASVS 5.0 V6.3.3, V6.5.1; RFC 6238), as people meet it on the pages."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any

import peewee
import pyotp
import pytest
from flask import Flask

from enforcement import create_app
from enforcement.accounts import codes
from enforcement.accounts import second_factor
from enforcement.accounts import sessions
from enforcement.accounts.operations import issue_token
from enforcement.accounts.operations import set_password
from enforcement.accounts.sessions import Origin
from enforcement.audit.queries import entries_for
from enforcement.audit.queries import verify
from enforcement.config import Settings
from enforcement.db import connected
from enforcement.errors import Forbidden
from enforcement.models import PendingSignIn
from enforcement.models import RecoveryCode
from enforcement.models import SecondFactor
from enforcement.models import Session
from enforcement.models import User
from tests.office import Office
from tests.web.client import Client
from tests.web.client import Page
from tests.web.conftest import PASSWORD
from tests.web.conftest import Clock

Open = Callable[[str | None], Client]
STEP = timedelta(seconds=30)
MINUTE = timedelta(minutes=1)
WRONG = "验证码不正确或已失效"
PATH = "/account/second-factor"
GROUPS = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}\b")


class Phone:
    """Somebody's authenticator and recovery codes."""

    def __init__(self, secret: str, recovery: list[str]) -> None:
        self.secret = secret
        self.recovery = recovery

    def at(self, moment: datetime) -> str:
        """The code that it shows at a moment."""
        return pyotp.TOTP(self.secret).at(moment)


def shown_secret(page: Page) -> str:
    (found,) = re.findall(r'<code id="secret">([^<]*)</code>', page.html)
    assert re.fullmatch("[A-Z2-7]{4}( [A-Z2-7]{4}){7}", found), found
    return str(found).replace(" ", "")


def turn_on(client: Client, moment: datetime) -> Phone:
    """Turn it on as a person does."""
    client.get(PATH)
    page = client.send(f"{PATH}/begin", current=PASSWORD)
    secret = shown_secret(page)
    page = client.send(f"{PATH}/confirm", code=pyotp.TOTP(secret).at(moment))
    assert page.heading == "恢复码", page.text
    return Phone(secret, GROUPS.findall(page.text))


@pytest.fixture
def phone(web_client: Open, with_password: str, clock: Clock) -> Phone:
    """The officer's, turned on an hour ago so that no code of now was used."""
    now, clock.now = clock.now, clock.now - timedelta(hours=1)
    made = turn_on(web_client("officer"), clock.now)
    clock.now = now
    return made


def after_password(app: Flask, **options: str) -> Client:
    """An officer's browser that has shown the password and is asked for the code."""
    client = Client(app, **options)
    page = client.sign_in("officer", PASSWORD)
    assert (page.path, page.heading) == ("/sign-in/code", "输入验证码")
    return client


def try_code(client: Client, code: str, **more: str) -> Page:
    return client.send("/sign-in/code", code=code, **more)


# turning it on


def test_the_secret_waits_in_the_book_and_counts_only_after_a_right_code(
    app: Flask, web_client: Open, office: Office, with_password: str, now: datetime
) -> None:
    client = web_client("officer")
    assert "第一步：确认密码" in client.get(PATH).text
    page = client.send(f"{PATH}/begin", current=with_password)
    secret = shown_secret(page)
    address = html.unescape(re.findall(r'<code id="address">([^<]*)</code>', page.html)[0])
    assert address == f"otpauth://totp/Enforcement%20Ledger:officer?secret={secret}&issuer=Enforcement%20Ledger"
    assert re.findall(r'<input type="hidden"[^>]*value="([^"]*)"', page.html).count(secret) == 0
    assert client.send(f"{PATH}/confirm", code="000000" if pyotp.TOTP(secret).at(now) != "000000" else "1").faults == {
        "code": WRONG
    }
    assert Client(app).sign_in("officer", with_password).path == "/", "it counts before it is confirmed"
    page = client.send(f"{PATH}/confirm", code=pyotp.TOTP(secret).at(now))
    given = GROUPS.findall(page.text)
    assert len(set(given)) == 10
    assert Client(app).sign_in("officer", with_password).path == "/sign-in/code"
    page = client.get(PATH)
    assert "剩余恢复码 10" in page.text
    assert [code for code in [secret, codes.in_groups(secret), *given] if code in page.html] == []
    with connected():
        kept = {row.hash for row in RecoveryCode.select()}
        assert [code for code in given if code in kept] == [] and {len(text) for text in kept} == {64}


def test_a_secret_that_was_not_confirmed_within_an_hour_is_gone(
    web_client: Open, with_password: str, clock: Clock
) -> None:
    client = web_client("officer")
    client.get(PATH)
    secret = shown_secret(client.send(f"{PATH}/begin", current=with_password))
    clock.now += timedelta(hours=1)
    page = client.send(f"{PATH}/confirm", code=pyotp.TOTP(secret).at(clock.now))
    assert "没有待确认的密钥，请重新开始" in page.text
    assert "第一步：确认密码" in page.text


def test_turning_it_on_ends_the_other_sessions_and_keeps_this_one(
    web_client: Open, with_password: str, now: datetime
) -> None:
    other, client = web_client("officer"), web_client("officer")
    before = client.cookie()
    turn_on(client, now)
    assert client.get("/account").status == 200 and client.cookie() != before
    assert other.get("/account").path == "/sign-in?next=/account"


@pytest.mark.parametrize("action", ["begin", "recovery-codes", "off"])
def test_changing_it_needs_the_password_and_guessing_that_is_slowed(
    web_client: Open, office: Office, phone: Phone, with_password: str, action: str
) -> None:
    client = web_client("officer")
    client.get(PATH)
    for _ in range(10):
        page = client.send(f"{PATH}/{action}", current="wrong")
        assert (page.status, page.faults) == (422, {"current": "当前密码不正确"})
    assert client.send(f"{PATH}/{action}", current=with_password).status == 429
    with connected():
        assert SecondFactor.get(SecondFactor.user == office.officer).secret == phone.secret
        assert RecoveryCode.select().count() == 10


def test_it_is_not_begun_anew_while_it_is_on(web_client: Open, phone: Phone, with_password: str) -> None:
    client = web_client("officer")
    client.get(PATH)
    assert "两步验证已启用" in client.send(f"{PATH}/begin", current=with_password).text
    with connected():
        assert [row.secret for row in SecondFactor.select()] == [phone.secret]


def test_turned_off_the_password_is_enough_again(
    app: Flask, web_client: Open, office: Office, phone: Phone, with_password: str
) -> None:
    client = web_client("officer")
    client.get(PATH)
    assert "两步验证已停用" in client.send(f"{PATH}/off", current=with_password).text
    assert Client(app).sign_in("officer", with_password).path == "/"
    with connected():
        assert (SecondFactor.select().count(), RecoveryCode.select().count()) == (0, 0)


def test_the_audit_says_that_it_changed_and_never_to_what(
    web_client: Open, office: Office, phone: Phone, with_password: str, caplog: pytest.LogCaptureFixture, app: Flask
) -> None:
    with caplog.at_level(logging.DEBUG):
        waiting = after_password(app)
        token = str(waiting.cookie("signing-in"))
        try_code(waiting, "wrong code typed")
        try_code(waiting, phone.recovery[0])
        client = web_client("officer")
        client.get(PATH)
        fresh = GROUPS.findall(client.send(f"{PATH}/recovery-codes", current=with_password).text)
        client.send(f"{PATH}/off", current=with_password)
    with connected():
        entries = entries_for("user", office.officer.public_id)
        assert verify() == []
    assert [(entry.actor_text, entry.action, entry.changed) for entry in entries][-4:] == [
        ("officer", "second_factor.on", {"second_factor": [False, True]}),
        ("officer", "second_factor.recovery_code_used", {"recovery_codes": [10, 9]}),
        ("officer", "second_factor.recovery_codes", {}),
        ("officer", "second_factor.off", {"second_factor": [True, False]}),
    ]
    written = " ".join(str(vars(record)) for record in caplog.records if not record.name.startswith("peewee"))
    written += " ".join(entry.changes for entry in entries)
    hidden = [phone.secret, *phone.recovery, *fresh, token, "wrong code typed"]
    assert len(fresh) == 10 and [text for text in hidden if text in written] == []


# signing in


def test_v6_3_3_after_the_password_nobody_is_in_before_the_code(
    app: Flask, office: Office, phone: Phone, now: datetime
) -> None:
    with connected():
        before = Session.select().count()
    client = after_password(app)
    assert client.get("/account").path == "/sign-in?next=/account"
    assert client.get("/cases").path == "/sign-in?next=/cases"
    with connected():
        assert Session.select().count() == before
    client.get("/sign-in/code")
    page = try_code(client, phone.at(now))
    assert (page.status, page.path, page.heading) == (200, "/", "首页")
    assert client.cookie("signing-in") is None


def test_the_code_leads_where_the_person_wanted_to_go_and_nowhere_else(app: Flask, phone: Phone, clock: Clock) -> None:
    for wanted, reached in (("/account", "/account"), ("//elsewhere.example/", "/")):
        client = Client(app)
        client.get("/sign-in")
        page = client.send("/sign-in", login="officer", password=PASSWORD, next=wanted)
        assert page.heading == "输入验证码"
        clock.now += STEP
        page = client.send("/sign-in/code", follow=False, code=phone.at(clock.now), next=wanted)
        assert page.response.headers["Location"] == reached


def test_the_waiting_sign_in_is_bound_to_its_browser(app: Flask, phone: Phone, now: datetime) -> None:
    waiting = after_password(app)
    other = Client(app)
    other.get("/sign-in")
    page = try_code(other, phone.at(now))
    assert (page.status, page.heading) == (422, "登录")
    assert "登录已超时，请重新输入密码" in page.text
    assert other.get("/sign-in/code").path == "/sign-in"
    with connected():
        kept = [row.hash for row in PendingSignIn.select()]
    assert len(kept) == 1 and kept[0] != waiting.cookie("signing-in") and len(kept[0]) == 64


@pytest.mark.parametrize(("base", "name"), [("http://localhost", ""), ("https://ledger.example", "__Host-")])
def test_its_cookie_is_httponly_and_of_this_host(app: Flask, phone: Phone, base: str, name: str) -> None:
    client = Client(app, base)
    client.get("/sign-in")
    answer = client.send("/sign-in", follow=False, login="officer", password=PASSWORD).response
    (line,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith(f"{name}signing-in=")]
    assert "; HttpOnly" in line and "; SameSite=Lax" in line and "; Path=/" in line and "Domain" not in line
    assert ("; Secure" in line) is (name != "")


def test_it_waits_five_minutes(app: Flask, phone: Phone, clock: Clock) -> None:
    first, second = after_password(app), after_password(app)
    clock.now += 5 * MINUTE - STEP
    assert try_code(first, phone.at(clock.now)).path == "/"
    clock.now += STEP
    page = try_code(second, phone.at(clock.now))
    assert (page.status, page.heading) == (422, "登录")
    assert second.get("/account").path == "/sign-in?next=/account"


def test_v6_5_1_a_code_is_accepted_once_and_none_before_it(app: Flask, phone: Phone, now: datetime) -> None:
    assert try_code(after_password(app), phone.at(now)).path == "/"
    for code in (phone.at(now), phone.at(now - STEP)):
        page = try_code(after_password(app), code)
        assert (page.status, WRONG in page.text) == (422, True)
    assert try_code(after_password(app), phone.at(now + STEP)).path == "/"


def test_v6_5_1_the_code_that_turned_it_on_does_not_sign_in(
    app: Flask, web_client: Open, with_password: str, now: datetime
) -> None:
    phone = turn_on(web_client("officer"), now)
    assert try_code(after_password(app), phone.at(now)).status == 422


def test_v6_5_1_of_two_sign_ins_at_once_with_the_same_code_one_is_refused(
    office: Office, phone: Phone, now: datetime, in_threads: Callable[..., list[Any]]
) -> None:
    origin = Origin("10.0.0.1", "Firefox")
    with connected():
        tokens = [sessions.sign_in("officer", PASSWORD, origin, now)[1] for _ in range(4)]

    def attempt(token: str) -> str:
        with connected():
            try:
                second_factor.finish_sign_in(token, phone.at(now), origin, now)
            except second_factor.WrongCode:
                return "refused"
            return "in"

    answers = in_threads(*[lambda token=token: attempt(token) for token in tokens])
    assert sorted(answers) == ["in", "refused", "refused", "refused"]


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_differ_by_one_step(app: Flask, phone: Phone, now: datetime, steps: int, accepted: bool) -> None:
    page = try_code(after_password(app), phone.at(now + steps * STEP))
    assert (page.path == "/") is accepted


def test_wrong_and_old_and_used_codes_are_refused_with_the_same_page(app: Flask, phone: Phone, now: datetime) -> None:
    assert try_code(after_password(app), phone.recovery[0]).path == "/"
    shapes = set()
    for code in ("", "12345", "１２３４５６", phone.at(now - 10 * STEP), phone.recovery[0], "ABCD" * 6):
        client = after_password(app)
        page = try_code(client, code)
        assert page.status == 422
        shapes.add(re.sub(r'value="[0-9a-f]{64}"', "", page.html))
        try_code(client, phone.recovery.pop())
    assert len(shapes) == 1 and WRONG in shapes.pop()


def test_a_code_may_be_typed_with_spaces(app: Flask, phone: Phone, now: datetime) -> None:
    code = phone.at(now)
    assert try_code(after_password(app), f" {code[:3]} {code[3:]} ").path == "/"


def test_a_recovery_code_works_once_however_it_is_typed(app: Flask, phone: Phone) -> None:
    code = phone.recovery[3]
    client = after_password(app)
    assert try_code(client, code.lower().replace("-", " ")).path == "/"
    assert "剩余恢复码 9" in client.get(PATH).text
    assert try_code(after_password(app), code).status == 422


def test_new_recovery_codes_make_the_old_ones_worthless(
    app: Flask, web_client: Open, phone: Phone, with_password: str
) -> None:
    client = web_client("officer")
    client.get(PATH)
    fresh = GROUPS.findall(client.send(f"{PATH}/recovery-codes", current=with_password).text)
    assert try_code(after_password(app), phone.recovery[0]).status == 422
    assert try_code(after_password(app), fresh[0]).path == "/"


def test_the_recovery_code_of_another_person_does_not_do(
    app: Flask, web_client: Open, phone: Phone, now: datetime
) -> None:
    theirs = turn_on(web_client("colleague"), now)
    assert try_code(after_password(app), theirs.recovery[0]).status == 422
    with connected():
        assert RecoveryCode.select().count() == 20


def test_guessing_codes_is_slowed_and_the_right_password_buys_no_more_guesses(
    app: Flask, phone: Phone, clock: Clock
) -> None:
    """Five passwords and five codes are ten attempts; then neither is looked at."""
    for _ in range(5):
        assert try_code(after_password(app), "wrong").status == 422
    client = Client(app)
    page = client.sign_in("officer", PASSWORD)
    assert (page.status, page.response.headers["Retry-After"]) == (429, "900")
    clock.now += 15 * MINUTE
    client = after_password(app)
    for _ in range(9):
        assert try_code(client, "wrong").status == 422
    page = try_code(client, phone.at(clock.now))
    assert page.status == 429 and "尝试次数过多，请 15 分钟后再试" in page.text
    clock.now += 15 * MINUTE
    assert try_code(after_password(app), phone.at(clock.now)).path == "/"


def test_signing_in_by_code_is_no_attempt_of_its_address_and_forgives_the_account(
    office: Office, phone: Phone, clock: Clock
) -> None:
    origin = Origin("10.0.0.9", "Firefox")
    with connected():
        for _ in range(60):
            clock.now += STEP
            _, token = sessions.sign_in("officer", PASSWORD, origin, clock.now)
            second_factor.finish_sign_in(token, phone.at(clock.now), origin, clock.now)
        waits = [row for row in SecondFactor.select()]
    assert [row.last_step for row in waits] == [int(clock.now.timestamp()) // 30]


def test_a_new_password_or_a_closed_account_ends_what_waits(
    app: Flask, office: Office, phone: Phone, clock: Clock
) -> None:
    client = after_password(app)
    with connected():
        set_password(office.admin, office.officer, "另一个很长的密码", clock.now)
    assert try_code(client, phone.at(clock.now)).heading == "登录"
    with connected():
        set_password(office.admin, office.officer, PASSWORD, clock.now)
    client = after_password(app)
    with connected():
        User.update(active=False).where(User.id == office.officer.id).execute()
    assert try_code(client, phone.at(clock.now)).heading == "登录"


def test_tokens_of_programs_are_unaffected(app: Flask, office: Office, phone: Phone, now: datetime) -> None:
    with connected():
        _, secret = issue_token("test", now, user=office.officer, name="import")
    answer = app.test_client().get("/api/penalties", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200


# losing it


def test_an_admin_resets_it_which_ends_the_person_s_sessions_and_is_audited(
    app: Flask, web_client: Open, office: Office, phone: Phone, with_password: str
) -> None:
    theirs, waiting, admin = web_client("officer"), after_password(app), web_client("admin")
    address = f"/admin/users/{office.officer.public_id}"
    assert "重置两步验证" in admin.get(address).text
    page = admin.send(f"{address}/second-factor/reset")
    assert "已重置 officer 的两步验证" in page.text
    assert f"{address}/second-factor/reset" not in page.html
    assert theirs.get("/account").path == "/sign-in?next=/account"
    assert waiting.get("/sign-in/code").path == "/sign-in"
    assert Client(app).sign_in("officer", with_password).path == "/"
    with connected():
        last = entries_for("user", office.officer.public_id)[-1]
        assert (last.actor_text, last.action) == ("admin", "second_factor.reset")
        assert last.changed == {"second_factor": [True, False]} and verify() == []


@pytest.mark.parametrize("person", ["colleague", "supervisor", "officer"])
def test_nobody_but_an_admin_resets_that_of_others(office: Office, phone: Phone, now: datetime, person: str) -> None:
    with connected():
        with pytest.raises(Forbidden):
            second_factor.reset(getattr(office, person), office.officer, now)
        assert SecondFactor.select().count() == 1


def test_an_admin_turns_off_their_own_only_by_password(
    web_client: Open, office: Office, with_password: str, now: datetime
) -> None:
    client = web_client("admin")
    turn_on(client, now)
    address = f"/admin/users/{office.admin.public_id}"
    assert "second-factor/reset" not in client.get(address).html
    assert client.send(f"{address}/second-factor/reset").status == 403
    with connected():
        assert SecondFactor.select().count() == 1


# required of everybody


@pytest.fixture
def strict(office: Office, with_password: str, database: peewee.Database, clock: Clock) -> Flask:
    """The application of an office that asks everybody for it."""
    return create_app(Settings(require_second_factor=True), clock=clock, opened=database)


def test_where_it_is_required_people_without_one_turn_it_on_before_anything_else(strict: Flask, clock: Clock) -> None:
    client = Client(strict)
    page = client.sign_in("officer", PASSWORD)
    assert (page.path, page.heading) == (PATH, "两步验证")
    assert "启用后才能使用其他页面" in page.text
    for path in ("/", "/cases", "/cases/new", "/findings", "/rules", "/admin/calendar"):
        assert client.get(path).path == PATH, path
    assert "/cases" not in client.get("/account").links
    assert client.send("/cases/code", q="x").path == PATH
    answer = client.browser.get("/cases", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (403, PATH)
    assert client.get("/account").heading == "我的账户"
    turn_on(client, clock.now)
    page = client.get("/cases")
    assert (page.path, page.status) == ("/cases", 200) and "/cases" in page.links


def test_where_it_is_required_people_may_still_sign_out(strict: Flask) -> None:
    client = Client(strict)
    client.sign_in("officer", PASSWORD)
    assert client.send("/sign-out").path == "/sign-in"


def test_where_it_is_required_programs_go_on_as_before(strict: Flask, office: Office, now: datetime) -> None:
    with connected():
        _, secret = issue_token("test", now, user=office.officer, name="import")
    answer = strict.test_client().get("/api/penalties", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200


def test_where_it_is_not_required_nobody_is_led_to_it(app: Flask, with_password: str) -> None:
    assert Client(app).sign_in("officer", with_password).path == "/"


# the codes themselves

#: RFC 6238, appendix B: the secret "12345678901234567890", seconds since 1970, the last six digits for SHA-1.
RFC = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}


@pytest.mark.parametrize("seconds", RFC)
def test_codes_are_those_of_the_rfc(seconds: int) -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    moment = datetime.fromtimestamp(seconds, UTC)
    assert codes.matching_step(secret, RFC[seconds], after=0, now=moment) == seconds // 30
    assert codes.matching_step(secret, RFC[seconds], after=seconds // 30, now=moment) is None


def test_secrets_and_recovery_codes_are_random_and_long() -> None:
    secrets, recovery = ({make() for _ in range(200)} for make in (codes.new_shared_secret, codes.new_recovery_code))
    assert (len(secrets), len(recovery)) == (200, 200)
    assert {len(text) for text in secrets} == {32} and {len(text.replace("-", "")) for text in recovery} == {24}
    assert {codes.recovery_code(text.replace("-", "").lower()) == text for text in recovery} == {True}
    assert codes.recovery_code("Oil0-" * 6) == "-".join(["0110"] * 6)
    assert [typed for typed in ("", "123456", "U" * 24, "A" * 25) if codes.recovery_code(typed)] == []
