"""Addresses of the pages that other pages lead to, in one place; every figure leads to what it counts.

``links.findings(rule="O-25", flagged=1)`` is ``/findings?rule=O-25&flagged=1``, and ``links.case(case.public_id)`` is the case.
In templates the module is ``links``. What is None is left out. A test opens every link of the pages that use them.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode


def case(public_id: str) -> str:
    """A case."""
    return f"/cases/{public_id}"


def cases(**filters: Any) -> str:
    """The list of cases: q, kind, state, agency, field, rule, from, to, flagged, sort, page."""
    return _with("/cases", filters)


def attachment(public_id: str) -> str:
    """A file of a case."""
    return f"/attachments/{public_id}"


def record() -> str:
    """Where a new case is recorded."""
    return "/cases/new"


def findings(**filters: Any) -> str:
    """The list of open findings: show (now, soon …), kind, state, severity, rule, agency, parameter, flagged, waived, page."""
    return _with("/findings", filters)


def finding(public_id: str) -> str:
    """A finding, with its answers and waivers."""
    return f"/findings/{public_id}"


def review(public_id: str) -> str:
    """The page for the opinion on a case that waits for review."""
    return f"/review/{public_id}"


def queue() -> str:
    """The cases that wait for legal review."""
    return "/review"


def deadlines(**filters: Any) -> str:
    """The calendar of deadlines: month (2026-03), agency, view (list)."""
    return _with("/deadlines", filters)


def rule(rule_id: str) -> str:
    """A rule of the book."""
    return f"/rules/{rule_id}"


def admin(topic: str = "") -> str:
    """Administration, or a topic of it: agencies, officers, users, tokens, parameters, catalogue, mail, sweeps, calendar."""
    return f"/admin/{topic}" if topic else "/admin"


def _with(path: str, filters: dict[str, Any]) -> str:
    named = {name.rstrip("_"): value for name, value in filters.items() if value is not None}
    return f"{path}?{urlencode(named)}" if named else path
