"""Passwords and tokens: what is kept of them, and how they are compared.

A password is guessable, so its hash is slow: argon2id with the least that ASVS 5.0 allows. A token is 256 random bits,
so SHA-256 is enough, and it can be looked up by it::

    secret = new_secret()        # "enf_9vN…", shown once
    token_hash(secret)           # 64 hexadecimal digits, all that is kept
"""

from __future__ import annotations

import re
import secrets
from functools import cache
from hashlib import sha256

import argon2

#: A token begins so; the rest is 32 random bytes as 43 URL-safe characters.
PREFIX = "enf_"
_SECRET = re.compile(r"enf_[A-Za-z0-9_-]{43}")

#: Characters of a secret that are kept to tell tokens apart.
SHOWN = 10

#: Fewest and most characters of a password; the upper end keeps hashing from being a load.
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 256

_hasher = argon2.PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)


def password_hash(password: str) -> str:
    """Hash a password with argon2id; takes about 20 ms, on purpose."""
    return _hasher.hash(password)


def password_matches(password: str, hashed: str | None) -> bool:
    """Tell whether a password belongs to a hash; without a hash it never does, and takes as long."""
    try:
        _hasher.verify(hashed or _nobody(), password)
    except (argon2.exceptions.VerifyMismatchError, argon2.exceptions.InvalidHashError):
        return False
    return hashed is not None


@cache
def _nobody() -> str:
    """Compared with when there is no account, so that the time taken does not tell."""
    return _hasher.hash(secrets.token_urlsafe())


def new_secret() -> str:
    """Make the secret of a token."""
    return PREFIX + secrets.token_urlsafe(32)


def is_secret(text: str) -> bool:
    """Tell whether a text has the form of a token's secret."""
    return _SECRET.fullmatch(text) is not None


def token_hash(secret: str) -> str:
    """The hash by which a token is found."""
    return sha256(secret.encode()).hexdigest()
