"""What may not stand in the tables of treatment decisions: a source without one, unknown ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hipspine.evidence.loader import Evidence


def problems(tables: Evidence) -> Iterator[str]:
    """Every fault of treatment_families, treatment_decisions and treatment_covers."""
    for family in tables.treatment_families.values():
        where = f"treatment_families {family.id}"
        yield from _study(tables, where, family.study)
        for column in ("benefit", "harm_if_missed", "burden"):
            if getattr(family, column) < 0:
                yield f"{where}: {column} {getattr(family, column)} is below 0"
        if family.burden >= family.benefit + family.harm_if_missed:
            yield f"{where}: is never worth its burden"
    for decision in tables.treatment_decisions.values():
        where = f"treatment_decisions {decision.condition_id}"
        yield from _study(tables, where, decision.study)
        yield from _families(tables, where, decision.family)
        condition = tables.conditions.get(decision.condition_id)
        if condition is None or condition.is_group:
            yield f"{where}: is not a source of pain"
    for leaf in tables.leaves:
        if leaf.id not in tables.treatment_decisions:
            yield f"treatment_decisions: the source {leaf.id!r} has no family"
    pairs = Counter((row.acting_on, row.true_family) for row in tables.treatment_covers)
    for row in tables.treatment_covers:
        where = f"treatment_covers {row.acting_on} {row.true_family}"
        yield from _study(tables, where, row.study)
        yield from _families(tables, where, row.acting_on, row.true_family)
        if pairs[row.acting_on, row.true_family] > 1 or row.acting_on == row.true_family:
            yield f"{where}: a pair of two families stands once"
        if not 0 < row.share < 1:
            yield f"{where}: share {row.share} is outside 0..1"


def _study(tables: Evidence, where: str, study: str) -> Iterator[str]:
    if study not in tables.studies:
        yield f"{where}: study {study!r} is not in studies"


def _families(tables: Evidence, where: str, *families: str) -> Iterator[str]:
    for family in families:
        if family not in tables.treatment_families:
            yield f"{where}: family {family!r} is not in treatment_families"
