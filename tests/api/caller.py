"""A caller of the API in tests: brings a token, and holds every answer against the service's own description."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask import Flask
from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from enforcement.accounts.operations import issue_token
from enforcement.api.docs import EXTENSION
from enforcement.db import connected
from enforcement.models import User

_PARAMETER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Read it, as the application does."""
        return self.now


class Caller:
    """Calls the application with a token, and fails the test when an answer is not as described."""

    def __init__(self, app: Flask, token: str | None = None, **headers: str) -> None:
        self.app = app
        self.headers = {**headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        self.description: dict[str, Any] = app.json.loads(app.extensions[EXTENSION])

    @classmethod
    def of(cls, app: Flask, user: User, now: datetime, **options: Any) -> Caller:
        """A caller with a new token of a user; options are those of :func:`issue_token`."""
        with connected():
            _, secret = issue_token(user, now, user=user, name="test", **options)
        return cls(app, secret)

    def speaking(self, language: str) -> Caller:
        """The same caller, asking for a language."""
        return Caller(self.app, **{**self.headers, "Accept-Language": language})

    def get(self, address: str, **options: Any) -> TestResponse:
        """GET an address."""
        return self.call("GET", address, **options)

    def post(self, address: str, json: Any = None, **options: Any) -> TestResponse:
        """POST a JSON value, or ``data`` as it is."""
        return self.call("POST", address, **({} if json is None else {"json": json}), **options)

    def patch(self, address: str, json: Any, tag: str | None, **options: Any) -> TestResponse:
        """PATCH with the tag that was read."""
        headers = {**({"If-Match": tag} if tag else {}), **options.pop("headers", {})}
        return self.call("PATCH", address, json=json, headers=headers, **options)

    def call(self, method: str, address: str, **options: Any) -> TestResponse:
        """Call an address and hold the answer against the description."""
        headers = {**self.headers, **options.pop("headers", {})}
        response = self.app.test_client().open(address, method=method, headers=headers, buffered=True, **options)
        self._check(method, response)
        return response

    def _check(self, method: str, response: TestResponse) -> None:
        route = self._route(method, response.request.path)
        operation = self.description["paths"].get(_PARAMETER.sub(r"{\1}", route), {}).get(method.lower())
        if operation is None or not response.is_json:
            return
        responses = operation["responses"]
        assert str(response.status_code) in responses, f"{method} {route}: {response.status_code} is not described"
        described = self._resolve(responses[str(response.status_code)])["content"]
        assert response.mimetype in described, f"{method} {route}: {response.mimetype} is not described"
        schema = {**described[response.mimetype]["schema"], "components": self.description["components"]}
        faults = [
            f"{fault.json_path}: {fault.message}" for fault in Draft202012Validator(schema).iter_errors(response.json)
        ]
        assert faults == [], f"{method} {route}: {faults[:5]}"
        self._check_members(described[response.mimetype]["schema"], response)

    def _route(self, method: str, path: str) -> str:
        """The route that an address belongs to; empty for none."""
        try:
            rule, _ = self.app.url_map.bind("localhost").match(path, method, return_rule=True)
        except HTTPException:
            return ""
        return str(rule.rule)

    def _check_members(self, schema: dict[str, Any], response: TestResponse) -> None:
        """An answer that went well has no member that the description does not name."""
        if response.status_code < 400 and "$ref" in schema and isinstance(response.json, dict):
            named = self._resolve(schema)
            assert "properties" not in named or set(response.json) <= set(named["properties"])

    def _resolve(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Follow a reference within the description."""
        if "$ref" not in schema:
            return schema
        found: Any = self.description
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        resolved: dict[str, Any] = found
        return resolved
