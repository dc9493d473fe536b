"""Which decisions are major: the statute's cases, the three-systems document, and the office's review catalogue.

An office's catalogue says, for example, "fines from 5,000 yuan on an individual or 50,000 yuan on an organisation". A fine
of 8,000 yuan on a sole trader (counted as an individual) is then major, and the answer names that entry. Where a fact that
an entry needs is not recorded, it is unknown whether the entry matches; where the office has no catalogue, it is unknown
whether anything but the recorded flags makes the decision major.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from typing import NamedTuple

from rules.law import Entry
from rules.law import Law

#: Recorded true, each makes a decision major under 国办发〔2018〕118号 (十二).
FLAGS = ("public_interest", "social_risk", "major_rights", "complex")

ZERO = Decimal(0)


class Weight(NamedTuple):
    """Why a decision is major, and what must be known before one can say that it is not."""

    statute: tuple[str, ...] = ()
    national: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    missing: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()

    @property
    def major(self) -> bool:
        """Whether a ground is certain."""
        return bool(self.statute or self.national or self.entries)


def weigh_penalty(case: Any, law: Law, on: date | None) -> Weight:
    """Weigh a penalty by 处罚法 58, 118号 (十二) and the catalogue in force on a day."""
    heard = case.hearing_held_on is not None
    statute = [name for name in ("public_interest", "complex") if getattr(case, name)]
    if heard and case.major_rights:
        statute.append("hearing_held_on")
    national = [name for name in ("social_risk", "major_rights") if getattr(case, name)]
    if heard:
        national.append("hearing_held_on")
    entries, missing, parameters = _catalogue(case, law, "penalty", on)
    return Weight(tuple(statute), tuple(national), entries, missing, parameters)


def weigh_measure(case: Any, law: Law, on: date | None) -> Weight:
    """Weigh a coercive measure or execution by 118号 (十二) and the catalogue in force on a day."""
    national = tuple(name for name in FLAGS if getattr(case, name))
    entries, missing, parameters = _catalogue(case, law, "measure", on)
    return Weight((), national, entries, missing, parameters)


def _catalogue(
    case: Any, law: Law, act: str, on: date | None
) -> tuple[tuple[Entry, ...], tuple[str, ...], tuple[str, ...]]:
    unknown = [name for name in FLAGS if getattr(case, name) is None]
    catalogue = law.entries(on)
    if catalogue is None:
        return (), tuple(unknown), ("review_catalogue",)
    hits = []
    for entry in catalogue:
        if entry.act == act:
            answer = matches(entry, case, law, on)
            if answer is True:
                hits.append(entry)
            elif answer is not False:
                unknown += answer
    return tuple(hits), tuple(dict.fromkeys(unknown)), ()


def matches(entry: Entry, case: Any, law: Law, on: date | None) -> bool | list[str]:
    """Tell whether an entry matches a case, or which facts are missing to say; one criterion that fails settles it."""
    missing: list[str] = []
    for answer in _criteria(entry, case, law, on):
        if answer is False:
            return False
        if answer is not True:
            missing += answer
    return missing or True


def _criteria(entry: Entry, case: Any, law: Law, on: date | None) -> Iterable[bool | list[str]]:
    if entry.types:
        yield _of_type(entry, case)
    if entry.levels:
        yield law.level in entry.levels
    if entry.fields:
        yield case.field in entry.fields if case.field is not None else ["field"]
    if entry.amount_of is not None:
        yield _of_amount(entry, case, law, on)
    if entry.impacts:
        yield _of_impact(entry, case)
    if entry.hearing:
        yield _went_through_hearing(case)
    if entry.mitigated:
        yield bool(case.mitigation)


def _of_type(entry: Entry, case: Any) -> bool | list[str]:
    if entry.act != "penalty":
        return case.type in entry.types if case.type is not None else ["type"]
    kinds = case.kinds if case.kinds is not None else case.noticed_kinds
    if kinds is None:
        return ["kinds"]
    return any(kind in entry.types for kind in kinds)


def _of_impact(entry: Entry, case: Any) -> bool | list[str]:
    values = {name: getattr(case, name) for name in entry.impacts}
    if any(values.values()):
        return True
    return [name for name, value in values.items() if value is None] or False


def _went_through_hearing(case: Any) -> bool:
    """Held, or told and waived or withdrawn: the procedure was gone through."""
    ends = (case.hearing_waived_on, case.hearing_withdrawn_on, case.hearing_requested_on)
    return case.hearing_held_on is not None or (bool(case.hearing_told) and any(ends))


def _of_amount(entry: Entry, case: Any, law: Law, on: date | None) -> bool | list[str]:
    amount = _amount(entry, case)
    if amount is None:
        return ["fine" if entry.amount_of == "penalty" else str(entry.amount_of)]
    limits = {"individual": entry.individual_from, "organisation": entry.organisation_from}
    kind = case.party_kind
    if kind is None:
        answers = {limit is not None and amount >= limit for limit in limits.values()}
        return answers.pop() if len(answers) == 1 else ["party_kind"]
    if kind == "sole_trader":
        kind = law.value("sole_trader_counts_as", on)
    limit = limits[kind]
    return limit is not None and amount >= limit


def _amount(entry: Entry, case: Any) -> Decimal | None:
    if entry.amount_of == "amount_involved" or entry.act != "penalty":
        return case.amount_involved  # type: ignore[no-any-return]
    kinds = case.kinds if case.kinds is not None else case.noticed_kinds
    fine = case.fine if case.fine is not None else case.noticed_fine
    if fine is None and kinds is not None and "fine" not in kinds:
        fine = ZERO
    confiscated = case.confiscated
    if confiscated is None and (kinds is None or not {"confiscate_income", "confiscate_goods"} & set(kinds)):
        confiscated = ZERO
    if entry.amount_of == "fine":
        return fine  # type: ignore[no-any-return]
    if entry.amount_of == "confiscated":
        return confiscated  # type: ignore[no-any-return]
    return None if fine is None or confiscated is None else fine + confiscated
