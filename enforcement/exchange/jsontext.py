"""JSON read strictly, each doubt with its line and column.

Python's reader lets a key stand twice (the last one wins, silently), knows NaN and nests until it breaks. Each of them is
refused here. The reader itself does not say where, so a file with a doubt is walked once more, token by token::

    parse('{"fine": 1, "fine": 2}')       # raises Unusable: line 1, column 13: “fine” stands twice in one object
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any
from typing import NoReturn

from enforcement.cases.wording import say
from enforcement.exchange import wording
from enforcement.exchange.faults import Fault
from enforcement.exchange.faults import Unusable
from enforcement.exchange.faults import shown

MAX_DEPTH = 32
#: Digits of a whole number up to which Python reads it.
MAX_DIGITS = 4300

_TOKEN = re.compile(
    r"""(?P<key>"(?:[^"\\]|\\.)*")\s*: | (?P<text>"(?:[^"\\]|\\.)*") | (?P<open>[\[{]) | (?P<close>[\]}])
    | (?P<constant>-?(?:Infinity|NaN)) | (?P<number>-?[0-9]+)""",
    re.DOTALL | re.VERBOSE,
)


class _DoubtfulError(ValueError):
    """Something Python's reader would let pass."""


def parse(text: str) -> Any:
    """Read JSON; raises :class:`Unusable` naming what is wrong by line and column."""
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        _check_depth(value)
    except json.JSONDecodeError as error:
        where = say(wording.LINE, line=error.lineno, column=error.colno)
        raise Unusable([Fault(where, say(wording.JSON_SYNTAX, reason=error.msg))]) from None
    except (ValueError, RecursionError) as error:
        reason = type(error).__name__
        raise Unusable(list(_doubts(text)) or [Fault("", say(wording.JSON_SYNTAX, reason=reason))]) from None
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _DoubtfulError("a key stands twice")
    return made


def _no_constant(name: str) -> NoReturn:
    raise _DoubtfulError(name)


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise _DoubtfulError("nested too deep")


def _inside(value: Any) -> list[Any]:
    """The objects and lists inside a value."""
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        return []
    return [inner for inner in value if isinstance(inner, dict | list)]


def _doubts(text: str) -> Iterator[Fault]:
    """Walk the text and name what the reader refused to take: repeated keys, constants, depth, endless numbers."""
    breaks = [found.start() for found in re.finditer("\n", text)]
    open_keys: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        message = _doubt(token, open_keys)
        if message:
            line = bisect_left(breaks, token.start())
            column = token.start() - (breaks[line - 1] if line else -1)
            yield Fault(say(wording.LINE, line=line + 1, column=column), message)


def _doubt(token: re.Match[str], open_keys: list[set[str]]) -> str:
    """What is wrong with one token, given the keys of each object it stands in; nothing when it is in order."""
    kind = token.lastgroup
    if kind == "open":
        open_keys.append(set())
        return say(wording.JSON_TOO_DEEP, limit=MAX_DEPTH) if len(open_keys) == MAX_DEPTH + 1 else ""
    if kind == "close" and open_keys:
        open_keys.pop()
    elif kind == "key" and open_keys:
        key = _key(token["key"])
        if key in open_keys[-1]:
            return say(wording.JSON_DUPLICATE, key=shown(key))
        open_keys[-1].add(key)
    elif kind == "constant":
        return say(wording.JSON_CONSTANT, value=token["constant"])
    elif kind == "number" and len(token["number"]) > MAX_DIGITS:
        return say(wording.JSON_LONG_NUMBER)
    return ""


def _key(token: str) -> str:
    try:
        return str(json.loads(token))
    except ValueError:
        return token
