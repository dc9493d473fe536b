"""The numbers of the law as people read them: "5,000 元", "7 个工作日", "罚款、没收违法所得", "22:00"."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal
from typing import Any

from enforcement.web.session import language
from rules.facts import Text
from rules.facts import facts_of
from rules.facts.penalty import Penalty

UNITS: dict[str, Text] = {
    "yuan": Text("元", "yuan"),
    "working_days": Text("个工作日", "working days"),
    "days": Text("日", "days"),
    "months": Text("个月", "months"),
    "years": Text("年", "years"),
    "hours": Text("小时", "hours"),
}
#: Facts whose choices are also values of parameters.
_WORDS = ("kinds", "party_kind")
_ENGLISH = re.compile(r"\s*/\s+(?=[A-Z])")


def shown(value: Any, unit: str) -> str:
    """A value with its unit; lists with commas, an entry of a catalogue by its code, a choice by its word."""
    if isinstance(value, list | tuple):
        return ("、" if language() == "zh" else ", ").join(shown(item, "") for item in value)
    word = UNITS[unit].of(language()) if unit in UNITS else ""
    return f"{_plain(value)} {word}".strip()


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return _word(str(getattr(value, "code", value)))


def _word(value: str) -> str:
    for name in _WORDS:
        fact = facts_of(Penalty)[name]
        if any(choice.value == value for choice in fact.choices):
            return fact.choice_label(value, language())
    return value


def half(note: str) -> str:
    """The half of a note "中文。/ English." in the language of the page; any other note as it is."""
    parts = _ENGLISH.split(note, maxsplit=1)
    return parts[-1] if language() == "en" else parts[0]
