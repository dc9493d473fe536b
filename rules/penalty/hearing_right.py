"""Who must be told of the right to a hearing.

An order to stop production always gives the right. A fine of 5,000 yuan on a citizen does in Shanghai, 4,999.99 yuan does
not; in Tianjin no amount is known, so a fine there is answered with the name of the missing parameter, unless the notice
told the party of the right anyway, which is enough whatever the amount.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rules.facts import Penalty
from rules.law import Law
from rules.norms import OLD_PENALTY_LAW_UNTIL
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_1996
from rules.norms import PENALTY_LAW_2021
from rules.outcome import MET
from rules.outcome import Requirement
from rules.outcome import Undetermined
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.outcome import unless_extract
from rules.rule import rule
from rules.wording import Choices

#: Kinds that give the right by themselves.
DEFINITE = frozenset(("downgrade", "revoke_licence", "stop_production", "close", "ban_from_trade"))
DEFINITE_BEFORE_2021 = frozenset(("stop_production", "revoke_licence"))
#: Kinds that never do.
LIGHT = frozenset(("warning", "criticism"))
CONFISCATION = frozenset(("confiscate_income", "confiscate_goods"))
#: Kinds that are judged by themselves or by their amount, not by the office's list of other heavier kinds.
NOT_OTHER = LIGHT | CONFISCATION | {"fine"}

#: Parameters with the larger amounts, by the class of the party.
FINES = {"individual": "hearing_fine_individual", "organisation": "hearing_fine_organisation"}
CONFISCATIONS = {
    "individual": "hearing_confiscation_individual",
    "organisation": "hearing_confiscation_organisation",
}
EVERY_CLASS = ("individual", "organisation")

#: A reason why a hearing is due, a doubt whether it is, or neither.
Ground = Requirement | Undetermined | None

TITLE = (
    "属于听证范围的，已告知听证权",
    "The party was told of its right to a hearing where it has one",
)
MESSAGES = {
    "not_told_kinds": (
        "处罚种类“{heavy}”属于听证范围，未告知听证权；请重新告知，已决定的应予纠正。",
        "The penalty “{heavy}” gives a right to a hearing and the party was not told of it; serve a new notice, and "
        "correct a decision already made.",
    ),
    "not_told_fine": (
        "罚款 {amount} 元达到听证数额 {limit} 元，未告知听证权；请重新告知，已决定的应予纠正。",
        "The fine of {amount} yuan reaches the hearing amount of {limit} yuan and the party was not told of its right; "
        "serve a new notice, and correct a decision already made.",
    ),
    "not_told_confiscation": (
        "没收 {amount} 元达到听证数额 {limit} 元，未告知听证权；请重新告知，已决定的应予纠正。",
        "The confiscation of {amount} yuan reaches the hearing amount of {limit} yuan and the party was not told of its "
        "right; serve a new notice, and correct a decision already made.",
    ),
}
NOT_TOLD_RECORDED = unknown("hearing_told")
NO_PARTY_KIND = unknown("party_kind")
NO_CONFISCATED = unknown("confiscated")
NO_FINE = unknown("fine")
NO_NOTICED_FINE = unknown("noticed_fine")
NO_OTHER_KINDS = Undetermined(parameters=("hearing_other_kinds",))


@rule(
    "O-10",
    title=TITLE,
    clause="拟作出较大数额罚款、没收较大数额违法所得或较大价值非法财物、降低资质等级、吊销许可证件、责令停产停业、责令关闭、"
    "限制从业、其他较重的行政处罚的，应当告知当事人有要求听证的权利。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW.article("63"),),
    dated_by=("notice_served_on", "decided_on"),
    since=PENALTY_LAW_2021,
    messages=MESSAGES,
)
def told_of_the_hearing(case: Penalty, law: Law) -> Verdict | None:
    """Large fines and confiscations, lost licences, stopped or closed business, trade bans: the party may have a hearing."""
    return _told(case, law, DEFINITE)


@rule(
    "O-10",
    title=TITLE,
    clause="作出责令停产停业、吊销许可证或者执照、较大数额罚款等行政处罚决定之前，应当告知当事人有要求举行听证的权利。",
    severity="fatal",
    zero_item=True,
    kinds=("penalty",),
    procedure="ordinary",
    law=(PENALTY_LAW_1996.article("42(1)"),),
    dated_by=("notice_served_on", "decided_on"),
    since=date(1996, 10, 1),
    until=OLD_PENALTY_LAW_UNTIL,
    messages=MESSAGES,
)
def told_of_the_hearing_before_2021(case: Penalty, law: Law) -> Verdict | None:
    """Before stopping production, revoking a licence or a large fine the party is told that it may have a hearing."""
    return _told(case, law, DEFINITE_BEFORE_2021)


def _told(case: Penalty, law: Law, definite: frozenset[str]) -> Verdict | None:
    told = case.hearing_told
    if told:
        return MET
    on = case.notice_served_on or case.decided_on
    if on is None and not case.extract:
        return None
    kinds = case.noticed_kinds or case.kinds or ()
    fine, confiscated = case.noticed_fine if case.noticed_fine is not None else case.fine, case.confiscated
    if not (kinds or fine or confiscated):
        return unless_extract(case, ("noticed_kinds",), None)
    ground = _worst(_grounds(case, law, on, kinds, fine, confiscated, definite))
    if ground is None:
        return None
    if on is None:
        return unknown("notice_served_on")
    if type(ground) is Requirement and told is None:
        return NOT_TOLD_RECORDED
    return ground


def _worst(grounds: Iterable[Ground]) -> Ground:
    """The first certain ground, else all doubts together."""
    doubts: list[Undetermined] = []
    for ground in grounds:
        if type(ground) is Requirement:
            return ground
        if type(ground) is Undetermined:
            doubts.append(ground)
    if len(doubts) < 2:
        return doubts[0] if doubts else None
    return Undetermined(
        facts=tuple(dict.fromkeys(name for doubt in doubts for name in doubt.facts)),
        parameters=tuple(dict.fromkeys(name for doubt in doubts for name in doubt.parameters)),
    )


def _grounds(
    case: Penalty,
    law: Law,
    on: date | None,
    kinds: Sequence[str],
    fine: Decimal | None,
    confiscated: Decimal | None,
    definite: frozenset[str],
) -> Iterable[Ground]:
    if not definite.isdisjoint(kinds):
        yield _heavy(kinds, definite)
    if fine:
        yield _money(law, on, "not_told_fine", FINES, fine, _classes(case, law, on))
    elif fine is None and "fine" in kinds:
        yield NO_NOTICED_FINE if case.noticed_kinds else NO_FINE
    if confiscated:
        yield _money(law, on, "not_told_confiscation", CONFISCATIONS, confiscated, _classes(case, law, on))
    elif confiscated is None and not CONFISCATION.isdisjoint(kinds):
        yield NO_CONFISCATED
    if not NOT_OTHER.issuperset(kinds):
        yield _other(law, on, [kind for kind in kinds if kind not in NOT_OTHER and kind not in definite])


def _heavy(kinds: Iterable[str], which: Iterable[str]) -> Requirement:
    return breach("not_told_kinds", heavy=Choices("kinds", tuple(kind for kind in kinds if kind in which)))


def _classes(case: Penalty, law: Law, on: date | None) -> tuple[str, ...]:
    """The classes whose amounts may be the party's: one, or both when its kind is not recorded."""
    party = case.party_kind
    if party is None:
        return EVERY_CLASS
    return (law.value("sole_trader_counts_as", on) if party == "sole_trader" else party,)


def _money(
    law: Law, on: date | None, say: str, names: dict[str, str], amount: Decimal, classes: tuple[str, ...]
) -> Ground:
    """Compare an amount with the larger amount of the party's class, itself included."""
    found = [law.lookup(names[party], on) for party in classes]
    limits = [value.value for value in found if value is not None]
    if len(limits) < len(found):
        unset = tuple(names[party] for party, value in zip(classes, found, strict=True) if value is None)
        return Undetermined(facts=() if len(classes) == 1 else ("party_kind",), parameters=unset)
    if amount < min(limits):
        return None
    return breach(say, amount=amount, limit=max(limits)) if amount >= max(limits) else NO_PARTY_KIND


def _other(law: Law, on: date | None, kinds: Sequence[str]) -> Ground:
    """Look other kinds up in the office's list of heavier ones; the law does not list them."""
    listed = law.lookup("hearing_other_kinds", on)
    if listed is None:
        return NO_OTHER_KINDS
    return None if set(kinds).isdisjoint(listed.value) else _heavy(kinds, listed.value)
