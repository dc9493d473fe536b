"""Extensions and pauses in one cell: as JSON, or in a short form that people can write.

``30@2026-03-01@head; 60@2026-04-01@collective`` are two extensions (days, approved on, approved by);
``2026-02-01..2026-02-10@hearing`` is a pause, and ``2026-02-01..@suspension`` one that has not ended.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from enforcement.cases.values import refuse
from enforcement.exchange import wording
from enforcement.exchange.jsontext import parse
from rules.facts import Fact

#: How each kind of record is written, for messages.
FORMS = {"extensions": "30@2026-03-01@head", "pauses": "2026-02-01..2026-02-10@hearing"}

_SEPARATORS = re.compile("[;；\n]")
_SPAN = re.compile(r"\s*(?:\.\.|至)\s*")

ReadCell = Callable[[Fact, Any], Any]


def records_of(fact: Fact, value: Any, read: ReadCell) -> Any:
    """Give the records written in a cell; ``read`` reads each part of one. Raises ValidationError, Unusable for JSON."""
    if not isinstance(value, str):
        raise refuse(wording.CELL_RECORDS, form=FORMS[fact.name])
    if value.startswith(("[", "{")):
        found = parse(value)
        return [found] if isinstance(found, dict) else found
    return [_record(fact, item.strip(), read) for item in _SEPARATORS.split(value) if item.strip()]


def _record(fact: Fact, text: str, read: ReadCell) -> dict[str, Any]:
    """One record in the short form, its parts in the order in which its facts are declared."""
    parts = [part.strip() for part in text.replace("＠", "@").split("@")]
    names = [item.name for item in fact.items]
    if names[:2] == ["from", "to"]:
        span = _SPAN.split(parts[0])
        if len(span) != 2:
            raise refuse(wording.CELL_RECORDS, form=FORMS[fact.name])
        parts = [*span, *parts[1:]]
    if len(parts) > len(names):
        raise refuse(wording.CELL_RECORDS, form=FORMS[fact.name])
    return {item.name: read(item, part) for item, part in zip(fact.items, parts, strict=False) if part}
