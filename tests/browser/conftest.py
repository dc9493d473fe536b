"""Real Chromium before a real server, over a book of its own on SQLite.

``browser_as("officer")`` is a page on which that person of :class:`tests.office.Office` is signed in; ``None`` is nobody.
Paths are relative. The clock of the service stands at ``now``. When the test ends, the browser must have asked nobody but the
service, and neither a script nor the content policy may have complained::

    def test_an_officer_sees_the_account(browser_as):
        page = browser_as("officer", language="en", dark=True, narrow=True, scripts=False)
        page.goto("/account")
        assert page.get_by_role("heading", level=1).inner_text() == "My account"
        assert axe_faults(page) == [] and sideways(page) == 0       # from tests.browser.watching

Without Chromium these tests fail: a page that was never opened is not known to work.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from playwright.sync_api import Page
from playwright.sync_api import sync_playwright
from waitress.server import create_server
from waitress.wasyncore import close_all

from enforcement import create_app
from enforcement.accounts import sessions
from enforcement.config import Settings
from enforcement.db import connected
from enforcement.db import database as proxy
from enforcement.db import open_database
from tests.browser.watching import Watch
from tests.office import Office

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
#: Milliseconds in which anything on a page happens, also on a busy machine.
PATIENCE = 15_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this session."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("the browser tests need Chromium: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def office(tmp_path: Path, sqlite_template: Path, now: datetime) -> Iterator[Office]:
    """The people and agencies, in a book of their own."""
    path = tmp_path / "browser.sqlite3"
    shutil.copyfile(sqlite_template, path)
    opened: Any = open_database(f"sqlite:///{path}")
    proxy.initialize(opened)
    with connected():
        people = Office(now)
    yield people
    opened.close_all()
    proxy.initialize(None)


@pytest.fixture
def app(office: Office, now: datetime) -> Flask:
    """The application over that book."""
    return create_app(Settings(), clock=lambda: now, opened=proxy.obj)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application is served, by the server that it is delivered with."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.trigger.pull_trigger(lambda: close_all(server._map, ignore_all=True))
    thread.join(timeout=10)
    server.task_dispatcher.shutdown()
    assert not thread.is_alive(), "the server did not stop"


@pytest.fixture
def browser_as(chromium: Browser, address: str, office: Office, now: datetime) -> Iterator[Callable[..., Page]]:
    """Opens a page for a person of the office by short name, or for nobody."""
    watches: list[Watch] = []
    contexts = []

    def open_page(
        person: str | None, *, language: str = "", dark: bool = False, narrow: bool = False, scripts: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=address,
            viewport={"width": 360 if narrow else 1200, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="zh-CN",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watches.append(Watch(context, address))
        cookies = {"language": language} if language else {}
        if person is not None:
            with connected():
                _, token = sessions.open_session(getattr(office, person), sessions.Origin("127.0.0.1", "Test"), now)
            cookies["session"] = token
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []
