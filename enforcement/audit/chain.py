"""How one entry is bound to the one before it.

The hash of an entry is SHA-256 over the hash of the entry before and its own content as canonical JSON, UTF-8. Whoever
changes, removes, adds or moves an entry would have to write every later one again::

    previous = "0" * 64
    hash = sha256(previous + '{"action":"case.record","actor":"01J…","actor_text":"li","at":"2026-02-12T01:00:00.000000+00:00",'
                  '"changes":"{…}","seq":1,"subject_id":"01J…","subject_kind":"case"}')

So anybody can check the chain from an export, with no part of this service.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

import msgspec

from enforcement.models.fields import canonical_json
from enforcement.models.fields import utc_text


class Content(msgspec.Struct, frozen=True):
    """What an entry says; ``actor`` is the public id of the user, ``changes`` the text as stored."""

    seq: int
    at: datetime
    actor: str | None
    actor_text: str
    action: str
    subject_kind: str
    subject_id: str
    changes: str


def digest(previous_hash: str, content: Content) -> str:
    """The hash of an entry that follows ``previous_hash``."""
    fields = msgspec.structs.asdict(content)
    fields["at"] = utc_text(content.at)
    return sha256((previous_hash + canonical_json(fields)).encode()).hexdigest()
