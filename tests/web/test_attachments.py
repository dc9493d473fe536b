"""Uploading to a case, giving out and withdrawing, as a browser without JavaScript does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from enforcement.api.context import EXTENSION
from enforcement.cases import operations
from enforcement.db import connected
from enforcement.models import Attachment
from enforcement.models import AttachmentPart
from enforcement.models import Case
from tests.attachments import files
from tests.office import PENALTY
from tests.office import Office
from tests.web.client import Client
from tests.web.client import Page

Open = Callable[[str | None], Client]


@pytest.fixture
def case(office: Office, now: datetime) -> Case:
    with connected():
        return operations.record(office.officer, "penalty", PENALTY, now)


def upload(browser: Client, case: Case, content: bytes = files.PDF, name: str = "决定书.pdf", **more: Any) -> Page:
    return browser.send(f"/cases/{case.public_id}/attachments", file=(BytesIO(content), name), **more)


def download(browser: Client, public_id: str) -> TestResponse:
    response = browser.browser.get(f"/attachments/{public_id}", **browser.options)
    response.get_data()
    response.close()
    return response


def only() -> Attachment:
    with connected():
        found: Attachment = Attachment.get()
    return found


def test_a_document_is_uploaded_and_shown_with_its_hash(web_client: Open, case: Case) -> None:
    browser = web_client("officer")
    form = browser.get(f"/cases/{case.public_id}/attachments")
    assert "最大 64 MB" in form.text and 'enctype="multipart/form-data"' in form.html
    page = upload(browser, case, note="盖章件")
    assert page.path.startswith(f"/cases/{case.public_id}")
    assert "已上传“决定书.pdf”" in page.text and "盖章件" in page.text
    assert sha256(files.PDF).hexdigest() in page.text
    assert f"/attachments/{only().public_id}" in page.links


def test_a_file_is_given_out_to_be_saved_and_can_do_nothing(web_client: Open, case: Case) -> None:
    browser = web_client("officer")
    upload(browser, case, files.JPEG + files.PAGE, name="现场 照片.jpg")
    response = download(web_client("reviewer"), only().public_id)
    assert response.get_data() == files.JPEG + files.PAGE
    assert response.mimetype == "image/jpeg"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=\"attachment.jpg\"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87.jpg"
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Length"] == str(len(response.get_data()))


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("程序.pdf", files.PROGRAM, "不接收这种文件"),
        ("页面.html", files.PAGE, "不接收这种文件"),
        ("照片.png", files.JPEG, "内容是JPEG 图片，文件名应以 .jpg、.jpeg 结尾"),
        ("空.pdf", b"", "文件是空的"),
    ],
)
def test_what_is_not_accepted_is_told_at_the_field(
    web_client: Open, case: Case, name: str, content: bytes, fault: str
) -> None:
    page = upload(web_client("officer"), case, content, name, note="说明还在")
    assert page.status == 422
    assert page.faults["file"].startswith(fault)
    assert 'value="说明还在"' in page.html
    assert Attachment.select().count() == 0


def test_a_form_without_a_file_is_told(web_client: Open, case: Case) -> None:
    page = web_client("officer").send(f"/cases/{case.public_id}/attachments", note="x")
    assert (page.status, page.faults) == (422, {"file": "请选择文件"})


def test_the_same_file_twice_is_told(web_client: Open, case: Case) -> None:
    browser = web_client("officer")
    upload(browser, case)
    page = upload(browser, case, name="再次.pdf")
    assert (page.status, page.faults) == (409, {"file": "本案已有内容相同的附件“决定书.pdf”"})


@pytest.fixture
def small(app: Flask, monkeypatch: pytest.MonkeyPatch) -> int:
    """A service that takes attachments of at most one megabyte and other bodies of at most a hundred kilobytes."""
    service = app.extensions[EXTENSION]
    limit = 1024 * 1024
    monkeypatch.setitem(
        app.extensions, EXTENSION, service._replace(settings=replace(service.settings, max_attachment_bytes=limit))
    )
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100 * 1024)
    return limit


def test_an_attachment_may_be_larger_than_other_forms_up_to_its_own_limit(
    web_client: Open, case: Case, small: int
) -> None:
    browser = web_client("officer")
    fits = files.PDF + bytes(small - len(files.PDF))
    assert upload(browser, case, fits).status == 200
    assert only().size == small
    page = upload(browser, case, fits + b"x", name="大.pdf")
    assert (page.status, page.faults) == (422, {"file": "文件超过 1 MB"})
    assert upload(browser, case, fits * 2, name="很大.pdf").status == 413
    assert Attachment.select().count() == 1


def test_a_withdrawn_file_says_why_and_is_gone(web_client: Open, case: Case) -> None:
    browser = web_client("officer")
    upload(browser, case)
    held = only()
    asked = browser.get(f"/attachments/{held.public_id}/withdraw")
    assert asked.heading == "撤回附件"
    refused = browser.send(f"/attachments/{held.public_id}/withdraw", reason=" ")
    assert (refused.status, refused.faults) == (422, {"reason": "请填写撤回理由"})
    page = browser.send(f"/attachments/{held.public_id}/withdraw", reason="上传错案件")
    assert "已撤回“决定书.pdf”" in page.text and "上传错案件" in page.text
    assert f"/attachments/{held.public_id}" not in page.links
    assert download(browser, held.public_id).status_code == 410
    assert browser.send(f"/attachments/{held.public_id}/withdraw", reason="再次").status == 409


def test_a_file_that_is_not_what_was_uploaded_is_not_given_out(web_client: Open, case: Case) -> None:
    browser = web_client("officer")
    upload(browser, case)
    with connected():
        AttachmentPart.update(content=b"%PDF-other").execute()
    assert download(browser, only().public_id).status_code == 500


def test_who_may_upload_see_and_withdraw(web_client: Open, case: Case) -> None:
    officer = web_client("officer")
    upload(officer, case)
    held = only().public_id
    form, withdrawal = f"/cases/{case.public_id}/attachments", f"/attachments/{held}/withdraw"
    seen = {}
    for person in ("colleague", "reviewer", "supervisor", "admin", "stranger"):
        browser = web_client(person)
        seen[person] = (
            browser.get(form).status,
            upload(browser, case, files.PNG, f"{person}.png").status,
            download(browser, held).status_code,
            browser.get(withdrawal).status,
            browser.send(withdrawal, reason="").status,
        )
    assert seen == {
        "colleague": (200, 200, 200, 200, 422),
        "reviewer": (403, 403, 200, 403, 403),
        "supervisor": (403, 403, 200, 403, 403),
        "admin": (403, 403, 403, 403, 403),
        "stranger": (404, 404, 404, 404, 404),
    }
    with connected():
        assert sorted(row.name for row in Attachment.select()) == ["colleague.png", "决定书.pdf"]


def test_an_upload_without_the_hidden_word_is_refused(web_client: Open, case: Case) -> None:
    assert upload(web_client("officer"), case, csrf_token="0" * 64).status == 403
    assert Attachment.select().count() == 0


def test_the_form_names_what_may_be_uploaded(web_client: Open, case: Case) -> None:
    page = web_client("officer").get(f"/cases/{case.public_id}/attachments")
    (accepted,) = re.findall(r'accept="([^"]+)"', page.html)
    assert {".pdf", ".jpg", ".docx", ".ofd", ".mp4"} <= set(accepted.split(","))
