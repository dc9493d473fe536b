"""The watch itself: a page that misbehaves is noticed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import Watch
from tests.browser.watching import axe_faults


@pytest.fixture
def misbehaving(chromium: Browser, address: str) -> tuple[Watch, list[str]]:
    """The sign-in page after it asked a stranger, broke the policy and a script, and lost a label."""
    context = chromium.new_context()
    watch = Watch(context, address)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.evaluate(
        """() => {
            fetch("http://127.0.0.1:9/elsewhere").catch(() => {});
            const style = document.createElement("style");
            style.textContent = "h1 { color: red }";
            document.head.append(style);
            document.querySelector("label").remove();
            setTimeout(() => { throw new Error("broken script"); });
        }"""
    )
    page.wait_for_timeout(200)
    found = axe_faults(page)
    context.close()
    return watch, found


def test_a_request_to_another_address_a_broken_policy_and_a_broken_script_are_noticed(
    misbehaving: tuple[Watch, list[str]],
) -> None:
    faults = " ".join(misbehaving[0].faults)
    assert "left the own address: http://127.0.0.1:9/elsewhere" in faults
    assert "Content Security Policy" in faults
    assert "broken script" in faults


def test_axe_notices_a_field_without_a_label(misbehaving: tuple[Watch, list[str]]) -> None:
    assert [fault for fault in misbehaving[1] if fault.startswith("label at #field-login")]
