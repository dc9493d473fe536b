"""Reading the files of a case, and telling that one is still what was uploaded."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from enforcement.accounts.queries import visible_agencies
from enforcement.db import connected
from enforcement.errors import NotFound
from enforcement.models import Agency
from enforcement.models import Attachment
from enforcement.models import AttachmentPart
from enforcement.models import Case
from enforcement.models import User


def of_case(case: Case) -> list[Attachment]:
    """Every file of a case, oldest first, withdrawn ones too, each with who uploaded it."""
    query = Attachment.select(Attachment, User).join(User, on=(Attachment.uploaded_by == User.id))
    return list(query.where(Attachment.case == case).order_by(Attachment.uploaded_at, Attachment.id))


def get(actor: User, public_id: str) -> Attachment:
    """Give a file with its case; raises NotFound for one the actor may not see."""
    found: Attachment | None = (
        Attachment.select(Attachment, Case, Agency)
        .join(Case)
        .join(Agency)
        .where(Attachment.public_id == public_id, visible_agencies(actor))
        .first()
    )
    if found is None:
        raise NotFound("没有这个附件", "No such attachment")
    return found


def content(file: Attachment) -> Iterator[bytes]:
    """Give the content piece by piece, holding a connection for as long as it is read."""
    with connected():
        place = 0
        while (piece := _piece(file, place)) is not None:
            yield piece
            place += 1


def is_intact(file: Attachment) -> bool:
    """Tell whether the stored content still has the size and hash it was taken in with."""
    digest, size = sha256(), 0
    for piece in content(file):
        digest.update(piece)
        size += len(piece)
    return (size, digest.hexdigest()) == (file.size, file.sha256)


def _piece(file: Attachment, place: int) -> bytes | None:
    part = AttachmentPart.get_or_none(AttachmentPart.attachment == file, AttachmentPart.place == place)
    return None if part is None else bytes(part.content)
