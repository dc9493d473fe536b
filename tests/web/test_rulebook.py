"""The rulebook as pages: every id of the catalogue can be read, built or not, and numbers stand with their sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from datetime import datetime

import pytest

from enforcement import lawbook
from enforcement.db import connected
from enforcement.parameters.operations import set_value
from rules.catalogue import CATALOGUE
from rules.catalogue import NOT_BUILT
from rules.rulebook import default_rulebook
from tests.office import Office
from tests.web.book import Book
from tests.web.book import fill
from tests.web.client import Client

Open = Callable[[str | None], Client]


@pytest.fixture
def book(office: Office, now: datetime) -> Book:
    with connected():
        return fill(office, now)


def test_the_contents_name_every_id_of_the_catalogue(web_client: Open) -> None:
    page = web_client("officer").get("/rules")
    assert page.heading == "规则"
    assert [rule_id for rule_id in CATALOGUE if f"/rules/{rule_id}" not in page.links] == []


def test_the_contents_can_be_cut_down_to_built_and_not_built(web_client: Open) -> None:
    client, aliases = web_client("officer"), default_rulebook().aliases
    missing = client.get("/rules", show="missing")
    assert {link.rpartition("/")[2] for link in missing.links if link.startswith("/rules/")} == set(NOT_BUILT)
    built = client.get("/rules", show="built")
    shown = {link.rpartition("/")[2] for link in built.links if link.startswith("/rules/")}
    assert shown == set(default_rulebook().rules) | set(aliases)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_can_be_read_in_both_languages(web_client: Open, language: str) -> None:
    client = web_client("officer")
    for rule_id in CATALOGUE:
        page = client.get(f"/rules/{rule_id}", lang=language)
        assert page.status == 200, rule_id
        known = default_rulebook().rules.get(rule_id)
        if known is not None:
            clauses = [" ".join(version.clause.of(language).split()) for version in known.versions]
            assert [clause for clause in clauses if clause not in page.text] == [], rule_id


def test_a_rule_shows_versions_articles_and_parameters_with_their_sources(web_client: Open) -> None:
    page = web_client("officer").get("/rules/O-25")
    assert page.heading.startswith("O-25 ")
    for words in (
        "现行",
        "已失效",
        "2021-07-15",
        "第61条",
        "中华人民共和国行政处罚法",
        "service_working_days",
        "7 个工作日",
        "已核实",
    ):
        assert words in page.text, words


def test_an_unset_parameter_says_so_with_the_reason(web_client: Open) -> None:
    page = web_client("officer").get("/rules/O-10")
    assert (
        "hearing_fine_individual" in page.text and "未设定" in page.text and "未查到天津市的听证数额标准" in page.text
    )


def test_a_value_that_the_office_entered_stands_with_its_source(
    web_client: Open, office: Office, now: datetime
) -> None:
    with connected():
        set_value(
            office.admin,
            now,
            lawbook.law_for(office.street).profile,
            name="hearing_fine_individual",
            raw="5000",
            from_=date(2024, 1, 1),
            source="示例区听证规定第四条",
            agency=office.street,
        )
    page = web_client("officer").get("/rules/O-10")
    assert "5,000 元" in page.text and "示例区听证规定第四条" in page.text and "未核实" in page.text
    assert "示例区听证规定第四条" not in web_client("stranger").get("/rules/O-10").text


def test_an_id_without_a_rule_gives_the_reason(web_client: Open) -> None:
    page = web_client("officer").get("/rules/P-12")
    assert "未建" in page.text and NOT_BUILT["P-12"].zh in page.text and "须由人工核对" in page.text


def test_an_alias_leads_to_the_rule_that_answers(web_client: Open) -> None:
    page = web_client("officer").get("/rules/I-12")
    assert page.path == "/rules/D-02" and "I-12" in page.text


def test_an_id_that_is_none_is_not_there(web_client: Open) -> None:
    assert web_client("officer").get("/rules/Z-99").status == 404


def test_it_counts_what_is_flagged_now_and_leads_there(web_client: Open, book: Book) -> None:
    client = web_client("supervisor")
    page = client.get("/rules/D-01")
    assert "2 件案件" in page.text
    (link,) = [link for link in page.links if link.startswith("/findings?rule=D-01&flagged")]
    found = client.get(link)
    assert "示街罚立〔2026〕2号" in found.text and "乙街罚立〔2026〕1号" in found.text
    assert "1 件案件" in web_client("officer").get("/rules/D-01").text
    flagged = client.get("/rules", show="flagged")
    assert "/rules/D-01" in flagged.links and "/rules/S-01" not in flagged.links


def test_an_admin_reads_the_rules_and_no_counts(web_client: Open, book: Book) -> None:
    client = web_client("admin")
    assert not [link for link in client.get("/rules").links if link.startswith("/findings")]
    assert not [link for link in client.get("/rules/D-01").links if link.startswith("/findings")]
    assert client.get("/rules/D-01").status == 200
