"""A case: its facts as one text, and beside it what lists are searched and sorted by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from enforcement.models.accounts import Agency
from enforcement.models.accounts import User
from enforcement.models.base import BaseModel
from enforcement.models.base import one_of
from enforcement.models.fields import DayField
from enforcement.models.fields import PublicIdField
from enforcement.models.fields import UTCField

if TYPE_CHECKING:
    from enforcement.models.attachment import Attachment
    from enforcement.models.finding import Finding
    from enforcement.models.review import Review

KINDS = ("penalty", "measure", "inspection")


class Case(BaseModel):
    """A penalty, coercive measure or inspection of an agency."""

    public_id = PublicIdField()
    #: penalty, measure or inspection.
    kind = peewee.CharField(max_length=16)
    agency = peewee.ForeignKeyField(Agency, backref="cases", index=False)
    agency_id: int
    #: Case number 案号, unique per agency and kind; None when it has none yet.
    number = peewee.TextField(null=True)
    #: Rises by one with each change; the ETag, and the guard of every UPDATE.
    version = peewee.IntegerField(default=1)
    created_by = peewee.ForeignKeyField(User, null=True, backref="cases", index=False)
    created_by_id: int | None
    created_at = UTCField()
    updated_at = UTCField()

    #: The facts, canonical JSON: the one truth, from which everything below is taken.
    facts = peewee.TextField()

    #: Copies of facts for lists; empty when not recorded.
    cause = peewee.TextField(default="")
    field = peewee.TextField(default="")
    party_name = peewee.TextField(default="")
    party_code = peewee.TextField(default="")
    #: Certificate numbers of the handlers, separated by spaces.
    handlers = peewee.TextField(default="")
    #: Day lists go by: a penalty's decided_on or filed_on, a measure's execution, an inspection's start.
    event_on = DayField(null=True)
    decided_on = DayField(null=True)
    closed_on = DayField(null=True)
    platform_entered_on = DayField(null=True)
    #: The record holds only what was published.
    extract = peewee.BooleanField(default=False)

    #: Worst state among the outcomes; None when no rule concerned the case or it was never checked.
    worst_state = peewee.CharField(max_length=16, null=True)
    #: An outcome is overdue or violated, fatal or error, and not waived.
    flagged = peewee.BooleanField(default=False)
    #: Bigrams of what can be searched for: see enforcement.cases.search.
    grams = peewee.TextField(default="")
    attachments: peewee.ModelSelect[Attachment]
    findings: peewee.ModelSelect[Finding]
    reviews: peewee.ModelSelect[Review]

    class Meta:
        table_name = "cases"
        constraints = [one_of("kind", KINDS)]
        indexes = ((("agency", "kind", "number"), True),)


Case.add_index(Case.agency, Case.kind, Case.event_on, Case.id, name="cases_by_agency_event")
Case.add_index(Case.kind, Case.event_on, Case.id, name="cases_by_event")
Case.add_index(Case.event_on, Case.id, name="cases_by_day")
Case.add_index(Case.field, Case.event_on, Case.id, name="cases_by_field")
Case.add_index(Case.agency, Case.kind, Case.event_on, Case.id, name="cases_flagged", where=peewee.SQL('"flagged"'))
