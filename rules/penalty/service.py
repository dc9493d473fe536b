"""Service of the penalty decision: on the spot, else within seven working days.

A decision of 2026-02-12 is served by 2026-02-28: seven working days, with the Spring Festival in between and two working
Saturdays. Before 2021-07-15 the same "seven days" were calendar days.
"""

from datetime import date

from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.outcome import Duty
from rules.outcome import Verdict
from rules.outcome import met
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.reckoning import Unit
from rules.rule import rule

MESSAGES = {
    "on_spot": ("决定书已当场交付。", "The decision was handed over on the spot."),
    "announced": (
        "公告送达：公告期满日为送达日，七日之限以着手送达计，本账未记着手日期",
        "Served by announcement: it is served when the announcement ends; the seven days run to its start, "
        "which is not recorded here",
    ),
}


@rule(
    "O-25",
    title=(
        "处罚决定书当场交付或在七个工作日内送达",
        "A decision is handed over on the spot or served in seven working days",
    ),
    clause="处罚决定书应当在宣告后当场交付当事人；当事人不在场的，应当在七个工作日内送达。",
    severity="error",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("61"), PENALTY_LAW.article("85")),
    dated_by=("served_on", "decided_on"),
    since=PENALTY_LAW_2021,
    messages=MESSAGES,
)
def service(case: Penalty, law: Law) -> Verdict | None:
    """A decision is handed to the party after it is pronounced, or served within seven working days."""
    return _service(case, law, "service_working_days", "working_days")


@rule(
    "O-25",
    title=("处罚决定书当场交付或在七日内送达", "A decision is handed over on the spot or served in seven days"),
    clause="处罚决定书应当在宣告后当场交付当事人；当事人不在场的，应当在七日内送达。",
    severity="error",
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW_1996.article("40"),),
    dated_by=("served_on", "decided_on"),
    since=date(1996, 10, 1),
    until=OLD_PENALTY_LAW_UNTIL,
    messages=MESSAGES,
)
def service_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """A decision is handed to the party after it is pronounced, or served within seven calendar days."""
    return _service(case, law, "service_days", "days")


def _service(case: Penalty, law: Law, parameter: str, unit: Unit) -> Verdict | None:
    decided_on = case.decided_on
    if decided_on is None:
        return unless_extract(case, ("decided_on",), None)
    if case.delivered_on_spot:
        return met("on_spot")
    if case.served_on is not None and "公告" in (case.service_method or ""):
        return unknown("service_method", say="announced")
    return Duty(
        "decided_on", decided_on, law.value(parameter, case.served_on or decided_on), unit, "served_on", case.served_on
    )
