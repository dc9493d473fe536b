"""A real browser under watch: nothing may leave the service's own address, break its policy, or fail in a script."""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext
from playwright.sync_api import ConsoleMessage
from playwright.sync_api import Page
from playwright.sync_api import Request

#: A refused form is answered 4xx, which the browser also writes on its console.
_ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
#: Hints of the browser's makers about forms; not faults.
_HINT = "[DOM]"
#: Levels of WCAG 2.2, and what axe's makers hold to be good practice.
_AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Watch:
    """Notes what a page may not do; ``faults`` is empty at the end of a good test."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.base = base
        self.faults: list[str] = []
        self.bytes: dict[str, int] = {}
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.faults.append(f"left the own address: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _ANSWERED.match(message.text) and _HINT not in message.text:
            self.faults.append(f"console: {message.text}")


def axe_faults(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now: the rule, and where."""
    found: Any = Axe().run(page, options=_AXE).response
    return [
        f"{item['id']} at {' '.join(node['target'])}: {node['failureSummary']}"
        for item in found["violations"]
        for node in item["nodes"]
    ]


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window; tables scroll in regions of their own."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider
