"""An entry of the review catalogue from the fields of a form, with every fault at its field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from enforcement.errors import Invalid
from enforcement.parameters.entering import entry_from
from enforcement.parameters.entering import fields_of
from enforcement.parameters.entering import plain_of
from rules.law import Entry
from rules.law import convert
from rules.law import load_profile

PROFILE = load_profile("tianjin")
FORM: dict[str, Any] = {
    "code": "CF-1",
    "zh": "对公民罚款五千元以上、对单位罚款五万元以上",
    "en": "",
    "act": "penalty",
    "from": "2026-01-01",
    "until": "",
    "types": [],
    "levels": [],
    "fields": "市容环卫，燃气、 供热",
    "amount_of": "fine",
    "individual_from": "5000",
    "organisation_from": "50000.50",
    "impacts": ["social_risk"],
    "hearing": "",
    "mitigated": "1",
}


def test_a_form_becomes_the_entry_it_means() -> None:
    assert entry_from(FORM, PROFILE) == Entry(
        code="CF-1",
        zh="对公民罚款五千元以上、对单位罚款五万元以上",
        en="对公民罚款五千元以上、对单位罚款五万元以上",
        act="penalty",
        from_=date(2026, 1, 1),
        fields=("市容环卫", "燃气", "供热"),
        amount_of="fine",
        individual_from=Decimal(5000),
        organisation_from=Decimal("50000.50"),
        impacts=("social_risk",),
        mitigated=True,
    )


def test_an_entry_fills_a_form_that_means_the_same() -> None:
    entry = entry_from({**FORM, "until": "2027-01-01", "types": ["fine", "close"]}, PROFILE)
    assert entry_from(fields_of(entry), PROFILE) == entry


def test_what_is_stored_is_what_the_law_reads() -> None:
    entry = entry_from(FORM, PROFILE)
    assert convert(PROFILE.parameters["review_catalogue"], [plain_of(entry)]) == (entry,)


@pytest.mark.parametrize(
    ("changed", "faulty"),
    [
        ({"code": "", "zh": "", "from": ""}, {"code", "zh", "from"}),
        ({"from": "2026-02-30"}, {"from"}),
        ({"until": "soon"}, {"until"}),
        ({"until": "2025-12-31"}, {"until"}),
        ({"individual_from": "5000.123", "organisation_from": "-1"}, {"individual_from", "organisation_from"}),
        ({"individual_from": "viel"}, {"individual_from"}),
        ({"act": "advice"}, {"act"}),
        ({"types": ["demolish"]}, {"types"}),
        ({"amount_of": "", "individual_from": "5000"}, {"amount_of"}),
        ({"individual_from": "", "organisation_from": ""}, {"individual_from"}),
        (
            {
                "amount_of": "",
                "individual_from": "",
                "organisation_from": "",
                "fields": "",
                "impacts": [],
                "mitigated": "",
            },
            {"types"},
        ),
    ],
    ids=str,
)
def test_each_fault_stands_at_its_field(changed: dict[str, Any], faulty: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        entry_from({**FORM, **changed}, PROFILE)
    assert set(refused.value.errors) == faulty
