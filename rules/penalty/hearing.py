"""The right to a hearing in time: when it may be asked for, and that it is held before the decision.

Told of the right on 2026-02-12, a party may ask until 2026-02-26 (five working days, over the Spring Festival), and no
decision is made before 2026-02-27 unless it waives the hearing or has had it. Before 2021-07-15: three calendar days.
"""

from __future__ import annotations

from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.outcome import MET
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import met
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.penalty.notice import in_time
from rules.penalty.notice import term_end
from rules.penalty.notice import term_over
from rules.reckoning import ONE_DAY
from rules.reckoning import Unit
from rules.rule import rule

REQUEST_TITLE = (
    "申请听证期限届满、已放弃或已听证后才作决定",
    "The decision waits for the hearing, its waiver, or the end of the time to ask for one",
)


def _request_messages(zh: str, en: str) -> dict[str, tuple[str, str]]:
    return {
        "running": (
            f"{{notice_served_on}} 告知听证权，当事人可在 {{days}} {zh}内申请；未听证也未放弃的，最早 {{earliest}} 作出决定。",
            f"Told on {{notice_served_on}}, the party may ask for a hearing within {{days}} {en}; without a hearing or a "
            "waiver the decision is made on {earliest} at the earliest.",
        ),
        "too_early": (
            f"{{notice_served_on}} 告知听证权，{{days}} {zh}的申请期限未满，{{decided_on}} 即作出决定；"
            "请补录放弃或听证，均无的应予纠正。",
            f"Told on {{notice_served_on}} with {{days}} {en} to ask for a hearing, and decided on {{decided_on}} before "
            "they were over; record the waiver or the hearing, and if there was none, set it right.",
        ),
    }


@rule(
    "O-11",
    title=REQUEST_TITLE,
    clause="当事人要求听证的，应当在行政机关告知后五个工作日内提出；期限届满前，当事人未放弃的，不得作出处罚决定。",
    severity="fatal",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("64(1)"), PENALTY_LAW.article("85")),
    dated_by=("decided_on", "notice_served_on"),
    since=PENALTY_LAW_2021,
    messages=_request_messages("个工作日", "working days"),
)
def time_to_ask_for_a_hearing(case: Penalty, law: Law) -> Verdict | None:
    """A party told of its right may ask for a hearing within five working days, and no decision is made before."""
    return _request(case, law, "hearing_request_working_days", "working_days")


@rule(
    "O-11",
    title=REQUEST_TITLE,
    clause="当事人要求听证的，应当在行政机关告知后三日内提出；期限届满前，当事人未放弃的，不得作出处罚决定。",
    severity="fatal",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW_1996.article("42(1)"),),
    dated_by=("decided_on", "notice_served_on"),
    since=PENALTY_LAW_1996.in_force_from,
    until=OLD_PENALTY_LAW_UNTIL,
    messages=_request_messages("日", "days"),
)
def time_to_ask_for_a_hearing_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """A party told of its right may ask for a hearing within three calendar days, and no decision is made before."""
    return _request(case, law, "hearing_request_days", "days")


def _request(case: Penalty, law: Law, parameter: str, unit: Unit) -> Verdict | None:
    if not case.hearing_told:
        return None
    noticed_on, decided_on = case.notice_served_on, case.decided_on
    if noticed_on is None:
        return unless_extract(case, ("notice_served_on",), None)
    if in_time(case.hearing_waived_on, decided_on) or in_time(case.hearing_held_on, decided_on):
        return MET
    days = law.value(parameter, decided_on or noticed_on)
    if decided_on is None:
        if case.extract:
            return unknown("decided_on")
        last = term_end(law.calendar, noticed_on, days, unit)
        return waiting("running", days=days, earliest=last + ONE_DAY)
    if term_over(law.calendar, noticed_on, days, unit, decided_on):
        return MET
    return unless_extract(case, ("hearing_waived_on", "hearing_held_on"), breach("too_early", days=days))


HELD_TITLE = (
    "按期申请的听证在作出决定前已举行",
    "A hearing asked for in time is held before the decision",
)
HELD_MESSAGES = {
    "withdrawn": (
        "当事人 {hearing_withdrawn_on} 撤回听证申请。",
        "The party withdrew its request for a hearing on {hearing_withdrawn_on}.",
    ),
    "waived": (
        "当事人申请听证后于 {hearing_waived_on} 明确放弃。",
        "The party asked for a hearing and expressly waived it on {hearing_waived_on}.",
    ),
    "to_hold": (
        "当事人 {hearing_requested_on} 申请听证，尚未举行；请组织听证后再作决定。",
        "The party asked for a hearing on {hearing_requested_on}; hold it before the decision.",
    ),
    "missing": (
        "当事人 {hearing_requested_on} 申请听证，{decided_on} 未经听证即作出决定；请补录听证，确未举行的应予纠正。",
        "The party asked for a hearing on {hearing_requested_on}, and the decision of {decided_on} was made without one; "
        "record it, and if there was none, set it right.",
    ),
    "after": (
        "听证（{hearing_held_on}）晚于处罚决定（{decided_on}）；听证应在决定之前，请核对日期，确系倒置的应予纠正。",
        "The hearing of {hearing_held_on} came after the decision of {decided_on}; check the dates and set right a real "
        "inversion.",
    ),
}


@rule(
    "O-12",
    title=HELD_TITLE,
    clause="当事人在告知后五个工作日内要求听证的，行政机关应当组织听证；听证结束后，根据听证笔录作出决定。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("63"), PENALTY_LAW.article("64"), PENALTY_LAW.article("65")),
    dated_by=("hearing_requested_on", "notice_served_on"),
    since=PENALTY_LAW_2021,
    messages=HELD_MESSAGES,
)
def hearing_held(case: Penalty, law: Law) -> Verdict | None:
    """A hearing asked for within five working days of being told is held, and the decision rests on its record."""
    return _held(case, law, "hearing_request_working_days", "working_days")


@rule(
    "O-12",
    title=HELD_TITLE,
    clause="当事人在告知后三日内要求听证的，行政机关应当组织听证；听证结束后，再作出决定。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW_1996.article("42"), PENALTY_LAW_1996.article("43")),
    dated_by=("hearing_requested_on", "notice_served_on"),
    since=PENALTY_LAW_1996.in_force_from,
    until=OLD_PENALTY_LAW_UNTIL,
    messages=HELD_MESSAGES,
)
def hearing_held_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """A hearing asked for within three calendar days of being told is held before the decision."""
    return _held(case, law, "hearing_request_days", "days")


def _held(case: Penalty, law: Law, parameter: str, unit: Unit) -> Verdict | None:
    requested_on = case.hearing_requested_on
    if requested_on is None:
        return None
    noticed_on, decided_on, held_on = case.notice_served_on, case.decided_on, case.hearing_held_on
    if noticed_on is not None:
        days = law.value(parameter, requested_on)
        if term_over(law.calendar, noticed_on, days, unit, requested_on):
            return None  # asked too late: there need be no hearing
    if in_time(held_on, decided_on):
        return MET
    if in_time(case.hearing_withdrawn_on, decided_on):
        return met("withdrawn")
    waived_on = case.hearing_waived_on
    if waived_on is not None and waived_on >= requested_on and in_time(waived_on, decided_on):
        return met("waived")
    if noticed_on is None:
        return unknown("notice_served_on")
    if held_on is not None:
        return breach("after")
    absent = ("hearing_held_on", "hearing_withdrawn_on")
    return unless_extract(case, absent, waiting("to_hold") if decided_on is None else breach("missing"))
