"""What each rule costs: mean µs of processor time a case, over the generated cases of each sort.

    python -m benchmarks.per_rule

The cost of a rule is that of asking it and of turning its verdict into a state, over all cases of the sort, those included
that it does not concern. What is left of a whole check is picking the versions in force and collecting the answers.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Sequence
from time import process_time

from benchmarks import report
from benchmarks.composition import DAY
from benchmarks.office import law
from benchmarks.samples import samples
from rules.facts import Case
from rules.law import Law
from rules.outcome import resolve
from rules.rule import Version
from rules.rulebook import default_rulebook
from rules.rulebook import judge

SAMPLE, MOST_CASES, REPEATS = 40_000, 2000, 5

Asked = Sequence[tuple[Version, Case]]


def main() -> None:
    """Print the table, dearest rules first."""
    ArgumentParser(prog="python -m benchmarks.per_rule", description=__doc__).parse_args()
    office = law(SAMPLE)
    sorts = {sort: sample.cases[:MOST_CASES] for sort, sample in samples(SAMPLE).items()}
    costs = {sort: rule_costs(cases, office) for sort, cases in sorts.items()}
    wholes = {sort: whole_cost(cases, office) for sort, cases in sorts.items()}
    print(f"{report.machine()}\n")
    _line("rule", sorts)
    print("| --- " + "| ---: " * len(sorts) + "|")
    for rule in _dearest(costs):
        _line(rule, (_figure(costs[sort].get(rule)) for sort in sorts))
    _line("picking and collecting", (f"{wholes[sort] - sum(costs[sort].values()):.2f}" for sort in sorts))
    _line("**whole check**", (f"**{wholes[sort]:.1f}**" for sort in sorts))


def rule_costs(cases: Sequence[Case], office: Law) -> dict[str, float]:
    """Mean µs a case of each rule."""
    asked: dict[str, list[tuple[Version, Case]]] = defaultdict(list)
    for case in cases:
        for version in default_rulebook().applicable(case, DAY):
            asked[version.id].append((version, case))
    return {rule: _best(pairs, office) / len(cases) * 1e6 for rule, pairs in asked.items()}


def _best(asked: Asked, office: Law) -> float:
    """Seconds for all, without those of the loop itself."""
    return max(0.0, min(_seconds(asked, office) for _ in range(REPEATS)) - min(_empty(asked) for _ in range(REPEATS)))


def _seconds(asked: Asked, office: Law) -> float:
    calendar = office.calendar
    start = process_time()
    for version, case in asked:
        verdict = judge(version, case, office)
        if verdict is not None:
            resolve(verdict, DAY, calendar, case.extract)
    return process_time() - start


def _empty(asked: Asked) -> float:
    start = process_time()
    for _version, _case in asked:
        pass
    return process_time() - start


def whole_cost(cases: Sequence[Case], office: Law) -> float:
    """Mean µs of a whole check."""
    check, rounds = default_rulebook().check, []
    for _ in range(REPEATS):
        start = process_time()
        for case in cases:
            check(case, office, DAY)
        rounds.append(process_time() - start)
    return min(rounds) / len(cases) * 1e6


def _dearest(costs: dict[str, dict[str, float]]) -> list[str]:
    highest: dict[str, float] = defaultdict(float)
    for rules in costs.values():
        for rule, cost in rules.items():
            highest[rule] = max(highest[rule], cost)
    return sorted(highest, key=lambda rule: -highest[rule])


def _figure(cost: float | None) -> str:
    return "" if cost is None else f"{cost:.2f}"


def _line(first: str, others: object) -> None:
    print(f"| {first} | " + " | ".join(map(str, others)) + " |")  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
