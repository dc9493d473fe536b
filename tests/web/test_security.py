"""OWASP ASVS 5.0.0, item by item, as far as it concerns sessions, cookies, passwords, headers and forged requests.

Each test is named after its item; what an item asks stands in its docstring in our own words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import datetime
from datetime import timedelta
from typing import Literal

import argon2
import pytest
from flask import Flask

from enforcement import create_app
from enforcement.accounts import secrets
from enforcement.accounts import sessions
from enforcement.accounts.guessable import common as common_passwords
from enforcement.accounts.operations import create_user
from enforcement.accounts.operations import update_user
from enforcement.config import Settings
from enforcement.db import connected
from enforcement.errors import Invalid
from enforcement.models import Session
from enforcement.models import User
from tests.office import Office
from tests.web.client import Client
from tests.web.conftest import Clock

Open = Callable[[str | None], Client]
NEW = "一句很长的新密码"
HTTPS = "https://ledger.example"


def set_cookies(client: Client, path: str = "/sign-in", **options: object) -> dict[str, str]:
    """The Set-Cookie lines of an answer by the cookies' names."""
    lines = client.get(path, follow=False, **options).response.headers.getlist("Set-Cookie")
    return {line.partition("=")[0]: line for line in lines}


def change(client: Client, current: str, new: str) -> dict[str, str]:
    """Faults of a change of password."""
    client.get("/account")
    return client.send("/account/password", current=current, password=new, again=new).faults


@pytest.fixture
def signed_in(app: Flask, with_password: str) -> Client:
    """An officer's browser after signing in by the form."""
    client = Client(app)
    assert client.sign_in("officer", with_password).path == "/"
    return client


# V2.4 against automation


def test_v2_4_1_guessing_by_machine_is_slowed(app: Flask, with_password: str) -> None:
    """Counted by account and by address: the eleventh attempt is refused, with the right password too."""
    client = Client(app)
    answers = [client.sign_in("officer", "wrong").status for _ in range(10)]
    page = client.sign_in("officer", with_password)
    assert answers == [422] * 10
    assert (page.status, page.response.headers["Retry-After"]) == (429, "900")
    assert "尝试次数过多，请 15 分钟后再试" in page.text


# V2.2 input


@pytest.mark.parametrize(
    "path", ["/duties/a%00b", "/cases/%00", "/cases?q=%00", "/rules/%00", "/?lang=%00", "/sign-in?next=%00"]
)
def test_v2_2_2_what_no_database_keeps_is_refused_in_an_address(web_client: Open, path: str) -> None:
    """The character NUL is nobody's name and nobody's case."""
    assert web_client("officer").get(path).status == 404


def test_v2_2_2_what_no_database_keeps_is_refused_in_a_form(app: Flask, with_password: str) -> None:
    """As on every form: nothing is looked for."""
    client = Client(app)
    page = client.sign_in("off\x00icer", with_password)
    assert (page.status, page.heading) == (400, "请求无法解析")
    assert "请求中有不能识别的字符" in page.text


def test_v2_2_2_a_browser_with_an_odd_name_is_signed_in(app: Flask, with_password: str) -> None:
    """It is cut, and kept without what cannot be kept."""
    client = Client(app)
    client.options["headers"] = {"User-Agent": "Odd<script> " * 100}
    assert client.sign_in("officer", with_password).path == "/"
    page = client.get("/account")
    assert "Odd&lt;script&gt;" in page.html and "Odd<script>" not in page.html
    with connected():
        assert len(Session.get().agent) == 300


# V3.3 cookies


def test_v3_3_1_cookies_are_secure_over_https_and_named_so(app: Flask) -> None:
    """Each has Secure and the prefix __Host-."""
    found = set_cookies(Client(app, HTTPS), lang="en")
    assert sorted(found) == ["__Host-language", "__Host-session"]
    assert [name for name, line in found.items() if "; Secure" not in line] == []


def test_v3_3_2_cookies_are_not_sent_along_from_other_sites(app: Flask) -> None:
    """Each is SameSite=Lax: a link from a mail works, a form from elsewhere brings no cookie."""
    found = set_cookies(Client(app), lang="en")
    assert sorted(found) == ["language", "session"]
    assert [name for name, line in found.items() if "; SameSite=Lax" not in line] == []


def test_v3_3_3_cookies_belong_to_this_host_alone(app: Flask) -> None:
    """No Domain and the path /, as the prefix __Host- asks."""
    found = set_cookies(Client(app, HTTPS), lang="en")
    assert [name for name, line in found.items() if "Domain" in line or not re.search(r"; Path=/(;|$)", line)] == []


def test_v3_3_4_scripts_cannot_read_cookies(app: Flask, signed_in: Client) -> None:
    """Each is HttpOnly, and the session's token stands on no page."""
    found = set_cookies(Client(app), lang="en")
    assert [name for name, line in found.items() if "; HttpOnly" not in line] == []
    assert str(signed_in.cookie()) not in signed_in.get("/account").html


# V3.4 headers


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/no-such-page", "/static/css/base.css"])
def test_v3_4_headers_stand_on_every_answer(web_client: Open, path: str) -> None:
    """3.4.3 content policy without inline script, objects or another base; 3.4.4 nosniff; 3.4.5 no referrer; 3.4.6 no frame."""
    headers = web_client("officer").get(path).response.headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'" and "unsafe" not in headers["Content-Security-Policy"]
    assert (policy["object-src"], policy["base-uri"], policy["frame-ancestors"]) == ("'none'", "'none'", "'none'")
    assert policy["form-action"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"


def test_v3_4_1_browsers_come_back_by_https_only(app: Flask) -> None:
    """Strict-Transport-Security for a year, over https, where it counts."""
    secure = Client(app, HTTPS).get("/sign-in").response.headers["Strict-Transport-Security"]
    assert secure == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in Client(app).get("/sign-in").response.headers


def test_v3_4_2_no_other_origin_may_read(app: Flask) -> None:
    """No Access-Control-Allow-Origin, whoever asks."""
    answer = app.test_client().get("/sign-in", headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


# V3.5 forged requests


FORMS = ("/account/password", "/account/language", "/account/sessions/end-others", "/sign-out", "/sign-in")


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("word", ["", "0" * 64])
def test_v3_5_1_a_form_without_our_word_changes_nothing(
    signed_in: Client, office: Office, path: str, word: str
) -> None:
    """Without the hidden word, or with another, a form is refused before the view."""
    signed_in.word = word or "-"
    page = signed_in.send(path, language="en", login="officer", password="x")
    assert (page.status, page.heading) == (403, "无权执行")
    assert "请重新打开页面后再提交" in page.text
    assert signed_in.get("/account").status == 200
    with connected():
        assert User.get_by_id(office.officer.id).language == "zh"


def test_v3_5_1_the_word_of_another_browser_does_not_do(web_client: Open) -> None:
    """The word belongs to the cookie."""
    mine, theirs = web_client("officer"), web_client("colleague")
    mine.get("/account")
    theirs.get("/account")
    assert mine.word != theirs.word
    mine.word = theirs.word
    assert mine.send("/account/language", language="en").status == 403


def test_v3_5_1_a_form_sent_from_another_site_is_refused_whatever_it_holds(web_client: Open) -> None:
    """A browser says itself where a form comes from."""
    client = web_client("officer")
    client.get("/account")
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 303), ("none", 303)):
        answer = client.browser.post(
            "/account/language",
            data={"csrf_token": client.word, "language": "zh"},
            headers={"Sec-Fetch-Site": site},
        )
        assert answer.status_code == status, site


def test_v3_5_1_htmx_shows_the_word_in_a_header(web_client: Open) -> None:
    """The page hands it to htmx, and it is taken from there."""
    client = web_client("officer")
    page = client.get("/account")
    assert f"""hx-headers:inherited='{{"X-CSRF-Token": "{client.word}"}}'""" in page.html
    answer = client.browser.post("/account/language", data={"language": "zh"}, headers={"X-CSRF-Token": client.word})
    assert answer.status_code == 303


def test_v3_5_3_nothing_changes_by_opening_an_address(app: Flask, web_client: Open) -> None:
    """Each address that changes something takes POST only."""
    client = web_client("officer")
    statuses = {path: client.get(path).status for path in FORMS if path != "/sign-in"}
    assert statuses == dict.fromkeys(statuses, 405)


# V3.7 leading elsewhere


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/account?lang=en", "/account?lang=en"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("/\t/elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("account", "/"),
    ],
)
def test_v3_7_2_signing_in_leads_to_this_address_only(
    app: Flask, with_password: str, wanted: str, reached: str
) -> None:
    """What ``next`` names is followed only when it is a path of this service."""
    client = Client(app)
    page = client.get("/sign-in", next=wanted)
    assert client.word, page.text
    page = client.send("/sign-in", follow=False, login="officer", password=with_password, next=wanted)
    assert (page.status, page.response.headers["Location"]) == (303, reached)


# V4.1 messages


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/sign-in", "text/html; charset=utf-8"),
        ("/no-such-page", "text/html; charset=utf-8"),
        ("/static/css/base.css", "text/css; charset=utf-8"),
        ("/static/js/page.js", "text/javascript; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_v4_1_1_every_answer_names_its_type_and_letters(web_client: Open, path: str, kind: str) -> None:
    """Content-Type with a charset for text."""
    assert web_client(None).get(path).response.headers["Content-Type"] == kind


def test_v4_1_3_a_caller_cannot_claim_another_address_or_https(
    office: Office, app: Flask, database: object, clock: Clock
) -> None:
    """Forwarded headers count only as many as there are proxies in front, as the operator says."""
    claimed = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    plain = app.test_client().get("/sign-in", headers=claimed)
    assert "Strict-Transport-Security" not in plain.headers
    behind = create_app(Settings(), clock=clock, opened=database, proxies=1)  # type: ignore[arg-type]
    assert "Strict-Transport-Security" in behind.test_client().get("/sign-in", headers=claimed).headers


# V6.2 passwords


def test_v6_2_1_a_password_has_at_least_eight_characters(signed_in: Client, with_password: str) -> None:
    """Seven are refused, eight are not."""
    assert "8" in change(signed_in, with_password, "七个字的密码呀")["password"]
    assert change(signed_in, with_password, "八个字的密码呀！") == {}


def test_v6_2_2_people_change_their_password(app: Flask, signed_in: Client, with_password: str) -> None:
    """The new one counts at once, the old one no more."""
    assert change(signed_in, with_password, NEW) == {}
    assert Client(app).sign_in("officer", with_password).status == 422
    assert Client(app).sign_in("officer", NEW).path == "/"


def test_v6_2_3_changing_it_needs_the_current_one(app: Flask, signed_in: Client, with_password: str) -> None:
    """And the new one twice, so that nobody locks themselves out by a slip."""
    assert change(signed_in, "not the current one", NEW) == {"current": "当前密码不正确"}
    page = signed_in.send("/account/password", current=with_password, password=NEW, again="another")
    assert page.faults == {"again": "两次输入的新密码不一致"}
    assert Client(app).sign_in("officer", with_password).path == "/"


def test_v6_2_4_the_three_thousand_most_common_passwords_are_refused(
    signed_in: Client, office: Office, now: datetime, with_password: str
) -> None:
    """Those of eight characters and more, however the letters are written."""
    assert len(common_passwords()) >= 3000
    assert [word for word in common_passwords() if len(word) < 8] == []
    for word in ("sunshine", "SunShine", "88888888", "1qaz2wsx", "aaaaaaaaaaaa"):
        assert change(signed_in, with_password, word) == {"password": "这是最常见的密码之一，很容易被猜到"}, word
    with connected(), pytest.raises(Invalid) as refused:
        create_user("cli", now, login="new", name="新人", role="officer", agency=office.street, password="12345678")
    assert list(refused.value.errors) == ["password"]


@pytest.mark.parametrize("password", ["qzxvwkjyhg", "QZXVWKJYHG", "8203716459", "。。！！？？；；", "a b c d e f"])
def test_v6_2_5_any_characters_will_do(signed_in: Client, with_password: str, password: str) -> None:
    """No kind of character is asked for and none is forbidden."""
    assert change(signed_in, with_password, password) == {}


def test_v6_2_6_passwords_are_typed_in_fields_that_hide_them(web_client: Open) -> None:
    """Every field for one has the type password."""
    html = web_client(None).get("/sign-in").html + web_client("officer").get("/account").html
    fields = re.findall(r"<input [^>]*name=\"(?:password|current|again)\"[^>]*>", html)
    assert len(fields) == 4
    assert [field for field in fields if 'type="password"' not in field] == []


def test_v6_2_7_managers_of_passwords_may_fill_them_in(web_client: Open) -> None:
    """The fields say what they are for, and no script listens to pasting."""
    html = web_client(None).get("/sign-in").html + web_client("officer").get("/account").html
    said = re.findall(r'autocomplete="([^"]*)"', html)
    assert said == ["username", "current-password", "username", "current-password", "new-password", "new-password"]
    assert "paste" not in html


@pytest.mark.parametrize("password", [" 前后有空格的密码 ", "Ｆｕｌｌ－ｗｉｄｔｈ", "x" * 200 + "y"])
def test_v6_2_8_a_password_counts_exactly_as_it_was_typed(
    app: Flask, signed_in: Client, with_password: str, password: str
) -> None:
    """Nothing is cut, trimmed or made alike."""
    assert change(signed_in, with_password, password) == {}
    for other in (password.strip(), password[:-1], password.swapcase()):
        if other != password:
            assert Client(app).sign_in("officer", other).status == 422, other
    assert Client(app).sign_in("officer", password).path == "/"


def test_v6_2_9_long_passwords_are_taken(signed_in: Client, with_password: str) -> None:
    """Up to 256 characters, more than the 64 that are asked for."""
    assert change(signed_in, with_password, "春夏秋冬" * 64) == {}
    assert "256" in change(signed_in, "春夏秋冬" * 64, "春夏秋冬" * 64 + "又")["password"]


def test_v6_2_10_a_password_stays_valid(app: Flask, with_password: str, clock: Clock) -> None:
    """Nobody has to change it for its age."""
    clock.now += timedelta(days=3650)
    assert Client(app).sign_in("officer", with_password).path == "/"


@pytest.mark.parametrize("password", ["Officer2026!", "my-officer-pw", "执法台账2026年", "enforcement1"])
def test_v6_2_11_words_of_this_place_are_refused(signed_in: Client, with_password: str, password: str) -> None:
    """The sign-in name and the name of the service."""
    assert change(signed_in, with_password, password) == {"password": "密码不得含有登录名或本系统名称"}


# V6.3 signing in


def test_v6_3_1_the_same_answer_for_a_wrong_name_and_a_wrong_password(
    app: Flask, office: Office, with_password: str, now: datetime
) -> None:
    """Also for a closed account and for one without a password: the same status, the same words."""
    with connected():
        update_user("cli", office.reviewer, {"active": False}, now)
    pages = [
        Client(app).sign_in(login, password)
        for login, password in (
            ("officer", "wrong"),
            ("nobody", "wrong"),
            ("reviewer", with_password),
            ("stranger", with_password),
        )
    ]
    assert {page.status for page in pages} == {422}
    texts = {re.sub(r'value="[^"]*"', "", page.html) for page in pages}
    assert len(texts) == 1


def test_v6_3_1_an_unknown_name_costs_the_same_work_as_a_wrong_password(
    app: Flask, with_password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One password is hashed, with the same parameters, so that the time does not tell either."""
    worked: list[str] = []

    class Counted(argon2.PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            worked.append(str(hash).rpartition("$")[0].rpartition("$")[0])
            return super().verify(hash, password)

    monkeypatch.setattr(secrets, "_hasher", Counted(memory_cost=19456, time_cost=2, parallelism=1))
    for login in ("officer", "nobody", "stranger"):
        assert Client(app).sign_in(login, "wrong").status == 422
    assert worked == ["$argon2id$v=19$m=19456,t=2,p=1"] * 3


def test_v6_3_2_there_is_no_account_to_begin_with(database: object) -> None:
    """A new book has no user at all."""
    with connected():
        assert [user.login for user in User.select()] == []


# V7 sessions


def test_v7_2_3_tokens_are_random_and_long() -> None:
    """256 bits from the operating system's source, no two alike."""
    tokens = {sessions.new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {43}


def test_v7_2_4_signing_in_gives_a_new_token_and_ends_the_old_session(
    app: Flask, with_password: str, now: datetime
) -> None:
    """A token that was planted before signing in is worth nothing after it."""
    client = Client(app)
    client.get("/sign-in")
    planted = client.cookie()
    client.sign_in("officer", with_password)
    first = client.cookie()
    client.word = ""
    client.get("/account")
    client.send("/sign-in", login="officer", password=with_password)
    second = client.cookie()
    assert len({planted, first, second}) == 3
    with connected():
        alive = [token for token in (planted, first, second) if sessions.session_of(str(token), now)]
    assert alive == [second]


def test_v7_3_1_an_idle_session_ends(signed_in: Client, clock: Clock) -> None:
    """After two hours the next page is the sign-in, which leads back."""
    clock.now += timedelta(hours=2)
    assert signed_in.get("/account").path == "/sign-in?next=/account"


def test_v7_3_2_a_session_ends_after_twelve_hours(signed_in: Client, clock: Clock) -> None:
    """However busy."""
    for _ in range(11):
        clock.now += timedelta(hours=1)
        assert signed_in.get("/account").status == 200
    clock.now += timedelta(hours=1)
    assert signed_in.get("/account").path == "/sign-in?next=/account"


def test_v7_4_1_signing_out_ends_the_session_itself(app: Flask, signed_in: Client) -> None:
    """The token is worth nothing afterwards, also when somebody has kept it; the browser is told to forget."""
    token = str(signed_in.cookie())
    page = signed_in.send("/sign-out", follow=False)
    assert page.response.headers["Clear-Site-Data"] == '"cache"'
    assert signed_in.cookie() is None
    kept = Client(app)
    kept.browser.set_cookie("session", token)
    assert kept.get("/account").path == "/sign-in?next=/account"


def test_v7_4_2_a_closed_account_is_out_at_once(signed_in: Client, office: Office, now: datetime) -> None:
    """With the next request."""
    with connected():
        update_user(office.admin, office.officer, {"active": False}, now)
    assert signed_in.get("/account").path == "/sign-in?next=/account"


def test_v7_4_3_a_changed_password_ends_the_other_sessions(app: Flask, signed_in: Client, with_password: str) -> None:
    """This one goes on under a new token, the others are out."""
    other = Client(app)
    other.sign_in("officer", with_password)
    before = signed_in.cookie()
    assert change(signed_in, with_password, NEW) == {}
    assert signed_in.get("/account").status == 200
    assert signed_in.cookie() != before
    assert other.get("/account").path == "/sign-in?next=/account"


@pytest.mark.parametrize("person", ["officer", "reviewer", "supervisor", "admin"])
def test_v7_4_4_every_page_has_a_way_out(web_client: Open, person: str) -> None:
    """Home and account of each role show the button."""
    for path in ("/", "/account"):
        assert '<form method="post" action="/sign-out">' in web_client(person).get(path).html, path


def test_v7_4_5_an_admin_ends_the_sessions_of_a_person(signed_in: Client, office: Office, now: datetime) -> None:
    """All of them, at once."""
    with connected():
        assert sessions.end_all(office.admin, office.officer, now) == 1
    assert signed_in.get("/account").path == "/sign-in?next=/account"


def test_v7_5_1_what_guards_the_account_is_changed_only_by_who_knows_the_password(
    signed_in: Client, office: Office
) -> None:
    """An open session alone does not change it."""
    with connected():
        before = User.get_by_id(office.officer.id).password_hash
    assert change(signed_in, "", NEW) == {"current": "当前密码不正确"}
    with connected():
        assert User.get_by_id(office.officer.id).password_hash == before


def test_v7_5_2_people_see_and_end_their_sessions(app: Flask, signed_in: Client, with_password: str) -> None:
    """One by one or all others at once, with when and where each was opened."""
    others = [Client(app, address=f"10.0.0.{number}") for number in (2, 3, 4)]
    for other in others:
        other.sign_in("officer", with_password)
    page = signed_in.get("/account")
    assert all(f"10.0.0.{number}" in page.text for number in (2, 3, 4))
    with connected():
        chosen = Session.get(Session.address == "10.0.0.2").public_id
    page = signed_in.send(f"/account/sessions/{chosen}/end")
    assert "已结束该登录" in page.text and "10.0.0.2" not in page.text
    assert [other.get("/account").path for other in others] == ["/sign-in?next=/account", "/account", "/account"]
    assert "已结束其他登录：2 个" in signed_in.send("/account/sessions/end-others").text
    assert [other.get("/account").path for other in others] == ["/sign-in?next=/account"] * 3
    assert signed_in.get("/account").status == 200


# V8.2 what belongs to others


def test_v8_2_2_nobody_ends_the_session_of_another(web_client: Open, office: Office) -> None:
    """It is not found, and lives on."""
    theirs, mine = web_client("colleague"), web_client("officer")
    with connected():
        other = Session.get(Session.user == office.colleague).public_id
    assert mine.send(f"/account/sessions/{other}/end").status == 404
    assert theirs.get("/account").status == 200


# V11 hashes


def test_v11_4_2_passwords_are_kept_by_a_slow_hash_and_tokens_only_by_their_hash(
    signed_in: Client, office: Office
) -> None:
    """argon2id with at least 19 MiB; of a token SHA-256."""
    with connected():
        assert str(User.get_by_id(office.officer.id).password_hash).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        kept = [str(value) for value in Session.get(Session.user == office.officer).__data__.values()]
    assert str(signed_in.cookie()) not in " ".join(kept)


# V14 data


def test_v14_2_1_nothing_secret_stands_in_an_address(app: Flask, with_password: str) -> None:
    """Signing in is a POST, and where it leads holds neither name nor token."""
    client = Client(app)
    client.get("/sign-in")
    page = client.send("/sign-in", follow=False, login="officer", password=with_password)
    assert page.response.headers["Location"] == "/"
    assert client.get("/sign-in", login="officer", password=with_password).path.startswith("/sign-in") is False


@pytest.mark.parametrize("path", ["/", "/account", "/no-such-page", "/sign-in"])
def test_v14_3_2_no_page_is_kept_by_a_browser_or_proxy(web_client: Open, path: str) -> None:
    """Cache-Control: no-store."""
    assert web_client("officer").get(path, follow=False).response.headers["Cache-Control"] == "no-store"


# V16 logs and errors


def test_v16_2_5_no_secret_reaches_the_log(app: Flask, with_password: str, caplog: pytest.LogCaptureFixture) -> None:
    """Neither password nor token, right or wrong; nor what was typed as a name."""
    client = Client(app)
    with caplog.at_level(logging.INFO):
        client.sign_in("my secret typed as a name", "a wrong secret")
        client.sign_in("officer", with_password)
        change(client, with_password, NEW)
    written = " ".join(str(vars(record)) for record in caplog.records)
    hidden = (with_password, NEW, "a wrong secret", "my secret typed", str(client.cookie()))
    assert [secret for secret in hidden if secret in written] == []


def test_v16_3_1_signing_in_is_logged_whether_it_worked_or_not(
    app: Flask, with_password: str, caplog: pytest.LogCaptureFixture
) -> None:
    """With the address; who it was only once that is known."""
    with caplog.at_level(logging.INFO, logger="enforcement.accounts.sessions"):
        client = Client(app, address="10.9.8.7")
        client.sign_in("officer", "wrong")
        client.sign_in("officer", with_password)
        client.send("/sign-out")
    found = [(record.message, getattr(record, "remote", None)) for record in caplog.records]
    assert found == [("sign-in refused", "10.9.8.7"), ("signed in", "10.9.8.7"), ("session ended", None)]


def test_v16_5_1_an_error_shows_no_inside(app: Flask, web_client: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is answered with a number to name, and no trace."""

    def broken(*_: object) -> list[Session]:
        raise RuntimeError("inside knowledge")

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(sessions, "sessions_of", broken)
    page = web_client("officer").get("/account")
    assert (page.status, page.heading) == (500, "内部错误")
    assert "inside knowledge" not in page.html and "Traceback" not in page.html
    assert page.response.headers["X-Request-Id"] in page.text
