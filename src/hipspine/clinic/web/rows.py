"""Rows of which a page has a hundred: what they share is rendered once, the rest is filled in.

A row is a dataclass. Its `template` is rendered once for each language and `kind` (a hashable value
that decides which parts are there) and kept; every other field is a slot, escaped and filled in for
each row. So nothing of a row is ever kept, and what is kept can not become old: it depends on the
template, the language and the kind alone.
"""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from html import escape
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_SPECIAL = re.compile("[&<>\"']")
KINDS_KEPT = 1000  # each a few hundred bytes to 2 kB


class Row:
    """A dataclass; `template` sees its `kind`, if it has one, and a slot for each other field."""

    template: ClassVar[str]


class Slot(SafeString):
    """Where a value will stand: a random UUID, so that `{% url %}` takes it as well.

    It decides nothing, and no filter changes it: `{% if slot %}` and `{{ slot|default:"x" }}` are
    mistakes of a template.
    """

    def __bool__(self) -> bool:
        raise TypeError("a slot differs from row to row: what decides belongs into the row's kind")


@dataclass(frozen=True)
class Pattern:
    """What a kind of row is made of: a text with the `slots` in it, as `%` fills them in."""

    text: str
    slots: frozenset[str]

    def fill(self, row: Row) -> str:
        """This row. `vars` is faster than asking for each: a page fills in a thousand slots."""
        values = vars(row)
        return self.text % {name: _escaped(values[name]) for name in self.slots}


def filled(rows: Iterable[Row]) -> SafeString:
    """The rows, one after the other."""
    language = get_language()
    made = pattern_of.__wrapped__ if settings.DEBUG else pattern_of  # a template just edited
    shown = (made(type(row), getattr(row, "kind", None), language).fill(row) for row in rows)
    return mark_safe("".join(shown))  # texts of templates, and escaped values


@lru_cache(maxsize=KINDS_KEPT)
def pattern_of(row: type[Row], kind: Hashable, language: str | None) -> Pattern:
    """Render the template of such rows; `language` is the active one."""
    slots = {part.name: _slot(part.name) for part in fields(row) if part.name != "kind"}
    names = {str(slot): name for name, slot in slots.items()}
    page = get_template(row.template).render({"kind": kind, **slots})
    text = page.rstrip("\n").replace("%", "%%")  # a file ends with a line, a row does not
    found = frozenset(name for mark, name in names.items() if mark in text)
    for mark, name in names.items():
        text = text.replace(mark, f"%({name})s")
    return Pattern(text, found)


@cache
def _slot(name: str) -> Slot:
    return Slot(uuid4())


def _escaped(value: object) -> str:
    """As Django does it; most values have nothing to escape, and looking once is cheaper."""
    if isinstance(value, SafeString):
        return value
    text = str(value)
    return escape(text) if _SPECIAL.search(text) else text
