"""What each role may do: one table, read by the API and by the pages, and nothing else decides.

A permission is a word ``noun.verb``. *Which* cases it reaches is a second question, answered by the person's agency
(:func:`enforcement.accounts.queries.visible_agencies`); *whether this person* may act on this case, such as a reviewer
who handled it, is a third, answered by the operation::

    allowed("officer", "case.record")      # True
    allowed("admin", "case.record")        # False: whoever manages accounts keeps no cases
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping

#: What everybody who is signed in may read or try: the rulebook, and a check that stores nothing.
EVERYBODY = frozenset({"rule.read", "parameter.read", "case.check"})

#: Who keeps the book: records and changes cases, answers findings, asks for waivers and reviews.
OFFICER = EVERYBODY | {
    "case.read",
    "case.record",
    "case.change",
    "finding.read",
    "finding.respond",
    "waiver.propose",
    "review.read",
    "review.submit",
}
#: Legal review: reads cases and answers submissions.
REVIEWER = EVERYBODY | {"case.read", "finding.read", "review.read", "review.answer"}
#: Whoever answers for an office: reads everything below, decides waivers, runs sweeps, draws up the yearly figures.
SUPERVISOR = EVERYBODY | {
    "case.read",
    "finding.read",
    "review.read",
    "waiver.approve",
    "sweep.read",
    "sweep.run",
    "statistics.read",
}
#: Accounts, parameters and the machinery; no cases.
ADMIN = EVERYBODY | {"account.manage", "parameter.change", "sweep.read", "sweep.run"}

PERMISSIONS: Mapping[str, frozenset[str]] = {
    "officer": OFFICER,
    "reviewer": REVIEWER,
    "supervisor": SUPERVISOR,
    "admin": ADMIN,
}

#: Every permission there is.
ALL: frozenset[str] = frozenset().union(*PERMISSIONS.values())


def allowed(role: str, permission: str) -> bool:
    """Tell whether a role holds a permission; an unknown role holds none."""
    return permission in PERMISSIONS.get(role, frozenset())


def allowed_any(role: str, permissions: Iterable[str]) -> bool:
    """Tell whether a role holds at least one of some permissions."""
    return any(allowed(role, permission) for permission in permissions)
