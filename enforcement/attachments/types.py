"""What a file is, by its content; what its name says must agree.

A file called ``照片.jpg`` that begins with ``MZ`` is a program. Browsers and people go by the name, so the name is believed
only where the first bytes say the same::

    recognise(stream, "照片.jpg")      # FileType("image/jpeg", …)
    recognise(stream, "照片.png")      # raises Invalid: the content is a JPEG picture, its name must end in .jpg or .jpeg

Office documents are zip archives: one with macros, with a password, or that unpacks to hundreds of megabytes is refused.
Nothing is unpacked here; sizes are read from the archive's directory.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO
from typing import NamedTuple

from enforcement.errors import Invalid
from rules.facts import Text

#: Bytes that are looked at.
HEAD = 64
MEGABYTE = 1024 * 1024
#: An archive's parts, and how far they may unpack together.
MOST_PARTS, MOST_UNPACKED, MOST_RATIO = 2000, 300 * MEGABYTE, 200


class FileType(NamedTuple):
    """A kind of file that is taken in: media type, extensions, and what people call it."""

    media_type: str
    extensions: tuple[str, ...]
    label: Text


PDF = FileType("application/pdf", ("pdf",), Text("PDF 文件", "a PDF document"))
PNG = FileType("image/png", ("png",), Text("PNG 图片", "a PNG picture"))
JPEG = FileType("image/jpeg", ("jpg", "jpeg"), Text("JPEG 图片", "a JPEG picture"))
TIFF = FileType("image/tiff", ("tif", "tiff"), Text("TIFF 图片", "a TIFF picture"))
WEBP = FileType("image/webp", ("webp",), Text("WebP 图片", "a WebP picture"))
MP4 = FileType("video/mp4", ("mp4", "m4v"), Text("MP4 视频", "an MP4 video"))
MOV = FileType("video/quicktime", ("mov",), Text("MOV 视频", "a QuickTime video"))
AVI = FileType("video/x-msvideo", ("avi",), Text("AVI 视频", "an AVI video"))
M4A = FileType("audio/mp4", ("m4a",), Text("M4A 录音", "an M4A recording"))
MP3 = FileType("audio/mpeg", ("mp3",), Text("MP3 录音", "an MP3 recording"))
WAV = FileType("audio/wav", ("wav",), Text("WAV 录音", "a WAV recording"))
AMR = FileType("audio/amr", ("amr",), Text("AMR 录音", "an AMR recording"))
_OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = FileType(f"{_OOXML}.wordprocessingml.document", ("docx",), Text("Word 文档", "a Word document"))
XLSX = FileType(f"{_OOXML}.spreadsheetml.sheet", ("xlsx",), Text("Excel 表格", "an Excel workbook"))
OFD = FileType("application/ofd", ("ofd",), Text("OFD 版式文件", "an OFD document"))
OLE = FileType(
    "application/x-ole-storage",
    ("doc", "xls", "wps", "et"),
    Text("旧版 Office 或 WPS 文件", "an older Office or WPS file"),
)

#: What may be uploaded, as the form lists it.
ACCEPTED: tuple[FileType, ...] = (
    PDF,
    PNG,
    JPEG,
    TIFF,
    WEBP,
    DOCX,
    XLSX,
    OFD,
    OLE,
    MP4,
    MOV,
    AVI,
    M4A,
    MP3,
    WAV,
    AMR,
)
#: First bytes, and the kind they mean.
_SIGNATURES: tuple[tuple[bytes, FileType], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
    (b"\xff\xf2", MP3),
    (b"#!AMR", AMR),
)
_RIFF = {b"WEBP": WEBP, b"AVI ": AVI, b"WAVE": WAV}
_ZIPPED = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "OFD.xml": OFD}

EMPTY = "文件是空的 / the file is empty"
NOT_ACCEPTED = "不接收这种文件；可上传 {zh} / this kind of file is not taken in; possible: {en}"
OTHER_EXTENSION = "内容是{zh}，文件名应以 {extensions} 结尾 / the content is {en}; its name must end in {extensions}"
MACROS = "文件含有宏，请另存为不含宏的文件 / the file holds macros; save it without them"
LOCKED = "文件设有密码或已损坏，无法保存 / the file has a password or is damaged"
TOO_MUCH = "文件解压后过大 / the file unpacks to too much"


def recognise(stream: BinaryIO, name: str) -> FileType:
    """Give the kind of a file by its content; raises Invalid at ``file`` when it is none or its name says another."""
    stream.seek(0)
    head = stream.read(HEAD)
    if not head:
        raise _refused(EMPTY)
    found = _by_content(head, stream)
    if found is None:
        raise _refused(NOT_ACCEPTED, zh=extensions(), en=extensions())
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    if extension not in found.extensions:
        known = "、".join(f".{item}" for item in found.extensions)
        raise _refused(OTHER_EXTENSION, zh=found.label.zh, en=found.label.en, extensions=known)
    return found


def extensions() -> str:
    """The extensions that may be uploaded, as people read them."""
    return "、".join(item for kind in ACCEPTED for item in kind.extensions)


def accept() -> str:
    """The same for the attribute ``accept`` of a field."""
    return ",".join(f".{item}" for kind in ACCEPTED for item in kind.extensions)


def _by_content(head: bytes, stream: BinaryIO) -> FileType | None:
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    for looks, read in _CONTAINERS:
        if looks(head):
            return read(head, stream)
    return None


def _riff(head: bytes, stream: BinaryIO) -> FileType | None:
    return _RIFF.get(head[8:12])


def _iso_media(head: bytes, stream: BinaryIO) -> FileType | None:
    """ISO base media: the brand tells a film from a recording."""
    return {b"qt  ": MOV, b"M4A ": M4A}.get(head[8:12], MP4)


def _zipped(head: bytes, stream: BinaryIO) -> FileType | None:
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise _refused(LOCKED) from None
    names = {part.filename for part in parts}
    found = next((kind for name, kind in _ZIPPED.items() if name in names), None)
    if found is not None:
        _check_archive(parts, names)
    return found


def _check_archive(parts: list[zipfile.ZipInfo], names: set[str]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise _refused(LOCKED)
    if any(name.rpartition("/")[2] == "vbaProject.bin" for name in names):
        raise _refused(MACROS)
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > max(10 * MEGABYTE, MOST_RATIO * packed):
        raise _refused(TOO_MUCH)


_CONTAINERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes, BinaryIO], FileType | None]], ...] = (
    (lambda head: head.startswith(b"RIFF"), _riff),
    (lambda head: head[4:8] == b"ftyp", _iso_media),
    (lambda head: head.startswith(b"PK\x03\x04"), _zipped),
)


def _refused(message: str, **fields: str) -> Invalid:
    return Invalid({"file": [message.format(**fields)]})
