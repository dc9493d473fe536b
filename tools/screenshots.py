"""Take the pictures of the main pages that the README shows: ``.venv/bin/python tools/screenshots.py``.

Serves a demo of a fixed day from a folder of its own on a free port, signs in as each role, and photographs eight pages with
Chromium into docs/pages/.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import Page
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pages"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
#: Name of the picture, who looks, and the links that lead there from home.
PAGES = (
    ("home-officer", "zhang", "/"),
    ("home-supervisor", "zhou", "/"),
    ("cases", "zhang", "/cases?kind=penalty"),
    ("case", "zhang", "/cases?q=12号&kind=penalty -> first -> open"),
    ("form", "zhang", "/cases?q=25号&kind=penalty -> first -> edit"),
    ("review", "sun", "/review -> first"),
    ("deadlines", "zhang", "/deadlines"),
    ("rule", "zhang", "/rules/O-16"),
)
#: What is clicked: the first case of a list, the first outcome of a case, the way to change it.
STEPS = {"first": "main table tbody a", "open": "main summary", "edit": "main a[href$='/edit']"}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def demo() -> Iterator[tuple[str, str]]:
    """Serve a demo; give its address and the password of its people."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).parent / "enforcement"), "demo", "--folder", f"{folder}/demo"]
        command += ["--day", "2026-11-24", "--port", str(port)]
        log = Path(folder) / "log"
        with log.open("w") as output, subprocess.Popen(command, stdout=output, stderr=output) as server:
            try:
                address = f"http://127.0.0.1:{port}"
                wait_for(address)
                found = re.search(r"demo-[0-9a-f]{8}", log.read_text(encoding="utf-8"))
                if found is None:
                    raise RuntimeError("the demo printed no password")
                yield address, found.group()
            finally:
                server.terminate()


def wait_for(address: str, seconds: int = 60) -> None:
    """Wait until the service answers; raises TimeoutError."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(f"{address}/healthz"):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the demo did not start")


def signed_in(browser: Browser, address: str, login: str, password: str) -> Page:
    """A page of somebody who has signed in."""
    page = browser.new_context(viewport={"width": 1080, "height": 760}, locale="zh-CN").new_page()
    page.goto(f"{address}/sign-in")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    return page


def walk(page: Page, address: str, way: str) -> None:
    """Go to an address and take the steps that lead on from there."""
    start, *steps = way.split(" -> ")
    page.goto(address + start)
    for step in steps:
        page.click(STEPS[step])
        page.wait_for_load_state()


def main() -> None:
    """Write docs/pages/*.png."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as (address, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        for name, login, way in PAGES:
            page = signed_in(browser, address, login, password)
            walk(page, address, way)
            page.screenshot(path=PICTURES / f"{name}.png")
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
