"""What all models share: the one database, a row id that never leaves the service, and saving only what changed."""

from __future__ import annotations

from collections.abc import Iterable

import peewee

from enforcement.db import database
from enforcement.models.fields import UTCField


def one_of(column: str, values: Iterable[str]) -> peewee.SQL:
    """Make the check that a text column holds one of these words."""
    return peewee.SQL(f'CHECK ("{column}" IN ({", ".join(repr(value) for value in values)}))')


class BaseModel(peewee.Model):
    """A row with an internal id; what is shown outside is ``public_id``."""

    #: Row id, internal: 64 bits on every engine, and never a JSON number.
    id = peewee.BigAutoField()

    class Meta:
        database = database
        legacy_table_names = False
        only_save_dirty = True


class ClaimedModel(BaseModel):
    """A row that one of many processes claims for a while by conditional UPDATE."""

    #: Process that holds the claim, as host:pid:random; None when nobody ever did.
    claimed_by = peewee.TextField(null=True)
    #: End of the claim by the database's clock; later than that anybody may claim it again.
    claimed_until = UTCField(null=True)
    #: How often it was claimed.
    attempts = peewee.IntegerField(default=0)
