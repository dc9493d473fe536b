"""Breaking Chinese and English text into lines of a terminal.

Chinese may break between any two characters, but not inside ``2026-02-12``, and a line neither begins with ， nor ends with （. A
Chinese character takes two columns::

    wrapped("最后期限 2026-02-28，已过。", 14)       # ["最后期限", "2026-02-28，已", "过。"]
"""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.cells import chop_cells

_PIECE = re.compile(r"[（《“‘〔【]*(?:[\x21-\x7e]+|[^\s\x21-\x7e]|\s+)[，。；：、）》”’〕】！？]*")


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` columns."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width):
        if cell_len(line) + cell_len(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str, width: int) -> list[str]:
    """What stays together; only what is longer than a line is cut."""
    return [part for piece in _PIECE.findall(text) for part in chop_cells(piece, width)]
