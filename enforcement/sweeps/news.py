"""What the law brought since the sweep before: a year of the calendar, a value of a parameter, a new version of a rule.

In December the rest days of the next year are decreed and somebody adds the file; in March an office finds out its hearing
threshold and enters it. Cases that were undetermined for want of them get their answer with the next sweep. Each sweep keeps
a :func:`standing` of the law with its outcome, so that on all other days one comparison of two short texts is enough::

    standing()    # {"calendar_until": "2026-12-31", "values": "5f2c…"}
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from enforcement import lawbook
from enforcement.models import Agency
from enforcement.models import CatalogueEntry
from enforcement.models import Finding
from enforcement.models import ParameterValue
from rules.law import Law
from rules.rulebook import default_rulebook

#: Columns of the office's own values that can change an answer.
_VALUES = (
    ParameterValue.agency,
    ParameterValue.name,
    ParameterValue.value,
    ParameterValue.from_,
    ParameterValue.until,
)
_ENTRIES = (
    CatalogueEntry.agency,
    CatalogueEntry.code,
    CatalogueEntry.entry,
    CatalogueEntry.from_,
    CatalogueEntry.until,
)


def standing() -> dict[str, str]:
    """Describe the law as it stands: the last day of the calendar, and a digest of all values."""
    digest = hashlib.sha256()
    for part in _values():
        digest.update(msgspec.json.encode(part))
    return {"calendar_until": lawbook.calendar().last.isoformat(), "values": digest.hexdigest()[:16]}


def _values() -> Iterator[Any]:
    agency = Agency.select().first()
    if agency is not None:
        yield lawbook.law_for(agency).profile.parameters
    yield from ParameterValue.select(*_VALUES).order_by(ParameterValue.id).tuples()
    yield from CatalogueEntry.select(*_ENTRIES).order_by(CatalogueEntry.id).tuples()


def answered_cases(before: Mapping[str, str] | None, after: Mapping[str, str]) -> set[int]:
    """Ids of the cases with an undetermined outcome that what is new may answer; none when nothing is new.

    Without an earlier standing there is nothing to compare with: cases are checked as they are recorded.
    """
    if before is None or before == after:
        return set()
    cases = _waiting_for_values() if before["values"] != after["values"] else set()
    if before["calendar_until"] < after["calendar_until"]:
        cases |= _waiting_for_years(date.fromisoformat(before["calendar_until"]))
    return cases


def _waiting_for_values() -> set[int]:
    """Cases whose missing parameter now has some value; whether it reaches back to the case's day, the rules will say."""
    pairs: Any = (
        Finding.select(Finding.agency, Finding.parameter)
        .where(Finding.parameter.is_null(False), Finding.closed_at.is_null())
        .distinct()
    )
    waiting: dict[int, list[str]] = defaultdict(list)
    for agency_id, name in pairs.tuples():
        waiting[agency_id].append(name)
    agencies = {agency.id: agency for agency in Agency.select().where(Agency.id.in_(list(waiting)))}
    cases: set[int] = set()
    for agency_id, names in waiting.items():
        law = lawbook.law_for(agencies[agency_id])
        known = [name for name in names if _has_value(law, name)]
        cases |= _cases((Finding.agency == agency_id) & Finding.parameter.in_(known)) if known else set()
    return cases


def _has_value(law: Law, name: str) -> bool:
    if name == "review_catalogue" and law.catalogue is not None:
        return True
    return name in law.profile.parameters and law.lookup(name, None) is not None


def _waiting_for_years(known_until: date) -> set[int]:
    """Cases without an answer for another reason than a parameter, and those whose last day lay beyond the calendar."""
    unanswered = (Finding.state == "undetermined") & Finding.parameter.is_null()
    return _cases(unanswered | ((Finding.state == "pending") & (Finding.due > known_until)))


def _cases(where: Any) -> set[int]:
    rows: Any = Finding.select(Finding.case).where(where, Finding.closed_at.is_null())
    return {case_id for (case_id,) in rows.tuples()}


def new_versions(after: date, until: date) -> list[str]:
    """Name the versions of rules whose law came into force in (after, until], as "O-25 2021-07-15".

    They judge steps by the steps' own days, so a sweep need not do anything; a recheck of all cases also reaches the steps
    that have no day yet.
    """
    rules = default_rulebook().rules.values()
    return [
        f"{rule.id} {version.since.isoformat()}"
        for rule in rules
        for version in rule.versions
        if version.since is not None and after < version.since <= until
    ]
