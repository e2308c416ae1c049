"""Noisy-OR parameters of one finding, solved from published sensitivities and specificities.

P(finding absent | sources D) = (1 - leak) * prod over d in D of (1 - fire_d).

In the comparison group of a study other sources hurt and fire: Sp_d = (1 - leak) * prod over
j != d of (1 - pi_j fire_j), pi_j being how often j is true there. log(1 - leak) is the mean of
what each study says, weighted by its patients. Beside a true source d others are true as often
as the model has it (`beside`, rarer than pi): 1 - Se_d = (1 - leak) * (1 - fire_d) * prod over
j != d of (1 - beside_j fire_j). So both published figures hold in the model.

A source with which the finding is rarer than leak and company alone would make it is spoken
against: it gets fire 0 and two likelihood ratios that bring the finding down to Se_d.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MAX_FIRE = 0.995
MIN_LEAK = 0.001
MAX_LEAK = 0.95
#: A finding whose odds move by less than this factor is left without a link.
NO_WORTH = 0.03
_ROUNDS = 25


@dataclass(frozen=True)
class Studied:
    """What is published on one finding, for B draws and L linked sources.

    sensitivity, specificity: (B, L), specificity NaN where not stated; weight in patients,
    prevalence (pi_j in a comparison group) and beside (j beside a true source): (L,) or (B, L);
    base_rate (B, M) with base_weight (M,) or (B, M); default_leak and max_leak: one number or
    (B,). `age_shift`: log odds added to the solved leak for a patient's age; the fires stay.
    """

    sensitivity: Floats
    specificity: Floats
    weight: Floats
    prevalence: Floats
    beside: Floats
    base_rate: Floats
    base_weight: Floats
    default_leak: float | Floats
    max_leak: float | Floats = MAX_LEAK
    age_shift: float = 0.0


@dataclass(frozen=True)
class NoisyOr:
    """leak (B,); fire (B, L); log likelihood ratios of present and absent (B, L), 0 if none."""

    leak: Floats
    fire: Floats
    against_present: Floats
    against_absent: Floats


def solve(studied: Studied, start: NoisyOr | None = None, rounds: int = _ROUNDS) -> NoisyOr:
    """Fixed point of fires and leak; every row (draw) by itself; near `start`, few rounds do."""
    se, sp = studied.sensitivity, studied.specificity
    stated = ~np.isnan(sp)
    keep = np.broadcast_to(np.log1p(-np.asarray(studied.default_leak)), se.shape[:1])
    fire = np.zeros_like(se) if start is None else np.broadcast_to(start.fire, se.shape)
    for _ in range(rounds):
        keep = _log_keep(studied, stated, _without_own(studied.prevalence, fire), keep)
        expected = np.exp(keep[:, None] + _without_own(studied.beside, fire))
        fire = np.clip(1 - (1 - se) / expected, 0.0, MAX_FIRE)
    rarer = (se > 0) & (fire <= 0) & (se < (1 - NO_WORTH) * (1 - expected))
    inside = np.where(rarer, se, 0.5)
    present = np.where(rarer, np.log(inside / np.clip(1 - expected, 1e-3, None)), 0.0)
    absent = np.where(rarer, np.log((1 - inside) / expected), 0.0)
    leak = shifted(-np.expm1(keep), studied.age_shift)
    return NoisyOr(leak, fire, np.clip(present, -3.0, 0.0), np.clip(absent, 0.0, 3.0))


def shifted(leak: Floats, log_odds: float) -> Floats:
    """The leak with log odds added, (B,), within its bounds."""
    if not log_odds:
        return leak
    odds = leak / (1 - leak) * np.exp(log_odds)
    moved: Floats = np.clip(odds / (1 + odds), MIN_LEAK / 10, MAX_LEAK)
    return moved


def _without_own(true: Floats, fire: Floats) -> Floats:
    """log P(absent as far as the other sources go) for each source, (B, L)."""
    others = np.log1p(-true * fire)
    left: Floats = others.sum(axis=1, keepdims=True) - others
    return left


def solve_many(several: Sequence[Studied]) -> list[NoisyOr]:
    """`solve` for several findings (one draw each) at once; each as if it were alone."""
    if not several:
        return []
    widths = [one.sensitivity.shape[1] for one in several]
    solved = solve(
        Studied(
            sensitivity=_stacked([one.sensitivity[0] for one in several], 0.0),
            specificity=_stacked([one.specificity[0] for one in several], 1.0),
            weight=_stacked([one.weight for one in several], 0.0),
            prevalence=_stacked([one.prevalence for one in several], 0.0),
            beside=_stacked([one.beside for one in several], 0.0),
            base_rate=_stacked([one.base_rate[0] for one in several], 0.0),
            base_weight=_stacked([one.base_weight for one in several], 0.0),
            default_leak=np.array([one.default_leak for one in several]),
            max_leak=np.array([one.max_leak for one in several]),
        )
    )
    return [
        NoisyOr(
            solved.leak[i : i + 1],
            solved.fire[i : i + 1, :width],
            solved.against_present[i : i + 1, :width],
            solved.against_absent[i : i + 1, :width],
        )
        for i, width in enumerate(widths)
    ]


def _stacked(rows: Sequence[Floats], filling: float) -> Floats:
    """Rows of unequal length as one array, short ones filled up."""
    stacked = np.full((len(rows), max(row.size for row in rows)), filling)
    for number, row in enumerate(rows):
        stacked[number, : row.size] = row
    return stacked


def _log_keep(
    studied: Studied, stated: NDArray[np.bool_], without_own: Floats, last: Floats
) -> Floats:
    """log(1 - leak) for each draw, from all specificities and base rates there are."""
    weight = np.where(stated, studied.weight, 0.0)
    said = np.where(stated, np.log(np.where(stated, studied.specificity, 1.0)) - without_own, 0.0)
    base = (np.log1p(-studied.base_rate) * studied.base_weight).sum(axis=1)
    total = weight.sum(axis=1) + np.asarray(studied.base_weight).sum(axis=-1)
    mean = ((weight * said).sum(axis=1) + base) / np.where(total > 0, total, 1.0)
    lowest = np.log1p(-np.asarray(studied.max_leak))
    clipped: Floats = np.clip(mean, lowest, np.log1p(-MIN_LEAK))
    return np.where(total > 0, clipped, last)
