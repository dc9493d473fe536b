"""Reading a request's JSON, strictly: what is not one clear JSON value is refused with its line and column.

``{"fine": NaN}``, a fact that stands twice, a body in another encoding, a text holding half a character and ten thousand open
brackets are all answered 400; another content type is 415; and 413 comes before the body is read (``MAX_CONTENT_LENGTH``).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any
from typing import NoReturn

from flask import request

from enforcement.api.context import text as text_of
from enforcement.api.problems import Refusal
from enforcement.exchange.faults import shown
from rules.facts import Text

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"

WRONG_TYPE = Text("请以 application/json 发送内容", "Send the content as application/json")
WRONG_ENCODING = Text("请求内容不得压缩", "The content may not be compressed")
UNREADABLE = Text("请求内容不是有效的 JSON", "The content is not valid JSON")
EMPTY = Text("请求没有内容", "The request has no content")
NOT_UTF8 = Text("不是 UTF-8 编码", "not in UTF-8")
TOO_DEEP = Text("嵌套过深", "nested too deeply")
HALF_CHARACTER = Text("文本含有不完整的字符（代理码）", "a text holds half a character (a lone surrogate)")
LONG_NUMBER = Text("数字过长，最多 {limit} 位", "a number is too long, {limit} digits at most")


class _DoubtError(ValueError):
    """What Python's reader would let pass; carries the reason in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(zh, en)


def read_json(*media_types: str) -> Any:
    """Give the JSON value of the request; raises Refusal with 400 or 415."""
    check_media_type(*media_types or (JSON,))
    data = request.get_data()
    if not data.strip():
        raise Refusal(400, EMPTY, errors={"json": [text_of(EMPTY)]})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _unreadable(NOT_UTF8)
    return _parse(text)


def check_media_type(*media_types: str) -> None:
    """Refuse another content type, and compressed content, with 415."""
    if request.mimetype not in media_types:
        raise Refusal(415, WRONG_TYPE, headers={"Accept": ", ".join(media_types)})
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Refusal(415, WRONG_ENCODING, headers={"Accept-Encoding": "identity"})


def _parse(text: str) -> Any:
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        _unreadable(Text(f"第 {error.lineno} 行第 {error.colno} 列", f"line {error.lineno} column {error.colno}"))
    except UnicodeEncodeError:
        _unreadable(HALF_CHARACTER)
    except RecursionError:
        _unreadable(TOO_DEEP)
    except _DoubtError as error:
        _unreadable(error.reason)
    except ValueError:
        limit = sys.get_int_max_str_digits()
        _unreadable(Text(LONG_NUMBER.zh.format(limit=limit), LONG_NUMBER.en.format(limit=limit)))
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its pairs; a key that stands twice would hide the first of its values."""
    made = dict(pairs)
    if len(made) < len(pairs):
        key = shown(Counter(name for name, _ in pairs).most_common(1)[0][0])
        raise _DoubtError(f"同一对象中“{key}”出现两次", f"“{key}” stands twice in one object")
    return made


def _no_constant(name: str) -> NoReturn:
    raise _DoubtError(f"JSON 没有 {name}", f"JSON has no {name}")


def _unreadable(reason: Text) -> NoReturn:
    detail = Text(f"{UNREADABLE.zh}：{reason.zh}", f"{UNREADABLE.en}: {reason.en}")
    raise Refusal(400, detail, errors={"json": [text_of(reason)]})


def read_optional_json() -> Any:
    """Give the JSON value of the request, an empty object when it has no content at all."""
    if not request.content_length and not request.mimetype:
        return {}
    return read_json()
