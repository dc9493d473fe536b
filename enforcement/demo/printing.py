"""The demo's summary as tables that can be read in a terminal of a hundred columns, in Chinese or in English."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from decimal import Decimal
from email import message_from_bytes
from email import policy
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from enforcement.demo.office import Office
from enforcement.demo.summary import Compliance
from enforcement.demo.summary import Line
from enforcement.demo.summary import rate
from enforcement.exchange.checking import FAILED
from rules.explanation import parameter_label
from rules.facts import KIND_LABELS
from rules.facts import Text
from rules.law import Law

SAY = {
    "compliance": Text("合规情况", "Compliance"),
    "rule": Text("规则", "Rule"),
    "title": Text("要求", "What must be so"),
    "passed": Text("合规", "Passed"),
    "failed": Text("不合规", "Failed"),
    "due": Text("未到期", "Due"),
    "undetermined": Text("无法判断", "Unknown"),
    "untold": Text("摘录未载", "Untold"),
    "rate": Text("合规率", "Rate"),
    "nothing": Text("没有可判断的事项", "nothing checked"),
    "unset": Text("尚无确认值的参数", "Parameters without a value"),
    "parameter": Text("参数", "Parameter"),
    "depend": Text("有多少案件取决于它", "Depending on it"),
    "cases": Text("{n} 件", "{n} case(s)"),
    "worst": Text(
        "须立即处理的 {all} 项中最严重的 {n} 项（每案一项）",
        "The worst {n} of {all} findings that call for action now, one a case",
    ),
    "case": Text("案件", "Case"),
    "message": Text("问题", "Finding"),
    "mails": Text("{where} 中有 {n} 封邮件", "{n} mails lie in {where}"),
    "to": Text("收件人", "To"),
    "subject": Text("主题", "Subject"),
    "file": Text("文件", "File"),
    "serving": Text("服务地址：{address}（按 Ctrl-C 结束）", "Open {address} (Ctrl-C ends it)"),
    "book": Text("台账文件：{file}", "The book: {file}"),
    "people": Text("登录名（密码都是 {password}）", "Sign-in names (everybody's password is {password})"),
    "login": Text("登录名", "Sign in"),
    "role": Text("角色", "Role"),
    "agency": Text("机关", "Agency"),
    "token": Text("API 令牌（Authorization: Bearer …）", "API token (Authorization: Bearer …)"),
    "overall": Text(
        "{day} 合规率 {rate} = 合规 {passed} ÷（合规 {passed} + 不合规 {failed}）；"
        "未到期 {due}、无法判断 {undetermined}、摘录未载 {untold}、已豁免 {waived} 另列，不计入。",
        "{day}: rate {rate} = {passed} passed ÷ ({passed} passed + {failed} failed); beside it, and not in it: "
        "{due} not yet due, {undetermined} undetermined, {untold} untold in extracts, {waived} waived.",
    ),
    "held": Text(
        "台账 {n} 件：{kinds}；其中摘录 {extracts} 件，被认定不合规的 {accused} 件（未载明的事实不作为不利认定）。",
        "{n} cases in the book: {kinds}. {extracts} are extracts, {accused} of them found at fault: what a source does "
        "not tell is held against nobody.",
    ),
}
SEVERITIES = {
    "fatal": Text("否决", "fatal"),
    "error": Text("错误", "error"),
    "warning": Text("提醒", "warning"),
    "info": Text("提示", "info"),
}
STATES = {"violated": Text("违反", "violated"), "overdue": Text("逾期", "overdue")}
ROLES = {
    "officer": Text("承办人", "officer"),
    "reviewer": Text("法制审核", "reviewer"),
    "supervisor": Text("监督", "supervisor"),
    "admin": Text("管理员", "admin"),
}
COLOURS = {"fatal": "bold red", "error": "red", "warning": "yellow", "info": "cyan"}


class Printer:
    """Writes to a console in one language."""

    def __init__(self, language: str, console: Console) -> None:
        self.language = language
        self.console = console

    def say(self, name: str, **fields: object) -> str:
        """One of the texts, filled."""
        return SAY[name].of(self.language).format(**fields)

    def summary(self, compliance: Compliance, law: Law) -> None:
        """Print the whole summary."""
        for kind in KIND_LABELS:
            lines = [line for line in compliance.lines if line.kind == kind]
            if lines:
                self.console.print(self._lines(kind, lines))
        self.console.print(self._overall(compliance))
        if compliance.parameters:
            self.console.print(self._parameters(compliance.parameters, law))
        if compliance.worst:
            self.console.print(self._worst(compliance))

    def mails(self, mailbox: Path, files: Sequence[Path]) -> None:
        """Print which mails lie in the mailbox: to whom, about what, in which file."""
        table = self._table(self.say("mails", n=len(files), where=mailbox), ["to", "subject", "file"], fold={1})
        for row in sorted(_mail(file) for file in files):
            table.add_row(*row)
        self.console.print(table)

    def book(self, database: Path) -> None:
        """Print where the book lies."""
        self.console.print(Styled(self.say("book", file=database)))

    def serving(self, address: str) -> None:
        """Print where the service is, before it starts."""
        self.console.print(Styled(self.say("serving", address=address), style="bold"))

    def people(self, office: Office) -> None:
        """Print who can sign in, and the tokens."""
        table = self._table(
            self.say("people", password=office.password), ["login", "role", "agency", "token"], fold={3}
        )
        for login, person in office.people.items():
            agency = person.user.agency
            name = agency.name_en if self.language == "en" else agency.name_zh
            table.add_row(login, ROLES[person.user.role].of(self.language), name, person.token)
        self.console.print(table)

    def _lines(self, kind: str, lines: Iterable[Line]) -> Table:
        counts = ["passed", "failed", "due", "undetermined", "untold"]
        title = f"{KIND_LABELS[kind].of(self.language)} · {self.say('compliance')}"
        table = self._table(title, ["rule", "title", *counts, "rate"], right={2, 3, 4, 5, 6, 7}, fold={1})
        for line in lines:
            shown = [self._count(getattr(line, name), name) for name in counts]
            table.add_row(line.rule, line.title, *shown, self._rate(rate(line.passed, line.failed), short=True))
        return table

    def _overall(self, compliance: Compliance) -> Styled:
        totals = {
            name: compliance.total(name) for name in ("passed", "failed", "due", "undetermined", "untold", "waived")
        }
        kinds = "，".join(f"{KIND_LABELS[kind].zh} {n}" for kind, n in compliance.cases.items())
        if self.language == "en":
            kinds = ", ".join(f"{KIND_LABELS[kind].en.lower()} {n}" for kind, n in compliance.cases.items())
        held = self.say(
            "held",
            n=sum(compliance.cases.values()),
            kinds=kinds,
            extracts=compliance.extracts,
            accused=compliance.accused_extracts,
        )
        overall = self.say("overall", day=compliance.day, rate=self._rate(compliance.rate), **totals)
        return Styled(f"{held}\n{overall}\n", style="bold")

    def _parameters(self, parameters: Iterable[tuple[str, int]], law: Law) -> Table:
        table = self._table(self.say("unset"), ["parameter", "depend"], right={1}, fold={0})
        for name, number in parameters:
            table.add_row(parameter_label(law, name).of(self.language), self.say("cases", n=number))
        return table

    def _worst(self, compliance: Compliance) -> Table:
        title = self.say("worst", n=len(compliance.worst), all=compliance.flagged)
        table = self._table(title, ["case", "rule", "message"], fold={0, 2}, lines=True)
        for worst in compliance.worst:
            severity = SEVERITIES[worst.severity].of(self.language)
            label = Styled(f"{worst.rule}\n{severity}·{STATES[worst.state].of(self.language)}")
            label.stylize(COLOURS[worst.severity])
            table.add_row(f"{worst.number}\n{worst.agency}", label, worst.message)
        return table

    def _table(
        self,
        title: str,
        columns: list[str],
        right: Iterable[int] = (),
        fold: Iterable[int] = (),
        lines: bool = False,
    ) -> Table:
        table = Table(title=title, title_justify="left", title_style="bold", header_style="bold", show_lines=lines)
        for place, name in enumerate(columns):
            table.add_column(
                self.say(name),
                justify="right" if place in right else "left",
                no_wrap=place not in fold,
                overflow="fold",
            )
        return table

    def _count(self, number: int, name: str) -> Styled:
        if number == 0:
            return Styled("·", style="dim")
        return Styled(str(number), style="bold red" if name == "failed" else "")

    def _rate(self, value: Decimal | None, short: bool = False) -> str:
        if value is None:
            return "—" if short else self.say("nothing")
        return f"{value * 100:.2f}".rstrip("0").rstrip(".") + " %"


def _mail(file: Path) -> tuple[str, str, str]:
    """To whom a mail goes, about what, and its file."""
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    return mail["To"].addresses[0].addr_spec, str(mail["Subject"]), file.name


#: Every state the worst findings can have is named above.
assert set(STATES) <= set(FAILED)
