"""The yearly figures of an office, counted as the published tables count (one case once, under its heaviest kind).

A decision with a fine and a confiscation counts once, as a confiscation; its amount is that of the decision. An inspection
counts when it has a full record and did not lead to a penalty. Decisions revoked later still count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from enforcement import lawbook
from enforcement.accounts.queries import agency_subtree
from enforcement.accounts.queries import may_see
from enforcement.accounts.queries import visible_agencies
from enforcement.cases.projection import decode
from enforcement.errors import Invalid
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import User
from rules.facts import Case as Facts
from rules.facts import Inspection
from rules.facts import Measure
from rules.facts import Penalty
from rules.facts.measure import MEASURE_TYPES
from rules.facts.penalty import PENALTY_KINDS

#: The forms a table can be asked in: its columns, each with the kinds it holds. Light to heavy is the order of the law.
FORMS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "13": tuple((kind, (kind,)) for kind in PENALTY_KINDS),
    "11": (
        ("warning", ("warning",)),
        ("criticism", ("criticism",)),
        ("fine", ("fine",)),
        ("confiscation", ("confiscate_income", "confiscate_goods")),
        ("suspend_licence", ("suspend_licence",)),
        ("downgrade", ("downgrade",)),
        ("restrict_business", ("restrict_business",)),
        ("stop_production", ("stop_production",)),
        ("close_or_ban", ("close", "ban_from_trade")),
        ("revoke_licence", ("revoke_licence",)),
        ("detention", ("detention",)),
        ("other", ("other",)),
    ),
    "7": (
        ("warning", ("warning", "criticism")),
        ("fine", ("fine",)),
        ("confiscation", ("confiscate_income", "confiscate_goods")),
        ("suspend_licence", ("suspend_licence", "downgrade")),
        ("stop_production", ("restrict_business", "stop_production", "close", "ban_from_trade")),
        ("revoke_licence", ("revoke_licence",)),
        ("detention", ("detention",)),
        ("other", ("other",)),
    ),
}
DEFAULT_FORM = "13"
ZERO = Decimal("0.00")


def annual(actor: User, year: int, agency: str | None = None, form: str | None = None) -> dict[str, Any]:
    """Count an agency and those below it over a year by the day of decision; raises Invalid for an unknown agency or form."""
    chosen = form or DEFAULT_FORM
    if chosen not in FORMS:
        possible = ", ".join(FORMS)
        raise Invalid({"form": [f"只能是：{possible} / one of: {possible}"]})
    named = _agency(actor, agency)
    cases = list(_cases(actor, named, year))
    return {
        "year": year,
        "agency": named.code,
        "form": chosen,
        "penalties": _penalties([case for case in cases if isinstance(case, Penalty)], named, year, chosen),
        "coercion": _coercion([case for case in cases if isinstance(case, Measure)]),
        "inspections": _inspections([case for case in cases if isinstance(case, Inspection)]),
    }


def _agency(actor: User, code: str | None) -> Agency:
    named = actor.agency if code is None else Agency.get_or_none(Agency.code == code)
    if named is None or not may_see(actor, named):
        raise Invalid({"agency": ["没有这个执法机关 / no such agency"]})
    return named


def _cases(actor: User, agency: Agency, year: int) -> Iterator[Facts]:
    query = (
        Case.select(Case.kind, Case.facts)
        .join(Agency)
        .where(
            visible_agencies(actor),
            agency_subtree(agency),
            Case.decided_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
    )
    for kind, facts in query.tuples().iterator():
        yield decode(kind, facts)


def heaviest(kinds: tuple[str, ...], weights: tuple[str, ...]) -> str:
    """The kind a decision counts under: the heaviest named one; "other" only when it stands alone."""
    named = [kind for kind in kinds if kind in weights]
    return max(named, key=weights.index) if named else "other"


def _penalties(cases: list[Penalty], agency: Agency, year: int, form: str) -> dict[str, Any]:
    weights = tuple(lawbook.law_for(agency).value("penalty_kinds_by_weight", date(year, 12, 31)))
    counted = Counter(heaviest(case.kinds, weights) for case in cases if case.kinds)
    columns = {name: sum(counted[kind] for kind in kinds) for name, kinds in FORMS[form]}
    reviewed = [case for case in cases if case.reviewed_on is not None]
    return {
        "by_kind": columns,
        "kind_not_recorded": sum(1 for case in cases if not case.kinds),
        "total": len(cases),
        "summary": sum(1 for case in cases if case.procedure == "summary"),
        "ordinary": sum(1 for case in cases if case.procedure == "ordinary"),
        "procedure_not_recorded": sum(1 for case in cases if case.procedure is None),
        "amount": str(sum(((case.fine or ZERO) + (case.confiscated or ZERO) for case in cases), ZERO)),
        "legal_reviews": len(reviewed),
        "legal_reviews_sent_back": sum(1 for case in reviewed if case.review_result not in (None, "passed")),
        "crimes_transferred": sum(1 for case in cases if case.transferred_at is not None),
    }


def _coercion(cases: list[Measure]) -> dict[str, Any]:
    counted: Counter[str] = Counter(case.type or "not_recorded" for case in cases)
    return {
        "by_type": {
            kind: counted[kind] for kind in (*MEASURE_TYPES, "not_recorded") if kind in MEASURE_TYPES or counted[kind]
        },
        "total": len(cases),
    }


def _inspections(cases: list[Inspection]) -> dict[str, Any]:
    counted = [case for case in cases if case.record_signed and case.outcome != "filed"]
    return {"counted": len(counted), "recorded": len(cases)}
