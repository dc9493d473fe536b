"""Sentences about an answer, in Chinese and English: the fact, the number, the date and what follows.

``Published on: due by 2026-02-28 (7 working days from 2026-02-12, Decided on; holidays 2026-02-15 to 2026-02-23; working
weekend days 2026-02-14, 2026-02-28).``
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Any
from typing import NamedTuple

from rules.calendar import Calendar
from rules.calendar import UnknownYear
from rules.facts import Fact
from rules.facts import Text
from rules.law import Entry
from rules.outcome import Answer
from rules.outcome import Duty
from rules.reckoning import ONE_DAY
from rules.reckoning import Reckoning
from rules.reckoning import day_of

UNITS: dict[str, Text] = {
    "working_days": Text("{n} 个工作日", "{n} working days"),
    "days": Text("{n} 日", "{n} days"),
    "months": Text("{n} 个月", "{n} months"),
    "years": Text("{n} 年", "{n} years"),
    "hours": Text("{n} 小时", "{n} hours"),
}

DUTY: dict[str, Text] = {
    "satisfied": Text("{done_label} {done}，未超过最后期限 {due}", "{done_label}: {done}, not later than {due}"),
    "late": Text("{done_label} {done}，已超过最后期限 {due}", "{done_label}: {done}, after the last day {due}"),
    "pending": Text("{done_label}：最后期限 {due}", "{done_label}: due by {due}"),
    "overdue": Text(
        "{done_label}：最后期限 {due} 已过，尚未记录；请立即办理并登记",
        "{done_label}: the last day {due} has passed and nothing is recorded; do it now and record it",
    ),
}
NO_LAST_DAY = Text(
    "{done_label}：尚未起算，自“{start_label}”之日起 {length}",
    "{done_label}: not running yet; {length} from “{start_label}”",
)
STOPPED = Text(
    "{done_label}：期限自 {since} 起暂停计算（{ground}），尚无截止日",
    "{done_label}: the clock stands still since {since} ({ground}); no last day yet",
)
DONE = Text("{done_label} {done}", "{done_label}: {done}")
BASIS = Text("自 {start_label} {start} 起 {length}", "{length} from {start}, {start_label}")
HOLIDAYS = Text("节假日 {days}", "holidays {days}")
MADE_UP = Text("调休上班日 {days}", "working weekend days {days}")
ROLLED = Text("{raw} 为休息日，顺延", "{raw} is a rest day, moved on")
PAUSED = Text("不计入 {days}", "not counted {days}")
ROLL_UNKNOWN = Text(
    "{year} 年节假日安排未知，最后一日如遇休息日顺延",
    "the holidays of {year} are unknown; a last day on a rest day moves on",
)
MISSING_FACTS = Text("无法判断：未记录 {names}", "No answer: not recorded: {names}")
MISSING_PARAMETERS = Text(
    "无法判断：参数尚无确认的值：{names}", "No answer: no confirmed value of the parameter: {names}"
)
MISSING_YEARS = Text(
    "无法判断：缺少 {names} 年的节假日安排", "No answer: the working days of {names} are not decreed yet"
)
CRASHED = Text(
    "规则运行出错（{error}）；请告知维护人员，此项未检查",
    "The rule crashed ({error}); tell the maintainers, nothing was checked",
)
YES, NO, NOTHING = Text("是", "yes"), Text("否", "no"), Text("未记录", "not recorded")


class FactNames(tuple[str, ...]):
    """Names of facts in a verdict's fields; shown by their labels."""


class Choices(NamedTuple):
    """Values of a fact with choices in a verdict's fields; shown by their labels."""

    fact: str
    values: tuple[str, ...]


class Wording:
    """Words for one kind of case in one language."""

    def __init__(self, facts: Mapping[str, Fact], language: str) -> None:
        self.facts = facts
        self.language = language
        self.joiner = ", " if language.startswith("en") else "、"
        self.clause = "; " if language.startswith("en") else "；"

    def label(self, fact: str, texts: Mapping[str, Text] | None = None) -> str:
        """Label of a fact, or of a rule's own term among its messages."""
        known = self.facts.get(fact)
        if known is not None:
            return known.label.of(self.language)
        return texts[fact].of(self.language) if texts and fact in texts else fact

    def value(self, value: Any, fact: str = "") -> str:
        """Show a value as a person reads it; ``fact`` gives the labels of choices."""
        if isinstance(value, FactNames):
            return self.joiner.join(self.label(name) for name in value)
        if isinstance(value, Choices):
            return self.value(value.values, value.fact)
        if isinstance(value, Entry):
            return f"{value.code} {value.en if self.language.startswith('en') else value.zh}"
        if value is None:
            return NOTHING.of(self.language)
        if isinstance(value, bool):
            return (YES if value else NO).of(self.language)
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return f"{value:f}"
        if isinstance(value, tuple | list):
            return self.joiner.join(self.value(item, fact) for item in value) or NOTHING.of(self.language)
        known = self.facts.get(fact)
        return known.choice_label(str(value), self.language) if known else str(value)

    def fill(self, text: Text, **fields: Any) -> str:
        """Fill a template of this module."""
        return text.of(self.language).format(**fields)

    def ranges(self, days: Iterable[date]) -> str:
        """Show days as ranges: ``2026-02-15 to 2026-02-23, 2026-03-01``."""
        runs: list[list[date]] = []
        for day in days:
            if runs and day - runs[-1][-1] == ONE_DAY:
                runs[-1].append(day)
            else:
                runs.append([day])
        word = " to " if self.language.startswith("en") else " 至 "
        return self.joiner.join(run[0].isoformat() if len(run) == 1 else f"{run[0]}{word}{run[-1]}" for run in runs)

    def duty(self, duty: Duty, answer: Answer, calendar: Calendar, texts: Mapping[str, Text]) -> str:
        """One sentence on a duty: state, last day, and how it was counted."""
        names = {
            "start_label": self.label(duty.start_fact, texts),
            "done_label": self.label(duty.done_fact, texts),
            "done": self.value(duty.done),
            "length": self.fill(UNITS[duty.unit], n=duty.length),
        }
        reckoning = answer.reckoning
        if reckoning is None or answer.due is None:
            return self._without_last_day(duty, reckoning, names)
        sentence = self.fill(DUTY[answer.state], due=self.value(answer.due), **names)
        notes = [self.fill(BASIS, start=self.value(duty.start), **names)]
        notes += self._counting(duty, reckoning, calendar)
        if duty.note:
            notes.append(texts[duty.note].of(self.language))
        opening, closing = (" (", ").") if self.language.startswith("en") else ("（", "）。")
        return sentence + opening + self.clause.join(notes) + closing

    def _without_last_day(self, duty: Duty, reckoning: Reckoning | None, names: dict[str, str]) -> str:
        stop = "." if self.language.startswith("en") else "。"
        if duty.done is not None:
            return self.fill(DONE, **names) + stop
        if reckoning is None or not reckoning.paused:
            return self.fill(NO_LAST_DAY, **names) + stop
        pause = reckoning.paused[-1]
        ground = self._ground(pause.ground)
        return self.fill(STOPPED, since=pause.from_.isoformat(), ground=ground, **names) + stop

    def _ground(self, ground: str | None) -> str:
        items = self.facts["pauses"].items if "pauses" in self.facts else ()
        known = next((item for item in items if item.name == "ground"), None)
        return known.choice_label(ground, self.language) if known and ground else self.value(ground)

    def _counting(self, duty: Duty, reckoning: Reckoning, calendar: Calendar) -> list[str]:
        notes = []
        for pause in reckoning.paused:
            end = pause.to or duty.done
            days = f"{pause.from_} – {self.value(day_of(end)) if end else ''}"
            notes.append(self.fill(PAUSED, days=days))
        if reckoning.unknown_year:
            notes.append(self.fill(ROLL_UNKNOWN, year=reckoning.unknown_year))
        elif reckoning.raw != reckoning.due and reckoning.raw is not None:
            notes.append(self.fill(ROLLED, raw=self.value(reckoning.raw)))
        if duty.unit == "working_days" and duty.start is not None and reckoning.due is not None:
            notes += self._working_days(day_of(duty.start), day_of(reckoning.due), calendar)
        return notes

    def _working_days(self, start: date, due: date, calendar: Calendar) -> list[str]:
        notes = []
        holidays = holiday_days(calendar, start, due)
        if holidays:
            notes.append(self.fill(HOLIDAYS, days=self.ranges(holidays)))
        made_up = calendar.made_up_days(start, due)
        if made_up:
            notes.append(self.fill(MADE_UP, days=self.ranges(made_up)))
        return notes


def holiday_days(calendar: Calendar, start: date, due: date) -> list[date]:
    """Rest days in (start, due] that belong to a holiday: runs that hold more than an ordinary weekend."""
    days: list[date] = []
    run: list[date] = []
    for day in (*calendar.rest_days(start, due), None):
        if run and (day is None or day - run[-1] != ONE_DAY):
            if any(_is_holiday(calendar, item) for item in run):
                days += run
            run = []
        if day is not None:
            run.append(day)
    return days


def _is_holiday(calendar: Calendar, day: date) -> bool:
    try:
        return calendar.kind(day) in ("statutory", "adjusted_rest")
    except UnknownYear:
        return False
