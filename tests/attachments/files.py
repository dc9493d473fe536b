"""Small real files for tests: the first bytes of each kind, and office documents as archives."""

from __future__ import annotations

import zipfile
from io import BytesIO

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e366"
    "0000000049454e44ae426082"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(40)
PROGRAM = b"MZ\x90\x00" + bytes(60)
PAGE = b"<!doctype html><script>alert(1)</script>"


def archive(*names: str, filling: bytes = b"<x/>") -> bytes:
    """A zip archive with these parts."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, filling)
    return held.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
OFD = archive("OFD.xml", "Doc_0/Document.xml")
