"""Logs as one JSON object a line, each with the id of the request it belongs to.

An officer reports "it said error, request 01K…"; the line with that id tells what happened. A caller may bring an id of their
own (``X-Request-Id``) when it is sane, so that a proxy's log and this one fit together; anything else is replaced, since a line
break or a brace in an id would forge lines. Query strings are not logged: a search may hold a person's name.
"""

from __future__ import annotations

import json
import logging
import re
import time
from datetime import UTC
from datetime import datetime
from typing import Any

from flask import Flask
from flask import Response
from flask import g
from flask import has_request_context
from flask import request

from enforcement.models import public_id

logger = logging.getLogger(__name__)

HEADER = "X-Request-Id"
_SANE = re.compile("[A-Za-z0-9._-]{8,64}")
#: What every log record has; everything else was handed over with ``extra=``.
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """Write a record as one line of JSON with its ``extra`` fields; line breaks in it are escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _PLAIN}
        if has_request_context():
            line.setdefault("request", request_id())
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(level: int | str = logging.INFO) -> None:
    """Send every log of the process to stderr as JSON lines; for servers, never for a test or a command."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)


def request_id() -> str:
    """The id of this request: the caller's, when sane, else a new one."""
    if "request_id" not in g:
        brought = request.headers.get(HEADER, "")
        g.request_id = brought if _SANE.fullmatch(brought) else public_id()
    found: str = g.request_id
    return found


def init_app(app: Flask) -> None:
    """Name and log every request of the application."""
    app.before_request(_start)
    app.after_request(_finish)


def _start() -> None:
    g.started = time.perf_counter()
    request_id()


def seconds_so_far() -> float:
    """How long this request has taken."""
    now = time.perf_counter()
    started: float = g.get("started", now)
    return now - started


def _finish(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    logger.info(
        "%s %s %d",
        request.method,
        request.path,
        response.status_code,
        extra={
            "route": request.url_rule.rule if request.url_rule else None,
            "status": response.status_code,
            "milliseconds": round(seconds_so_far() * 1000, 1),
            "user": g.actor.login if "actor" in g else None,
            "remote": request.remote_addr,
        },
    )
    return response
