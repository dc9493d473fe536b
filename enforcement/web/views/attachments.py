"""Documents, photos and recordings of a case: uploading, giving out, withdrawing.

Whatever somebody uploaded is given out to be saved and never to be shown: as an attachment, under the type its content has, with
``nosniff`` and in a sandbox that may do nothing. So a page somebody smuggled in as a picture never runs at this address.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from typing import Any
from typing import BinaryIO
from typing import cast

from flask import Blueprint
from flask import Response
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import Gone
from werkzeug.exceptions import InternalServerError

from enforcement.api.context import now
from enforcement.api.context import service
from enforcement.attachments import operations
from enforcement.attachments import queries
from enforcement.attachments.names import disposition
from enforcement.attachments.operations import LONGEST_NOTE
from enforcement.attachments.types import accept
from enforcement.attachments.types import extensions
from enforcement.cases import queries as cases
from enforcement.errors import Conflict
from enforcement.errors import Invalid
from enforcement.models import Case
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import language
from enforcement.web.session import notify
from enforcement.web.session import page

logger = logging.getLogger(__name__)

blp = Blueprint("attachments", __name__)

#: Room for the other fields of the form and for the borders between them.
AROUND = 64 * 1024
#: A file that is opened nevertheless may run nothing, load nothing and reach nothing.
SANDBOX = "sandbox; default-src 'none'"


@blp.url_value_preprocessor
def allow_size(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let an upload be as large as an attachment may be; this runs before anything reads the form."""
    if endpoint == "web.attachments.upload":
        request.max_content_length = service().settings.max_attachment_bytes + AROUND


@blp.get("/cases/<public_id>/attachments")
@page("case.change")
def form(public_id: str) -> str:
    """Show the form for uploading."""
    return _form(cases.get(actor(), public_id), {})


@blp.post("/cases/<public_id>/attachments")
@page("case.change")
def upload(public_id: str) -> ResponseReturnValue:
    """Take a file into the case."""
    case = cases.get(actor(), public_id)
    file = request.files.get("file")
    if file is None or not file.filename:
        return _form(case, {"file": [_("请选择文件")]}), 422
    limit = service().settings.max_attachment_bytes
    try:
        held = operations.attach(
            actor(),
            public_id,
            file.filename,
            request.form.get("note", ""),
            cast(BinaryIO, file.stream),
            limit,
            now(),
        )
    except Invalid as error:
        return _form(case, error.errors), 422
    except Conflict as error:
        return _form(case, {"file": [error.of(language())]}), 409
    notify("done", _("已上传“%(name)s”", name=held.name))
    return redirect(url_for("web.cases.show", public_id=public_id, _anchor="attachments"), 303)


@blp.get("/attachments/<public_id>")
@page("case.read")
def download(public_id: str) -> Response:
    """Give a file out to be saved; one that is not what was uploaded is not given out."""
    file = queries.get(actor(), public_id)
    if file.removed_at is not None:
        raise Gone(_("该附件已撤回"))
    if not queries.is_intact(file):
        logger.error("attachment %s is not what was uploaded", file.public_id)
        raise InternalServerError
    headers = {
        "Content-Disposition": disposition(file.name),
        "Content-Length": str(file.size),
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Repr-Digest": f"sha-256=:{_base64(file.sha256)}:",
    }
    return Response(queries.content(file), 200, headers, mimetype=file.media_type)


@blp.get("/attachments/<public_id>/withdraw")
@page("case.change")
def ask(public_id: str) -> str:
    """Ask why a file is withdrawn."""
    return render("cases/withdraw.html", file=queries.get(actor(), public_id), errors={}, reason="")


@blp.post("/attachments/<public_id>/withdraw")
@page("case.change")
def withdraw(public_id: str) -> ResponseReturnValue:
    """Withdraw a file."""
    file = queries.get(actor(), public_id)
    reason = request.form.get("reason", "")
    try:
        operations.withdraw(actor(), public_id, reason, now())
    except Invalid as error:
        return render("cases/withdraw.html", file=file, errors=error.errors, reason=reason), 422
    notify("done", _("已撤回“%(name)s”", name=file.name))
    return redirect(url_for("web.cases.show", public_id=file.case.public_id, _anchor="attachments"), 303)


def _form(case: Case, errors: dict[str, Any]) -> str:
    return render(
        "cases/upload.html",
        case=case,
        errors=errors,
        note=request.form.get("note", ""),
        accept=accept(),
        extensions=extensions(),
        megabytes=f"{service().settings.max_attachment_bytes / 1024 / 1024:g}",
        longest_note=LONGEST_NOTE,
    )


def _base64(digest: str) -> str:
    return b64encode(bytes.fromhex(digest)).decode()
