"""Making the demo: a book with an office, its example cases and the published records, the day after all was recorded.

Everything goes the way it goes in a real office: through the schema, the operations of the API, the sweep, the mails. The
cases are recorded at the end of the working day before the demo's day; the sweep of the demo's morning then finds what
became overdue overnight::

    place = prepare(Path("demo"))
    attach(place.url)
    made = fill(date(2026, 11, 24), settings_for(place, Settings(), 8000), lawbook.calendar(), "zh", lambda done, total: None)
    made.office.people["zhang"].token      # "enf_…", for the API
    made.mails                             # four .eml files
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from typing import NamedTuple

from enforcement.cases import operations as cases
from enforcement.cases.schemas import load_facts
from enforcement.config import Settings
from enforcement.demo.days import absolute
from enforcement.demo.examples import Example
from enforcement.demo.examples import examples
from enforcement.demo.examples import facts_on
from enforcement.demo.office import KEEPER
from enforcement.demo.office import PUBLISHED
from enforcement.demo.office import Office
from enforcement.demo.office import set_up
from enforcement.demo.records import records
from enforcement.findings import operations as findings
from enforcement.mail.digest import ROLES
from enforcement.mail.operations import enter
from enforcement.mail.sending import send_due
from enforcement.models import Case
from enforcement.models import Finding
from enforcement.models import SweepRun
from enforcement.reviews import operations as reviews
from enforcement.sweeps.operations import run_now
from enforcement.times import SHANGHAI
from rules.calendar import Calendar
from rules.law import load_profile

#: The examples are written for the law of this day and later.
EARLIEST = date(2025, 8, 1)

RECORDED_AT = time(18)
SWEPT_AT = time(6)
MAILED_AT = time(8, 30)

#: Days a waiver of the demo runs.
WAIVED_FOR = timedelta(days=30)

#: Told after each step how many of how many are done.
Progress = Callable[[int, int], None]


class Made(NamedTuple):
    """What a demo consists of."""

    day: date
    office: Office
    sweep: SweepRun
    examples: Mapping[str, Case]
    published: int
    mails: list[Path]


def swept_at(day: date) -> datetime:
    """The moment of the demo's sweep."""
    return datetime.combine(day, SWEPT_AT, tzinfo=SHANGHAI)


def mailed_at(day: date) -> datetime:
    """The moment of the demo's mails."""
    return datetime.combine(day, MAILED_AT, tzinfo=SHANGHAI)


def recorded_at(day: date, calendar: Calendar) -> datetime:
    """The moment at which the demo's cases are recorded: the end of the working day before."""
    return datetime.combine(date.fromisoformat(absolute("W-1", day, calendar)), RECORDED_AT, tzinfo=SHANGHAI)


def fill(day: date, settings: Settings, calendar: Calendar, language: str, progress: Progress) -> Made:
    """Fill the attached, empty book, sweep it and send its mails; ``day`` is one that the calendar knows."""
    now = recorded_at(day, calendar)
    office = set_up(day, now, calendar, load_profile(settings.profile), language)
    total = len(examples()) + len(records()) + 1
    recorded: dict[str, Case] = {}
    for example in examples():
        recorded[example.name] = _example(office, example, facts_on(example, day, calendar), now)
        progress(len(recorded), total)
    for done, record in enumerate(records(), len(recorded) + 1):
        _published(office, record.record_id, record.kind, record.facts, now)
        progress(done, total)
    sweep = run_now(office.user("zhou"), swept_at(day))
    mails = _mail(day, settings)
    progress(total, total)
    return Made(day, office, sweep, recorded, len(records()), mails)


def _mail(day: date, settings: Settings) -> list[Path]:
    """Send the officers' digest and the summary of supervisors and reviewers, as on a Monday; gives the mails."""
    now = mailed_at(day)
    for kind in ROLES:
        enter(kind, day, settings.mail_from, now)
    send_due(settings, now)
    return sorted(settings.mailbox.glob("*.eml"))


def _example(office: Office, example: Example, facts: Mapping[str, Any], now: datetime) -> Case:
    """Record an example as its agency's officer does, and do with it what the example says."""
    officer = office.recorder(facts.get("agency"))
    case = cases.record(officer, example.kind, load_facts(example.kind, facts), now)
    if example.submit:
        reviews.submit(officer, case.public_id, now)
    if example.respond:
        findings.respond(officer, _finding(case, example.respond), _RESPONSE, now)
    if example.waive:
        _waive(office, case, example.waive, now)
    return case


_RESPONSE = "当事人外出，已电话联系，约定本周内上门送达。"
_GROUND = "监督平台暂无该事项编码，已报区司法局增设，增设后立即补录。"


def _waive(office: Office, case: Case, rule: str, now: datetime) -> None:
    """Proposed by an officer who did not handle the case, approved by the supervisor."""
    last_day = now.date() + WAIVED_FOR
    waiver = findings.propose_waiver(
        office.user("chen"), _finding(case, rule), _GROUND, last_day, "示例街〔2026〕报告第 3 号", now
    )
    findings.approve_waiver(office.user("zhou"), waiver.public_id, now)


def _finding(case: Case, rule: str) -> str:
    found: Finding = Finding.get(Finding.case == case, Finding.rule == rule)
    return found.public_id


def _published(office: Office, record_id: str, kind: str, facts: Mapping[str, Any], now: datetime) -> None:
    """Record a published record; who issued it is not one of the book's agencies, and its id is its number here."""
    held = {"number": record_id, **facts, "agency": PUBLISHED}
    cases.record(office.user(KEEPER), kind, load_facts(kind, held), now)
