"""What an operation refuses, named by meaning; the API and the pages turn each into its own answer.

``Invalid({"filed_on": ["不是有效日期 / not a valid date"]})`` is the caller's fault at named fields; ``NotFound`` also stands
for what exists but lies outside what the person may see.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def in_language(message: str, language: str) -> str:
    """Give the half of a message "中文 / English" in a language (anything but English is Chinese); others as they are."""
    zh, slash, en = message.partition(" / ")
    if not slash or " / " in en or zh.isascii():
        return message
    return en if language.startswith("en") else zh


class Refused(Exception):
    """An operation was not carried out; nothing was changed."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en

    def of(self, language: str) -> str:
        """The reason in a language; anything but English is Chinese."""
        return self.en if language.startswith("en") else self.zh


class NotFound(Refused):
    """There is no such thing for this person."""

    def __init__(self, zh: str = "没有找到", en: str = "Not found") -> None:
        super().__init__(zh, en)


class Forbidden(Refused):
    """The person may see it but may not do this."""


class Conflict(Refused):
    """What is asked contradicts what is there."""


class Stale(Conflict):
    """Somebody else changed it since it was read; ``current`` is what it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__("已被他人修改，请重新读取后再改", "Changed by somebody else since it was read; read it again")
        self.current = current


class Invalid(Refused):
    """Faults at named fields: ``errors`` maps a field, or the path of one, to its messages."""

    def __init__(self, errors: Mapping[str, Any]) -> None:
        super().__init__("内容有误，请逐项更正", "Some fields are wrong")
        self.errors = dict(errors)
