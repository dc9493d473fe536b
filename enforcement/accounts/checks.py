"""What a new agency, officer or user must be like, with every fault told at once.

faults = Faults()
faults.unless(is_login("Li Si"), "login", *LOGIN)
faults.refuse()        # Invalid: {"login": ["登录名… / A login is …"]}
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from enforcement.accounts.guessable import is_about
from enforcement.accounts.guessable import is_common
from enforcement.accounts.secrets import LONGEST_PASSWORD
from enforcement.accounts.secrets import SHORTEST_PASSWORD
from enforcement.errors import Invalid
from enforcement.models.accounts import LANGUAGES
from enforcement.models.accounts import LEVELS
from enforcement.models.accounts import ROLES

_CODE = re.compile(r"[^\s/]{1,64}")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+")

CODE = ("1 至 64 个字符，不含空格和斜杠", "1 to 64 characters without spaces or slashes")
LOGIN = ("小写字母、数字和 . _ @ -，至多 64 个", "lower-case letters, digits and . _ @ -, at most 64")
EMAIL = ("不是邮箱地址", "not a mail address")
EMPTY = ("不能为空", "must not be empty")
TAKEN = ("已被使用", "is taken")
ORDER = ("早于有效期起始日", "before the first day of validity")
PASSWORD = (
    f"密码须为 {SHORTEST_PASSWORD} 至 {LONGEST_PASSWORD} 个字符",
    f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters",
)
COMMON = ("这是最常见的密码之一，很容易被猜到", "this is one of the most common passwords and easily guessed")
TELLING = (
    "密码不得含有登录名或本系统名称",
    "a password does not hold the sign-in name or the name of this service",
)


class Faults:
    """Faults by field, gathered until :meth:`refuse`."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def unless(self, holds: bool, field: str, zh: str, en: str) -> None:
        """Note a fault of a field unless a condition holds."""
        if not holds:
            self.errors.setdefault(field, []).append(f"{zh} / {en}")

    def refuse(self) -> None:
        """Raise Invalid when there are faults."""
        if self.errors:
            raise Invalid(self.errors)


def check_agency(faults: Faults, code: str, name_zh: str, level: str) -> None:
    """Code, name and level of a new agency."""
    faults.unless(_CODE.fullmatch(code) is not None, "code", *CODE)
    faults.unless(bool(name_zh.strip()), "name_zh", *EMPTY)
    faults.unless(level in LEVELS, "level", *_one_of(LEVELS))


def check_officer(faults: Faults, values: dict[str, Any]) -> None:
    """What is given of an officer, new or changed; certificate numbers stand between spaces in lists."""
    if "number" in values:
        faults.unless(_CODE.fullmatch(values["number"]) is not None, "number", *CODE)
    if "name" in values:
        faults.unless(bool(values["name"].strip()), "name", *EMPTY)


def check_validity(faults: Faults, valid_from: date | None, valid_until: date | None) -> None:
    """The days of a certificate."""
    in_order = valid_from is None or valid_until is None or valid_from <= valid_until
    faults.unless(in_order, "valid_until", *ORDER)


def check_user(faults: Faults, values: dict[str, Any]) -> None:
    """What is given of a user, new or changed."""
    if "login" in values:
        faults.unless(_LOGIN.fullmatch(values["login"]) is not None, "login", *LOGIN)
    if "name" in values:
        faults.unless(bool(values["name"].strip()), "name", *EMPTY)
    if values.get("email"):
        faults.unless(_EMAIL.fullmatch(values["email"]) is not None, "email", *EMAIL)
    if "role" in values:
        faults.unless(values["role"] in ROLES, "role", *_one_of(ROLES))
    if "language" in values:
        faults.unless(values["language"] in LANGUAGES, "language", *_one_of(LANGUAGES))


def check_password(faults: Faults, password: str, login: str) -> None:
    """A password for the account: long enough, not among those tried first, and not the name itself; of any characters."""
    faults.unless(SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD, "password", *PASSWORD)
    faults.unless(not is_common(password), "password", *COMMON)
    faults.unless(not is_about(password, login), "password", *TELLING)


def _one_of(values: tuple[str, ...]) -> tuple[str, str]:
    return f"须为以下之一：{'、'.join(values)}", f"must be one of {', '.join(values)}"
