"""From the fields of a form to facts.

What somebody typed is kept as they typed it until it is understood, so that a form with one bad date comes back with everything
else still in it::

    typed = read("penalty", request.form)        # {"filed_on": "2026-02-30", "handlers": ["12010001"], "urgent": True, …}
    facts, errors = loaded("penalty", typed)     # {}, {"filed_on": ["日历中没有这一天：2026-02-30"]}

An empty field is a fact that is not recorded. Fields of a record are named ``pauses-0-from``; rows left empty do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from enforcement.cases.projection import plain
from enforcement.cases.schemas import by_name
from enforcement.cases.schemas import load_facts
from enforcement.cases.schemas import to_facts
from enforcement.cases.wording import speaking
from rules.facts import KINDS
from rules.facts import Case
from rules.facts import Fact
from rules.facts import facts_of

Typed = dict[str, Any]
Errors = dict[str, list[str]]

#: Values of a yes-or-no field; anything else is not recorded.
YES_NO = {"yes": True, "no": False}
#: Rows of a record and inputs of a list that are read at most; more are refused when loaded.
MOST_ROWS = 201


def read(kind: str, form: MultiDict[str, str]) -> Typed:
    """Give what a form holds for each fact of a kind, without what is left empty."""
    typed = {name: _READERS.get(fact.type, _line)(fact, form) for name, fact in facts_of(KINDS[kind]).items()}
    return {name: value for name, value in typed.items() if value not in (None, "", [])}


def loaded(kind: str, typed: Typed, language: str) -> tuple[dict[str, Any], Errors]:
    """Give the facts in canonical form, or none and what is wrong at each field, in the language of the page."""
    with speaking(language):
        try:
            return plain(to_facts(kind, load_facts(kind, typed))), {}
        except ValidationError as error:
            return {}, by_name(error.messages)


def usable(kind: str, typed: Typed, language: str) -> tuple[Case, list[str]]:
    """Give the case as far as it can be understood, and the names of the facts that were left out as faulty."""
    _, errors = loaded(kind, typed, language)
    faulty = sorted({path.partition(".")[0] for path in errors})
    facts, _ = loaded(kind, {name: value for name, value in typed.items() if name not in faulty}, language)
    return to_facts(kind, facts), faulty


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Give the facts that differ, with None for those that are cleared."""
    names = sorted(set(before) | set(after))
    return {name: after.get(name) for name in names if before.get(name) != after.get(name)}


def _line(fact: Fact, form: MultiDict[str, str]) -> Any:
    return _typed(fact, form.get(fact.name, ""))


def _typed(fact: Fact, text: str) -> Any:
    """What was typed into one input: trimmed, and where numbers are wanted in plain figures."""
    text = text.strip()
    if fact.type == "money":
        amount = re.sub(r"[,\s]|元$", "", unicodedata.normalize("NFKC", text))
        return amount if re.fullmatch("-?[0-9.]+", amount) else text
    if fact.type == "integer":
        number = unicodedata.normalize("NFKC", text)
        return int(number) if re.fullmatch("-?[0-9]{1,9}", number) else text
    if fact.type == "bool":
        return YES_NO.get(text, text or None)
    return text


def _texts(fact: Fact, form: MultiDict[str, str]) -> list[str]:
    return [text for item in form.getlist(fact.name)[:MOST_ROWS] if (text := item.strip())]


def _records(fact: Fact, form: MultiDict[str, str]) -> list[dict[str, Any]]:
    """Rows in the order of their numbers; numbers may have gaps."""
    row_of = re.compile(rf"{re.escape(fact.name)}-([0-9]{{1,4}})-")
    rows = sorted({int(match[1]) for name in form if (match := row_of.match(name))})[:MOST_ROWS]
    found = (_record(fact, row, form) for row in rows)
    return [record for record in found if record]


def _record(fact: Fact, row: int, form: MultiDict[str, str]) -> dict[str, Any]:
    typed = {item.name: _typed(item, form.get(f"{fact.name}-{row}-{item.name}", "")) for item in fact.items}
    return {name: value for name, value in typed.items() if value not in (None, "")}


_READERS: dict[str, Callable[[Fact, MultiDict[str, str]], Any]] = {
    "texts": _texts,
    "choices": _texts,
    "records": _records,
}
