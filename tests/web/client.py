"""A browser without JavaScript, for tests of pages: it keeps cookies, follows redirects and sends the forms it was shown."""

from __future__ import annotations

import html
import re
from typing import Any
from typing import NamedTuple

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_WORD = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TAGS = re.compile(r"<(script|style).*?</\1>|<[^>]*>", re.DOTALL)
_LINK = re.compile(r'href="([^"]*)"')
_FAULT = re.compile(r'<p class="fault" id="fault-([^"]+?)\d*">(.*?)</p>', re.DOTALL)


class Page(NamedTuple):
    """What a browser shows."""

    response: TestResponse

    @property
    def status(self) -> int:
        """The status of the last answer."""
        return self.response.status_code

    @property
    def path(self) -> str:
        """Where the browser stands in the end, with its query."""
        request = self.response.request
        return request.full_path.rstrip("?")

    @property
    def html(self) -> str:
        """The page's source."""
        return self.response.get_data(as_text=True)

    @property
    def text(self) -> str:
        """What can be read on the page, with single spaces."""
        return " ".join(html.unescape(_TAGS.sub(" ", self.html)).split())

    @property
    def heading(self) -> str:
        """The one h1; fails when there is none or more than one."""
        (found,) = _HEADING.findall(self.html)
        return " ".join(html.unescape(_TAGS.sub(" ", found)).split())

    @property
    def links(self) -> list[str]:
        """Where the page leads."""
        return [html.unescape(link) for link in _LINK.findall(self.html)]

    @property
    def faults(self) -> dict[str, str]:
        """The first fault at each field."""
        found: dict[str, str] = {}
        for name, message in _FAULT.findall(self.html):
            found.setdefault(name, html.unescape(message))
        return found


class Client:
    """One person's browser."""

    def __init__(self, app: Flask, base_url: str = "http://localhost", address: str = "127.0.0.1") -> None:
        self.browser: FlaskClient = app.test_client()
        self.options: dict[str, Any] = {
            "base_url": base_url,
            "environ_overrides": {"REMOTE_ADDR": address},
            "headers": {"User-Agent": "Test/1.0"},
        }
        self.word = ""

    def get(self, path: str, follow: bool = True, **query: Any) -> Page:
        """Open an address; each redirect is followed unless told otherwise."""
        return self._shown(self.browser.get(path, query_string=query or None, follow_redirects=follow, **self.options))

    def send(self, path: str, follow: bool = True, **fields: Any) -> Page:
        """Send a form with the hidden word of the page shown last; a list is sent as several values."""
        if not self.word:
            self.get("/account")
        data = {"csrf_token": self.word, **fields}
        return self._shown(self.browser.post(path, data=data, follow_redirects=follow, **self.options))

    def sign_in(self, login: str, password: str, **more: str) -> Page:
        """Fill in the form of the sign-in page and send it."""
        self.get("/sign-in")
        return self.send("/sign-in", login=login, password=password, **more)

    def cookie(self, name: str = "session") -> str | None:
        """Value of a cookie."""
        held = self.browser.get_cookie(name)
        return None if held is None else held.value

    def _shown(self, response: TestResponse) -> Page:
        text = response.get_data(as_text=response.mimetype.startswith("text/"))
        response.close()
        found = _WORD.search(str(text)) if response.mimetype == "text/html" else None
        self.word = found.group(1) if found else self.word
        return Page(response)
