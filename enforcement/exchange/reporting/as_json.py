"""Outcomes as JSON: a list in the order of the file, ``{"number", "kind", "outcomes": […]}`` for each case.

Days are ISO strings, amounts are strings, a missing last day is null. Each case is one line, written as soon as it is checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from enforcement.exchange.checking import Checked


def write_json(checked: Iterable[Checked], stream: BinaryIO) -> None:
    """Write the list of checked cases to a stream, as UTF-8."""
    encoder = msgspec.json.Encoder()
    opening = b"[\n"
    for case in checked:
        answer = {"number": case.number, "kind": case.kind, "outcomes": case.outcomes}
        stream.write(opening + encoder.encode(answer))
        opening = b",\n"
    stream.write(b"\n]\n")
