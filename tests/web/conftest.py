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
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import peewee
import pytest
from flask import Flask

from enforcement import create_app
from enforcement import lawbook
from enforcement.accounts import sessions
from enforcement.accounts.secrets import password_hash
from enforcement.config import Settings
from enforcement.db import connected
from enforcement.models import User
from enforcement.times import SHANGHAI
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
def office(database: peewee.Database, now: datetime) -> Office:
    """The people and agencies."""
    with connected():
        return Office(now)


@pytest.fixture(scope="session")
def application() -> tuple[Flask, Clock]:
    """The application and its clock, made once: it takes whatever database the models use."""
    clock = Clock(datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI))
    return create_app(Settings(), clock=clock, opened=peewee.SqliteDatabase(None)), clock


@pytest.fixture
def clock(application: tuple[Flask, Clock], now: datetime) -> Clock:
    """The clock of the application; set ``clock.now`` to move it."""
    application[1].now = now
    return application[1]


@pytest.fixture
def app(application: tuple[Flask, Clock], office: Office, clock: Clock) -> Flask:
    """The application over the test's database, with a law book that knows nothing of the tests before."""
    lawbook.configure(Settings().profile)
    return application[0]


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


@pytest.fixture(scope="session")
def hashed() -> str:
    """The hash of the password of the test office; made once, since it is slow on purpose."""
    return password_hash(PASSWORD)


@pytest.fixture
def with_password(office: Office, hashed: str) -> str:
    """Gives the people of the office, but for the stranger, the same password, and the password."""
    with connected():
        User.update(password_hash=hashed).where(User.login != "stranger").execute()
    return PASSWORD


@pytest.fixture
def in_threads() -> Callable[..., list[Any]]:
    """A function that runs works at the same time and gives what they answered; raises what one of them raised."""

    def run_all(*works: Callable[[], Any]) -> list[Any]:
        with ThreadPoolExecutor(len(works)) as pool:
            return [running.result(timeout=60) for running in [pool.submit(work) for work in works]]

    return run_all
