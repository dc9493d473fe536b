"""The fields of a form for one kind of case, made from the declarations of its facts and grouped by the steps of the procedure.

A penalty has ninety facts. The form shows the steps that this case needs now and folds away the rest, each with the number of
facts recorded in it; which steps those are is said by :mod:`enforcement.guidance`::

    form = groups("penalty", typed, first=("identity", "party", "filing"), language="zh")
    form[2].fields[5].label        # "立案日期"

A record, such as a pause, is shown as rows with one empty row at the end, so that another one can be added without JavaScript.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from typing import Any
from typing import NamedTuple

from enforcement.cases.values import TOLD
from enforcement.guidance.procedure import steps_of
from enforcement.web.casework.reading import Errors
from enforcement.web.casework.reading import Typed
from rules.facts import KINDS
from rules.facts import STEPS
from rules.facts import Fact
from rules.facts import Text
from rules.facts import facts_of
from rules.wording import NO
from rules.wording import NOTHING
from rules.wording import YES

UNITS = {
    "yuan": Text("元", "yuan"),
    "days": Text("日", "days"),
    "months": Text("个月", "months"),
    "persons": Text("人", "persons"),
}
#: What a newcomer would ask at a field.
HINTS = {
    "number": Text("还没有案号的可以先空着", "May be left empty until there is one"),
    "handlers": Text(
        "填执法证号，不少于两名；可从列表中选", "Certificate numbers of at least two officers, also from the list"
    ),
    "extract": Text(
        "只有公示过的内容、没有全部案卷时选“是”", "Yes when only what was published is known, not the file"
    ),
    "act_ended_on": Text("用于计算追究时效", "Limitation runs from this day"),
    "amount_involved": Text("用于判断是否属于重大执法决定", "May make the decision a major one"),
}
#: Inputs of a list that are there from the beginning: two officers handle a case.
FEWEST_INPUTS = 2
#: Facts that stand at a value while nobody records another.
_DEFAULTS: dict[str, Any] = {"extract": False, "suit_term_months": 6}


class Field(NamedTuple):
    """One field: its name in the form, its key among faults (its id is ``field-<key>``), and what it holds."""

    name: str
    key: str
    fact: Fact
    label: str
    value: Any
    options: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    hint: str = ""
    rows: tuple[tuple[Field, ...], ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether it is a longer text."""
        return self.fact.name in TOLD

    @property
    def values(self) -> list[str]:
        """What the inputs of a list hold, with an empty one at the end."""
        held = list(self.value or [])
        return held + [""] * max(1, FEWEST_INPUTS - len(held))


class Group(NamedTuple):
    """The fields of one step; ``recorded`` counts those that hold something, ``first`` tells that it is shown unfolded."""

    step: str
    label: str
    fields: tuple[Field, ...]
    first: bool
    recorded: int


def groups(
    kind: str, typed: Typed, first: Collection[str], errors: Errors, agencies: Iterable[tuple[str, str]], language: str
) -> list[Group]:
    """Give the steps with their fields, those shown first before those folded away; a step with a fault is never folded."""
    faulty = {path.partition(".")[0] for path in errors}
    made = []
    for step, facts in steps_of(kind).items():
        fields = tuple(_field(fact, typed.get(fact.name), agencies, language) for fact in facts)
        shown = step in first or any(fact.name in faulty for fact in facts)
        recorded = sum(typed.get(fact.name, _DEFAULTS.get(fact.name)) != _DEFAULTS.get(fact.name) for fact in facts)
        made.append(Group(step, STEPS[step].of(language), fields, shown, recorded))
    return [group for group in made if group.first] + [group for group in made if not group.first]


def _field(
    fact: Fact, value: Any, agencies: Iterable[tuple[str, str]], language: str, prefix: str = "", row: int | None = None
) -> Field:
    name = fact.name if row is None else f"{prefix}-{row}-{fact.name}"
    key = fact.name if row is None else f"{prefix}.{row}.{fact.name}"
    return Field(
        name=name,
        key=key,
        fact=fact,
        label=fact.label.of(language),
        value=_value(fact, value),
        options=tuple(agencies) if fact.name == "agency" else _options(fact, language),
        unit=UNITS[fact.unit].of(language) if fact.unit else "",
        hint=HINTS[fact.name].of(language) if row is None and fact.name in HINTS else "",
        rows=_rows(fact, value or [], language) if fact.type == "records" else (),
    )


def _rows(fact: Fact, records: list[dict[str, Any]], language: str) -> tuple[tuple[Field, ...], ...]:
    """The recorded rows and an empty one."""
    return tuple(
        tuple(_field(item, record.get(item.name), (), language, fact.name, row) for item in fact.items)
        for row, record in enumerate([*records, {}])
    )


def _value(fact: Fact, value: Any) -> Any:
    """What stands in the input: a moment without its offset, and without seconds where they are zero."""
    value = _DEFAULTS.get(fact.name) if value is None else value
    if fact.type == "moment" and isinstance(value, str):
        return value[:16] if value[16:19] in ("", ":00", "+08") else value[:19]
    if fact.type == "bool":
        return {True: "yes", False: "no"}.get(value, value or "")
    return value


def _options(fact: Fact, language: str) -> tuple[tuple[str, str], ...]:
    if fact.type == "bool":
        both = (("yes", YES.of(language)), ("no", NO.of(language)))
        return both if fact.name == "extract" else (*both, ("", NOTHING.of(language)))
    return tuple((choice.value, choice.label.of(language)) for choice in fact.choices)


def placed(kind: str, errors: Errors) -> Errors:
    """Put each fault where a field can be found: a fault of an item that has no input of its own stands at its fact."""
    facts = facts_of(KINDS[kind])
    found: Errors = {}
    for path, messages in errors.items():
        name, _, rest = path.partition(".")
        own = name in facts and facts[name].type in ("texts", "records") and rest
        found.setdefault(path if own or name not in facts else name, []).extend(messages)
    return found


def fault_labels(kind: str, errors: Errors, language: str) -> dict[str, str]:
    """The words by which the summary names each fault's field: ``pauses.0.from`` is 不计入期限的期间 1 · 起."""
    facts = facts_of(KINDS[kind])
    return {path: _fault_label(path, facts, language) for path in errors}


def _fault_label(path: str, facts: dict[str, Fact], language: str) -> str:
    name, *rest = path.split(".")
    if name not in facts:
        return Text("整份表单", "The form").of(language)
    label = facts[name].label.of(language)
    if rest:
        label += f" {int(rest[0]) + 1}" if rest[0].isdigit() else ""
        item = next((item for item in facts[name].items if item.name == rest[-1]), None)
        label += f" · {item.label.of(language)}" if item else ""
    return label
