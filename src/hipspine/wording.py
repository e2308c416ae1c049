"""Sentences that can be said in another language: text that remembers what it was made from."""

from __future__ import annotations

from typing import Any


class Wording(str):
    """English text made from a template and values; `report` says it in another language.

    It is an ordinary string everywhere (JSON, terminal, comparison). `template` is the key of
    the catalogue of translations, with fields in braces; a value may be a Wording itself, and is
    then translated first. Every field must have a value: raises KeyError otherwise.

    >>> Wording("hold {drug} for {days} days", drug="warfarin", days=5)
    'hold warfarin for 5 days'
    """

    __slots__ = ("template", "values")

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Wording:
        text = super().__new__(cls, template.format(**values) if values else template)
        text.template = template
        text.values = values
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.template, self.values)


def _again(template: str, values: dict[str, Any]) -> Wording:
    return Wording(template, **values)
