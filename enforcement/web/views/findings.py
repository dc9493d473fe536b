"""Findings: what is wrong or open, and what people do about it: answer, ask for a waiver, decide one as a second person.

The list opens with what calls for action now; an address with filters of its own (``/findings?rule=O-25``) shows what it
asks for. A waiver that has ended needs nobody: the daily sweep counts the finding again.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from enforcement import lawbook
from enforcement.accounts import lists
from enforcement.api.context import now
from enforcement.api.context import today
from enforcement.cases import queries as cases
from enforcement.errors import Conflict
from enforcement.errors import Forbidden
from enforcement.errors import Invalid
from enforcement.findings import operations
from enforcement.findings import queries
from enforcement.models import Finding
from enforcement.models.finding import SEVERITIES
from enforcement.models.finding import STATES
from enforcement.web import asking
from enforcement.web import choosing
from enforcement.web import labels
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import language
from enforcement.web.session import notify
from enforcement.web.session import page
from rules.catalogue import CATALOGUE
from rules.explanation import Outcome
from rules.explanation import parameter_label
from rules.facts import KINDS
from rules.rulebook import default_rulebook

blp = Blueprint("findings", __name__)

#: What the tabs choose.
SHOWS: dict[str, dict[str, Any]] = {
    "now": {"flagged": True},
    "soon": {"state": "pending", "waived": False},
    "unknown": {"state": "undetermined"},
    "asked": {"asked": True},
    "waived": {"waived": True},
    "all": {},
}


@blp.get("/findings")
@page("finding.read")
def index() -> str:
    """List open findings, the earliest last day first."""
    filters = _filters()
    show = asking.choice("show", SHOWS) or ("all" if any(value is not None for value in filters.values()) else "now")
    wanted = {**SHOWS[show], **{name: value for name, value in filters.items() if value is not None}}
    try:
        found = queries.page(actor(), **wanted, page=asking.page())
    except Invalid:
        found = queries.page(actor(), **{**wanted, "agency": None}, page=asking.page())
    waiting = queries.page(actor(), asked=True, page_size=1).total
    return render(
        "findings/index.html",
        found=found,
        show=show,
        filters=filters,
        waiting=waiting,
        title_of=title_of,
        choices=_choices(),
        parameters=_parameters() if show == "unknown" else [],
    )


@blp.get("/findings/<public_id>")
@page("finding.read")
def show(public_id: str) -> str:
    """Show a finding with its history, its answers and its waivers."""
    return _page(public_id, {})


@blp.post("/findings/<public_id>/response")
@page("finding.respond")
def respond(public_id: str) -> ResponseReturnValue:
    """Answer a finding."""
    text = request.form.get("text", "")
    return _done(public_id, lambda: operations.respond(actor(), public_id, text, now()), _("答复已保存"))


@blp.post("/findings/<public_id>/waiver")
@page("waiver.propose")
def propose(public_id: str) -> ResponseReturnValue:
    """Ask for a waiver, with a ground and a last day."""
    form = request.form

    def change() -> Any:
        last_day = _last_day(form.get("last_day", ""), form.get("ground", ""))
        document = form.get("document", "")
        return operations.propose_waiver(actor(), public_id, form.get("ground", ""), last_day, document, now())

    return _done(public_id, change, _("豁免申请已提交，等待第二人批准"))


@blp.post("/waivers/<public_id>/approve")
@page("waiver.approve")
def approve(public_id: str) -> ResponseReturnValue:
    """Approve a waiver, as a second person."""
    finding = queries.get_waiver(actor(), public_id).finding.public_id
    return _done(finding, lambda: operations.approve_waiver(actor(), public_id, now()), _("已批准豁免"))


@blp.post("/waivers/<public_id>/refuse")
@page("waiver.approve")
def refuse(public_id: str) -> ResponseReturnValue:
    """Refuse a waiver with a reason, as a second person."""
    finding = queries.get_waiver(actor(), public_id).finding.public_id
    reason = request.form.get("reason", "")
    return _done(finding, lambda: operations.refuse_waiver(actor(), public_id, reason, now()), _("已拒绝豁免申请"))


def title_of(rule: str) -> str:
    """The title of a rule; a finding may outlive its rule."""
    known = default_rulebook().rules.get(rule)
    if known is not None:
        return known.newest.title.of(language())
    return CATALOGUE[rule].title.of(language()) if rule in CATALOGUE else rule


def _filters() -> dict[str, Any]:
    rule = asking.text("rule")
    return {
        "kind": asking.choice("kind", KINDS),
        "state": asking.choice("state", STATES),
        "severity": asking.choice("severity", SEVERITIES),
        "rule": default_rulebook().aliases.get(rule, rule) if rule else None,
        "agency": asking.text("agency"),
        "parameter": asking.text("parameter"),
        "flagged": asking.flag("flagged"),
        "waived": asking.flag("waived"),
    }


def _choices() -> dict[str, choosing.Choices]:
    rules = default_rulebook().rules.values()
    return {
        "kinds": choosing.any_or(choosing.words(labels.KINDS)),
        "states": choosing.any_or(choosing.words(labels.STATES, STATES)),
        "severities": choosing.any_or(choosing.words(labels.SEVERITIES)),
        "agencies": choosing.any_or(choosing.agencies(lists.agencies(actor()))),
        "rules": choosing.any_or((rule.id, f"{rule.id} {rule.newest.title.of(language())}") for rule in rules),
    }


def _parameters() -> list[tuple[str, str, int]]:
    """Unset parameters by name, label, and the number of cases that wait on each."""
    law = lawbook.law_for(actor().agency)
    return [(name, parameter_label(law, name).of(language()), count) for name, count in queries.by_parameter(actor())]


def _last_day(text: str, ground: str) -> date:
    """The day in the form; every fault of the form is told at once."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        errors = {"last_day": ["请填写截止日 / give the last day"]}
        if not ground.strip():
            errors = {"ground": ["请填写豁免理由 / give the ground"], **errors}
        raise Invalid(errors) from None


def _done(finding: str, change: Callable[[], Any], message: str) -> ResponseReturnValue:
    """Carry out a change and show the finding again, with faults at their fields or the reason of a refusal."""
    try:
        change()
    except Invalid as error:
        return _page(finding, error.errors), 422
    except (Conflict, Forbidden) as error:
        notify("warning", error.of(language()))
    else:
        notify("done", message)
    return redirect(url_for(".show", public_id=finding), 303)


def _page(public_id: str, errors: Mapping[str, Any]) -> str:
    finding = queries.get(actor(), public_id)
    waivers = queries.waivers_of(finding)
    waiting = next((row for row in waivers if row.approved_at is None and row.refused_at is None), None)
    objection = None if waiting is None else operations.objection(actor(), waiting)
    return render(
        "findings/show.html",
        finding=finding,
        title=title_of(finding.rule),
        outcome=_outcome(finding),
        responses=queries.responses_of(finding),
        events=queries.events_of(finding),
        waivers=waivers,
        waiting=waiting,
        objection=None if objection is None else objection.of(language()),
        longest=operations.LONGEST_WAIVER,
        errors=errors,
        form=request.form,
    )


def _outcome(finding: Finding) -> Outcome | None:
    """What the rule says of the case today; None when it no longer concerns it."""
    found = cases.outcomes(finding.case, today(), language())
    return next((outcome for outcome in found if outcome.rule == finding.rule), None)
