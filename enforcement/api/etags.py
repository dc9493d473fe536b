"""ETags of a case: a version that guards changes, and behind it a mark of what was read.

    ETag: "3-9f2c41d07a5be318"

``3`` is the case's version, and ``If-Match`` compares it alone: two officers who read version 3 cannot both change it. What
follows the dash is a hash of the answer, since the outcomes change with the day, the language and the law while the facts
stay; ``If-None-Match`` compares all of it. A proxy that compresses turns the tag into a weak one (``W/``), which therefore counts
as well; the version in the UPDATE is the last word in any case.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from flask import Response
from flask import request

from enforcement.api.problems import Refusal
from enforcement.models import Case
from rules.facts import Text

REQUIRED = Text(
    "请用 If-Match 说明您读到的版本（读取时的 ETag）",
    "Say with If-Match which version you read (the ETag of the answer)",
)

_TAG = {"schema": {"type": "string"}, "description": "Version of the case, a dash, and a mark of the answer"}
ETAG_HEADERS = {"ETag": _TAG}
IF_NONE_MATCH = {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag that was read; * stands for whichever version there is",
    "schema": {"type": "string"},
}


def tagged(response: Response, case: Case) -> Response:
    """Give an answer its tag."""
    response.set_etag(f"{case.version}-{blake2b(response.get_data(), digest_size=8).hexdigest()}")
    return response


def unless_known(response: Response) -> Response:
    """Turn an answer that the caller has already (``If-None-Match``) into 304."""
    response.make_conditional(request)
    return response


def version_read(case: Case) -> int:
    """The version a change was made from; raises Refusal with 428 when the caller does not say.

    Of several tags the one that is current counts; a tag that is none of ours can only be stale, and is version 0.
    """
    asked = request.if_match
    if not asked:
        raise Refusal(428, REQUIRED)
    tags: Any = asked.as_set(include_weak=True)
    versions = {_version(tag) for tag in tags}
    if asked.star_tag or case.version in versions:
        return case.version
    return min(versions)


def _version(tag: str) -> int:
    number = tag.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
