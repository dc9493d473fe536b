"""The notice before a decision: served first, time for a statement, and the statement re-checked.

A notice served on 2026-02-12 leaves five working days for a statement, to 2026-02-26 over the Spring Festival: without a
statement or a waiver the decision comes on 2026-02-27 at the earliest. A statement made on 2026-02-20 is re-checked before
the decision.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from rules.calendar import Calendar
from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.norms import URBAN_PROCEDURE
from rules.outcome import MET
from rules.outcome import Severity
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.reckoning import ONE_DAY
from rules.reckoning import Unit
from rules.rule import rule

NOTICE_MESSAGES = {
    "to_serve": (
        "尚未送达事先告知书；作出决定前须告知拟处罚的内容、事实、理由、依据和权利。",
        "The notice is not served yet; before the decision the party is told what is intended, why, on what basis, and "
        "its rights.",
    ),
    "missing": (
        "{decided_on} 未经事先告知即作出处罚决定；请核对送达记录，确未告知的，决定应予撤销后重新办理。",
        "Decided on {decided_on} without a notice; check the record of service, and if there was none, revoke and redo.",
    ),
    "after": (
        "事先告知（{notice_served_on}）晚于处罚决定（{decided_on}）；请核对日期，确系倒置的，决定应予撤销后重新办理。",
        "The notice of {notice_served_on} came after the decision of {decided_on}; check the dates, and revoke and redo a "
        "real inversion.",
    ),
    "empty": (
        "{notice_served_on} 送达的告知书没有拟处罚的内容；请重新告知拟处罚种类和数额。",
        "The notice served on {notice_served_on} does not say what penalty is intended; serve a new one that does.",
    ),
}
NOTICE_TITLE = (
    "作出处罚决定前已送达事先告知书",
    "The notice is served before the penalty is decided",
)
TO_SERVE = waiting("to_serve")


@rule(
    "O-05",
    title=NOTICE_TITLE,
    clause="行政机关在作出行政处罚决定之前，应当告知当事人拟作出的处罚内容及事实、理由、依据，并告知其依法享有的权利；"
    "未告知的，不得作出处罚决定。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("44"), PENALTY_LAW.article("62")),
    dated_by=("notice_served_on", "decided_on"),
    since=PENALTY_LAW_2021,
    messages=NOTICE_MESSAGES,
)
def notice(case: Penalty, law: Law) -> Verdict | None:
    """Before a decision the party is told what is intended, the facts, reasons, basis and its rights; else none is made."""
    if case.notice_served_on is not None and case.noticed_kinds == () and case.noticed_fine is None:
        return breach("empty")
    return _notice(case)


@rule(
    "O-05",
    title=NOTICE_TITLE,
    clause="行政机关在作出行政处罚决定之前，应当告知当事人事实、理由、依据和依法享有的权利；未告知的，处罚决定不能成立。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW_1996.article("31"), PENALTY_LAW_1996.article("41")),
    dated_by=("notice_served_on", "decided_on"),
    since=date(1996, 10, 1),
    until=OLD_PENALTY_LAW_UNTIL,
    messages=NOTICE_MESSAGES,
)
def notice_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """Before a decision the party is told the facts, reasons, basis and its rights; else the decision does not stand."""
    return _notice(case)


def _notice(case: Penalty) -> Verdict:
    noticed_on, decided_on = case.notice_served_on, case.decided_on
    if noticed_on is None:
        return unless_extract(case, ("notice_served_on",), TO_SERVE if decided_on is None else breach("missing"))
    if decided_on is None:
        return unless_extract(case, ("decided_on",), MET)
    return breach("after") if noticed_on > decided_on else MET


@rule(
    "O-06",
    title=(
        "陈述申辩期届满或当事人已陈述、已放弃后才作决定",
        "The decision waits for the party's statement, its waiver, or the end of the time for one",
    ),
    clause="当事人有权陈述和申辩；在收到告知书之日起五个工作日内未陈述、申辩的，视为放弃。住房和城乡建设领域的规定。",
    severity="warning",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("45"), PENALTY_LAW.article("62"), URBAN_PROCEDURE.article("22")),
    dated_by=("notice_served_on", "decided_on"),
    since=URBAN_PROCEDURE.in_force_from,
    messages={
        "running": (
            "{notice_served_on} 送达告知书，陈述申辩期 {days} 个工作日；当事人未陈述也未放弃的，最早 {earliest} 作出决定。",
            "Noticed on {notice_served_on}, with {days} working days for a statement; without a statement or a waiver "
            "the decision is made on {earliest} at the earliest.",
        ),
        "too_early": (
            "{notice_served_on} 送达告知书，至 {decided_on} 作出决定只过了 {passed} 个工作日（含当日），"
            "{days} 个工作日的陈述申辩期尚未届满；请补录陈述或放弃，均无的，听取意见后重新决定。",
            "Noticed on {notice_served_on} and decided on {decided_on}, only {passed} working day(s) later, the day "
            "itself included, before the {days} working days for a statement were over; record the statement or the "
            "waiver, and if there was none, hear the party and decide again.",
        ),
    },
)
def time_for_a_statement(case: Penalty, law: Law) -> Verdict | None:
    """The party may state its case; silence for five working days after the notice counts as a waiver."""
    noticed_on = case.notice_served_on
    if noticed_on is None:
        return unless_extract(case, ("notice_served_on",), None)
    decided_on = case.decided_on
    if in_time(case.statement_made_on, decided_on) or in_time(case.statement_waived_on, decided_on):
        return MET
    days = law.value("statement_working_days", noticed_on)
    if decided_on is not None:
        return _before_a_statement(case, law, noticed_on, decided_on, days)
    if case.extract:
        return unknown("decided_on")
    last = term_end(law.calendar, noticed_on, days, "working_days")
    return waiting("running", days=days, earliest=last + ONE_DAY)


def _before_a_statement(case: Penalty, law: Law, noticed_on: date, decided_on: date, days: int) -> Verdict:
    if term_over(law.calendar, noticed_on, days, "working_days", decided_on):
        return MET
    hearing_open = case.hearing_told and case.hearing_waived_on is None and case.hearing_held_on is None
    severity: Severity | None = "fatal" if hearing_open else None
    passed = max(law.calendar.working_days_between(noticed_on, decided_on), 0)
    found = breach("too_early", severity, days=days, passed=passed)
    return unless_extract(case, ("statement_made_on", "statement_waived_on"), found)


@rule(
    "O-07",
    title=("陈述申辩在作出决定前已复核", "A statement is re-checked before the decision"),
    clause="行政机关应当充分听取当事人的意见，对当事人提出的事实、理由和证据，应当进行复核；成立的，应当采纳。",
    severity="error",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("45(1)"), PENALTY_LAW_1996.article("32(1)")),
    messages={
        "to_recheck": (
            "当事人 {statement_made_on} 陈述申辩，尚未复核；请在作出决定前复核并记录。",
            "The party stated its case on {statement_made_on}; re-check it and record that before the decision.",
        ),
        "missing": (
            "当事人 {statement_made_on} 陈述申辩，{decided_on} 未经复核即作出决定；请补录复核，确未复核的应予纠正。",
            "The party stated its case on {statement_made_on}, and the decision of {decided_on} was made without a "
            "re-check; record it, and if there was none, set it right.",
        ),
        "before": (
            "复核（{statement_rechecked_on}）早于陈述申辩（{statement_made_on}）；请核对日期，对后提出的意见重新复核。",
            "Re-checked on {statement_rechecked_on}, before the statement of {statement_made_on}; check the dates and "
            "re-check what was stated later.",
        ),
        "after": (
            "复核（{statement_rechecked_on}）晚于处罚决定（{decided_on}）；请核对日期，复核应在决定之前。",
            "Re-checked on {statement_rechecked_on}, after the decision of {decided_on}; check the dates: the re-check "
            "comes first.",
        ),
    },
)
def recheck_of_the_statement(case: Penalty, law: Law) -> Verdict | None:
    """What a party states is heard in full and re-checked before the decision; what is sound is accepted."""
    stated_on = case.statement_made_on
    if stated_on is None:
        return None
    rechecked_on, decided_on = case.statement_rechecked_on, case.decided_on
    if decided_on is not None and stated_on > decided_on:
        return None  # came after the decision: nothing could be re-checked before it
    if rechecked_on is None:
        otherwise = waiting("to_recheck") if decided_on is None else breach("missing")
        return unless_extract(case, ("statement_rechecked_on",), otherwise)
    if rechecked_on < stated_on:
        return breach("before")
    return breach("after") if decided_on is not None and rechecked_on > decided_on else MET


def in_time(done_on: date | None, decided_on: date | None) -> bool:
    """Tell whether something happened, and not after the decision where there is one."""
    return done_on is not None and (decided_on is None or done_on <= decided_on)


def term_end(calendar: Calendar, start: date, length: int, unit: Unit) -> date:
    """Give the last day of a term in working days, or in days with a rest day moved on; raises UnknownYear."""
    if unit == "working_days":
        return calendar.add_working_days(start, length)
    return calendar.roll(start + timedelta(days=length))


def term_over(calendar: Calendar, start: date, length: int, unit: Unit, day: date) -> bool:
    """Tell whether a day lies after the last day of a term; certain days need no decree for what follows them.

    Raises UnknownYear when the answer hangs on a year that is not decreed.
    """
    if unit == "days":
        return day > start + timedelta(days=length) and day > term_end(calendar, start, length, unit)
    passed = calendar.working_days_between(start, day)
    return passed > length or (passed == length and not calendar.is_working(day))
