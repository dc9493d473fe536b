"""Moments and days in Asia/Shanghai, the only zone of this law (China keeps one time and no summer time since 1992).

``day_at(datetime(2026, 2, 28, 16, 30, tzinfo=UTC))`` is 2026-03-01: the day there has already changed.
"""

from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def utc_now() -> datetime:
    """Read the clock; only the outermost edge (a view, a command, a tick) does."""
    return datetime.now(UTC)


def day_at(moment: datetime) -> date:
    """The day in Shanghai at an aware moment."""
    return moment.astimezone(SHANGHAI).date()


def today() -> date:
    """Today in Shanghai; only the outermost edge reads it."""
    return day_at(utc_now())
