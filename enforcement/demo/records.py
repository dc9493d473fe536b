"""The published records of the demo: real penalties, measures and inspections, as far as their sources tell of them.

``records.csv`` holds them under the names of the contract, each marked as an extract: what its source does not say is
unknown, and nobody is held to have left it undone. Two columns are not facts: ``record_id``, by which a record is named, and
``source_url``, where it was published. What was left out, and why, stands in ``README.md`` beside it.
"""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files
from typing import Any
from typing import NamedTuple

from enforcement.cases.schemas import load_facts
from enforcement.exchange.cells import from_cell
from rules.facts import KINDS
from rules.facts import facts_of


class Record(NamedTuple):
    """A published record: its name here, the page it comes from (empty where none is known), and its facts."""

    record_id: str
    source_url: str
    kind: str
    facts: dict[str, Any]


@cache
def records() -> tuple[Record, ...]:
    """Read the records, in the order of their ids; the facts are those of the source and nothing else."""
    text = files(__package__).joinpath("records.csv").read_text(encoding="utf-8")
    return tuple(_record(row) for row in csv.DictReader(io.StringIO(text)))


def _record(row: dict[str, str]) -> Record:
    kind = row.pop("kind")
    record_id, source_url = row.pop("record_id"), row.pop("source_url")
    declared = facts_of(KINDS[kind])
    written = {name: from_cell(declared[name], cell) for name, cell in row.items() if cell}
    return Record(record_id, source_url, kind, load_facts(kind, written))
