"""The invented office of the demo: a district, two streets, their officers, and somebody of every role.

``office.json`` names them; the street's review catalogue is ``catalogue.yaml``, which is also a file for
``enforcement catalogue add``. The district's other street has no catalogue, so that the demo shows what then waits.
"""

from __future__ import annotations

import secrets
from datetime import date
from datetime import datetime
from importlib.resources import as_file
from importlib.resources import files
from typing import Any
from typing import NamedTuple

import msgspec

from enforcement.accounts import operations as accounts
from enforcement.demo.days import absolute
from enforcement.models import Agency
from enforcement.models import Officer
from enforcement.models import User
from enforcement.parameters.operations import add_entries
from rules.calendar import Calendar
from rules.law import Profile
from rules.parameters.reading import read_yaml

#: Who sets the office up, in the audit.
ACTOR = "demo"

#: The street with a catalogue, the agency that holds the published records, and who records there.
STREET = "DEMO-S1"
PUBLISHED = "DEMO-P"
KEEPER = "archive"


class SignIn(NamedTuple):
    """Somebody of the demo: the account, and the secret of its token."""

    user: User
    token: str


class Office(NamedTuple):
    """The people of the demo by sign-in name, and the password that all of them have."""

    people: dict[str, SignIn]
    password: str

    def user(self, login: str) -> User:
        """Give a user by sign-in name."""
        return self.people[login].user

    def recorder(self, agency: str | None) -> User:
        """The officer who records cases of an agency, the street's when none is named."""
        code = agency or STREET
        return next(
            person.user
            for person in self.people.values()
            if person.user.role == "officer" and person.user.agency.code == code
        )


def set_up(day: date, now: datetime, calendar: Calendar, profile: Profile, language: str) -> Office:
    """Enter agencies, officers, users and the street's catalogue; passwords and tokens are made anew each time."""
    written = msgspec.json.decode(files(__package__).joinpath("office.json").read_bytes())
    agencies = _agencies(written["agencies"], now)
    officers = {item["number"]: _officer(item, agencies, day, now, calendar) for item in written["officers"]}
    password = f"demo-{secrets.token_hex(4)}"
    people = {item["login"]: _person(item, agencies, officers, now, language, password) for item in written["users"]}
    add_entries(ACTOR, now, profile, agency=agencies[STREET], raw=catalogue())
    return Office(people, password)


def catalogue() -> Any:
    """Read the street's catalogue as it is written."""
    faults: list[str] = []
    with as_file(files(__package__).joinpath("catalogue.yaml")) as path:
        raw = read_yaml(path, faults)
    assert not faults, faults
    return raw


def _agencies(written: list[dict[str, Any]], now: datetime) -> dict[str, Agency]:
    agencies: dict[str, Agency] = {}
    for item in written:
        parent = agencies[item["parent"]] if "parent" in item else None
        agencies[item["code"]] = accounts.create_agency(ACTOR, now, **{**item, "parent": parent})
    return agencies


def _officer(
    item: dict[str, Any], agencies: dict[str, Agency], day: date, now: datetime, calendar: Calendar
) -> Officer:
    days: dict[str, Any] = {
        name: date.fromisoformat(absolute(item[name], day, calendar))
        for name in ("valid_from", "valid_until", "first_reviewed_on")
        if name in item
    }
    values: dict[str, Any] = {**item, **days, "agency": agencies[item["agency"]]}
    return accounts.create_officer(ACTOR, now, **values)


def _person(
    item: dict[str, Any],
    agencies: dict[str, Agency],
    officers: dict[str, Officer],
    now: datetime,
    language: str,
    password: str,
) -> SignIn:
    login = item["login"]
    user = accounts.create_user(
        ACTOR,
        now,
        login=login,
        name=item["name"],
        role=item["role"],
        agency=agencies[item["agency"]],
        officer=officers.get(item.get("officer", "")),
        email=f"{login}@demo.example" if item.get("mail", True) else "",
        language=language,
        password=password,
    )
    _, secret = accounts.issue_token(ACTOR, now, user=user, name="demo")
    return SignIn(user, secret)
