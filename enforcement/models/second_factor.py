"""The second factor of a person, what stands in for it once, and sign-ins that wait for it."""

from __future__ import annotations

import peewee

from enforcement.models.accounts import User
from enforcement.models.base import BaseModel
from enforcement.models.fields import UTCField


class SecondFactor(BaseModel):
    """A secret shared with the person's authenticator; it counts once a code made with it has been shown."""

    user = peewee.ForeignKeyField(User, unique=True, backref="second_factors")
    user_id: int
    #: The secret in base 32; it must be known to make the code to compare with.
    secret = peewee.CharField(max_length=32)
    created_at = UTCField()
    #: None while it waits for its first code.
    confirmed_at = UTCField(null=True)
    #: Time step of the code accepted last: half minutes since 1970. This one and those before are refused.
    last_step = peewee.IntegerField(default=0)

    class Meta:
        table_name = "second_factors"


class RecoveryCode(BaseModel):
    """A code for when the authenticator is lost; using it deletes the row."""

    factor = peewee.ForeignKeyField(SecondFactor, backref="recovery_codes")
    factor_id: int
    #: SHA-256 of the code's 120 random bits, hexadecimal; the code itself is kept nowhere.
    hash = peewee.CharField(max_length=64, unique=True)

    class Meta:
        table_name = "recovery_codes"


class PendingSignIn(BaseModel):
    """Somebody at a browser has shown a password and has yet to show a code."""

    user = peewee.ForeignKeyField(User, backref="pending_sign_ins")
    user_id: int
    #: SHA-256 of the browser's token, hexadecimal; the token itself is kept nowhere.
    hash = peewee.CharField(max_length=64, unique=True)
    created_at = UTCField()
    #: Five minutes later.
    expires_at = UTCField()

    class Meta:
        table_name = "pending_sign_ins"
