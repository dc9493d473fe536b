"""What templates can use beside what their view hands over.

``render("cases/index.html", cases=page)`` makes the page. Everywhere, also in macros, there are

* ``_("中文")``, ``ngettext``, ``language()``, ``say(text)`` (a ``rules.facts.Text`` in the language of the page), ``labels``
  (words of states, kinds, roles …), ``bilingual(message)`` (the half of "中文 / English");
* ``actor()``, ``signed_in()``, ``may("case.record")``, ``today()``, ``on_day(moment)``;
* ``links.findings(state="overdue")`` (:mod:`enforcement.web.links`), ``here(page=2)`` (this address with other parameters);
* ``asset("css/cases.css")``, ``csrf_field()``;
* the filters ``day``, ``moment``, ``yuan``, ``percent``, ``name`` (of an agency) and ``article``.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from decimal import ROUND_FLOOR
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask import render_template
from flask import request
from jinja2 import StrictUndefined

from enforcement.api.context import today
from enforcement.errors import in_language
from enforcement.models import Agency
from enforcement.times import SHANGHAI
from enforcement.times import day_at
from enforcement.web import csrf
from enforcement.web import labels
from enforcement.web import links
from enforcement.web import navigation
from enforcement.web import session
from enforcement.web.assets import asset
from enforcement.web.casework.dossier import article as cited
from rules.facts import Text

#: What stands where there is nothing.
NOTHING = "—"


def render(template: str, **context: Any) -> str:
    """Make a page from a template."""
    return render_template(template, **context)


def wants_part() -> bool:
    """Tell whether htmx asks for a part of the page; answer the same page or only that part, both are right."""
    return request.headers.get("HX-Request") == "true"


def say(text: Text) -> str:
    """A text in the language of the page."""
    return text.of(session.language())


def day(value: date | datetime | None) -> str:
    """A day as 2026-02-28; a moment's is that of Shanghai."""
    if value is None:
        return NOTHING
    return (value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value).isoformat()


def moment(value: datetime | None) -> str:
    """A moment as 2026-02-28 09:30 in Shanghai."""
    return NOTHING if value is None else value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def yuan(value: Decimal | None) -> str:
    """An amount as 1,234.50."""
    return NOTHING if value is None else f"{value:,.2f}"


def percent(value: Decimal | None) -> str:
    """A share of one as 98.7 %, never rounded up to more than it is."""
    if value is None:
        return NOTHING
    return f"{(value * 100).quantize(Decimal('0.1'), ROUND_FLOOR)}%"


def name(agency: Agency) -> str:
    """An agency's name in the language of the page, in Chinese where it has no other."""
    return (session.language() == "en" and agency.name_en) or agency.name_zh


def article(number: str) -> str:
    """An article as it is cited in the language of the page: "54(2)" is 第54条第2款."""
    return cited(number, session.language())


def here(**changes: Any) -> str:
    """The address of this page with other parameters; None takes one away. The language is not carried on."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key != "lang" and key not in changes]
    query = urlencode(kept + [(key, value) for key, value in changes.items() if value is not None])
    return f"{request.path}?{query}" if query else request.path


def bilingual(message: object) -> str:
    """The half of a message "中文 / English" that is in the language of the page; any other message as it is."""
    return in_language(str(message), session.language())


def helpers(app: Flask) -> None:
    """Give all templates the helpers, and have a name that a view forgot fail instead of showing nothing."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(day=day, moment=moment, yuan=yuan, percent=percent, name=name, article=article)
    environment.globals.update(
        language=session.language,
        actor=session.actor,
        signed_in=session.signed_in,
        may=session.may,
        take_notices=session.take_notices,
        today=today,
        on_day=day_at,
        here=here,
        asset=asset,
        csrf_field=csrf.field,
        csrf_token=csrf.token,
        say=say,
        bilingual=bilingual,
        labels=labels,
        links=links,
        navigation=navigation.entries,
    )
