"""The page a person begins with, by their role, and an officer's whole list of duties."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask import request
from flask.typing import ResponseReturnValue

from enforcement.api.context import now
from enforcement.api.context import today
from enforcement.models import User
from enforcement.overview import duties
from enforcement.overview import machinery
from enforcement.overview import standing
from enforcement.reviews import operations as reviewing
from enforcement.reviews import queries as reviews
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import page
from rules.rulebook import default_rulebook

blp = Blueprint("home", __name__)

#: Lines of a list on the home page: enough to begin with, the whole list is one step away.
SHORT = 10
LINES = {"overdue": SHORT, "violated": 5, "soon": SHORT, "later": 1}
#: Rules that fail are shown so many at once.
RULES = 12


@blp.get("/")
@page()
def index() -> ResponseReturnValue:
    """Show what waits for the person."""
    user = actor()
    return render(f"home/{user.role}.html", **_CONTENTS[user.role](user))


@blp.get("/duties/<which>")
@page("finding.respond")
def duty_list(which: str) -> ResponseReturnValue:
    """Show one of an officer's lists of duties, page by page."""
    number = request.args.get("page", 1, type=int)
    found = duties.duties(actor(), which, today(), max(1, number), 50)
    return render("home/duties.html", which=which, found=found, titles=_titles())


def _officer(user: User) -> dict[str, Any]:
    lists = {which: duties.duties(user, which, today(), page_size=LINES[which]) for which in duties.LISTS}
    return {
        "lists": lists,
        "days": duties.timeline(user, today()),
        "drafts": duties.drafts(user),
        "returned": duties.sent_back(user),
        "titles": _titles(),
    }


def _reviewer(user: User) -> dict[str, Any]:
    queue = reviews.queue(user, page_size=50)
    own = {review.public_id for review in queue.items if not reviewing.may_review(user, review.case, review)}
    return {"queue": queue, "own": own}


def _supervisor(user: User) -> dict[str, Any]:
    return {
        "standing": standing.standing(user, today()),
        "worst": duties.worst(user, SHORT),
        "flagged": duties.flagged_count(user),
        "queue": reviews.queue(user, page_size=SHORT),
        "titles": _titles(),
        "shown_rules": RULES,
    }


def _admin(user: User) -> dict[str, Any]:
    return {"state": machinery.machinery(user, now())}


_CONTENTS: dict[str, Callable[[User], dict[str, Any]]] = {
    "officer": _officer,
    "reviewer": _reviewer,
    "supervisor": _supervisor,
    "admin": _admin,
}


def _titles() -> dict[str, Any]:
    """What each rule asks, by its id."""
    return {rule.id: rule.newest.title for rule in default_rulebook().rules.values()}
