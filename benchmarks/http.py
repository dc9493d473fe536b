"""How many requests a second the service answers, and how long the slowest of a hundred takes.

    python -m benchmarks.http --count 100000

``enforcement serve`` runs as a process of its own, as an office would start it, on a book of so many cases. Sixteen connections
over the loopback send one request after another, without a pause between them: far more than sixteen people would. Cases are
posted by officers of all streets; lists are asked for by officers, who see their street, and by the district's supervisor,
who sees all. The scheduled work is off, so that it does not run beside the requests. Client and server share the machine.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import count
from itertools import islice
from pathlib import Path
from time import monotonic
from time import sleep
from typing import IO
from urllib.parse import urlencode

from benchmarks import report
from benchmarks.book import DISTRICT
from benchmarks.book import Book
from benchmarks.book import write_book
from benchmarks.composition import SEED
from benchmarks.composition import generate
from benchmarks.databases import ENGINES
from benchmarks.databases import empty_database
from benchmarks.load import PATIENCE
from benchmarks.load import Load
from benchmarks.load import Request

CONNECTIONS = 16
WARM_UP = 64
POST_AIM = "p99 under 50 ms"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
#: How lists are asked for.
LISTS: tuple[dict[str, str], ...] = (
    {},
    {"page": "3"},
    {"flagged": "true"},
    {"q": "占用道路"},
    {"state": "overdue"},
    {"from": "2026-01-01", "to": "2026-03-31", "sort": "event_on"},
)


def posts(book: Book) -> Iterator[Request]:
    """Penalties that are not in the book yet, each posted by an officer of its street."""
    for seed in count(SEED + 1):
        for case in generate(book.cases, seed, first=(seed - SEED) * book.cases):
            if case.kind == "penalty":
                yield Request("POST", "/api/penalties", book.tokens[case.agency], case.text.encode(), 201)


def lists(tokens: list[str]) -> Iterator[Request]:
    """Lists of inspections and of penalties, asked for in turn in several ways."""
    paths = [f"/api/{plural}?{urlencode(query)}" for plural in ("inspections", "penalties") for query in LISTS]
    while True:
        for at, path in enumerate(paths):
            yield Request("GET", path, tokens[at % len(tokens)], None, 200)


@contextmanager
def served(url: str) -> Iterator[int]:
    """Run ``enforcement serve`` on a database and give its port; ends it at the end."""
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "ENFORCEMENT_LISTEN": f"127.0.0.1:{port}",
        "ENFORCEMENT_SCHEDULER": "off",
    }
    with tempfile.TemporaryFile() as log:
        command = [str(Path(sys.executable).with_name("enforcement")), "serve"]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(server, port, log)
            yield port
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(server: subprocess.Popen[bytes], port: int, log: IO[bytes]) -> None:
    """Wait until the server answers; raises RuntimeError with its last words when it does not."""
    until = monotonic() + PATIENCE
    while not _answers(port):
        if server.poll() is not None or monotonic() > until:
            log.seek(0)
            raise RuntimeError(f"the server did not start: {log.read()[-2000:].decode(errors='replace')}")
        sleep(0.05)


def _answers(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=1)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == HTTPStatus.OK
        except OSError:
            return False


def measure(book: Book, port: int, engine: str, most: int, seconds: float) -> None:
    """Measure posts and lists, each with many connections and with one, after a few that do not count."""
    streets = [token for agency, token in book.tokens.items() if agency != DISTRICT]
    loads = (
        ("POST /api/penalties (check and record)", posts(book), POST_AIM),
        ("GET lists, officers of a street", lists(streets), ""),
        ("GET lists, supervisor of all", lists([book.tokens[DISTRICT]]), ""),
    )
    for what, requests, aim in loads:
        Load(port, list(islice(requests, WARM_UP)), seconds).run(CONNECTIONS)
        for connections in (CONNECTIONS, 1):
            load = Load(port, list(islice(requests, most)), seconds)
            load.run(connections)
            sent = len(load.milliseconds)
            figure = f"{sent / load.seconds:,.0f}/s, p50 {load.at(0.5):.1f} ms, p99 {load.at(0.99):.1f} ms"
            row = f"{book.cases:,} cases on {engine}, {sent:,} requests over {connections} connections"
            report.row(what, figure, aim, row.replace(" 1 connections", " 1 connection"))


def main() -> None:
    """Print the rows of the table."""
    parser = ArgumentParser(prog="python -m benchmarks.http", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="cases in the book")
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--requests", type=int, default=2000, help="the most of each load")
    parser.add_argument("--seconds", type=float, default=20.0, help="the longest of each load")
    options = parser.parse_args()
    report.table()
    with empty_database(options.engine) as url:
        book = write_book(url, options.count)
        with served(url) as port:
            measure(book, port, NAMES[options.engine], options.requests, options.seconds)


if __name__ == "__main__":
    main()
