"""Who is signed in at which browser, and how often somebody has lately tried to."""

from __future__ import annotations

import peewee

from enforcement.models.accounts import User
from enforcement.models.base import BaseModel
from enforcement.models.fields import JSONTextField
from enforcement.models.fields import PublicIdField
from enforcement.models.fields import UTCField


class Session(BaseModel):
    """One sign-in of a person at a browser; ending it deletes the row, and the browser is a stranger again."""

    public_id = PublicIdField()
    user = peewee.ForeignKeyField(User, backref="sessions")
    user_id: int
    #: SHA-256 of the cookie's token, hexadecimal; the token itself is kept nowhere.
    hash = peewee.CharField(max_length=64, unique=True)
    created_at = UTCField()
    #: Last request, at most once a minute; two hours later the session is over.
    seen_at = UTCField()
    #: The end whatever happens, twelve hours after signing in.
    expires_at = UTCField()
    #: Where the sign-in came from, and the browser's name for itself.
    address = peewee.TextField(default="")
    agent = peewee.TextField(default="")
    #: What the next page is to say: [[kind, text], …].
    notices = JSONTextField(default=list)

    class Meta:
        table_name = "sessions"


class SignInCounter(BaseModel):
    """Attempts to sign in to one account, or from one address, since a moment."""

    #: SHA-256 of "account:…" or "address:…": whatever somebody typed as a name is not kept.
    key = peewee.CharField(max_length=64, unique=True)
    attempts = peewee.IntegerField()
    since = UTCField(index=True)

    class Meta:
        table_name = "sign_in_counters"
