"""flask-smorest with the corrections that this API needs, in one place.

* Errors are problems (:mod:`enforcement.api.problems`), in the answers and in the description.
* Bodies are read strictly (:mod:`enforcement.api.bodies`); unknown parameters and members are named and refused.
* Answers are ``msgspec`` structures: what is documented is what is written, and it is written fast::

    blp = Blueprint("findings", __name__, url_prefix="/api", description="…")

    @blp.route("/findings", methods=["GET"])
    @permission("finding.read")
    @blp.arguments(FindingQuery, location="query")
    @blp.answers(200, FindingPage)
    def findings(query): return answer(FindingPage(...))
"""

from __future__ import annotations

import http
from collections.abc import Callable
from collections.abc import Mapping
from functools import wraps
from typing import Any
from typing import NoReturn
from typing import TypeVar

import flask_smorest
import msgspec
from flask import Response
from flask import request
from marshmallow import RAISE
from marshmallow import ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.routing import BaseConverter

from enforcement.api.bodies import read_json
from enforcement.api.context import language
from enforcement.api.fields import QuerySchema
from enforcement.api.fields import refusal
from enforcement.api.problems import MEDIA_TYPE
from enforcement.api.structs import schemas_of
from enforcement.cases.wording import speaking
from enforcement.models.fields import PUBLIC_ID_LENGTH

View = TypeVar("View", bound=Callable[..., Any])


class PublicIdConverter(BaseConverter):
    """A public id in a path; anything else is no address at all, so that nothing odd reaches the database."""

    regex = f"[0-9A-HJKMNP-TV-Z]{{{PUBLIC_ID_LENGTH}}}"


def describe_public_id(converter: BaseConverter) -> dict[str, Any]:
    """Describe a public id for OpenAPI."""
    return {"type": "string", "pattern": f"^{converter.regex}$", "example": "01KC2V6Y5WQ3N8Z4T7R1P9XJ0B"}


class Parser(FlaskParser):
    """Reads arguments strictly, in the caller's language, and tells every fault in one answer."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE}  # noqa: RUF012

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """Parse within the language of the request."""
        with speaking(language()):
            return super().parse(*args, **kwargs)

    def load_json(self, req: Any, schema: Any) -> Any:
        """Read the body; raises Refusal with 400 or 415."""
        return read_json()

    def handle_error(self, error: ValidationError, req: Any, schema: Any, **_: Any) -> NoReturn:
        """Refuse with every fault by name; webargs puts them under the location, which nobody needs."""
        assert isinstance(error.messages, dict)
        (messages,) = error.messages.values()
        raise refusal(messages)


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    """A blueprint whose routes are documented with their permission and their problems."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, import_name: str, **options: Any) -> None:
        super().__init__(name, import_name, **options)
        self._prepare_doc_cbks.append(_document_access)

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Register a view; its permission is documented, and a parameter of the query that it does not name is refused."""

        def register(view: View) -> View:
            doc = {**getattr(view, "_apidoc", {}), "permissions": getattr(view, "permissions", ())}
            doc["manual_doc"] = {"operationId": f"{self.name}_{view.__name__}", **doc.get("manual_doc", {})}
            guarded: Any = view if any(item["in"] == "query" for item in _arguments(doc)) else _without_query(view)
            guarded._apidoc = doc
            found: View = super(Blueprint, self).route(rule, **options)(guarded)
            return found

        return register

    def arguments(self, schema: Any, *, location: str = "json", **options: Any) -> Callable[[View], View]:
        """Hand the view what a schema reads from the query or the body."""
        found: Callable[[View], View] = super().arguments(schema, location=location, **options)
        return found

    def answers(self, status: int, struct: type | str, **options: Any) -> Callable[[View], View]:
        """Document an answer of the view by its structure, or by the name of a registered schema."""
        name = struct if isinstance(struct, str) else struct.__name__
        found: Callable[[View], View] = super().response(status, name, **options)
        return found

    def problems(self, *statuses: int) -> Callable[[View], View]:
        """Document further problems of the view."""

        def declare(view: View) -> View:
            for status in statuses:
                view = super(Blueprint, self).alt_response(status, response=http.HTTPStatus(status).name)(view)
            return view

        return declare

    def describes(self, **members: Any) -> Callable[[View], View]:
        """Add members to the view's OpenAPI operation as they are."""
        found: Callable[[View], View] = super().doc(**members)
        return found


class ProblemApi(flask_smorest.Api):  # type: ignore[misc]
    """The API's description, with problems as the form of every error."""

    ERROR_SCHEMA = "Problem"

    def _register_error_handlers(self) -> None:
        """Nothing: the application answers every error itself."""

    def _register_responses(self) -> None:
        """Register the problem of each status under its own media type, and the answer without a body."""
        form = {"content": {MEDIA_TYPE: {"schema": self.ERROR_SCHEMA}}}
        for status in http.HTTPStatus:
            if status >= 400:
                self.spec.components.response(status.name, {"description": status.phrase, **form}, lazy=True)
        self.spec.components.response("NOT_MODIFIED", {"description": "Not Modified"}, lazy=True)
        self.spec.components.response("DEFAULT_ERROR", {"description": "Any other problem", **form}, lazy=True)

    def _register_pagination_header(self) -> None:
        """Nothing: :mod:`enforcement.api.paging` describes its headers itself."""

    def register_structs(self, *structs: type) -> None:
        """Register structures, and those within them, as schemas of the description."""
        for name, schema in schemas_of(*structs).items():
            self.spec.components.schema(name, schema)


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Write a structure, or anything built of such, as the JSON answer."""
    return Response(msgspec.json.encode(value), status, headers, mimetype="application/json")


def _arguments(doc: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = doc.get("arguments", {}).get("parameters", [])
    return found


def _without_query(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse every parameter of a query by name, for a view that takes none."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if request.args:
            Blueprint.ARGUMENTS_PARSER.parse(QuerySchema, request, location="query")
        return view(*args, **kwargs)

    return wrapped


def _document_access(doc: dict[str, Any], doc_info: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Document the permission of an operation, and the problems that come before its view."""
    statuses = [401, 403, 422, 503]
    if "requestBody" in doc or "requestBody" in doc_info.get("manual_doc", {}):
        statuses += [400, 413, 415]
    responses = doc.setdefault("responses", {})
    for status in statuses:
        responses.setdefault(status, http.HTTPStatus(status).name)
    doc["x-permissions"] = list(doc_info.get("permissions", ()))
    return doc
