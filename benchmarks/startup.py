"""How long it takes from the start of ``enforcement check FILE`` to its verdict.

    python -m benchmarks.startup

The file holds one ordinary penalty with everything recorded. The clock runs from the start of the process to its end, on files
that are in the memory of the system after a first run that does not count.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter

from benchmarks import report
from benchmarks.composition import DAY
from benchmarks.samples import samples
from enforcement.cases.projection import encode

AIM = "under 0.5 s"
SAMPLE = 20_000
#: Exit codes of a check that gave a verdict: nothing flagged, and something flagged.
VERDICTS = (0, 1)


def main() -> None:
    """Print the row of the table."""
    parser = ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    report.table()
    with tempfile.TemporaryDirectory(prefix="enforcement-startup-") as folder:
        file = Path(folder) / "case.json"
        file.write_text(f'[{{"kind":"penalty","facts":{encode(samples(SAMPLE)["ordinary penalty"].fullest)}}}]')
        spent(file)
        runs = [spent(file) for _ in range(options.runs)]
    times = sorted(taken for taken, _ in runs)
    processor = statistics.median(used for _, used in runs)
    figure = f"{statistics.median(times):.2f} s ({times[0]:.2f} to {times[-1]:.2f}), {processor:.2f} s of processor"
    report.row("start to verdict, `enforcement check FILE`", figure, AIM, f"1 case, median of {options.runs} runs")


def spent(file: Path) -> tuple[float, float]:
    """Check the file in a process of its own; gives seconds and its processor seconds. Raises RuntimeError without a verdict."""
    command = [str(Path(sys.executable).with_name("enforcement")), "check", str(file), "--as-of", DAY.isoformat()]
    start, before = perf_counter(), _processor()
    done = subprocess.run(command, capture_output=True, text=True)
    taken = perf_counter() - start
    if done.returncode not in VERDICTS:
        raise RuntimeError(f"no verdict: {done.stderr}")
    return taken, _processor() - before


def _processor() -> float:
    """Processor seconds of all processes that ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
