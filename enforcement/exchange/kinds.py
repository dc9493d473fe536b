"""The kinds of case as people write them: ``kind_of("行政处罚") == kind_of("Penalties") == "penalty"``."""

from __future__ import annotations

import unicodedata

from enforcement.cases.wording import spoken
from rules.facts import KIND_LABELS

_WORDS: dict[str, tuple[str, ...]] = {
    "penalty": ("penalty", "penalties", "处罚", "行政处罚"),
    "measure": ("measure", "measures", "coercive measure", "coercive measures", "强制", "行政强制"),
    "inspection": ("inspection", "inspections", "检查", "行政检查"),
}


def plain(text: str) -> str:
    """A heading or label as it is compared: half width, lower case, without blanks and underscores."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().replace("_", "").split())


_KINDS = {plain(word): kind for kind, words in _WORDS.items() for word in words}


def kind_of(text: str) -> str | None:
    """Give the kind of case that a word means, or None."""
    return _KINDS.get(plain(text))


def kind_label(kind: str) -> str:
    """What a kind is called in the language of the span."""
    return KIND_LABELS[kind].of(spoken())


def kinds_in_words() -> str:
    """The kinds with their labels, as a message lists them."""
    english = spoken().startswith("en")
    shape, joiner = ("{} ({})", ", ") if english else ("{}（{}）", "、")
    return joiner.join(shape.format(kind, label.of(spoken())) for kind, label in KIND_LABELS.items())
