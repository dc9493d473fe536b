"""Who may open what: every page, every role, and what belongs to another agency.

``PAGES`` names for each page the roles that may open it: o officer, r reviewer, s supervisor, a admin. A page that is missing
here fails the test by its name, and so does one whose permission changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from flask import Flask

from enforcement.accounts.operations import issue_token
from enforcement.attachments import operations as attachments
from enforcement.db import connected
from enforcement.feeds import operations as feeds
from enforcement.findings import operations as findings
from enforcement.guidance.procedure import BY_ID
from enforcement.models import Finding
from enforcement.models.accounts import ROLES
from tests.office import Office
from tests.web.book import Book
from tests.web.book import fill
from tests.web.client import Client

Open = Callable[[str | None], Client]

#: What nobody has to sign in for.
PUBLIC = {
    "web.account.sign_in",
    "web.account.sign_in_post",
    "web.account.code",
    "web.account.code_post",
    "web.static",
    "web.deadlines.feed",
}

PAGES = {
    "/": "orsa",
    "/account": "orsa",
    "/account/second-factor": "orsa",
    "/admin": "sa",
    "/admin/agencies": "a",
    "/admin/calendar": "orsa",
    "/admin/catalogue": "a",
    "/admin/catalogue/entry": "a",
    "/admin/mail": "a",
    "/admin/officers": "a",
    "/admin/officers/new": "a",
    "/admin/officers/{officer}": "a",
    "/admin/parameters": "a",
    "/admin/parameters/hearing_fine_individual": "a",
    "/admin/sweeps": "sa",
    "/admin/tokens": "a",
    "/admin/users": "a",
    "/admin/users/new": "a",
    "/admin/users/{user}": "a",
    "/attachments/{attachment}": "ors",
    "/attachments/{attachment}/withdraw": "o",
    "/cases": "ors",
    "/cases/export.xlsx": "ors",
    "/cases/new": "o",
    "/cases/new/{path}": "o",
    "/cases/{case}": "ors",
    "/cases/{case}/attachments": "o",
    "/cases/{case}/edit": "o",
    "/deadlines": "ors",
    "/deadlines/feeds": "ors",
    "/duties/overdue": "o",
    "/findings": "ors",
    "/findings/{finding}": "ors",
    "/review": "ors",
    "/review/{case}": "ors",
    "/rules": "orsa",
    "/rules/O-25": "orsa",
}
FORMS = {
    "/account/language": "orsa",
    "/account/password": "orsa",
    "/account/second-factor/begin": "orsa",
    "/account/second-factor/confirm": "orsa",
    "/account/second-factor/off": "orsa",
    "/account/second-factor/recovery-codes": "orsa",
    "/account/sessions/end-others": "orsa",
    "/account/sessions/{session}/end": "orsa",
    "/admin/agencies": "a",
    "/admin/catalogue/entry": "a",
    "/admin/mail/retry": "a",
    "/admin/officers/new": "a",
    "/admin/officers/{officer}": "a",
    "/admin/parameters/hearing_fine_individual": "a",
    "/admin/recheck": "sa",
    "/admin/sweeps": "sa",
    "/admin/tokens": "a",
    "/admin/tokens/{token}/revoke": "a",
    "/admin/users/new": "a",
    "/admin/users/{user}": "a",
    "/admin/users/{user}/password": "a",
    "/admin/users/{user}/second-factor/reset": "a",
    "/attachments/{attachment}/withdraw": "o",
    "/cases/code": "orsa",
    "/cases/live/{kind}": "orsa",
    "/cases/new/{path}": "o",
    "/cases/{case}/attachments": "o",
    "/cases/{case}/edit": "o",
    "/deadlines/feeds": "ors",
    "/deadlines/feeds/{feed}/revoke": "ors",
    "/findings/{finding}/response": "o",
    "/findings/{finding}/waiver": "o",
    "/review/{case}": "r",
    "/review/{case}/submit": "o",
    "/sign-out": "orsa",
    "/waivers/{waiver}/approve": "s",
    "/waivers/{waiver}/refuse": "s",
}
#: What lies in one agency, and is not there for anybody of another.
OF_AN_AGENCY = [path for path in PAGES if re.search(r"\{(case|finding|attachment)\}", path)]


@pytest.fixture
def book(office: Office, now: datetime) -> Book:
    """A few cases."""
    with connected():
        return fill(office, now)


@pytest.fixture
def names(office: Office, book: Book, now: datetime) -> dict[str, str]:
    """Ids of what there is, by what it is."""
    with connected():
        finding = Finding.get(Finding.case == book.unpublished, Finding.rule == "D-01")
        waiver = findings.propose_waiver(office.officer, finding.public_id, "平台故障", now.date(), "", now)
        content = BytesIO(b"%PDF-1.4\n%%EOF\n")
        attachment = attachments.attach(office.officer, book.waiting.public_id, "决定书.pdf", "", content, 10_000, now)
        feed, _ = feeds.open_feed(office.officer, "手机", "own", now)
        token, _ = issue_token("test", now, user=office.officer, name="import")
        return {
            "case": book.waiting.public_id,
            "finding": finding.public_id,
            "waiver": waiver.public_id,
            "officer": office.handler.public_id,
            "user": office.officer.public_id,
            "token": token.public_id,
            "attachment": attachment.public_id,
            "feed": feed.public_id,
            "session": "01KC2V6Y5WQ3N8Z4T7R1P9XJ0B",
            "kind": "penalty",
            "path": next(iter(BY_ID)),
        }


def pages_of(app: Flask, method: str) -> set[str]:
    """Addresses of the pages that take a method and are not public, each name in braces."""
    return {
        re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", "{}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("web.") and rule.endpoint not in PUBLIC and method in (rule.methods or ())
    }


def listed(paths: dict[str, str]) -> set[str]:
    """The addresses of a list, each part that stands for something in braces."""
    known = ("hearing_fine_individual", "overdue", "O-25")
    shapes = {re.sub(r"\{[^{}]+\}", "{}", path) for path in paths}
    return {"/".join("{}" if part in known else part for part in shape.split("/")) for shape in shapes}


def test_every_page_says_who_may_open_it(app: Flask) -> None:
    undeclared = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("web.") and not hasattr(app.view_functions[rule.endpoint], "page_access")
    ]
    assert undeclared == []


def test_only_these_pages_are_open_to_everybody(app: Flask) -> None:
    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("web.") and app.view_functions[rule.endpoint].page_access is None  # type: ignore[attr-defined]
    }
    assert found == PUBLIC


def test_every_page_and_every_form_is_in_the_lists_above(app: Flask) -> None:
    assert pages_of(app, "GET") == listed(PAGES)
    assert pages_of(app, "POST") == listed(FORMS)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_pages_and_no_other(web_client: Open, names: dict[str, str], role: str) -> None:
    client = web_client(role)
    opened = {path: client.get(path.format(**names)) for path in PAGES}
    assert {path: page.status for path, page in opened.items()} == {
        path: 200 if role[0] in roles else 403 for path, roles in PAGES.items()
    }
    refused = [
        path for path, page in opened.items() if page.status == 403 and "您的角色不能使用此页面" not in page.text
    ]
    assert refused == []


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sends_its_forms_and_no_other(web_client: Open, names: dict[str, str], role: str) -> None:
    """An empty form of a permitted role is refused for what it lacks, never for who sends it."""
    for path, roles in FORMS.items():
        page = web_client(role).send(path.format(**names), follow=False)
        shut = page.status == 403 and "您的角色不能使用此页面" in page.text
        assert shut is (role[0] not in roles), f"{path}: {page.status}"


def test_a_stranger_is_sent_to_sign_in_from_every_page(web_client: Open, names: dict[str, str]) -> None:
    client = web_client(None)
    for path in PAGES:
        address = path.format(**names)
        page = client.get(address, follow=False)
        location = page.response.headers.get("Location", "")
        assert (page.status, location.partition("?")[0]) == (303, "/sign-in"), path


def test_nobody_signed_out_sends_a_form(web_client: Open, names: dict[str, str]) -> None:
    client = web_client(None)
    client.get("/sign-in")
    for path in FORMS:
        page = client.send(path.format(**names), follow=False)
        assert (page.status, page.response.headers.get("Location")) == (303, "/sign-in"), path


@pytest.mark.parametrize("path", OF_AN_AGENCY)
def test_what_belongs_to_another_agency_is_not_there(web_client: Open, names: dict[str, str], path: str) -> None:
    assert web_client("officer").get(path.format(**names)).status == 200
    assert web_client("stranger").get(path.format(**names)).status == 404


def test_lists_show_nothing_of_another_agency(web_client: Open, book: Book) -> None:
    client = web_client("stranger")
    for path in ("/", "/cases", "/findings", "/review", "/deadlines", "/duties/overdue"):
        assert "示街罚立" not in client.get(path).text, path
    assert "乙街罚立〔2026〕1号" in client.get("/cases").text
