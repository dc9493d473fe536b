"""The English of the pages: find the texts, take translations in, and check that none is missing.

The source is Chinese: ``_("案件")`` in a view or template. Its English stands in
``enforcement/web/translations/en/LC_MESSAGES/messages.po``, and compiled beside it, both kept in the repository::

    python tools/translations.py missing                # texts without English, as JSON to be filled in
    python tools/translations.py take filled-in.json    # {"案件": "Cases", "%(num)s 天": ["%(num)s day", "%(num)s days"]}
    python tools/translations.py tidy                   # throw out what no page says any more
    python tools/translations.py check                  # exit status 1 when something is missing or out of step

A literal per cent sign in a text that has no ``%(name)s`` is written ``%%``.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.messages.pofile import write_po

ROOT = Path(__file__).parent.parent
PO = ROOT / "enforcement/web/translations/en/LC_MESSAGES/messages.po"
#: One moment for all, so that two people who take translations in do not meet in the heading.
WRITTEN = datetime(2026, 11, 24, tzinfo=UTC)
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}


def texts() -> Catalog:
    """Every text of the pages, with the files it stands in."""
    found = Catalog()
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    for name, _line, message, comments, context in extract_from_dir(ROOT, methods, options, KEYWORDS):
        found.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return found


def catalogue() -> Catalog:
    """The English as it is kept; empty before the first."""
    if not PO.exists():
        return Catalog("en", project="Enforcement Ledger", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, "en")


def untranslated(held: Catalog, said: Catalog) -> list[Any]:
    """Texts of the pages without English, singular and plural as a pair."""
    return [message.id for message in said if message.id and not _english(held, message.id)]


def superfluous(held: Catalog, said: Catalog) -> list[Any]:
    """Texts with English that no page says."""
    return [message.id for message in held if message.id and said.get(_key(message.id)) is None]


def compiled(held: Catalog) -> bytes:
    """The catalogue as programs read it."""
    stream = BytesIO()
    write_mo(stream, held)
    return stream.getvalue()


def take(english: Mapping[str, str | list[str]]) -> list[str]:
    """Bring the catalogue up to the pages, with these translations; gives those of texts that no page says."""
    with _locked():
        held, said = catalogue(), texts()
        held.update(said, no_fuzzy_matching=True)
        unknown = [text for text, words in english.items() if not _put(held, text, words)]
        _write(held)
    return unknown


def _english(held: Catalog, text: Any) -> bool:
    message = held.get(_key(text))
    if message is None:
        return False
    words = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(words) and len(words) == (held.num_plurals if isinstance(text, tuple | list) else 1)


def _key(text: Any) -> str:
    return str(text[0]) if isinstance(text, tuple | list) else str(text)


def _put(held: Catalog, text: str, words: str | list[str]) -> bool:
    message = held.get(text)
    if message is None:
        return False
    message.string = tuple(words) if isinstance(words, list) else words
    return True


@contextmanager
def _locked() -> Iterator[None]:
    """Several people may take translations in at once; each reads what the one before has written."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(PO.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _write(held: Catalog, drop: bool = False) -> None:
    held.header_comment = (
        "# English of the pages of Enforcement Ledger; the source is Chinese. See tools/translations.py."
    )
    held.project, held.version, held.fuzzy = "Enforcement Ledger", "1", False
    held.last_translator = held.language_team = held.msgid_bugs_address = held.project
    held.creation_date = held.revision_date = WRITTEN
    with PO.open("wb") as file:
        write_po(file, held, width=120, sort_output=True, include_lineno=False, ignore_obsolete=drop, omit_header=False)
    PO.with_suffix(".mo").write_bytes(compiled(catalogue()))


@click.group()
def main() -> None:
    """The English of the pages."""


@main.command("take")
@click.argument("file", type=click.File(encoding="utf-8"))
def take_command(file: Any) -> None:
    """Take translations from a JSON file."""
    for text in take(json.load(file)):
        click.echo(f"no page says: {text}", err=True)


@main.command()
def missing() -> None:
    """Print the texts without English."""
    held = catalogue()
    found = {_key(text): ["", ""] if isinstance(text, tuple | list) else "" for text in untranslated(held, texts())}
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


@main.command()
def tidy() -> None:
    """Throw out what no page says any more."""
    with _locked():
        held = catalogue()
        held.update(texts(), no_fuzzy_matching=True)
        _write(held, drop=True)


@main.command()
def check() -> None:
    """Fail when English is missing, or the compiled catalogue is another."""
    held, said = catalogue(), texts()
    faults = [f"no English: {_key(text)}" for text in untranslated(held, said)]
    faults += [f"no page says: {_key(text)}" for text in superfluous(held, said)]
    if PO.with_suffix(".mo").read_bytes() != compiled(held):
        faults.append("messages.mo is not what messages.po makes")
    click.echo("\n".join(faults) or "in step")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
