"""Recording, checking, changing and reading cases as a person does it in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from gzip import compress
from pathlib import Path

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect

from enforcement.cases import operations
from enforcement.db import connected
from enforcement.findings import operations as findings
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.reviews import operations as reviews
from tests.attachments import files
from tests.browser.watching import axe_faults
from tests.browser.watching import sideways
from tests.office import PENALTY
from tests.office import Office

Open = Callable[..., Page]
UNPUBLISHED = {name: value for name, value in PENALTY.items() if name != "published_on"}
#: What a person types into the first form of an ordinary penalty, by label.
FIRST = {
    "案号": "示街罚立〔2026〕9号",
    "案由": "擅自占用道路经营",
    "当事人名称": "张某",
    "统一社会信用代码或证件号码": "360426199101010071",
    "违法行为终了日期": "2026-02-10",
    "立案日期": "2026-02-12",
    "立案批准人": "李某",
}


@pytest.fixture
def case(office: Office, now: datetime) -> Case:
    """A penalty whose publication was missed."""
    with connected():
        return operations.record(office.officer, "penalty", UNPUBLISHED, now)


def number_of(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_newcomer_records_a_penalty(browser_as: Open, scripts: bool) -> None:
    page = browser_as("officer", scripts=scripts)
    page.goto("/cases")
    page.get_by_role("link", name="登记第一件案件").click()
    page.get_by_role("link", name="普通程序处罚").click()
    for label, value in FIRST.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("当事人类别").select_option(label="自然人")
    page.get_by_label("承办人（执法证号） 1").fill("12010001")
    page.get_by_label("承办人（执法证号） 2").fill("12010002")
    page.get_by_role("group", name="疑难复杂").get_by_label("否", exact=True).check()
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("案件已登记").wait_for()
    assert number_of(page) == FIRST["案号"]
    with connected():
        held = Case.get()
    assert (held.handlers, held.party_name, held.event_on.isoformat()) == ("12010001 12010002", "张某", "2026-02-12")


@pytest.mark.parametrize(
    ("way", "fields", "choices"),
    [
        ("简易程序处罚", {"案号": "罚2", "处罚决定日期": "2026-02-10", "罚款数额": "50"}, {}),
        ("行政强制措施", {"案号": "强1", "批准时间": "2026-02-10T09:00"}, {"种类": "扣押"}),
        ("行政强制执行", {"案号": "强2", "案由": "违法建设"}, {"种类": "强制拆除"}),
        ("行政检查", {"案号": "检1", "审批时间": "2026-02-10T09:00"}, {"检查类型": "日常检查"}),
    ],
)
def test_each_other_kind_is_recorded(
    browser_as: Open, way: str, fields: dict[str, str], choices: dict[str, str]
) -> None:
    page = browser_as("officer")
    page.goto("/cases/new")
    page.get_by_role("link", name=way).click()
    for label, value in fields.items():
        page.locator(".card:not(.fold)").get_by_label(label).first.fill(value)
    for label, choice in choices.items():
        page.get_by_label(label, exact=True).select_option(label=choice)
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("案件已登记").wait_for()
    assert number_of(page) == fields["案号"]


def test_the_panel_follows_the_typing(browser_as: Open) -> None:
    page = browser_as("officer")
    page.goto("/cases/new/ordinary")
    panel = page.locator("#live")
    expect(panel).to_contain_text("立案日期 下一步")
    page.get_by_label("立案日期").fill("2026-01-05")
    expect(panel).to_contain_text("最晚 2026-04-07")
    expect(panel.locator(".next")).to_contain_text("事先告知书送达日期")
    page.get_by_role("group", name="疑难复杂").get_by_label("是", exact=True).check()
    expect(panel).to_contain_text("属于重大决定 疑难复杂")
    page.get_by_label("承办人（执法证号） 1").fill("12010001")
    expect(panel).to_contain_text("承办人仅 1 名")
    page.get_by_label("承办人（执法证号） 2").fill("12010002")
    expect(panel).not_to_contain_text("承办人仅 1 名")
    expect(page.locator("#live-status")).to_contain_text("项待办")
    assert Case.select().count() == 0


def test_a_link_of_the_panel_unfolds_the_step_and_goes_to_the_field(browser_as: Open) -> None:
    page = browser_as("officer")
    page.goto("/cases/new/ordinary")
    page.get_by_label("立案日期").fill("2026-01-05")
    link = page.locator("#live").get_by_role("link", name="事先告知书送达日期")
    field = page.get_by_label("事先告知书送达日期")
    expect(field).to_be_hidden()
    link.click()
    expect(field).to_be_visible()
    expect(field).to_be_focused()


def test_a_code_is_checked_while_it_is_typed(browser_as: Open) -> None:
    page = browser_as("officer")
    page.goto("/cases/new/ordinary")
    verdict = page.locator("#code-verdict")
    page.get_by_label("当事人类别").select_option(label="法人及非法人组织")
    code = page.get_by_label("统一社会信用代码或证件号码")
    code.press_sequentially("91350100M000100Y44")
    expect(verdict).to_contain_text("第十八位校验不符")
    code.fill("91350100M000100Y43")
    expect(verdict).to_contain_text("校验通过")
    page.get_by_label("当事人类别").select_option(label="个体工商户")
    expect(verdict).to_contain_text("不以 92 开头")


def test_a_list_grows_as_it_is_filled(browser_as: Open) -> None:
    page = browser_as("officer")
    page.goto("/cases/new/ordinary")
    page.get_by_label("承办人（执法证号） 2").fill("12010002")
    page.get_by_label("承办人（执法证号） 3").fill("12019999")
    expect(page.get_by_label("承办人（执法证号） 4")).to_be_visible()


def test_faults_are_led_to_from_the_summary_by_keyboard(browser_as: Open) -> None:
    page = browser_as("officer")
    page.goto("/cases/new/ordinary")
    page.get_by_label("案由").fill("占道")
    page.get_by_label("涉案金额").fill("很多")
    page.keyboard.press("Control+Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("涉案金额")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("涉案金额")).to_be_focused()
    assert page.get_by_label("案由").input_value() == "占道"
    assert page.get_by_label("涉案金额").input_value() == "很多"


def test_a_whole_case_is_recorded_by_keyboard_alone(browser_as: Open) -> None:
    page = browser_as("officer")
    page.goto("/cases/new/inspection")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):
        if page.evaluate("document.activeElement.name") == "number":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("键盘1")
    page.keyboard.press("Control+Enter")
    page.get_by_text("案件已登记").wait_for()
    assert number_of(page) == "键盘1"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_stale_change_shows_both_versions(
    browser_as: Open, office: Office, case: Case, now: datetime, scripts: bool
) -> None:
    page = browser_as("officer", scripts=scripts)
    page.goto(f"/cases/{case.public_id}/edit")
    page.get_by_label("案由").fill("我改的案由")
    with connected():
        operations.change(office.colleague, case.public_id, 1, {"place": "幸福路"}, now)
    page.get_by_role("button", name="保存", exact=True).click()
    table = page.get_by_role("table").filter(has_text="他人改为")
    expect(table).to_contain_text("幸福路")
    expect(table).to_contain_text("我改的案由")
    assert page.get_by_label("违法/检查地点").input_value() == "幸福路"
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("更改已保存").wait_for()
    with connected():
        held = Case.get()
    assert (held.cause, held.version) == ("我改的案由", 3)


def test_cases_are_found_and_exported(browser_as: Open, case: Case, tmp_path: Path) -> None:
    page = browser_as("officer")
    page.goto("/cases")
    page.get_by_label("关键词").fill("道路")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="清除条件").wait_for()
    with page.expect_download() as started:
        page.get_by_role("link", name="导出 Excel").click()
    assert started.value.suggested_filename == "cases-20260302.xlsx"
    started.value.save_as(tmp_path / "cases.xlsx")
    assert (tmp_path / "cases.xlsx").read_bytes().startswith(b"PK")
    page.get_by_role("link", name=PENALTY["number"]).click()
    page.get_by_role("heading", name="合规检查").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_outcome_opens_to_its_reckoning(browser_as: Open, case: Case, scripts: bool) -> None:
    page = browser_as("officer", scripts=scripts)
    page.goto(f"/cases/{case.public_id}")
    outcome = page.locator("#rule-D-01")
    expect(outcome.get_by_role("table")).to_have_count(0)
    outcome.locator("summary").click()
    expect(outcome.get_by_role("table").first).to_be_visible()
    expect(outcome).to_contain_text("中华人民共和国行政处罚法 第48条")


def test_a_photo_is_uploaded_and_withdrawn(browser_as: Open, case: Case) -> None:
    page = browser_as("officer")
    page.goto(f"/cases/{case.public_id}")
    page.get_by_role("link", name="上传附件").click()
    page.get_by_label("文件").set_input_files({"name": "现场.png", "mimeType": "image/png", "buffer": files.PNG})
    page.get_by_role("button", name="上传").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="现场.png", exact=True).click()
    assert started.value.suggested_filename == "现场.png"
    assert Path(started.value.path()).read_bytes() == files.PNG
    page.get_by_role("link", name="撤回附件：现场.png").click()
    page.get_by_label("撤回理由").fill("拍错了")
    page.get_by_role("button", name="撤回").click()
    page.get_by_text("拍错了").first.wait_for()


def test_recording_in_english(browser_as: Open) -> None:
    page = browser_as("officer", language="en")
    page.goto("/cases/new")
    page.get_by_role("link", name="Penalty, ordinary procedure").click()
    page.get_by_label("Case number").fill("E-1")
    page.get_by_label("Filed on").fill("2026-01-05")
    expect(page.locator("#live")).to_contain_text("latest 2026-04-07")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("The case is recorded").wait_for()
    assert number_of(page) == "E-1"


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_cases(
    browser_as: Open, office: Office, case: Case, now: datetime, dark: bool, narrow: bool
) -> None:
    with connected():
        found = Finding.get(Finding.case == case, Finding.rule == "D-01")
        findings.respond(office.officer, found.public_id, "已联系", now)
        reviews.submit(office.officer, case.public_id, now)
        reviews.answer(office.reviewer, case.public_id, "supplement", "缺照片", {"facts": "照片"}, now)
    page = browser_as("officer", dark=dark, narrow=narrow)
    own = f"/cases/{case.public_id}"
    for path in ("/cases", "/cases?q=没有", "/cases/new", "/cases/new/ordinary", own, f"{own}?print=1", f"{own}/edit"):
        page.goto(path)
        assert axe_faults(page) == [], path
        assert sideways(page) == 0, path
    page.locator("#field-fine").fill("很多")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert axe_faults(page) == [], "faults"
    page.goto(f"{own}/attachments")
    assert axe_faults(page) == [] and sideways(page) == 0


def test_no_page_of_cases_is_heavy(browser_as: Open, case: Case) -> None:
    page = browser_as("officer")
    for path in ("/cases", "/cases/new/ordinary", f"/cases/{case.public_id}", f"/cases/{case.public_id}/edit"):
        loaded: dict[str, int] = {}
        page.on("response", lambda answer, held=loaded: held.update({answer.url: len(compress(answer.body()))}))
        page.goto(path, wait_until="networkidle")
        assert sum(loaded.values()) < 150_000, loaded
