"""The pages of legal review: the queue, the opinion, and the refusal of whoever handled or submitted the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from enforcement.accounts import operations as accounts
from enforcement.cases.projection import decode
from enforcement.cases.projection import plain
from enforcement.db import connected
from enforcement.models import Case
from enforcement.models import Review
from enforcement.reviews.operations import ITEMS
from tests.office import Office
from tests.web.book import Book
from tests.web.book import fill
from tests.web.client import Client

Open = Callable[[str | None], Client]


@pytest.fixture
def book(office: Office, now: datetime) -> Book:
    with connected():
        return fill(office, now)


def facts_of(case: Case) -> dict[str, object]:
    with connected():
        return plain(decode(case.kind, Case.get_by_id(case.id).facts))


def ticked(**more: str) -> dict[str, str]:
    return {**{f"point-{item}": "1" for item in ITEMS}, **more}


def test_the_queue_leads_to_the_page_of_each_case(web_client: Open, book: Book) -> None:
    page = web_client("reviewer").get("/review")
    assert page.heading == "法制审核" and "示街罚立〔2026〕4号" in page.text
    assert f"/review/{book.waiting.public_id}" in page.links
    assert "示街罚立〔2026〕3号" not in page.text, "it was answered"
    answered = web_client("reviewer").get("/review", status="answered")
    assert "示街罚立〔2026〕3号" in answered.text and "退回改正" in answered.text


def test_the_page_shows_facts_outcomes_and_the_eight_points(web_client: Open, book: Book) -> None:
    page = web_client("reviewer").get(f"/review/{book.waiting.public_id}")
    assert page.heading == "法制审核：示街罚立〔2026〕4号"
    for words in (
        "擅自占用道路经营",
        "重大执法决定作出前已经法制审核通过",
        "执法主体与人员资格",
        "涉嫌犯罪移送",
        "officer 送审",
    ):
        assert words in page.text
    assert all(f'name="point-{item}"' in page.html and f'name="remark-{item}"' in page.html for item in ITEMS)


def test_a_case_is_passed_with_a_remark_on_a_point(web_client: Open, book: Book) -> None:
    client = web_client("reviewer")
    client.get(f"/review/{book.waiting.public_id}")
    page = client.send(
        f"/review/{book.waiting.public_id}", result="passed", opinion="", **ticked(**{"remark-discretion": "裁量适当"})
    )
    assert (page.path, page.status) == ("/review", 200) and "审核意见已提交" in page.text
    facts = facts_of(book.waiting)
    assert (facts["review_result"], facts["reviewed_on"], facts["reviewer"]) == ("passed", "2026-03-02", "12019999")
    shown = client.get(f"/review/{book.waiting.public_id}")
    assert "裁量适当" in shown.text and "reviewer" in shown.text and "提交审核意见" not in shown.text


def test_sending_back_needs_a_reason_and_loses_nothing_that_was_typed(web_client: Open, book: Book) -> None:
    client = web_client("reviewer")
    client.get(f"/review/{book.waiting.public_id}")
    page = client.send(f"/review/{book.waiting.public_id}", result="correct", **{"remark-law": "援引条款有误"})
    assert page.status == 422 and page.faults == {"opinion": "退回须说明理由"}
    assert 'value="援引条款有误"' in page.html and 'value="correct" checked' in page.html
    assert "review_result" not in facts_of(book.waiting)
    page = client.send(
        f"/review/{book.waiting.public_id}",
        result="correct",
        opinion="援引条款有误",
        **{"remark-law": "应为第六十三条"},
    )
    assert page.status == 200 and facts_of(book.waiting)["review_result"] == "correct"


def test_passing_needs_all_eight_points_and_a_conclusion_must_be_chosen(web_client: Open, book: Book) -> None:
    client = web_client("reviewer")
    client.get(f"/review/{book.waiting.public_id}")
    page = client.send(f"/review/{book.waiting.public_id}", result="passed", **{"point-law": "1"})
    assert page.status == 422 and list(page.faults) == ["items"]
    assert page.faults["items"].startswith(
        "通过须八项全部审核，尚缺：执法主体与人员资格、执法程序、事实与证据、裁量基准"
    )
    page = client.send(f"/review/{book.waiting.public_id}", **ticked())
    assert page.status == 422 and "请选择结论" in page.text


def test_whoever_handled_the_case_gets_the_reason_and_no_form(
    web_client: Open, book: Book, office: Office, now: datetime
) -> None:
    with connected():
        accounts.update_user("test", office.reviewer, {"officer": office.handler}, now)
    client = web_client("reviewer")
    page = client.get(f"/review/{book.waiting.public_id}")
    assert "承办人或送审人不得审核本案" in page.text and "请由其他审核人员办理" in page.text
    assert "提交审核意见" not in page.text and 'name="result"' not in page.html
    assert "承办或送审人，应当回避" in client.get("/review").text
    sent = client.send(f"/review/{book.waiting.public_id}", result="passed", **ticked())
    assert "承办人或送审人不得审核本案" in sent.text and "review_result" not in facts_of(book.waiting)


def test_whoever_submitted_the_case_gets_the_reason_and_no_form(web_client: Open, book: Book, office: Office) -> None:
    with connected():
        Review.update(submitted_by=office.reviewer).where(
            Review.case == book.waiting, Review.status == "waiting"
        ).execute()
    page = web_client("reviewer").get(f"/review/{book.waiting.public_id}")
    assert "承办人或送审人不得审核本案" in page.text and 'name="result"' not in page.html


def test_an_officer_submits_a_case_once(web_client: Open, book: Book) -> None:
    client = web_client("officer")
    page = client.get(f"/review/{book.returned.public_id}")
    assert "送交法制审核" in page.text and "请补充裁量说明" in page.text
    page = client.send(f"/review/{book.returned.public_id}/submit")
    assert "已送审" in page.text and "等待审核人员出具意见" in page.text
    assert "本案已在待审队列中" in client.send(f"/review/{book.returned.public_id}/submit").text


def test_two_reviewers_do_not_both_answer(web_client: Open, book: Book) -> None:
    client = web_client("reviewer")
    client.get(f"/review/{book.waiting.public_id}")
    client.send(f"/review/{book.waiting.public_id}", result="passed", **ticked())
    page = client.send(f"/review/{book.waiting.public_id}", result="correct", opinion="再看", **ticked())
    assert "本案没有待审的送审" in page.text and facts_of(book.waiting)["review_result"] == "passed"


def test_it_reads_in_english(web_client: Open, book: Book) -> None:
    page = web_client("reviewer").get(f"/review/{book.waiting.public_id}", lang="en")
    assert page.heading == "Legal review: 示街罚立〔2026〕4号" and "Give the opinion" in page.text
