"""Administration of agencies, officers, accounts and tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from enforcement.accounts import operations as accounts
from enforcement.accounts.queries import authenticate_token
from enforcement.accounts.secrets import password_matches
from enforcement.audit.queries import verify
from enforcement.db import connected
from enforcement.models import Agency
from enforcement.models import AuditEntry
from enforcement.models import Officer
from enforcement.models import Token
from enforcement.models import User
from tests.office import Office
from tests.web.client import Client

Open = Callable[[str | None], Client]


@pytest.fixture
def admin(web_client: Open) -> Client:
    """The admin's browser, with a form's hidden word."""
    client = web_client("admin")
    client.get("/account")
    return client


def test_the_first_page_leads_to_what_the_person_may_open(web_client: Open) -> None:
    topics = ("agencies", "officers", "users", "tokens", "parameters", "catalogue", "mail", "sweeps", "calendar")
    admin = web_client("admin").get("/admin")
    assert [topic for topic in topics if f"/admin/{topic}" not in admin.links] == []
    supervisor = web_client("supervisor").get("/admin")
    assert [topic for topic in topics if f"/admin/{topic}" in supervisor.links] == ["sweeps", "calendar"]


def test_an_agency_is_entered_below_another(admin: Client) -> None:
    fields = {"parent": "D-A", "code": "D-A-1", "name_zh": "示例甲街道综合执法队", "name_en": "Team", "level": "other"}
    page = admin.send("/admin/agencies", **fields)
    assert "已登记执法机关：示例甲街道综合执法队" in page.text and "示例甲街道综合执法队" in page.text
    with connected():
        assert Agency.get(Agency.code == "D-A-1").path == "/D/D-A/D-A-1/"
        assert verify() == []


def test_every_fault_of_an_agency_is_named_and_nothing_stored(admin: Client) -> None:
    page = admin.send("/admin/agencies", parent="X", code="D-A", name_zh=" ", level="other")
    assert page.status == 422 and page.faults == {"parent": "请选择执法机关"}
    page = admin.send("/admin/agencies", parent="D", code="D-A", name_zh=" ", level="moon")
    assert page.status == 422 and set(page.faults) == {"code", "name_zh", "level"}
    with connected():
        assert {row.code for row in Agency.select()} == {"D", "D-A", "D-B"}


def test_an_admin_of_a_street_sees_and_governs_only_the_street(web_client: Open, office: Office, now: datetime) -> None:
    with connected():
        office.stranger = accounts.create_user(
            "test", now, login="below", name="下级管理员", role="admin", agency=office.other, email="b@example.org"
        )
    client = web_client("stranger")
    page = client.get("/admin/agencies")
    assert "示例乙街道" in page.text and "示例甲街道" not in page.text and "示例区司法局" not in page.text
    assert client.send("/admin/agencies", parent="D-A", code="X", name_zh="甲", level="other").status == 422
    for path in (f"/admin/users/{office.officer.public_id}", f"/admin/officers/{office.handler.public_id}"):
        assert client.get(path).status == 404 and client.send(path, name="x").status == 404
    assert client.send(f"/admin/users/{office.officer.public_id}/password", password="春江花月夜 7 号院").status == 404


def test_certificates_are_listed_by_state_those_ending_first(admin: Client, office: Office, now: datetime) -> None:
    with connected():
        for number, name, until in (
            ("1", "已过期某", "2026-02-01"),
            ("2", "将到期某", "2026-04-01"),
            ("3", "有效某", "2028-01-01"),
        ):
            accounts.create_officer(
                "test",
                now,
                agency=office.street,
                number=number,
                name=name,
                valid_until=datetime.fromisoformat(until).date(),
            )
    page = admin.get("/admin/officers")
    assert re.search("已过期 1 .*60 日内到期 1 .*有效 4", page.text)
    assert page.text.index("已过期某") < page.text.index("将到期某") < page.text.index("有效某")
    assert "将到期某" in admin.get("/admin/officers", state="expiring").text
    assert "有效某" not in admin.get("/admin/officers", state="expiring").text
    assert "有效某" in admin.get("/admin/officers", q="有效").text
    assert "没有符合条件" in admin.get("/admin/officers", agency="D-B").text


def test_an_officer_is_entered_and_changed(admin: Client, office: Office) -> None:
    fields = {
        "agency": "D-A",
        "number": "12015555",
        "name": "丁某",
        "valid_until": "2029-12-31",
        "legal_qualification": "1",
    }
    assert "已登记执法人员：丁某" in admin.send("/admin/officers/new", **fields).text
    with connected():
        officer = Officer.get(Officer.number == "12015555")
    assert officer.legal_qualification and officer.active and not officer.auxiliary
    page = admin.get(f"/admin/officers/{officer.public_id}")
    assert 'value="2029-12-31"' in page.html
    page = admin.send(f"/admin/officers/{officer.public_id}", **{**fields, "name": "丁某某", "auxiliary": "1"})
    assert "已保存：丁某某" in page.text and "已离岗" in page.text
    with connected():
        changed = Officer.get_by_id(officer.id)
        assert (changed.name, changed.active, changed.auxiliary) == ("丁某某", False, True)


def test_every_fault_of_an_officer_is_named(admin: Client) -> None:
    page = admin.send(
        "/admin/officers/new",
        agency="D-A",
        number="12010001",
        name="",
        valid_from="2026-05-01",
        valid_until="2026-01-01",
    )
    assert page.status == 422 and set(page.faults) == {"number", "name", "valid_until"}
    page = admin.send("/admin/officers/new", agency="", number="1", name="甲", valid_until="31.12.2026")
    assert page.status == 422 and page.faults == {"agency": "请选择执法机关", "valid_until": "不是有效日期"}


def test_an_account_is_opened_changed_and_closed(admin: Client, web_client: Open, office: Office) -> None:
    fields = {
        "name": "新某",
        "role": "officer",
        "agency": "D-A",
        "officer": "12010002",
        "language": "zh",
        "email": "x@example.org",
    }
    page = admin.send("/admin/users/new", login="xin", password="春江花月夜 7 号院", **fields)
    assert "已建立账户：xin" in page.text
    with connected():
        user = User.get(User.login == "xin")
        assert user.officer == office.second and password_matches("春江花月夜 7 号院", user.password_hash)
    page = admin.send(f"/admin/users/{user.public_id}", **{**fields, "role": "reviewer", "officer": "", "active": "1"})
    assert "已保存：xin" in page.text
    with connected():
        changed = User.get_by_id(user.id)
        assert (changed.role, changed.officer_id, changed.active) == ("reviewer", None, True)
    assert "user.update" in admin.get(f"/admin/users/{user.public_id}").text
    admin.send(f"/admin/users/{user.public_id}", **fields)
    with connected():
        assert not User.get_by_id(user.id).active


def test_closing_an_account_ends_its_sessions(admin: Client, web_client: Open, office: Office) -> None:
    theirs = web_client("officer")
    assert theirs.get("/account").status == 200
    held = {"name": "officer", "role": "officer", "agency": "D-A", "officer": "12010001", "language": "zh", "email": ""}
    admin.send(f"/admin/users/{office.officer.public_id}", **held)
    assert theirs.get("/account").path.startswith("/sign-in")


def test_a_password_that_an_admin_sets_ends_the_sessions_and_stays_out_of_the_audit(
    admin: Client, web_client: Open, office: Office
) -> None:
    theirs = web_client("officer")
    page = admin.send(f"/admin/users/{office.officer.public_id}/password", password="kurz")
    assert page.status == 422 and list(page.faults) == ["password"]
    page = admin.send(f"/admin/users/{office.officer.public_id}/password", password="春江花月夜 7 号院")
    assert "已设置 officer 的密码" in page.text
    assert theirs.get("/account").path.startswith("/sign-in")
    with connected():
        assert not AuditEntry.select().where(AuditEntry.changes.contains("春江花月夜")).exists()


def test_nobody_locks_themselves_out(admin: Client, office: Office) -> None:
    held = {"name": "admin", "agency": "D", "language": "zh", "email": ""}
    page = admin.send(f"/admin/users/{office.admin.public_id}", role="officer", **held)
    assert page.status == 422 and {"active", "role"} == set(page.faults)
    with connected():
        kept = User.get_by_id(office.admin.id)
        assert (kept.active, kept.role) == (True, "admin")


def test_every_fault_of_an_account_is_named(admin: Client) -> None:
    page = admin.send(
        "/admin/users/new",
        login="Zwei Worte",
        name="",
        email="x",
        role="king",
        agency="D-A",
        language="fr",
        password="kurz",
    )
    assert page.status == 422
    assert set(page.faults) == {"login", "name", "email", "role", "language", "password"}
    assert "kurz" not in page.html, "a password is never sent back"


def test_accounts_can_be_searched_and_filtered(admin: Client) -> None:
    assert "reviewer" in admin.get("/admin/users", role="reviewer").text
    assert "没有符合条件的账户" in admin.get("/admin/users", active="0").text
    assert "stranger" not in admin.get("/admin/users", agency="D-A").text


def test_a_token_is_issued_shown_once_and_revoked(admin: Client, office: Office, now: datetime) -> None:
    page = admin.send("/admin/tokens", user="officer", name="平台同步", last_day="2026-12-31", scopes=["case.read"])
    (secret,) = re.findall(r'<code class="secret">([^<]+)</code>', page.html)
    with connected():
        assert authenticate_token(secret, now) == office.officer
        token = Token.get()
        assert token.scopes == "case.read" and token.expires_at.isoformat() == "2026-12-31T15:59:59+00:00"
    assert secret not in admin.get("/admin/tokens").html
    page = admin.send(f"/admin/tokens/{token.public_id}/revoke")
    assert "已撤销令牌：平台同步" in page.text
    with connected():
        assert authenticate_token(secret, now) is None


def test_every_fault_of_a_token_is_named(admin: Client) -> None:
    page = admin.send("/admin/tokens", user="nobody", name="")
    assert page.status == 422 and list(page.faults) == ["user"]
    page = admin.send("/admin/tokens", user="officer", name="x", scopes=["account.manage"])
    assert page.status == 422 and list(page.faults) == ["scopes"]
    page = admin.send("/admin/tokens", user="officer", name="", last_day="2026-03-01")
    assert page.status == 422 and set(page.faults) == {"name", "last_day"}
    with connected():
        assert Token.select().count() == 0
