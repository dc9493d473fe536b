"""How fast the rulebook is: one case, a million from memory, a million from SQLite.

    python -m benchmarks.rules --count 100000
    python -m benchmarks.rules --count 1000000

One core throughout. "From memory" checks facts that are there as objects; making them, ten thousand at a time, is outside the
clock and never keeps more than that. "From SQLite" is the whole way: a row of the real table read as a tuple, its JSON decoded
into facts, and every rule asked. Each of the two runs in a process of its own, so that the peak memory is its own.
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
from rules.facts import Case
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
    """Median of several rounds, per call."""
    rounds = []
    for _ in range(REPEATS):
        start = perf_counter()
        for _ in range(loops):
            work()
        rounds.append((perf_counter() - start) / loops * 1e6)
    return statistics.median(rounds)


def many(count: int) -> None:
    """Check generated cases from memory and from SQLite."""
    with tempfile.TemporaryDirectory(prefix="enforcement-rules-") as folder:
        file = str(Path(folder) / "book.sqlite3")
        _row("from memory", count, *_part("memory", count, file))
        _part("write", count, file)
        _row("from SQLite (read, decode, check)", count, *_part("sqlite", count, file))


def _row(how: str, count: int, seconds: float, peak: float) -> None:
    figure = f"{seconds:.1f} s, {count / seconds:,.0f} cases/s, peak {peak:.0f} MiB"
    report.row(f"whole rulebook {how}", figure, MILLION_AIM, f"{count:,} cases, one core")


def _part(name: str, count: int, file: str) -> tuple[float, float]:
    seconds, peak = report.part("benchmarks.rules", "--part", name, "--count", count, "--file", file)
    return float(seconds), float(peak)


def from_memory(count: int, file: str) -> tuple[float, float]:
    """Check facts that are objects already; gives seconds and peak MiB."""
    check, office, cases = default_rulebook().check, law(count), generate(count)
    seconds = 0.0
    while chunk := [decode(case.kind, case.text) for case in islice(cases, CHUNK)]:
        start = perf_counter()
        for case in chunk:
            check(case, office, DAY)
        seconds += perf_counter() - start
    return seconds, report.peak_mib()


def write(count: int, file: str) -> tuple[float, float]:
    """Write the book that the next part reads."""
    start = perf_counter()
    write_book(f"sqlite:///{file}", count, findings=False)
    return perf_counter() - start, report.peak_mib()


def from_sqlite(count: int, file: str) -> tuple[float, float]:
    """Read every case as a tuple, decode and check it; gives seconds and peak MiB."""
    check = default_rulebook().check
    with opened(f"sqlite:///{file}"):
        laws = {agency.id: law_for(agency) for agency in Agency.select()}
        start, checked = perf_counter(), 0
        for kind, agency_id, facts in database.execute_sql("SELECT kind, agency_id, facts FROM cases ORDER BY id"):
            case: Case = decode(kind, facts)
            check(case, laws[agency_id], DAY)
            checked += 1
        seconds = perf_counter() - start
    if checked != count:
        raise RuntimeError(f"{checked} cases in a book of {count}")
    return seconds, report.peak_mib()


PARTS = {"memory": from_memory, "write": write, "sqlite": from_sqlite}


if __name__ == "__main__":
    main()
