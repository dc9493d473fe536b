"""One value of one fact: what JSON may hold for it, and the one canonical form it is kept in.

A value is refused when it is malformed, never when it is unlawful: a decision dated before its filing is a fact, a decision
dated 30 February is not. What passes here always becomes a fact of the law's structures::

    canonical(facts_of(Penalty)["fine"], 500)                              # "500.00"
    canonical(facts_of(Measure)["executed_at"], "2026-02-12T01:30:00Z")    # "2026-02-12T09:30:00+08:00"
    canonical(facts_of(Penalty)["filed_on"], "2026-02-30")                 # raises ValidationError
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from enforcement.cases import wording
from enforcement.cases.wording import say
from rules.facts import Fact
from rules.facts import Text

#: Beijing time, in which moments are kept; a moment without an offset is in it.
SHANGHAI = timezone(timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 1949, 2100
MAX_TEXT, MAX_NAME = 2000, 200
MAX_ITEMS = 200
MAX_INTEGER = 9999
#: Fourteen digits, two of them decimals.
MAX_MONEY = Decimal("999999999999.99")
_HUGE = 10**15
#: Texts in which something is told; every other text is a name, a number or a code.
TOLD = frozenset(
    {
        "cause",
        "place",
        "publication_exemption",
        "mitigation",
        "discretion_standard",
        "collection_reason",
        "service_method",
    }
)

#: Facts of a record without which it is none: the first day of a span.
REQUIRED = ("from",)

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?"
)
_MONEY = re.compile("-?[0-9]+([.][0-9]+)?")
#: Control characters, lone surrogates, line and paragraph separators.
_CONTROL = frozenset({"Cc", "Cs", "Zl", "Zp"})


def canonical(fact: Fact, value: Any) -> Any:
    """Give the canonical JSON value of a fact, None for what is not recorded; raises ValidationError saying why not."""
    return None if value is None else _READERS[fact.type](fact, value)


def longest(fact: Fact) -> int:
    """Most characters of a text of this fact."""
    return MAX_TEXT if fact.name in TOLD else MAX_NAME


def refuse(text: Text, **fields: object) -> ValidationError:
    """A fault of a value, in the language of the span."""
    return ValidationError(say(text, **fields))


def _text(fact: Fact, value: Any) -> str | None:
    if not isinstance(value, str):
        raise refuse(wording.NOT_TEXT)
    text = value.strip()
    limit = longest(fact)
    if len(text) > limit:
        raise refuse(wording.TOO_LONG, limit=limit, length=len(text))
    if not text.isprintable():
        for place, letter in enumerate(text, 1):
            if unicodedata.category(letter) in _CONTROL:
                raise refuse(wording.CONTROL_CHARACTER, place=place, code=ord(letter))
    return text or None


def _date(fact: Fact, value: Any) -> str:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise refuse(wording.NOT_A_DATE)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise refuse(wording.NO_SUCH_DAY, value=value) from None
    _check_year(day.year, value)
    return value


def _check_year(year: int, value: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise refuse(wording.OUT_OF_YEARS, first=FIRST_YEAR, last=LAST_YEAR, value=value)


def _moment(fact: Fact, value: Any) -> str:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise refuse(wording.NOT_A_MOMENT)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise refuse(wording.NO_SUCH_MOMENT, value=value) from None
    _check_year(moment.year, value)
    moment = moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment.astimezone(SHANGHAI)
    _check_year(moment.year, value)
    return moment.isoformat()


def _money(fact: Fact, value: Any) -> str:
    amount = _amount(value)
    if amount.is_signed():
        raise refuse(wording.NEGATIVE)
    if amount > MAX_MONEY:
        raise refuse(wording.TOO_LARGE, limit=MAX_MONEY)
    cents = amount.quantize(Decimal("0.01"))
    if cents != amount or _decimals(value) > 2:
        raise refuse(wording.TOO_FINE)
    return f"{cents:f}"


def _amount(value: Any) -> Decimal:
    """Read an amount as it is written; a JSON number counts by its shortest decimal form."""
    if isinstance(value, str) and len(value) <= MAX_TEXT and _MONEY.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(min(max(value, -_HUGE), _HUGE))
    if isinstance(value, float) and not math.isnan(value):
        return Decimal(repr(value))
    raise refuse(wording.NOT_MONEY)


def _decimals(value: Any) -> int:
    return len(value.partition(".")[2]) if isinstance(value, str) else 0


def _yes_no(fact: Fact, value: Any) -> bool:
    if value is True or value is False:
        return bool(value)
    raise refuse(wording.NOT_YES_NO)


def _integer(fact: Fact, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise refuse(wording.NOT_AN_INTEGER)
    if value < 0:
        raise refuse(wording.NEGATIVE)
    if value > MAX_INTEGER:
        raise refuse(wording.TOO_LARGE, limit=MAX_INTEGER)
    return value


def _choice(fact: Fact, value: Any) -> str:
    if isinstance(value, str) and any(value == choice.value for choice in fact.choices):
        return value
    raise refuse(wording.NOT_A_CHOICE, choices=permitted(fact))


def permitted(fact: Fact) -> str:
    """The permitted values of a fact with their labels, as a message lists them."""
    joiner, opening, closing = (", ", " (", ")") if wording.spoken().startswith("en") else ("、", "（", "）")
    return joiner.join(
        f"{choice.value}{opening}{choice.label.of(wording.spoken())}{closing}" for choice in fact.choices
    )


def _list(read: Callable[[Fact, Any], Any]) -> Callable[[Fact, Any], list[Any]]:
    """Read a list item by item: each faulty item is named by its place, a repeated one is kept once."""

    def read_list(fact: Fact, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise refuse(wording.NOT_A_LIST)
        if len(value) > MAX_ITEMS:
            raise refuse(wording.TOO_MANY, limit=MAX_ITEMS, length=len(value))
        items: list[Any] = []
        faults: dict[int, Any] = {}
        for place, raw in enumerate(value):
            try:
                item = _item(read, fact, raw)
            except ValidationError as error:
                faults[place] = error.messages
            else:
                if item not in items:
                    items.append(item)
        if faults:
            raise ValidationError(faults)
        return items

    return read_list


def _item(read: Callable[[Fact, Any], Any], fact: Fact, raw: Any) -> Any:
    item = None if raw is None else read(fact, raw)
    if not item:
        raise refuse(wording.EMPTY_ITEM)
    return item


def _record(fact: Fact, value: Any) -> dict[str, Any]:
    """Read one extension or pause: its own facts by name, the first of a span required."""
    if not isinstance(value, dict):
        raise refuse(wording.NOT_AN_OBJECT)
    known = {item.name: item for item in fact.items}
    faults: dict[str, Any] = {name: [say(wording.UNKNOWN_FACT)] for name in value if name not in known}
    record: dict[str, Any] = {}
    for name, item in known.items():
        try:
            read = canonical(item, value.get(name))
        except ValidationError as error:
            faults[name] = error.messages
            continue
        if read is not None:
            record[name] = read
    if "from" in known:
        faults |= _span_faults(value.get("from"), record)
    if faults:
        raise ValidationError(faults)
    return record


def _span_faults(first: Any, record: dict[str, Any]) -> dict[str, Any]:
    """A span has a first day, and does not end before it."""
    if first is None:
        return {"from": [say(wording.REQUIRED)]}
    start, to = record.get("from"), record.get("to")
    if start is not None and to is not None and to < start:
        return {"to": [say(wording.ENDS_BEFORE_START, to=to, start=start)]}
    return {}


_READERS: dict[str, Callable[[Fact, Any], Any]] = {
    "text": _text,
    "date": _date,
    "moment": _moment,
    "money": _money,
    "bool": _yes_no,
    "integer": _integer,
    "choice": _choice,
    "texts": _list(_text),
    "choices": _list(_choice),
    "records": _list(_record),
}
