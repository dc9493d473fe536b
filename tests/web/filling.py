"""The forms of a page as a browser would send them: every field with what it holds now.

sent = form_of(page, "case-form")          # {"number": ["…"], "handlers": ["12010001", ""], "urgent": [""]}
sent["fine"] = ["500"]
browser.send(path, **sent)
"""

from __future__ import annotations

from html.parser import HTMLParser

from tests.web.client import Page

Fields = dict[str, list[str]]


class _Forms(HTMLParser):
    """Collects the fields of one form by its id."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.fields: Fields = {}
        self._inside = False
        self._select: str | None = None
        self._area: str | None = None
        self._chosen = ""
        self._seen_first = False

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in pairs}
        if tag == "form":
            self._inside = held.get("id") == self.form_id
        elif not self._inside:
            return
        elif tag == "input" and "name" in held:
            self._input(held, {name for name, _ in pairs})
        elif tag == "select":
            self._select, self._chosen, self._seen_first = held["name"], "", False
        elif tag == "option" and self._select is not None:
            if "selected" in held or not self._seen_first:
                self._chosen = held.get("value", "")
            self._seen_first = True
        elif tag == "textarea":
            self._area = held["name"]
            self.fields.setdefault(self._area, []).append("")

    def _input(self, held: dict[str, str], names: set[str]) -> None:
        if held.get("type") in ("radio", "checkbox") and "checked" not in names:
            return
        if held["name"] != "csrf_token":
            self.fields.setdefault(held["name"], []).append(held.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select" and self._select is not None:
            self.fields.setdefault(self._select, []).append(self._chosen)
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.fields[self._area][-1] += data.removeprefix("\n")


def form_of(page: Page, form_id: str = "case-form") -> Fields:
    """Give what a browser would send of a form; fails when the page has no such form."""
    parser = _Forms(form_id)
    parser.feed(page.html)
    assert parser.fields, f"no form {form_id}"
    return parser.fields
