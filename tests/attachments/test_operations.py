"""Taking files into a case and withdrawing them, on both engines."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest

from enforcement.attachments import operations
from enforcement.attachments import queries
from enforcement.audit.queries import entries_for
from enforcement.audit.queries import verify
from enforcement.cases import operations as cases
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.errors import NotFound
from enforcement.models import Attachment
from enforcement.models import AttachmentPart
from enforcement.models import Case
from tests.attachments import files
from tests.office import PENALTY
from tests.office import Office

LIMIT = 1024 * 1024


@pytest.fixture
def case(office: Office, now: datetime) -> Case:
    return cases.record(office.officer, "penalty", PENALTY, now)


def attach(office: Office, case: Case, now: datetime, content: bytes = files.PDF, **more: Any) -> Attachment:
    options = {"actor": office.officer, "name": "决定书.pdf", "note": "", "limit": LIMIT, **more}
    return operations.attach(case_id=case.public_id, content=BytesIO(content), now=now, **options)


def test_a_file_comes_back_as_it_was_with_its_hash(office: Office, case: Case, now: datetime) -> None:
    content = files.MP4 + bytes(range(256)) * 3000
    held = attach(office, case, now, content, name="现场.mp4", note=" 现场录像 ")
    assert b"".join(queries.content(held)) == content
    assert (held.sha256, held.size, held.note) == (sha256(content).hexdigest(), len(content), "现场录像")
    assert (held.media_type, AttachmentPart.select().count()) == ("video/mp4", 3)
    assert queries.is_intact(held)


def test_a_changed_piece_shows(office: Office, case: Case, now: datetime) -> None:
    held = attach(office, case, now)
    AttachmentPart.update(content=files.PDF.replace(b"1.7", b"1.4")).where(AttachmentPart.attachment == held).execute()
    assert not queries.is_intact(held)


def test_the_audit_of_the_case_names_the_file_and_its_hash(office: Office, case: Case, now: datetime) -> None:
    held = attach(office, case, now)
    operations.withdraw(office.colleague, held.public_id, "传错案件", now)
    actions = [(entry.action, entry.actor_text) for entry in entries_for("case", case.public_id)]
    assert actions[1:] == [("attachment.add", "officer"), ("attachment.withdraw", "colleague")]
    added, withdrawn = entries_for("case", case.public_id)[1:]
    assert added.changed["sha256"] == [None, held.sha256]
    assert withdrawn.changed["reason"] == [None, "传错案件"]
    assert verify() == []


def test_a_withdrawn_file_keeps_its_name_and_hash_and_loses_its_content(
    office: Office, case: Case, now: datetime
) -> None:
    held = attach(office, case, now)
    gone = operations.withdraw(office.officer, held.public_id, "重复", now)
    assert (gone.name, gone.sha256, gone.removal) == (held.name, held.sha256, "重复")
    assert b"".join(queries.content(gone)) == b""
    with pytest.raises(Conflict):
        operations.withdraw(office.officer, held.public_id, "再次", now)
    again = attach(office, case, now)
    assert [row.public_id for row in queries.of_case(case)] == [held.public_id, again.public_id]


def test_withdrawing_needs_a_reason(office: Office, case: Case, now: datetime) -> None:
    held = attach(office, case, now)
    with pytest.raises(Invalid) as refused:
        operations.withdraw(office.officer, held.public_id, "  ", now)
    assert list(refused.value.errors) == ["reason"]
    assert queries.is_intact(held)


def test_the_same_content_twice_is_refused(office: Office, case: Case, now: datetime) -> None:
    attach(office, case, now)
    with pytest.raises(Conflict):
        attach(office, case, now, name="另一个名字.pdf")
    assert Attachment.select().count() == 1


def test_a_file_above_the_limit_leaves_nothing(office: Office, case: Case, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        attach(office, case, now, files.PDF + bytes(LIMIT), limit=LIMIT)
    assert refused.value.errors == {"file": ["文件超过 1 MB / the file is larger than 1 MB"]}
    assert (Attachment.select().count(), AttachmentPart.select().count()) == (0, 0)


def test_a_file_of_a_foreign_case_does_not_exist(office: Office, case: Case, now: datetime) -> None:
    held = attach(office, case, now)
    with pytest.raises(NotFound):
        queries.get(office.stranger, held.public_id)
    with pytest.raises(NotFound):
        attach(office, case, now, files.PNG, actor=office.stranger, name="图.png")
    with pytest.raises(NotFound):
        operations.withdraw(office.stranger, held.public_id, "x", now)
    assert queries.get(office.supervisor, held.public_id).id == held.id
