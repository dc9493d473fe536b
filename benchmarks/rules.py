"""How fast the rulebook is: one case, a million from memory, a million from SQLite.

    python -m benchmarks.rules --count 100000
    python -m benchmarks.rules --count 1000000

One core throughout. "From memory" checks facts that are there as objects; making them, ten thousand at a time, is outside the
clock and never keeps more than that. "From SQLite" is the whole way: a row of the real table read as a tuple, its JSON decoded
into facts, and every rule asked. Each of the two runs in a process of its own, so that the peak memory is its own. Single checks
are given in processor time, the runs over many cases in both: the two part where something else runs on the machine.
"""

from __future__ import annotations

import statistics
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter
from time import process_time
from typing import NamedTuple

from benchmarks import report
from benchmarks.book import opened
from benchmarks.book import write_book
from benchmarks.composition import DAY
from benchmarks.composition import generate
from benchmarks.office import law
from benchmarks.samples import samples
from enforcement.cases.projection import decode
from enforcement.db import database
from enforcement.lawbook import law_for
from enforcement.models import Agency
from rules.explanation import explain
from rules.rulebook import default_rulebook

#: Facts that are held at once in the run from memory.
CHUNK = 10_000
#: Cases among which the fullest of each sort is looked for, and how often it is checked.
SAMPLE, LOOPS, REPEATS = 20_000, 500, 9

SINGLE_AIM = "under 50 µs"
MILLION_AIM = "a million under 30 s"


def main() -> None:
    """Print the rows of the table, or run one part of them in this process."""
    parser = ArgumentParser(prog="python -m benchmarks.rules", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="cases")
    parser.add_argument(
        "--part", choices=PARTS, help="run one part and print seconds and MiB; the benchmark calls itself so"
    )
    parser.add_argument("--file", default="", help="the SQLite file of that part")
    options = parser.parse_args()
    if options.part:
        print(*PARTS[options.part](options.count, options.file))
        return
    report.table()
    single()
    many(options.count)


def single() -> None:
    """Check and explain the fullest case of each sort, again and again."""
    book, office = default_rulebook(), law(SAMPLE)
    for sort, sample in samples(SAMPLE).items():
        case = sample.fullest
        answered = len(book.check(case, office, DAY))
        plain = microseconds(partial(book.check, case, office, DAY), LOOPS)
        told = microseconds(partial(explain, book, case, office, DAY, "zh"), LOOPS // 10)
        report.row(f"check, {sort}", f"{plain:.1f} µs", SINGLE_AIM, f"{answered} rules answer")
        report.row(f"check and explain, {sort}", f"{told:.0f} µs", "", f"{answered} rules answer")


def microseconds(work: Callable[[], object], loops: int) -> float:
    """Processor time of a call, median of several rounds."""
    rounds = []
    for _ in range(REPEATS):
        start = process_time()
        for _ in range(loops):
            work()
        rounds.append((process_time() - start) / loops * 1e6)
    return statistics.median(rounds)


def many(count: int) -> None:
    """Check generated cases from memory and from SQLite."""
    with tempfile.TemporaryDirectory(prefix="enforcement-rules-") as folder:
        file = str(Path(folder) / "book.sqlite3")
        _row("from memory", count, _part("memory", count, file))
        _part("write", count, file)
        _row("from SQLite (read, decode, check)", count, _part("sqlite", count, file), MILLION_AIM)


def _row(how: str, count: int, spent: Spent, aim: str = "") -> None:
    rate = f"{count / spent.seconds:,.0f} cases/s"
    figure = f"{spent.seconds:.1f} s ({spent.processor:.1f} s of processor), {rate}, peak {spent.peak:.0f} MiB"
    report.row(f"whole rulebook {how}", figure, aim, f"{count:,} cases, one core")


class Spent(NamedTuple):
    """What a part took: seconds, seconds of the processor, and the peak memory of its process in MiB."""

    seconds: float
    processor: float
    peak: float


class Clock:
    """Adds up the time within its ``with`` blocks."""

    def __init__(self) -> None:
        self._seconds = self._processor = 0.0

    def __enter__(self) -> None:
        self._start = perf_counter(), process_time()

    def __exit__(self, *error: object) -> None:
        self._seconds += perf_counter() - self._start[0]
        self._processor += process_time() - self._start[1]

    def spent(self) -> Spent:
        """What there was until now."""
        return Spent(self._seconds, self._processor, report.peak_mib())


def _part(name: str, count: int, file: str) -> Spent:
    return Spent(*map(float, report.part("benchmarks.rules", "--part", name, "--count", count, "--file", file)))


def from_memory(count: int, file: str) -> Spent:
    """Check facts that are objects already."""
    check, office, cases, clock = default_rulebook().check, law(count), generate(count), Clock()
    while chunk := [decode(case.kind, case.text) for case in islice(cases, CHUNK)]:
        with clock:
            for case in chunk:
                check(case, office, DAY)
    return clock.spent()


def write(count: int, file: str) -> Spent:
    """Write the book that the next part reads."""
    clock = Clock()
    with clock:
        write_book(f"sqlite:///{file}", count, findings=False)
    return clock.spent()


def from_sqlite(count: int, file: str) -> Spent:
    """Read every case as a tuple, decode and check it."""
    check = default_rulebook().check
    with opened(f"sqlite:///{file}"):
        laws = {agency.id: law_for(agency) for agency in Agency.select()}
        checked, clock = 0, Clock()
        with clock:
            for kind, agency_id, facts in database.execute_sql("SELECT kind, agency_id, facts FROM cases ORDER BY id"):
                check(decode(kind, facts), laws[agency_id], DAY)
                checked += 1
    if checked != count:
        raise RuntimeError(f"{checked} cases in a book of {count}")
    return clock.spent()


PARTS = {"memory": from_memory, "write": write, "sqlite": from_sqlite}


if __name__ == "__main__":
    main()
