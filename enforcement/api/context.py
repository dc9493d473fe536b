"""What a request knows: who asks, in which language, and what time it is.

The clock is read once a request and handed on, so that a case recorded at midnight is not recorded on one day and checked
on the next. ``Accept-Language: en-GB, zh;q=0.5`` is answered in English, ``fr`` or nothing in Chinese.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from datetime import datetime
from typing import NamedTuple

from flask import current_app
from flask import g
from flask import request

from enforcement.config import Settings
from enforcement.models import User
from enforcement.times import SHANGHAI
from rules.facts import Text

EXTENSION = "enforcement"
#: Language tags as they are written in a header.
TAGS = {"zh": "zh-CN", "en": "en"}


class Service(NamedTuple):
    """What an application was made with."""

    settings: Settings
    clock: Callable[[], datetime]


def service() -> Service:
    """The settings and the clock of the application."""
    found: Service = current_app.extensions[EXTENSION]
    return found


def now() -> datetime:
    """The moment of this request in Asia/Shanghai, the same however often it is asked."""
    if "now" not in g:
        g.now = service().clock().astimezone(SHANGHAI)
    moment: datetime = g.now
    return moment


def today() -> date:
    """The day of this request in Asia/Shanghai."""
    return now().date()


def actor() -> User:
    """Who asks; only where :mod:`enforcement.api.auth` has let somebody in."""
    user: User = g.actor
    return user


def language() -> str:
    """The language to answer in: the most wanted of Chinese and English, else Chinese."""
    for tag, quality in request.accept_languages:
        primary = tag.lower().partition("-")[0]
        if quality > 0 and primary in TAGS:
            return primary
    return "zh"


def text(words: Text) -> str:
    """Give a text in the language of the request."""
    return words.of(language())
