"""The first page of each role: what it says, of whom, and where its figures lead."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from datetime import timedelta

import pytest

from enforcement.accounts.operations import update_officer
from enforcement.db import connected
from enforcement.models import Agency
from enforcement.models import Finding
from enforcement.models import Mail
from enforcement.sweeps.operations import run_now
from enforcement.web import links
from tests.office import Office
from tests.web.book import Book
from tests.web.book import fill
from tests.web.book import record
from tests.web.client import Client
from tests.web.client import Page
from tests.web.conftest import Clock

Open = Callable[[str | None], Client]


@pytest.fixture
def book(office: Office, now: datetime) -> Book:
    """A few cases."""
    with connected():
        return fill(office, now)


def figures(page: Page) -> dict[str, tuple[str, str | None]]:
    """The figures of a page by their words: the number, and where it leads."""
    found = re.findall(
        r'<(?:a|div) class="figure[^"]*"(?: href="([^"]*)")?>\s*<span>(.*?)</span>\s*<b>(.*?)</b>', page.html
    )
    return {label: (value, href.replace("&amp;", "&") or None) for href, label, value in found}


# officers


def test_an_officer_sees_what_is_overdue_wrong_and_soon_due(web_client: Open, book: Book) -> None:
    page = web_client("officer").get("/")
    assert page.heading == "首页"
    shown = figures(page)
    with connected():
        overdue = Finding.select().where(Finding.state == "overdue", Finding.agency == book.good.agency_id).count()
    assert overdue > 0
    assert shown["逾期未办"] == (str(overdue), "/duties/overdue")
    assert shown["审核退回"] == ("1", "#returned")
    assert "行政处罚决定在七个工作日内公示 D-01" in page.text
    assert "执法行为及时、如实录入监督平台 D-10" in page.text
    assert links.case(book.unpublished.public_id) in page.links


def test_an_officer_sees_what_the_reviewer_sent_back_and_why(web_client: Open, book: Book) -> None:
    page = web_client("officer").get("/")
    assert "示街罚立〔2026〕3号 退回改正 请补充裁量说明 2026-03-02" in page.text


def test_a_case_submitted_again_is_no_longer_shown_as_sent_back(
    web_client: Open, book: Book, office: Office, now: datetime
) -> None:
    from enforcement.reviews import operations as reviews

    with connected():
        reviews.submit(office.officer, book.returned.public_id, now)
    page = web_client("officer").get("/")
    assert figures(page)["审核退回"] == ("0", "#returned")
    assert "请补充裁量说明" not in page.text


def test_an_officer_sees_the_own_drafts_and_a_colleague_does_not(web_client: Open, book: Book) -> None:
    assert "尚无案号的案件" in web_client("officer").get("/").text
    assert "尚未立案的线索" in web_client("officer").get("/").text
    assert "尚无案号的案件" not in web_client("colleague").get("/").text


def test_an_officer_is_told_of_the_own_cases_only(web_client: Open, office: Office, book: Book, now: datetime) -> None:
    with connected():
        record(office.officer, "示街罚立〔2026〕9号", now, ("published_on",), handlers=["12010001"])
    assert "示街罚立〔2026〕9号" in web_client("officer").get("/duties/overdue").text
    assert "示街罚立〔2026〕9号" not in web_client("colleague").get("/duties/overdue").text
    other = web_client("stranger").get("/duties/overdue").text
    assert "乙街罚立〔2026〕1号" in other and "示街罚立" not in other


def test_the_time_line_stands_at_the_last_days(web_client: Open, book: Book) -> None:
    page = web_client("officer").get("/")
    with connected():
        due = [row.due for row in Finding.select().where(Finding.case == book.unpublished, Finding.rule == "D-01")]
    assert [day.isoformat() for day in due] == ["2026-02-04"], "seven working days after 2026-01-26"
    assert re.search(r'aria-label="前后两周每天到期的事项：逾期 \d+ 项', page.html)
    assert 'class="mark-bad"' in page.html and ">更早</text>" in page.html


def test_each_list_of_duties_has_a_page_of_its_own(web_client: Open, book: Book) -> None:
    client = web_client("officer")
    headings = {which: client.get(f"/duties/{which}").heading for which in ("overdue", "violated", "soon", "later")}
    assert headings == {
        "overdue": "逾期未办",
        "violated": "违反规定",
        "soon": "近期到期",
        "later": "以后到期",
    }
    assert client.get("/duties/nothing").status == 404
    assert client.get("/duties/overdue", page="0").status == 200
    assert client.get("/duties/overdue", page="x").status == 200


def test_an_officer_with_nothing_to_do_is_told_so(web_client: Open) -> None:
    page = web_client("officer").get("/")
    assert figures(page)["逾期未办"] == ("0", "/duties/overdue")
    assert "两周内没有到期的事项" in page.text


# reviewers


def test_a_reviewer_sees_the_queue_the_longest_wait_first(
    web_client: Open, office: Office, book: Book, now: datetime, clock: Clock
) -> None:
    from enforcement.reviews import operations as reviews

    with connected():
        later = record(office.officer, "示街罚立〔2026〕5号", now)
        reviews.submit(office.officer, later.public_id, now + timedelta(days=2))
    clock.now = now + timedelta(days=5)
    page = web_client("reviewer").get("/")
    assert figures(page)["待审核"] == ("2", "/review")
    waits = re.findall(r"(示街罚立〔2026〕\d号) 擅自占用道路经营 行政处罚 (\S+) (\d+) 天", page.text)
    assert waits == [("示街罚立〔2026〕4号", "2026-03-02", "5"), ("示街罚立〔2026〕5号", "2026-03-04", "3")]
    assert links.review(book.waiting.public_id) in page.links


def test_a_reviewer_who_handled_the_case_is_told_to_stand_back(web_client: Open, office: Office, now: datetime) -> None:
    from enforcement.reviews import operations as reviews

    with connected():
        own = record(office.officer, "示街罚立〔2026〕6号", now, handlers=["12019999", "12010002"])
        reviews.submit(office.officer, own.public_id, now)
    page = web_client("reviewer").get("/")
    assert figures(page)["其中本人应当回避"] == ("1", "#queue")
    assert "承办或送审人，应当回避" in page.text
    assert links.review(own.public_id) not in page.links


# supervisors


def test_a_supervisor_sees_the_honest_rate_and_what_it_is_made_of(web_client: Open, book: Book) -> None:
    page = web_client("supervisor").get("/")
    rate, href = figures(page)["合规率"]
    passed, failed = map(int, re.findall(r"通过 (\d+) ÷（通过 \1 ＋ 未通过 (\d+)）", page.text)[0])
    assert failed > 0
    assert rate == f"{passed * 1000 // (passed + failed) / 10:.1f}%", "never rounded up"
    assert href == "/findings"


def test_every_figure_of_a_supervisor_leads_to_what_it_counts(web_client: Open, book: Book) -> None:
    page = web_client("supervisor").get("/")
    assert {label: href for label, (_, href) in figures(page).items()} == {
        "合规率": "/findings",
        "须立即处理": "/findings?flagged=1",
        "按期录入监督平台": "/findings?rule=D-10",
        "待法制审核": "/review",
    }
    for wanted in (
        "/cases?agency=D-A",
        "/cases?agency=D-B",
        "/findings?agency=D-A",
        "/findings?rule=D-01",
        "/cases?from=2026-01-01&to=2026-01-31",
    ):
        assert wanted in page.links, wanted


def test_a_supervisor_sees_each_agency_below_and_a_reviewer_of_a_street_does_not(
    web_client: Open, office: Office, book: Book
) -> None:
    page = web_client("supervisor").get("/")
    assert "示例甲街道" in page.text and "示例乙街道" in page.text
    assert "乙街罚立〔2026〕1号" in page.text
    assert "乙街罚立〔2026〕1号" not in web_client("reviewer").get("/").text


def test_a_supervisor_of_an_empty_book_sees_that_nothing_was_checked(web_client: Open) -> None:
    page = web_client("supervisor").get("/")
    assert figures(page)["合规率"] == ("未检查", "/findings")
    assert "还没有案件" in page.text and "100" not in page.text.replace("100%", "", 1)


# admins


def test_an_admin_sees_the_machinery_and_no_case(
    web_client: Open, office: Office, book: Book, now: datetime, clock: Clock
) -> None:
    page = web_client("admin").get("/")
    assert figures(page)["最近一次巡查"] == ("从未", "/admin/sweeps")
    assert figures(page)["工作日历止于"] == ("2026-12-31", "/admin/calendar")
    assert figures(page)["用户"] == ("6", "/admin/users")
    assert "重大执法决定法制审核目录" in page.text, "a parameter without a value"
    assert "示街罚立" not in page.text
    with connected():
        run_now("test", now)
        Mail.create(
            user=office.officer,
            kind="digest",
            slot="s",
            to_address="officer@example.org",
            language="zh",
            created_at=now,
            next_attempt_at=datetime.fromisoformat("9999-01-01T00:00:00+00:00"),
            error="refused",
            message_id="<1@example.org>",
        )
        update_officer("test", office.handler, {"valid_until": (now + timedelta(days=30)).date()}, now)
    page = web_client("admin").get("/")
    assert figures(page)["最近一次巡查"][0] != "从未"
    assert "发送失败 1 封" in page.text
    assert "甲某 12010001 2026-04-01 剩 30 天" in page.text


# languages


@pytest.mark.parametrize("person", ["officer", "reviewer", "supervisor", "admin"])
def test_no_chinese_of_the_service_is_left_on_an_english_page(
    web_client: Open, office: Office, now: datetime, person: str
) -> None:
    """An empty book, and people and agencies with English names: what remains is ours."""
    with connected():
        Agency.update(name_en=Agency.code).execute()
    for path in ("/?lang=en", "/account?lang=en"):
        page = web_client(person).get(path)
        text = page.text.replace("中文", "")
        assert re.findall(r"[\u4e00-\u9fff]+", text) == [], path
        assert '<html lang="en">' in page.html


def test_the_language_asked_for_stays_for_the_session_and_yields_to_the_next(web_client: Open) -> None:
    client = web_client("officer")
    assert client.get("/").heading == "首页"
    assert client.get("/", lang="en").heading == "Home"
    assert client.get("/account").heading == "My account"
    assert client.get("/account", lang="xx").heading == "My account"
    assert client.get("/account", lang="zh").heading == "我的账户"


def test_the_language_of_the_profile_counts_where_none_is_asked_for(
    app: object, office: Office, web_client: Open
) -> None:
    client = web_client("officer")
    client.get("/account", lang="zh")
    page = client.send("/account/language", language="en")
    assert page.heading == "My account"
    assert client.cookie("language") is None
    assert web_client("officer").get("/").heading == "Home"
