"""The rulebook as data: every id of the catalogue, built or not, and the parameters in force with their sources."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response
from msgspec import Struct

from enforcement import lawbook
from enforcement.api.auth import permission
from enforcement.api.context import actor
from enforcement.api.context import language
from enforcement.api.context import today
from enforcement.api.core import Blueprint
from enforcement.api.core import answer
from enforcement.api.fields import LONGEST_PAGE
from enforcement.api.fields import Day
from enforcement.api.fields import PagedQuery
from enforcement.api.fields import Whole
from enforcement.api.paging import PAGED_HEADERS
from enforcement.api.paging import page_answer
from enforcement.api.paging import slice_of
from enforcement.cases.queries import Page
from enforcement.errors import NotFound
from rules.catalogue import CATALOGUE
from rules.catalogue import NOT_BUILT
from rules.law import Law
from rules.law import Parameter
from rules.law import Value
from rules.norms import Article
from rules.parameters.model import laid_over
from rules.rule import Version
from rules.rulebook import Rule
from rules.rulebook import default_rulebook

blp = Blueprint("rulebook", __name__, url_prefix="/api", description="规则与参数 / Rules and parameters")


class CitationItem(Struct, frozen=True):
    """A norm and article in one version."""

    name: str
    article: str
    in_force_from: date


class RuleVersion(Struct, frozen=True):
    """A dated version of a rule; None is no limit."""

    since: date | None
    until: date | None
    title: str
    clause: str
    severity: str
    kinds: list[str]
    procedure: str | None
    law: list[CitationItem]
    dated_by: list[str]
    checked_on: date


class RuleItem(Struct, frozen=True):
    """An id of the catalogue; ``reason`` says why it is not built."""

    id: str
    aliases: list[str]
    built: bool
    reason: str | None
    title: str
    severity: str
    zero_item: bool
    clause: str | None
    law: list[CitationItem]
    versions: list[RuleVersion]


class RulePage(Struct, frozen=True):
    """A page of rules."""

    items: list[RuleItem]
    page: int
    page_size: int
    total: int


class ParameterValueItem(Struct, frozen=True):
    """A dated value; ``confirmed`` means that somebody has read it in the norm itself."""

    value: Any
    in_force_from: date
    until: date | None
    source: str
    confirmed: bool
    checked_on: date | None
    note: str


class ParameterItem(Struct, frozen=True):
    """A parameter of the law; ``current`` is its value on the day asked about, None where there is none."""

    name: str
    title: str
    unit: str
    choices: list[str]
    note: str
    own: bool
    current: ParameterValueItem | None
    values: list[ParameterValueItem]


class ParameterPage(Struct, frozen=True):
    """A page of parameters."""

    items: list[ParameterItem]
    page: int
    page_size: int
    total: int


STRUCTS = (RulePage, ParameterPage)


class WholeListQuery(PagedQuery):
    """A page of a list that usually fits into one."""

    page_size = Whole(1, LONGEST_PAGE, load_default=LONGEST_PAGE)


class ParameterQuery(WholeListQuery):
    """The day the current values are for."""

    as_of = Day(metadata={"description": "生效日，默认今天 / The day the current values hold; today unless given"})


@blp.route("/rules", methods=["GET"])
@permission("rule.read")
@blp.arguments(WholeListQuery, location="query")
@blp.answers(200, RulePage, headers=PAGED_HEADERS)
def rules(query: dict[str, Any]) -> Response:
    """规则目录 / The catalogue of rules, with those not built yet and why"""
    ids = list(CATALOGUE)
    found = Page(slice_of(ids, **query), len(ids), **query)
    return page_answer(RulePage, found, rule_item)


@blp.route("/rules/<rule_id>", methods=["GET"])
@permission("rule.read")
@blp.answers(200, RuleItem)
@blp.problems(404)
def rule(rule_id: str) -> Response:
    """查看规则 / Read a rule, by its id or an alias"""
    if rule_id not in CATALOGUE:
        raise NotFound("规则目录中没有这个编号", "There is no such id in the catalogue of rules")
    return answer(rule_item(rule_id))


@blp.route("/parameters", methods=["GET"])
@permission("parameter.read")
@blp.arguments(ParameterQuery, location="query")
@blp.answers(200, ParameterPage, headers=PAGED_HEADERS)
def parameters(query: dict[str, Any]) -> Response:
    """参数及依据 / The parameters of the caller's agency, with source and confirmation"""
    day = query.pop("as_of", today())
    law = lawbook.law_for(actor().agency)
    names = sorted(law.profile.parameters)
    found = Page(slice_of(names, **query), len(names), **query)
    return page_answer(ParameterPage, found, lambda name: _parameter(law, law.profile.parameters[name], day))


def rule_item(rule_id: str) -> RuleItem:
    """An id of the catalogue in the language of the request; an alias shows the rule that answers for it."""
    book = default_rulebook()
    entry = CATALOGUE[rule_id]
    built = book.rules.get(book.aliases.get(rule_id, rule_id))
    reason = NOT_BUILT[rule_id].of(language()) if built is None and rule_id in NOT_BUILT else None
    newest = built.newest if built else None
    return RuleItem(
        id=built.id if built else rule_id,
        aliases=_aliases(built) if built else [],
        built=built is not None,
        reason=reason,
        title=(newest or entry).title.of(language()),
        severity=newest.severity if newest else entry.severity,
        zero_item=entry.zero_item,
        clause=newest.clause.of(language()) if newest else None,
        law=_law(newest.law) if newest else [],
        versions=[_version(version) for version in built.versions] if built else [],
    )


def _aliases(found: Rule) -> list[str]:
    return sorted({alias for version in found.versions for alias in version.aliases})


def _law(articles: tuple[Article, ...]) -> list[CitationItem]:
    return [CitationItem(item.name.of(language()), item.article, item.in_force_from) for item in articles]


def _version(version: Version) -> RuleVersion:
    return RuleVersion(
        since=version.since,
        until=version.until,
        title=version.title.of(language()),
        clause=version.clause.of(language()),
        severity=version.severity,
        kinds=list(version.kinds),
        procedure=version.procedure,
        law=_law(version.law),
        dated_by=list(version.dated_by),
        checked_on=version.checked_on,
    )


def _parameter(law: Law, parameter: Parameter, day: Any) -> ParameterItem:
    own = law.overrides.get(parameter.name, ())
    current = law.lookup(parameter.name, day)
    return ParameterItem(
        name=parameter.name,
        title=parameter.en if language() == "en" else parameter.zh,
        unit=parameter.unit,
        choices=list(parameter.choices),
        note=parameter.note,
        own=bool(own),
        current=None if current is None else _value(current),
        values=[_value(value) for value in laid_over(parameter.values, own)],
    )


def _value(value: Value) -> ParameterValueItem:
    return ParameterValueItem(
        value=value.value,
        in_force_from=value.from_,
        until=value.until,
        source=value.source,
        confirmed=value.confirmed,
        checked_on=value.checked_on,
        note=value.note,
    )
