"""The codes of a second factor: six digits that change each half minute, and recovery codes that work once.

Authenticator and service share a secret and both know the time (TOTP, RFC 6238, with its defaults: SHA-1, six digits, thirty
seconds)::

    matching_step(secret, "287082", after=0, now=now)      # 1 at 1970-01-01 00:00:59 UTC for the RFC's secret; None if wrong
    new_recovery_code()                                    # "7KQ2-M9XD-…", 120 random bits in six groups of four

Clocks differ, so the code of one step before and after also does. A step that was accepted is given as ``after`` next time, so
that whoever read a code over a shoulder cannot use it (OWASP ASVS 5.0, V6.5.1).
"""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime

import pyotp

#: Seconds in which a code does not change, and how many such steps clocks may differ.
STEP = 30
DRIFT = 1
#: Characters of a recovery code; 24 of 5 bits are more than the 112 bits from which a plain hash will do (V6.5.2).
RECOVERY_LENGTH = 24
ISSUER = "Enforcement Ledger"

_DIGITS = re.compile("[0-9]{6}")
#: Crockford's base 32: no I, L, O or U.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_MEANT = str.maketrans("ILO", "110", " -")


def new_shared_secret() -> str:
    """Make a secret of 160 random bits, as 32 characters of base 32."""
    return pyotp.random_base32()


def address_of(secret: str, login: str) -> str:
    """The otpauth:// address that authenticators read."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def matching_step(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    """Give the time step of a code, which must be later than ``after``; None when the code is no such one."""
    digits = "".join(code.split())
    if not _DIGITS.fullmatch(digits):
        return None
    maker, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    matches = [
        step
        for step in range(current - DRIFT, current + DRIFT + 1)
        if hmac.compare_digest(maker.generate_otp(step), digits) and step > after
    ]
    return matches[0] if matches else None


def new_recovery_code() -> str:
    """Make a recovery code, in groups of four."""
    return in_groups("".join(secrets.choice(_ALPHABET) for _ in range(RECOVERY_LENGTH)), "-")


def recovery_code(typed: str) -> str | None:
    """A recovery code in its one form, however it was typed; None when it is not the form of one."""
    plain = typed.upper().translate(_AS_MEANT)
    return in_groups(plain, "-") if len(plain) == RECOVERY_LENGTH and set(plain) <= set(_ALPHABET) else None


def in_groups(text: str, between: str = " ") -> str:
    """A text in groups of four characters, as people read and type it."""
    return between.join(text[start : start + 4] for start in range(0, len(text), 4))
