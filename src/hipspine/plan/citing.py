"""Citations of the rows of the tables of treatments."""

from __future__ import annotations

from functools import cache

from hipspine.evidence import evidence, needs_checking


@cache
def cited(study: str, *, verified: bool) -> str:
    """The citations of a row (`a|b`), an unchecked one marked."""
    mark = " [not checked]" if needs_checking(study, verified) else ""
    studies = evidence().studies
    return "; ".join(studies[key].citation for key in study.split("|")) + mark
