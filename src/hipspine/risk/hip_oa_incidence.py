"""How often symptomatic hip osteoarthritis comes between two ages, by cohort, in at least one hip.

Every cohort scales one curve of age. Up to 45 years the rate rises by the published ratio of US
servicemembers (Scher 2009); from there it rises by a share a year, and stays level from 80 on
(Oliveria 1995 saw it level off about then). The share is judgement (`GROWTH`), and the bounds run
over its ends. The cumulative hazard is of people who stay alive: no death competes with it.
"""

import math
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_hip_oa import HipOaIncidence

#: Relative rise of the rate per year of age between 45 and 80: low, point, high. Judgement;
#: that it rises was read (Prieto-Alhambra 2014, Oliveria 1995), by how much was not.
GROWTH = (0.03, 0.05, 0.07)
ADULT, LEVEL = 20.0, 80.0
#: Ages of a cohort are weighted as if people grew evenly fewer, to none at the age_high of its row.
GRID = 400


@dataclass(frozen=True, slots=True)
class Hazard:
    """Cumulative hazard of at least one hip (no unit): P = 1 - exp(-hazard)."""

    point: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CohortHazard:
    """What one cohort says between two ages."""

    row: HipOaIncidence
    hazard: Hazard


def cohorts() -> tuple[HipOaIncidence, ...]:
    """The cohorts that carry weight; the one that reports the lifetime itself comes first."""
    rows = [row for row in evidence().hip_oa_incidence.values() if row.use]
    found = [row for role in ("lifetime", "rate") for row in rows if row.role == role]
    return tuple(found)


def hazards(start: float, end: float) -> tuple[CohortHazard, ...]:
    """Between the ages start and end (years) by every cohort; ages below 20 add nothing."""
    return tuple(CohortHazard(row, _hazard(row, start, end)) for row in cohorts())


def _hazard(row: HipOaIncidence, start: float, end: float) -> Hazard:
    """Point at the middle curve; low and high over the row's interval and all curves."""
    ends = (row.low or row.value, row.value, row.high or row.value)
    by_end = [[_scale(row, v, g) * _area(start, end, g) for g in GROWTH] for v in ends]
    return Hazard(by_end[1][1], min(by_end[0]), max(by_end[2]))


def _scale(row: HipOaIncidence, value: float, growth: float) -> float:
    """Rate per year at 45 that makes the curve agree with the cohort."""
    if row.role == "lifetime":
        return -math.log1p(-value / 100) / _area(0.0, row.age_high or 0.0, growth)
    return value / 1000 / _mean_rate(row.age_low or 0.0, row.age_high or 0.0, growth)


@cache
def _mean_rate(low: float, high: float, growth: float) -> float:
    """Mean of the curve over the ages of a cohort."""
    ages = low + (high - low) * (np.arange(GRID) + 0.5) / GRID
    rate = [relative_rate(age, growth) for age in ages.tolist()]
    return float(np.average(rate, weights=high - ages))


@cache
def _young() -> tuple[float, float]:
    """Age up to which the published ratio of rates runs, and its log per year."""
    (row,) = (r for r in evidence().hip_oa_incidence.values() if r.use and r.role == "age_ratio")
    old, young = row.age_high or 0.0, row.age_low or 0.0
    return old, math.log(row.value) / (old - young)


def relative_rate(age: float, growth: float) -> float:
    """Rate at an age over the rate at 45; 0 below 20."""
    knee, slope = _young()
    if age < ADULT:
        return 0.0
    if age < knee:
        return math.exp(slope * (age - knee))
    return math.exp(growth * (min(age, LEVEL) - knee))


@lru_cache(maxsize=512)
def _area(start: float, end: float, growth: float) -> float:
    """Integral of `relative_rate` from start to end, in years."""
    knee, slope = _young()

    def rising(low: float, high: float, rate: float) -> float:
        low, high = max(start, low), min(end, high)
        if high <= low:
            return 0.0
        return (math.exp(rate * (high - knee)) - math.exp(rate * (low - knee))) / rate

    level = max(0.0, end - max(start, LEVEL)) * relative_rate(LEVEL, growth)
    return rising(ADULT, knee, slope) + rising(knee, LEVEL, growth) + level
