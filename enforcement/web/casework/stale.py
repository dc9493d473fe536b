"""Two people changed one case: what each of them changed, side by side, and both together.

Li opened the case at version 3 and types the fine; meanwhile Zhao saved the date of service as version 4. Li loses nothing: the
form comes back with Zhao's date and Li's fine in it, and a table of what each changed. Where both changed the same fact, Li's
value stands in the form and Zhao's beside it in the table::

    compared("penalty", before, theirs, mine, "zh")[0].both     # True: both changed it, and differently
"""

from __future__ import annotations

from typing import Any
from typing import NamedTuple

from enforcement.web.trail import shown
from rules.facts import KINDS
from rules.facts import facts_of


class Difference(NamedTuple):
    """A fact that somebody changed: as it was, as it is now, as it was typed; ``both`` when the two contradict."""

    name: str
    label: str
    before: str
    theirs: str
    mine: str
    both: bool


def compared(
    kind: str, before: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any], language: str
) -> list[Difference]:
    """Give every fact that one of the two changed, in the order of the form."""
    return [
        Difference(
            name=name,
            label=fact.label.of(language),
            before=shown(before.get(name), fact, language),
            theirs=shown(theirs.get(name), fact, language),
            mine=shown(mine.get(name), fact, language),
            both=before.get(name) != theirs.get(name) != mine.get(name) != before.get(name),
        )
        for name, fact in facts_of(KINDS[kind]).items()
        if not before.get(name) == theirs.get(name) == mine.get(name)
    ]


def merged(before: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]) -> dict[str, Any]:
    """Lay what was typed over what is there now: only facts that the person changed."""
    changed = {name for name in {*before, *mine} if before.get(name) != mine.get(name)}
    facts = {name: mine.get(name) if name in changed else theirs.get(name) for name in {*theirs, *changed}}
    return {name: value for name, value in facts.items() if value is not None}
