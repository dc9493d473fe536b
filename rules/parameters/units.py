"""From what a file or a form holds to the plain value of a parameter's unit.

``convert(parameter, "5000")`` is ``Decimal("5000")`` for yuan and ``5000`` for days; ``"22:00"`` is ``time(22, 0)`` for
a clock. What does not fit raises ValueError and says what was expected.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from typing import Any

from rules.facts.inspection import INSPECTION_TYPES
from rules.facts.measure import MEASURE_TYPES
from rules.facts.penalty import PENALTY_KINDS
from rules.parameters.model import Entry
from rules.parameters.model import Parameter
from rules.parameters.model import Unit
from rules.parameters.reading import build

_TYPES = {"penalty": PENALTY_KINDS, "measure": MEASURE_TYPES, "inspection": INSPECTION_TYPES}


def convert(parameter: Parameter, raw: object) -> Any:
    """Give the plain value (Decimal, int, time, str or tuple) of a text or list; raises ValueError with every fault."""
    value = _CONVERTERS[parameter.unit](raw)
    if parameter.choices:
        _check_choices(value if isinstance(value, tuple) else (value,), parameter.choices)
    return value


def _check_choices(found: Iterable[str], choices: tuple[str, ...]) -> None:
    wrong = [item for item in found if item not in choices]
    if wrong:
        raise ValueError(f"{', '.join(wrong)}: not one of {', '.join(choices)}")


def _matching(pattern: str, expected: str, make: Callable[[str], Any]) -> Callable[[object], Any]:
    compiled = re.compile(pattern)

    def read(raw: object) -> Any:
        if not isinstance(raw, str) or not compiled.fullmatch(raw):
            raise ValueError(f"{raw!r}: expected {expected}")
        return make(raw)

    return read


def _list(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(item, str) and item for item in raw):
        raise ValueError(f"{raw!r}: expected a list of texts")
    if len(set(raw)) < len(raw):
        raise ValueError(f"{raw!r}: an item is named twice")
    return tuple(raw)


def _catalogue(raw: object) -> tuple[Entry, ...]:
    if not isinstance(raw, list) or not raw:
        raise ValueError(f"{raw!r}: expected a list of catalogue entries")
    faults: list[str] = []
    built = [build(Entry, item, f"entry {place}", faults) for place, item in enumerate(raw, 1)]
    entries = tuple(entry for entry in built if entry is not None)
    faults.extend(fault for entry in entries for fault in _entry_faults(entry))
    for code, times in Counter(entry.code for entry in entries).items():
        if times > 1:
            faults.append(f"entry {code}: the code is used {times} times")
    if faults:
        raise ValueError("; ".join(faults))
    return entries


def _entry_faults(entry: Entry) -> Iterable[str]:
    if entry.until is not None and entry.until < entry.from_:
        yield f"entry {entry.code}: until {entry.until} is before from {entry.from_}"
    for kind in entry.types:
        if kind not in _TYPES[entry.act]:
            yield f"entry {entry.code}: {kind}: no such type of {entry.act}"
    thresholds = [amount for amount in (entry.individual_from, entry.organisation_from) if amount is not None]
    if bool(thresholds) != (entry.amount_of is not None):
        yield f"entry {entry.code}: amount_of and a threshold belong together"
    for amount in thresholds:
        if not (amount.is_finite() and amount >= 0):
            yield f"entry {entry.code}: {amount}: expected an amount in yuan"


_whole_number = _matching("[0-9]{1,5}", "a whole number", int)

_CONVERTERS: dict[Unit, Callable[[object], Any]] = {
    "yuan": _matching("[0-9]{1,13}([.][0-9]{1,2})?", "yuan with at most two decimals", Decimal),
    "working_days": _whole_number,
    "days": _whole_number,
    "months": _whole_number,
    "years": _whole_number,
    "hours": _whole_number,
    "count": _whole_number,
    "rate": _matching("0[.][0-9]{1,6}", "a rate such as 0.03", Decimal),
    "clock": _matching("([01][0-9]|2[0-3]):[0-5][0-9]", "a time of day such as 22:00", time.fromisoformat),
    "list": _list,
    "catalogue": _catalogue,
    "text": _matching("(?s).+", "a text", str),
}
