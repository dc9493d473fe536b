"""The pages of deadlines: the month, the list, and the private calendar address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from enforcement.db import connected
from enforcement.models import Feed
from enforcement.models import Finding
from tests.office import Office
from tests.web.book import Book
from tests.web.book import fill
from tests.web.book import record
from tests.web.client import Client

Open = Callable[[str | None], Client]
_CELL = re.compile(r"<td class=\"([^\"]*)\">\s*<span class=\"date\">(\d+)</span>(.*?)</td>", re.DOTALL)


@pytest.fixture
def book(office: Office, now: datetime) -> Book:
    with connected():
        return fill(office, now)


def cells(html: str) -> dict[int, tuple[str, str]]:
    return {int(day): (classes, content) for classes, day, content in _CELL.findall(html)}


def feed_address(html: str) -> str:
    (address,) = re.findall(r'<code class="secret">([^<]+)</code>', html)
    assert address.startswith("http://localhost/deadlines/feed.ics?key=")
    return address.removeprefix("http://localhost")


def test_the_month_shows_rest_days_working_weekends_and_what_is_due(web_client: Open, book: Book) -> None:
    page = web_client("officer").get("/deadlines", month="2026-02")
    assert page.heading == "期限" and "2026 年 2 月" in page.text
    month = cells(page.html)
    assert len(month) == 28
    assert "rest" in month[17][0] and "休" in month[17][1], "the Spring Festival"
    assert "rest" not in month[14][0] and "班" in month[14][1], "a working Saturday by decree"
    with connected():
        due = Finding.get(Finding.case == book.unpublished, Finding.rule == "D-01")
    assert f"/findings/{due.public_id}" in month[due.due.day][1] and "逾期" in month[due.due.day][1]


def test_the_month_begins_with_today_and_leads_to_its_neighbours(web_client: Open, book: Book) -> None:
    page = web_client("officer").get("/deadlines")
    assert "now" in cells(page.html)[2][0]
    assert "/deadlines?month=2026-02" in page.links and "/deadlines?month=2026-04" in page.links


def test_a_year_without_decree_says_so(web_client: Open, book: Book) -> None:
    page = web_client("officer").get("/deadlines", month="2027-02")
    assert "2027 年的放假安排尚未公布" in page.text
    assert all("rest" not in classes for classes, _ in cells(page.html).values())


@pytest.mark.parametrize("month", ["x", "2026-13", "0001-01", "9999-12", "2026-02-30"])
def test_a_month_that_is_none_still_shows_a_page(web_client: Open, book: Book, month: str) -> None:
    for view in ("", "list"):
        assert web_client("officer").get("/deadlines", month=month, view=view).status == 200


def test_the_list_shows_the_same_month(web_client: Open, book: Book) -> None:
    page = web_client("officer").get("/deadlines", month="2026-02", view="list")
    assert "示街罚立〔2026〕2号" in page.text and "逾期" in page.text
    assert "本月没有到期事项" in web_client("officer").get("/deadlines", month="2025-02", view="list").text


def test_an_officer_begins_with_the_own_cases_and_others_with_all(
    web_client: Open, book: Book, office: Office, now: datetime
) -> None:
    with connected():
        record(office.colleague, "示街罚立〔2026〕9号", now, ("published_on",), handlers=["12010002"])
    officer, month = web_client("officer"), {"month": "2026-02", "view": "list"}
    assert "示街罚立〔2026〕9号" not in officer.get("/deadlines", **month).text
    assert "示街罚立〔2026〕9号" in officer.get("/deadlines", whose="all", **month).text
    supervisor = web_client("supervisor")
    assert "示街罚立〔2026〕9号" in supervisor.get("/deadlines", **month).text
    assert "示街罚立〔2026〕9号" not in supervisor.get("/deadlines", person="12010001", **month).text
    assert "示街罚立〔2026〕2号" not in supervisor.get("/deadlines", agency="D-B", **month).text


def test_an_agency_that_one_does_not_see_is_not_asked_for(web_client: Open, book: Book) -> None:
    page = web_client("stranger").get("/deadlines", whose="all", agency="D-A", month="2026-02", view="list")
    assert page.status == 200 and "示街罚立" not in page.text


def test_an_address_is_shown_once_read_by_a_calendar_and_revoked(web_client: Open, book: Book) -> None:
    client = web_client("officer")
    client.get("/deadlines/feeds")
    page = client.send("/deadlines/feeds", name="手机", scope="own")
    address = feed_address(page.html)
    assert "secret" not in client.get("/deadlines/feeds").html.partition("</head>")[2]
    nobody = web_client(None)
    answer = nobody.get(address).response
    text = answer.get_data(as_text=True)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert text.startswith("BEGIN:VCALENDAR\r\n") and "示街罚立〔2026〕2号" in text.replace("\r\n ", "")
    assert "张某" not in text and answer.headers["Cache-Control"] == "private, no-cache"
    with connected():
        feed = Feed.get()
    page = client.send(f"/deadlines/feeds/{feed.public_id}/revoke")
    assert "日历地址已撤销" in page.text and "还没有日历地址" in page.text
    assert nobody.get(address).status == 404


def test_a_calendar_that_has_not_changed_is_not_sent_again(web_client: Open, book: Book) -> None:
    client = web_client("officer")
    client.get("/deadlines/feeds")
    address = feed_address(client.send("/deadlines/feeds", name="手机", scope="own").html)
    nobody = web_client(None)
    etag = nobody.get(address).response.headers["ETag"]
    again = nobody.browser.get(address, headers={"If-None-Match": etag})
    assert again.status_code == 304 and again.get_data() == b""


@pytest.mark.parametrize("key", ["", "x", "x" * 43, "A" * 5000])
def test_a_wrong_key_looks_like_an_address_that_never_was(web_client: Open, book: Book, key: str) -> None:
    assert web_client(None).get(f"/deadlines/feed.ics?key={key}").status == 404


def test_the_secret_of_a_feed_never_reaches_the_log(
    web_client: Open, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    client = web_client("officer")
    client.get("/deadlines/feeds")
    with caplog.at_level("DEBUG"):
        address = feed_address(client.send("/deadlines/feeds", name="手机", scope="own").html)
        web_client(None).get(address)
    assert address.partition("key=")[2] not in caplog.text and "/deadlines/feed.ics" in caplog.text


def test_the_form_names_its_faults(web_client: Open, book: Book) -> None:
    client = web_client("officer")
    client.get("/deadlines/feeds")
    page = client.send("/deadlines/feeds", name="", scope="own")
    assert page.status == 422 and list(page.faults) == ["name"]


def test_nobody_revokes_the_address_of_another(web_client: Open, book: Book) -> None:
    client = web_client("officer")
    client.get("/deadlines/feeds")
    client.send("/deadlines/feeds", name="手机", scope="own")
    with connected():
        feed = Feed.get()
    assert web_client("colleague").send(f"/deadlines/feeds/{feed.public_id}/revoke").status == 404
