"""Every text that readers and schemas say has both languages, with the same fields, and is used."""

from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

import enforcement
from enforcement.cases import wording as cases
from enforcement.exchange import wording as exchange
from enforcement.exchange.reporting import words
from rules.facts import Text

MODULES = (cases, exchange, words)
SOURCES = [path.read_text("utf-8") for path in Path(enforcement.__path__[0]).rglob("*.py")]


def texts(module: ModuleType) -> dict[str, Text]:
    return {name: value for name, value in vars(module).items() if isinstance(value, Text)}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_both_languages_say_it_with_the_same_fields(module: ModuleType) -> None:
    for name, text in texts(module).items():
        fields = [{field for _, field, _, _ in Formatter().parse(given) if field is not None} for given in text]
        assert fields[0] == fields[1], name
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh), name
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in text.en), name


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_text_is_left_over(module: ModuleType) -> None:
    unused = [name for name in texts(module) if sum(source.count(name) for source in SOURCES) < 2]
    assert unused == []
