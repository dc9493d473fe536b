"""What the API answers: one structure an answer, from which the JSON is written and the description made.

Moments are shown in Asia/Shanghai, people by login and name, agencies by code. Row ids never appear.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from typing import Annotated
from typing import Any

import msgspec
from msgspec import Meta
from msgspec import Struct

from enforcement.models import Case
from enforcement.models import User
from enforcement.times import SHANGHAI
from rules.explanation import Outcome

#: Facts as the store holds them, copied into the answer without being read again.
Facts = Annotated[
    msgspec.Raw,
    Meta(
        description="The recorded facts: PenaltyFacts, MeasureFacts or InspectionFacts, by kind",
        extra_json_schema={"type": "object"},
    ),
]


class Person(Struct, frozen=True):
    """A user, as others see one."""

    login: str
    name: str


class CaseSummary(Struct, frozen=True):
    """A case in a list; ``state`` is the worst among its outcomes."""

    id: str
    kind: str
    agency: str
    number: str | None
    version: int
    event_on: date | None
    state: str | None
    flagged: bool
    created_at: datetime
    updated_at: datetime
    facts: Facts


class CaseAnswer(CaseSummary, frozen=True):
    """A case with what the law says of it today."""

    outcomes: list[Outcome]


class CasePage(Struct, frozen=True):
    """A page of cases."""

    items: list[CaseSummary]
    page: int
    page_size: int
    total: int


class OutcomesAnswer(Struct, frozen=True):
    """Outcomes of a stored case on a day."""

    id: str
    kind: str
    number: str | None
    as_of: date
    outcomes: list[Outcome]


class CheckedCase(Struct, frozen=True):
    """Outcomes of a draft, of which nothing is stored."""

    number: str | None
    kind: str
    outcomes: list[Outcome]


class CaseReference(Struct, frozen=True):
    """A case as other things refer to it."""

    id: str
    kind: str
    agency: str
    number: str | None
    cause: str
    party_name: str


class ResponseItem(Struct, frozen=True):
    """What an officer answered to a finding."""

    id: str
    by: Person
    at: datetime
    text: str


class WaiverItem(Struct, frozen=True):
    """A waiver: waiting, approved or refused; an approved one counts to the end of ``last_day``."""

    id: str
    status: str
    ground: str
    document: str
    last_day: date
    proposed_by: Person
    proposed_at: datetime
    decided_by: Person | None
    decided_at: datetime | None
    refusal: str | None


class FindingItem(Struct, frozen=True):
    """What is open or wrong in a case, and what people did about it."""

    id: str
    case: CaseReference
    rule: str
    title: str
    state: str
    severity: str
    flagged: bool
    waived: bool
    due: date | datetime | None
    parameter: str | None
    opened_at: datetime
    changed_at: datetime
    responses: list[ResponseItem]
    waivers: list[WaiverItem]


class FindingPage(Struct, frozen=True):
    """A page of findings."""

    items: list[FindingItem]
    page: int
    page_size: int
    total: int


class ReviewItem(Struct, frozen=True):
    """A submission for legal review, and its answer once there is one."""

    id: str
    case: CaseReference
    status: str
    submitted_by: Person
    submitted_at: datetime
    reviewer: Person | None
    answered_at: datetime | None
    result: str | None
    opinion: str
    items: dict[str, str]


class ReviewPage(Struct, frozen=True):
    """A page of reviews."""

    items: list[ReviewItem]
    page: int
    page_size: int
    total: int


class SweepItem(Struct, frozen=True):
    """A run of a job: its slot, when it ran, and what it did."""

    job: str
    slot: str
    started_at: datetime
    finished_at: datetime | None
    attempts: int
    outcome: Any


class SweepPage(Struct, frozen=True):
    """A page of runs."""

    items: list[SweepItem]
    page: int
    page_size: int
    total: int


class AnnualTable(Struct, frozen=True):
    """The yearly figures of an agency and those below it."""

    year: int
    agency: str
    form: str
    penalties: dict[str, Any]
    coercion: dict[str, Any]
    inspections: dict[str, Any]


STRUCTS = (
    CaseAnswer,
    CasePage,
    OutcomesAnswer,
    CheckedCase,
    FindingPage,
    ReviewPage,
    SweepPage,
    AnnualTable,
)


def shanghai(moment: datetime | None) -> datetime | None:
    """A stored moment as people read it."""
    return None if moment is None else moment.astimezone(SHANGHAI)


def at(moment: datetime) -> datetime:
    """A stored moment that is always there, as people read it."""
    return moment.astimezone(SHANGHAI)


def person(user: User) -> Person:
    """A user, as others see one."""
    return Person(user.login, user.name)


def reference(case: Case) -> CaseReference:
    """A case, as other things refer to it."""
    return CaseReference(case.public_id, case.kind, case.agency.code, case.number, case.cause, case.party_name)


def summary(case: Case) -> dict[str, Any]:
    """The members that a case has in a list and by itself."""
    return {
        "id": case.public_id,
        "kind": case.kind,
        "agency": case.agency.code,
        "number": case.number,
        "version": case.version,
        "event_on": case.event_on,
        "state": case.worst_state,
        "flagged": case.flagged,
        "created_at": at(case.created_at),
        "updated_at": at(case.updated_at),
        "facts": msgspec.Raw(case.facts.encode()),
    }
