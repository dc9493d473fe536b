"""Cases are found in Chinese and in numbers, the same on both engines."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from itertools import groupby
from typing import Any

import peewee
import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from enforcement.cases.search import grams
from enforcement.cases.search import search
from enforcement.db import engine
from enforcement.models import Case

TEXTS = {
    "licence": ("津和平罚决字〔2026〕第12号", "未取得食品经营许可证从事食品经营", "某某餐饮店", "92120101MA05ABCD1X"),
    "awning": ("津和平罚决字〔2026〕第120号", "擅自搭建雨棚", "天津〇一商贸有限公司", "91120101MA05WXYZ2K"),
    "lane": ("XBL-2025-7", "占用消防通道", "Café Lumière 餐厅", ""),
    "rare": ("", "无照经营", "𠮷田𬭚", ""),
}


@pytest.fixture
def cases(tree: Any, now: datetime) -> None:
    """One case for each of the texts, its name as the facts."""
    for name, texts in TEXTS.items():
        make(tree, now, name, *texts)


def make(tree: Any, now: datetime, name: str, *texts: str) -> Case:
    """A case that can be found by texts."""
    return Case.create(
        kind="penalty", agency=tree.street, created_at=now, updated_at=now, facts=name, grams=grams(*texts)
    )


def found(query: str) -> set[str]:
    """Names of the cases that a query finds."""
    return {case.facts for case in Case.select().where(search(query))}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("许可", {"licence"}),
        ("食品经营许可证", {"licence"}),
        ("经营", {"licence", "rare"}),
        ("营", {"licence", "rare"}),
        ("证", {"licence"}),
        ("店", {"licence"}),
        ("许证", set()),
        ("可食", set()),
        ("第12号", {"licence"}),
        ("第12", {"licence", "awning"}),
        ("〔2026〕第120号", {"awning"}),
        ("2026第120号", {"awning"}),
        ("津和平罚决字〔2026〕第12号", {"licence"}),
        ("2026", {"licence", "awning"}),
        ("202", {"licence", "awning", "lane"}),
        ("026", set()),
        ("92120101ma05abcd1x", {"licence"}),
        ("91120101", {"awning"}),
        ("XBL", {"lane"}),
        ("xbl-2025", {"lane"}),
        ("XBL－２０２５", {"lane"}),
        ("café", {"lane"}),
        ("CAFÉ lumi", {"lane"}),
        ("cafe", set()),
        ("经营 食品 2026", {"licence"}),
        ("经营 雨棚", set()),
        ("𠮷田", {"rare"}),
        ("𬭚", {"rare"}),
        ("〇一", {"awning"}),
        ("天津〇一商贸", {"awning"}),
        ("'", set()),
        ('" OR *', set()),
        ("：*", set()),
        ("", set()),
        ("   ", set()),
        ("NOT", set()),
        ("雨棚 AND", set()),
        ("a:b & !c | (d", set()),
    ],
)
def test_a_query_finds_the_cases_that_hold_every_term(cases: None, query: str, names: set[str]) -> None:
    assert found(query) == names


def test_text_becomes_pairs_with_the_last_character_alone() -> None:
    assert grams("津和平〔2026〕第12号", None, "", "Ａbc") == "津和 和平 平 2026 第 12 号 abc"


def test_a_changed_text_is_found_by_its_new_words_only(tree: Any, now: datetime) -> None:
    case = make(tree, now, "case", "占道经营")
    other = make(tree, now, "other", "占道停车")
    Case.update(grams=grams("擅自搭建"), version=Case.version + 1).where(Case.id == case.id).execute()
    Case.update(flagged=True).where(Case.id == other.id).execute()
    assert found("占道经营") == set()
    assert found("搭建") == {"case"}
    assert found("占道") == {"other"}
    Case.delete().where(Case.id == case.id).execute()
    assert found("搭建") == set()


def test_a_change_that_is_undone_leaves_the_index_as_it_was(database: Any, tree: Any, now: datetime) -> None:
    make(tree, now, "case", "占道经营")
    with pytest.raises(LookupError), database.atomic():
        Case.update(grams=grams("擅自搭建")).execute()
        raise LookupError
    assert (found("占道"), found("搭建")) == ({"case"}, set())
    if engine() == "sqlite":
        database.execute_sql("INSERT INTO cases_search (cases_search, rank) VALUES ('integrity-check', 1)")


def test_the_search_uses_the_index(database: Any, tree: Any, now: datetime) -> None:
    sql, parameters = Case.select(Case.id).where(search("许可证 2026")).sql()
    if engine() == "sqlite":
        plan = database.execute_sql("EXPLAIN QUERY PLAN " + sql, parameters).fetchall()
        assert "VIRTUAL TABLE" in str(plan)
    else:
        with database.atomic():
            database.execute_sql("SET LOCAL enable_seqscan = off")
            plan = database.execute_sql("EXPLAIN " + sql, parameters).fetchall()
        assert "cases_search" in str(plan)


CHARACTERS = "一二三许可证〇年ab12é -〔〕'\"*&|!:()，。ＡＢ１２"


def script_of(character: str) -> str:
    """What a character is part of: a run of Chinese, a word, or nothing."""
    if character == "〇" or "一" <= character <= "鿿":
        return "chinese"
    return "word" if character.isalnum() else ""


def parted(text: str) -> str:
    """The runs of a text between bars."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    runs = ["".join(run) for script, run in groupby(normal, script_of) if script]
    return f"|{'|'.join(runs)}|"


def holds(term: str, text: str) -> bool:
    """Whether a text holds a term as it is written: Chinese anywhere, a word from its beginning."""
    needle = parted(term)[:-1]
    if script_of(needle[1:2]) == "chinese":
        needle = needle[1:]
    return needle not in ("", "|") and needle in parted(text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(CHARACTERS, min_size=1, max_size=12), min_size=1, max_size=4),
    term=st.text(CHARACTERS, min_size=1, max_size=4),
)
def test_the_index_finds_what_reading_finds(
    database: peewee.Database, tree: Any, now: datetime, texts: list[str], term: str
) -> None:
    term = "".join(term.split())
    with database.atomic() as changes:
        for place, text in enumerate(texts):
            make(tree, now, str(place), text)
        assert found(term) == {str(place) for place, text in enumerate(texts) if holds(term, text)}
        changes.rollback()
