"""On site: credentials, the party, its rights, the record, the decision and the list, the camera.

Goods seized on 2026-03-02: that day the officers show their credentials, call the party, tell it the reasons and its
rights, hear it and have the record signed; the decision and the list are handed over on the spot, so on 2026-03-02; the
whole is filmed.
"""

from __future__ import annotations

from rules.facts import Measure
from rules.law import Law
from rules.measure.classes import CONTRADICTION
from rules.measure.classes import SEALED_OR_SEIZED
from rules.measure.classes import executed_on
from rules.measure.classes import scope
from rules.norms import COERCION_LAW
from rules.norms import THREE_SYSTEMS
from rules.outcome import MET
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.outcome import waiting
from rules.reckoning import day_of
from rules.rule import rule
from rules.wording import FactNames

SINCE = COERCION_LAW.in_force_from
DATED_BY = ("executed_at", "starts_on")

CHECKLIST = ("credentials_shown", "party_called", "rights_told", "heard", "record_signed")
#: Acts that are filmed from beginning to end (118号 (八)).
FILMED = scope("seal", "seize", "demolish")

NOT_EXECUTED = waiting("not_executed")
NOT_DELIVERED = breach("not_delivered")
OTHER_DAY = breach("other_day")
NO_INVENTORY = breach("no_inventory")
NOT_FILMED = breach("not_filmed")
FILM_UNKNOWN = unknown("recorded_av")


@rule(
    "C-04",
    title=("查封、扣押现场程序完整", "Each step on site is taken when sealing or seizing"),
    clause=(
        "实施查封、扣押应当出示执法身份证件，通知当事人到场，当场告知理由、依据以及权利和救济途径，听取陈述和申辩，制作现场笔录，"
        "由当事人和执法人员签名或者盖章。"
    ),
    severity="error",
    kinds=("measure",),
    law=(COERCION_LAW.article("18(3)–(9)"),),
    dated_by=DATED_BY,
    since=SINCE,
    messages={
        **CONTRADICTION,
        "skipped": (
            "未做到：{steps}；请补正并在案卷中说明。",
            "Not done: {steps}; make up for it where possible and explain it in the file.",
        ),
        "not_executed": (
            "尚未实施；到现场时请逐项完成：{steps}。",
            "Not carried out yet; on site, see to: {steps}.",
        ),
    },
)
def steps_on_site(case: Measure, law: Law) -> Verdict | None:
    """Credentials shown, party called, told its rights and heard, and the record signed."""
    standing = SEALED_OR_SEIZED[case.class_, case.type]
    if standing is not True:
        return standing
    answers = (case.credentials_shown, case.party_called, case.rights_told, case.heard, case.record_signed)
    if all(answers):
        return MET
    if False in answers:
        return breach("skipped", steps=_those(answers, False))
    open_steps = _those(answers, None)
    if case.extract or executed_on(case) is not None:
        return unknown(*open_steps)
    return waiting("not_executed", steps=open_steps)


def _those(answers: tuple[bool | None, ...], answer: bool | None) -> FactNames:
    return FactNames(name for name, given in zip(CHECKLIST, answers, strict=True) if given is answer)


@rule(
    "C-05",
    title=("查封、扣押决定书和清单当场制作并交付", "Decision and list are made and handed over on the spot"),
    clause="决定实施查封、扣押的，应当制作并当场交付查封、扣押决定书和清单；清单一式二份。",
    severity="fatal",
    kinds=("measure",),
    law=(COERCION_LAW.article("24"),),
    dated_by=DATED_BY,
    since=SINCE,
    zero_item=True,
    messages={
        **CONTRADICTION,
        "not_delivered": (
            "已实施，未记录决定书当场交付；请立即交付并登记，或者解除。",
            "Carried out, but no delivery of the decision is recorded; deliver and record it now, or lift the measure.",
        ),
        "other_day": (
            "决定书交付日期 {decision_delivered_on} 不是实施当日；应当当场交付，请核对日期并说明。",
            "The decision was delivered on {decision_delivered_on}, not on the spot; check the date and explain.",
        ),
        "no_inventory": (
            "未制作查封、扣押清单；请立即补作一式二份并交当事人。",
            "No list of what was sealed or seized; make it now in two copies and give one to the party.",
        ),
    },
)
def decision_and_list(case: Measure, law: Law) -> Verdict | None:
    """The decision and the list of things are made and handed over on the spot."""
    standing = SEALED_OR_SEIZED[case.class_, case.type]
    if standing is not True:
        return standing
    first = executed_on(case)
    if first is None:
        return unless_extract(case, ("executed_at",), None)
    delivered_on, inventory_made = case.decision_delivered_on, case.inventory_made
    if inventory_made is False:
        return NO_INVENTORY
    if delivered_on is None:
        if not case.extract:
            return NOT_DELIVERED
        return unknown("decision_delivered_on", *(() if inventory_made else ("inventory_made",)))
    # A measure that runs past midnight is still on the spot until it ends.
    executed_until = case.executed_until
    last = first if executed_until is None else max(first, day_of(executed_until))
    if not first <= delivered_on <= last:
        return OTHER_DAY
    return MET if inventory_made else unknown("inventory_made")


@rule(
    "C-13",
    title=("查封、扣押和强制拆除全程音像记录", "Sealing, seizure and forced demolition are filmed throughout"),
    clause="对查封扣押财产、强制拆除等直接涉及重大财产权益的现场执法活动，应当进行全程音像记录。",
    severity="error",
    kinds=("measure",),
    law=(THREE_SYSTEMS.article("八"),),
    dated_by=DATED_BY,
    since=THREE_SYSTEMS.in_force_from,
    messages={
        **CONTRADICTION,
        "not_filmed": (
            "没有全程音像记录；请在案卷中说明原因，并妥善保存其他记录。",
            "There is no full recording; explain why in the file and keep the other records safe.",
        ),
        "not_executed": (
            "尚未实施；实施时请全程音像记录。",
            "Not carried out yet; film it from beginning to end.",
        ),
    },
)
def filmed(case: Measure, law: Law) -> Verdict | None:
    """Sealing, seizure and forced demolition are recorded in picture and sound from beginning to end."""
    standing = FILMED[case.class_, case.type]
    if standing is not True:
        return standing
    recorded_av = case.recorded_av
    if recorded_av:
        return MET
    if recorded_av is False:
        return NOT_FILMED
    return FILM_UNKNOWN if case.extract or executed_on(case) is not None else NOT_EXECUTED
