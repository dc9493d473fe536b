"""Days as an iCalendar text (RFC 5545) that telephones and mail programs subscribe to.

A line has 75 octets at most, so a Chinese title is folded between characters, never within one; commas, semicolons and line
breaks are escaped, so that no text ends a property. An event keeps its UID while it exists, so a calendar that reads again
moves it and does not double it::

    calendar_text([Event(uid="01J…@enforcement-ledger", day=date(2026, 3, 9), title="O-25 …", …)], "执法台账", "zh")
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import NamedTuple

PRODUCT = "-//Enforcement Ledger//Deadlines//{language}"
#: Octets of a line, without its end (RFC 5545, 3.1).
LINE = 75
END = "\r\n"
#: How often a program is asked to read again (RFC 7986).
AGAIN = "PT1H"


class Event(NamedTuple):
    """Something on a whole day; ``changed_at`` is an aware moment."""

    uid: str
    day: date
    title: str
    description: str
    url: str
    changed_at: datetime


def calendar_text(events: Iterable[Event], name: str, language: str) -> str:
    """Write a calendar; the same events in the same order give the same text."""
    lines = [*_head(name, language)]
    for event in events:
        lines += _event(event, language)
    lines.append("END:VCALENDAR")
    return "".join(fold(line) + END for line in lines)


def _head(name: str, language: str) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODUCT.format(language=language.upper())}"
    yield "CALSCALE:GREGORIAN"
    yield f"NAME:{escape(name)}"
    yield f"X-WR-CALNAME:{escape(name)}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{AGAIN}"
    yield f"X-PUBLISHED-TTL:{AGAIN}"


def _event(event: Event, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp(event.changed_at)}"
    yield f"LAST-MODIFIED:{stamp(event.changed_at)}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={language}:{escape(event.title)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{escape(event.description)}"
    yield f"URL:{event.url}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def stamp(moment: datetime) -> str:
    """A moment as UTC, such as 20260309T013000Z."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escape(text: str) -> str:
    """Text as a value (RFC 5545, 3.3.11); control characters other than line breaks have no place in one."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(character for character in unified if character in "\n\t" or character.isprintable())
    for character in ("\\", ";", ","):
        plain = plain.replace(character, f"\\{character}")
    return plain.replace("\n", "\\n")


def fold(line: str) -> str:
    """Break a line after 75 octets at most; each further line begins with a space that counts."""
    parts: list[str] = []
    part, octets = "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > LINE:
            parts.append(part)
            part, octets = " ", 1
        part += character
        octets += size
    return END.join([*parts, part])
