"""Agencies, their officers, and the people and programs that sign in."""

from __future__ import annotations

import peewee

from enforcement.models.base import BaseModel
from enforcement.models.base import one_of
from enforcement.models.fields import DayField
from enforcement.models.fields import PublicIdField
from enforcement.models.fields import UTCField

LEVELS = ("subdistrict", "township", "district", "city", "other")
ROLES = ("officer", "reviewer", "supervisor", "admin")
LANGUAGES = ("zh", "en")


class Agency(BaseModel):
    """An enforcement agency 执法机关, in a tree: whoever works in one sees it and what is below."""

    #: Code used in every case and file, such as "SHC".
    code = peewee.CharField(max_length=64, unique=True)
    #: Names in Chinese and English.
    name_zh = peewee.TextField()
    name_en = peewee.TextField(default="")
    #: The agency above; None at the top.
    parent = peewee.ForeignKeyField("self", null=True, backref="children")
    parent_id: int | None
    #: Level, which decides what the law lets it do.
    level = peewee.CharField(max_length=16, default="subdistrict")
    #: Codes from the top down to its own, each between slashes: "/TJ/BC/SHC/".
    path = peewee.TextField(unique=True)
    #: When it was entered.
    created_at = UTCField()

    class Meta:
        table_name = "agencies"
        constraints = [one_of("level", LEVELS)]


class Officer(BaseModel):
    """An officer in the register, by enforcement certificate 执法证."""

    public_id = PublicIdField()
    #: The agency that registered the officer.
    agency = peewee.ForeignKeyField(Agency, backref="officers")
    agency_id: int
    #: Number of the certificate 执法证号.
    number = peewee.CharField(max_length=64, unique=True)
    name = peewee.TextField()
    #: First and last day of the certificate; None is no limit.
    valid_from = DayField(null=True)
    valid_until = DayField(null=True)
    #: Auxiliary staff 辅助人员, who may not enforce.
    auxiliary = peewee.BooleanField(default=False)
    #: Holds the legal-profession qualification 法律职业资格.
    legal_qualification = peewee.BooleanField(default=False)
    #: First day of doing legal review 初次从事法制审核.
    first_reviewed_on = DayField(null=True)
    #: False once the officer has left; the certificate's history stays.
    active = peewee.BooleanField(default=True)

    class Meta:
        table_name = "officers"


class User(BaseModel):
    """Somebody who signs in, with one role and the agency that bounds what they see."""

    public_id = PublicIdField()
    #: Sign-in name, in lower case.
    login = peewee.CharField(max_length=64, unique=True)
    name = peewee.TextField()
    #: Where mail goes; empty when none is wanted.
    email = peewee.TextField(default="")
    #: officer, reviewer, supervisor or admin.
    role = peewee.CharField(max_length=16)
    #: The user sees this agency and those below it.
    agency = peewee.ForeignKeyField(Agency, backref="users")
    agency_id: int
    #: The officer that the user is, when in the register.
    officer = peewee.ForeignKeyField(Officer, null=True, backref="users")
    officer_id: int | None
    #: Language of pages and mail: zh or en.
    language = peewee.CharField(max_length=8, default="zh")
    #: argon2 hash; None when the user cannot sign in by password.
    password_hash = peewee.TextField(null=True)
    #: False once the account is closed; it is never deleted.
    active = peewee.BooleanField(default=True)
    created_at = UTCField()

    class Meta:
        table_name = "users"
        constraints = [one_of("role", ROLES), one_of("language", LANGUAGES)]


class Token(BaseModel):
    """A secret for programs, of which only the hash is kept."""

    public_id = PublicIdField()
    #: Whose rights it carries.
    user = peewee.ForeignKeyField(User, backref="tokens")
    user_id: int
    #: What it is for, in the owner's words.
    name = peewee.TextField()
    #: SHA-256 of the secret, hexadecimal.
    hash = peewee.CharField(max_length=64, unique=True)
    #: First characters of the secret, to tell tokens apart.
    prefix = peewee.CharField(max_length=16)
    #: Words that narrow its rights, separated by spaces; empty is all of the user's.
    scopes = peewee.TextField(default="")
    created_at = UTCField()
    #: None is no end.
    expires_at = UTCField(null=True)
    #: At most once a minute.
    last_used_at = UTCField(null=True)
    revoked_at = UTCField(null=True)

    class Meta:
        table_name = "tokens"
