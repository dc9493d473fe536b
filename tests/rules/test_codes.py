"""Check characters against known codes and against python-stdnum, whose reading of the two standards is another's.

Where ours differs from the oracle, a test says so: it also checks the organisation code inside a credit code, and takes
a letter among the first eight characters, which the standard allows (A1, N1, Y1).
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import InvalidComponent

from rules.codes import ORGANISATION_ALPHABET
from rules.codes import USCC_ALPHABET
from rules.codes import birth_date_of
from rules.codes import is_masked
from rules.codes import resident_id_fault
from rules.codes import uscc_fault

TODAY = date(2026, 11, 24)
SOUND_USCC = (
    "91110000600037341L",
    "11230500001755309F",
    "91230500MA1B3N1N2M",
    "11420000MB15291767",
    "91350100M000100Y43",
    "92310107MA1KJUL060",
    "93532924MA6NN7M11L",
)
SOUND_ID = "360426199101010071"

properties = settings(derandomize=True, deadline=None, max_examples=300)
digits = st.text("0123456789", min_size=8, max_size=8)
bodies = st.builds(str.__add__, digits, st.text(USCC_ALPHABET, min_size=9, max_size=9))
places = st.sampled_from(("110101", "120101", "310107", "360426", "440300"))
births = st.dates(min_value=date(1950, 1, 1), max_value=TODAY)
orders = st.text("0123456789", min_size=3, max_size=3)


def organisation_code(body: str) -> str:
    """An organisation code with its check character, reckoned as GB 11714 writes it."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    remainder = sum(ORGANISATION_ALPHABET.index(letter) * weight for letter, weight in zip(body, weights, strict=True))
    check = 11 - remainder % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


@pytest.mark.parametrize("code", SOUND_USCC)
def test_a_known_credit_code_is_sound(code: str) -> None:
    assert uscc_fault(code) is None


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("91350100M000100Y4Z", "alphabet"),  # should end in 3; Z is in no such code
        ("91350100M000100Y44", "check"),
        ("91110000600037342P", "organisation_check"),  # 60003734 takes the check 1
        ("9111000060003734OL", "alphabet"),
        ("９1110000600037341L", "alphabet"),
        ("91110000600037341", "length"),
        ("91110000600037341LL", "length"),
        ("", "length"),
    ],
)
def test_a_wrong_credit_code_is_told_by_its_fault(code: str, fault: str) -> None:
    assert uscc_fault(code) == fault


def test_small_letters_and_blanks_around_a_code_are_no_fault() -> None:
    assert uscc_fault(" 91110000600037341l ") is None
    assert resident_id_fault(" 12010120060504001x", TODAY) is None


@properties
@given(bodies)
def test_the_check_character_is_the_oracles(body: str) -> None:
    code = body + uscc.calc_check_digit(body)
    assert uscc.is_valid(code)
    assert uscc_fault(code) in (None, "organisation_check")


@properties
@given(bodies, st.sampled_from(USCC_ALPHABET))
def test_any_other_check_character_is_refused_as_by_the_oracle(body: str, last: str) -> None:
    code = body + last
    assert (uscc_fault(code) in (None, "organisation_check")) == uscc.is_valid(code)


@properties
@given(st.builds(str.__add__, digits, st.text(USCC_ALPHABET + "IOSVZ*一", min_size=8, max_size=12)))
def test_what_the_oracle_refuses_is_refused(code: str) -> None:
    assume(not uscc.is_valid(code))
    assert uscc_fault(code) in ("length", "alphabet", "check")


@properties
@given(digits, st.text(USCC_ALPHABET, min_size=8, max_size=8))
def test_stricter_than_the_oracle_the_organisation_code_is_checked_too(head: str, body: str) -> None:
    inside = organisation_code(body)
    sound = head + inside
    assert uscc_fault(sound + uscc.calc_check_digit(sound)) is None
    for wrong in set("0123456789X") - {inside[-1]}:
        slipped = head + body + wrong
        code = slipped + uscc.calc_check_digit(slipped)
        assert uscc.is_valid(code)
        assert uscc_fault(code) == "organisation_check"


def test_wider_than_the_oracle_a_registering_authority_may_be_a_letter() -> None:
    body = "N1110000" + organisation_code("60003734")
    code = body + uscc.calc_check_digit(body)
    assert uscc_fault(code) is None
    assert not uscc.is_valid(code)


@properties
@given(st.sampled_from(SOUND_USCC), st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_one_wrong_character_never_passes(code: str, place: int, letter: str) -> None:
    assume(code[place] != letter)
    assert uscc_fault(code[:place] + letter + code[place + 1 :]) == "check"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (SOUND_ID, None),
        ("360426199101010072", "check"),
        ("120101199002300016", "birth_date"),  # 30 February
        ("120101203001010016", "birth_date"),  # not born yet
        ("36042619910101O071", "digits"),
        ("36042619910101X071", "digits"),
        ("36042619910101００71", "digits"),
        ("36042619910101007", "length"),
        ("360426910101007", "length"),
    ],
)
def test_an_identity_number_is_told_by_its_fault(code: str, fault: str | None) -> None:
    assert resident_id_fault(code, TODAY) == fault


def test_who_is_born_on_the_day_itself_is_born() -> None:
    assert resident_id_fault(SOUND_ID, date(1991, 1, 1)) is None
    assert resident_id_fault(SOUND_ID, date(1990, 12, 31)) == "birth_date"


@properties
@given(places, births, orders, st.sampled_from("0123456789X"))
def test_an_identity_number_is_judged_as_by_the_oracle(place: str, born: date, order: str, last: str) -> None:
    code = f"{place}{born:%Y%m%d}{order}{last}"
    try:
        ric.validate(code)
    except InvalidChecksum:
        assert resident_id_fault(code, TODAY) == "check"
    except InvalidComponent:  # the oracle also knows which districts existed; we do not
        assert resident_id_fault(code, TODAY) is None
    else:
        assert resident_id_fault(code, TODAY) is None
    assert birth_date_of(code) == born


@properties
@given(births)
def test_a_born_day_later_than_the_day_asked_is_no_birth_date(born: date) -> None:
    body = f"120101{born:%Y%m%d}001"
    code = body + ric.calc_check_digit(body + "0")
    assert resident_id_fault(code, born) is None
    assert resident_id_fault(code, date.fromordinal(born.toordinal() - 1)) == "birth_date"


@pytest.mark.parametrize(
    "code", ["120101199002300016", "360426", "", "91230500MA1B3N1N2M", "360426１９９１０１０１0071"]
)
def test_what_holds_no_date_gives_no_birth_date(code: str) -> None:
    assert birth_date_of(code) is None


@pytest.mark.parametrize("code", ["360426********0071", "3604261991XXXX0071", "360426××××××××0071", "9123****N1N2M"])
def test_a_hidden_code_is_masked(code: str) -> None:
    assert is_masked(code)


@pytest.mark.parametrize("code", [*SOUND_USCC, SOUND_ID, "12010120060504001X", "E12345678"])
def test_an_open_code_is_not_masked(code: str) -> None:
    assert not is_masked(code)
