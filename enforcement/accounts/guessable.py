"""Passwords that whoever guesses tries first, and that are refused for it.

``is_common("Sunshine1")`` and ``is_about("lisi2026!", "lisi")`` are both true. Nothing is asked of the kinds of characters: a
sentence of small letters is a good password.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

#: Names of this service, part of no password.
SERVICE = ("enforcement", "执法台账")
#: A shorter sign-in name stands in too many honest words.
SHORTEST_NAME = 4


def is_common(password: str) -> bool:
    """Tell whether a password is among the most frequent ones, however its letters are written, or one character repeated."""
    plain = password.casefold()
    return plain in common() or len(set(plain)) == 1


def is_about(password: str, login: str) -> bool:
    """Tell whether a password holds the sign-in name, or the name of this service."""
    plain, name = password.casefold(), login.casefold()
    telling = (*SERVICE, name) if len(name) >= SHORTEST_NAME else SERVICE
    return any(word in plain for word in telling) or (bool(name) and not plain.replace(name, ""))


@cache
def common() -> frozenset[str]:
    """The most frequent passwords, in small letters."""
    lines = files(__package__).joinpath("common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
