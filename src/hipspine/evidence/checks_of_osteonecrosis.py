"""What may not stand in the tables of osteonecrosis: ends that do not hold their point."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hipspine.evidence.loader import Evidence

BANDS = ("one_pack", "packs", "low", "moderate", "high")
KINDS = ("ratio", "rate", "share")
MEASURES = ("eventual", "background", "ratio", "yearly", "mri", "range")


def problems(tables: Evidence) -> Iterator[str]:
    """Every fault of osteonecrosis_bands, osteonecrosis_factors and osteonecrosis_groups."""
    if tuple(tables.osteonecrosis_bands) != BANDS:
        yield f"osteonecrosis_bands: the bands are {', '.join(BANDS)}, in this order"
    for band in tables.osteonecrosis_bands.values():
        where = f"osteonecrosis_bands {band.band}"
        if not band.ratio_low <= band.odds_ratio <= band.ratio_high:
            yield f"{where}: the ends of the ratio do not hold it"
        if not 0 <= band.risk_low <= band.risk <= band.risk_high <= 1:
            yield f"{where}: the ends of the risk do not hold it"
        for study in (band.ratio_study, band.risk_study):
            yield from _study(tables, where, study)
    for factor in tables.osteonecrosis_factors.values():
        where = f"osteonecrosis_factors {factor.finding_id}"
        yield from _study(tables, where, factor.study)
        if factor.finding_id not in tables.findings:
            yield f"{where}: is not in findings"
        if factor.kind not in KINDS:
            yield f"{where}: kind {factor.kind!r} is none of {', '.join(KINDS)}"
        if (factor.ratio is None) == (factor.yearly_risk is None):
            yield f"{where}: either a ratio or a risk is needed"
    for group in tables.osteonecrosis_groups:
        where = f"osteonecrosis_groups {group.group_id}"
        yield from _study(tables, where, group.study)
        if group.measure not in MEASURES:
            yield f"{where}: measure {group.measure!r} is none of {', '.join(MEASURES)}"
        if not group.low <= group.value <= group.high:
            yield f"{where}: the ends do not hold the value"


def _study(tables: Evidence, where: str, study: str) -> Iterator[str]:
    if study not in tables.studies:
        yield f"{where}: study {study!r} is not in studies"
