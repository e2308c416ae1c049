"""The finding ids a chart may hold: those of hipspine's vocabulary."""

import difflib
from functools import cache
from math import isfinite

from hipspine.errors import InvalidFinding
from hipspine.evidence.loader import evidence
from hipspine.evidence.rows import FindingDefinition
from hipspine.findings.quantities import accepted, plausible


def finding_row(finding: str) -> FindingDefinition:
    """The definition, or an error that names the nearest ids."""
    known = evidence().findings
    if finding not in known:
        near = difflib.get_close_matches(finding[:100], known, n=2)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise InvalidFinding(f"{finding[:100]} is not a finding{hint}")
    return known[finding]


def check_value(row: FindingDefinition, value: float | None) -> None:
    """Refuse a number that no body has, in the unit of the vocabulary."""
    if value is not None and not (isfinite(value) and plausible(value, row)):
        raise InvalidFinding(f"{row.name}: {value:g}; accepted: {accepted(row)}")


@cache
def choices() -> tuple[tuple[str, str], ...]:
    """(id, name) by name, for a form."""
    found = ((row.id, row.name) for row in evidence().findings.values())
    return tuple(sorted(found, key=lambda c: c[1]))
