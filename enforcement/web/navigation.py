"""The pages in the heading, each shown to whoever may open it."""

from __future__ import annotations

from typing import NamedTuple

from flask import current_app
from flask import request
from flask import url_for

from enforcement.web.session import access_of
from enforcement.web.session import may
from enforcement.web.session import must_turn_on
from enforcement.web.session import signed_in
from rules.facts import Text

#: Endpoint of a page, and its name.
PAGES: tuple[tuple[str, Text], ...] = (
    ("web.home.index", Text("首页", "Home")),
    ("web.cases.index", Text("案件", "Cases")),
    ("web.findings.index", Text("问题", "Findings")),
    ("web.review.queue", Text("法制审核", "Legal review")),
    ("web.deadlines.month", Text("期限", "Deadlines")),
    ("web.rulebook.index", Text("规则", "Rules")),
    ("web.admin.index", Text("管理", "Administration")),
)


class Entry(NamedTuple):
    """A page in the heading."""

    label: Text
    address: str
    current: bool


def entries() -> list[Entry]:
    """The pages that the person may open; ``current`` is the one whose topic is shown."""
    if signed_in() is None or must_turn_on():
        return []
    return [Entry(label, url_for(endpoint), _current(endpoint)) for endpoint, label in PAGES if _open(endpoint)]


def _open(endpoint: str) -> bool:
    if endpoint not in current_app.view_functions:
        return False
    wanted = access_of(endpoint)
    return not wanted or any(may(name) for name in wanted)


def _current(endpoint: str) -> bool:
    return (request.blueprint or "") == endpoint.rpartition(".")[0]
