"""Legal review: the queue, and the page on which a reviewer gives an opinion.

Whoever handled or submitted the case finds, instead of the form, the reason why it is not theirs to answer. What the law says
of the case stands beside the eight points, so that nobody has to open a second window.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from enforcement.api.context import now
from enforcement.api.context import today
from enforcement.attachments import queries as attachments
from enforcement.cases import queries as cases
from enforcement.errors import Conflict
from enforcement.errors import Forbidden
from enforcement.errors import Invalid
from enforcement.models import Case
from enforcement.models import Review
from enforcement.models.review import STATUSES
from enforcement.reviews import operations
from enforcement.reviews import queries
from enforcement.web import asking
from enforcement.web import labels
from enforcement.web.facts import recorded
from enforcement.web.outcomes import grouped
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import language
from enforcement.web.session import notify
from enforcement.web.session import page

blp = Blueprint("review", __name__)

#: Points and remarks are fields of the form under these names.
POINT = "point-"
REMARK = "remark-"


@blp.get("/review")
@page("review.read")
def queue() -> str:
    """Show the reviews in a status, the longest wait first."""
    status = asking.choice("status", STATUSES) or "waiting"
    found = queries.queue(actor(), status, asking.page())
    own = {row.public_id for row in found.items if operations.objection(actor(), row.case, row)}
    return render("review/queue.html", found=found, status=status, own=own, counts=queries.count(actor()))


@blp.get("/review/<public_id>")
@page("review.read")
def case(public_id: str) -> ResponseReturnValue:
    """Show a case as a reviewer needs it, with the form when it waits for this reviewer."""
    return _page(cases.get(actor(), public_id), {})


@blp.post("/review/<public_id>")
@page("review.answer")
def answer(public_id: str) -> ResponseReturnValue:
    """Give the opinion on the review that waits."""
    result, opinion = request.form.get("result", ""), request.form.get("opinion", "")
    try:
        operations.answer(actor(), public_id, result, opinion, _items(), now())
    except Invalid as error:
        return _page(cases.get(actor(), public_id), _in_words(error.errors)), 422
    except (Conflict, Forbidden) as error:
        notify("warning", error.of(language()))
        return redirect(url_for(".case", public_id=public_id), 303)
    notify("done", _("审核意见已提交"))
    return redirect(url_for(".queue"), 303)


@blp.post("/review/<public_id>/submit")
@page("review.submit")
def submit(public_id: str) -> ResponseReturnValue:
    """Submit a case for review."""
    try:
        operations.submit(actor(), public_id, now())
        notify("done", _("已送审"))
    except Conflict as error:
        notify("warning", error.of(language()))
    return redirect(url_for(".case", public_id=public_id), 303)


def _items() -> dict[str, str]:
    """The points that are ticked or have a remark, each with its remark."""
    remarks = {item: request.form.get(REMARK + item, "").strip() for item in operations.ITEMS}
    return {item: remark for item, remark in remarks.items() if remark or request.form.get(POINT + item)}


def _in_words(errors: Mapping[str, Any]) -> dict[str, Any]:
    """The faults with the words of the form in place of the codes that the operation names."""
    worded = dict(errors)
    if "result" in worded:
        worded["result"] = [_("请选择结论")]
    if "items" in worded:
        joiner = "、" if language() == "zh" else ", "
        left = [label.of(language()) for item, label in labels.REVIEW_ITEMS.items() if item not in _items()]
        worded["items"] = [_("通过须八项全部审核，尚缺：%(points)s", points=joiner.join(left))]
    return worded


def _page(found: Case, errors: Mapping[str, Any]) -> str:
    reviews = queries.of_case(found)
    waiting = next((row for row in reviews if row.status == "waiting"), None)
    return render(
        "review/case.html",
        case=found,
        reviews=reviews,
        waiting=waiting,
        objection=_objection(found, waiting),
        steps=recorded(found, language()),
        groups=grouped(cases.outcomes(found, today(), language())),
        documents=attachments.of_case(found),
        errors=errors,
        form=request.form,
    )


def _objection(found: Case, waiting: Review | None) -> str | None:
    """Why this person does not get the form, when a review waits."""
    refusal = None if waiting is None else operations.objection(actor(), found, waiting)
    return None if refusal is None else refusal.of(language())
