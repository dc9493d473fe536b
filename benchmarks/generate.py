"""Generated cases as a file for ``enforcement check``, or as a whole book in a database.

    python -m benchmarks.generate --count 1000 > cases.json
    python -m benchmarks.generate --count 100000 --into sqlite:////tmp/book.sqlite3

The same count, seed and day always give the same cases; what they are composed of: :mod:`benchmarks.composition`.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date
from itertools import chain
from itertools import repeat

from benchmarks.book import write_book
from benchmarks.composition import DAY
from benchmarks.composition import SEED
from benchmarks.composition import generate

__all__ = ["generate", "write_book"]


def main() -> None:
    """Write the cases to the standard output, or into an empty database."""
    parser = ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="cases")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--day", type=date.fromisoformat, default=DAY, help="the day the cases are written for")
    parser.add_argument("--into", metavar="URL", help="fill this empty database, findings included")
    options = parser.parse_args()
    if options.into:
        book = write_book(options.into, options.count, options.seed, options.day)
        for agency, token in book.tokens.items():
            print(agency, token)
        return
    cases = generate(options.count, options.seed, options.day)
    marks = chain("[", repeat(",\n"))
    sys.stdout.writelines(
        f'{mark}{{"kind":"{case.kind}","facts":{case.text}}}' for case, mark in zip(cases, marks, strict=False)
    )
    print("]" if options.count else "[]")


if __name__ == "__main__":
    main()
