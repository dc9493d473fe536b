"""Take the picture of the printed summary that the README shows: ``.venv/bin/python tools/summary_picture.py``.

Runs the demo in a folder of its own on a fixed day, draws what it prints as a page, and photographs the tables on inspections
and below with Chromium.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

ROOT = Path(__file__).parent.parent
COLUMNS = 118
PAGE = """<meta charset="utf-8"><style>body{{margin:16px;background:#fff;color:#1a1a1a}}
pre{{font:13px/18px "DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace;margin:0}}
i{{display:inline-block;font-style:normal;width:8px;text-align:center}}i.w{{width:16px}}</style><pre>{code}</pre>"""
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def printed(folder: str) -> str:
    """What the demo prints, with its colours."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    command = [str(Path(sys.executable).parent / "enforcement"), "demo", "--no-serve", "--folder", folder]
    command += ["--day", "2026-11-24"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def cells(ansi: str) -> Iterator[str]:
    """Each character in a box of its own width, since no font has both box drawing and Chinese on one grid."""
    console = Console(width=COLUMNS, force_terminal=True, color_system="truecolor")
    for segment in console.render(Text.from_ansi(ansi)):
        style = segment.style.get_html_style(DEFAULT_TERMINAL_THEME) if segment.style else ""
        for character in segment.text:
            if character == "\n":
                yield character
                continue
            wide = ' class="w"' if cell_len(character) == 2 else ""
            yield f'<i{wide} style="{style}">{escape(character)}</i>'


def main() -> None:
    """Write docs/summary.png."""
    with tempfile.TemporaryDirectory() as folder:
        lines = printed(folder + "/demo").splitlines()
    start = next(number for number, line in enumerate(lines) if "行政检查 · 合规情况" in line)
    end = next(number for number, line in enumerate(lines) if "demo/mailbox" in line)
    page = PAGE.format(code="".join(cells("\n".join(lines[start:end]))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        view = browser.new_page(viewport={"width": 1000, "height": 700})
        view.set_content(page)
        view.screenshot(path=ROOT / "docs" / "summary.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
