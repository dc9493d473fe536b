"""Headings find their facts by name and label, and their faults are named by cell."""

import pytest

from enforcement.exchange.headings import headings_of
from enforcement.exchange.kinds import kind_of
from enforcement.exchange.kinds import plain
from rules.facts import KINDS
from rules.facts import facts_of
from tests.exchange.workbooks import facts
from tests.exchange.workbooks import faults
from tests.exchange.workbooks import rows
from tests.exchange.workbooks import sheet
from tests.exchange.workbooks import workbook


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_and_both_labels_of_every_fact_head_that_fact_alone(kind: str) -> None:
    known = headings_of(kind)
    for name, fact in facts_of(KINDS[kind]).items():
        for heading in (name, name.upper(), fact.label.zh, fact.label.en, f" {fact.label.en} ".replace(" ", "\u3000")):
            assert known[plain(heading)] == name, heading


@pytest.mark.parametrize(
    ("kind", "heading", "name"),
    [
        ("penalty", "立案", "filed_on"),
        ("penalty", "名称", "party_name"),
        ("penalty", "承办人", "handlers"),
        ("penalty", "罚款", "fine"),
        ("penalty", "决定书文号", "decision_number"),
        ("penalty", "送达", "served_on"),
        ("measure", "起诉期限(月)", "suit_term_months"),
        ("measure", "笔录签字", "record_signed"),
        ("measure", "类别", "class"),
        ("inspection", "结果", "outcome"),
        ("inspection", "审批", "approved_at"),
        ("inspection", "涉企", "business"),
    ],
)
def test_the_words_of_the_contract_head_their_facts(kind: str, heading: str, name: str) -> None:
    assert headings_of(kind)[plain(heading)] == name


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("penalty", "penalty"),
        ("行政处罚", "penalty"),
        ("处罚", "penalty"),
        ("行政强制", "measure"),
        ("Coercive Measures", "measure"),
        (" 检 查 ", "inspection"),
        ("许可", None),
    ],
)
def test_kinds_are_known_by_their_names_in_both_languages(word: str, kind: str | None) -> None:
    assert kind_of(word) == kind


def test_columns_stand_in_any_order_under_any_of_their_headings() -> None:
    content = sheet(["ＦＩＮＥ", "Filed  on", "案 号", "类别"], ["500", "2026-01-05", "津1", "处罚"], name="Sheet1")
    assert facts(content) == [{"number": "津1", "filed_on": "2026-01-05", "fine": "500.00"}]


def test_a_title_may_stand_above_the_headings() -> None:
    found = rows(sheet(["2026年处罚台账"], [], ["案号", "立案日期"], ["津1", "2026-01-05"]))
    assert [(row.where, row.facts) for row in found] == [("4", {"number": "津1", "filed_on": "2026-01-05"})]


def test_a_sheet_that_does_not_begin_at_the_first_cell_keeps_its_addresses() -> None:
    content = sheet([], [None, "案号", "罚款数额"], [None, "津1", "much"])
    assert faults(content) == ['C3  Fine (fine): Must be an amount in yuan written as a text, such as "500.00"']


def test_one_sheet_a_kind_and_one_of_explanations() -> None:
    def fill(book: object) -> None:
        for name, heading in (("处罚", "立案"), ("Measures", "种类"), ("行政检查", "检查类型"), ("填表说明", "x")):
            made = book.add_worksheet(name)  # type: ignore[attr-defined]
            made.write_row(0, 0, ["案号", heading])
            made.write_row(
                1, 0, ["1", {"立案": "2026-01-05", "种类": "扣押", "检查类型": "专项检查"}.get(heading, "y")]
            )

    assert [(row.where, row.kind, row.facts) for row in rows(workbook(fill))] == [
        ("处罚!2", "penalty", {"number": "1", "filed_on": "2026-01-05"}),
        ("Measures!2", "measure", {"number": "1", "type": "seize"}),
        ("行政检查!2", "inspection", {"number": "1", "type": "special"}),
    ]


def test_a_column_of_kinds_mixes_them_and_lets_a_heading_mean_a_fact_of_each() -> None:
    content = sheet(
        ["kind", "number", "类别", "种类", "笔录签字"],
        ["强制", "1", "行政强制措施", "查封", "是"],
        ["检查", "2", None, None, "否"],
        name="Sheet1",
    )
    assert [(row.kind, row.facts) for row in rows(content)] == [
        ("measure", {"number": "1", "class": "measure", "type": "seal", "record_signed": True}),
        ("inspection", {"number": "2", "record_signed": False}),
    ]


def test_the_class_of_a_measure_is_no_kind_on_a_sheet_of_measures() -> None:
    assert facts(sheet(["案号", "类别"], ["1", "行政强制执行"], name="强制")) == [{"number": "1", "class": "execution"}]


def test_a_value_of_another_kind_is_named_by_its_cell() -> None:
    content = sheet(["kind", "立案日期"], ["处罚", "2026-01-05"], ["检查", "2026-01-05"], ["检查"], name="Sheet1")
    assert faults(content) == ["B3  “立案日期” is no fact of this kind of case (Inspection); clear it"]


def test_every_fault_of_the_headings_is_named_by_its_cell() -> None:
    content = sheet(
        ["类别", "案号", "颜色", "案 号", "fine", "罚款数额", None],
        ["处罚", "1", "", "", "", "", "stray"],
        name="Sheet1",
    )
    assert faults(content) == [
        "C1  Unknown heading “颜色”",
        "D1  The heading “案 号” is the same as in B1",
        "F1  The heading “罚款数额” is the same fact (fine) as “fine” in E1",
        "G2  There is a value, but the column has no heading",
    ]


def test_a_heading_of_another_kind_is_named_where_the_sheet_has_one_kind() -> None:
    assert faults(sheet(["案号", "扫码时间"], ["1"])) == [
        "B1  The heading “扫码时间” is no fact of this kind of case: Penalty"
    ]


def test_a_kind_that_is_unknown_or_missing_is_named_by_its_cell() -> None:
    found = faults(sheet(["案号", "kind"], ["1", "许可"], ["2"], name="Sheet1"))
    assert [line.split(";")[0] for line in found] == [
        "B2  Unknown kind of case",
        "B3  The kind of case is missing",
    ]


def test_a_sheet_without_a_kind_or_without_rows_is_refused() -> None:
    assert faults(sheet(["案号"], ["1"], name="Sheet1"))[0].startswith("There is no column “kind”")
    assert faults(sheet(["案号"])) == ["There are no rows under the headings"]


def test_faults_of_all_sheets_come_together() -> None:
    def fill(book: object) -> None:
        for name in ("处罚", "检查"):
            made = book.add_worksheet(name)  # type: ignore[attr-defined]
            made.write_row(0, 0, ["案号", "颜色"])
            made.write_row(1, 0, ["1"])

    assert faults(workbook(fill)) == ["处罚!B1  Unknown heading “颜色”", "检查!B1  Unknown heading “颜色”"]
