"""Which measures a rule concerns, and when a measure was carried out.

Coercive measures (查封, 扣押 …) and coercive execution (代履行, 强制拆除 …) have different procedures and no type in common.
A record may give the class, the type or both. A rule names the types it concerns, once, and looks a case up::

    SEALED_OR_SEIZED[None, "seize"]        # True: the rule concerns the case
    SEALED_OR_SEIZED["execution", None]    # None: no execution seals or seizes
    SEALED_OR_SEIZED["measure", None]      # undetermined: the type is not recorded
    SEALED_OR_SEIZED["execution", "seal"]  # undetermined: class and type contradict each other
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from rules.facts import Measure
from rules.facts.measure import MeasureClass
from rules.facts.measure import MeasureType
from rules.outcome import Undetermined
from rules.outcome import Verdict
from rules.outcome import unknown
from rules.reckoning import day_of

#: Types of coercive measures (强制法 9).
MEASURE_TYPES: tuple[MeasureType, ...] = ("seal", "seize", "freeze", "restrict_liberty", "other_measure")
#: Types of coercive execution (强制法 12, 13).
EXECUTION_TYPES: tuple[MeasureType, ...] = (
    "extra_fine",
    "transfer_deposit",
    "auction",
    "restore",
    "proxy",
    "demolish",
    "court_application",
)

CLASS_OF: Mapping[MeasureType | None, MeasureClass] = {
    **dict.fromkeys(MEASURE_TYPES, "measure"),
    **dict.fromkeys(EXECUTION_TYPES, "execution"),
}

#: What a rule that looks a case up in a :data:`Scope` can say of its class and type.
CONTRADICTION = {
    "contradiction": (
        "类别“{class}”与种类“{type}”不一致；请核对这两项",
        "The class “{class}” and the type “{type}” contradict each other; check both",
    )
}

#: True where a rule concerns the case, None where not, else why that cannot be said.
Concern = Literal[True] | Undetermined | None
Scope = Mapping[tuple[MeasureClass | None, MeasureType | None], Concern]


def scope(*types: MeasureType) -> Scope:
    """Lay out, for each class and type a record can give, whether a rule about ``types`` concerns it."""
    classes: tuple[MeasureClass | None, ...] = ("measure", "execution", None)
    kinds: tuple[MeasureType | None, ...] = (*CLASS_OF, None)
    return {(class_, kind): _concern(class_, kind, types) for class_ in classes for kind in kinds}


def _concern(class_: MeasureClass | None, kind: MeasureType | None, types: tuple[MeasureType, ...]) -> Concern:
    if kind is not None:
        if class_ not in (None, CLASS_OF[kind]):
            return unknown("class", "type", say="contradiction")
        return True if kind in types else None
    if class_ is None:
        return unknown("class")
    concerned = [item in types for item, item_class in CLASS_OF.items() if item_class == class_]
    if all(concerned):
        return True
    return unknown("type") if any(concerned) else None


ANY_MEASURE = scope(*MEASURE_TYPES)
ANY_EXECUTION = scope(*EXECUTION_TYPES)
SEALED_OR_SEIZED = scope("seal", "seize")
SEALED_SEIZED_OR_FROZEN = scope("seal", "seize", "freeze")


def class_of(case: Measure) -> MeasureClass | None:
    """Give the class of a measure as recorded, else that of its type; None when neither is recorded."""
    return case.class_ or CLASS_OF.get(case.type)


def executed_on(case: Measure) -> date | None:
    """Give the day on which a measure was carried out, else the one its term starts on; None: not carried out."""
    executed_at = case.executed_at
    return case.starts_on if executed_at is None else day_of(executed_at)


def unless_urgent(case: Measure, otherwise: Verdict) -> Verdict:
    """What is wrong save in an emergency: in an extract that does not say, the emergency is merely unknown."""
    return unknown("urgent") if case.extract and case.urgent is None else otherwise
