"""Who acts: every handler holds an enforcement certificate that is valid on the days of the case.

An officer whose certificate ran out on 2026-01-31 filed a case on 2026-01-20 and took part in the decision of 2026-02-12:
the filing is sound, the decision is not, and the whole file fails. The register of officers is the office's own; without
one nothing is said.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.facts import Inspection
from rules.facts import Measure
from rules.facts import Penalty
from rules.law import Law
from rules.law import Officer
from rules.norms import COERCION_LAW
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import THREE_SYSTEMS
from rules.outcome import MET
from rules.outcome import Requirement
from rules.outcome import Undetermined
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.reckoning import day_of
from rules.rule import rule

MESSAGES = {
    "no_register": (
        "没有执法人员名册，无法核对执法证",
        "There is no register of officers to check the certificates against",
    ),
    "not_registered": (
        "执法证 {certificates} 不在执法人员名册中；请核对证号，无证人员不得执法。",
        "Certificate {certificates} is not in the register of officers; check the number: nobody acts without one.",
    ),
    "unlisted": (
        "执法证 {certificates} 不在本机关执法人员名册中，摘录不足以认定",
        "Certificate {certificates} is not in this register of officers, which an extract does not decide",
    ),
    "auxiliary": (
        "执法证 {certificates} 属辅助人员；请改由具备执法资格的人员办理。",
        "Certificate {certificates} belongs to auxiliary staff; let qualified officers handle the case.",
    ),
    "outside": (
        "执法证 {certificate} 有效期 {valid_from} 至 {valid_until}，未覆盖办案日 {days}；请核对名册或改由持有效证件的人员办理。",
        "Certificate {certificate} is valid from {valid_from} to {valid_until}, which does not cover {days}; check the "
        "register or let an officer with a valid certificate handle the case.",
    ),
}
TITLE = (
    "承办人在办案日均持有效执法证",
    "Every handler holds a valid enforcement certificate on the days of the case",
)
NO_HANDLERS = unknown("handlers")
NO_REGISTER = unknown("handlers", say="no_register")


@rule(
    "P-05",
    title=TITLE,
    clause="行政处罚应当由具有行政执法资格的执法人员实施；执法证在办案日有效，辅助人员不得承办。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    law=(PENALTY_LAW.article("42(1)"), PENALTY_LAW.article("76(1)"), PENALTY_LAW_1996.article("37")),
    messages=MESSAGES,
)
def certificates_in_a_penalty(case: Penalty, law: Law) -> Verdict | None:
    """A penalty is implemented by officers qualified on its days: filing, notice and decision; auxiliaries do not handle."""
    return _certificates(case, law, (case.filed_on, case.notice_served_on, case.decided_on), ("filed_on", "decided_on"))


@rule(
    "P-05",
    title=TITLE,
    clause="行政强制措施应当由行政机关具备资格的行政执法人员实施，其他人员不得实施。",
    severity="fatal",
    zero_item=True,
    kinds=("measure",),
    law=(COERCION_LAW.article("17(3)"),),
    messages=MESSAGES,
)
def certificates_in_a_measure(case: Measure, law: Law) -> Verdict | None:
    """A coercive act is carried out by officers qualified on the day of it, and by nobody else."""
    moment = case.executed_at or case.starts_on
    return _certificates(case, law, (None if moment is None else day_of(moment),), ("executed_at",))


@rule(
    "P-05",
    title=TITLE,
    clause="实施行政检查的人员应当持有效执法证件并主动出示，辅助人员不得实施检查。",
    severity="fatal",
    zero_item=True,
    kinds=("inspection",),
    law=(PENALTY_LAW.article("55(1)"), THREE_SYSTEMS.article("五")),
    messages=MESSAGES,
)
def certificates_in_an_inspection(case: Inspection, law: Law) -> Verdict | None:
    """Who inspects holds a certificate valid on the day and shows it; auxiliary staff do not inspect."""
    moment = case.started_at
    return _certificates(case, law, (None if moment is None else moment.date(),), ("started_at",))


def _certificates(case: Any, law: Law, days: tuple[date | None, ...], missing: tuple[str, ...]) -> Verdict | None:
    """``days`` are those on which the handlers acted; ``missing`` are the facts to name when none is recorded.

    Where nobody handled the case there is no certificate to check; that two must handle it is another rule.
    """
    handlers, register = case.handlers, law.register
    if not handlers:
        return NO_HANDLERS if handlers is None or case.extract else None
    if register is None:
        return NO_REGISTER
    absent, officers = [], []
    for number in handlers:
        officer = register.get(number.strip())
        if officer is None:
            absent.append(number)
        else:
            officers.append(officer)
    acted = [day for day in days if day is not None]
    return _definite_fault(case, officers, absent, acted) or _still_open(absent, acted, missing) or MET


def _definite_fault(case: Any, officers: list[Officer], absent: list[str], acted: list[date]) -> Requirement | None:
    if absent and not case.extract:
        return breach("not_registered", certificates=tuple(absent))
    for officer in officers:
        if officer.auxiliary:
            return breach("auxiliary", certificates=tuple(found.number for found in officers if found.auxiliary))
    for officer in officers:
        for day in acted:
            if not _valid(officer, day):
                return _outside(officer, acted)
    return None


def _still_open(absent: list[str], acted: list[date], missing: tuple[str, ...]) -> Undetermined | None:
    if absent:
        return unknown("handlers", say="unlisted", certificates=tuple(absent))
    return None if acted else unknown(*missing)


def _valid(officer: Officer, day: date) -> bool:
    """Both ends belong to the validity; an end that is not set is no limit."""
    first, last = officer.valid_from, officer.valid_until
    return (first is None or first <= day) and (last is None or day <= last)


def _outside(officer: Officer, acted: list[date]) -> Requirement:
    return breach(
        "outside",
        certificate=officer.number,
        valid_from=officer.valid_from,
        valid_until=officer.valid_until,
        days=tuple(sorted({day for day in acted if not _valid(officer, day)})),
    )
