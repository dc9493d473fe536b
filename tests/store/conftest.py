"""A city, its district, two streets of it, and a person in one of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import peewee
import pytest

from enforcement.accounts.operations import create_agency
from enforcement.accounts.operations import create_user
from enforcement.db import connected
from enforcement.models import Agency
from enforcement.models import User

_names = itertools.count()


@dataclass
class Tree:
    """TJ over HP over WDD and XBL; ``li`` is an officer of WDD, ``zhao`` an admin of HP."""

    city: Agency
    district: Agency
    street: Agency
    next_street: Agency
    li: User
    zhao: User


@pytest.fixture
def tree(database: peewee.Database, now: datetime) -> Tree:
    """The agencies and two people."""
    city = create_agency("cli", now, code="TJ", name_zh="天津市", level="city")
    district = create_agency("cli", now, code="HP", name_zh="和平区", level="district", parent=city)
    street = create_agency("cli", now, code="WDD", name_zh="五大道街道办事处", parent=district)
    next_street = create_agency("cli", now, code="XBL", name_zh="小白楼街道办事处", parent=district)
    li = create_user("cli", now, login="li", name="李某", role="officer", agency=street)
    zhao = create_user("cli", now, login="zhao", name="赵某", role="admin", agency=district)
    return Tree(city, district, street, next_street, li, zhao)


@pytest.fixture
def in_threads() -> Callable[..., list[Any]]:
    """A function that runs works at the same time and gives what they answered; raises what one of them raised."""

    def run_all(*works: Callable[[], Any]) -> list[Any]:
        with ThreadPoolExecutor(len(works)) as pool:
            running = [pool.submit(_connected, work) for work in works]
            return [future.result(timeout=60) for future in running]

    return run_all


def _connected(work: Callable[[], Any]) -> Any:
    with connected():
        return work()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    postgres = request.getfixturevalue("postgres")
    name = f"empty_{next(_names)}"
    postgres.run(f"CREATE DATABASE {name}")
    yield postgres.url(name)
    postgres.run(f"DROP DATABASE {name} WITH (FORCE)")
