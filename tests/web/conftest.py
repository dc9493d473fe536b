"""A browser without JavaScript for each person of the test office, on both engines.

``web_client("officer")`` is signed in as that person of :class:`tests.office.Office` (officer, colleague, reviewer, supervisor,
admin, stranger), ``web_client(None)`` is nobody. Each call opens another browser::

    def test_an_officer_opens_the_account(web_client):
        browser = web_client("officer")
        assert browser.get("/account").heading == "我的账户"
        page = browser.send("/account/language", language="en")        # follows the redirect
        assert page.heading == "My account"
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import peewee
import pytest
from flask import Flask

from enforcement import create_app
from enforcement.accounts import sessions
from enforcement.accounts.operations import set_password
from enforcement.config import Settings
from enforcement.db import connected
from tests.office import Office
from tests.web.client import Client

PASSWORD = "春江花月夜 7 号院"


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Read it, as the application does."""
        return self.now


@pytest.fixture
def clock(now: datetime) -> Clock:
    """The clock of the application; set ``clock.now`` to move it."""
    return Clock(now)


@pytest.fixture
def office(database: peewee.Database, now: datetime) -> Office:
    """The people and agencies."""
    with connected():
        return Office(now)


@pytest.fixture
def app(office: Office, database: peewee.Database, clock: Clock) -> Flask:
    """The application over the test's database; whatever goes wrong in it is answered, not raised."""
    return create_app(Settings(), clock=clock, opened=database)


@pytest.fixture
def web_client(app: Flask, office: Office, clock: Clock) -> Callable[[str | None], Client]:
    """Opens a browser for a person of the office by short name, or for nobody."""

    def open_browser(person: str | None) -> Client:
        client = Client(app)
        if person is not None:
            with connected():
                _, token = sessions.open_session(
                    getattr(office, person), sessions.Origin("127.0.0.1", "Test/1.0"), clock()
                )
            client.browser.set_cookie("session", token)
        return client

    return open_browser


@pytest.fixture
def with_password(office: Office, now: datetime) -> str:
    """Gives every person of the office the same password, and the password."""
    with connected():
        for person in (office.officer, office.reviewer, office.supervisor, office.admin):
            set_password("test", person, PASSWORD, now)
    return PASSWORD
