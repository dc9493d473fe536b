"""Choices of select fields in the language of the page, as the macro ``select`` takes them; the first asks for all."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from enforcement.models import Agency
from enforcement.models import Officer
from enforcement.web.rendering import name
from enforcement.web.session import language
from rules.facts import Text

Choices = list[tuple[str, str]]


def any_or(choices: Iterable[tuple[str, str]]) -> Choices:
    """The choices, and before them "all"."""
    return [("", _("全部")), *choices]


def words(labels: Mapping[Any, Text], only: Iterable[str] | None = None) -> Choices:
    """Values with their words, in the order of the words or of ``only``."""
    return [(value, labels[value].of(language())) for value in (labels if only is None else only)]


def agencies(rows: Iterable[Agency]) -> Choices:
    """Agencies by code and name, each set in below the one above it."""
    found = list(rows)
    top = min((row.path.count("/") for row in found), default=0)
    return [(row.code, f"{'　' * (row.path.count('/') - top)}{name(row)}") for row in found]


def officers(rows: Iterable[Officer]) -> Choices:
    """Officers by certificate number, with name."""
    return [(row.number, f"{row.name} {row.number}") for row in rows]
