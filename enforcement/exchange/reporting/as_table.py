"""Outcomes as a table on a terminal: by case, only what is wrong, due or cannot be decided, and then the sum.

What is satisfied is counted, not listed. What cannot be decided names the facts that are missing, in one line a case; what
waits on a parameter or on the calendar of a year is said once, at the end, with the number of cases that depend on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from typing import TextIO

from rich.cells import cell_len
from rich.cells import set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from enforcement.exchange.checking import FAILED
from enforcement.exchange.checking import Checked
from enforcement.exchange.checking import RuleSum
from enforcement.exchange.checking import Summary
from enforcement.exchange.reporting import words
from enforcement.exchange.reporting.wrapping import wrapped
from rules.explanation import Outcome
from rules.facts import KIND_LABELS
from rules.facts import KINDS
from rules.facts import Text
from rules.facts import facts_of
from rules.law import Law
from rules.outcome import Severity
from rules.outcome import State
from rules.outcome import flagged

#: Columns of a page that is not a terminal.
WIDTH = 100

_STYLES: dict[State, str] = {
    "violated": "bold red",
    "overdue": "bold red",
    "late": "yellow",
    "pending": "cyan",
    "undetermined": "dim",
}
_STATES = list(_STYLES)
_SEVERITIES = list(words.SEVERITIES)
_RULE_WIDTH = 4
_GAP = 2
_MISSING = Text("未记录：{names}", "Not recorded: {names}")
_ALL_WELL = Text("另有 {count} 件没有需要处理的事项。", "{count} more cases need nothing.")
_REASON = Text("{rule}：{message}——{count} 件", "{rule}: {message} — {count} cases")
_HEAD = Text("判断日 {day}，参数方案 {profile}", "As of {day}, parameters of {profile}")


class _Page:
    """The page being printed: where it goes, in which language, and what was said on it already."""

    def __init__(self, stream: TextIO, language: str, terminal: bool, width: int) -> None:
        self.console = Console(file=stream, force_terminal=terminal, width=width, highlight=False, markup=False)
        self.language = language
        self.width = width
        #: Reasons that name no missing fact, such as the lack of a register, and how many cases gave them.
        self.reasons: Counter[tuple[str, str]] = Counter()

    def say(self, text: str, style: str = "") -> None:
        """Print a paragraph."""
        for line in wrapped(text, self.width):
            self.console.print(Styled(line, style))

    def state(self, state: State) -> str:
        """What a state is called."""
        return words.STATES[state].of(self.language)

    def severity(self, severity: Severity) -> str:
        """What a severity is called."""
        return words.SEVERITIES[severity].of(self.language)


def print_table(
    checked: Iterable[Checked],
    summary: Summary,
    law: Law,
    day: date,
    language: str,
    stream: TextIO,
    terminal: bool = False,
    width: int = WIDTH,
) -> None:
    """Print the cases and, when all are printed, the sum; ``summary`` is counted while the cases are read."""
    page = _Page(stream, language, terminal, width)
    page.say(_HEAD.of(language).format(day=day, profile=law.profile.name), "bold")
    well = sum(not _print_case(page, case) for case in checked)
    if well:
        page.say("")
        page.say(_ALL_WELL.of(language).format(count=well))
    print_summary(page, summary, law)


def _print_case(page: _Page, case: Checked) -> bool:
    """Print a case if there is anything to say of it, and tell whether there was."""
    listed = sorted(
        (outcome for outcome in case.outcomes if outcome.state in _STATES[:-1]),
        key=lambda outcome: (_STATES.index(outcome.state), _SEVERITIES.index(outcome.severity), outcome.rule),
    )
    missing = _missing(page, case)
    if not listed and not missing:
        return False
    widths = _widths(page, listed)
    block = _heading(page, case)
    for outcome in listed:
        _add_row(block, _cells(page, outcome), _style(outcome), wrapped(outcome.message, widths[-1]), widths)
    if missing:
        style = _STYLES["undetermined"]
        lines = [line for sentence in missing for line in wrapped(sentence, widths[-1])]
        _add_row(block, [page.state("undetermined")], style, lines, widths, style)
    page.console.print(block, soft_wrap=True)
    return True


def _heading(page: _Page, case: Checked) -> Styled:
    """The number of a case, its kind, and how many of each state it has."""
    states = Counter(outcome.state for outcome in case.outcomes)
    counts = " · ".join(f"{page.state(state)} {states[state]}" for state in words.STATES if states[state])
    name = f"{case.number or case.where or '—'}  {KIND_LABELS[case.kind].of(page.language)}"
    lines = wrapped(name, page.width)
    fits = cell_len(lines[-1]) + _GAP + cell_len(counts) <= page.width
    heading = Styled("\n")
    heading.append("\n".join(lines), "bold")
    heading.append(" " * _GAP + counts if fits else "\n" + "\n".join(wrapped(counts, page.width)), "dim")
    return heading


def _widths(page: _Page, listed: list[Outcome]) -> list[int]:
    """Widths of state, severity, rule, last day and message; only a moment needs room for a time of day."""
    state = max(cell_len(page.state(state)) for state in _STYLES)
    severity = max(cell_len(page.severity(severity)) for severity in words.SEVERITIES)
    due = 16 if any(isinstance(outcome.due, datetime) for outcome in listed) else 10
    taken = [state, severity, _RULE_WIDTH, due]
    return [*taken, page.width - sum(taken) - len(taken) * _GAP]


def _cells(page: _Page, outcome: Outcome) -> list[str]:
    return [page.state(outcome.state), page.severity(outcome.severity), outcome.rule, _due(outcome.due)]


def _style(outcome: Outcome) -> str:
    urgent = outcome.state not in ("violated", "overdue") or flagged(outcome.state, outcome.severity)
    return _STYLES[outcome.state] if urgent else "red"


def _add_row(
    block: Styled, cells: list[str], style: str, lines: list[str], widths: list[int], line_style: str = ""
) -> None:
    """Add short cells and, in the last column, the lines of a message; the further ones stand under the first."""
    padded = (set_cell_size(cell, width + _GAP) for cell, width in zip(cells, widths, strict=False))
    lead = "".join(padded)
    indent = sum(widths[:-1]) + (len(widths) - 1) * _GAP
    block.append("\n")
    block.append(set_cell_size(lead, indent), style)
    block.append(("\n" + " " * indent).join(lines), line_style)


def _due(due: date | datetime | None) -> str:
    if due is None:
        return ""
    return f"{due:%Y-%m-%d %H:%M}" if isinstance(due, datetime) else due.isoformat()


def _missing(page: _Page, case: Checked) -> list[str]:
    """What the undetermined outcomes of a case lack: facts with the rules that ask for them, and other reasons once."""
    facts: dict[str, list[str]] = {}
    reasons: list[str] = []
    for outcome in case.outcomes:
        if outcome.missing is None:
            continue
        absent = [name for name in outcome.missing.facts if outcome.facts.get(name) is None]
        for name in absent:
            facts.setdefault(name, []).append(outcome.rule)
        if not absent and not outcome.missing.parameters and not outcome.missing.years:
            reasons += _first_time(page, outcome)
    return [*_named(page, case.kind, facts), *reasons]


def _first_time(page: _Page, outcome: Outcome) -> list[str]:
    """A reason in full when it comes up first; later cases with the same one are only counted."""
    page.reasons[outcome.rule, outcome.message] += 1
    first = page.reasons[outcome.rule, outcome.message] == 1
    return [f"{outcome.rule} {outcome.message}"] if first else []


def _named(page: _Page, kind: str, facts: dict[str, list[str]]) -> Iterator[str]:
    """The missing facts in one sentence; those that the same rules ask for stand together."""
    if not facts:
        return
    known = facts_of(KINDS[kind])
    together: dict[str, list[str]] = {}
    for name, rules in facts.items():
        label = known[name].label.of(page.language) if name in known else name
        together.setdefault(" ".join(rules), []).append(label)
    english = page.language.startswith("en")
    shape, comma, joiner = ("{} [{}]", ", ", "; ") if english else ("{}〔{}〕", "、", "；")
    names = joiner.join(shape.format(comma.join(labels), rules) for rules, labels in together.items())
    yield _MISSING.of(page.language).format(names=names)


def print_summary(page: _Page, summary: Summary, law: Law) -> None:
    """Print what came out of all cases: the rules that failed, the states, what is waited for, and the rate."""
    language = page.language
    failing = {
        rule: counted
        for rule, counted in sorted(summary.rules.items())
        if any(counted.states.get(state) for state in FAILED)
    }
    page.say("")
    page.console.rule(style="dim")
    if failing:
        page.console.print(_failing_table(page, failing))
    for sentence in words.waiting_sentences(summary, law, language):
        page.say(sentence)
    for (rule, message), count in page.reasons.items():
        if count > 1:
            page.say(_REASON.of(language).format(rule=rule, message=message.rstrip("。."), count=count))
    page.say(words.flagged_sentence(summary, language), "bold red" if summary.flagged else "bold green")
    for sentence in words.rate_sentences(summary, language):
        page.say(sentence)


def _failing_table(page: _Page, failing: dict[str, RuleSum]) -> Table:
    """How often each rule that failed did so."""
    taken = [_RULE_WIDTH, *(cell_len(page.state(state)) for state in FAILED)]
    width = page.width - sum(taken) - len(taken) * _GAP
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(width=_RULE_WIDTH, no_wrap=True)
    for _ in FAILED:
        table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_row("", *(Styled(page.state(state), "dim") for state in FAILED), "")
    for rule, counted in failing.items():
        counts = (str(counted.states.get(state, 0) or "·") for state in FAILED)
        table.add_row(rule, *counts, Styled("\n".join(wrapped(counted.title, width))))
    return table
