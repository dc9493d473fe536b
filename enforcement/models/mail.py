"""The outbox: a mail is entered in the transaction that makes it due, and sent by whoever claims it."""

from __future__ import annotations

import peewee

from enforcement.models.accounts import User
from enforcement.models.base import ClaimedModel
from enforcement.models.fields import PublicIdField
from enforcement.models.fields import UTCField


class Mail(ClaimedModel):
    """One mail of one kind to one user for one slot; its words are made at sending."""

    public_id = PublicIdField()
    user = peewee.ForeignKeyField(User, backref="mails", index=False)
    user_id: int
    #: Which mail it is, such as "digest" or "summary".
    kind = peewee.CharField(max_length=32)
    #: The slot of the run that made it due.
    slot = peewee.CharField(max_length=64)
    to_address = peewee.TextField()
    #: zh or en, as the user wanted it then.
    language = peewee.CharField(max_length=8)
    created_at = UTCField()
    #: Not tried before this moment.
    next_attempt_at = UTCField()
    #: None until the server took it.
    sent_at = UTCField(null=True)
    #: Why the last attempt failed.
    error = peewee.TextField(null=True)
    #: The Message-ID header, the same on each attempt.
    message_id = peewee.TextField(unique=True)
    #: As sent.
    subject = peewee.TextField(null=True)

    class Meta:
        table_name = "mails"
        indexes = ((("user", "kind", "slot"), True),)


Mail.add_index(Mail.next_attempt_at, name="mails_unsent", where=peewee.SQL('"sent_at" IS NULL'))
