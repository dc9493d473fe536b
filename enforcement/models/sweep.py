"""The ledger of scheduled work: whoever enters (job, slot) first runs it."""

from __future__ import annotations

import peewee

from enforcement.models.base import ClaimedModel
from enforcement.models.fields import JSONTextField
from enforcement.models.fields import UTCField


class SweepRun(ClaimedModel):
    """One run of a job for one slot; inserting it is the claim, and IntegrityError means that somebody else has it."""

    #: Name of the job, such as "sweep" or "digest".
    job = peewee.CharField(max_length=32)
    #: The time it was scheduled for, ISO 8601 with offset; "manual-…" for a run on demand.
    slot = peewee.CharField(max_length=64)
    started_at = UTCField()
    #: None while it runs, or after a crash.
    finished_at = UTCField(null=True)
    #: What was done, as counts; None until finished.
    outcome = JSONTextField(null=True)

    class Meta:
        table_name = "sweep_runs"
        indexes = ((("job", "slot"), True),)
