"""The day of the hearing: notified early enough, and presided over by an outsider to the case.

Notified on 2025-10-09, the hearing may be on 2025-10-20, eight working days later; on 2025-10-17 there are exactly seven,
which is a risk, and on 2025-10-16 six, which is too short (2025-10-11 is a working Saturday). Before 2021-07-15 the seven
days were calendar days.
"""

from __future__ import annotations

from datetime import date

from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.outcome import MET
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.reckoning import ONE_DAY
from rules.reckoning import Unit
from rules.rule import rule


def _ahead_messages(zh: str, en: str) -> dict[str, tuple[str, str]]:
    return {
        "next": (
            f"{{hearing_notified_on}} 通知听证，最早 {{earliest}} 举行（其后第 {{days}} {zh}）；"
            "再晚一天可免去期限是否足够的争议。",
            f"Notified on {{hearing_notified_on}}: the hearing may be on {{earliest}}, {{days}} {en} later, at the earliest; "
            "one day more removes any doubt about the term.",
        ),
        "missing": (
            "{hearing_held_on} 举行听证，未记录听证通知；请补录通知日期。",
            "The hearing was held on {hearing_held_on} and no notice of it is recorded; record its day.",
        ),
        "after": (
            "听证通知（{hearing_notified_on}）晚于听证（{hearing_held_on}）；请核对日期。",
            "The notice of {hearing_notified_on} came after the hearing of {hearing_held_on}; check the dates.",
        ),
        "short": (
            f"{{hearing_notified_on}} 通知、{{hearing_held_on}} 听证，提前不足 {{days}} {zh}；请核对日期，"
            "当事人有异议的另行通知重新听证。",
            f"Notified on {{hearing_notified_on}} for {{hearing_held_on}}, less than {{days}} {en} ahead; check the "
            "dates, and if the party objects, notify again and hold it anew.",
        ),
        "exact": (
            f"{{hearing_notified_on}} 通知、{{hearing_held_on}} 听证，正好提前 {{days}} {zh}：期限是否须满 {{days}} "
            "个整日有争议，存在风险；请今后再提前一天。",
            f"Notified on {{hearing_notified_on}} for {{hearing_held_on}}, exactly {{days}} {en} ahead: a risk, since it is "
            "disputed whether the days must be clear; notify one day earlier in future.",
        ),
    }


@rule(
    "O-13",
    title=(
        "听证在举行的七个工作日前通知",
        "A hearing is notified seven working days ahead",
    ),
    clause="行政机关应当在举行听证的七个工作日前，通知当事人及有关人员听证的时间、地点。",
    severity="error",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("64(2)"), PENALTY_LAW.article("85")),
    dated_by=("hearing_notified_on", "hearing_held_on"),
    since=PENALTY_LAW_2021,
    messages=_ahead_messages("个工作日", "working days"),
)
def notice_of_the_hearing(case: Penalty, law: Law) -> Verdict | None:
    """Seven working days before the hearing the party and others are told its time and place."""
    return _ahead(case, law, "hearing_notice_working_days", "working_days")


@rule(
    "O-13",
    title=("听证在举行的七日前通知", "A hearing is notified seven days ahead"),
    clause="行政机关应当在听证的七日前，通知当事人举行听证的时间、地点。",
    severity="error",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW_1996.article("42(2)"),),
    dated_by=("hearing_notified_on", "hearing_held_on"),
    since=PENALTY_LAW_1996.in_force_from,
    until=OLD_PENALTY_LAW_UNTIL,
    messages=_ahead_messages("日", "days"),
)
def notice_of_the_hearing_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """Seven calendar days before the hearing the party is told its time and place."""
    return _ahead(case, law, "hearing_notice_days", "days")


def _ahead(case: Penalty, law: Law, parameter: str, unit: Unit) -> Verdict | None:
    notified_on, held_on = case.hearing_notified_on, case.hearing_held_on
    if held_on is None:
        return None if notified_on is None else _to_be_held(case, law, notified_on, parameter, unit)
    if notified_on is None:
        return unless_extract(case, ("hearing_notified_on",), breach("missing"))
    if notified_on > held_on:
        return breach("after")
    days = law.value(parameter, notified_on)
    ahead = (held_on - notified_on).days
    if ahead >= days and unit == "working_days":  # fewer days are too few whatever is decreed
        ahead = law.calendar.working_days_between(notified_on, held_on)
    if ahead > days:
        return MET
    return breach("exact", "warning", days=days) if ahead == days else breach("short", days=days)


def _to_be_held(case: Penalty, law: Law, notified_on: date, parameter: str, unit: Unit) -> Verdict | None:
    if case.hearing_withdrawn_on is not None or case.decided_on is not None:
        return None  # no hearing follows; whether one had to is another rule's
    if case.extract:
        return unknown("hearing_held_on")
    days = law.value(parameter, notified_on)
    earliest = notified_on + days * ONE_DAY
    if unit == "working_days":
        earliest = law.calendar.add_working_days(notified_on, days)
    return waiting("next", days=days, earliest=earliest)


@rule(
    "O-14",
    title=(
        "听证由非本案调查人员主持",
        "A hearing is presided over by somebody who did not investigate the case",
    ),
    clause="听证由行政机关指定的非本案调查人员主持；当事人认为主持人与本案有直接利害关系的，有权申请回避。",
    severity="fatal",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("64(4)"), PENALTY_LAW_1996.article("42(4)")),
    messages={
        "handler": (
            "听证主持人 {hearing_presider} 是本案承办人；请另行指定主持人重新听证。",
            "The presider {hearing_presider} handled the case; name somebody else and hold the hearing anew.",
        ),
        "same_name": (
            "听证主持人 {hearing_presider} 与承办人（证号 {number}）同名，请核实是否同一人并以证号登记主持人",
            "The presider {hearing_presider} has the name of a handler (certificate {number}); find out whether it is the "
            "same person and record the presider by certificate",
        ),
    },
)
def presider_of_the_hearing(case: Penalty, law: Law) -> Verdict | None:
    """The hearing is presided over by somebody of the agency who did not investigate the case."""
    if case.hearing_held_on is None:
        return None
    presider, handlers = case.hearing_presider, case.handlers
    if not presider or not handlers:
        return unknown(*(name for name in ("hearing_presider", "handlers") if not getattr(case, name)))
    if presider in handlers:
        return breach("handler")
    for number in handlers:
        officer = law.register.get(number) if law.register is not None else None
        if officer is not None and officer.name == presider:
            return unknown("hearing_presider", say="same_name", number=number)
    return MET
