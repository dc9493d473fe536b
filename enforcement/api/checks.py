"""Checking drafts: the whole rulebook over facts that are not stored, before the next step is taken.

    POST /api/check?as_of=2026-03-02    {"kind": "penalty", "facts": {…}}      one answer
    POST /api/check                     [{…}, {…}]                             a list of answers in the same order

Without ``profile`` the law is that of the office's own book: its register, catalogue and parameters. ``profile`` names a packaged
one, as it is published; a path is never taken from the network.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from flask import Response

from enforcement import lawbook
from enforcement.accounts.queries import may_see
from enforcement.api.answers import CheckedCase
from enforcement.api.auth import permission
from enforcement.api.bodies import read_json
from enforcement.api.context import actor
from enforcement.api.context import language
from enforcement.api.context import today
from enforcement.api.core import Blueprint
from enforcement.api.core import answer
from enforcement.api.drafts import Draft
from enforcement.api.drafts import draft_body
from enforcement.api.drafts import read_drafts
from enforcement.api.fields import Choice
from enforcement.api.fields import Day
from enforcement.api.fields import QuerySchema
from enforcement.cases.schemas import to_facts
from enforcement.models import Agency
from rules.explanation import explain
from rules.law import Law
from rules.law import default_law
from rules.parameters.profiles import PACKAGED
from rules.rulebook import default_rulebook

blp = Blueprint("check", __name__, url_prefix="/api", description="预检 / Check without storing")


class CheckQuery(QuerySchema):
    """The day and the law to check by."""

    as_of = Day(metadata={"description": "判断日，默认今天 / The day judged for; today unless given"})
    profile = Choice(
        PACKAGED, metadata={"description": "参数方案，默认本机关 / Packaged profile; else the office's law"}
    )


@blp.route("/check", methods=["POST"])
@permission("case.check")
@blp.arguments(CheckQuery, location="query")
@blp.describes(requestBody=draft_body())
@blp.answers(200, "CheckAnswer")
def check(query: dict[str, Any]) -> Response:
    """检查草稿，不保存 / Check one draft or a list; nothing is stored"""
    body = read_json()
    drafts = read_drafts(body)
    day = query.get("as_of", today())
    law_of = _laws(query.get("profile"))
    checked = [_checked(draft, law_of(draft.facts.get("agency")), day) for draft in drafts]
    return answer(checked if isinstance(body, list) else checked[0])


def _checked(draft: Draft, law: Law, day: date) -> CheckedCase:
    case = to_facts(draft.kind, draft.facts)
    return CheckedCase(case.number, draft.kind, explain(default_rulebook(), case, law, day, language()))


def _laws(profile: str | None) -> Callable[[str | None], Law]:
    """A packaged law for all, or that of each draft's agency where the caller may see it, else of the caller's own."""
    if profile is not None:
        return lambda code: default_law(profile)

    @cache
    def law_of(code: str | None) -> Law:
        named = Agency.get_or_none(Agency.code == code) if code else None
        return lawbook.law_for(named if named is not None and may_see(actor(), named) else actor().agency)

    return law_of
