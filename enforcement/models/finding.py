"""What is open or wrong in a case, and what people did about it."""

from __future__ import annotations

import peewee

from enforcement.models.accounts import Agency
from enforcement.models.accounts import User
from enforcement.models.base import BaseModel
from enforcement.models.base import one_of
from enforcement.models.case import KINDS
from enforcement.models.case import Case
from enforcement.models.fields import DayField
from enforcement.models.fields import PublicIdField
from enforcement.models.fields import UTCField

#: States that are kept; a satisfied outcome closes its finding.
STATES = ("late", "pending", "overdue", "violated", "undetermined")
SEVERITIES = ("fatal", "error", "warning", "info")


class Finding(BaseModel):
    """One rule's outcome on one case, kept from the day it is not simply satisfied."""

    public_id = PublicIdField()
    case = peewee.ForeignKeyField(Case, backref="findings", index=False)
    case_id: int
    #: Copied from the case, so that lists and the sweep need no join.
    agency = peewee.ForeignKeyField(Agency, backref="findings", index=False)
    agency_id: int
    kind = peewee.CharField(max_length=16)
    #: Id of the rule in the catalogue.
    rule = peewee.CharField(max_length=16)
    #: late, pending, overdue, violated or undetermined; the last one it had once closed.
    state = peewee.CharField(max_length=16)
    severity = peewee.CharField(max_length=16)
    #: Last day of the duty, and its last moment when it is counted in hours; None when there is no last day yet.
    due = DayField(null=True)
    due_at = UTCField(null=True)
    #: Name of the parameter without which there is no answer; None otherwise.
    parameter = peewee.TextField(null=True)
    opened_at = UTCField()
    #: When the state last changed.
    changed_at = UTCField()
    #: None while open.
    closed_at = UTCField(null=True)
    #: A waiver is approved and in force.
    waived = peewee.BooleanField(default=False)
    events: peewee.ModelSelect[FindingEvent]
    responses: peewee.ModelSelect[Response]
    waivers: peewee.ModelSelect[Waiver]

    class Meta:
        table_name = "findings"
        constraints = [one_of("kind", KINDS), one_of("state", STATES), one_of("severity", SEVERITIES)]
        indexes = ((("case", "rule"), True),)


Finding.add_index(
    Finding.due, Finding.id, name="findings_pending", where=peewee.SQL('"state" = \'pending\' AND "closed_at" IS NULL')
)
Finding.add_index(
    Finding.agency,
    Finding.state,
    Finding.severity,
    Finding.rule,
    name="findings_open",
    where=peewee.SQL('"closed_at" IS NULL'),
)
Finding.add_index(
    Finding.parameter, name="findings_parameter", where=peewee.SQL('"parameter" IS NOT NULL AND "closed_at" IS NULL')
)


class FindingEvent(BaseModel):
    """A finding opened, changed, closed or opened again."""

    finding = peewee.ForeignKeyField(Finding, backref="events")
    finding_id: int
    #: When it was noticed, and the day it was judged for.
    at = UTCField(index=True)
    day = DayField()
    #: None is "not there": before the first opening, and after a closing.
    from_state = peewee.CharField(max_length=16, null=True)
    to_state = peewee.CharField(max_length=16, null=True)

    class Meta:
        table_name = "finding_events"


class Response(BaseModel):
    """What an officer answered to a finding."""

    public_id = PublicIdField()
    finding = peewee.ForeignKeyField(Finding, backref="responses")
    finding_id: int
    by = peewee.ForeignKeyField(User, backref="responses", index=False)
    by_id: int
    at = UTCField()
    text = peewee.TextField()

    class Meta:
        table_name = "responses"


class Waiver(BaseModel):
    """A ground for which a finding does not count until a last day, proposed by one person and approved by another."""

    public_id = PublicIdField()
    finding = peewee.ForeignKeyField(Finding, backref="waivers")
    finding_id: int
    #: Why, and the document that says so.
    ground = peewee.TextField()
    document = peewee.TextField(default="")
    proposed_by = peewee.ForeignKeyField(User, backref="waivers_proposed", index=False)
    proposed_by_id: int
    proposed_at = UTCField()
    #: Approved, refused (with the reason), or neither: still waiting.
    approved_by = peewee.ForeignKeyField(User, null=True, backref="waivers_approved", index=False)
    approved_by_id: int | None
    approved_at = UTCField(null=True)
    refused_by = peewee.ForeignKeyField(User, null=True, backref="waivers_refused", index=False)
    refused_by_id: int | None
    refused_at = UTCField(null=True)
    refusal = peewee.TextField(default="")
    #: It counts to the end of this day; there is no waiver without an end.
    last_day = DayField(index=True)

    class Meta:
        table_name = "waivers"
        constraints = [
            peewee.Check('"approved_by_id" IS NULL OR "approved_by_id" <> "proposed_by_id"'),
            peewee.Check('"approved_at" IS NULL OR "refused_at" IS NULL'),
        ]
