"""The folder of a demo is made anew, and nothing else is ever lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from enforcement.db import open_database
from enforcement.demo.folder import MARK
from enforcement.demo.folder import prepare
from enforcement.errors import Conflict


def test_a_new_folder_is_made_and_marked(tmp_path: Path) -> None:
    place = prepare(tmp_path / "deep" / "demo")

    assert (place.folder / MARK).is_file()
    assert place.mailbox.is_dir()
    assert not place.database.exists()


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert prepare(tmp_path).folder == tmp_path


def test_an_earlier_demo_is_replaced_and_what_was_put_beside_it_stays(tmp_path: Path) -> None:
    place = prepare(tmp_path)
    place.database.write_text("old")
    place.database.with_name(place.database.name + "-wal").write_text("old")
    (place.mailbox / "1.eml").write_text("old")
    (tmp_path / "my-backup").write_text("mine")

    again = prepare(tmp_path)

    assert not again.database.exists()
    assert list(again.mailbox.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [MARK, "mailbox", "my-backup"]


def test_a_folder_with_anything_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")

    with pytest.raises(Conflict, match="left alone"):
        prepare(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file")

    with pytest.raises(Conflict, match="not a folder"):
        prepare(tmp_path / "demo")


def test_the_url_survives_a_folder_with_odd_characters(tmp_path: Path) -> None:
    place = prepare(tmp_path / "演示 100%#1?")
    opened: Any = open_database(place.url)

    assert Path(opened.database) == place.database.absolute()
