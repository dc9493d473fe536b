"""The norms the rules rest on, with the day each version came into force (``law/national.md`` section 2).

``PENALTY_LAW.article("60")`` is what an outcome cites; its ``in_force_from`` is that of the version applied.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rules.facts import Text


class Article(NamedTuple):
    """An article of a norm in one version."""

    name: Text
    article: str
    in_force_from: date


class Norm(NamedTuple):
    """A norm in one version."""

    name: Text
    in_force_from: date

    def article(self, number: str) -> Article:
        """Cite an article (``"60"``, ``"64(1)"``) of this version."""
        return Article(self.name, number, self.in_force_from)


#: First day of the revised Administrative Penalty Law, on which most procedural numbers changed.
PENALTY_LAW_2021 = date(2021, 7, 15)
#: Last day of the law before it.
OLD_PENALTY_LAW_UNTIL = date(2021, 7, 14)

_PENALTY_LAW = Text("中华人民共和国行政处罚法", "Administrative Penalty Law")
PENALTY_LAW = Norm(_PENALTY_LAW, PENALTY_LAW_2021)
PENALTY_LAW_2017 = Norm(_PENALTY_LAW, date(2018, 1, 1))
PENALTY_LAW_1996 = Norm(_PENALTY_LAW, date(1996, 10, 1))
COERCION_LAW = Norm(Text("中华人民共和国行政强制法", "Administrative Coercion Law"), date(2012, 1, 1))
THREE_SYSTEMS = Norm(
    Text("国办发〔2018〕118号（三项制度）", "State Council General Office [2018] No. 118 (three systems)"),
    date(2018, 12, 5),
)
URBAN_PROCEDURE = Norm(
    Text(
        "住房和城乡建设行政处罚程序规定（住建部令55号）",
        "Housing and urban-rural development penalty procedure (Order 55)",
    ),
    date(2022, 5, 1),
)
MARKET_PROCEDURE = Norm(Text("市场监督管理行政处罚程序规定", "Market supervision penalty procedure"), date(2021, 7, 15))
BUSINESS_INSPECTION = Norm(
    Text("国办发〔2024〕54号（涉企行政检查）", "State Council General Office [2024] No. 54 (inspection of businesses)"),
    date(2025, 1, 3),
)
INSPECTION_FORMS = Norm(
    Text("行政检查文书基本格式文本（试行）", "Basic forms for inspections (trial)"), date(2025, 5, 8)
)
TRANSFER_RULES = Norm(
    Text("行政执法机关移送涉嫌犯罪案件的规定", "Rules on transferring suspected crimes"), date(2020, 8, 7)
)
COLLECTION_RULES = Norm(
    Text("罚款决定与罚款收缴分离实施办法", "Measures on separating fining and collecting"), date(1998, 1, 1)
)
SUPERVISION_REGULATION = Norm(
    Text("行政执法监督条例（国务院令825号）", "Regulation on supervision of enforcement (Decree 825)"), date(2026, 2, 1)
)
LITIGATION_LAW = Norm(Text("中华人民共和国行政诉讼法", "Administrative Litigation Law"), date(2017, 7, 1))
RECONSIDERATION_LAW = Norm(Text("中华人民共和国行政复议法", "Administrative Reconsideration Law"), date(2024, 1, 1))
CODE_STANDARD = Norm(Text("GB 32100-2015", "GB 32100-2015"), date(2015, 10, 1))
IDENTITY_STANDARD = Norm(Text("GB 11643-1999", "GB 11643-1999"), date(1999, 7, 1))
