"""How long the daily sweep takes on a book of so many cases, one of a thousand newly due.

    python -m benchmarks.sweep --count 100000
    python -m benchmarks.sweep --count 1000000 --engine sqlite

The book is swept for its own day first, as it would have been; that one is not counted. The day after, the duties that were
due are overdue: this is the sweep of every morning, through the ledger and with its audit entry, every write synced. Once more
on the same day it finds nothing to do.
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from time import perf_counter
from typing import Any

from benchmarks import report
from benchmarks.book import opened
from benchmarks.book import write_book
from benchmarks.composition import DAY
from benchmarks.composition import DUE_EVERY
from benchmarks.databases import ENGINES
from benchmarks.databases import empty_database
from benchmarks.databases import name
from enforcement.models import Finding
from enforcement.sweeps.operations import run_now
from enforcement.times import SHANGHAI

AIM = "under 1 s"


def main() -> None:
    """Print the rows of the table."""
    parser = ArgumentParser(prog="python -m benchmarks.sweep", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="cases")
    parser.add_argument("--engine", choices=ENGINES, help="only this one")
    options = parser.parse_args()
    report.table()
    for engine in ENGINES if options.engine is None else (options.engine,):
        with empty_database(engine) as url:
            write_book(url, options.count)
            with opened(url):
                measure(name(engine), options.count)


def measure(engine: str, count: int) -> None:
    """Sweep a written book on its day, on the next, and once more."""
    tomorrow = DAY + timedelta(1)
    findings = Finding.select().count()
    _timed(DAY, time(23, 59))
    seconds, swept = _timed(tomorrow, time(6))
    again, nothing = _timed(tomorrow, time(7))
    if swept["overdue"] < count // DUE_EVERY or nothing["cases"]:
        raise RuntimeError(f"not the sweep that was to be measured: {swept}, then {nothing}")
    size = f"{count:,} cases, {findings:,} findings, {swept['overdue']:,} newly overdue"
    report.row(f"daily sweep, {engine}", f"{seconds:.2f} s", AIM, size)
    report.row(f"the same day again, {engine}", f"{again * 1000:.0f} ms", "", size)


def _timed(day: date, at: time) -> tuple[float, dict[str, Any]]:
    """Sweep on a day at a time; gives seconds and what was done."""
    start = perf_counter()
    run = run_now("benchmark", datetime.combine(day, at, SHANGHAI), day)
    seconds = perf_counter() - start
    outcome: dict[str, Any] = run.outcome
    return seconds, outcome


if __name__ == "__main__":
    main()
