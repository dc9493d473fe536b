"""The list of cases, its workbook, and the page of one case."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from datetime import datetime
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from enforcement.cases import operations
from enforcement.db import connected
from enforcement.db import operation
from enforcement.findings import operations as findings
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.reviews import operations as reviews
from rules.law import default_law
from rules.rulebook import default_rulebook
from tests.office import PENALTY
from tests.office import Office
from tests.web.client import Client
from tests.web.client import Page
from tests.web.conftest import Clock

Open = Callable[[str | None], Client]
UNPUBLISHED = {name: value for name, value in PENALTY.items() if name != "published_on"}
FOUR = (
    ("penalty", {**PENALTY, "number": "罚1", "field": "市容"}),
    ("penalty", {**UNPUBLISHED, "number": "罚2", "cause": "乱贴小广告", "decided_on": "2026-01-20"}),
    (
        "inspection",
        {"number": "检1", "place": "幸福路 8 号", "type": "routine", "started_at": "2026-02-02T10:00:00+08:00"},
    ),
    ("measure", {"number": "强1", "class": "measure", "type": "seize", "party_name": "=cmd|'/c calc'!A0"}),
)


@pytest.fixture
def four(office: Office, now: datetime) -> dict[str, Case]:
    """Four cases of street A and one of street B, by number."""
    with connected():
        cases = [operations.record(office.officer, kind, facts, now) for kind, facts in FOUR]
        cases.append(operations.record(office.stranger, "penalty", {**PENALTY, "number": "外1"}, now))
    return {str(case.number): case for case in cases}


def numbers(page: Page) -> list[str]:
    """The numbers that a list shows, in order."""
    return re.findall(r'<a href="/cases/[0-9A-Z]{26}">([^<]*)</a>', page.html)


def test_an_empty_book_says_what_to_do(web_client: Open) -> None:
    page = web_client("officer").get("/cases")
    assert (page.status, page.heading) == (200, "案件")
    assert "台账里还没有案件" in page.text and "登记第一件案件" in page.text
    assert "登记第一件案件" not in web_client("supervisor").get("/cases").text


def test_a_list_without_a_match_offers_to_clear_the_filters(web_client: Open, four: dict[str, Case]) -> None:
    page = web_client("officer").get("/cases", q="没有这个")
    assert "没有符合条件的案件" in page.text and "清除条件" in page.text
    assert numbers(page) == []


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["检1", "罚1", "罚2", "强1"]),
        ({"q": "广告"}, ["罚2"]),
        ({"q": "幸福"}, ["检1"]),
        ({"q": "道路"}, ["罚1"]),
        ({"kind": "measure"}, ["强1"]),
        ({"kind": "penalty", "sort": "event_on"}, ["罚2", "罚1"]),
        ({"sort": "number"}, ["强1", "检1", "罚1", "罚2"]),
        ({"flagged": "1", "kind": "penalty"}, ["罚2"]),
        ({"flagged": "0", "kind": "penalty"}, ["罚1"]),
        ({"state": "overdue", "kind": "penalty"}, ["罚2"]),
        ({"rule": "D-01"}, ["罚2"]),
        ({"field": "市容"}, ["罚1"]),
        ({"from": "2026-01-21", "to": "2026-02-01"}, ["罚1"]),
        ({"agency": "D-A", "kind": "inspection"}, ["检1"]),
        ({"agency": "D-B"}, []),
        (
            {"kind": "colour", "state": "odd", "sort": "x", "from": "tomorrow", "page": "-3"},
            ["检1", "罚1", "罚2", "强1"],
        ),
    ],
)
def test_the_list_is_what_its_address_asks_for(
    web_client: Open, four: dict[str, Case], asked: dict[str, str], shown: list[str]
) -> None:
    page = web_client("officer").get("/cases", **asked)
    assert page.status == 200
    assert sorted(numbers(page)) == sorted(shown)
    if "sort" in asked and asked["sort"] != "x":
        assert numbers(page) == shown


def test_a_list_shows_each_case_once_with_its_state_and_nearest_day(web_client: Open, four: dict[str, Case]) -> None:
    page = web_client("officer").get("/cases", q="广告")
    assert "乱贴小广告" in page.text and "逾期未办" in page.text and "逾期 32 天" in page.text


def test_a_supervisor_sees_the_agency_of_each_case(web_client: Open, four: dict[str, Case]) -> None:
    page = web_client("supervisor").get("/cases", q="外1")
    assert numbers(page) == ["外1"] and "示例乙街道" in page.text
    assert numbers(web_client("supervisor").get("/cases", agency="D-A", kind="penalty", sort="number")) == [
        "罚1",
        "罚2",
    ]


def test_an_unknown_agency_is_told_and_an_admin_sees_no_cases(web_client: Open, four: dict[str, Case]) -> None:
    page = web_client("officer").get("/cases", agency="NOWHERE")
    assert (page.status, page.faults) == (422, {"agency": "没有这个执法机关"})
    assert web_client("admin").get("/cases").status == 403
    assert web_client("admin").get(f"/cases/{four['罚1'].public_id}").status == 403


def test_pages_keep_the_filters_of_the_address(web_client: Open, office: Office, now: datetime) -> None:
    with connected():
        for number in range(60):
            operations.record(office.officer, "inspection", {"number": f"检{number:02}", "cause": "占道"}, now)
    browser = web_client("officer")
    first = browser.get("/cases?q=占道&sort=number")
    assert numbers(first) == [f"检{number:02}" for number in range(50)]
    (following,) = [html.unescape(link) for link in first.links if "page=2" in link]
    second = browser.get(following)
    assert numbers(second) == [f"检{number:02}" for number in range(50, 60)]
    assert "第 2 页，共 2 页" in second.text and "共 60 件" in second.text


def workbook(browser: Client, address: str) -> list[list[Any]]:
    response = browser.browser.get(address, **browser.options)
    assert response.status_code == 200
    assert response.mimetype.endswith("spreadsheetml.sheet")
    assert response.headers["Content-Disposition"].startswith("attachment;")
    rows = CalamineWorkbook.from_filelike(BytesIO(response.get_data())).get_sheet_by_index(0).to_python()
    response.close()
    return rows


def test_the_workbook_holds_what_the_list_shows(web_client: Open, four: dict[str, Case]) -> None:
    browser = web_client("officer")
    page = browser.get("/cases?kind=penalty&sort=number")
    (address,) = [link for link in page.links if link.startswith("/cases/export.xlsx")]
    rows = workbook(browser, address)
    assert [row[0] for row in rows] == ["案号", "罚1", "罚2"]
    assert rows[2][:6] == ["罚2", "行政处罚", "示例甲街道", "乱贴小广告", "张某", ""]
    assert (rows[2][6], rows[2][9:12]) == (date(2026, 1, 20), ["逾期未办", "是", date(2026, 1, 29)])


def test_a_name_that_looks_like_a_formula_stays_a_name(web_client: Open, four: dict[str, Case]) -> None:
    rows = workbook(web_client("officer"), "/cases/export.xlsx?kind=measure")
    assert rows[1][4] == "=cmd|'/c calc'!A0"


def test_the_workbook_of_a_stranger_holds_only_their_own(web_client: Open, four: dict[str, Case]) -> None:
    assert [row[0] for row in workbook(web_client("stranger"), "/cases/export.xlsx")[1:]] == ["外1"]
    assert web_client("admin").get("/cases/export.xlsx").status == 403


def test_the_page_of_a_case_explains_what_is_wrong(web_client: Open, four: dict[str, Case]) -> None:
    page = web_client("officer").get(f"/cases/{four['罚2'].public_id}")
    assert (page.status, page.heading) == (200, "罚2")
    assert "公示日期：最后期限 2026-01-29 已过" in page.text
    assert "起算 处罚决定日期 2026-01-20 长度 7 个工作日 最后期限 2026-01-29" in page.text
    assert "中华人民共和国行政处罚法 第48条" in page.text
    assert "行政处罚公示期限（publication_penalty_working_days）：7 已确认" in page.text
    cells = re.findall(r'<td class="(\w+)[^"]*">(\d+)<small>([^<]*)</small>', page.html.partition('id="rule-D-01"')[2])
    assert cells[:8] == [
        ("start", "20", "起"),
        ("counted", "21", "1"),
        ("counted", "22", "2"),
        ("counted", "23", "3"),
        ("rest", "24", "休"),
        ("rest", "25", "休"),
        ("counted", "26", "4"),
        ("counted", "27", "5"),
    ]


def test_the_time_line_stands_on_the_page(web_client: Open, four: dict[str, Case]) -> None:
    page = web_client("officer").get(f"/cases/{four['罚2'].public_id}")
    line = page.text.partition("办案进程")[2].partition("法制审核 尚未送审")[0]
    assert "2026-01-05 立案日期 已办" in line
    assert "2026-01-29 公示日期 逾期 32 天 D-01" in line


def test_the_paper_view_folds_nothing(web_client: Open, four: dict[str, Case]) -> None:
    browser = web_client("officer")
    address = f"/cases/{four['罚2'].public_id}"
    folded = re.compile(r"<details(?![^>]* open)")
    assert folded.findall(browser.get(address).html) != []
    assert folded.findall(browser.get(address, print="1").html) == []


def test_responses_waivers_and_reviews_stand_where_they_belong(
    web_client: Open, office: Office, four: dict[str, Case], now: datetime, clock: Clock
) -> None:
    case = four["罚2"]
    with connected():
        found = Finding.get(Finding.case == case, Finding.rule == "D-01")
        findings.respond(office.officer, found.public_id, "已联系公示平台", now)
        waiver = findings.propose_waiver(
            office.officer, found.public_id, "平台停机", now.date() + timedelta(days=10), "通知〔2026〕3号", now
        )
    browser = web_client("officer")
    address = f"/cases/{case.public_id}"
    text = browser.get(address).text
    assert "已联系公示平台 答复 · officer · 2026-03-02 09:00" in text
    assert "平台停机（通知〔2026〕3号） 豁免至 2026-03-12" in text and "待批准" in text
    with connected():
        findings.approve_waiver(office.supervisor, waiver.public_id, now)
        reviews.submit(office.officer, case.public_id, now)
        reviews.answer(office.reviewer, case.public_id, "supplement", "缺少现场照片", {"facts": "照片"}, now)
    page = browser.get(address)
    assert "已批准 supervisor" in page.text and "已豁免" in page.text
    assert "退回补充 缺少现场照片" in page.text and "事实与证据 照片" in page.text
    assert f"/findings/{found.public_id}" in page.links
    clock.now = now + timedelta(days=20)
    with connected():
        operation(findings.settle)(Case.get_by_id(case.id), clock.now.date(), clock.now)
    assert "已到期 supervisor" in web_client("officer").get(address).text


def test_the_audit_trail_tells_who_changed_what(
    web_client: Open, office: Office, four: dict[str, Case], now: datetime
) -> None:
    case = four["罚2"]
    with connected():
        operations.change(office.colleague, case.public_id, 1, {"kinds": ["fine", "warning"], "complex": True}, now)
        reviews.submit(office.officer, case.public_id, now)
    text = web_client("supervisor").get(f"/cases/{case.public_id}").text.partition("审计记录")[2]
    assert "colleague 变更事实 疑难复杂： 否 → 是 处罚种类： 罚款 → 罚款；警告" in text
    assert "officer 送审" in text and "officer 登记案件" in text


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ("officer", {"变更事实", "送法制审核", "上传附件", "答复或申请豁免"}),
        ("reviewer", {"查看这项问题"}),
        ("supervisor", {"查看这项问题"}),
    ],
)
def test_each_role_is_offered_what_it_may_do(
    web_client: Open, four: dict[str, Case], person: str, offered: set[str]
) -> None:
    page = web_client(person).get(f"/cases/{four['罚2'].public_id}")
    words = {"变更事实", "送法制审核", "上传附件", "答复或申请豁免", "查看这项问题"}
    buttons = {html.unescape(text) for text in re.findall(r'class="button[^"]*"[^>]*>([^<]+)<', page.html)}
    assert buttons & words == offered


def test_a_waiting_case_leads_a_reviewer_to_the_review(
    web_client: Open, office: Office, four: dict[str, Case], now: datetime
) -> None:
    case = four["罚2"]
    with connected():
        reviews.submit(office.officer, case.public_id, now)
    page = web_client("reviewer").get(f"/cases/{case.public_id}")
    assert "待审核" in page.text and f"/review/{case.public_id}" in page.links
    assert "送法制审核" not in web_client("officer").get(f"/cases/{case.public_id}").text


def test_a_foreign_case_does_not_exist(web_client: Open, four: dict[str, Case]) -> None:
    assert web_client("stranger").get(f"/cases/{four['罚1'].public_id}").status == 404
    assert web_client("officer").get(f"/cases/{four['外1'].public_id}").status == 404
    assert web_client("supervisor").get(f"/cases/{four['外1'].public_id}").status == 200
    assert web_client("officer").get("/cases/01ARZ3NDEKTSV4RRFFQ69G5FAV").status == 404


def test_nobody_is_sent_to_sign_in_and_back(web_client: Open, four: dict[str, Case]) -> None:
    page = web_client(None).get("/cases?q=广告")
    assert page.path.startswith("/sign-in?next=")


def test_everything_is_in_english_on_an_english_page(web_client: Open, four: dict[str, Case]) -> None:
    browser = web_client("officer")
    page = browser.get(f"/cases/{four['罚2'].public_id}", lang="en")
    assert 'lang="en"' in page.html
    assert "Publication" in page.text and "Art. 48" in page.text
    chinese = re.findall(r"[\u4e00-\u9fff]+", page.text)
    articles = [item.article for rule in default_rulebook().rules.values() for item in rule.newest.law]
    sources = [value.source for item in default_law().profile.parameters.values() for value in item.values]
    held = [str(value) for value in UNPUBLISHED.values()]
    data = " ".join([*held, *articles, *sources, "罚2 乱贴小广告 示例甲街道 中文"])
    assert [word for word in chinese if word not in data] == []
