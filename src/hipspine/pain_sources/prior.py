"""Prior of every source for this patient: setting, age, sex and exposures.

logit P = logit P(setting) + company + age curve +- half the sex log odds ratio + sum over
exposures. `company` is one shift for all sources of a setting: shares published one by one add
up to more true sources in a patient than are found together, so that, given that something
hurts, the mean number of true sources is `SOURCES_A_PATIENT`.
An exposure with odds ratio r that a share p of patients have adds log r - log(1 - p + p r)
when present and -log(1 - p + p r) when absent: unknown leaves the prior of the setting.
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from hipspine.evidence import evidence
from hipspine.evidence.rows import Exposure, Prior
from hipspine.findings.patient import Patient
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.links import expit, logit
from hipspine.pain_sources.osteonecrosis_exposure import CONDITION, told_by_ledger

#: Mean number of true sources in a patient in pain: 17.5 % of 200 patients of a spine clinic had
#: pain from more than one of spine, hip and sacroiliac joint (Sembrano and Polly 2009), and some
#: more from two structures of the spine; fewer have in primary care (judgement on top of these).
SOURCES_A_PATIENT = {"spine_and_hip_clinic": 1.3, "primary_care": 1.16}
#: Everyone assessed has pain from something; this much of it from a source not listed.
UNLISTED_SOURCE = 0.03
IMPOSSIBLE = 1e-7
#: What only a hip joint of one's own can have.
NATIVE_HIP = frozenset(
    {
        "hip_osteoarthritis",
        "femoroacetabular_impingement",
        "femoral_head_avascular_necrosis",
        "hip_dysplasia",
        "transient_osteoporosis_of_the_hip",
        "inflammatory_hip_arthritis",
        "femoral_neck_stress_fracture",
    }
)
#: No prior, whatever the exposures, leaves these bounds.
LOWEST, HIGHEST = 1e-7, 0.9
#: The combined odds ratio of all exposures of one source stays below this (judgement).
MOST_EXPOSED = 150.0


@dataclass(frozen=True, slots=True)
class PriorShift:
    """One reason why a prior moved: an exposure, with its log odds."""

    finding: str
    condition: str
    log_odds: float
    row: Exposure


def prior_of(patient: Patient, without: str | None = None) -> Floats:
    """P(source) for every leaf, in table order; `without` leaves one exposure unknown."""
    return np.array([_one(patient, leaf.id, without) for leaf in evidence().leaves])


def _one(patient: Patient, condition: str, without: str | None) -> float:
    row = evidence().priors[condition]
    if row.only_sex and patient.sex in ("F", "M") and patient.sex != row.only_sex:
        return IMPOSSIBLE
    point = row.primary if patient.setting == "primary_care" else row.clinic
    shifts = [s for s in shifts_of(patient, condition) if s.finding != without]
    gate = patient.findings.is_present(row.gate) if row.gate and row.gate != without else None
    if gate is False or (condition in NATIVE_HIP and _hurts_where_replaced(patient)):
        return IMPOSSIBLE
    most = math.log(MOST_EXPOSED)
    total = min(max(sum(shift.log_odds for shift in shifts), -most), most)
    log_odds = logit(point) + company(patient.setting) + _age_and_sex(row, patient) + total
    return min(max(expit(log_odds), LOWEST), HIGHEST)


def _hurts_where_replaced(patient: Patient) -> bool:
    """Whether the side of the complaint, or every hip, has an artificial joint."""
    replaced = {
        o.side for o in patient.findings if o.finding == "hip_replacement" and o.present and o.side
    }
    return replaced == {"left", "right"} or (patient.side in replaced)


@cache
def company(setting: str) -> float:
    """The log odds added to every source so that SOURCES_A_PATIENT holds given pain (<= 0)."""
    primary = setting == "primary_care"
    shares = [row.primary if primary else row.clinic for row in evidence().priors.values()]
    log_odds = np.array([logit(share) for share in shares])
    low, high = -6.0, 0.0
    for _ in range(60):
        middle = (low + high) / 2
        if _sources_given_pain(log_odds + middle) > SOURCES_A_PATIENT[setting]:
            high = middle
        else:
            low = middle
    return high


def _sources_given_pain(log_odds: Floats) -> float:
    p = 1 / (1 + np.exp(-log_odds))
    return float(p.sum() / (1 - (1 - UNLISTED_SOURCE) * np.prod(1 - p)))


def _age_and_sex(row: Prior, patient: Patient) -> float:
    shift = 0.0
    if patient.age is not None and row.age_curve:
        ages, values = zip(*row.age_curve, strict=True)
        shift += float(np.interp(patient.age, ages, values))
    if patient.sex in ("F", "M") and row.sex_log_odds_f is not None and not row.only_sex:
        shift += row.sex_log_odds_f / 2 * (1 if patient.sex == "F" else -1)
    return shift


def shifts_of(patient: Patient, condition: str) -> tuple[PriorShift, ...]:
    """The exposures of this patient that are known and bear on `condition`."""
    shifts = []
    for row in _told(patient, condition):
        present = patient.findings.is_present(row.exposure_id)
        if present is None or row.odds_ratio is None:
            continue
        share = row.exposure_prevalence or 0.0
        usual = math.log(1 - share + share * row.odds_ratio)
        own = math.log(max(row.odds_ratio, 1e-3)) if present else 0.0
        shifts.append(PriorShift(row.exposure_id, condition, own - usual, row))
    return tuple(shifts)


def _told(patient: Patient, condition: str) -> tuple[Exposure, ...]:
    """The exposures that bear on a source; of steroids and dead bone the ledger says it better."""
    rows = _exposures_of(condition)
    return told_by_ledger(patient, rows) if condition == CONDITION else rows


def _exposures_of(condition: str) -> tuple[Exposure, ...]:
    names = {condition, *evidence().conditions[condition].parents}
    rows = [row for row in evidence().exposures if row.use and row.condition_id in names]
    own = {row.exposure_id for row in rows if row.condition_id == condition}
    return tuple(row for row in rows if row.condition_id == condition or row.exposure_id not in own)
