"""Every id of the catalogue is built or listed with the reason why not, and the built ones keep its severities."""

import pytest

from rules.catalogue import CATALOGUE
from rules.catalogue import NOT_BUILT
from rules.catalogue import PARTLY_ZERO_ITEM
from rules.rule import Version
from rules.rulebook import default_rulebook

#: How many ids each part of the catalogue has.
PARTS = {"P": 20, "S": 5, "O": 29, "M": 8, "C": 15, "E": 13, "I": 16, "D": 14, "V": 3}


def built() -> set[str]:
    book = default_rulebook()
    return set(book.rules) | set(book.aliases)


def versions() -> list[Version]:
    return [version for rule in default_rulebook().rules.values() for version in rule.versions]


def test_the_catalogue_has_every_id_of_each_part_once() -> None:
    expected = [f"{part}-{number:02}" for part, count in PARTS.items() for number in range(1, count + 1)]
    assert list(CATALOGUE) == expected
    assert [entry.id for entry in CATALOGUE.values()] == expected


def test_no_id_is_both_built_and_listed_as_not_built() -> None:
    assert built() & set(NOT_BUILT) == set()


def test_what_is_built_and_what_is_not_are_together_the_catalogue() -> None:
    assert set(CATALOGUE) - built() - set(NOT_BUILT) == set()
    assert built() - set(CATALOGUE) == set()
    assert set(NOT_BUILT) - set(CATALOGUE) == set()


def test_each_reason_is_one_sentence_in_each_language() -> None:
    for rule_id, reason in NOT_BUILT.items():
        assert reason.zh.endswith("。") and reason.zh.count("。") == 1, rule_id
        assert reason.en.endswith(".") and not any("\u4e00" <= letter <= "\u9fff" for letter in reason.en), rule_id


def test_titles_are_there_in_both_languages_and_differ_between_ids() -> None:
    for language in ("zh", "en"):
        titles = [entry.title.of(language) for entry in CATALOGUE.values()]
        assert all(titles)
        assert sorted({title for title in titles if titles.count(title) > 1}) == []


@pytest.mark.parametrize("version", versions(), ids=lambda version: f"{version.id} since {version.since}")
def test_a_built_rule_has_the_severity_of_the_catalogue(version: Version) -> None:
    assert version.severity in CATALOGUE[version.id].severities


@pytest.mark.parametrize("version", versions(), ids=lambda version: f"{version.id} since {version.since}")
def test_a_built_rule_is_a_zero_item_when_the_catalogue_says_so(version: Version) -> None:
    if version.id not in PARTLY_ZERO_ITEM:
        assert version.zero_item == CATALOGUE[version.id].zero_item
