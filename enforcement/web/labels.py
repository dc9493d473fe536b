"""Words for what the book holds by code: states, severities, kinds, roles, levels; each in both languages, in one place.

``{{ say(labels.STATES["overdue"]) }}`` in a template, ``say(labels.ROLES[user.role])`` in a view.
"""

from __future__ import annotations

from enforcement.exchange.reporting.words import SEVERITIES
from enforcement.exchange.reporting.words import STATES
from rules.facts import KIND_LABELS
from rules.facts import Text

__all__ = ["KINDS", "LEVELS", "RESULTS", "REVIEW_ITEMS", "ROLES", "SEVERITIES", "STATES", "TONES"]

KINDS = KIND_LABELS
#: The colour in which a state or severity is shown; the word stands there as well.
TONES = {
    "violated": "bad",
    "overdue": "bad",
    "late": "warn",
    "pending": "info",
    "undetermined": "unknown",
    "satisfied": "good",
    "fatal": "bad",
    "error": "bad",
    "warning": "warn",
    "info": "info",
}
ROLES = {
    "officer": Text("承办人", "Officer"),
    "reviewer": Text("法制审核人", "Legal reviewer"),
    "supervisor": Text("监督人", "Supervisor"),
    "admin": Text("管理员", "Administrator"),
}
LEVELS = {
    "subdistrict": Text("街道", "Subdistrict"),
    "township": Text("乡镇", "Township"),
    "district": Text("区", "District"),
    "city": Text("市", "City"),
    "other": Text("其他", "Other"),
}
RESULTS = {
    "passed": Text("通过", "Passed"),
    "correct": Text("退回改正", "To be corrected"),
    "supplement": Text("退回补充", "To be supplemented"),
    "transfer": Text("移送", "To be transferred"),
}
REVIEW_ITEMS = {
    "subject": Text("执法主体与人员资格", "Competence of the agency and its officers"),
    "procedure": Text("执法程序", "Procedure"),
    "facts": Text("事实与证据", "Facts and evidence"),
    "law": Text("法律适用", "Application of the law"),
    "discretion": Text("裁量基准", "Discretion"),
    "powers": Text("法定权限", "Limits of the powers"),
    "documents": Text("执法文书", "Documents"),
    "crime": Text("涉嫌犯罪移送", "Suspicion of a crime"),
}
