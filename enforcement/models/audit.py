"""The audit: one row a change, each bound to the one before it, never changed and never deleted."""

from __future__ import annotations

import json
from typing import Any

import peewee

from enforcement.db import database
from enforcement.models.accounts import User
from enforcement.models.fields import UTCField

#: What stands before the first entry.
GENESIS = "0" * 64


class AuditEntry(peewee.Model):
    """Who changed which facts of what, when, and from what to what."""

    #: Place in the chain: 1, 2, 3 … without a gap.
    id = peewee.BigIntegerField(primary_key=True)
    at = UTCField(index=True)
    #: The user; None for the service itself.
    actor = peewee.ForeignKeyField(User, null=True, backref="audit_entries", index=False)
    actor_id: int | None
    #: Login of the user, or the name of the job or command.
    actor_text = peewee.TextField()
    #: What was done, such as "case.record" or "token.revoke".
    action = peewee.CharField(max_length=64)
    #: What it was done to: kind and public id.
    subject_kind = peewee.CharField(max_length=32)
    subject_id = peewee.CharField(max_length=64)
    #: Canonical JSON {"fact": [before, after]}; :attr:`changed` reads it.
    changes = peewee.TextField()
    #: Hash of the entry before, and SHA-256 over it and this entry: see enforcement.audit.chain.
    previous_hash = peewee.CharField(max_length=64)
    hash = peewee.CharField(max_length=64)

    class Meta:
        database = database
        legacy_table_names = False
        table_name = "audit_entries"
        indexes = ((("subject_kind", "subject_id", "id"), False),)

    @property
    def changed(self) -> dict[str, list[Any]]:
        """The changes as {fact: [before, after]}."""
        changes: dict[str, list[Any]] = json.loads(self.changes)
        return changes


class AuditHead(peewee.Model):
    """The end of the chain, one row: writers queue on it, and a deleted last entry shows against it."""

    #: Always 1.
    id = peewee.IntegerField(primary_key=True, constraints=[peewee.Check('"id" = 1')])
    #: Place and hash of the last entry.
    seq = peewee.BigIntegerField()
    hash = peewee.CharField(max_length=64)

    class Meta:
        database = database
        legacy_table_names = False
        table_name = "audit_head"
