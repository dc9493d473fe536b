"""The office's own law values: dated parameters and entries of its review catalogue, laid over the profile's."""

from __future__ import annotations

import peewee

from enforcement.models.accounts import Agency
from enforcement.models.accounts import User
from enforcement.models.base import BaseModel
from enforcement.models.fields import DayField
from enforcement.models.fields import JSONTextField
from enforcement.models.fields import PublicIdField
from enforcement.models.fields import UTCField


class ParameterValue(BaseModel):
    """A dated value of a parameter, for an agency and those below it, or for all."""

    public_id = PublicIdField()
    #: None is every agency.
    agency = peewee.ForeignKeyField(Agency, null=True, backref="parameter_values", index=False)
    agency_id: int | None
    #: Name of the parameter in the profile.
    name = peewee.CharField(max_length=64)
    #: The value as the profile's YAML would write it: number, text, or list; amounts as decimal text.
    value = JSONTextField()
    #: First and last day (columns from_day and until_day); None is until further notice.
    from_ = DayField(column_name="from_day")
    until = DayField(null=True, column_name="until_day")
    #: Norm and article, or document, that says so.
    source = peewee.TextField()
    #: Somebody has read it in the norm itself, and when somebody last looked.
    confirmed = peewee.BooleanField(default=False)
    checked_on = DayField(null=True)
    entered_by = peewee.ForeignKeyField(User, null=True, index=False)
    entered_by_id: int | None
    entered_at = UTCField()

    class Meta:
        table_name = "parameter_values"
        indexes = ((("name", "agency"), False),)


class CatalogueEntry(BaseModel):
    """A dated entry of the review catalogue 重大执法决定法制审核目录 of an agency and those below it."""

    public_id = PublicIdField()
    agency = peewee.ForeignKeyField(Agency, backref="catalogue_entries", index=False)
    agency_id: int
    #: Code of the entry, which outcomes name.
    code = peewee.CharField(max_length=64)
    #: The whole entry as rules.law.Entry writes itself.
    entry = JSONTextField()
    #: First and last day (columns from_day and until_day); None is until further notice.
    from_ = DayField(column_name="from_day")
    until = DayField(null=True, column_name="until_day")
    entered_by = peewee.ForeignKeyField(User, null=True, index=False)
    entered_by_id: int | None
    entered_at = UTCField()

    class Meta:
        table_name = "catalogue_entries"
        indexes = ((("agency", "code", "from_"), True),)
