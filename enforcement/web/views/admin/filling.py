"""Reading the forms of administration: a day, a time, a choice of agency or officer, with the fault at its field.

::

    form = Filled()
    values = {"name": form.text("name"), "valid_until": form.day("valid_until")}
    form.refuse()            # Invalid, when a day was not one
"""

from __future__ import annotations

from datetime import date

from flask import request

from enforcement.accounts import lists
from enforcement.accounts.checks import Faults
from enforcement.errors import NotFound
from enforcement.models import Agency
from enforcement.models import Officer
from enforcement.models import User

NOT_A_DAY = ("不是有效日期", "not a valid date")
NO_AGENCY = ("请选择执法机关", "choose an agency")
NO_OFFICER = ("没有这个执法证号", "no such certificate")


class Filled(Faults):
    """A form that was sent; faults are gathered until ``refuse``."""

    def text(self, name: str) -> str:
        """A text without spaces around it; empty when the field is."""
        return request.form.get(name, "").strip()

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return name in request.form

    def day(self, name: str) -> date | None:
        """A day; None for an empty field."""
        text = self.text(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.unless(False, name, *NOT_A_DAY)
            return None

    def agency(self, actor: User, name: str = "agency") -> Agency | None:
        """An agency that the actor sees, by code."""
        try:
            return lists.agency(actor, self.text(name))
        except NotFound:
            self.unless(False, name, *NO_AGENCY)
            return None

    def officer(self, actor: User, name: str = "officer") -> Officer | None:
        """An officer that the actor sees, by certificate number; None for an empty field."""
        number = self.text(name)
        if not number:
            return None
        found = next((row for row in lists.officers_of(actor) if row.number == number), None)
        self.unless(found is not None, name, *NO_OFFICER)
        return found
