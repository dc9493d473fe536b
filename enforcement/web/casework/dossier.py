"""What the page of a case shows: where it stands, what the law says of it and why, what people did about it.

Everything is read from the features; here it is only brought together, so that the view stays a line and the template asks
nothing of the database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any
from typing import NamedTuple

from enforcement.attachments import queries as attachments
from enforcement.cases import queries as cases
from enforcement.cases.history import Reaction
from enforcement.cases.history import reactions
from enforcement.cases.history import trail
from enforcement.cases.projection import decode
from enforcement.guidance.picture import Month
from enforcement.guidance.picture import months
from enforcement.guidance.timeline import MarkState
from enforcement.guidance.timeline import timeline
from enforcement.models import Attachment
from enforcement.models import AuditEntry
from enforcement.models import Case
from enforcement.models import Review
from enforcement.reviews import queries as reviews
from enforcement.web.facts import Step
from enforcement.web.facts import recorded
from enforcement.web.outcomes import grouped
from rules.explanation import Outcome
from rules.explanation import parameter_label
from rules.facts import KINDS
from rules.facts import STEPS
from rules.facts import Text
from rules.facts import facts_of
from rules.law import Law
from rules.wording import UNITS
from rules.wording import Wording

_ARTICLE = re.compile(r"([0-9]+)(?:[(]([0-9]+)[)])?")


class Line(NamedTuple):
    """A point of the time-line in words."""

    day: date
    at: datetime | None
    label: str
    step: Text
    state: MarkState
    due: date | datetime | None
    rules: tuple[str, ...]


class Used(NamedTuple):
    """A parameter that an outcome rests on."""

    label: str
    value: str
    confirmed: bool
    source: str
    since: date | None


class Explained(NamedTuple):
    """An outcome with what it rests on in words, the picture of its term, and what people did about it."""

    outcome: Outcome
    law: tuple[tuple[str, date], ...]
    facts: tuple[tuple[str, str], ...]
    parameters: tuple[Used, ...]
    starts: str
    length: str
    pictures: list[Month]
    reaction: Reaction | None


class Heap(NamedTuple):
    """Outcomes of one group."""

    name: str
    heading: Text
    outcomes: list[Explained]


class Dossier(NamedTuple):
    """All that the page of a case shows."""

    case: Case
    day: date
    line: list[Line]
    heaps: list[Heap]
    steps: list[Step]
    reviews: list[Review]
    attachments: list[Attachment]
    trail: list[AuditEntry]


def dossier(case: Case, day: date, language: str) -> Dossier:
    """Bring together what there is to a case on a day."""
    law = cases.law_for(case)
    known = reactions(case)
    wording = Wording(facts_of(KINDS[case.kind]), language)
    found = grouped(cases.outcomes(case, day, language))
    heaps = [
        Heap(group.name, group.heading, [_explained(item, law, wording, known) for item in group.outcomes])
        for group in found
    ]
    return Dossier(
        case=case,
        day=day,
        line=_line(case, law, day, language),
        heaps=heaps,
        steps=recorded(case, language),
        reviews=reviews.of_case(case),
        attachments=attachments.of_case(case),
        trail=trail(case),
    )


def _line(case: Case, law: Law, day: date, language: str) -> list[Line]:
    facts = facts_of(KINDS[case.kind])
    marks = timeline(case.kind, decode(case.kind, case.facts), law, day)
    return [
        Line(
            day=mark.day,
            at=mark.at,
            label=facts[mark.fact].label.of(language),
            step=STEPS[facts[mark.fact].step],
            state=mark.state,
            due=mark.due,
            rules=mark.rules,
        )
        for mark in marks
    ]


def _explained(outcome: Outcome, law: Law, wording: Wording, known: Mapping[str, Reaction]) -> Explained:
    counting = outcome.reckoning
    return Explained(
        outcome=outcome,
        law=tuple(
            (f"{item.name} {article(item.article, wording.language)}", item.in_force_from) for item in outcome.law
        ),
        facts=tuple((wording.label(name), wording.value(value, name)) for name, value in outcome.facts.items()),
        parameters=tuple(_used(name, item, law, wording) for name, item in outcome.parameters.items()),
        starts=wording.label(counting.start_fact) if counting else "",
        length=wording.fill(UNITS[counting.unit], n=counting.length) if counting else "",
        pictures=months(counting, law.calendar) if counting else [],
        reaction=known.get(outcome.rule),
    )


def article(number: str, language: str) -> str:
    """An article as it is cited: ``54(2)`` is 第54条第2款; what is no number stays as it is."""
    found = _ARTICLE.fullmatch(number)
    if found is None:
        return number
    if language == "en":
        return f"Art. {number}"
    return f"第{found[1]}条" + (f"第{found[2]}款" if found[2] else "")


def _used(name: str, item: Any, law: Law, wording: Wording) -> Used:
    return Used(
        label=parameter_label(law, name).of(wording.language),
        value=wording.value(item.value),
        confirmed=item.confirmed,
        source=item.source,
        since=item.in_force_from,
    )
