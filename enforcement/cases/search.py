"""Search in Chinese and in numbers, the same on both engines.

Neither SQLite's nor PostgreSQL's own word splitting finds 许可 in 食品经营许可证: written Chinese has no spaces. So the text
is indexed as overlapping pairs of characters, and a search for two or more characters is a search for their pairs side
by side::

    grams("津和平〔2026〕第12号")     # "津和 和平 平 2026 第 12 号"
    search("和平 2026")            # an expression over Case: holds 和平, and a word that begins with 2026

The last character of a run stands alone as well, so that a single character is found as the beginning of a pair, and a
run is found together with the number after it. Words in letters or digits are found by their beginning at the end of a
search term. Full-width forms and capitals do not matter.
"""

from __future__ import annotations

import re
import unicodedata

import peewee

from enforcement.db import engine
from enforcement.models.case import Case

#: Chinese characters, with 〇 and the extensions.
_CHINESE = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: A run of Chinese, or a word of letters and digits in any other script.
_RUNS = re.compile(rf"([{_CHINESE}]+)|((?:(?![{_CHINESE}])[^\W_])+)")


def grams(*texts: str | None) -> str:
    """Write texts as the words to be indexed; what is not a letter, digit or Chinese character only separates."""
    return " ".join(word for text in texts if text for word in _indexed(text))


def search(query: str) -> peewee.Expression:
    """Make the condition that a case holds every term of a query; a query without a letter or digit finds nothing.

    Terms are separated by spaces, and each must stand somewhere as it is written, up to marks and spaces between words.
    """
    phrases = [phrase for term in query.split() if (phrase := _phrase(term))]
    if not phrases:
        return peewee.Expression(Case.id, peewee.OP.IS, None)
    return _on_sqlite(phrases) if engine() == "sqlite" else _on_postgresql(phrases)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _runs(text: str) -> list[tuple[str, bool]]:
    return [(run or word, bool(run)) for run, word in _RUNS.findall(_normal(text))]


def _indexed(text: str) -> list[str]:
    """A run of Chinese becomes its pairs and then its last character alone; any other word stays itself."""
    words: list[str] = []
    for run, chinese in _runs(text):
        words.extend([run[at : at + 2] for at in range(len(run))] if chinese else [run])
    return words


def _phrase(term: str) -> tuple[list[str], bool] | None:
    """The words that must stand side by side, and whether the last may go on; None when there are none.

    Whatever follows the end of the term in the text is open: two characters or more end in a whole pair, while a single
    character may begin one and a word may be longer.
    """
    words = _indexed(term)
    if not words:
        return None
    last, chinese = _runs(term)[-1]
    if chinese and len(last) > 1:
        return words[:-1], False
    return words, True


def _on_sqlite(phrases: list[tuple[list[str], bool]]) -> peewee.Expression:
    """FTS5: words in quotes stand side by side, a star after them opens the last."""
    match = " AND ".join(f'"{" ".join(words)}"' + (" *" if opened else "") for words, opened in phrases)
    found = peewee.SQL("(SELECT rowid FROM cases_search WHERE cases_search MATCH ?)", (match,))
    return peewee.Expression(Case.id, peewee.OP.IN, found)


def _on_postgresql(phrases: list[tuple[list[str], bool]]) -> peewee.Expression:
    """The indexed expression, written as the index has it, against the same words."""
    match = " & ".join(f"({' <-> '.join(words)}{':*' if opened else ''})" for words, opened in phrases)
    simple = peewee.SQL("'simple'")
    return peewee.Expression(peewee.fn.to_tsvector(simple, Case.grams), "@@", peewee.fn.to_tsquery(simple, match))
