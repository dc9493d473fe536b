"""A small office to test with: a district, two streets, a person for every role, and facts of a case that is in order."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from typing import Any

from enforcement.accounts import operations as accounts
from enforcement.models import Agency
from enforcement.models import Officer
from enforcement.models import User

#: An ordinary penalty, decided and served, in which nothing is wrong.
PENALTY: dict[str, Any] = {
    "number": "示街罚立〔2026〕1号",
    "procedure": "ordinary",
    "cause": "擅自占用道路经营",
    "party_kind": "individual",
    "party_name": "张某",
    "party_code": "360426199101010071",
    "handlers": ["12010001", "12010002"],
    "public_interest": False,
    "social_risk": False,
    "major_rights": False,
    "complex": False,
    "act_ended_on": "2026-01-04",
    "discovered_on": "2026-01-04",
    "filed_on": "2026-01-05",
    "filing_approved_by": "李某",
    "investigation_reported_on": "2026-01-12",
    "notice_served_on": "2026-01-13",
    "noticed_kinds": ["fine"],
    "noticed_fine": "500.00",
    "hearing_told": True,
    "hearing_waived_on": "2026-01-13",
    "statement_waived_on": "2026-01-13",
    "kinds": ["fine"],
    "fine": "500.00",
    "fine_min": "200.00",
    "fine_max": "2000.00",
    "decided_on": "2026-01-26",
    "decided_by": "王某",
    "decision_number": "示街罚决〔2026〕1号",
    "served_on": "2026-01-27",
    "paid_on": "2026-01-28",
    "published_on": "2026-01-29",
    "platform_number": "P1",
    "platform_entered_on": "2026-01-29",
}


class Office:
    """The people and agencies of a test, by short names."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.district = self._agency("D", "示例区司法局", None, "district")
        self.street = self._agency("D-A", "示例甲街道", self.district, "subdistrict")
        self.other = self._agency("D-B", "示例乙街道", self.district, "subdistrict")
        self.handler = self._officer("12010001", "甲某")
        self.second = self._officer("12010002", "乙某")
        self.lawyer = self._officer("12019999", "丙某", legal_qualification=True, first_reviewed_on=date(2020, 1, 1))
        self.officer = self._user("officer", "officer", self.street, self.handler)
        self.colleague = self._user("colleague", "officer", self.street, self.second)
        self.reviewer = self._user("reviewer", "reviewer", self.street, self.lawyer)
        self.supervisor = self._user("supervisor", "supervisor", self.district, None)
        self.admin = self._user("admin", "admin", self.district, None)
        self.stranger = self._user("stranger", "officer", self.other, None)

    def _agency(self, code: str, name: str, parent: Agency | None, level: str) -> Agency:
        return accounts.create_agency(
            "test", self.now, code=code, name_zh=name, name_en=code, level=level, parent=parent
        )

    def _officer(self, number: str, name: str, **more: Any) -> Officer:
        return accounts.create_officer("test", self.now, agency=self.street, number=number, name=name, **more)

    def _user(self, login: str, role: str, agency: Agency, officer: Officer | None) -> User:
        return accounts.create_user(
            "test",
            self.now,
            login=login,
            name=login,
            role=role,
            agency=agency,
            officer=officer,
            email=f"{login}@example.org",
        )
