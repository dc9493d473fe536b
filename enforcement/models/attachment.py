"""Documents, photos and recordings of a case, in pieces that no reader has to hold all at once."""

from __future__ import annotations

import peewee

from enforcement.models.accounts import User
from enforcement.models.base import BaseModel
from enforcement.models.case import Case
from enforcement.models.fields import PublicIdField
from enforcement.models.fields import UTCField


class Attachment(BaseModel):
    """A file of a case; once withdrawn, its name, size and hash stay and its content is gone."""

    public_id = PublicIdField()
    case = peewee.ForeignKeyField(Case, backref="attachments")
    case_id: int
    #: Name it is given out under, with its extension; without path and control characters.
    name = peewee.TextField()
    #: What it is, in the uploader's words.
    note = peewee.TextField(default="")
    #: By its content, never by what the browser said.
    media_type = peewee.TextField()
    #: Bytes.
    size = peewee.IntegerField()
    #: SHA-256 of the content, hexadecimal.
    sha256 = peewee.CharField(max_length=64)
    uploaded_by = peewee.ForeignKeyField(User, backref="attachments", index=False)
    uploaded_by_id: int
    uploaded_at = UTCField()
    #: Who withdrew it, when and why; None and empty while it is there.
    removed_by = peewee.ForeignKeyField(User, null=True, backref="attachments_removed", index=False)
    removed_by_id: int | None
    removed_at = UTCField(null=True)
    removal = peewee.TextField(default="")
    parts: peewee.ModelSelect[AttachmentPart]

    class Meta:
        table_name = "attachments"


class AttachmentPart(BaseModel):
    """A piece of an attachment's content."""

    attachment = peewee.ForeignKeyField(Attachment, backref="parts", index=False)
    attachment_id: int
    #: Place among the pieces: 0, 1, 2 …
    place = peewee.IntegerField()
    content = peewee.BlobField()

    class Meta:
        table_name = "attachment_parts"
        indexes = ((("attachment", "place"), True),)
