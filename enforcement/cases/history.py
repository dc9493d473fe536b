"""What was done to a case and how it stood before: read back from the audit.

Two officers open the same case at version 3. One saves, and it becomes version 4. When the other one saves, it is asked what each
of them changed: the facts at version 3 are the facts now with the newer entries of the audit taken back::

    facts_at(case, 3)       # the facts as they were at version 3
"""

from __future__ import annotations

from typing import Any
from typing import NamedTuple

from enforcement.cases.projection import decode
from enforcement.cases.projection import plain
from enforcement.models import AuditEntry
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import Response
from enforcement.models import Review
from enforcement.models import User
from enforcement.models import Waiver


class Reaction(NamedTuple):
    """A finding with what people did about it, oldest first."""

    finding: Finding
    responses: list[Response]
    waivers: list[Waiver]


#: The one kind of entry that raises a case's version.
CHANGE = "case.change"


def facts_at(case: Case, version: int) -> dict[str, Any]:
    """Give the facts of a case at an earlier version; those of now for a version that is not earlier."""
    facts = plain(decode(case.kind, case.facts))
    changes = list(_entries(case).where(AuditEntry.action == CHANGE).order_by(AuditEntry.id))
    for entry in reversed(changes[max(version, 1) - 1 :]):
        for name, (before, _) in entry.changed.items():
            facts[name] = before
    return {name: value for name, value in facts.items() if value is not None}


def trail(case: Case) -> list[AuditEntry]:
    """What was done to a case, its reviews, findings and waivers, oldest first, each with its actor."""
    findings = Finding.select(Finding.id).where(Finding.case == case)
    subjects = {
        "review": Review.select(Review.public_id).where(Review.case == case),
        "finding": Finding.select(Finding.public_id).where(Finding.case == case),
        "waiver": Waiver.select(Waiver.public_id).where(Waiver.finding.in_(findings)),
    }
    about = (AuditEntry.subject_kind == "case") & (AuditEntry.subject_id == case.public_id)
    for kind, ids in subjects.items():
        about |= (AuditEntry.subject_kind == kind) & AuditEntry.subject_id.in_(ids)
    query = AuditEntry.select(AuditEntry, User).left_outer_join(User).where(about)
    return list(query.order_by(AuditEntry.id))


def reactions(case: Case) -> dict[str, Reaction]:
    """The findings of a case by rule, those that are closed too, each with its responses and waivers."""
    findings = list(Finding.select().where(Finding.case == case))
    ids = [finding.id for finding in findings]
    responses = Response.select(Response, User).join(User, on=(Response.by == User.id))
    answered = list(responses.where(Response.finding.in_(ids)).order_by(Response.at, Response.id))
    waivers = list(Waiver.select().where(Waiver.finding.in_(ids)).order_by(Waiver.proposed_at, Waiver.id))
    return {
        finding.rule: Reaction(
            finding,
            [item for item in answered if item.finding_id == finding.id],
            [item for item in waivers if item.finding_id == finding.id],
        )
        for finding in findings
    }


def _entries(case: Case) -> Any:
    return AuditEntry.select().where(AuditEntry.subject_kind == "case", AuditEntry.subject_id == case.public_id)
