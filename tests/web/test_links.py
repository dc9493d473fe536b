"""Every link of a page that leads somewhere in the service leads to something that is there, for whoever sees the link."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from enforcement.db import connected
from enforcement.models.accounts import ROLES
from tests.office import Office
from tests.web.book import fill
from tests.web.client import Client

#: Pages are visited this many links away from the first one.
DEPTH = 2
_ID = re.compile(r"/[0-9A-HJKMNP-TV-Z]{26}")


def shape(link: str) -> str:
    """What kind of link it is: of twenty cases in a list two are enough to visit."""
    return re.sub(r"=[^&]*", "=", _ID.sub("/{}", re.sub(r"/rules/[^?#]+", "/rules/{}", link.partition("#")[0])))


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_to_something(
    web_client: Callable[[str | None], Client], office: Office, now: datetime, role: str
) -> None:
    with connected():
        fill(office, now)
    client = web_client(role)
    seen: dict[str, str] = {"/": "the address itself"}
    shapes: dict[str, int] = {}
    wave, broken = ["/"], []
    for _ in range(DEPTH + 1):
        following: list[str] = []
        for link in wave:
            page = client.get(link)
            if page.status != 200:
                broken.append(f"{link} answers {page.status}; it stands on {seen[link]}")
            if page.response.mimetype != "text/html":
                continue
            for found in page.links:
                target = found.partition("#")[0]
                local = (
                    target.startswith("/") and not target.startswith(("/static/", "/api/")) and "lang=" not in target
                )
                if local and target not in seen and shapes.get(shape(target), 0) < 2:
                    seen[target] = link
                    shapes[shape(target)] = shapes.get(shape(target), 0) + 1
                    following.append(target)
        wave = following
    assert broken == []
    assert len(seen) > 5


@pytest.mark.parametrize("role", ROLES)
def test_every_link_within_a_page_has_its_target(
    web_client: Callable[[str | None], Client], office: Office, now: datetime, role: str
) -> None:
    with connected():
        fill(office, now)
    for path in ("/", "/account", "/cases", "/findings", "/rules", "/deadlines"):
        page = web_client(role).get(path)
        ids = set(re.findall(r' id="([^"]+)"', page.html))
        assert [link for link in page.links if link.startswith("#") and link[1:] not in ids] == [], path
