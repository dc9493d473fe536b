"""Texts that are chosen before the language is known; each is translated when it is shown."""

from __future__ import annotations

from flask_babel import lazy_gettext

STALE_FORM = lazy_gettext("这个表单已过期或不是由本系统生成，请重新打开页面后再提交")
NOT_FOR_YOU = lazy_gettext("您的角色不能使用此页面")
UNREADABLE = lazy_gettext("请求中有不能识别的字符，请检查后重试")
