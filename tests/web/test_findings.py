"""The pages of findings: lists, answers, and waivers with two persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from datetime import timedelta

import pytest

from enforcement.accounts import operations as accounts
from enforcement.db import connected
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import Response
from enforcement.models import Waiver
from enforcement.sweeps.operations import run_now
from tests.office import Office
from tests.web.book import Book
from tests.web.book import fill
from tests.web.client import Client
from tests.web.conftest import Clock

Open = Callable[[str | None], Client]
GROUND = {"ground": "公示系统升级停用", "last_day": "2026-03-31", "document": "区司法局〔2026〕3号"}


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


def row(public_id: str) -> Finding:
    with connected():
        found: Finding = Finding.get(Finding.public_id == public_id)
        return found


def waiver() -> Waiver:
    with connected():
        found: Waiver = Waiver.select().order_by(Waiver.id.desc()).get()
        return found


def propose(client: Client, finding: str) -> str:
    client.get(f"/findings/{finding}")
    page = client.send(f"/findings/{finding}/waiver", **GROUND)
    assert "豁免申请已提交，等待第二人批准" in page.text
    return waiver().public_id


def test_the_list_opens_with_what_calls_for_action(web_client: Open, book: Book, finding: str) -> None:
    page = web_client("officer").get("/findings")
    assert "示街罚立〔2026〕2号" in page.text and "行政处罚决定在七个工作日内公示" in page.text
    assert f"/findings/{finding}" in page.links
    assert "示街罚立〔2026〕4号" not in page.text, "nothing of it is overdue"


def test_the_tabs_and_filters_choose(web_client: Open, book: Book, finding: str) -> None:
    client = web_client("supervisor")
    overdue = client.get("/findings", state="overdue", rule="D-01")
    assert "示街罚立〔2026〕2号" in overdue.text and "乙街罚立〔2026〕1号" in overdue.text
    below = client.get("/findings", show="all", state="overdue", agency="D-B")
    assert "示街罚立〔2026〕2号" not in below.text and "乙街罚立〔2026〕1号" in below.text
    assert "没有符合条件的问题" in client.get("/findings", show="all", kind="inspection").text
    assert "没有符合条件的问题" in client.get("/findings", show="waived").text
    pending = client.get("/findings", show="soon")
    assert "示街罚立〔2026〕4号" in pending.text and f"/findings/{finding}" not in pending.links


def test_an_address_that_makes_no_sense_still_shows_a_list(web_client: Open, book: Book) -> None:
    client = web_client("officer")
    for query in (
        {"page": "x"},
        {"state": "lost"},
        {"agency": "nowhere"},
        {"rule": "Z-99"},
        {"show": "?"},
        {"page": "9" * 30},
    ):
        assert client.get("/findings", **query).status == 200, query


def test_an_alias_of_a_rule_chooses_its_findings(web_client: Open, book: Book) -> None:
    assert web_client("officer").get("/findings", rule="I-12").status == 200


def test_undetermined_findings_are_summed_up_by_their_parameter(web_client: Open, book: Book) -> None:
    page = web_client("officer").get("/findings", show="unknown")
    assert "review_catalogue" in page.text and "件取决于它" in page.text


def test_an_officer_answers(web_client: Open, finding: str) -> None:
    client = web_client("officer")
    page = client.get(f"/findings/{finding}")
    assert page.heading == "行政处罚决定在七个工作日内公示" and "还没有答复" in page.text
    page = client.send(f"/findings/{finding}/response", text=" ")
    assert page.status == 422 and page.faults == {"text": "请填写答复"}
    page = client.send(f"/findings/{finding}/response", text="系统故障，\n已联系区里")
    assert "答复已保存" in page.text and "系统故障， 已联系区里" in page.text
    with connected():
        assert [(reply.text, reply.by.login) for reply in Response.select()] == [("系统故障，\n已联系区里", "officer")]


def test_what_somebody_writes_is_shown_as_text(web_client: Open, finding: str) -> None:
    client = web_client("officer")
    client.get(f"/findings/{finding}")
    page = client.send(f"/findings/{finding}/response", text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page.html and "&lt;script&gt;alert(1)" in page.html


def test_a_waiver_is_proposed_and_approved_by_a_second_person(web_client: Open, book: Book, finding: str) -> None:
    proposed = propose(web_client("officer"), finding)
    supervisor = web_client("supervisor")
    assert "待批准的豁免 1" in supervisor.get("/findings").text
    asked = supervisor.get("/findings", show="asked")
    assert f"/findings/{finding}" in asked.links
    page = supervisor.get(f"/findings/{finding}")
    assert "公示系统升级停用" in page.text and "区司法局〔2026〕3号" in page.text
    page = supervisor.send(f"/waivers/{proposed}/approve")
    assert "已批准豁免" in page.text
    assert row(finding).waived and f"/findings/{finding}" not in supervisor.get("/findings").links
    assert f"/findings/{finding}" in supervisor.get("/findings", show="waived").links


def test_every_fault_of_a_proposal_stands_at_its_field(web_client: Open, finding: str) -> None:
    client = web_client("officer")
    client.get(f"/findings/{finding}")
    page = client.send(f"/findings/{finding}/waiver", ground="", last_day="soon")
    assert page.status == 422 and page.faults == {"ground": "请填写豁免理由", "last_day": "请填写截止日"}
    page = client.send(f"/findings/{finding}/waiver", ground="系统升级", last_day="2026-02-27")
    assert page.faults == {"last_day": "截止日已过"} and "系统升级" in page.html
    page = client.send(f"/findings/{finding}/waiver", ground="系统升级", last_day="2028-01-01")
    assert list(page.faults) == ["last_day"]
    with connected():
        assert Waiver.select().count() == 0


def test_a_refusal_needs_a_reason(web_client: Open, finding: str) -> None:
    proposed = propose(web_client("officer"), finding)
    supervisor = web_client("supervisor")
    supervisor.get(f"/findings/{finding}")
    page = supervisor.send(f"/waivers/{proposed}/refuse", reason="")
    assert page.status == 422 and page.faults == {"reason": "请填写不同意的理由"}
    page = supervisor.send(f"/waivers/{proposed}/refuse", reason="系统已恢复")
    assert "已拒绝豁免申请" in page.text and "系统已恢复" in page.text
    assert not row(finding).waived


def test_the_proposer_and_a_handler_find_the_reason_and_no_button(
    web_client: Open, book: Book, office: Office, finding: str, now: datetime
) -> None:
    proposed = propose(web_client("officer"), finding)
    with connected():
        accounts.update_user("test", office.supervisor, {"officer": office.handler}, now)
    page = web_client("supervisor").get(f"/findings/{finding}")
    assert "本案承办人不能批准豁免" in page.text and f'action="/waivers/{proposed}/approve"' not in page.html
    with connected():
        accounts.update_user("test", office.supervisor, {"officer": None}, now)
        Waiver.update(proposed_by=office.supervisor).execute()
    supervisor = web_client("supervisor")
    page = supervisor.get(f"/findings/{finding}")
    assert "须由第二人批准" in page.text and f'action="/waivers/{proposed}/approve"' not in page.html
    assert "须由第二人批准" in supervisor.send(f"/waivers/{proposed}/approve").text and not row(finding).waived


def test_an_expired_waiver_returns_by_itself(
    web_client: Open, book: Book, office: Office, finding: str, clock: Clock, now: datetime
) -> None:
    proposed = propose(web_client("officer"), finding)
    web_client("supervisor").send(f"/waivers/{proposed}/approve")
    assert row(finding).waived
    clock.now = datetime(2026, 4, 1, 9, 0, tzinfo=now.tzinfo)
    with connected():
        run_now(office.supervisor, clock.now - timedelta(hours=1))
    assert not row(finding).waived
    page = web_client("supervisor").get(f"/findings/{finding}")
    assert "已到期" in page.text
    assert f"/findings/{finding}" in web_client("supervisor").get("/findings").links
    with connected():
        assert Case.get_by_id(book.unpublished.id).flagged


def test_a_finding_that_closed_says_so_and_takes_no_waiver(
    web_client: Open, book: Book, office: Office, finding: str, now: datetime
) -> None:
    from enforcement.cases import operations as cases

    with connected():
        cases.change(
            office.officer, book.unpublished.public_id, book.unpublished.version, {"published_on": "2026-01-29"}, now
        )
    page = web_client("officer").get(f"/findings/{finding}")
    assert "已消除" in page.text and 'name="ground"' not in page.html
