"""What holds for every template, style and script, whoever writes the next one."""

from __future__ import annotations

import gzip
import itertools
import re
from pathlib import Path

import pytest

from enforcement.models.accounts import LEVELS
from enforcement.models.accounts import ROLES
from enforcement.models.finding import SEVERITIES
from enforcement.models.finding import STATES
from enforcement.models.review import RESULTS
from enforcement.reviews.operations import ITEMS
from enforcement.web import labels
from rules.facts import KINDS

WEB = Path(__file__).parent.parent.parent / "enforcement" / "web"
TEMPLATES = {str(path.relative_to(WEB / "templates")): path.read_text("utf-8") for path in WEB.rglob("*.html")}
OWN = {
    str(path.relative_to(WEB / "static")): path.read_text("utf-8")
    for path in (WEB / "static").rglob("*")
    if path.suffix in {".css", ".js", ".svg"} and ".min." not in path.name
}
#: What only new browsers know, in styles; forks of Chromium that offices use are years behind.
NEW_STYLE = re.compile(r"light-dark\(|oklch\(|color-mix\(|:has\(|@container|@layer|(?m:^\s*&)")


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_names_no_outside_address(name: str) -> None:
    assert re.findall(r"""(?:src|href|action)=["']?(?:https?:)?//[^"'> ]*""", TEMPLATES[name]) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_no_inline_script_or_style(name: str) -> None:
    text = TEMPLATES[name]
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b", text) == []
    assert re.findall(r"\s(?:style|on[a-z]+|hx-on[^=]*)=", text) == []
    assert re.findall(r"javascript:|js:", text) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_form_that_changes_something_begins_with_its_word(name: str) -> None:
    forms = re.findall(r'<form\b[^>]*method="post"[^>]*>\s*(.{0,20})', TEMPLATES[name], re.DOTALL)
    assert [follows for follows in forms if not follows.startswith("{{ csrf_field() }}")] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_is_marked_safe_in_a_template(name: str) -> None:
    assert re.findall(r"\|\s*safe\b|autoescape\s+false", TEMPLATES[name]) == []


@pytest.mark.parametrize("name", OWN)
def test_own_styles_and_scripts_name_no_outside_address_and_evaluate_nothing(name: str) -> None:
    text = OWN[name].replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}|@import|\beval\(|new Function", text) == []


@pytest.mark.parametrize("name", [name for name in OWN if name.endswith(".css")])
def test_styles_need_nothing_that_only_new_browsers_know(name: str) -> None:
    assert NEW_STYLE.findall(OWN[name]) == []


def test_colours_are_named_once_and_used_by_name() -> None:
    loose = {
        name: re.findall(r"#[0-9a-fA-F]{3,8}\b", text.partition("@media print")[0])
        for name, text in OWN.items()
        if name.endswith(".css") and not name.endswith(("tokens.css", "print.css"))
    }
    assert {name: colours for name, colours in loose.items() if colours} == {}


def test_every_page_is_far_below_its_weight() -> None:
    """All styles and all scripts together, as if one page used every one of them; the aim is 150 KB a page."""
    files = [path for path in (WEB / "static").rglob("*") if path.suffix in {".css", ".js", ".svg"}]
    weight = sum(len(gzip.compress(path.read_bytes())) for path in files)
    assert weight < 60_000
    assert sum(len(text.encode()) for name, text in OWN.items() if name.endswith(".css")) < 32_000


def test_every_word_of_the_book_has_a_label_in_both_languages() -> None:
    tables = (
        (labels.KINDS, KINDS),
        (labels.STATES, (*STATES, "satisfied")),
        (labels.SEVERITIES, SEVERITIES),
        (labels.ROLES, ROLES),
        (labels.LEVELS, LEVELS),
        (labels.RESULTS, RESULTS),
        (labels.REVIEW_ITEMS, ITEMS),
    )
    for table, words in tables:
        assert set(table) == set(words)
        assert [word for word, text in table.items() if not text.zh or not text.en or text.zh == text.en] == []
    assert set(labels.TONES) == {*labels.STATES, *labels.SEVERITIES}


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    text = colour.lstrip("#")
    text = "".join(digit * 2 for digit in text) if len(text) == 3 else text
    parts = [int(text[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXTS = [
    *((text, ground) for text in ("text", "muted", "accent", "bad") for ground in ("ground", "surface", "raised")),
    *((tone, f"{tone}-soft") for tone in ("bad", "warn", "good", "info", "unknown")),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground_in_both_schemes(scheme: str) -> None:
    """4.5 to 1 for text, 3 to 1 for the edges of fields and the mark of the focus."""
    light, _, dark = OWN["css/tokens.css"].partition("@media")
    names = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", light))
    names |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", dark)) if scheme == "dark" else {}
    weak = {pair: round(contrast(names[pair[0]], names[pair[1]]), 2) for pair in TEXTS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}
    pairs = itertools.product(("edge", "focus"), ("ground", "surface"))
    edges = {(edge, ground): contrast(names[edge], names[ground]) for edge, ground in pairs}
    assert {pair: ratio for pair, ratio in edges.items() if ratio < 3} == {}
