"""Taking a file into a case and withdrawing it: one transaction each, with the audit of the case.

A phone's video of a search is evidence from the moment it is uploaded. Its SHA-256 is taken while it is read, stands beside it
and in the audit, and says years later that nobody exchanged it. A file that should not be here (another party's identity card)
is withdrawn with a reason: its content goes, its name and hash stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from enforcement.attachments import queries
from enforcement.attachments.names import clean
from enforcement.attachments.types import recognise
from enforcement.audit import operations as audit
from enforcement.cases import queries as cases
from enforcement.db import operation
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.models import Attachment
from enforcement.models import AttachmentPart
from enforcement.models import Case
from enforcement.models import User

#: Bytes of one piece.
PIECE = 256 * 1024
#: Most files of a case, and longest note.
MOST_FILES = 200
LONGEST_NOTE = 200


def attach(actor: User, case_id: str, name: str, note: str, content: BinaryIO, limit: int, now: datetime) -> Attachment:
    """Take a file into a case; ``content`` can be read from its beginning, ``limit`` is in bytes.

    Raises NotFound, Invalid at ``file`` (empty, too large, of no accepted kind, its name of another) or ``note``, Conflict when
    the case holds the same content already or as many files as it may.
    """
    cleaned = clean(name)
    size, digest = _measure(content, limit)
    kind = recognise(content, cleaned)
    if len(note.strip()) > LONGEST_NOTE:
        raise Invalid({"note": [f"最多 {LONGEST_NOTE} 个字符 / at most {LONGEST_NOTE} characters"]})
    file = Attachment(
        name=cleaned, note=note.strip(), media_type=kind.media_type, size=size, sha256=digest, uploaded_at=now
    )
    return _store(actor, case_id, file, content, now)


@operation
def _store(actor: User, case_id: str, file: Attachment, content: BinaryIO, now: datetime) -> Attachment:
    case = cases.get(actor, case_id)
    _refuse_double(case, file.sha256)
    stored = Attachment.create(
        case=case,
        uploaded_by=actor,
        **{name: getattr(file, name) for name in ("name", "note", "media_type", "size", "sha256", "uploaded_at")},
    )
    for place, piece in enumerate(_pieces(content)):
        AttachmentPart.create(attachment=stored, place=place, content=piece)
    changes = {"attachment": (None, stored.name), "sha256": (None, stored.sha256), "size": (None, stored.size)}
    audit.record(actor, "attachment.add", "case", case.public_id, changes, now)
    return stored


@operation
def withdraw(actor: User, attachment_id: str, reason: str, now: datetime) -> Attachment:
    """Withdraw a file: its content is deleted; raises NotFound, Invalid without a reason, Conflict when it is gone already."""
    file = queries.get(actor, attachment_id)
    if not reason.strip():
        raise Invalid({"reason": ["请填写撤回理由 / give the reason"]})
    removed = (
        Attachment.update(removed_by=actor, removed_at=now, removal=reason.strip())
        .where(Attachment.id == file.id, Attachment.removed_at.is_null())
        .execute()
    )
    if removed != 1:
        raise Conflict("该附件已撤回", "The attachment has been withdrawn already")
    AttachmentPart.delete().where(AttachmentPart.attachment == file).execute()
    changes = {"attachment": (file.name, None), "sha256": (file.sha256, None), "reason": (None, reason.strip())}
    audit.record(actor, "attachment.withdraw", "case", file.case.public_id, changes, now)
    fresh: Attachment = Attachment.get_by_id(file.id)
    return fresh


def _refuse_double(case: Case, digest: str) -> None:
    held = Attachment.select().where(Attachment.case == case, Attachment.removed_at.is_null())
    same = held.where(Attachment.sha256 == digest).first()
    if same is not None:
        raise Conflict(
            f"本案已有内容相同的附件“{same.name}”", f"The case already holds the same content as “{same.name}”"
        )
    if held.count() >= MOST_FILES:
        raise Conflict(f"每件案件最多 {MOST_FILES} 个附件", f"A case holds {MOST_FILES} attachments at most")


def _measure(content: BinaryIO, limit: int) -> tuple[int, str]:
    """Size and SHA-256 of a file, read once; refuses it at the first byte too many."""
    digest, size = sha256(), 0
    for piece in _pieces(content):
        size += len(piece)
        if size > limit:
            raise too_large(limit)
        digest.update(piece)
    return size, digest.hexdigest()


def too_large(limit: int) -> Invalid:
    """The refusal of a file above the limit."""
    megabytes = f"{limit / 1024 / 1024:g} MB"
    return Invalid({"file": [f"文件超过 {megabytes} / the file is larger than {megabytes}"]})


def _pieces(content: BinaryIO) -> Iterator[bytes]:
    content.seek(0)
    while piece := content.read(PIECE):
        yield piece
