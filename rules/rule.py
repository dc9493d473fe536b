"""How a rule is declared: a plain function and what people need to know of it.

A rule id of the catalogue has one or several dated versions; each is a function ``(case, law) -> Verdict | None``
(None: the rule does not concern the case)::

    @rule(
        "O-25",
        title=("处罚决定书在七个工作日内送达", "A decision is served within seven working days"),
        clause="决定书应当在宣告后当场交付；当事人不在场的，应当在七日内依照民事诉讼法送达。",
        severity="error",
        kinds=("penalty",),
        procedure="ordinary",
        law=(PENALTY_LAW.article("61"), PENALTY_LAW.article("85")),
        dated_by=("served_on", "decided_on"),
        since=PENALTY_LAW_2021,
    )
    def service(case: Penalty, law: Law) -> Verdict | None:
        \"\"\"A decision is handed over on the spot or served within seven working days.\"\"\"

``dated_by`` names the facts whose day decides which version is in force (the first one recorded counts): a step is
judged by the law of its own day. ``procedure`` limits a rule to one procedure; a penalty whose procedure is not recorded
is then undetermined by itself. ``messages`` holds what the rule says beside its title, in Chinese and English; fields in
braces are facts of the case or fields of the verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from typing import Any
from typing import Literal

import msgspec

from rules.facts import Text
from rules.law import Law
from rules.norms import Article
from rules.outcome import Severity
from rules.outcome import Verdict

Judge = Callable[[Any, Law], Verdict | None]


class Version(msgspec.Struct, frozen=True):
    """One dated version of a rule; calling it judges a case."""

    id: str
    judge: Judge
    title: Text
    clause: Text
    severity: Severity
    zero_item: bool
    kinds: tuple[str, ...]
    procedure: Literal["summary", "ordinary"] | None
    law: tuple[Article, ...]
    dated_by: tuple[str, ...]
    since: date | None
    until: date | None
    aliases: tuple[str, ...]
    messages: Mapping[str, Text]
    checked_on: date

    def __call__(self, case: Any, law: Law) -> Verdict | None:
        return self.judge(case, law)

    def in_force(self, day: date) -> bool:
        """Tell whether this version is in force on a day; both ends belong to it."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def rule(
    id: str,
    *,
    title: tuple[str, str],
    clause: str,
    severity: Severity,
    kinds: tuple[str, ...],
    law: tuple[Article, ...],
    dated_by: tuple[str, ...] = (),
    since: date | None = None,
    until: date | None = None,
    procedure: Literal["summary", "ordinary"] | None = None,
    zero_item: bool = False,
    aliases: tuple[str, ...] = (),
    messages: Mapping[str, tuple[str, str]] | None = None,
    checked_on: date = date(2026, 11, 24),
) -> Callable[[Judge], Version]:
    """Declare a function to be a version of rule ``id``; its docstring is the clause in English."""

    def declare(judge: Judge) -> Version:
        texts = {name: Text(*pair) for name, pair in (messages or {}).items()}
        english = " ".join((judge.__doc__ or "").split())
        return Version(
            id=id,
            judge=judge,
            title=Text(*title),
            clause=Text(clause, english),
            severity=severity,
            zero_item=zero_item,
            kinds=kinds,
            procedure=procedure,
            law=law,
            dated_by=dated_by,
            since=since,
            until=until,
            aliases=aliases,
            messages=texts,
            checked_on=checked_on,
        )

    return declare
