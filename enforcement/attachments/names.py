"""Names of files as they may be stored and given out again: no path, no control characters, nothing that turns text round.

A name such as ``C:\\案卷\\现场照片.jpg`` becomes ``现场照片.jpg``; ``照片<U+202E>gpj.exe``, which some screens show as
``照片exe.jpg``, becomes ``照片gpj.exe`` and is then refused by its extension.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

#: Longest name, with its extension.
LONGEST = 150
UNNAMED = "附件"


def clean(raw: str) -> str:
    """Give the last part of a path as a name; what is not to be shown is left out, and something always is left."""
    last = unicodedata.normalize("NFC", raw).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    stem, dot, extension = " ".join(shown.split()).rstrip(". ").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    ending = f".{extension}" if dot else ""
    return f"{stem[: LONGEST - len(ending)].strip() or UNNAMED}{ending}"


def disposition(name: str) -> str:
    """The header ``Content-Disposition`` for giving a file out under a name in any script (RFC 6266, RFC 8187)."""
    extension = name.rpartition(".")[2] if "." in name else ""
    plain = "".join(letter if letter.isascii() and letter.isalnum() or letter in "-_. " else "_" for letter in name)
    if not name.isascii():
        plain = f"attachment.{extension}" if extension.isascii() and extension.isalnum() else "attachment"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
