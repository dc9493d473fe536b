"""The review catalogue: dated entries, each of which is tried on the book before it is saved.

An entry that reads harmlessly may send two hundred decisions a year to one reviewer. So the form first shows what the entry
would do to the cases of the last twelve months; only then is there a button to save, and it saves what was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from enforcement import lawbook
from enforcement.accounts import lists
from enforcement.api.context import now
from enforcement.api.context import today
from enforcement.audit import queries as audit
from enforcement.errors import Invalid
from enforcement.models import Agency
from enforcement.models import CatalogueEntry
from enforcement.parameters import entering
from enforcement.parameters import operations
from enforcement.parameters import queries
from enforcement.parameters.foresight import foresee
from enforcement.web import choosing
from enforcement.web import labels
from enforcement.web.rendering import render
from enforcement.web.session import actor
from enforcement.web.session import language
from enforcement.web.session import notify
from enforcement.web.session import page
from enforcement.web.views.admin.topics import blp
from rules.facts import KINDS
from rules.facts import Text
from rules.facts import facts_of
from rules.law import Entry

AMOUNTS: dict[str, Text] = {
    "fine": Text("罚款", "Fine"),
    "confiscated": Text("没收金额", "Amount confiscated"),
    "penalty": Text("罚款与没收合计", "Fine and confiscation together"),
    "amount_involved": Text("涉案金额", "Amount involved"),
}
IMPACTS = ("public_interest", "social_risk", "major_rights", "complex")
#: Names of the fields that make up an entry, those with several values first.
SEVERAL = ("types", "levels", "impacts")
SINGLE = (
    "code",
    "zh",
    "en",
    "act",
    "from",
    "until",
    "fields",
    "amount_of",
    "individual_from",
    "organisation_from",
    "hearing",
    "mitigated",
)


@blp.get("/admin/catalogue")
@page("parameter.change")
def catalogue() -> str:
    """Show the catalogue of an agency: its own entries, or those it takes from above."""
    agency = _agency()
    own = queries.entries(agency)
    inherited = () if own else lawbook.law_for(agency).entries(today()) or ()
    return render(
        "admin/catalogue.html",
        agency=agency,
        agencies=choosing.agencies(lists.agencies(actor())),
        rows=[(row.public_id, _entry_of(row)) for row in own],
        inherited=inherited,
        says=_says,
        day=today(),
    )


@blp.get("/admin/catalogue/entry")
@page("parameter.change")
def catalogue_entry() -> str:
    """Show the form: empty, or with an entry that is to be changed or ended."""
    agency = _agency()
    public_id = request.args.get("entry")
    if not public_id:
        return _form(agency, {"act": "penalty"}, {})
    row = queries.entry(agency, public_id)
    changes = audit.entries_for("catalogue", row.public_id)
    return _form(agency, entering.fields_of(_entry_of(row)), {}, changes=changes)


@blp.post("/admin/catalogue/entry")
@page("parameter.change")
def save_entry() -> ResponseReturnValue:
    """Show what the entry would do; save it when that is what was just shown."""
    agency = _agency()
    held: dict[str, Any] = {name: request.form.get(name, "").strip() for name in SINGLE}
    held |= {name: request.form.getlist(name) for name in SEVERAL}
    profile = lawbook.law_for(agency).profile
    try:
        entry = entering.entry_from(held, profile)
    except Invalid as error:
        return _form(agency, held, error.errors), 422
    seen = _seal(agency, entry)
    if request.form.get("do") != "save" or request.form.get("seen") != seen:
        return _form(agency, held, {}, foreseen=foresee(agency, entry, today()), entry=entry, seen=seen)
    operations.add_entries(actor(), now(), profile, agency=agency, raw=[entering.plain_of(entry)])
    notify("done", _("目录条目已保存。已有案件请在“巡查”页重新判断"))
    return redirect(url_for(".catalogue", agency=agency.code), 303)


def _agency() -> Agency:
    code = request.values.get("agency", "")
    return next((row for row in lists.agencies(actor()) if row.code == code), actor().agency)


def _entry_of(row: CatalogueEntry) -> Entry:
    return msgspec.convert(row.entry, Entry, strict=False)


def _seal(agency: Agency, entry: Entry) -> str:
    """A word for exactly this entry of this agency: what is saved is what was looked at."""
    return sha256(agency.code.encode() + b"\0" + msgspec.json.encode(entry)).hexdigest()[:16]


def _types() -> list[tuple[str, str, choosing.Choices]]:
    """The types of each act: act, its word, and the choices."""
    groups = []
    for act, name in entering.TYPES.items():
        fact = facts_of(KINDS[act])[name]
        choices = [(choice.value, choice.label.of(language())) for choice in fact.choices]
        groups.append((act, labels.KINDS[act].of(language()), choices))
    return groups


def _says(entry: Entry) -> list[str]:
    """The criteria of an entry in words; all of them must hold."""
    spoken = language()
    joiner = "、" if spoken == "zh" else ", "
    fact = facts_of(KINDS[entry.act])
    criteria = []
    if entry.types:
        criteria.append(
            joiner.join(fact[entering.TYPES[entry.act]].choice_label(value, spoken) for value in entry.types)
        )
    if entry.amount_of is not None:
        criteria.append(AMOUNTS[entry.amount_of].of(spoken) + "：" + joiner.join(_thresholds(entry)))
    if entry.impacts:
        criteria.append(joiner.join(fact[name].label.of(spoken) for name in entry.impacts))
    if entry.hearing:
        criteria.append(_("经过听证程序"))
    if entry.mitigated:
        criteria.append(_("从轻、减轻或从重"))
    if entry.levels:
        criteria.append(joiner.join(labels.LEVELS[level].of(spoken) for level in entry.levels))
    return criteria + list(entry.fields)


def _thresholds(entry: Entry) -> list[str]:
    limits = ((_("个人"), entry.individual_from), (_("单位"), entry.organisation_from))
    return [
        _("%(who)s %(amount)s 元以上", who=who, amount=f"{limit:,.2f}") for who, limit in limits if limit is not None
    ]


def _form(agency: Agency, held: Mapping[str, Any], errors: Mapping[str, Any], **more: Any) -> str:
    penalty = facts_of(KINDS["penalty"])
    return render(
        "admin/catalogue_entry.html",
        agency=agency,
        agencies=choosing.agencies(lists.agencies(actor())),
        names={row.code: row for row in lists.agencies(actor())},
        held=held,
        errors=errors,
        acts=choosing.words(labels.KINDS),
        types=_types(),
        amounts=[("", _("不按金额")), *choosing.words(AMOUNTS)],
        levels=choosing.words(labels.LEVELS),
        impacts=[(name, penalty[name].label.of(language())) for name in IMPACTS],
        says=_says,
        **{"foreseen": None, "entry": None, "seen": "", "changes": [], **more},
    )
