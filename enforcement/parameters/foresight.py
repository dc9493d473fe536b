"""What an entry of the review catalogue would do to the book, before it is saved.

"Fines from 5,000 yuan on individuals" reads well. It may make two decisions a year major, or two hundred, each of which then
waits for a reviewer. So the cases of the last twelve months are weighed as if the entry had held all that time::

    foresee(agency, entry, date(2026, 11, 24))
    # Foresight(cases=412, matched=37, unknown=3, newly=29, flagged=11, …): 29 would be major that are not,
    # and 11 of them were decided without a passed review

Penalties in the summary procedure are never reviewed and are left out. ``flagged`` counts what the rulebook would say, with the
entry and without it. Nothing is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from typing import Any

import msgspec

from enforcement import lawbook
from enforcement.cases.projection import decode
from enforcement.models import Agency
from enforcement.models import Case
from enforcement.models import CatalogueEntry
from rules.calendar import add_years
from rules.every_case.major import Weight
from rules.every_case.major import matches
from rules.every_case.major import weigh_measure
from rules.every_case.major import weigh_penalty
from rules.law import Entry
from rules.law import Law
from rules.law import Unset
from rules.reckoning import day_of
from rules.rulebook import default_rulebook


class Foresight(msgspec.Struct):
    """What an entry would do to the cases of a year.

    ``matched`` cases match it for certain and ``unknown`` ones lack a fact to say; ``newly`` of the matched are major by nothing
    else; ``flagged`` of the matched would call for action now that do not today. ``by_agency`` counts the newly major ones.
    ``replaces`` is how many entries from above the office's own catalogue would stand in for, when this is its first.
    """

    first: date
    last: date
    cases: int = 0
    matched: int = 0
    unknown: int = 0
    newly: int = 0
    flagged: int = 0
    by_agency: Counter[str] = msgspec.field(default_factory=Counter)
    replaces: int = 0


def foresee(agency: Agency, entry: Entry, day: date) -> Foresight:
    """Weigh the cases of the twelve months up to ``day`` that the entry would reach."""
    foresight = Foresight(first=add_years(day, -1) + timedelta(days=1), last=day)
    always = msgspec.structs.replace(entry, from_=date.min, until=None)
    foresight.replaces = _replaced(agency, day)
    for reached in _reached(agency):
        before = lawbook.law_for(reached)
        after = _with(before, [*_others(agency, entry), always])
        for text in _facts(reached, entry.act, foresight):
            _weigh(foresight, reached, decode(entry.act, text), always, before, after)
    return foresight


def _reached(agency: Agency) -> Iterator[Agency]:
    """The agency and those below it, but for whoever keeps a catalogue of their own, and those below them."""
    own: Any = CatalogueEntry.select(CatalogueEntry.agency).distinct()
    paths = [row.path for row in Agency.select().where(Agency.id.in_(own), Agency.id != agency.id)]
    for row in Agency.select().where(Agency.path.startswith(agency.path)).order_by(Agency.path):
        if not any(row.path.startswith(path) for path in paths if path.startswith(agency.path)):
            yield row


def _others(agency: Agency, entry: Entry) -> list[Entry]:
    """The office's own entries that stay as they are beside the new one."""
    rows = CatalogueEntry.select().where(CatalogueEntry.agency == agency)
    entries = [msgspec.convert(row.entry, Entry, strict=False) for row in rows]
    return [other for other in entries if (other.code, other.from_) != (entry.code, entry.from_)]


def _replaced(agency: Agency, day: date) -> int:
    if CatalogueEntry.select().where(CatalogueEntry.agency == agency).exists():
        return 0
    return len(lawbook.law_for(agency).entries(day) or ())


def _with(law: Law, entries: list[Entry]) -> Law:
    return Law(law.profile, law.calendar, law.register, entries, law.level, law.overrides)


def _facts(agency: Agency, act: str, foresight: Foresight) -> Iterable[str]:
    query: Any = Case.select(Case.facts).where(
        Case.agency == agency, Case.kind == act, Case.event_on.between(foresight.first, foresight.last)
    )
    return (text for (text,) in query.tuples().iterator())


def _weigh(foresight: Foresight, agency: Agency, case: Any, entry: Entry, before: Law, after: Law) -> None:
    if getattr(case, "procedure", None) == "summary":
        return
    foresight.cases += 1
    answer = _matches(entry, case, after)
    if answer is not True:
        foresight.unknown += answer is not False
        return
    foresight.matched += 1
    if not _major(case, before):
        foresight.newly += 1
        foresight.by_agency[agency.code] += 1
    known = _flagged(case, before, foresight.last)
    foresight.flagged += bool(_flagged(case, after, foresight.last) - known)


def _matches(entry: Entry, case: Any, law: Law) -> bool | list[str]:
    """A parameter without a value leaves it open, as a fact that is not recorded does."""
    try:
        return matches(entry, case, law, _decided(case))
    except Unset as missing:
        return [missing.name]


def _major(case: Any, law: Law) -> bool:
    if not hasattr(case, "hearing_held_on") and not hasattr(case, "execution_decided_on"):
        return False
    weigh = weigh_penalty if hasattr(case, "hearing_held_on") else weigh_measure
    try:
        weight: Weight = weigh(case, law, _decided(case))
    except Unset:
        return False
    return weight.major


def _decided(case: Any) -> date | None:
    """The day by whose catalogue a case is weighed."""
    names = ("decided_on", "notice_served_on", "execution_decided_on", "executed_at", "court_applied_on", "started_at")
    moments = (getattr(case, name, None) for name in names)
    moment = next((found for found in moments if found is not None), None)
    return None if moment is None else day_of(moment)


def _flagged(case: Any, law: Law, day: date) -> set[str]:
    return {found.rule for found in default_rulebook().check(case, law, day) if found.flagged}
