"""The watch itself: a page that misbehaves is noticed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page

from tests.browser.watching import Watch
from tests.browser.watching import axe_faults


@pytest.fixture
def watched(chromium: Browser, address: str) -> Iterator[tuple[Page, Watch]]:
    """The sign-in page under watch, with the content policy switched off so that a stranger can be asked at all."""
    context = chromium.new_context(bypass_csp=True)
    watch = Watch(context, address)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    yield page, watch
    context.close()


def test_a_request_to_another_address_is_noticed(watched: tuple[Page, Watch]) -> None:
    page, watch = watched
    page.evaluate('fetch("http://127.0.0.1:9/elsewhere").catch(() => {})')
    assert "left the own address: http://127.0.0.1:9/elsewhere" in watch.faults


def test_a_script_that_breaks_is_noticed(watched: tuple[Page, Watch]) -> None:
    page, watch = watched
    with page.expect_event("pageerror"):
        page.evaluate('setTimeout(() => { throw new Error("broken script"); })')
    assert "broken script" in " ".join(watch.faults)


def test_what_the_content_policy_forbids_is_noticed(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    watch = Watch(context, address)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    with page.expect_console_message():
        page.evaluate("document.body.setAttribute('style', 'color: red')")
    context.close()
    assert "Content Security Policy" in " ".join(watch.faults)


def test_axe_notices_a_field_without_a_label(watched: tuple[Page, Watch]) -> None:
    page, _ = watched
    page.evaluate('document.querySelector("label").remove()')
    assert [fault for fault in axe_faults(page) if fault.startswith("label at #field-login")]
