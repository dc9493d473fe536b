"""Signing in and the account, as a person does it in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pyotp
import pytest
from playwright.sync_api import Page

from enforcement.accounts.operations import set_password
from enforcement.db import connected
from tests.browser.watching import axe_faults
from tests.browser.watching import sideways
from tests.office import Office

Open = Callable[..., Page]
PASSWORD = "春江花月夜 7 号院"


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_signing_in_by_keyboard_and_out_again(browser_as: Open, office: Office, now: datetime, scripts: bool) -> None:
    with connected():
        set_password("test", office.officer, PASSWORD, now)
    page = browser_as(None, scripts=scripts)
    page.goto("/account")
    page.get_by_label("登录名").focus()
    page.keyboard.type("officer")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    page.get_by_text("登录名或密码不正确").wait_for()
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="我的账户").wait_for()
    page.get_by_role("button", name="退出").click()
    assert heading(page) == "登录"


def test_a_person_changes_the_language_of_the_pages(browser_as: Open) -> None:
    page = browser_as("officer")
    page.goto("/account")
    page.get_by_role("link", name="English").click()
    assert (heading(page), page.locator("html").get_attribute("lang")) == ("My account", "en")
    page.get_by_label("中文").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="我的账户").wait_for()
    assert page.locator("html").get_attribute("lang") == "zh-CN"


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_on_the_account_and_the_sign_in(browser_as: Open, dark: bool, narrow: bool) -> None:
    for person, path in ((None, "/sign-in"), ("officer", "/account")):
        page = browser_as(person, dark=dark, narrow=narrow)
        page.goto(path)
        assert axe_faults(page) == [], path
        assert sideways(page) == 0, path


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_a_person_turns_on_the_second_factor_and_signs_in_with_a_recovery_code(
    browser_as: Open, office: Office, now: datetime, narrow: bool, scripts: bool
) -> None:
    with connected():
        set_password("test", office.officer, PASSWORD, now)
    page = browser_as("officer", narrow=narrow, dark=narrow, scripts=scripts)

    def in_order(name: str) -> None:
        page.get_by_role("heading", level=1, name=name).wait_for()
        assert sideways(page) == 0, name
        if scripts:
            assert axe_faults(page) == [], name

    page.goto("/account")
    page.get_by_role("link", name="启用两步验证").click()
    in_order("两步验证")
    page.get_by_label("当前密码").fill(PASSWORD)
    page.get_by_role("button", name="生成密钥").click()
    page.get_by_text("第三步：输入验证码").wait_for()
    in_order("两步验证")
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label("验证码", exact=True).fill(pyotp.TOTP(secret).at(now))
    page.keyboard.press("Enter")
    in_order("恢复码")
    recovery = page.locator("#codes li").all_inner_texts()
    page.get_by_role("link", name="已保存，继续").click()
    page.goto("/account/second-factor")
    page.get_by_text("剩余恢复码").wait_for()
    in_order("两步验证")
    page.get_by_role("button", name="退出").click()
    page.get_by_label("登录名").fill("officer")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    in_order("输入验证码")
    page.get_by_label("验证码", exact=True).fill(pyotp.TOTP(secret).at(now))
    page.keyboard.press("Enter")
    page.get_by_text("验证码不正确或已失效").wait_for()
    in_order("输入验证码")
    page.get_by_label("验证码", exact=True).fill(recovery[0])
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="首页").wait_for()


def test_a_person_ends_the_session_of_another_browser(browser_as: Open) -> None:
    lost, here = browser_as("officer"), browser_as("officer")
    lost.goto("/account")
    here.goto("/account")
    here.get_by_role("button", name="结束登录").click()
    here.get_by_text("已结束该登录").wait_for()
    lost.reload()
    assert heading(lost) == "登录"


def test_faults_of_a_form_take_the_focus_and_lead_to_their_fields(browser_as: Open) -> None:
    page = browser_as("officer")
    page.goto("/account")
    page.get_by_label("新密码", exact=True).fill("一句很长的新密码")
    page.get_by_label("再次输入新密码").fill("另一句")
    page.get_by_role("button", name="修改密码").click()
    faults = page.get_by_role("alert")
    faults.wait_for()
    assert page.evaluate("document.activeElement.id") == "faults"
    faults.get_by_role("link").first.click()
    field = page.get_by_label("再次输入新密码")
    assert page.evaluate("document.activeElement.id") == field.get_attribute("id")
    assert field.get_attribute("aria-invalid") == "true"
    assert axe_faults(page) == []


def test_the_skip_link_leads_to_the_content(browser_as: Open) -> None:
    page = browser_as("officer")
    page.goto("/account")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
