"""`recruit` for many postures at once, compiled (numba): the same problem, the same answer.

The compiled kernel takes the plain Newton path of `recruitment.py`; the few postures near or
beyond the muscles' strength on which it does not settle go through `recruit` itself. Importing
this file imports numba (0.2 s, and some seconds once to compile; the result is cached).
"""

from dataclasses import dataclass

import numba
import numpy as np

from hipspine.mechanics.recruitment import (
    EASY_ITERATIONS,
    SLACKNESS,
    SLOPE_KEPT,
    SMALL_ACTIVATION,
    TOLERANCE_NM,
    Floats,
    Power,
    recruit,
)

SEARCH_STEPS = 30
#: Among how many earlier postures a start is looked for.
NEIGHBOURS = 128
#: Sums may be taken in any order, so that they run in vector registers; NaN keeps its meaning.
_compiled = numba.njit(cache=True, fastmath={"reassoc", "contract", "nsz"}, error_model="numpy")


@dataclass(frozen=True, slots=True)
class RecruitedBatch:
    """As `Recruited`, for N postures: activation (N, M), reserves_nm (N, R), converged (N,)."""

    activation: Floats
    reserves_nm: Floats
    converged: np.ndarray


def recruit_batch(
    moment_arms: Floats,
    required: Floats,
    lower: Floats,
    upper: Floats,
    power: Power = 2,
    parallel: bool = False,
) -> RecruitedBatch:
    """Activations and reserves of N postures.

    moment_arms (N, R, M), Nm per unit activation; required (N, R), Nm; lower, upper (N, M) or
    (M,); parallel: on every core (default: on one).
    """
    arms = np.ascontiguousarray(moment_arms, dtype=np.float64)
    wanted = np.ascontiguousarray(required, dtype=np.float64)
    count, _, muscles = arms.shape
    low = np.ascontiguousarray(np.broadcast_to(lower, (count, muscles)), dtype=np.float64)
    high = np.ascontiguousarray(np.broadcast_to(upper, (count, muscles)), dtype=np.float64)
    solve = _all_parallel if parallel else _all
    activation, reserves, converged = solve(arms, wanted, low, high, int(power))
    for n in np.flatnonzero(~converged):
        found = recruit(arms[n], wanted[n], low[n], high[n], power)
        activation[n], reserves[n] = found.activation, found.reserves_nm
        converged[n] = found.converged
    return RecruitedBatch(activation, reserves, converged)


@_compiled
def _activation(price, low, high, power):  # type: ignore[no-untyped-def]
    wanted = price if power == 2 else np.sqrt(max(price, 0.0))
    return min(max(wanted, low), high)


@_compiled
def _slope(arms_step, at, low, high, power):  # type: ignore[no-untyped-def]
    """What the muscles give along the step: (price, price_step) and the length in `at`."""
    price, price_step = arms_step
    total = 0.0
    for m in range(price.size):
        total += price_step[m] * _activation(price[m] + at * price_step[m], low[m], high[m], power)
    return total


@_compiled
def _normal(arms, scale, free, slackness):  # type: ignore[no-untyped-def]
    """Lower triangle of A_f diag(scale^2) A_f' + slackness, over the free columns."""
    rows, count = arms.shape[0], free.size
    packed = np.empty((rows, count))
    for r in range(rows):
        for f in range(count):
            packed[r, f] = arms[r, free[f]] * scale[f]
    hessian = np.empty((rows, rows))
    for i in range(rows):
        for j in range(i + 1):
            total = 0.0
            for f in range(count):
                total += packed[i, f] * packed[j, f]
            hessian[i, j] = total
        hessian[i, i] += slackness
    return hessian


@_compiled
def _cholesky_solve(hessian, right):  # type: ignore[no-untyped-def]
    """The solution, by factoring the lower triangle in place; a lost pivot is kept positive."""
    n = right.size
    for j in range(n):
        pivot = hessian[j, j]
        for k in range(j):
            pivot -= hessian[j, k] * hessian[j, k]
        root = np.sqrt(max(pivot, SLACKNESS))
        hessian[j, j] = root
        for i in range(j + 1, n):
            total = hessian[i, j]
            for k in range(j):
                total -= hessian[i, k] * hessian[j, k]
            hessian[i, j] = total / root
    x = right.copy()
    for i in range(n):
        for k in range(i):
            x[i] -= hessian[i, k] * x[k]
        x[i] /= hessian[i, i]
    for i in range(n - 1, -1, -1):
        for k in range(i + 1, n):
            x[i] -= hessian[k, i] * x[k]
        x[i] /= hessian[i, i]
    return x


@_compiled
def _prices(arms, multipliers):  # type: ignore[no-untyped-def]
    price = np.zeros(arms.shape[1])
    for r in range(arms.shape[0]):
        for m in range(price.size):
            price[m] += arms[r, m] * multipliers[r]
    return price


@_compiled
def _length(prices, rises, low, high, power):  # type: ignore[no-untyped-def]
    """As `_Line.best_length`.

    prices: (price, price_step); rises: the step times (required, slack now, slack of the step).
    """
    wanted, held, held_step = rises
    at_start = wanted - held - _slope(prices, 0.0, low, high, power)
    enough = SLOPE_KEPT * at_start
    if at_start <= 0.0:
        return 0.0
    a, slope_a, b = 0.0, at_start, 1.0
    slope_b = wanted - held - held_step - _slope(prices, 1.0, low, high, power)
    for _ in range(SEARCH_STEPS):
        if slope_b <= enough:
            break
        a, slope_a, b = b, slope_b, 4.0 * b
        slope_b = wanted - held - b * held_step - _slope(prices, b, low, high, power)
    if slope_b >= -enough:
        return b
    for _ in range(SEARCH_STEPS):
        middle = (a * slope_b - b * slope_a) / (slope_b - slope_a)
        slope = wanted - held - middle * held_step - _slope(prices, middle, low, high, power)
        if abs(slope) <= enough:
            return middle
        if slope > 0:
            a, slope_a, slope_b = middle, slope, slope_b / 2
        else:
            b, slope_b, slope_a = middle, slope, slope_a / 2
    return a


@_compiled
def _start(arms, required, power):  # type: ignore[no-untyped-def]
    """Multipliers by least squares, as `_Dual.start`."""
    muscles = arms.shape[1]
    every = np.arange(muscles)
    multipliers = _cholesky_solve(_normal(arms, np.ones(muscles), every, SLACKNESS), required)
    if power == 3:
        multipliers *= np.abs(_prices(arms, multipliers)).mean()
    return multipliers


@_compiled
def _one(arms, required, bounds, power, multipliers):  # type: ignore[no-untyped-def]
    """Activation, reserves and whether Newton's plain path settled; moves the multipliers on."""
    low, high = bounds
    rows, muscles = arms.shape
    price = _prices(arms, multipliers)
    activation = np.empty(muscles)
    reserves = np.empty(rows)
    scale = np.ones(muscles)
    for iteration in range(EASY_ITERATIONS + 1):
        free = np.empty(muscles, dtype=np.int64)
        count = 0
        for m in range(muscles):
            activation[m] = _activation(price[m], low[m], high[m], power)
            if low[m] < activation[m] < high[m]:
                if power == 3:
                    scale[count] = np.sqrt(0.5 / max(activation[m], SMALL_ACTIVATION))
                free[count] = m
                count += 1
        error = 0.0
        gradient = np.empty(rows)
        for r in range(rows):
            given = 0.0
            for m in range(muscles):
                given += arms[r, m] * activation[m]
            reserves[r] = required[r] - given
            gradient[r] = reserves[r] - SLACKNESS * multipliers[r]
            error = max(error, abs(gradient[r]))
        if error <= TOLERANCE_NM:
            return activation, reserves, True
        if iteration == EASY_ITERATIONS:
            break
        hessian = _normal(arms, scale[:count], free[:count], SLACKNESS)
        step = _cholesky_solve(hessian, gradient)
        price_step = _prices(arms, step)
        wanted, held, held_step = 0.0, 0.0, 0.0
        for r in range(rows):
            wanted += step[r] * required[r]
            held += SLACKNESS * step[r] * multipliers[r]
            held_step += SLACKNESS * step[r] * step[r]
        length = _length((price, price_step), (wanted, held, held_step), low, high, power)
        if length == 0.0:
            break
        multipliers += length * step
        price += length * price_step
    return activation, reserves, False


@_compiled
def _nearest(required, scale, solved, n):  # type: ignore[no-untyped-def]
    """The settled one of the last NEIGHBOURS postures whose moments are most alike; -1: none."""
    best, found = np.inf, -1
    for k in range(max(0, n - NEIGHBOURS), n):
        if solved[k]:
            distance = 0.0
            for r in range(scale.size):
                apart = (required[k, r] - required[n, r]) * scale[r]
                distance += apart * apart
            if distance < best:
                best, found = distance, k
    return found


@_compiled
def _all(arms, required, low, high, power):  # type: ignore[no-untyped-def]
    """One after the other: each starts from the multipliers of the one most like it."""
    count, rows, muscles = arms.shape
    activation = np.empty((count, muscles))
    reserves = np.empty((count, rows))
    multipliers = np.empty((count, rows))
    converged = np.zeros(count, dtype=np.bool_)
    scale = np.empty(rows)
    for r in range(rows):
        scale[r] = 1.0 / max(np.abs(required[:, r]).max(), 1e-9)
    for n in range(count):
        like = _nearest(required, scale, converged, n)
        bounds = (low[n], high[n])
        settled = False
        if like >= 0:
            multipliers[n] = multipliers[like]
            activation[n], reserves[n], settled = _one(
                arms[n], required[n], bounds, power, multipliers[n]
            )
        if not settled:
            multipliers[n] = _start(arms[n], required[n], power)
            activation[n], reserves[n], settled = _one(
                arms[n], required[n], bounds, power, multipliers[n]
            )
        converged[n] = settled
    return activation, reserves, converged


def _loop(arms, required, low, high, power):  # type: ignore[no-untyped-def]
    count, rows, muscles = arms.shape
    activation = np.empty((count, muscles))
    reserves = np.empty((count, rows))
    converged = np.empty(count, dtype=np.bool_)
    for n in numba.prange(count):
        multipliers = _start(arms[n], required[n], power)
        activation[n], reserves[n], converged[n] = _one(
            arms[n], required[n], (low[n], high[n]), power, multipliers
        )
    return activation, reserves, converged


_all_parallel = numba.njit(cache=True, parallel=True, error_model="numpy")(_loop)
