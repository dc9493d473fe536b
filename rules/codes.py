"""Check characters of the two codes that name a party: the unified social credit code and the resident identity number.

A mistyped character in a decision names the wrong party, and a wrong party is a zero item of every file evaluation. Both
codes carry check characters that betray a slip::

    uscc_fault("91350100M000100Y44")                              # "check": the last character should be 3
    resident_id_fault("360426199101010071", date(2026, 11, 24))   # None: nothing is wrong
    birth_date_of("360426199101010071")                           # date(1991, 1, 1)

GB 32100-2015 weighs the eighteen characters modulo 31; characters 9 to 17 are an organisation code with a check of its
own (GB 11714). GB 11643-1999 weighs the identity number modulo 11. In all three the check character has the weight 1, so
that the whole sum has a fixed remainder. Lower-case letters and surrounding blanks are slips of writing, not of the code.
"""

from __future__ import annotations

from datetime import date
from operator import mul
from typing import Literal

UsccFault = Literal["length", "alphabet", "check", "organisation_check"]
ResidentIdFault = Literal["length", "digits", "birth_date", "check"]

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LENGTH = 18

_NO_VALUE = 255
_USCC_WEIGHTS = (*(pow(3, place, 31) for place in range(17)), 1)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_CHECKS = b"0123456789X"
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1)


def _values(alphabet: str) -> bytes:
    """Translation table from ASCII characters to their values; what is not in the alphabet has none."""
    return bytes(alphabet.find(chr(code)) if chr(code) in alphabet else _NO_VALUE for code in range(256))


_USCC_VALUES = _values(USCC_ALPHABET)
_ORGANISATION_VALUES = _values(ORGANISATION_ALPHABET)
_RESIDENT_VALUES = _values("0123456789X")


def _characters(code: str) -> bytes:
    """One upper-case byte a character; what is not ASCII becomes a question mark, which no alphabet has."""
    return code.strip().encode("ascii", "replace").upper()


def uscc_fault(code: str) -> UsccFault | None:
    """Say what is wrong with a unified social credit code, or None (GB 32100-2015, GB 11714 for characters 9 to 17)."""
    characters = _characters(code)
    if len(characters) != LENGTH:
        return "length"
    values = characters.translate(_USCC_VALUES)
    if _NO_VALUE in values:
        return "alphabet"
    if sum(map(mul, values, _USCC_WEIGHTS)) % 31:
        return "check"
    return None if _is_organisation_code(characters[8:17]) else "organisation_check"


def _is_organisation_code(characters: bytes) -> bool:
    """Check an organisation code of GB 11714: ``11 - sum mod 11``, where 10 is written X and 11 is written 0."""
    check = _ORGANISATION_CHECKS.find(characters[8])
    values = characters.translate(_ORGANISATION_VALUES)
    return check >= 0 and (sum(map(mul, values, _ORGANISATION_WEIGHTS)) + check) % 11 == 0


def resident_id_fault(code: str, on: date) -> ResidentIdFault | None:
    """Say what is wrong with an eighteen-character identity number, or None (GB 11643-1999).

    ``on`` is the day by which the person must have been born.
    """
    characters = _characters(code)
    if len(characters) != LENGTH:
        return "length"
    values = characters.translate(_RESIDENT_VALUES)
    if _NO_VALUE in values or b"X" in characters[:-1]:
        return "digits"
    born = birth_date_of(code)
    if born is None or born > on:
        return "birth_date"
    return None if sum(map(mul, values, _RESIDENT_WEIGHTS)) % 11 == 1 else "check"


def birth_date_of(code: str) -> date | None:
    """Read the birth date out of an eighteen-character identity number; None where it has no such date."""
    code = code.strip()
    digits = code[6:14]
    if len(code) != LENGTH or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def is_masked(code: str) -> bool:
    """Tell whether characters of a code are hidden (``120101********0071``), so that nothing can be checked."""
    return "*" in code or "×" in code or "＊" in code or "XXXX" in code or "xxxx" in code
