"""Who reviewed, what the review answered, and how long it took.

A reviewer who began after 2018-01-01 holds the national legal qualification and did not handle the case; the opinion answers
eight points; it comes within the working days the office has set itself (ten where only the housing rule applies).
"""

from __future__ import annotations

from datetime import date
from typing import Any
from typing import get_args

from rules.facts import Penalty
from rules.facts.every_case import ReviewItem
from rules.law import Law
from rules.norms import PENALTY_LAW
from rules.norms import PENALTY_LAW_2017
from rules.norms import THREE_SYSTEMS
from rules.norms import URBAN_PROCEDURE
from rules.outcome import MET
from rules.outcome import Duty
from rules.outcome import Severity
from rules.outcome import Verdict
from rules.outcome import breach
from rules.outcome import unknown
from rules.rule import rule
from rules.wording import Choices

#: From this day a person who reviews for the first time must hold the legal qualification (2017 amendment, 38(3)).
QUALIFICATION_SINCE = date(2018, 1, 1)
EVERY_KIND = ("penalty", "measure", "inspection")
ITEMS: tuple[str, ...] = get_args(ReviewItem)

MESSAGES = {
    "unqualified": (
        "审核人 {reviewer} 于 {reviewer_first_reviewed_on} 初次从事审核，未取得法律职业资格；请由合格人员重新审核。",
        "Reviewer {reviewer} first reviewed on {reviewer_first_reviewed_on} without the legal qualification; "
        "have the case reviewed again by a qualified person.",
    ),
    "handler": (
        "审核人 {reviewer} 同时是承办人；请由未承办本案的人员重新审核。",
        "Reviewer {reviewer} also handled the case; have it reviewed again by somebody who did not.",
    ),
}
TITLE = ("法制审核由具备资格且未承办本案的人员作出", "The reviewer is qualified and did not handle the case")
CLAUSE = (
    "初次从事行政处罚决定法制审核的人员，应当通过国家统一法律职业资格考试取得法律职业资格；审核人员与承办人员相分离。"
)


@rule(
    "O-17",
    title=TITLE,
    clause=CLAUSE,
    severity="fatal",
    kinds=("penalty",),
    law=(PENALTY_LAW.article("58(2)"), PENALTY_LAW_2017.article("38(3)"), THREE_SYSTEMS.article("十一")),
    dated_by=("reviewed_on",),
    since=QUALIFICATION_SINCE,
    messages=MESSAGES,
)
def reviewer_of_a_penalty(case: Penalty, law: Law) -> Verdict | None:
    """Who reviews penalties for the first time since 2018 holds the legal qualification, and did not handle the case."""
    return _reviewer(case, law, "fatal")


@rule(
    "O-17",
    title=TITLE,
    clause=CLAUSE,
    severity="warning",
    kinds=("measure", "inspection"),
    law=(THREE_SYSTEMS.article("十一"),),
    dated_by=("reviewed_on",),
    since=date(2018, 12, 5),
    messages=MESSAGES,
)
def reviewer_of_another_act(case: Any, law: Law) -> Verdict | None:
    """Reviewers of measures and inspections are qualified in the same way and did not handle the case."""
    return _reviewer(case, law, "warning")


def _reviewer(case: Any, law: Law, severity: Severity) -> Verdict | None:
    if case.reviewed_on is None:
        return None
    qualified = _qualified(case, law)
    if qualified is False:
        return breach("unqualified", severity)
    reviewer, handlers = case.reviewer, case.handlers
    if reviewer is not None and handlers and reviewer in handlers:
        return breach("handler", "warning")
    missing = [name for name, value in (("reviewer", reviewer), ("handlers", handlers)) if value is None]
    if isinstance(qualified, str):
        missing.append(qualified)
    return unknown(*missing) if missing else MET


def _qualified(case: Any, law: Law) -> bool | str:
    """True, False, or the fact that is missing; the register's own entry counts where the case says nothing."""
    qualified, first = case.reviewer_qualified, case.reviewer_first_reviewed_on
    if qualified is None and law.register is not None and case.reviewer in law.register:
        qualified = law.register[case.reviewer].legal_qualification or None
    if qualified or (first is not None and first < QUALIFICATION_SINCE):
        return True
    if qualified is None:
        return "reviewer_qualified"
    return "reviewer_first_reviewed_on" if first is None else False


@rule(
    "O-18",
    title=("法制审核意见对八项内容逐项作答", "The review answers all eight points"),
    clause="法制审核应当对主体与人员资格、程序、事实与证据、法律适用、裁量、权限、文书、涉嫌犯罪移送逐项审核并形成书面意见。",
    severity="warning",
    kinds=EVERY_KIND,
    law=(THREE_SYSTEMS.article("十三"),),
    dated_by=("reviewed_on",),
    since=date(2018, 12, 5),
    messages={
        "unanswered": ("审核意见未答复：{items}；请补充。", "The review leaves open: {items}; complete it."),
    },
)
def eight_points(case: Any, law: Law) -> Verdict | None:
    """The written opinion answers the eight points of review."""
    if case.reviewed_on is None:
        return None
    answered = case.review_items
    if answered is None:
        return unknown("review_items")
    open_items = tuple(item for item in ITEMS if item not in answered)
    return breach("unanswered", items=Choices("review_items", open_items)) if open_items else MET


@rule(
    "O-19",
    title=("法制审核在规定工作日内完成", "The review is given within the set working days"),
    clause="法制审核机构自收到送审材料之日起，在规定的工作日内提出审核意见。",
    severity="warning",
    kinds=EVERY_KIND,
    law=(URBAN_PROCEDURE.article("25"), THREE_SYSTEMS.article("十四")),
    dated_by=("review_submitted_on",),
    since=URBAN_PROCEDURE.in_force_from,
)
def review_term(case: Any, law: Law) -> Verdict | None:
    """A submitted case is reviewed within the working days set for it."""
    submitted_on, reviewed_on = case.review_submitted_on, case.reviewed_on
    if submitted_on is None:
        return None
    done = reviewed_on if reviewed_on is not None and reviewed_on >= submitted_on else None
    length = law.value("review_working_days", submitted_on)
    return Duty("review_submitted_on", submitted_on, length, "working_days", "reviewed_on", done)
