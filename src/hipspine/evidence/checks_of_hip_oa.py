"""What may not stand in the tables of hip osteoarthritis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hipspine.evidence.rows_of_hip_oa import HipOaFactor, HipOaIncidence

if TYPE_CHECKING:
    from hipspine.evidence.loader import Evidence

ROLES = {
    "lifetime": "percent",
    "rate": "per_1000_person_years",
    "age_ratio": "ratio",
    "other_hip": "percent",
}
TOPICS = ("course", "load", "inflammation")
KINDS = ("known", "not_known")


def problems(tables: Evidence) -> Iterator[str]:
    """Every fault of hip_oa_incidence, hip_oa_factors and hip_oa_statements, as sentences."""
    for row in tables.hip_oa_incidence.values():
        yield from _incidence(row)
        yield from _study(tables, f"hip_oa_incidence {row.row_id}", row.study)
    for factor in tables.hip_oa_factors.values():
        yield from _factor(tables, factor)
    for statement in tables.hip_oa_statements.values():
        where = f"hip_oa_statements {statement.id}"
        yield from _study(tables, where, statement.study)
        yield from _findings(tables, where, statement.when)
        if statement.topic not in TOPICS or statement.kind not in KINDS:
            yield f"{where}: topic and kind must be of {TOPICS} and {KINDS}"


def _incidence(row: HipOaIncidence) -> Iterator[str]:
    where = f"hip_oa_incidence {row.row_id}"
    if ROLES.get(row.role) != row.unit:
        yield f"{where}: role and unit must be of {ROLES}"
    yield from _order(where, row.low, row.value, row.high)
    yield from _use(where, used=row.use, because=row.not_used_because, verified=row.verified)
    if row.use and row.role in ("rate", "age_ratio") and None in (row.age_low, row.age_high):
        yield f"{where}: a row that is used needs age_low and age_high"
    if row.use and row.role == "lifetime" and row.age_high is None:
        yield f"{where}: a lifetime needs age_high"
    if row.use and row.role == "other_hip" and row.years is None:
        yield f"{where}: needs the years after the first hip"


def _factor(tables: Evidence, row: HipOaFactor) -> Iterator[str]:
    where = f"hip_oa_factors {row.factor}"
    yield from _study(tables, where, row.study)
    yield from _findings(tables, where, row.findings)
    if row.ratio is not None:
        yield from _order(where, row.low, row.ratio, row.high)
    if row.use and (row.ratio is None or row.low is None or row.high is None):
        yield f"{where}: a row that is used needs ratio, low and high"
    elif row.use and row.low is not None and row.low < 1:
        yield f"{where}: a used factor raises the risk; low must be 1 or more"
    if not 0 < row.share < 1:
        yield f"{where}: share {row.share} is not between 0 and 1"
    if row.use != (not row.not_used_because):
        yield f"{where}: a row is used, or says why not"
    groups = {other.group for other in tables.hip_oa_factors.values()}
    for group in row.not_after:
        if group not in groups:
            yield f"{where}: not_after {group!r} is no group"


def _use(where: str, *, used: bool, because: str, verified: bool) -> Iterator[str]:
    if used != (not because):
        yield f"{where}: a row is used, or says why not"
    if used and not verified:
        yield f"{where}: only a verified incidence carries weight"


def _order(where: str, low: float | None, value: float, high: float | None) -> Iterator[str]:
    if (low is None) != (high is None):
        yield f"{where}: low and high stand together"
    if low is not None and high is not None and not 0 < low <= value <= high:
        yield f"{where}: {low}, {value}, {high} must be positive and rise"


def _study(tables: Evidence, where: str, study: str) -> Iterator[str]:
    if study not in tables.studies:
        yield f"{where}: study {study!r} is not in studies"


def _findings(tables: Evidence, where: str, findings: tuple[str, ...]) -> Iterator[str]:
    for finding in findings:
        if finding not in tables.findings:
            yield f"{where}: finding {finding!r} is not in findings"
