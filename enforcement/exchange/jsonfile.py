"""Cases in JSON: a list of ``{"kind": …, "facts": {…}}``, or one such object.

A fact is named by its path: ``[3].facts.pauses.0.from`` is the first day of the first pause of the fourth case.
"""

from __future__ import annotations

from typing import Any

from enforcement.cases.wording import say
from enforcement.exchange import wording
from enforcement.exchange.faults import Fault
from enforcement.exchange.faults import Row
from enforcement.exchange.faults import loaded
from enforcement.exchange.faults import refused
from enforcement.exchange.faults import shown
from enforcement.exchange.jsontext import parse
from enforcement.exchange.kinds import kinds_in_words
from rules.facts import KINDS


def read_json(content: bytes) -> list[Row]:
    """Read the cases of a JSON file, in its order; raises :class:`Unusable` when it is no such list at all."""
    value = parse(_decoded(content))
    if isinstance(value, dict):
        return [_row("", value)]
    if not isinstance(value, list):
        raise refused(wording.JSON_SHAPE)
    if not value:
        raise refused(wording.NOTHING_TO_CHECK)
    return [_row(f"[{place}]", item) for place, item in enumerate(value)]


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(wording.NOT_UTF8, place=error.start + 1) from None


def _row(where: str, item: Any) -> Row:
    if not isinstance(item, dict):
        return Row(where, "", {}, (Fault(where, say(wording.JSON_ITEM)),))
    kind = item.get("kind")
    faults = [
        Fault(_join(where, shown(key)), say(wording.JSON_UNKNOWN_KEY)) for key in item if key not in ("kind", "facts")
    ]
    if "facts" not in item:
        faults.append(Fault(_join(where, "facts"), say(wording.MISSING_FACTS)))
    if not isinstance(kind, str) or kind not in KINDS:
        text = wording.UNKNOWN_KIND if "kind" in item else wording.MISSING_KIND
        faults.insert(0, Fault(_join(where, "kind"), say(text, kinds=kinds_in_words())))
        return Row(where, "", {}, tuple(faults))
    return loaded(where, kind, item.get("facts", {}), lambda path: _fact_path(where, path), faults)


def _fact_path(where: str, path: str) -> str:
    return _join(where, "facts" if path == "facts" else f"facts.{shown(path)}")


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
