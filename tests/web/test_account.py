"""A person's own account: signing in and out, password, language, and where they are signed in."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.client import Client


def test_an_officer_opens_the_account(web_client: Callable[[str | None], Client]) -> None:
    browser = web_client("officer")
    page = browser.get("/account")
    assert (page.status, page.heading) == (200, "我的账户")


def test_signing_in_leads_home(web_client: Callable[[str | None], Client], with_password: str) -> None:
    browser = web_client(None)
    assert browser.get("/").path == "/sign-in"
    page = browser.sign_in("officer", with_password)
    assert (page.status, page.path, page.heading) == (200, "/", "首页")


def test_a_wrong_password(web_client: Callable[[str | None], Client], with_password: str) -> None:
    page = web_client(None).sign_in("officer", "wrong")
    assert page.status == 422
    assert "登录名或密码不正确" in page.text
