"""An entry of the review catalogue as a form holds it, and back.

A form knows texts and lists of texts only. ``entry_from`` gives the entry that they mean, checked by the law's own conversion,
with each fault at its field; ``fields_of`` fills a form with an entry that is to be changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from enforcement.errors import Invalid
from enforcement.parameters.queries import CATALOGUE
from rules.facts import KINDS
from rules.facts import facts_of
from rules.law import Entry
from rules.law import Profile
from rules.law import convert

#: The fact whose choices are the types of an act.
TYPES = {"penalty": "kinds", "measure": "type", "inspection": "type"}
#: Fields that are left out when they are empty.
_PLAIN = ("until", "amount_of", "individual_from", "organisation_from")
_MANY = ("types", "levels", "impacts")
_REQUIRED = {
    "code": ["请填写编号 / give a code"],
    "zh": ["请填写事项 / say what it is"],
    "from": ["请填写起始日 / give the first day"],
}
_COMMAS = re.compile("[,，、;；\n]")
_AMOUNT = re.compile(r"[0-9]{1,13}([.][0-9]{1,2})?")
_CRITERIA = ("types", "amount_of", "impacts", "hearing", "mitigated", "fields")


def entry_from(held: Mapping[str, Any], profile: Profile) -> Entry:
    """Give the entry that the fields of a form mean; raises Invalid with every fault at its field."""
    raw = _raw(held)
    errors = {**_amount_faults(raw), **_type_faults(raw), **_day_faults(raw)}
    errors |= {name: message for name, message in _REQUIRED.items() if not raw.get(name)}
    if not any(raw.get(name) for name in _CRITERIA):
        errors["types"] = [
            "至少填写一个条件，否则所有决定都成为重大决定 / give a criterion, or every decision is major"
        ]
    if errors:
        raise Invalid(errors)
    try:
        entries: tuple[Entry, ...] = convert(profile.parameters[CATALOGUE], [raw])
    except ValueError as error:
        raise Invalid({"code": [f"条目有误 / {error}"]}) from error
    return entries[0]


def _raw(held: Mapping[str, Any]) -> dict[str, Any]:
    """The entry as a profile's YAML would write it."""
    raw: dict[str, Any] = {name: held.get(name, "") for name in ("code", "zh", "act", "from")}
    raw["en"] = held.get("en") or raw["zh"]
    raw |= {name: held[name] for name in _PLAIN if held.get(name)}
    raw |= {name: list(held[name]) for name in _MANY if held.get(name)}
    fields = [item.strip() for item in _COMMAS.split(held.get("fields", "")) if item.strip()]
    if fields:
        raw["fields"] = fields
    raw |= {name: True for name in ("hearing", "mitigated") if held.get(name)}
    return raw


def _amount_faults(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """Amounts that are none, and a threshold or its kind without the other."""
    limits = [name for name in ("individual_from", "organisation_from") if name in raw]
    errors = {
        name: ["应为金额（元），至多两位小数 / yuan, with two decimals at most"]
        for name in limits
        if not _AMOUNT.fullmatch(raw[name])
    }
    if limits and "amount_of" not in raw:
        errors["amount_of"] = ["请选择金额的种类 / choose which amount is meant"]
    if "amount_of" in raw and not limits:
        errors["individual_from"] = ["请填写起点金额 / give the amount from which it counts"]
    return errors


def _type_faults(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """An act that is none, and types of another act."""
    act = raw["act"]
    if act not in TYPES:
        return {"act": ["请选择类别 / choose a kind"]}
    permitted = {choice.value for choice in facts_of(KINDS[act])[TYPES[act]].choices}
    foreign = [value for value in raw.get("types", ()) if value not in permitted]
    return {"types": ["所选种类不属于这一类别 / a type chosen is not one of this kind"]} if foreign else {}


def _day_faults(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    errors = {
        name: ["不是有效日期 / not a valid date"]
        for name in ("from", "until")
        if raw.get(name) and _day(raw[name]) is None
    }
    first, last = _day(raw["from"]), _day(raw.get("until", ""))
    if first is not None and last is not None and last < first:
        errors["until"] = ["早于起始日 / before the first day"]
    return errors


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def plain_of(entry: Entry) -> dict[str, Any]:
    """The entry as a profile's YAML writes it; what stands at its default is left out."""
    whole: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(entry))
    return {name: value for name, value in whole.items() if value not in (None, [], False)}


def fields_of(entry: Entry) -> dict[str, Any]:
    """The fields of a form that hold an entry."""
    plain = plain_of(entry)
    plain["fields"] = "、".join(plain.get("fields", ()))
    return plain
