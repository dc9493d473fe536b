"""What people do about a finding: respond, propose a waiver, approve or refuse it as a second person.

A waiver needs a ground, a last day and two people, and ends by itself: after its last day the finding counts again.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime

from enforcement.audit import operations as audit
from enforcement.db import operation
from enforcement.errors import Conflict
from enforcement.errors import Forbidden
from enforcement.errors import Invalid
from enforcement.findings import queries
from enforcement.findings.settling import settle
from enforcement.models import Case
from enforcement.models import Response
from enforcement.models import User
from enforcement.models import Waiver
from enforcement.times import day_at

__all__ = ["approve_waiver", "propose_waiver", "refuse_waiver", "respond", "settle"]

#: Longest a waiver may run, in days: whoever needs more proposes it again.
LONGEST_WAIVER = 366


@operation
def respond(actor: User, finding_id: str, text: str, now: datetime) -> Response:
    """Answer a finding in words; raises NotFound, Invalid for an empty answer."""
    finding = queries.get(actor, finding_id)
    if not text.strip():
        raise Invalid({"text": ["请填写答复 / write an answer"]})
    response = Response.create(finding=finding, by=actor, at=now, text=text.strip())
    audit.record(actor, "finding.respond", "finding", finding.public_id, {"response": (None, response.text)}, now)
    return response


@operation
def propose_waiver(actor: User, finding_id: str, ground: str, last_day: date, document: str, now: datetime) -> Waiver:
    """Propose that a finding does not count until a last day; raises NotFound, Invalid, Conflict when one waits already."""
    finding = queries.get(actor, finding_id)
    _check_waiver(ground, last_day, day_at(now))
    if finding.closed_at is not None:
        raise Conflict("该问题已消除，无需豁免", "The finding is closed; there is nothing to waive")
    open_ones = finding.waivers.where(Waiver.approved_at.is_null(), Waiver.refused_at.is_null())
    if open_ones.exists():
        raise Conflict("已有待批准的豁免申请", "A waiver of this finding is already waiting for approval")
    waiver = Waiver.create(
        finding=finding,
        ground=ground.strip(),
        document=document.strip(),
        proposed_by=actor,
        proposed_at=now,
        last_day=last_day,
    )
    changes = {"ground": (None, waiver.ground), "last_day": (None, last_day.isoformat())}
    audit.record(actor, "waiver.propose", "waiver", waiver.public_id, changes, now)
    return waiver


def _check_waiver(ground: str, last_day: date, today: date) -> None:
    errors = {}
    if not ground.strip():
        errors["ground"] = ["请填写豁免理由 / give the ground"]
    if last_day < today:
        errors["last_day"] = ["截止日已过 / the last day has passed"]
    if (last_day - today).days > LONGEST_WAIVER:
        errors["last_day"] = [f"豁免最长 {LONGEST_WAIVER} 天 / a waiver lasts {LONGEST_WAIVER} days at most"]
    if errors:
        raise Invalid(errors)


@operation
def approve_waiver(actor: User, waiver_id: str, now: datetime) -> Waiver:
    """Approve a waiver as a second person; raises NotFound, Forbidden for its proposer or the case's handlers, Conflict."""
    waiver = _open_waiver(actor, waiver_id)
    _second_person(actor, waiver)
    changed = (
        Waiver.update(approved_by=actor, approved_at=now)
        .where(Waiver.id == waiver.id, Waiver.approved_at.is_null(), Waiver.refused_at.is_null())
        .execute()
    )
    return _decided(actor, waiver, changed, "waiver.approve", now)


@operation
def refuse_waiver(actor: User, waiver_id: str, reason: str, now: datetime) -> Waiver:
    """Refuse a waiver with a reason, as a second person; raises as :func:`approve_waiver`, Invalid without a reason."""
    waiver = _open_waiver(actor, waiver_id)
    _second_person(actor, waiver)
    if not reason.strip():
        raise Invalid({"reason": ["请填写不同意的理由 / give the reason"]})
    changed = (
        Waiver.update(refused_by=actor, refused_at=now, refusal=reason.strip())
        .where(Waiver.id == waiver.id, Waiver.approved_at.is_null(), Waiver.refused_at.is_null())
        .execute()
    )
    return _decided(actor, waiver, changed, "waiver.refuse", now)


def _open_waiver(actor: User, waiver_id: str) -> Waiver:
    waiver = queries.get_waiver(actor, waiver_id)
    if waiver.approved_at is not None or waiver.refused_at is not None:
        raise _already()
    return waiver


def _already() -> Conflict:
    return Conflict("该豁免申请已处理", "The waiver has been decided already")


def objection(actor: User, waiver: Waiver) -> Forbidden | None:
    """Why a person may not decide a waiver, or None: the second person neither proposed it nor handled the case."""
    if actor.id == waiver.proposed_by_id:
        return Forbidden(
            "不能批准自己提出的豁免，须由第二人批准", "A waiver is approved by a second person, not its proposer"
        )
    if actor.officer is not None and actor.officer.number in waiver.finding.case.handlers.split():
        return Forbidden("本案承办人不能批准豁免", "A handler of the case may not decide its waiver")
    return None


def _second_person(actor: User, waiver: Waiver) -> None:
    found = objection(actor, waiver)
    if found is not None:
        raise found


def _decided(actor: User, waiver: Waiver, changed: int, action: str, now: datetime) -> Waiver:
    if changed != 1:
        raise _already()
    case = Case.get_by_id(waiver.finding.case_id)
    settle(case, day_at(now), now)
    audit.record(actor, action, "waiver", waiver.public_id, {"finding": (None, waiver.finding.public_id)}, now)
    decided: Waiver = Waiver.get_by_id(waiver.id)
    return decided
