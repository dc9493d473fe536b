"""A digest as plain text and as HTML, in the person's language, with links into the ledger.

Both come from templates that lie beside this module as package data. The HTML carries its own styles and asks for nothing:
no picture, no font, no script, since a mail program fetches none of them and a closed network has none. Neither names a
party: mail is not a safe place.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from functools import partial
from typing import Any

from jinja2 import Environment
from jinja2 import PackageLoader
from jinja2 import StrictUndefined
from jinja2 import select_autoescape

from enforcement.mail.digest import Digest
from enforcement.mail.digest import Item
from enforcement.mail.digest import ReviewItem
from enforcement.mail.standing import Missing
from enforcement.mail.words import counted
from enforcement.mail.words import say
from rules.facts import KIND_LABELS
from rules.facts import KINDS
from rules.facts import facts_of
from rules.rulebook import default_rulebook


def as_text(digest: Digest, base_url: str) -> str:
    """Write a digest as plain text."""
    return _render("digest.txt", digest, base_url)


def as_html(digest: Digest, base_url: str) -> str:
    """Write a digest as one HTML page."""
    return _render("digest.html", digest, base_url)


def _render(template: str, digest: Digest, base_url: str) -> str:
    words = Words(digest, base_url)
    return (
        _environment().get_template(template).render(digest=digest, found=digest.material, words=words, say=words.say)
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("enforcement.mail"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


class Words:
    """The sentences of one digest, for its templates."""

    def __init__(self, digest: Digest, base_url: str) -> None:
        self.digest = digest
        self.language = digest.person.language
        self.base_url = base_url
        self.say: Callable[..., str] = partial(say, language=self.language)

    @property
    def rate(self) -> str:
        """The rate with its two numbers, or that nothing was checked."""
        standing = self.digest.material.standing
        if standing.rate is None:
            return self.say("nothing_checked")
        return self.say("rate", rate=percent(standing.rate), passed=standing.passed, failed=standing.failed)

    @property
    def beside(self) -> str:
        """What the rate leaves out."""
        standing = self.digest.material.standing
        names = ("pending", "undetermined", "waived", "not_concerned", "cases")
        return self.say("beside", **{name: getattr(standing, name) for name in names})

    def link(self, item: Item | ReviewItem) -> str:
        """Address of the case."""
        return f"{self.base_url}/cases/{item.case_id}"

    def case(self, item: Item | ReviewItem) -> str:
        """A case by number, kind and cause, without the party."""
        name = item.number or self.say("no_number")
        kind = KIND_LABELS[item.kind].of(self.language)
        return f"{name} {kind}" + (f" {item.cause}" if item.cause else "")

    def rule(self, item: Item) -> str:
        """A rule by id and title."""
        known = default_rulebook().rules.get(item.rule)
        return f"{item.rule} {known.newest.title.of(self.language)}" if known else item.rule

    def when(self, item: Item) -> str:
        """State and last day of a finding, and how far that is."""
        if item.due is None:
            return self.say(item.state)
        parts = [self.say("due", due=item.due), self._distance((item.due - self.digest.day).days)]
        if item.state != "pending":
            parts.insert(0, self.say(item.state))
        return self._joined(parts)

    def _distance(self, days: int) -> str:
        if days == 0:
            return self.say("today")
        if days > 0:
            return counted("day_left", "days_left", days, self.language)
        return counted("day_over", "days_over", -days, self.language)

    def review(self, item: ReviewItem) -> str:
        """Since when a case waits, or what the reviewer answered."""
        if item.result is None:
            return self.say("submitted", on=item.on, n=(self.digest.day - item.on).days)
        label = facts_of(KINDS[item.kind])["review_result"].choice_label(item.result, self.language)
        return self.say("answered", on=item.on, result=label)

    def missing(self, item: Missing) -> str:
        """One reason why there is no answer, and the number of cases."""
        name = self.say(f"missing_{item.what}", name=self._name(item))
        return f"{name} — {counted('case', 'cases', item.cases, self.language)}"

    def _name(self, item: Missing) -> str:
        if item.what == "parameter" and item.name in self.digest.material.parameters:
            return self.digest.material.parameters[item.name].of(self.language)
        return fact_label(item.name, self.language) if item.what == "fact" else item.name

    def _joined(self, parts: list[str]) -> str:
        return ("，" if self.language == "zh" else ", ").join(parts)


def fact_label(name: str, language: str) -> str:
    """Label of a fact of any kind of case, or its name when there is none."""
    for struct in KINDS.values():
        known: Any = facts_of(struct).get(name.removesuffix("_"))
        if known is not None:
            label: str = known.label.of(language)
            return label
    return name


def percent(rate: Decimal) -> str:
    """Show a rate with one decimal: 0.923 is 92.3 %."""
    return f"{rate * 100:.1f} %"
