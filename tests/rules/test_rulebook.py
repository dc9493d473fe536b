"""The rulebook as a whole: versions in time, texts in both languages, a crash that does not vanish."""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
import yaml

from rules.explanation import explain
from rules.facts import KINDS
from rules.facts import Penalty
from rules.facts import facts_of
from rules.law import default_law
from rules.rule import Version
from rules.rule import rule
from rules.rulebook import Rulebook
from rules.rulebook import default_rulebook

TODAY = date(2026, 11, 24)
LAW = default_law()
VERSIONS = [version for found in default_rulebook().rules.values() for version in found.versions]


def test_each_quarter_has_exactly_one_version_of_each_rule_from_its_first_day_on() -> None:
    wrong = []
    for found in default_rulebook().rules.values():
        for kind in KINDS:
            versions = [version for version in found.versions if kind in version.kinds]
            if not versions:
                continue
            first = min(version.since or date(1996, 10, 1) for version in versions)
            for day in quarters(first, date(2027, 12, 31)):
                count = sum(version.in_force(day) for version in versions)
                if count != 1:
                    wrong.append((found.id, kind, day.isoformat(), count))
    assert wrong == []


def test_versions_of_a_rule_follow_each_other_without_a_gap() -> None:
    for found in default_rulebook().rules.values():
        for kind in KINDS:
            versions = [version for version in found.versions if kind in version.kinds]
            for earlier, later in zip(versions, versions[1:], strict=False):
                assert earlier.until is not None and later.since is not None, found.id
                assert (later.since - earlier.until).days == 1, found.id


def quarters(first: date, last: date) -> list[date]:
    days = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
    return [first, *(day for day in days if first < day <= last), last]


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: f"{version.id} since {version.since}")
def test_a_version_says_what_it_must_say(version: Version) -> None:
    assert re.search("[\u4e00-\u9fff]", version.title.zh) and not re.search("[\u4e00-\u9fff]", version.title.en)
    assert re.search("[\u4e00-\u9fff]", version.clause.zh)
    assert version.clause.en and not re.search("[\u4e00-\u9fff]", version.clause.en)
    assert version.law, "a rule cites its norm"
    assert version.kinds
    for name, text in version.messages.items():
        assert fields(text.zh) == fields(text.en), f"{name} fills other fields in Chinese than in English"
        assert not re.search("[\u4e00-\u9fff]", text.en.replace("〔", "").replace("〕", "")), name


def fields(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)", text))


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: f"{version.id} since {version.since}")
def test_a_version_is_dated_by_facts_that_exist(version: Version) -> None:
    for kind in version.kinds:
        known = facts_of(KINDS[kind])
        assert [name for name in version.dated_by if name not in known and f"{name}_" not in known] == []


def test_an_undated_step_is_judged_by_the_law_of_the_day_asked_about() -> None:
    open_case = Penalty(procedure="ordinary", complex=True)
    assert "O-16" in {found.rule for found in default_rulebook().check(open_case, LAW, TODAY)}
    assert "O-16" not in {found.rule for found in default_rulebook().check(open_case, LAW, date(2017, 6, 1))}


def test_a_crashing_rule_answers_undetermined_under_its_own_id() -> None:
    @rule("X-01", title=("出错的规则", "A rule that breaks"), clause="无", severity="error", kinds=("penalty",), law=())
    def broken(case: Penalty, law: object) -> None:
        """It divides by nothing."""
        raise ZeroDivisionError("nothing to divide by")

    book = Rulebook([broken])
    (found,) = book.check(Penalty(), LAW, TODAY)
    assert (found.rule, found.state) == ("X-01", "undetermined")
    (outcome,) = explain(book, Penalty(), LAW, TODAY, "en")
    assert "ZeroDivisionError: nothing to divide by" in outcome.message


def test_an_alias_finds_its_rule() -> None:
    assert default_rulebook().rule("I-12").id == "D-02"


def test_every_rule_has_cases_of_every_sort() -> None:
    seen = defaultdict(set)
    for path in (Path(__file__).parent / "cases").glob("*.yaml"):
        sheet = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for case in sheet["cases"]:
            seen[case.get("rule", sheet["rule"])].add(case["expect"])
    wrong = {}
    for found in default_rulebook().rules:
        states = seen[found]
        lacks = {"undetermined", "none"} - states
        lacks |= set() if states & {"satisfied", "pending"} else {"satisfied"}
        lacks |= set() if states & {"violated", "overdue"} else {"violated or overdue"}
        if lacks:
            wrong[found] = lacks
    assert wrong == {}
