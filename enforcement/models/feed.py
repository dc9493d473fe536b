"""Private addresses at which a person's calendar reads the deadlines."""

from __future__ import annotations

import peewee

from enforcement.models.accounts import User
from enforcement.models.base import BaseModel
from enforcement.models.base import one_of
from enforcement.models.fields import PublicIdField
from enforcement.models.fields import UTCField

#: Whose deadlines a feed shows: the person's own cases, or everything the person may see.
SCOPES = ("own", "office")


class Feed(BaseModel):
    """One private address of a calendar; whoever knows the secret in it reads the deadlines, until it is revoked."""

    public_id = PublicIdField()
    user = peewee.ForeignKeyField(User, backref="feeds")
    user_id: int
    #: Where it is used, in the person's words, such as "手机".
    name = peewee.TextField()
    #: own or office.
    scope = peewee.CharField(max_length=16)
    #: SHA-256 of the secret in the address, hexadecimal; the secret itself is kept nowhere.
    hash = peewee.CharField(max_length=64, unique=True)
    created_at = UTCField()
    #: Last read by a calendar, at most once an hour; None before the first time.
    read_at = UTCField(null=True)
    #: None while it works.
    revoked_at = UTCField(null=True)

    class Meta:
        table_name = "feeds"
        constraints = [one_of("scope", SCOPES)]
