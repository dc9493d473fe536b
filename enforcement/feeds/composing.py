"""The deadlines of a feed as calendar events, in the language of its person.

An address may leak, so an event says as little as is useful: number of the case, title of the rule, last day. Party, cause
and place stay in the ledger, behind the link.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import timedelta

from enforcement.feeds.ical import Event
from enforcement.feeds.ical import calendar_text
from enforcement.findings.deadlines import Asked
from enforcement.findings.deadlines import Duty
from enforcement.findings.deadlines import all_of
from enforcement.models import Feed
from enforcement.times import SHANGHAI
from rules.facts import KIND_LABELS
from rules.facts import Text
from rules.rulebook import default_rulebook

NAME = Text("执法台账期限", "Enforcement deadlines")
OVERDUE = Text("逾期未办：", "Overdue: ")
NO_NUMBER = Text("未编号案件", "Case without a number")
LAST_DAY = Text("截止日：{due}", "Last day: {due}")
LAST_MOMENT = Text("截止时间：{due}", "Last moment: {due}")
#: How long an overdue duty stays in the calendar, and how many events a calendar gets.
PAST = timedelta(days=90)
MOST = 2000


def compose(feed: Feed, day: date, base_url: str) -> str:
    """Write the calendar of a feed as of a day: what is due from then on, and what has been overdue for 90 days."""
    asked = Asked(first=day - PAST, own=feed.scope == "own")
    language = feed.user.language
    return calendar_text(_events(all_of(feed.user, asked, MOST), base_url, language), NAME.of(language), language)


def _events(duties: list[Duty], base_url: str, language: str) -> Iterator[Event]:
    for duty in duties:
        yield Event(
            uid=f"{duty.id}@enforcement-ledger",
            day=duty.due,
            title=_title(duty, language),
            description=_description(duty, base_url, language),
            url=_address(duty, base_url),
            changed_at=duty.changed_at,
        )


def _title(duty: Duty, language: str) -> str:
    late = OVERDUE.of(language) if duty.state == "overdue" else ""
    return f"{late}{_rule(duty.rule, language)} {duty.number or NO_NUMBER.of(language)}"


def _description(duty: Duty, base_url: str, language: str) -> str:
    when = LAST_DAY.of(language).format(due=duty.due)
    if duty.due_at is not None:
        when = LAST_MOMENT.of(language).format(due=f"{duty.due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}")
    kind = KIND_LABELS[duty.kind].of(language)
    return "\n".join((f"{kind} · {duty.rule}", when, _address(duty, base_url)))


def _address(duty: Duty, base_url: str) -> str:
    return f"{base_url}/cases/{duty.case_id}"


def _rule(rule: str, language: str) -> str:
    """The title of a rule; a finding may outlive its rule."""
    known = default_rulebook().rules.get(rule)
    return known.newest.title.of(language) if known else rule
