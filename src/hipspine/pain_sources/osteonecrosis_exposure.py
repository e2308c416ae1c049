"""How steroids were taken, as a dose band of osteonecrosis: the one place of these figures.

The prior of dead bone in a painful hip and the risk of it (`risk.osteonecrosis`) both read the
band here. Daily dose decides more than the sum (Felson and Anderson 1987: r = 0.7 across studies;
no relation with the sum after cardiac transplantation): only what was given on days of 20 mg or
more counts towards the 2 g of Mont 2015. Where doses are a range, the band is one too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from hipspine.evidence import evidence
from hipspine.evidence.rows import Exposure
from hipspine.evidence.rows_of_osteonecrosis import OsteonecrosisBand
from hipspine.findings.patient import Patient
from hipspine.findings.steroid_ledger import DoseStep, SteroidLedger
from hipspine.findings.steroid_sum import SHORT_DAYS, SHORT_MG, ledger_of, nothing_summed

CONDITION = "femoral_head_avascular_necrosis"
#: Exposures of the table that a ledger says better.
REPLACED = frozenset({"corticosteroids", "steroid_short_course"})
#: mg a day from which a day counts as high dose, and mg on such days (Mont 2015).
HIGH_DAY, HIGH_TOTAL = 20.0, 2000.0
#: No association was seen below this mean and this peak in mg a day (Horton 2017).
LOW_MEAN, LOW_PEAK = 7.5, 30.0
#: At most so many mg in one run of days are one pack (judgement).
ONE_PACK = 300.0
#: The bands of packs and bursts.
SHORT_BANDS = ("one_pack", "packs")

End = Literal["low", "point", "high"]


@dataclass(frozen=True, slots=True)
class Bands:
    """The band at the lowest, the middle and the highest of the doses told; None: no steroid.

    `days_since` counts from the last day in the band of `point` (0: still going on).
    """

    low: OsteonecrosisBand | None
    point: OsteonecrosisBand | None
    high: OsteonecrosisBand | None
    days_since: int


def bands_of(ledger: SteroidLedger) -> Bands | None:
    """The dose bands of a ledger; None where systemic doses are told but cannot be summed."""
    if nothing_summed(ledger):
        return None
    low, point, high = (_band(ledger, end) for end in ("low", "point", "high"))
    if not ledger.complete:
        high = max(high, "moderate", key=_rank)
    tables = evidence().osteonecrosis_bands
    return Bands(
        low=tables.get(low),
        point=tables.get(point),
        high=tables.get(high),
        days_since=_days_since(ledger, point),
    )


def _rank(band: str) -> int:
    return ["", *evidence().osteonecrosis_bands].index(band)


def _band(ledger: SteroidLedger, end: End) -> str:
    total, mean, peak = (
        getattr(dose, end) for dose in (ledger.cumulative, ledger.mean_per_day, ledger.peak_per_day)
    )
    if total <= 0:
        return ""
    if _on_high_days(ledger, end) >= HIGH_TOTAL:
        return "high"
    if ledger.longest_run_days <= SHORT_DAYS and total < SHORT_MG:
        once = ledger.exposed_days == ledger.longest_run_days and total <= ONE_PACK
        return "one_pack" if once else "packs"
    return "low" if mean < LOW_MEAN and peak < LOW_PEAK else "moderate"


def _on_high_days(ledger: SteroidLedger, end: End) -> float:
    """Milligrams on days of `HIGH_DAY` or more."""
    doses = ((getattr(step.per_day, end), _days(step)) for step in ledger.steps)
    return float(sum(dose * days for dose, days in doses if dose >= HIGH_DAY))


def _days(step: DoseStep) -> int:
    return (step.end - step.start).days + 1


def _days_since(ledger: SteroidLedger, band: str) -> int:
    least = HIGH_DAY if band == "high" else 0.0
    ends = [step.end for step in ledger.steps if step.per_day.point >= least]
    return max((ledger.as_of - max(ends)).days, 0) if ends else 0


def bands_of_patient(patient: Patient) -> Bands | None:
    """The dose bands of the courses told; None where none is told or none can be summed."""
    if not patient.steroid_courses:
        return None
    ledger = ledger_of(patient)
    return None if ledger is None else bands_of(ledger)


def told_by_ledger(patient: Patient, rows: tuple[Exposure, ...]) -> tuple[Exposure, ...]:
    """The exposures of osteonecrosis, the ledger's band in place of the plain words on steroids.

    Without courses, or with courses that cannot be summed, they stay as they are.
    """
    bands = bands_of_patient(patient)
    if bands is None:
        return rows
    others = tuple(row for row in rows if row.exposure_id not in REPLACED)
    plain = next((row for row in rows if row.exposure_id == "corticosteroids"), None)
    if bands.point is None or plain is None:
        return others
    band = bands.point
    own = replace(
        plain,
        row_id=f"band_{band.band}",
        exposure_id="steroid_short_course" if band.band in SHORT_BANDS else "corticosteroids",
        odds_ratio=band.odds_ratio,
        low=band.ratio_low,
        high=band.ratio_high,
        population=band.name,
        basis=band.ratio_basis,
        study=band.ratio_study,
        verified=band.ratio_verified,
        note=band.note,
    )
    return (*others, own)
