"""Many connections that send requests one after another, and how long each took.

    load = Load(8000, requests, seconds=20)
    load.run(connections=16)
    load.at(0.99)      # milliseconds within which 99 of 100 were answered

There is no pause between an answer and the next request: the load is as high as so many connections can make it.
"""

from __future__ import annotations

from collections.abc import Iterable
from http.client import HTTPConnection
from threading import Lock
from threading import Thread
from time import monotonic
from time import perf_counter
from typing import NamedTuple

#: Seconds to wait for one answer.
PATIENCE = 60.0


class Request(NamedTuple):
    """One request: who sends what."""

    method: str
    path: str
    token: str
    body: bytes | None
    expected: int


class Load:
    """Connections that share some requests until all are sent or the time is over, and note how long each took."""

    def __init__(self, port: int, requests: Iterable[Request], seconds: float) -> None:
        self.port = port
        self.milliseconds: list[float] = []
        self.seconds = 0.0
        self._requests = iter(requests)
        self._until = monotonic() + seconds
        self._lock = Lock()
        self._faults: list[str] = []

    def run(self, connections: int) -> None:
        """Send; raises RuntimeError for an answer that was not the expected one."""
        threads = [Thread(target=self._send_all) for _ in range(connections)]
        start = perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._faults:
            raise RuntimeError(self._faults[0])
        self.seconds = perf_counter() - start

    def at(self, share: float) -> float:
        """Milliseconds within which this share of the requests was answered."""
        times = sorted(self.milliseconds)
        return times[min(len(times) - 1, int(len(times) * share))]

    def _next(self) -> Request | None:
        with self._lock:
            if self._faults or monotonic() > self._until:
                return None
            return next(self._requests, None)

    def _send_all(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        while request := self._next():
            start = perf_counter()
            status, text = send(connection, request)
            self.milliseconds.append((perf_counter() - start) * 1000)
            if status != request.expected:
                self._faults.append(f"{request.method} {request.path}: {status} {text[:500]!r}")
        connection.close()


def send(connection: HTTPConnection, request: Request) -> tuple[int, bytes]:
    """Send a request and read the whole answer."""
    headers = {"Authorization": f"Bearer {request.token}", "Content-Type": "application/json"}
    connection.request(request.method, request.path, request.body, headers)
    response = connection.getresponse()
    return response.status, response.read()
