"""Outcomes as an XLSX workbook: one row an outcome, to be filtered and printed, and a sheet that sums up.

Every text is written as text: a party called ``=cmd|'/c calc'!A0`` stays a name and never becomes a formula.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from datetime import datetime
from typing import Any
from typing import BinaryIO

import xlsxwriter

from enforcement.exchange.checking import Checked
from enforcement.exchange.checking import Summary
from enforcement.exchange.reporting.words import FLAGGED
from enforcement.exchange.reporting.words import SEVERITIES
from enforcement.exchange.reporting.words import STATES
from enforcement.exchange.reporting.words import flagged_sentence
from enforcement.exchange.reporting.words import rate_sentences
from enforcement.exchange.reporting.words import waiting_sentences
from rules.explanation import Outcome
from rules.facts import KIND_LABELS
from rules.facts import Text
from rules.law import Law
from rules.outcome import flagged
from rules.wording import NO
from rules.wording import YES

#: Rows of outcomes in one sheet; Excel ends at 1,048,576.
MAX_ROWS = 1_000_000

_OUTCOMES, _SUMMARY = Text("检查结果", "Outcomes"), Text("汇总", "Summary")
_DAY = Text("判断日", "As of")
#: Columns of the outcomes with their widths.
_COLUMNS: tuple[tuple[Text, int], ...] = (
    (Text("案号", "Case number"), 24),
    (Text("类别", "Kind"), 12),
    (Text("规则", "Rule"), 8),
    (Text("要求", "Requirement"), 36),
    (Text("状态", "State"), 12),
    (Text("级别", "Severity"), 8),
    (FLAGGED, 12),
    (Text("最后期限", "Due"), 17),
    (Text("说明", "Message"), 70),
    (Text("依据", "Law"), 40),
    (Text("文件位置", "Place in the file"), 14),
)
_RULE_COLUMNS = (Text("规则", "Rule"), Text("要求", "Requirement"), *STATES.values())


class _Book:
    """A workbook being written: its formats, its sheets, one row after the other."""

    def __init__(self, stream: BinaryIO, language: str, day: date) -> None:
        self.language = language
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = xlsxwriter.Workbook(stream, options)
        self.book.set_properties({"title": _OUTCOMES.of(language), "created": datetime(day.year, day.month, day.day)})
        self.heading = self.book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EDF2", "valign": "vcenter"})
        self.text = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.alarm = self.book.add_format({"text_wrap": True, "valign": "top", "font_color": "#B00020", "bold": True})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.moment = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"})

    def sheet(self, name: str, columns: Iterable[tuple[Text, int]]) -> Any:
        """Add a sheet with headings that stay in view."""
        sheet = self.book.add_worksheet(name)
        for place, (label, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, label.of(self.language), self.heading)
        sheet.freeze_panes(1, 1)
        return sheet

    def due(self, sheet: Any, row: int, place: int, due: date | datetime | None) -> None:
        """Write a last day as a date that sorts."""
        if isinstance(due, datetime):
            sheet.write_datetime(row, place, due.replace(tzinfo=None), self.moment)
        elif due is not None:
            sheet.write_datetime(row, place, due, self.day)


def write_workbook(
    checked: Iterable[Checked], summary: Summary, law: Law, day: date, language: str, stream: BinaryIO
) -> None:
    """Write the outcomes and, when all are written, the summary; ``summary`` is counted while the cases are read."""
    made = _Book(stream, language, day)
    _write_outcomes(made, checked)
    _write_summary(made, summary, law, day)
    made.book.close()


def _write_outcomes(made: _Book, checked: Iterable[Checked]) -> None:
    name = _OUTCOMES.of(made.language)
    sheet, row, sheets = made.sheet(name, _COLUMNS), 0, 1
    for case in checked:
        for outcome in case.outcomes:
            if row == MAX_ROWS:
                sheet.autofilter(0, 0, row, len(_COLUMNS) - 1)
                sheets += 1
                sheet, row = made.sheet(f"{name} {sheets}", _COLUMNS), 0
            row += 1
            _write_outcome(made, sheet, row, case, outcome)
    sheet.autofilter(0, 0, row, len(_COLUMNS) - 1)


def _write_outcome(made: _Book, sheet: Any, row: int, case: Checked, outcome: Outcome) -> None:
    language = made.language
    urgent = flagged(outcome.state, outcome.severity)
    law = "\n".join(f"{item.name} {item.article}" for item in outcome.law)
    texts = {
        0: case.number or "",
        1: KIND_LABELS[case.kind].of(language),
        2: outcome.rule,
        3: outcome.title,
        4: STATES[outcome.state].of(language),
        5: SEVERITIES[outcome.severity].of(language),
        6: (YES if urgent else NO).of(language),
        8: outcome.message,
        9: law,
        10: case.where,
    }
    for place, text in texts.items():
        sheet.write_string(row, place, text, made.alarm if urgent and place in (4, 6) else made.text)
    made.due(sheet, row, 7, outcome.due)


def _write_summary(made: _Book, summary: Summary, law: Law, day: date) -> None:
    language = made.language
    columns = [(label, 40 if place == 1 else 12) for place, label in enumerate(_RULE_COLUMNS)]
    sheet = made.sheet(_SUMMARY.of(language), columns)
    rules = sorted(summary.rules.items())
    for row, (rule, counted) in enumerate(rules, 1):
        sheet.write_string(row, 0, rule, made.text)
        sheet.write_string(row, 1, counted.title, made.text)
        for place, state in enumerate(STATES, 2):
            sheet.write_number(row, place, counted.states.get(state, 0), made.text)
    sheet.autofilter(0, 0, len(rules), len(columns) - 1)
    sentences = [
        f"{_DAY.of(language)} {day} · {law.profile.name}",
        flagged_sentence(summary, language),
        *rate_sentences(summary, language),
        *waiting_sentences(summary, law, language),
    ]
    for row, sentence in enumerate(sentences, len(rules) + 2):
        sheet.write_string(row, 0, sentence)
