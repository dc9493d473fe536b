"""Review, findings, deadlines, rulebook and administration, as people do them in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect

from enforcement.db import connected
from enforcement.models import Finding
from tests.browser.watching import axe_faults
from tests.browser.watching import sideways
from tests.office import Office
from tests.web.book import Book
from tests.web.book import fill

Open = Callable[..., Page]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def book(office: Office, now: datetime) -> Book:
    with connected():
        return fill(office, now)


@pytest.fixture
def finding(book: Book) -> str:
    """The penalty that was never published."""
    with connected():
        found: Finding = Finding.get(Finding.case == book.unpublished, Finding.rule == "D-01")
        return found.public_id


@SCRIPTS
def test_a_reviewer_sends_a_case_back_and_then_passes_it(browser_as: Open, book: Book, scripts: bool) -> None:
    page = browser_as("reviewer", scripts=scripts)
    page.goto("/review")
    page.get_by_role("link", name="审核 示街罚立〔2026〕4号").click()
    page.get_by_label("退回补充").check()
    page.get_by_role("button", name="提交审核意见").click()
    expect(page.get_by_text("退回须说明理由").first).to_be_visible()
    page.get_by_role("alert").get_by_role("link", name="理由").click()
    expect(page.get_by_label("理由")).to_be_focused()
    page.get_by_label("理由").fill("缺少现场照片")
    page.get_by_role("button", name="提交审核意见").click()
    expect(page.get_by_text("审核意见已提交")).to_be_visible()

    officer = browser_as("officer", scripts=scripts)
    officer.goto(f"/review/{book.waiting.public_id}")
    expect(officer.get_by_text("缺少现场照片").first).to_be_visible()
    officer.get_by_role("button", name="送交法制审核").click()
    expect(officer.get_by_text("已送审", exact=True)).to_be_visible()

    page.goto(f"/review/{book.waiting.public_id}")
    for box in page.locator("input[type=checkbox]").all():
        box.check()
    page.get_by_label("裁量基准：说明").fill("裁量适当")
    page.get_by_label("通过", exact=True).check()
    page.get_by_role("button", name="提交审核意见").click()
    expect(page.get_by_text("没有待审核的案件")).to_be_visible()


def test_a_reviewer_passes_a_case_by_keyboard_alone_in_english(browser_as: Open, book: Book) -> None:
    page = browser_as("reviewer", language="en")
    page.goto(f"/review/{book.waiting.public_id}")
    page.locator("#opinion input[type=checkbox]").first.focus()
    for _ in range(8):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first conclusion: passed
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The opinion is given")).to_be_visible()


@SCRIPTS
def test_two_persons_waive_a_finding(browser_as: Open, finding: str, scripts: bool) -> None:
    officer = browser_as("officer", scripts=scripts)
    officer.goto("/findings")
    officer.get_by_role("link", name=re.compile("^处理 示街罚立〔2026〕2号 D-01")).click()
    officer.get_by_label("新的答复").fill("公示系统升级停用")
    officer.get_by_role("button", name="保存答复").click()
    expect(officer.get_by_text("答复已保存")).to_be_visible()
    officer.get_by_label("豁免理由").fill("系统升级，恢复后立即公示")
    officer.get_by_label("豁免截止日").fill("2026-03-31")
    officer.get_by_role("button", name="提出豁免").click()
    expect(officer.get_by_text("待批准", exact=True)).to_be_visible()
    expect(officer.get_by_role("button", name="批准豁免")).to_have_count(0)

    supervisor = browser_as("supervisor", scripts=scripts)
    supervisor.goto("/findings")
    supervisor.get_by_role("link", name="待批准的豁免 1").click()
    supervisor.get_by_role("link", name=re.compile("^处理 示街罚立〔2026〕2号 D-01")).click()
    expect(supervisor.get_by_text("系统升级，恢复后立即公示")).to_be_visible()
    supervisor.get_by_role("button", name="批准豁免").click()
    expect(supervisor.get_by_text("已批准豁免")).to_be_visible()
    expect(supervisor.get_by_text("已豁免", exact=True)).to_be_visible()


@SCRIPTS
def test_an_officer_looks_at_the_months_and_subscribes(browser_as: Open, book: Book, scripts: bool) -> None:
    page = browser_as("officer", scripts=scripts)
    page.goto("/deadlines")
    page.get_by_role("link", name="上个月").click()
    expect(page.get_by_role("heading", name="2026 年 2 月")).to_be_visible()
    page.get_by_role("link", name="按列表看").click()
    expect(page.get_by_role("cell", name="示街罚立〔2026〕2号").first).to_be_visible()
    page.get_by_role("link", name="订阅到手机日历").click()
    page.get_by_label("用在哪里").fill("手机")
    page.get_by_role("button", name="建立地址").click()
    address = page.locator("code.secret").inner_text()
    answer = page.request.get(address)
    assert answer.status == 200 and answer.text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("button", name="撤销 手机").click()
    expect(page.get_by_text("日历地址已撤销")).to_be_visible()
    assert page.request.get(address).status == 404


def test_a_supervisor_reads_a_rule_and_opens_what_it_flags(browser_as: Open, book: Book) -> None:
    page = browser_as("supervisor")
    page.goto("/rules")
    page.get_by_role("link", name="目前有问题").click()
    page.get_by_role("link", name="D-01", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("D-01")
    page.get_by_role("link", name="2 件案件").click()
    expect(page.get_by_role("link", name="示街罚立〔2026〕2号", exact=True)).to_be_visible()


@SCRIPTS
def test_an_admin_enters_a_value_tries_an_entry_and_sweeps(browser_as: Open, book: Book, scripts: bool) -> None:
    page = browser_as("admin", scripts=scripts)
    page.goto("/admin")
    page.get_by_role("link", name="参数", exact=True).click()
    page.get_by_role("link", name="未设定").click()
    page.get_by_role("link", name="登记 听证：个人较大数额罚款").click()
    page.get_by_label("值", exact=False).first.fill("5000")
    page.get_by_label("起始日").fill("2024-01-01")
    page.get_by_label("依据").fill("示例区听证规定第四条")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("cell", name=re.compile("^5,000 元"))).to_be_visible()

    page.goto("/admin/catalogue?agency=D-A")
    page.get_by_role("link", name="登记条目").click()
    page.get_by_label("编号").fill("CF-1")
    page.get_by_label("事项（中文）").fill("对公民罚款五百元以上")
    page.get_by_label("起始日").fill("2026-01-01")
    page.get_by_label("金额", exact=True).select_option(label="罚款")
    page.get_by_label("个人起点").fill("500")
    page.get_by_role("button", name="试算").click()
    expect(page.get_by_role("heading", name="这一条会影响哪些案件")).to_be_visible()
    page.get_by_role("button", name="保存这一条").click()
    expect(page.get_by_role("cell", name="CF-1", exact=True)).to_be_visible()

    page.goto("/admin/sweeps")
    page.get_by_role("button", name="立即巡查").click()
    expect(page.get_by_text("巡查完成").first).to_be_visible()
    page.get_by_role("button", name="重新判断全部未结案件").click()
    expect(page.get_by_text("已重新判断")).to_be_visible()


@SCRIPTS
def test_an_admin_opens_an_account_and_issues_a_token(browser_as: Open, book: Book, scripts: bool) -> None:
    page = browser_as("admin", scripts=scripts)
    page.goto("/admin/users")
    page.get_by_role("link", name="建立账户").click()
    page.get_by_label("登录名").fill("xin")
    page.get_by_label("姓名").fill("新某")
    page.get_by_label("角色").select_option("officer")
    page.get_by_label("执法机关").select_option("D-A")
    page.get_by_label("初始密码").fill("春江花月夜 7 号院")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("cell", name="xin", exact=True)).to_be_visible()
    page.goto("/admin/tokens")
    page.get_by_label("账户").select_option("xin")
    page.get_by_label("用途").fill("平台同步")
    page.get_by_role("button", name="签发").click()
    assert page.locator("code.secret").inner_text().startswith("enf_")
    page.get_by_role("button", name="撤销 平台同步").click()
    expect(page.get_by_text("已撤销令牌：平台同步")).to_be_visible()


def pages_for(person: str, book: Book, finding: str, office: Office) -> list[str]:
    """Every page of these topics that a person opens, filled."""
    shared = ["/rules", "/rules/O-10", "/rules/O-25", "/rules/P-12", "/admin/calendar?year=2026"]
    desk = [f"/review/{book.waiting.public_id}", f"/findings/{finding}", "/deadlines?month=2026-02&whose=all"]
    return {
        "officer": [
            *desk,
            f"/review/{book.returned.public_id}",
            "/deadlines?month=2026-02&view=list",
            "/deadlines/feeds",
        ],
        "reviewer": ["/review", "/review?status=answered", desk[0], "/findings?show=unknown"],
        "supervisor": ["/findings", "/findings?show=all", "/admin", "/admin/sweeps", desk[1], *shared],
        "admin": [
            *(f"/admin/{topic}" for topic in ("agencies", "officers", "officers/new", "users", "users/new", "tokens")),
            f"/admin/officers/{office.handler.public_id}",
            f"/admin/users/{office.officer.public_id}",
            "/admin/parameters",
            "/admin/parameters/service_working_days",
            "/admin/catalogue?agency=D-A",
            "/admin/catalogue/entry?agency=D-A",
            "/admin/mail?user=supervisor",
        ],
    }[person]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("person", ["officer", "reviewer", "supervisor", "admin"])
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(
    browser_as: Open, book: Book, finding: str, office: Office, person: str, dark: bool, narrow: bool
) -> None:
    page = browser_as(person, dark=dark, narrow=narrow, language="en" if dark else "zh")
    faults = []
    for path in pages_for(person, book, finding, office):
        page.goto(path)
        faults += [f"{path}: {fault}" for fault in axe_faults(page)]
        if sideways(page):
            faults.append(f"{path}: {sideways(page)} pixels too wide")
    assert faults == []


def test_axe_finds_nothing_on_refused_forms(browser_as: Open, book: Book, finding: str) -> None:
    page = browser_as("officer")
    page.goto(f"/findings/{finding}")
    page.get_by_role("button", name="提出豁免").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe_faults(page) == []
    page = browser_as("reviewer")
    page.goto(f"/review/{book.waiting.public_id}")
    page.get_by_role("button", name="提交审核意见").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe_faults(page) == []
    page = browser_as("admin")
    page.goto("/admin/catalogue/entry?agency=D-A")
    page.get_by_role("button", name="试算").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe_faults(page) == []
