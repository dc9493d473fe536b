"""The first page of administration: the topics that the person may open, and what each of them holds."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint

from enforcement.web.rendering import render
from enforcement.web.session import may
from enforcement.web.session import page
from rules.facts import Text

blp = Blueprint("admin", __name__)


class Topic(NamedTuple):
    """A page of administration."""

    endpoint: str
    permission: str
    label: Text
    about: Text


TOPICS = (
    Topic(
        "agencies",
        "account.manage",
        Text("执法机关", "Agencies"),
        Text("机关及其上下级", "The agencies and their tree"),
    ),
    Topic(
        "officers",
        "account.manage",
        Text("执法人员", "Officers"),
        Text("执法证、有效期与到期提醒", "Certificates, their validity, and which end soon"),
    ),
    Topic(
        "users",
        "account.manage",
        Text("账户", "Accounts"),
        Text("谁能登录、角色与所属机关", "Who signs in, as what, where"),
    ),
    Topic(
        "tokens",
        "account.manage",
        Text("令牌", "Tokens"),
        Text("供程序使用的接口令牌", "Access of programs to the API"),
    ),
    Topic(
        "parameters",
        "parameter.change",
        Text("参数", "Parameters"),
        Text("法定数值、依据与核实情况", "The numbers of the law, their sources, whether confirmed"),
    ),
    Topic(
        "catalogue",
        "parameter.change",
        Text("重大执法决定法制审核目录", "Review catalogue"),
        Text("哪些决定须经法制审核", "Which decisions need legal review"),
    ),
    Topic(
        "mail",
        "account.manage",
        Text("邮件", "Mail"),
        Text("发件箱与邮件预览", "The outbox, and what would be sent to whom"),
    ),
    Topic("sweeps", "sweep.read", Text("巡查", "Sweeps"), Text("每日巡查及其记录", "The daily sweep and its ledger")),
    Topic(
        "calendar",
        "parameter.read",
        Text("工作日历", "Calendar"),
        Text("已知哪些年份的放假安排", "The years whose days of rest are known"),
    ),
)


@blp.get("/admin")
@page("account.manage", "parameter.change", "sweep.read")
def index() -> str:
    """Show the topics."""
    return render("admin/index.html", topics=[topic for topic in TOPICS if may(topic.permission)])
