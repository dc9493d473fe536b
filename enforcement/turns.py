"""Letting the threads of one process write to SQLite one after the other, in the order in which they came.

SQLite has one write lock and no queue: whoever finds it taken sleeps a while and looks again, and is overtaken by others. With
sixteen requests at once half are answered soon and the slowest waits a second. Threads of one process can do better: each
waits for its turn, and asks SQLite for its lock when nobody else of the process wants it::

    with turns.taken(patience=10):
        ...  # at most one thread of the process is here
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from threading import Lock


class Turns:
    """A lock that is given to those who wait for it in the order of their coming."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken = False
        self._waiting: deque[Event] = deque()

    @contextmanager
    def taken(self, patience: float) -> Iterator[None]:
        """Wait for a turn and hold it for a block; who waits longer than ``patience`` seconds goes ahead without one."""
        mine = self._come()
        held = mine is None or mine.wait(patience) or not self._leave(mine)
        try:
            yield
        finally:
            if held:
                self._pass_on()

    def _come(self) -> Event | None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return None
            mine = Event()
            self._waiting.append(mine)
            return mine

    def _leave(self, mine: Event) -> bool:
        """Stop waiting; False when the turn came at the last moment."""
        with self._lock:
            if mine.is_set():
                return False
            self._waiting.remove(mine)
            return True

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
