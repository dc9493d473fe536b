"""Pages of a list, in the body and in the headers.

{"items": […], "page": 2, "page_size": 50, "total": 120}
X-Pagination: {"total": 120, "total_pages": 3, "first_page": 1, "last_page": 3, "page": 2, …}
Link: </api/penalties?page=1>; rel="first", …
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Iterable
from typing import Any
from typing import Protocol
from urllib.parse import quote
from urllib.parse import urlencode

from flask import Response
from flask import request

from enforcement.api.core import answer

PAGED_HEADERS = {
    "X-Pagination": {"description": "total, total_pages, page, … as JSON", "schema": {"type": "string"}},
    "Link": {"description": "first, prev, next and last page (RFC 8288)", "schema": {"type": "string"}},
}


class Paged(Protocol):
    """What a feature's page holds; :class:`enforcement.cases.queries.Page` is one."""

    @property
    def items(self) -> Iterable[Any]: ...
    @property
    def total(self) -> int: ...
    @property
    def page(self) -> int: ...
    @property
    def page_size(self) -> int: ...


def page_answer(struct: Callable[..., Any], found: Paged, item: Callable[[Any], Any]) -> Response:
    """Write a page, each item made by ``item``, with its headers."""
    body = struct(
        items=[item(row) for row in found.items], page=found.page, page_size=found.page_size, total=found.total
    )
    pages = max(1, -(-found.total // found.page_size))
    return answer(body, headers={"X-Pagination": json.dumps(_numbers(found, pages)), "Link": _links(found.page, pages)})


def slice_of(items: list[Any], page: int, page_size: int) -> list[Any]:
    """The items of one page of a list that is in memory."""
    return items[(page - 1) * page_size : page * page_size]


def _numbers(found: Paged, pages: int) -> dict[str, int]:
    numbers = {"total": found.total, "total_pages": pages, "first_page": 1, "last_page": pages, "page": found.page}
    return numbers | {f"{name}_page": page for name, page in _neighbours(found.page, pages).items()}


def _neighbours(page: int, pages: int) -> dict[str, int]:
    around = {"previous": page - 1, "next": page + 1}
    return {name: number for name, number in around.items() if 1 <= number <= pages}


def _links(page: int, pages: int) -> str:
    around = _neighbours(page, pages)
    targets = {"first": 1, "prev": around.get("previous"), "next": around.get("next"), "last": pages}
    return ", ".join(f'<{_address(number)}>; rel="{rel}"' for rel, number in targets.items() if number is not None)


def _address(page: int) -> str:
    """The same list on another page, as an address without a host, so that no proxy can make it wrong."""
    parameters = {**request.args.to_dict(), "page": str(page)}
    return f"{quote(request.path)}?{urlencode(parameters)}"
