"""Checked files and their honest sum, and the three forms of a report."""

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO
from io import StringIO
from typing import Any

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from enforcement.cases.schemas import to_facts
from enforcement.exchange.checking import Checked
from enforcement.exchange.checking import Summary
from enforcement.exchange.checking import check_rows
from enforcement.exchange.checking import rules_for
from enforcement.exchange.checking import summarise
from enforcement.exchange.faults import Row
from enforcement.exchange.reporting.as_json import write_json
from enforcement.exchange.reporting.as_table import print_table
from enforcement.exchange.reporting.as_workbook import write_workbook
from enforcement.exchange.reporting.words import rate_sentences
from enforcement.exchange.reporting.wrapping import wrapped
from rules.explanation import Missing
from rules.explanation import Outcome
from rules.explanation import explain
from rules.law import default_law
from rules.rulebook import default_rulebook

DAY = date(2026, 11, 24)
LAW = default_law()
#: Decided on 2026-02-12: service was due by 2026-02-28.
LATE = {
    "number": "津街罚〔2026〕1号",
    "procedure": "ordinary",
    "filed_on": "2026-01-05",
    "decided_on": "2026-02-12",
    "served_on": "2026-03-02",
    "kinds": ["fine"],
    "fine": "60000.00",
    "party_kind": "individual",
    "party_name": "=cmd|'/c calc'!A0",
}


def rows(*facts: dict[str, Any], kind: str = "penalty") -> list[Row]:
    return [Row(str(place), kind, given) for place, given in enumerate(facts, 2)]


def outcome(rule: str, state: Any, severity: Any = "error", **missing: Any) -> Outcome:
    lack = Missing(missing.get("facts", []), missing.get("parameters", []), missing.get("years", []))
    return Outcome(
        rule,
        [],
        f"title of {rule}",
        state,
        severity,
        None,
        f"{rule} is {state}",
        [],
        {},
        {},
        None,
        lack if missing else None,
    )


def case(*outcomes: Outcome, number: str = "津1") -> Checked:
    return Checked(number, "penalty", list(outcomes), "2")


def summed(*cases: Checked) -> Summary:
    return summarise(cases)


def counted(cases: Iterable[Checked], summary: Summary) -> Iterable[Checked]:
    for checked in cases:
        summary.add(checked)
        yield checked


def test_outcomes_are_those_of_the_rulebook_explained_in_the_language_asked_for() -> None:
    for language in ("zh", "en"):
        (checked,) = check_rows(rows(LATE), LAW, DAY, language)
        assert checked.number == "津街罚〔2026〕1号"
        assert checked.outcomes == explain(default_rulebook(), to_facts("penalty", LATE), LAW, DAY, language)
        late = next(found for found in checked.outcomes if found.rule == "O-25")
        assert (late.state, late.due) == ("late", date(2026, 2, 28))


def test_the_rate_is_passed_by_passed_and_failed_and_nothing_else() -> None:
    summary = summed(
        case(outcome("A", "satisfied"), outcome("B", "satisfied"), outcome("C", "pending")),
        case(outcome("A", "violated"), outcome("B", "late"), outcome("C", "undetermined", facts=["fine"])),
        case(outcome("A", "overdue"), outcome("B", "satisfied")),
    )
    assert (summary.passed, summary.failed, summary.rate) == (3, 3, Decimal("0.5"))
    assert summary.states == {"satisfied": 3, "pending": 1, "violated": 1, "late": 1, "undetermined": 1, "overdue": 1}
    assert summary.rules["A"].states == {"satisfied": 1, "violated": 1, "overdue": 1}
    assert summary.rules["A"].title == "title of A"
    assert summary.not_concerned == 3 * rules_for("penalty") - 8


def test_one_failure_among_very_many_is_never_rounded_to_a_hundred_per_cent() -> None:
    summary = Summary(states={"satisfied": 99_999, "overdue": 1})
    assert summary.rate == Decimal("0.9999")
    assert "99.99%" in rate_sentences(summary, "zh")[0]


@pytest.mark.parametrize("states", [{}, {"undetermined": 9, "pending": 2}])
def test_nothing_decided_is_nothing_checked_and_no_rate(states: dict[Any, int]) -> None:
    summary = Summary(states=states)
    assert summary.rate is None
    assert "%" not in "".join(rate_sentences(summary, "zh") + rate_sentences(summary, "en"))
    assert rate_sentences(summary, "en")[0].startswith("Nothing checked")


def test_flagged_are_overdue_or_violated_and_fatal_or_errors() -> None:
    summary = summed(
        case(outcome("A", "violated", "fatal"), outcome("B", "overdue", "error")),
        case(outcome("A", "violated", "warning"), outcome("B", "late", "fatal"), outcome("C", "pending", "fatal")),
    )
    assert (summary.flagged, summary.flagged_cases, summary.cases) == (2, 1, 2)


def test_what_waits_on_a_parameter_is_counted_once_a_case() -> None:
    summary = summed(
        case(
            outcome("A", "undetermined", parameters=["hearing_fine_individual"]),
            outcome("B", "undetermined", parameters=["hearing_fine_individual", "review_catalogue"], years=[2027]),
        ),
        case(outcome("A", "undetermined", parameters=["hearing_fine_individual"])),
        case(outcome("A", "satisfied")),
    )
    assert summary.parameters == {"hearing_fine_individual": 2, "review_catalogue": 1}
    assert summary.years == {2027: 1}


def test_json_is_a_list_in_order_with_the_outcomes_of_the_contract() -> None:
    checked = check_rows(rows(LATE, {}), LAW, DAY, "zh")
    stream = BytesIO()
    write_json(checked, stream)
    answer = json.loads(stream.getvalue())
    assert [list(item) for item in answer] == [["number", "kind", "outcomes"]] * 2
    assert [item["number"] for item in answer] == ["津街罚〔2026〕1号", None]
    for item, case_ in zip(answer, checked, strict=True):
        assert item["outcomes"] == [msgspec.json.decode(msgspec.json.encode(found)) for found in case_.outcomes]
    late = next(found for found in answer[0]["outcomes"] if found["rule"] == "O-25")
    assert (late["due"], late["state"], late["facts"]["served_on"]) == ("2026-02-28", "late", "2026-03-02")
    assert late["reckoning"]["skipped"][0] == "2026-02-15"
    assert any(found["due"] is None for found in answer[0]["outcomes"])


def table(*cases: Checked, language: str = "zh", width: int = 100) -> str:
    summary, stream = Summary(), StringIO()
    print_table(counted(cases, summary), summary, LAW, DAY, language, stream, width=width)
    return stream.getvalue()


def test_the_table_lists_what_is_wrong_or_due_and_only_counts_what_is_satisfied() -> None:
    page = table(
        case(outcome("A-01", "satisfied"), outcome("A-02", "late"), outcome("A-03", "violated", "fatal"), number="津1"),
        case(outcome("A-01", "satisfied"), number="津2"),
        case(outcome("A-04", "pending"), number="津3"),
    )
    assert page.index("A-03 is violated") < page.index("A-02 is late") < page.index("A-04 is pending")
    assert "A-01 is satisfied" not in page
    assert "津2" not in page
    assert "另有 1 件没有需要处理的事项" in page
    assert "符合 1" in page


def test_the_table_says_what_waits_on_a_parameter_once() -> None:
    waiting = outcome("O-10", "undetermined", parameters=["hearing_fine_individual"])
    page = table(case(waiting, number="津1"), case(waiting, number="津2"))
    assert page.count("hearing_fine_individual") == 1
    assert "hearing_fine_individual）——2 件取决于它" in page
    assert "津1" not in page


def test_the_table_names_missing_facts_by_label_with_the_rules_that_ask() -> None:
    page = table(
        case(
            outcome("O-16", "undetermined", facts=["public_interest", "complex"]),
            outcome("O-20", "undetermined", facts=["complex", "public_interest"]),
            outcome("P-09", "undetermined", facts=["party_birth_date"]),
        )
    )
    assert "未记录：涉及重大公共利益、疑难复杂〔O-16 O-20〕；出生日期〔P-09〕" in page


def test_a_reason_that_every_case_shares_is_said_in_full_only_once() -> None:
    handled = {**LATE, "handlers": ["1", "2"]}
    page = table(*check_rows(rows(handled, handled, handled), LAW, DAY, "zh"))
    assert page.count("没有执法人员名册，无法核对执法证") == 2
    assert "没有执法人员名册，无法核对执法证——3 件" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_of_the_table_is_wider_than_the_page(language: str) -> None:
    from rich.cells import cell_len

    checked = check_rows(rows(LATE, {**LATE, "extract": True, "number": "津街罚〔2026〕" * 20}), LAW, DAY, language)
    for width in (72, 100, 140):
        lines = table(*checked, language=language, width=width).splitlines()
        assert [line for line in lines if cell_len(line.rstrip()) > width] == []


def test_text_breaks_between_chinese_characters_but_not_inside_dates_or_before_stops() -> None:
    assert wrapped("最后期限 2026-02-28，已过。", 14) == ["最后期限", "2026-02-28，已", "过。"]
    assert wrapped("送达日期（2026-02-12）", 14) == ["送达日期", "（2026-02-12）"]
    assert wrapped("", 10) == [""]
    assert "".join(wrapped("x" * 25, 10)) == "x" * 25


def test_the_workbook_has_a_row_an_outcome_and_no_formula() -> None:
    handled = {**LATE, "number": "=1+1"}
    checked = check_rows(rows(LATE, handled), LAW, DAY, "zh")
    summary, stream = Summary(), BytesIO()
    write_workbook(counted(checked, summary), summary, LAW, DAY, "zh", stream)
    book = CalamineWorkbook.from_filelike(BytesIO(stream.getvalue()))
    outcomes = book.get_sheet_by_name("检查结果").to_python()
    assert outcomes[0][:6] == ["案号", "类别", "规则", "要求", "状态", "级别"]
    assert [(row[0], row[2]) for row in outcomes[1:]] == [
        (case_.number, found.rule) for case_ in checked for found in case_.outcomes
    ]
    late = next(row for row in outcomes if row[2] == "O-25")
    assert (late[4], late[5], late[6], late[7]) == ("逾期完成", "错误", "否", date(2026, 2, 28))
    sums = book.get_sheet_by_name("汇总").to_python()
    assert sums[0][:4] == ["规则", "要求", "违反", "逾期未办"]
    assert next(row for row in sums if row[0] == "O-25")[2:6] == [0.0, 0.0, 2.0, 0.0]
    texts = [str(row[0]) for row in sums]
    assert any(text.startswith("合格率") for text in texts)
    assert b"<f>" not in parts(stream.getvalue())


def test_the_workbook_goes_on_in_a_further_sheet_where_excel_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enforcement.exchange.reporting.as_workbook.MAX_ROWS", 2)
    checked = [case(*(outcome(f"A-0{number}", "satisfied") for number in range(5)))]
    summary, stream = Summary(), BytesIO()
    write_workbook(counted(checked, summary), summary, LAW, DAY, "en", stream)
    book = CalamineWorkbook.from_filelike(BytesIO(stream.getvalue()))
    assert book.sheet_names == ["Outcomes", "Outcomes 2", "Outcomes 3", "Summary"]
    rules = [[row[2] for row in book.get_sheet_by_name(name).to_python()[1:]] for name in book.sheet_names[:3]]
    assert rules == [["A-00", "A-01"], ["A-02", "A-03"], ["A-04"]]


def parts(content: bytes) -> bytes:
    import zipfile

    with zipfile.ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
