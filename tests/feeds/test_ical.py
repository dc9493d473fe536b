"""The iCalendar text: lines as RFC 5545 wants them, whatever a title holds."""

from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.feeds.ical import LINE
from enforcement.feeds.ical import Event
from enforcement.feeds.ical import calendar_text
from enforcement.feeds.ical import escape
from enforcement.feeds.ical import fold

EVENT = Event(
    uid="01KC2V6Y5WQ3N8Z4T7R1P9XJ0B@enforcement-ledger",
    day=date(2026, 3, 9),
    title="处罚决定书在七个工作日内送达 示街罚立〔2026〕1号",
    description="行政处罚 · O-25\n截止日：2026-03-09",
    url="http://ledger.example/cases/01KC2V6Y5WQ3N8Z4T7R1P9XJ0B",
    changed_at=datetime(2026, 3, 2, 1, 30, tzinfo=UTC),
)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_an_event_lies_on_its_whole_day_and_keeps_its_uid() -> None:
    lines = unfolded(calendar_text([EVENT], "执法台账期限", "zh"))
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Enforcement Ledger//Deadlines//ZH",
        "CALSCALE:GREGORIAN",
        "NAME:执法台账期限",
        "X-WR-CALNAME:执法台账期限",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VEVENT",
        "UID:01KC2V6Y5WQ3N8Z4T7R1P9XJ0B@enforcement-ledger",
        "DTSTAMP:20260302T013000Z",
        "LAST-MODIFIED:20260302T013000Z",
        "DTSTART;VALUE=DATE:20260309",
        "DTEND;VALUE=DATE:20260310",
        "SUMMARY;LANGUAGE=zh:处罚决定书在七个工作日内送达 示街罚立〔2026〕1号",
        "DESCRIPTION;LANGUAGE=zh:行政处罚 · O-25\\n截止日：2026-03-09",
        "URL:http://ledger.example/cases/01KC2V6Y5WQ3N8Z4T7R1P9XJ0B",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_every_line_ends_with_carriage_return_and_line_feed() -> None:
    text = calendar_text([EVENT], "执法台账期限", "zh")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")


def test_a_long_chinese_title_is_folded_between_characters() -> None:
    folded = fold("SUMMARY:" + "违" * 60)
    assert [len(line.encode()) for line in folded.split("\r\n")] == [74, 73, 43]
    assert folded.replace("\r\n ", "") == "SUMMARY:" + "违" * 60


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a,b;c", "a\\,b\\;c"),
        ("C:\\temp", "C:\\\\temp"),
        ("one\r\ntwo\rthree", "one\\ntwo\\nthree"),
        ("END:VEVENT\nBEGIN:VEVENT", "END:VEVENT\\nBEGIN:VEVENT"),
        ("bell\x07", "bell"),
    ],
)
def test_no_text_ends_a_property(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@given(st.text(max_size=300))
def test_any_text_makes_lines_of_seventy_five_octets_that_unfold_to_it(text: str) -> None:
    line = f"SUMMARY:{escape(text.encode('utf-8', 'ignore').decode())}"
    folded = fold(line)
    assert all(len(part.encode()) <= LINE for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line
    assert folded.count("\r\n") == len(folded.split("\r\n")) - 1
