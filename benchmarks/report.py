"""How results are printed: as rows of the tables in docs/performance.md, under the machine they were measured on.

    row("check, ordinary penalty", "38 µs", aim="under 50 µs", size="1 case")
    # | check, ordinary penalty | 38 µs | under 50 µs | 1 case | `python -m benchmarks.rules` |

Parts that are to have a peak memory of their own run in processes of their own.
"""

from __future__ import annotations

import os
import platform
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

HEADINGS = ("measured", "figure", "aim", "size", "command")


def table() -> None:
    """Print the machine and the head of the table."""
    print(f"{machine()}\n")
    print(f"| {' | '.join(HEADINGS)} |")
    print("| --- " * len(HEADINGS) + "|")


def row(measured: str, figure: str, aim: str = "", size: str = "") -> None:
    """Print a row of the table."""
    print(f"| {measured} | {figure} | {aim} | {size} | `{command()}` |", flush=True)


def command() -> str:
    """The command that is running, as a person types it."""
    return " ".join(["python -m", f"benchmarks.{Path(sys.argv[0]).stem}", *sys.argv[1:]])


def machine() -> str:
    """Where and when: cores, processor, Python, SQLite, and the load when it began."""
    load = os.getloadavg()[0]
    return (
        f"{date.today()}, {os.cpu_count()} cores ({_processor()}), {platform.python_implementation()} "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}, load {load:.1f} at the start"
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def peak_mib() -> float:
    """The most memory that this process ever held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def part(module: str, *arguments: object) -> list[str]:
    """Run a part of a benchmark in a process of its own, so that its peak memory is its own; gives the words it printed."""
    line: Sequence[str] = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
