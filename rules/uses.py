"""Which parameters a rule may read, found in the rule itself, so that nobody has to keep a second list.

A reader of the rulebook wants to know, under "a hearing is offered", that the amount comes from
``hearing_fine_individual`` and that nobody has confirmed it. What a rule reads depends on the case, so running it on one case
shows a part only. Its code names all of it: the constants of the function, of the functions of ``rules`` that it calls, and
of the tables that they look things up in::

    parameters_used(version, profile.parameters)     # ("hearing_fine_individual", "hearing_fine_organisation", …)

A name put together while running (``f"summary_fine_{party}"``) counts for every parameter that fits its fixed part. The
tests run every readable case of every rule and find no parameter read that is not named here.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from functools import cache
from types import CodeType
from types import FunctionType
from typing import Any

from rules.rule import Version

#: A fixed part of a name this short says nothing about which parameter is meant.
SHORTEST_PART = 8


def parameters_used(version: Version, known: Iterable[str]) -> tuple[str, ...]:
    """Name the parameters that a version of a rule may read, in the order of ``known``."""
    return _used(version.judge, tuple(known))


@cache
def _used(judge: Any, known: tuple[str, ...]) -> tuple[str, ...]:
    words = _words(judge)
    return tuple(name for name in known if name in words or _fits(name, words))


def _fits(name: str, words: Collection[str]) -> bool:
    """Tell whether a name begins with the fixed part of one that is put together: ``summary_fine_``."""
    return any(word.endswith("_") and len(word) >= SHORTEST_PART and name.startswith(word) for word in words)


def _words(judge: Any) -> frozenset[str]:
    """Every text that the code of a function holds, and that of the functions of ``rules`` that it names."""
    words: set[str] = set()
    seen: set[int] = set()
    waiting: list[Any] = [judge]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, FunctionType) and _ours(thing):
            words.update(_constants(thing.__code__))
            waiting += _named(thing)
        elif isinstance(thing, type) and _ours(thing):
            waiting += _members(thing)
        else:
            words.update(_texts(thing))
    return frozenset(words)


def _ours(thing: Any) -> bool:
    return str(thing.__module__).partition(".")[0] == "rules"


def _members(thing: type) -> Iterator[Any]:
    """The functions of a class, those behind its properties included."""
    for member in vars(thing).values():
        function = member.fget if isinstance(member, property) else member
        if isinstance(function, FunctionType):
            yield function


def _named(function: FunctionType) -> Iterator[Any]:
    """What the code of a function names in its module: other functions, and tables."""
    for code in _codes(function.__code__):
        for instruction in dis.get_instructions(code):
            if instruction.opname == "LOAD_GLOBAL" and instruction.argval in function.__globals__:
                yield _plain(function.__globals__[instruction.argval])
    yield from (cell.cell_contents for cell in function.__closure__ or ())


def _plain(thing: Any) -> Any:
    """The function of a rule that another rule names."""
    return thing.judge if isinstance(thing, Version) else thing


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _constants(code: CodeType) -> Iterator[str]:
    for inner in _codes(code):
        for constant in inner.co_consts:
            yield from _texts(constant)


def _texts(thing: Any) -> Iterator[str]:
    """Texts in a constant or a table; names are interned, so nothing is copied."""
    if isinstance(thing, str):
        yield sys.intern(thing)
    elif isinstance(thing, tuple | list | frozenset | set):
        for item in thing:
            yield from _texts(item)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from _texts(key)
            yield from _texts(value)
