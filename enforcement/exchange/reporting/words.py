"""What outcomes are called in a report, and the sentences that sum one up.

The rate is never shown alone: ``合格率 85.71%：合格 6 ÷（合格 6 ＋ 不合格 1）`` says what it is made of, and the next
sentence what is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from enforcement.exchange.checking import Summary
from rules.explanation import parameter_label
from rules.facts import Text
from rules.law import Law
from rules.outcome import Severity
from rules.outcome import State

STATES: dict[State, Text] = {
    "violated": Text("违反", "violated"),
    "overdue": Text("逾期未办", "overdue"),
    "late": Text("逾期完成", "late"),
    "pending": Text("未到期", "pending"),
    "undetermined": Text("无法判断", "undetermined"),
    "satisfied": Text("符合", "satisfied"),
}
SEVERITIES: dict[Severity, Text] = {
    "fatal": Text("致命", "fatal"),
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "info": Text("提示", "info"),
}
FLAGGED = Text("须立即处理", "Flagged")
FLAGGED_SUM = Text(
    "须立即处理 {outcomes} 项，涉及 {flagged} 件（共 {cases} 件）",
    "{outcomes} outcomes call for action now, in {flagged} of {cases} cases",
)
RATE = Text(
    "合格率 {rate}：合格 {passed} ÷（合格 {passed} ＋ 不合格 {failed}）；不合格指违反、逾期未办、逾期完成",
    "Rate {rate}: {passed} passed ÷ ({passed} passed + {failed} failed); failed is violated, overdue or late",
)
NO_RATE = Text("没有已能判定的事项，因此没有合格率", "Nothing checked: nothing could be decided, so there is no rate")
BESIDE = Text(
    "不计入合格率：无法判断 {undetermined}，未到期 {pending}，不涉及 {not_concerned}",
    "Beside the rate: {undetermined} undetermined, {pending} pending, {not_concerned} not concerned",
)
WAITS_ON_PARAMETER = Text(
    "参数尚无值：{name}——{count} 件取决于它", "Parameter without a value: {name} — cases that depend on it: {count}"
)
WAITS_ON_YEAR = Text(
    "{name} 年的节假日安排未知——{count} 件取决于它",
    "The working days of {name} are not decreed — cases that depend on it: {count}",
)


def rate_sentences(summary: Summary, language: str) -> list[str]:
    """The rate with what it is made of, and what stands beside it."""
    states = summary.states
    if summary.rate is None:
        rate = NO_RATE.of(language)
    else:
        rate = RATE.of(language).format(rate=f"{summary.rate:.2%}", passed=summary.passed, failed=summary.failed)
    beside = BESIDE.of(language).format(
        undetermined=states.get("undetermined", 0),
        pending=states.get("pending", 0),
        not_concerned=summary.not_concerned,
    )
    return [rate, beside]


def flagged_sentence(summary: Summary, language: str) -> str:
    """How much calls for action now."""
    return FLAGGED_SUM.of(language).format(outcomes=summary.flagged, flagged=summary.flagged_cases, cases=summary.cases)


def waiting_sentences(summary: Summary, law: Law, language: str) -> Iterator[str]:
    """What the undetermined wait on, once for each parameter and each year."""
    for name, count in sorted(summary.parameters.items(), key=lambda item: (-item[1], item[0])):
        label = parameter_label(law, name).of(language)
        yield WAITS_ON_PARAMETER.of(language).format(name=label, count=count)
    for year, count in sorted(summary.years.items()):
        yield WAITS_ON_YEAR.of(language).format(name=year, count=count)
