"""The first page of each role in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page

from enforcement.db import connected
from enforcement.models.accounts import ROLES
from tests.browser.watching import axe_faults
from tests.browser.watching import sideways
from tests.office import Office
from tests.web.book import fill

Open = Callable[..., Page]


@pytest.fixture(autouse=True)
def book(office: Office, now: datetime) -> None:
    """A few cases, in which something is wrong, due, or waits."""
    with connected():
        fill(office, now)


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_on_the_first_page(browser_as: Open, role: str, dark: bool, narrow: bool) -> None:
    page = browser_as(role, dark=dark, narrow=narrow)
    page.goto("/")
    for folded in page.locator("details > summary").all():
        folded.click()
    assert axe_faults(page) == []
    assert sideways(page) == 0


def test_a_supervisor_follows_a_figure_to_what_it_counts_in_english(browser_as: Open) -> None:
    page = browser_as("supervisor", language="en")
    page.goto("/")
    page.locator('a.figure[href="/findings?flagged=1"]').click()
    page.wait_for_url("**/findings?flagged=1")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_officer_reaches_an_overdue_case_by_keyboard_alone(browser_as: Open, scripts: bool) -> None:
    page = browser_as("officer", scripts=scripts)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text().startswith("示街罚立"):
            break
    assert page.locator(":focus").evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*")


def test_the_time_line_says_in_words_what_it_draws(browser_as: Open) -> None:
    page = browser_as("officer")
    page.goto("/")
    drawn = page.get_by_role("img", name="前后两周每天到期的事项")
    assert "逾期" in str(drawn.get_attribute("aria-label"))


def test_a_page_prints_without_navigation(browser_as: Open) -> None:
    page = browser_as("supervisor")
    page.goto("/")
    page.emulate_media(media="print")
    assert page.get_by_role("navigation").count() == 0
    assert page.get_by_role("heading", level=1).is_visible()
