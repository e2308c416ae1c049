"""Published effects on one scale: the share of people, rightly treated, who gain an important
improvement that the comparator would not have given.

Of one effect, g (the responders gained) with variance v:

- a number needed to treat: g = 1 / NNT
- responders in both arms: g = treated - comparator
- without a comparator: g = treated - R0, with R0 = 0.3 who would have improved anyway
- a standardised difference d of pain: g = Phi(d + z(R0)) - R0, the normal model (Furukawa and
  Leucht 2011, method of Furukawa); points of 100 are divided by SD = 25, points of 10 by 2.5
- no difference found: g = 0

The interval gives the sampling variance (0.1 squared where none is printed). GRADE adds a variance
of its own, and what nobody has checked counts double. Then scepticism: a prior of N(0, 0.2 squared)
shrinks g to g * 0.04 / (0.04 + v). Effects of one treatment on one source are averaged by 1 / v;
they overlap too much for the average to be surer than its surest part. R0, SD, the prior, and the
variances of GRADE are judgement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

from hipspine.evidence import evidence
from hipspine.evidence.rows_of_care import EffectUse
from hipspine.evidence.rows_of_plan import TreatmentEffect

#: Share of people who improve with the comparator (judgement).
IMPROVE_ANYWAY = 0.3
#: Standard deviation of pain among people in trials, points of 100 (judgement).
SD_POINTS = 25.0
#: Standard deviation of the sceptical prior of a gain, about none.
PRIOR_SD = 0.2
UNSTATED_SD = 0.1
#: Standard deviations that GRADE adds (judgement); anything else counts as very low.
GRADE_SD = {"high": 0.0, "moderate": 0.05, "low": 0.1, "very_low": 0.2}
#: Of a 95 % interval.
WIDTHS_OF_SD = 2 * 1.96
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Gain:
    """Responders gained (0 to 1) and its variance; `judged` says why where nothing is measured."""

    mean: float
    variance: float
    effects: tuple[str, ...]
    judged: str = ""

    @property
    def shrunk(self) -> float:
        """What a sceptic believes, never below 0."""
        return max(0.0, self.mean * PRIOR_SD**2 / (PRIOR_SD**2 + self.variance))


def of_effect(effect: TreatmentEffect, use: EffectUse) -> Gain | None:
    """One effect on the common scale; None where it is not used."""
    if use.scale == "not_used":
        return None
    if use.scale == "null":
        return Gain(0.0, _variance(effect, UNSTATED_SD), (effect.id,))
    if effect.value is None:
        return None
    mean = _responders(effect.value, effect, use)
    if effect.low is None or effect.high is None:
        return Gain(mean, _variance(effect, UNSTATED_SD), (effect.id,))
    ends = [_responders(end, effect, use) for end in (effect.low, effect.high)]
    return Gain(mean, _variance(effect, abs(ends[1] - ends[0]) / WIDTHS_OF_SD), (effect.id,))


def _variance(effect: TreatmentEffect, sampling_sd: float) -> float:
    of_grade = GRADE_SD.get(effect.certainty, GRADE_SD["very_low"])
    variance = sampling_sd**2 + of_grade**2
    return variance if effect.verified else 2 * variance


def _responders(value: float, effect: TreatmentEffect, use: EffectUse) -> float:
    if use.scale == "nnt":
        return 1 / value
    if use.scale == "responders":
        return (value - (use.comparator_percent or 0.0)) / 100
    if use.scale == "uncontrolled":
        return value / 100 - IMPROVE_ANYWAY
    sd = {"points": SD_POINTS, "nrs": SD_POINTS / 10, "smd": 1.0}[use.scale]
    better = value / sd * (-1 if effect.better_is == "lower" else 1)
    return _NORMAL.cdf(better + _NORMAL.inv_cdf(IMPROVE_ANYWAY)) - IMPROVE_ANYWAY


def averaged(gains: Iterable[Gain]) -> Gain | None:
    """Effects of one treatment on one source, weighed by 1 / variance; None of none."""
    gains = [gain for gain in gains if gain.variance > 0]
    if not gains:
        return None
    weights = [1 / gain.variance for gain in gains]
    mean = sum(w * g.mean for w, g in zip(weights, gains, strict=True)) / sum(weights)
    names = tuple(name for gain in gains for name in gain.effects)
    return Gain(mean, min(gain.variance for gain in gains), names)


@cache
def gain_of(treatment: str, leaf: str) -> Gain:
    """What a treatment gains where this source is the one that hurts."""
    tables = evidence()
    found = averaged(
        gain
        for effect in tables.plan.effects.values()
        if treatment in effect.treatments and leaf in _leaves(effect.targets)
        if (gain := of_effect(effect, tables.care.effect_uses[effect.id])) is not None
    )
    return found or _judged(treatment, leaf)


def _judged(treatment: str, leaf: str) -> Gain:
    """The first row that names the source, else the treatment's row for any source, else none."""
    rows = [row for row in evidence().care.judged_benefits if row.treatment == treatment]
    named = [row for row in rows if leaf in _leaves(row.targets)]
    for row in [*named, *(row for row in rows if not row.targets)]:
        return Gain(row.benefit, 0.0, (), row.because)
    return Gain(0.0, 0.0, (), "nothing is known of its benefit here")


def _leaves(targets: tuple[str, ...]) -> frozenset[str]:
    return frozenset(leaf for target in targets for leaf in evidence().members(target))
