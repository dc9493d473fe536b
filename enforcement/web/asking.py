"""What an address asks of a list, read kindly: whatever makes no sense there counts as not said.

``/findings?state=overdue&page=2&page_size=x`` is a list that somebody shares, bookmarks and mistypes; it is shown as far as it
makes sense. Forms that store something are never read this way.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from flask import request

#: Longest text of a filter.
LONGEST = 200


def text(name: str) -> str | None:
    """A text without spaces around it; None when there is none."""
    return request.args.get(name, "").strip()[:LONGEST] or None


def choice(name: str, permitted: Container[str]) -> str | None:
    """One of some words."""
    asked = text(name)
    return asked if asked is not None and asked in permitted else None


def flag(name: str) -> bool | None:
    """Yes as 1 or true, no as 0 or false."""
    return {"1": True, "true": True, "0": False, "false": False}.get(text(name) or "")


def whole(name: str, default: int, most: int) -> int:
    """A whole number from 1 on."""
    asked = text(name) or ""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else default
    return min(max(1, number), most)


def day(name: str) -> date | None:
    """A day as 2026-03-09."""
    try:
        return date.fromisoformat(text(name) or "")
    except ValueError:
        return None


def month(name: str, otherwise: date) -> date:
    """The first day of a month as 2026-03, or that of another day."""
    try:
        return date.fromisoformat(f"{text(name)}-01")
    except ValueError:
        return otherwise.replace(day=1)


def page() -> int:
    """Which page of the list."""
    return whole("page", 1, 1_000_000)
