"""What a case is to the law: the three kinds and every fact of theirs, each declared once."""

from typing import Literal

from rules.facts.declare import STEPS
from rules.facts.declare import Choice
from rules.facts.declare import Fact
from rules.facts.declare import Text
from rules.facts.declare import fact_name
from rules.facts.declare import facts_of
from rules.facts.every_case import EveryCase
from rules.facts.inspection import Inspection
from rules.facts.measure import Measure
from rules.facts.penalty import Extension
from rules.facts.penalty import Pause
from rules.facts.penalty import Penalty

Kind = Literal["penalty", "measure", "inspection"]
Case = Penalty | Measure | Inspection

#: Kind of case to its structure, in the order in which they are shown.
KINDS: dict[str, type[Penalty] | type[Measure] | type[Inspection]] = {
    "penalty": Penalty,
    "measure": Measure,
    "inspection": Inspection,
}
KIND_LABELS: dict[str, Text] = {
    "penalty": Text("行政处罚", "Penalty"),
    "measure": Text("行政强制", "Coercive measure"),
    "inspection": Text("行政检查", "Inspection"),
}

__all__ = [
    "KINDS",
    "KIND_LABELS",
    "STEPS",
    "Case",
    "Choice",
    "EveryCase",
    "Extension",
    "Fact",
    "Inspection",
    "Kind",
    "Measure",
    "Pause",
    "Penalty",
    "Text",
    "fact_name",
    "facts_of",
]
