"""Administration of the office's own law values, of mail, of sweeps and of the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from datetime import datetime
from typing import Any

import pytest

from enforcement import lawbook
from enforcement.audit.queries import verify
from enforcement.cases.queries import get
from enforcement.db import connected
from enforcement.mail import operations as mailing
from enforcement.mail.outbox import NEVER
from enforcement.models import AuditEntry
from enforcement.models import Case
from enforcement.models import CatalogueEntry
from enforcement.models import Finding
from enforcement.models import Mail
from enforcement.models import ParameterValue
from enforcement.models import SweepRun
from tests.office import Office
from tests.web.book import Book
from tests.web.book import fill
from tests.web.client import Client
from tests.web.conftest import Clock

Open = Callable[[str | None], Client]
ENTRY: dict[str, Any] = {
    "agency": "D-A",
    "code": "CF-1",
    "zh": "对公民罚款五百元以上",
    "act": "penalty",
    "from": "2026-01-01",
    "amount_of": "fine",
    "individual_from": "500",
}


@pytest.fixture
def book(office: Office, now: datetime) -> Book:
    with connected():
        return fill(office, now)


@pytest.fixture
def admin(web_client: Open) -> Client:
    """The admin's browser, with a form's hidden word."""
    client = web_client("admin")
    client.get("/account")
    return client


def seen_in(html: str) -> str:
    (word,) = re.findall(r'name="seen" value="([0-9a-f]+)"', html)
    return str(word)


def test_parameters_are_listed_with_source_and_what_waits_on_them(admin: Client, book: Book) -> None:
    page = admin.get("/admin/parameters")
    assert "hearing_fine_individual" in page.text and "7 个工作日" in page.text and "已核实" in page.text
    unset = admin.get("/admin/parameters", show="unset")
    assert "review_catalogue" in unset.text and "件取决于它" in unset.text
    assert "service_working_days" not in unset.text


def test_a_dated_value_is_entered_with_source_and_holds_from_its_day(admin: Client, office: Office) -> None:
    page = admin.send(
        "/admin/parameters/hearing_fine_individual",
        agency="D-A",
        value="5000",
        source="示例区听证规定第四条",
        confirmed="1",
        **{"from": "2024-01-01"},
    )
    assert "已登记新的值" in page.text and "5,000 元" in page.text and "示例区听证规定第四条" in page.text
    with connected():
        row = ParameterValue.get()
        assert (row.confirmed, row.checked_on, row.entered_by) == (True, date(2026, 3, 2), office.admin)
        law = lawbook.law_for(office.street)
        assert law.value("hearing_fine_individual", date(2024, 1, 1)) == 5000
        assert lawbook.law_for(office.other).lookup("hearing_fine_individual", date(2024, 1, 1)) is None
        assert verify() == []


def test_entering_a_day_again_corrects_it_and_the_history_keeps_both(admin: Client) -> None:
    fields = {"agency": "D-A", "source": "某规定第一条", "from": "2024-01-01"}
    admin.send("/admin/parameters/hearing_fine_individual", value="500", **fields)
    page = admin.send("/admin/parameters/hearing_fine_individual", value="5000", **fields)
    with connected():
        assert [row.value for row in ParameterValue.select()] == ["5000"]
    assert "500 → 5000" in page.text


def test_every_fault_of_a_value_is_named_and_nothing_stored(admin: Client) -> None:
    page = admin.send("/admin/parameters/hearing_fine_individual", agency="X", value="viel", source=" ", until="x")
    assert page.status == 422 and set(page.faults) == {"agency", "value", "source", "from", "until"}
    page = admin.send(
        "/admin/parameters/hearing_fine_individual",
        agency="D-A",
        value="1.234",
        source="某",
        until="2023-12-31",
        **{"from": "2024-01-01"},
    )
    assert page.status == 422 and set(page.faults) == {"value", "until"} and 'value="1.234"' in page.html
    with connected():
        assert ParameterValue.select().count() == 0


def test_a_parameter_that_is_none_and_the_catalogue_are_not_there(admin: Client) -> None:
    for name in ("unknown", "review_catalogue"):
        assert admin.get(f"/admin/parameters/{name}").status == 404
        assert admin.send(f"/admin/parameters/{name}", value="1").status == 404


def test_every_parameter_has_a_page(admin: Client, office: Office) -> None:
    with connected():
        known = lawbook.law_for(office.district).profile.parameters
    refused = [
        name for name in known if name != "review_catalogue" and admin.get(f"/admin/parameters/{name}").status != 200
    ]
    assert refused == []


def test_an_entry_is_tried_on_the_book_before_it_can_be_saved(admin: Client, book: Book) -> None:
    page = admin.send("/admin/catalogue/entry", do="try", **ENTRY)
    assert re.search("属于这一条 4 .*因此成为重大决定 2 .*因此须立即处理 2 ", page.text)
    with connected():
        assert CatalogueEntry.select().count() == 0
    page = admin.send("/admin/catalogue/entry", do="save", seen=seen_in(page.html), **ENTRY)
    assert page.path == "/admin/catalogue?agency=D-A" and "目录条目已保存" in page.text
    assert "罚款：个人 500.00 元以上" in page.text
    with connected():
        assert [row.code for row in CatalogueEntry.select()] == ["CF-1"]


def test_what_was_not_looked_at_is_not_saved(admin: Client, book: Book) -> None:
    page = admin.send("/admin/catalogue/entry", do="save", **ENTRY)
    assert page.status == 200 and "这一条会影响哪些案件" in page.text
    changed = {**ENTRY, "individual_from": "1"}
    page = admin.send("/admin/catalogue/entry", do="save", seen=seen_in(page.html), **changed)
    assert "这一条会影响哪些案件" in page.text
    other = {**ENTRY, "agency": "D-B"}
    admin.send("/admin/catalogue/entry", do="save", seen=seen_in(page.html), **other)
    with connected():
        assert CatalogueEntry.select().count() == 0


def test_an_entry_is_ended_by_its_last_day(admin: Client, book: Book) -> None:
    page = admin.send("/admin/catalogue/entry", do="try", **ENTRY)
    admin.send("/admin/catalogue/entry", do="save", seen=seen_in(page.html), **ENTRY)
    with connected():
        entry = CatalogueEntry.get()
    form = admin.get("/admin/catalogue/entry", agency="D-A", entry=entry.public_id)
    assert 'value="CF-1"' in form.html and 'value="2026-01-01"' in form.html and 'value="500"' in form.html
    ended = {**ENTRY, "until": "2026-02-28"}
    page = admin.send("/admin/catalogue/entry", do="try", **ended)
    page = admin.send("/admin/catalogue/entry", do="save", seen=seen_in(page.html), **ended)
    assert "已失效" in page.text and "2026-01-01 – 2026-02-28" in page.text
    with connected():
        assert [row.until for row in CatalogueEntry.select()] == [date(2026, 2, 28)]


def test_every_fault_of_an_entry_is_named(admin: Client) -> None:
    page = admin.send("/admin/catalogue/entry", do="try", agency="D-A", act="penalty")
    assert page.status == 422 and set(page.faults) == {"code", "zh", "from", "types"}
    page = admin.send("/admin/catalogue/entry", do="try", **{**ENTRY, "individual_from": "viel", "until": "2025-01-01"})
    assert page.status == 422 and set(page.faults) == {"individual_from", "until"}


def test_an_entry_of_another_agency_is_not_there(admin: Client, book: Book) -> None:
    page = admin.send("/admin/catalogue/entry", do="try", **ENTRY)
    admin.send("/admin/catalogue/entry", do="save", seen=seen_in(page.html), **ENTRY)
    with connected():
        entry = CatalogueEntry.get()
    assert admin.get("/admin/catalogue/entry", agency="D-B", entry=entry.public_id).status == 404


def test_judging_all_again_brings_a_saved_entry_to_recorded_cases(admin: Client, book: Book, office: Office) -> None:
    page = admin.send("/admin/catalogue/entry", do="try", **ENTRY)
    admin.send("/admin/catalogue/entry", do="save", seen=seen_in(page.html), **ENTRY)
    with connected():
        assert not Case.get_by_id(book.good.id).flagged
    page = admin.send("/admin/recheck")
    assert "已重新判断 6 件案件" in page.text and "全部重新判断" in page.text
    with connected():
        assert get(office.officer, book.good.public_id).flagged
        assert Finding.get(Finding.case == book.good, Finding.rule == "O-16").state == "violated"


def test_the_mail_of_a_person_is_shown_word_for_word_and_nothing_stored(admin: Client, book: Book) -> None:
    page = admin.get("/admin/mail", user="supervisor")
    assert (
        "supervisor@example.org" in page.text
        and "[执法台账] 2026-03-02" in page.text
        and "示街罚立〔2026〕2号" in page.text
    )
    assert "张某" not in page.text, "a mail names no party"
    english = admin.get("/admin/mail", user="supervisor", language="en")
    assert "[Enforcement Ledger] 2026-03-02" in english.text
    assert admin.get("/admin/mail", user="nobody", day="x", language="fr").status == 200
    assert admin.get("/admin/mail", user="admin").status == 200
    with connected():
        assert Mail.select().count() == 0


def test_the_outbox_shows_failures_and_lets_them_be_tried_again(
    admin: Client, book: Book, office: Office, now: datetime
) -> None:
    with connected():
        mailing.enter("digest", now.date(), "ledger@example.org", now)
        Mail.update(next_attempt_at=NEVER, error="550 no such user", attempts=1).where(
            Mail.user == office.officer
        ).execute()
    page = admin.get("/admin/mail")
    assert "550 no such user" in page.text and "发送失败 1" in page.text
    page = admin.send("/admin/mail/retry")
    assert "1 封失败的邮件将重新发送" in page.text
    with connected():
        assert Mail.get(Mail.user == office.officer).next_attempt_at == now


def test_a_sweep_on_demand_stands_in_the_ledger(admin: Client, book: Book, clock: Clock) -> None:
    page = admin.get("/admin/sweeps")
    assert "还没有巡查记录" in page.text
    page = admin.send("/admin/sweeps")
    assert "巡查完成" in page.text and "手动" in page.text and "完成" in page.text
    with connected():
        run = SweepRun.get()
        assert (run.job, run.outcome["day"]) == ("sweep", "2026-03-02")
        assert AuditEntry.select().where(AuditEntry.action == "sweep.run").count() == 1
    assert "还没有巡查记录" in admin.get("/admin/sweeps", job="digest").text


def test_two_sweeps_do_not_run_at_once(admin: Client, book: Book) -> None:
    from enforcement.sweeps import ledger

    with connected():
        ledger.claim("sweep", "manual-other", "another process", 300)
    assert "另一次巡查正在进行" in admin.send("/admin/sweeps").text
    assert "正在巡查" in admin.get("/admin/sweeps").text


def test_the_calendar_names_the_years_it_knows_and_each_day_of_one(web_client: Open) -> None:
    page = web_client("officer").get("/admin/calendar", year="2026")
    for words in (
        "已知 2004 至 2026 年的放假安排",
        "2026-02-17",
        "法定节假日：初一",
        "2026-02-14",
        "周末上班",
        "国务院办公厅",
    ):
        assert words in page.text, words
    for year in ("1999", "x", "9" * 40):
        assert web_client("officer").get("/admin/calendar", year=year).status == 200


def test_it_warns_before_the_calendar_ends(web_client: Open, clock: Clock, now: datetime) -> None:
    assert "以后的放假安排未知" not in web_client("admin").get("/admin/calendar").text
    clock.now = now.replace(month=12, day=1)
    assert "2026-12-31 以后的放假安排未知" in web_client("admin").get("/admin/calendar").text


def test_a_value_that_nobody_has_looked_at_for_a_year_is_reported(
    admin: Client, web_client: Open, clock: Clock, now: datetime
) -> None:
    assert "一年未核对 0" in admin.get("/admin/parameters").text
    clock.now = now.replace(year=2028)
    page = web_client("admin").get("/admin/parameters", show="stale")
    assert "service_working_days" in page.text and "一年未核对 0" not in page.text


def test_an_entry_shows_who_changed_it_and_how(admin: Client, book: Book) -> None:
    for limit in ("500", "800"):
        fields = {**ENTRY, "individual_from": limit}
        page = admin.send("/admin/catalogue/entry", do="try", **fields)
        admin.send("/admin/catalogue/entry", do="save", seen=seen_in(page.html), **fields)
    with connected():
        entry = CatalogueEntry.get()
    page = admin.get("/admin/catalogue/entry", agency="D-A", entry=entry.public_id)
    assert "individual_from：500 → 800" in page.text
