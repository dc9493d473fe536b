"""How large a file may be before it is not read at all: ``Limits(bytes=5 * MEGABYTE)`` for uploads over the network."""

from __future__ import annotations

from typing import NamedTuple

MEGABYTE = 1024 * 1024


class Limits(NamedTuple):
    """How large a file may be, packed and unpacked; ``cells`` bounds the area of one sheet, at 31 bytes a cell."""

    bytes: int = 20 * MEGABYTE
    parts: int = 2000
    unpacked: int = 300 * MEGABYTE
    ratio: int = 200
    cells: int = 10_000_000


LIMITS = Limits()
