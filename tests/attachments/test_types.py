"""What a file is, by its content, and what its name may be."""

from __future__ import annotations

from io import BytesIO

import pytest

from enforcement.attachments import types
from enforcement.attachments.names import LONGEST
from enforcement.attachments.names import clean
from enforcement.attachments.names import disposition
from enforcement.attachments.types import recognise
from enforcement.errors import Invalid
from tests.attachments import files

KNOWN = {
    "案卷.pdf": (files.PDF, "application/pdf"),
    "照片.PNG": (files.PNG, "image/png"),
    "照片.jpeg": (files.JPEG, "image/jpeg"),
    "扫描.tif": (b"II*\x00" + bytes(60), "image/tiff"),
    "图.webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    "决定书.docx": (files.DOCX, types.DOCX.media_type),
    "清单.xlsx": (files.XLSX, types.XLSX.media_type),
    "文书.ofd": (files.OFD, "application/ofd"),
    "旧文书.wps": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "application/x-ole-storage"),
    "现场.mp4": (files.MP4, "video/mp4"),
    "现场.mov": (b"\x00\x00\x00\x14ftypqt  " + bytes(40), "video/quicktime"),
    "现场.avi": (b"RIFF\x00\x00\x00\x00AVI LIST", "video/x-msvideo"),
    "询问.m4a": (b"\x00\x00\x00\x1cftypM4A " + bytes(40), "audio/mp4"),
    "询问.mp3": (b"ID3\x04" + bytes(60), "audio/mpeg"),
    "询问.wav": (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
    "询问.amr": (b"#!AMR\n" + bytes(60), "audio/amr"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_file_is_what_its_content_says_when_its_name_agrees(name: str) -> None:
    content, media_type = KNOWN[name]
    assert recognise(BytesIO(content), name).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("照片.png", files.JPEG),
        ("照片.jpg", files.PROGRAM),
        ("页面.html", files.PAGE),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("照片", files.JPEG),
        ("文书.pdf.exe", files.PDF),
        ("文书.docx", files.XLSX),
        ("压缩.zip", files.archive("a.txt")),
        ("文书.docx", b"PK\x03\x04 not an archive"),
        ("空.pdf", b""),
    ],
)
def test_a_file_whose_name_or_content_is_another_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        recognise(BytesIO(content), name)
    assert list(refused.value.errors) == ["file"]


def test_an_office_document_with_macros_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        recognise(BytesIO(files.archive("word/document.xml", "word/vbaProject.bin")), "文书.docx")
    assert refused.value.errors == {"file": [types.MACROS]}


def test_an_office_document_that_unpacks_to_too_much_is_refused() -> None:
    bomb = files.archive("word/document.xml", filling=bytes(60 * types.MEGABYTE))
    assert len(bomb) < types.MEGABYTE
    with pytest.raises(Invalid) as refused:
        recognise(BytesIO(bomb), "文书.docx")
    assert refused.value.errors == {"file": [types.TOO_MUCH]}


def test_every_message_is_in_both_languages() -> None:
    texts = (types.EMPTY, types.NOT_ACCEPTED, types.OTHER_EXTENSION, types.MACROS, types.LOCKED, types.TOO_MUCH)
    assert [text for text in texts if text.count(" / ") != 1] == []


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("C:\\案卷\\现场照片.jpg", "现场照片.jpg"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("照片\u202egpj.exe", "照片gpj.exe"),
        ("两\n行\x00.pdf", "两行.pdf"),
        (" 决定书　（盖章）.pdf ", "决定书（盖章）.pdf"),
        ("", "附件"),
        (".pdf", "附件.pdf"),
        ("无扩展名", "无扩展名"),
    ],
)
def test_a_name_keeps_what_can_be_shown(raw: str, name: str) -> None:
    assert clean(raw) == name


def test_a_long_name_keeps_its_extension() -> None:
    name = clean("长" * 500 + ".pdf")
    assert (len(name), name[-4:]) == (LONGEST, ".pdf")


def test_a_name_in_chinese_is_given_out_in_both_forms() -> None:
    assert disposition("决定书.pdf") == (
        "attachment; filename=\"attachment.pdf\"; filename*=UTF-8''%E5%86%B3%E5%AE%9A%E4%B9%A6.pdf"
    )
    assert disposition('a"b.pdf') == "attachment; filename=\"a_b.pdf\"; filename*=UTF-8''a%22b.pdf"
