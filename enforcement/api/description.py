"""What the OpenAPI description says beside the routes: titles, security, and the schemas that bodies and answers refer to."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask

from enforcement.api import answers
from enforcement.api import rulebook
from enforcement.api.core import ProblemApi
from enforcement.api.core import PublicIdConverter
from enforcement.api.core import describe_public_id
from enforcement.api.problems import Problem
from enforcement.cases.schemas import facts_schema
from rules.facts import KINDS

ABOUT = """\
执法台账：记录行政处罚、行政强制、行政检查，并逐项对照法律检查。Case log and compliance checker.

- 认证 Authentication: `Authorization: Bearer enf_…`
- 语言 Language: `Accept-Language`, `zh-CN` (默认 default) or `en`
- 错误 Errors: `application/problem+json` (RFC 9457), 一次列出全部错误 every fault named at once
- 日期 Days `YYYY-MM-DD`, 时刻 moments ISO 8601 (Asia/Shanghai), 金额 money as decimal text in yuan
- 修改 Changes: send the `ETag` you read as `If-Match`; `null` clears a fact
"""

CONFIG: dict[str, Any] = {
    "API_TITLE": "Enforcement Ledger 执法台账",
    "API_VERSION": version("enforcement-ledger"),
    "OPENAPI_VERSION": "3.1.0",
    "API_SPEC_OPTIONS": {
        "info": {"description": ABOUT, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
    },
}
BEARER = {"type": "http", "scheme": "bearer", "description": "API token, enf_…"}

#: The schemas a check answers with: one answer, or a list in the order of the drafts.
CHECK_ANSWER = {
    "anyOf": [
        {"$ref": "#/components/schemas/CheckedCase"},
        {"type": "array", "items": {"$ref": "#/components/schemas/CheckedCase"}},
    ]
}


def make_api(app: Flask) -> ProblemApi:
    """Make the API of an application; blueprints are registered with it."""
    app.url_map.converters["id"] = PublicIdConverter
    api = ProblemApi(spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_name)})
    api.register_converter(PublicIdConverter, describe_public_id)
    api.init_app(app)
    api.spec.components.security_scheme("bearer", BEARER)
    for kind in KINDS:
        schema = facts_schema(kind)
        api.spec.components.schema(schema.__name__, schema=schema)
    api.register_structs(Problem, *answers.STRUCTS, *rulebook.STRUCTS)
    api.spec.components.schema("CheckAnswer", CHECK_ANSWER)
    return api


def _name(schema: Any) -> str:
    """A schema is described under the name of its class, whatever it is used for."""
    return (schema if isinstance(schema, type) else type(schema)).__name__
