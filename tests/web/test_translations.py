"""The English of the pages: complete, in step, and with the same blanks to fill in as the Chinese."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
BLANK = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """tools/translations.py."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools" / "translations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def test_every_text_of_the_pages_has_english(tool: Any) -> None:
    assert tool.untranslated(tool.catalogue(), tool.texts()) == []


def test_no_english_stands_for_a_text_that_no_page_says(tool: Any) -> None:
    assert tool.superfluous(tool.catalogue(), tool.texts()) == []


def test_the_compiled_catalogue_is_what_the_written_one_makes(tool: Any) -> None:
    assert tool.PO.with_suffix(".mo").read_bytes() == tool.compiled(tool.catalogue())


def test_each_translation_has_the_blanks_of_its_text(tool: Any) -> None:
    wrong = [
        message.id
        for message in tool.catalogue()
        if message.id
        for english in words(message.string)
        if set(BLANK.findall(english)) != set(BLANK.findall(words(message.id)[0]))
    ]
    assert wrong == []


def test_no_translation_is_left_in_chinese(tool: Any) -> None:
    left = [english for message in tool.catalogue() if message.id for english in words(message.string)]
    assert [text for text in left if re.search(r"[\u4e00-\u9fff]", text)] == []


def test_the_tool_finds_a_text_without_english(tool: Any) -> None:
    held, said = tool.catalogue(), tool.texts()
    said.add("一句没有人翻译过的话")
    said.add(("%(num)s 句", "%(num)s 句"))
    assert tool.untranslated(held, said) == ["一句没有人翻译过的话", ("%(num)s 句", "%(num)s 句")]
