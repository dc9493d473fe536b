"""The cases that single checks are measured on: of each sort the generated one with the most facts, and many of each.

    samples(20_000)["ordinary penalty"].fullest      # the one with the most facts among so many

The fullest case is the dearest to check: it has a hearing, a review and a discussion that rules look into.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from benchmarks.composition import generate
from enforcement.cases.projection import decode
from rules.facts import Case
from rules.facts import Penalty


class Sample(NamedTuple):
    """Cases of one sort, and the one of them with the most facts."""

    cases: list[Case]
    fullest: Case


def samples(count: int) -> dict[str, Sample]:
    """Generate cases and sort them: ordinary and summary penalties, measures, inspections."""
    sorts: dict[str, list[tuple[int, Case]]] = defaultdict(list)
    for generated in generate(count):
        case = decode(generated.kind, generated.text)
        sorts[_sort(generated.kind, case)].append((generated.text.count('":'), case))
    return {
        sort: Sample([case for _, case in found], max(found, key=lambda pair: pair[0])[1])
        for sort, found in sorted(sorts.items(), reverse=True)
    }


def _sort(kind: str, case: Case) -> str:
    return f"{case.procedure} {kind}" if isinstance(case, Penalty) else kind
