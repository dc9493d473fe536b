"""Deadlines: a month at a glance, the same as a list, and the private address for the calendar on a telephone.

An officer begins with the own cases, everybody else with all they may see. Rest days and working weekends stand in the month as
decreed; of a year that is not decreed yet the page says so.

The address of a feed holds its secret as a query, which the service never logs; it is shown once, and whoever has lost it opens
another.
"""

from __future__ import annotations

import calendar as months_of_years
from collections.abc import Mapping
from datetime import date
from datetime import timedelta
from hashlib import sha256
from typing import Any
from typing import NamedTuple

from flask import Blueprint
from flask import Response
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from enforcement import lawbook
from enforcement.accounts import lists
from enforcement.api.context import now
from enforcement.api.context import service
from enforcement.api.context import today
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.feeds import operations as feeding
from enforcement.feeds import queries as feeds
from enforcement.feeds.composing import compose
from enforcement.findings import deadlines
from enforcement.models.feed import SCOPES
from enforcement.web import asking
from enforcement.web import choosing
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import language
from enforcement.web.session import notify
from enforcement.web.session import page
from enforcement.web.session import public
from enforcement.web.views.findings import title_of
from rules.calendar import UnknownYear
from rules.calendar import add_months
from rules.facts import Text

blp = Blueprint("deadlines", __name__)

WEEKDAYS = (
    Text("周一", "Mon"),
    Text("周二", "Tue"),
    Text("周三", "Wed"),
    Text("周四", "Thu"),
    Text("周五", "Fri"),
    Text("周六", "Sat"),
    Text("周日", "Sun"),
)
SCOPE_WORDS = {"own": Text("我承办的案件", "My own cases"), "office": Text("我能看到的全部案件", "All cases I may see")}
#: First and last month that can be asked for.
FIRST, LAST = date(1949, 10, 1), date(2100, 12, 1)
_WEEKS = months_of_years.Calendar(firstweekday=0)


class Cell(NamedTuple):
    """A day in the month's picture; ``kind`` is the calendar's, None when nobody has decreed it yet."""

    day: date
    other: bool
    kind: str | None
    due: deadlines.OfDay | None


@blp.get("/deadlines")
@page("finding.read")
def month() -> str:
    """Show a month, as a picture or as a list."""
    first = min(max(FIRST, asking.month("month", today())), LAST)
    last = add_months(first, 1) - timedelta(days=1)
    whose = asking.choice("whose", ("own", "all")) or ("own" if actor().role == "officer" else "all")
    asked = deadlines.Asked(first, last, _agency(), asking.text("person"), whose == "own")
    as_list = asking.text("view") == "list"
    shown: dict[str, Any] = (
        {"found": deadlines.page(actor(), asked, page=asking.page())} if as_list else _picture(asked)
    )
    return render(
        "deadlines/list.html" if as_list else "deadlines/month.html",
        first=first,
        earlier=add_months(first, -1),
        later=add_months(first, 1),
        asked=asked,
        whose=whose,
        overdue=deadlines.count_before(actor(), asked, today()),
        choices=_choices(),
        title_of=title_of,
        **shown,
    )


@blp.get("/deadlines/feeds")
@page("finding.read")
def feed_list() -> str:
    """Show the person's calendar addresses and the form for another."""
    return _feeds({})


@blp.post("/deadlines/feeds")
@page("finding.read")
def open_feed() -> ResponseReturnValue:
    """Open an address and show it, this once."""
    try:
        _feed, secret = feeding.open_feed(actor(), request.form.get("name", ""), request.form.get("scope", ""), now())
    except Invalid as error:
        return _feeds(error.errors), 422
    except Conflict as error:
        notify("warning", error.of(language()))
        return redirect(url_for(".feed_list"), 303)
    return _feeds({}, address=url_for(".feed", key=secret, _external=True))


@blp.post("/deadlines/feeds/<public_id>/revoke")
@page("finding.read")
def revoke_feed(public_id: str) -> ResponseReturnValue:
    """Revoke one of the person's own addresses."""
    feeding.revoke_feed(actor(), public_id, now())
    notify("done", _("日历地址已撤销"))
    return redirect(url_for(".feed_list"), 303)


@blp.get("/deadlines/feed.ics")
@public
def feed() -> ResponseReturnValue:
    """Give a calendar to whoever knows its address; one that does not work looks like one that never was."""
    found = feeds.feed_of(request.args.get("key", ""), now())
    if found is None:
        raise NotFound
    text = compose(found, today(), service().settings.base_url)
    answer = Response(text, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    answer.set_etag(sha256(text.encode()).hexdigest()[:32])
    return answer.make_conditional(request)


def _agency() -> str | None:
    """The agency asked for, when the person sees it."""
    code = asking.text("agency")
    return code if code in {row.code for row in lists.agencies(actor())} else None


def _choices() -> dict[str, choosing.Choices]:
    return {
        "whose": [("own", _("我承办的")), ("all", _("全部"))],
        "agencies": choosing.any_or(choosing.agencies(lists.agencies(actor()))),
        "people": choosing.any_or(choosing.officers(lists.officers_of(actor()))),
    }


def _picture(asked: deadlines.Asked) -> dict[str, Any]:
    """The weeks of the month from Monday; days of its neighbours stand empty."""
    first = asked.first or today()
    days = deadlines.by_day(actor(), asked)
    weeks = [
        [Cell(day, day.month != first.month, _kind(day), days.get(day)) for day in week]
        for week in _WEEKS.monthdatescalendar(first.year, first.month)
    ]
    return {"weeks": weeks, "weekdays": WEEKDAYS, "known": first.year in lawbook.calendar().years}


def _kind(day: date) -> str | None:
    try:
        return lawbook.calendar().kind(day)
    except UnknownYear:
        return None


def _feeds(errors: Mapping[str, Any], address: str = "") -> str:
    return render(
        "deadlines/feeds.html",
        feeds=feeds.feeds_of(actor()),
        address=address,
        scopes=choosing.words(SCOPE_WORDS, SCOPES),
        words=SCOPE_WORDS,
        errors=errors,
        form=request.form,
    )
