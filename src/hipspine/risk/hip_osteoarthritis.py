"""Risk of symptomatic hip osteoarthritis: within 10 years and by the age of 85, per hip or person.

Symptomatic: grade 2 or more on a radiograph with symptoms of the same hip (Murphy 2010). Given
that it is not there now, and that the person lives to the end of the horizon: death does not
compete. Point: the cohort that reports the lifetime risk itself. Low and high: over all cohorts,
their intervals and the shapes of the curve of age, at the ends of the combined factors. An age or
a body mass index that is unknown widens or drops a figure; it is never filled in.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hipspine.evidence import evidence
from hipspine.findings.patient import Patient
from hipspine.risk import hip_oa_factors as factors
from hipspine.risk.artificial_hips import REPLACED
from hipspine.risk.hip_oa_factors import SIDES, Known, Ratio, Side
from hipspine.risk.hip_oa_incidence import ADULT, CohortHazard, Hazard, hazards
from hipspine.risk.hip_oa_notes import Notes, notes_of
from hipspine.risk.hip_oa_second_hip import one_hip, other_hip
from hipspine.risk.hip_oa_words import (
    ACTION,
    DEFINITION,
    LIFETIME_AGE,
    TEN_YEARS,
    absent,
    alive,
    gaps,
    of_sides,
)
from hipspine.risk.load_dose import PostureHours
from hipspine.risk.model import Outcome, Risk, RiskFactor, StudyRisk

if TYPE_CHECKING:
    from hipspine.mechanics.loads import Loads

OUTCOME: Outcome = "symptomatic_hip_osteoarthritis"
#: Where the age is unknown, the low end of a lifetime is that of someone with 10 years left.
OLDEST_UNKNOWN = LIFETIME_AGE - TEN_YEARS
#: Osteoarthritis of this hip is there already; a replaced hip cannot get it.
ESTABLISHED = ("xray_hip_jsn", "xray_osteophytes_hip", "altman_clinical",
               "altman_clinical_radiographic")  # fmt: skip


def hip_osteoarthritis_risks(
    patient: Patient, loads: Loads | None, day: Sequence[PostureHours] = ()
) -> tuple[Risk, ...]:
    """10-year and lifetime risk for each hip that is free of it; empty where none is.

    Left and right where something known tells them apart, else one of the person (side None: at
    least one hip). `loads` and `day` add sentences, never a probability.
    """
    free = [side for side in SIDES if not _there(patient, side)]
    split = len(free) == 1 or factors.sided(patient)
    who: list[Side | None] = [*free] if split else [None] if free else []
    made = []
    for side in who:
        notes = hip_osteoarthritis_notes(patient, loads, day, side=side)
        made += _of_hip(patient, side, notes)
    return tuple(made)


def hip_osteoarthritis_notes(
    patient: Patient,
    loads: Loads | None,
    day: Sequence[PostureHours] = (),
    *,
    side: Side | None = None,
) -> Notes:
    """What is known and not known of these hips, also where no risk is given."""
    parts = day or ([PostureHours(1.0, loads)] if loads is not None else [])
    return notes_of(patient, side, parts, told_hours=bool(day))


def _there(patient: Patient, side: Side) -> bool:
    """Osteoarthritis or an artificial joint at this hip, or told without a side."""
    return _has(patient, side, (*ESTABLISHED, REPLACED))


def _has(patient: Patient, side: Side, findings: tuple[str, ...]) -> bool:
    return any(
        o.present and o.certainty != "equivocal" and o.finding in findings
        and o.side in (side, None)
        for o in patient.findings
    )  # fmt: skip


def _of_hip(patient: Patient, side: Side | None, notes: Notes) -> list[Risk]:
    known = factors.factors_of(patient, side)
    other: Side | None = {"left": "right", "right": "left"}.get(side or "")  # type: ignore[assignment]
    after_first = other is not None and _has(patient, other, ESTABLISHED)
    made = []
    if patient.age is not None or after_first:
        made.append(_ten_years(patient, side, known, notes, after_first=after_first))
    if made:  # the notes stand once for each hip
        notes = Notes((), ())
    if not after_first and (patient.age is None or patient.age < LIFETIME_AGE):
        made.append(_lifetime(patient, side, known, notes))
    return made


def _ten_years(
    patient: Patient,
    side: Side | None,
    known: tuple[Known, ...],
    notes: Notes,
    *,
    after_first: bool,
) -> Risk:
    risk = None
    if patient.age is not None:
        found = hazards(patient.age, patient.age + TEN_YEARS)
        risk = _risk(patient, side, round(TEN_YEARS * 12), known, found, notes)
    if risk is not None and not after_first:
        return risk
    return _after_first(patient, side, known, notes, risk)


def _lifetime(patient: Patient, side: Side | None, known: tuple[Known, ...], notes: Notes) -> Risk:
    start = ADULT if patient.age is None else patient.age
    found = hazards(start, LIFETIME_AGE)
    if patient.age is None:
        late = hazards(OLDEST_UNKNOWN, LIFETIME_AGE)
        found = tuple(
            CohortHazard(c.row, Hazard(c.hazard.point, o.hazard.low, c.hazard.high))
            for c, o in zip(found, late, strict=True)
        )
    return _risk(patient, side, round((LIFETIME_AGE - start) * 12), known, found, notes)


def _risk(
    patient: Patient,
    side: Side | None,
    months: int,
    known: tuple[Known, ...],
    found: tuple[CohortHazard, ...],
    notes: Notes,
) -> Risk:
    ratio = factors.combined(known)
    studies = tuple(_study(cohort, ratio, side) for cohort in found)
    return Risk(
        outcome=OUTCOME,
        side=side,
        horizon_months=months,
        point=studies[0].point,
        low=min(study.low or 0.0 for study in studies),
        high=max(study.high or 1.0 for study in studies),
        studies=studies,
        factors=tuple(_factor(k) for k in known if k.present or not k.row.findings),
        action=ACTION,
        known=(DEFINITION, alive(months), *of_sides(side), *absent(known), *notes.known),
        not_known=(*gaps(patient, known), *notes.not_known),
    )


def _study(cohort: CohortHazard, ratio: Ratio, side: Side | None) -> StudyRisk:
    """What one cohort says of people with these factors."""
    row, hazard = cohort.row, cohort.hazard
    share = one_hip() if side is not None else Ratio(1.0, 1.0, 1.0)
    return StudyRisk(
        study=row.study,
        population=row.population,
        point=share.point * -math.expm1(-hazard.point * ratio.point),
        low=share.low * -math.expm1(-hazard.low * ratio.low),
        high=share.high * -math.expm1(-hazard.high * ratio.high),
        citation=evidence().studies[row.study].citation,
        verified=row.verified,
    )


def _after_first(
    patient: Patient, side: Side | None, known: tuple[Known, ...], notes: Notes, risk: Risk | None
) -> Risk:
    """The hip beside one with osteoarthritis: by cohorts of second hips, whose factors are in it.

    Never below what age and factors say alone.
    """
    used, second = other_hip()
    studies = tuple(
        StudyRisk(
            study=row.study,
            population=f"{row.population}: {row.outcome}",
            point=row.value / 100,
            low=None if row.low is None else row.low / 100,
            high=None if row.high is None else row.high / 100,
            citation=evidence().studies[row.study].citation,
            verified=row.verified,
        )
        for row in used
    )
    alone = (risk.point, risk.high) if risk is not None else (0.0, 0.0)
    return Risk(
        outcome=OUTCOME,
        side=side,
        horizon_months=round(TEN_YEARS * 12),
        point=max(second.point, alone[0]),
        low=second.low,
        high=max(second.high, alone[1]),
        studies=(*studies, *(risk.studies if risk is not None and alone[0] > second.point else ())),
        factors=tuple(_factor(k) for k in known if k.present or not k.row.findings),
        action=ACTION,
        known=(
            DEFINITION,
            "The other hip has osteoarthritis: the figure is that of second hips within 10 years, "
            "between replacement (a lower end) and any symptoms (an upper end).",
            *notes.known,
        ),
        not_known=(
            "The risk of the second hip by the age of 85: no cohort that is held here follows it.",
            *gaps(patient, known),
            *notes.not_known,
        ),
    )


def _factor(known: Known) -> RiskFactor:
    study = evidence().studies[known.row.study]
    m = known.multiple
    finding = known.row.findings[0] if known.row.findings else known.row.factor
    return RiskFactor(finding, m.point, m.low, m.high, study.citation)
