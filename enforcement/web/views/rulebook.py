"""The rulebook as a book that a lawyer reads: what each rule wants, by which article, since when, with which numbers.

Also what is *not* checked: an id of the catalogue without a rule stands in its place with the reason. How many cases a rule
flags now counts what the reader may see, and leads there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flask import Blueprint
from flask import redirect
from flask import url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from enforcement import lawbook
from enforcement.api.context import today
from enforcement.findings import queries as findings
from enforcement.parameters.queries import CATALOGUE as REVIEW_CATALOGUE
from enforcement.parameters.queries import Effective
from enforcement.parameters.queries import effective
from enforcement.web import asking
from enforcement.web import numbers
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import language
from enforcement.web.session import may
from enforcement.web.session import page
from rules.catalogue import CATALOGUE
from rules.catalogue import NOT_BUILT
from rules.catalogue import CatalogueEntry
from rules.explanation import parameter_label
from rules.facts import KINDS
from rules.facts import Text
from rules.facts import facts_of
from rules.law import Value
from rules.parameters.model import laid_over
from rules.rule import Version
from rules.rulebook import Rule
from rules.rulebook import default_rulebook
from rules.uses import parameters_used

blp = Blueprint("rulebook", __name__)

#: Parts of the book by the letter of their ids, in order.
PARTS: dict[str, Text] = {
    "P": Text("主体、人员与实体", "Subject, persons and substance"),
    "S": Text("简易程序", "Summary procedure"),
    "O": Text("普通程序", "Ordinary procedure"),
    "M": Text("罚没缴纳", "Money"),
    "C": Text("行政强制措施", "Coercive measures"),
    "E": Text("行政强制执行", "Coercive execution"),
    "I": Text("行政检查", "Inspections"),
    "D": Text("公示、平台与数据", "Publication, platform and data"),
    "V": Text("监督", "Supervision"),
}


class Line(NamedTuple):
    """A rule in the table of contents; ``reason`` says why it is not built, ``answers`` which rule stands for it."""

    id: str
    entry: CatalogueEntry
    title: Text
    built: bool
    answers: str | None
    reason: Text | None
    severity: str
    flagged: int


class Number(NamedTuple):
    """A parameter that a rule reads: its value today and its whole line in time."""

    name: str
    label: Text
    now: Effective
    values: tuple[Value, ...]
    unit: str
    note: str


@blp.get("/rules")
@page("rule.read")
def index() -> str:
    """Show the table of contents, part by part."""
    which = asking.choice("show", ("built", "missing", "flagged")) or "all"
    flagged = findings.by_rule(actor())
    lines = [_line(rule_id, flagged) for rule_id in CATALOGUE]
    shown = [line for line in lines if _wanted(line, which)]
    parts = {letter: [line for line in shown if line.id.startswith(f"{letter}-")] for letter in PARTS}
    return render(
        "rulebook/index.html",
        parts={PARTS[letter]: found for letter, found in parts.items() if found},
        which=which,
        built=sum(line.built for line in lines),
        missing=sum(not line.built for line in lines),
        flagged=sum(line.flagged > 0 for line in lines),
        counted=may("finding.read"),
    )


@blp.get("/rules/<rule_id>")
@page("rule.read")
def show(rule_id: str) -> ResponseReturnValue:
    """Show a rule with every version, or why there is none; an alias leads to the rule that answers for it."""
    if rule_id not in CATALOGUE:
        raise NotFound
    book = default_rulebook()
    if rule_id in book.aliases:
        return redirect(url_for(".show", rule_id=book.aliases[rule_id]), 303)
    built = book.rules.get(rule_id)
    return render(
        "rulebook/show.html",
        line=_line(rule_id, findings.by_rule(actor())),
        rule=built,
        aliases=_aliases(built),
        kinds=[kind for kind in KINDS if built and any(kind in version.kinds for version in built.versions)],
        versions=_versions(built),
        used=_numbers(built),
        dated_by=_fact_labels(built),
        shown=numbers.shown,
        counted=may("finding.read"),
        day=today(),
    )


def _line(rule_id: str, flagged: dict[str, int]) -> Line:
    book, entry = default_rulebook(), CATALOGUE[rule_id]
    answers = book.aliases.get(rule_id)
    rule = book.rules.get(answers or rule_id)
    return Line(
        id=rule_id,
        entry=entry,
        title=rule.newest.title if rule else entry.title,
        built=rule is not None,
        answers=answers,
        reason=None if rule else NOT_BUILT.get(rule_id),
        severity=rule.newest.severity if rule else entry.severity,
        flagged=flagged.get(rule_id, 0),
    )


def _wanted(line: Line, which: str) -> bool:
    return {"built": line.built, "missing": not line.built, "flagged": line.flagged > 0}.get(which, True)


def _aliases(rule: Rule | None) -> list[str]:
    return sorted({alias for version in rule.versions for alias in version.aliases}) if rule else []


def _versions(rule: Rule | None) -> list[Version]:
    """The newest first: it is what applies to almost everything that is read here."""
    return list(reversed(rule.versions)) if rule else []


def _numbers(rule: Rule | None) -> list[Number]:
    """The parameters that any version may read, as they hold for the reader's agency."""
    if rule is None:
        return []
    law = lawbook.law_for(actor().agency)
    known = law.profile.parameters
    used = {name for version in rule.versions for name in parameters_used(version, known)}
    today_values = {row.name: row for row in effective(actor().agency, today())}
    return [
        Number(
            name=name,
            label=parameter_label(law, name),
            now=today_values[name],
            values=() if name == REVIEW_CATALOGUE else laid_over(known[name].values, law.overrides.get(name, ())),
            unit=known[name].unit,
            note=numbers.half(known[name].note),
        )
        for name in known
        if name in used
    ]


def _fact_labels(rule: Rule | None) -> dict[str, str]:
    """Labels of the facts by whose day a version is chosen."""
    names: Iterable[str] = {name for version in rule.versions for name in version.dated_by} if rule else ()
    labels: dict[str, str] = {}
    for struct in KINDS.values():
        labels |= {name: fact.label.of(language()) for name, fact in facts_of(struct).items() if name in names}
    return labels
