"""Correlated findings: a random effect that keeps every published margin.

Findings of one structure (the sacroiliac provocation tests, the signs of one root) are positive
together more often than the source explains. Each source that is true, and the false positives
(the leak) by themselves, carry one standard normal effect z a group of findings:

    P(finding set by d | z) = Phi((a - sqrt(rho) z) / sqrt(1 - rho)),

with a solved so that the mean over z is the published chance. z is integrated with nine
Gauss-Hermite nodes. rho is the correlation on the probit scale (tetrachoric).

In `zeta` form a group of n positive findings is a table over the subsets A of them:
zeta(A) = P(nothing outside A is set, and what was found absent is absent). Independent causes
multiply in this form; `moebius` turns it into P(exactly these are set).
"""

import math
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

QUADRATURE = 9
_nodes, _weights = np.polynomial.hermite_e.hermegauss(QUADRATURE)
NODES: Floats = _nodes
WEIGHTS: Floats = _weights / _weights.sum()
#: Chances outside these bounds are not spread.
LEAST, MOST = 1e-9, 1 - 1e-9
#: log odds at which `spread` is tabled for many draws.
GRID = np.linspace(-14.0, 14.0, 561)
#: Correlations that are drawn are rounded to this step.
RHO_STEP = 0.05
_NEWTON, LONGEST_STEP = 10, 0.5

_erf = np.frompyfunc(math.erf, 1, 1)


def normal_cdf(x: Floats) -> Floats:
    """Phi(x), elementwise."""
    found: Floats = 0.5 * (1 + np.asarray(_erf(x / math.sqrt(2)), dtype=float))
    return found


def spread(chance: Floats, rho: float) -> Floats:
    """P(set | node) for chances of any shape (...,), as (..., QUADRATURE); its mean is `chance`."""
    chance = np.asarray(chance, dtype=float)
    if rho <= 0:
        return np.repeat(chance[..., None], QUADRATURE, axis=-1)
    inside = np.clip(chance, LEAST, MOST)
    flat = np.array([_threshold(float(p), float(rho)) for p in inside.ravel()])
    spreaded = _conditional(flat.reshape(inside.shape), rho)
    certain = (chance < LEAST) | (chance > MOST)
    result: Floats = np.where(certain[..., None], chance[..., None], spreaded)
    return result


def _conditional(threshold: Floats, rho: float) -> Floats:
    return normal_cdf(
        (np.asarray(threshold)[..., None] - math.sqrt(rho) * NODES) / math.sqrt(1 - rho)
    )


@cache
def _threshold(chance: float, rho: float) -> float:
    return float(_thresholds(np.array([chance]), rho)[0])


def _thresholds(chances: Floats, rho: float) -> Floats:
    """a with mean over the nodes of Phi((a - sqrt(rho) z) / sqrt(1 - rho)) = chance, (N,).

    With z integrated without error a would be the normal quantile of the chance: Newton's method
    starts there, and what is left is the error of nine nodes.
    """
    quantile = NormalDist().inv_cdf
    a: Floats = np.array([quantile(float(chance)) for chance in chances])
    for _ in range(_NEWTON):
        x = (a[:, None] - math.sqrt(rho) * NODES) / math.sqrt(1 - rho)
        slope = np.exp(-x * x / 2) @ WEIGHTS / math.sqrt(2 * math.pi * (1 - rho))
        step = (normal_cdf(x) @ WEIGHTS - chances) / np.maximum(slope, 1e-14)
        a = a - np.clip(step, -LONGEST_STEP, LONGEST_STEP)
    return a


@cache
def _table(rho: float) -> Floats:
    """`spread` over GRID, (GRID, QUADRATURE)."""
    chances = 1 / (1 + np.exp(-GRID))
    if rho <= 0:
        return spread(chances, rho)
    return _conditional(_thresholds(chances, rho), rho)


def spread_many(chance: Floats, rho: Floats) -> Floats:
    """`spread` of chances (B, ...) with a correlation a row, (B,), on the grid `RHO_STEP`.

    By linear interpolation in the log odds; within 1e-4.
    """
    inside = np.clip(chance, 1e-6, 1 - 1e-6)
    at = (np.log(inside / (1 - inside)) - GRID[0]) / (GRID[1] - GRID[0])
    left = np.minimum(at.astype(np.int64), GRID.size - 2)
    part = (at - left)[..., None]
    found = np.empty((*chance.shape, QUADRATURE))
    for level in np.unique(rho):
        rows, table = rho == level, _table(float(level))
        found[rows] = table[left[rows]] + (table[left[rows] + 1] - table[left[rows]]) * part[rows]
    return found


def zeta(set_by: Floats, kept: Floats) -> Floats:
    """zeta table (..., 2^n) of chances `set_by` (..., n, QUADRATURE).

    kept (..., QUADRATURE): P(what was found absent is absent | node). Subset A has bit i of its
    number set where finding i is in A, that is, free to be set.
    """
    table = (kept * WEIGHTS.astype(kept.dtype))[..., None]
    for i in range(set_by.shape[-2]):
        unset = 1 - set_by[..., i, :, None]
        table = np.concatenate([table * unset, table], axis=-1)
    total: Floats = table.sum(axis=-2)
    return total


def moebius(sure: Floats) -> Floats:
    """Coefficients (2^n,) with P(findings) = coefficients @ zeta; sure (n,): 1 certainly present.

    For one finding of sureness s: s P(set) + (1 - s) P(unset) = s zeta(all) + (1 - 2 s) zeta(none).
    """
    coefficients = np.ones(1)
    for s in sure:
        coefficients = np.concatenate([coefficients * (1 - 2 * s), coefficients * s])
    return coefficients
