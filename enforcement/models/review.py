"""Legal review 法制审核 of a case: who submitted it, who answered, and what was said to each point."""

from __future__ import annotations

import peewee

from enforcement.models.accounts import User
from enforcement.models.base import BaseModel
from enforcement.models.base import one_of
from enforcement.models.case import Case
from enforcement.models.fields import JSONTextField
from enforcement.models.fields import PublicIdField
from enforcement.models.fields import UTCField

STATUSES = ("waiting", "answered", "withdrawn")
RESULTS = ("passed", "correct", "supplement", "transfer")


class Review(BaseModel):
    """One submission for review and its answer; the reviewer is neither handler nor submitter."""

    public_id = PublicIdField()
    case = peewee.ForeignKeyField(Case, backref="reviews")
    case_id: int
    submitted_by = peewee.ForeignKeyField(User, backref="reviews_submitted", index=False)
    submitted_by_id: int
    submitted_at = UTCField()
    #: waiting, answered or withdrawn.
    status = peewee.CharField(max_length=16, default="waiting")
    reviewer = peewee.ForeignKeyField(User, null=True, backref="reviews_answered", index=False)
    reviewer_id: int | None
    answered_at = UTCField(null=True)
    #: passed, correct, supplement or transfer; None until answered.
    result = peewee.CharField(max_length=16, null=True)
    opinion = peewee.TextField(default="")
    #: The eight points answered: {"subject": remark, … "crime": remark}.
    items = JSONTextField(default=dict)

    class Meta:
        table_name = "reviews"
        constraints = [
            one_of("status", STATUSES),
            one_of("result", RESULTS),
            peewee.Check('"reviewer_id" IS NULL OR "reviewer_id" <> "submitted_by_id"'),
        ]
        indexes = ((("status", "submitted_at"), False),)
