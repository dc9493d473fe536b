"""Errors as RFC 9457 problems: one form for all of them, every fault named at once, in the caller's language.

    HTTP/1.1 422 Unprocessable Content
    Content-Type: application/problem+json

    {"type": "about:blank", "title": "内容有误", "status": 422, "detail": "内容有误，请逐项更正", "instance": "/api/penalties",
     "request_id": "01KC…", "errors": {"filed_on": ["日历中没有这一天：2026-02-30"]}}

The features refuse by meaning (:mod:`enforcement.errors`); here, and nowhere else, a meaning becomes a status. What nobody
foresaw is logged with its traceback and answered without one.
"""

from __future__ import annotations

import http
import logging
import sqlite3
from collections.abc import Mapping
from typing import Any

import msgspec
import peewee
from flask import Flask
from flask import Response
from flask import request
from flask.typing import ResponseReturnValue
from playhouse.pool import MaxConnectionsExceeded
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import InternalServerError

from enforcement import errors
from enforcement.api.context import language
from enforcement.api.context import text
from enforcement.api.logs import request_id
from enforcement.db import is_conflict
from enforcement.models import Case
from rules.facts import Text

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TITLES: dict[int, Text] = {
    400: Text("请求无法解析", "Bad request"),
    401: Text("未登录", "Not signed in"),
    403: Text("无权执行", "Not permitted"),
    404: Text("没有找到", "Not found"),
    405: Text("此地址不支持这种方法", "Method not allowed"),
    409: Text("与现有内容冲突", "Conflict"),
    412: Text("已被他人修改", "Changed since it was read"),
    413: Text("请求过大", "Request too large"),
    415: Text("内容类型不支持", "Unsupported content type"),
    422: Text("内容有误", "Wrong content"),
    428: Text("缺少 If-Match", "If-Match is missing"),
    500: Text("内部错误", "Internal error"),
    503: Text("暂时无法服务", "Temporarily unavailable"),
}
DETAILS: dict[int, Text] = {
    404: Text("没有这个地址", "There is nothing at this address"),
    405: Text("可用的方法见 Allow", "Allow names the methods there are"),
    413: Text("请求超过允许的大小", "The request is larger than allowed"),
    500: Text(
        "出错了，没有写入任何内容；请把请求编号告知维护人员",
        "Something failed and nothing was written; tell the maintainers the request id",
    ),
    503: Text("数据库暂时无法使用，请稍后再试", "The database cannot be used right now; try again later"),
}
TAKEN = Text("与已有记录重复", "Something with the same key is there already")
#: Seconds after which a caller may try again when the database was busy or away.
RETRY_AFTER = "5"

#: What a feature refuses, and the status that says so; the first that fits counts.
STATUSES: tuple[tuple[type[errors.Refused], int], ...] = (
    (errors.Invalid, 422),
    (errors.Stale, 412),
    (errors.NotFound, 404),
    (errors.Forbidden, 403),
    (errors.Conflict, 409),
)


class Problem(msgspec.Struct, frozen=True):
    """A problem of RFC 9457 as the API answers it; some statuses carry further members."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    errors: dict[str, list[str]] | msgspec.UnsetType = msgspec.UNSET


class Refusal(Exception):
    """A request the API itself refuses before any feature sees it."""

    def __init__(
        self,
        status: int,
        detail: Text,
        *,
        errors: Mapping[str, list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail.en)
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})


def init_app(app: Flask) -> None:
    """Answer every error of the application as a problem."""
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(errors.Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(peewee.PeeweeException, _database)
    app.register_error_handler(MaxConnectionsExceeded, _busy)


def problem(
    status: int,
    detail: str,
    *,
    errors: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    members: Mapping[str, Any] | None = None,
) -> Response:
    """Make the answer; ``members`` are further members beside those of every problem."""
    title = TITLES.get(status)
    body = Problem(
        type="about:blank",
        title=text(title) if title else http.HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=request.path,
        request_id=request_id(),
        errors=msgspec.UNSET if errors is None else dict(errors),
    )
    fields = {**msgspec.to_builtins(body), **(members or {})}
    return Response(msgspec.json.encode(fields), status, headers, content_type=MEDIA_TYPE)


def _refusal(error: Refusal) -> ResponseReturnValue:
    return problem(error.status, text(error.detail), errors=error.errors, headers=error.headers)


def _refused(error: errors.Refused) -> ResponseReturnValue:
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), 400)
    if isinstance(error, errors.Invalid):
        return problem(status, error.of(language()), errors=_spoken(error.errors))
    if isinstance(error, errors.Stale):
        return problem(status, error.of(language()), members=_as_it_is(error.current))
    return problem(status, error.of(language()))


def _spoken(faults: Mapping[str, Any]) -> dict[str, Any]:
    """The messages of each field in the caller's language."""
    return {field: [errors.in_language(str(said), language()) for said in found] for field, found in faults.items()}


def _as_it_is(case: Case) -> dict[str, Any]:
    """What a caller with a stale version needs to try again."""
    return {"version": case.version, "facts": msgspec.Raw(case.facts.encode())}


def _http(error: HTTPException) -> ResponseReturnValue:
    """Keep the headers of the status (Allow, Retry-After, WWW-Authenticate); only the body becomes a problem."""
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()
    headers = {name: value for name, value in error.get_headers() if name.lower() != "content-type"}
    if isinstance(error, InternalServerError):
        logger.error("answered 500 to %s %s", request.method, request.path)
    detail = DETAILS.get(status)
    return problem(status, text(detail) if detail else str(error.description or error.name), headers=headers)


def _database(error: peewee.PeeweeException) -> ResponseReturnValue:
    """A key that is taken is the caller's conflict, a database that is away is nobody's; the rest is a fault of ours."""
    if is_taken(error):
        return problem(409, text(TAKEN))
    if isinstance(error, peewee.OperationalError | peewee.InterfaceError) or is_conflict(error):
        return _busy(error)
    raise error


def _busy(error: Exception) -> ResponseReturnValue:
    logger.warning("the database cannot be used: %s", error)
    return problem(503, text(DETAILS[503]), headers={"Retry-After": RETRY_AFTER})


def is_taken(error: peewee.PeeweeException) -> bool:
    """Tell whether a unique key refused a row, on either engine."""
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) in {
            sqlite3.SQLITE_CONSTRAINT_UNIQUE,
            sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
        }
    return getattr(cause, "sqlstate", None) == "23505"
