"""How muscles share the joint moments: the static optimisation problem and its solver.

Of all activations that give the required moments the one of least sum of a^p is taken
(p = 2 or 3; Crowninshield and Brand 1981, doi 10.1016/0021-9290(81)90035-X). What the muscles
cannot give is left to reserves, which are always reported:

    minimise   sum a_m^p / p  +  sum s_r^2 / (2 slackness)
    such that  A a + s = b,   lower <= a <= upper

Its dual has one multiplier a row and no constraint, and a muscle's activation is a clipped
function of its own price z = A' lambda (p = 2: a = z; p = 3: a = sqrt z). So 27 rows and 290
muscles make a 27 x 27 Newton step (semismooth: the derivative of the clip is 0 or 1). The
slackness makes every problem solvable and the Hessian invertible; where the muscles suffice it
leaves lambda * slackness to the reserves, far below 1e-4 Nm. Near the end of their strength few
muscles are free and Newton creeps; then the slackness is lowered step by step from a loose one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Power = Literal[2, 3]

#: Nm^2 a unit of cost: how freely reserves stand in for muscles in the answer.
SLACKNESS = 1e-6
#: The ladder for hard postures, and the iterations after which a posture counts as hard.
LADDER = (1e3, 1e1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, SLACKNESS)
EASY_ITERATIONS = 16
RUNG_ITERATIONS = 120
#: Nm: the largest entry of the dual gradient at which the answer stands, and on the ladder.
TOLERANCE_NM = 1e-7
RUNG_TOLERANCE_NM = 1e-4
#: Reserves above this many Nm will stay when a tighter rung changes them by less than this share.
BEYOND_NM, SETTLED = 0.1, 1e-4
#: Nm: the optimality conditions hold to this in an answer that calls itself converged.
ACCEPTED_NM = 1e-4
#: A step is long enough when the slope along it fell to this share.
SLOPE_KEPT = 0.3
SEARCH_STEPS = 40
#: p = 3: d a / d z = 1 / (2 a) has no bound at a = 0; below this activation it is held.
SMALL_ACTIVATION = 1e-4


@dataclass(frozen=True, slots=True)
class Recruited:
    """The answer of `recruit`.

    activation (M,): share of the muscle's full force; reserves_nm (R,): required less what the
    muscles give; multipliers (R,): what one Nm more costs, a start for a posture near by;
    converged: whether the optimality conditions hold to 1e-4 Nm.
    """

    activation: Floats
    reserves_nm: Floats
    multipliers: Floats
    iterations: int
    converged: bool


def recruit(
    moment_arms: Floats,
    required: Floats,
    lower: Floats,
    upper: Floats,
    power: Power = 2,
    start: Floats | None = None,
) -> Recruited:
    """Activations of least sum a^power that give the required moments.

    moment_arms (R, M): Nm of each joint row per unit activation of each muscle (moment arm
    times full force); required (R,): Nm; lower, upper (M,): bounds of activation, 0 <= lower
    <= upper; start (R,): the multipliers of a posture near by. A muscle weight w is had by
    scaling its column by w^(-1/power) and its bounds by w^(1/power).
    """
    assert power in (2, 3), "power is 2 or 3"
    assert (lower <= upper).all() and (lower >= 0).all(), "0 <= lower <= upper"
    dual = _Dual(moment_arms, required, lower, upper, power, SLACKNESS)
    found = _ascend(dual, dual.start() if start is None else start, EASY_ITERATIONS)
    if not found.converged:
        for rung in _down_the_ladder(dual):
            found = replace(rung, iterations=found.iterations + rung.iterations)
    return found


def _down_the_ladder(dual: "_Dual") -> Iterator[Recruited]:
    """Answers of ever less slackness, each from the last, until the reserves stay as they are."""
    multipliers = np.zeros_like(dual.required)
    reserves = dual.required
    for loose, tight in zip((np.inf, *LADDER), LADDER, strict=False):
        rung = replace(dual, slackness=tight)
        if loose < np.inf:  # reserves that stay need multipliers that grow
            grown = multipliers * (loose / tight)
            multipliers = min(multipliers, grown, key=lambda at: rung.error(rung.gradient(at)))
        tolerance = TOLERANCE_NM if tight == SLACKNESS else RUNG_TOLERANCE_NM
        found = _ascend(rung, multipliers, RUNG_ITERATIONS, tolerance)
        yield found
        change = np.abs(found.reserves_nm - reserves).max(initial=0.0)
        multipliers, reserves = found.multipliers, found.reserves_nm
        left = np.abs(reserves).max(initial=0.0)
        if left > BEYOND_NM and change <= SETTLED * left:
            return


@dataclass(frozen=True, slots=True)
class _Dual:
    """The dual problem: concave in the multipliers (R,), without constraints."""

    moment_arms: Floats
    required: Floats
    lower: Floats
    upper: Floats
    power: Power
    slackness: float

    def start(self) -> Floats:
        """Least squares: the exact answer where no bound is met (p = 2)."""
        multipliers = self._solve(self.moment_arms, self.required)
        if self.power == 2:
            return multipliers
        # There a^2 = z, here a = z: prices are lower by about the activation.
        return np.asarray(multipliers * np.abs(self.moment_arms.T @ multipliers).mean())

    def activation(self, price: Floats) -> Floats:
        """(M,) for prices (M,)."""
        wanted = price if self.power == 2 else np.sqrt(np.maximum(price, 0.0))
        return np.minimum(np.maximum(wanted, self.lower), self.upper)

    def gradient(self, multipliers: Floats) -> Floats:
        """(R,) Nm."""
        given = self.moment_arms @ self.activation(self.moment_arms.T @ multipliers)
        return np.asarray(self.required - given - self.slackness * multipliers)

    @staticmethod
    def error(gradient: Floats) -> float:
        """Nm, the largest entry."""
        return float(np.abs(gradient).max(initial=0.0))

    def newton_step(self, gradient: Floats, price: Floats) -> Floats:
        """(R,); muscles at a bound do not answer to their price."""
        if self.power == 2:
            free = np.flatnonzero((price > self.lower) & (price < self.upper))
            return self._solve(self.moment_arms[:, free], gradient)
        free = np.flatnonzero((price > self.lower**2) & (price < self.upper**2))
        root = np.sqrt(np.sqrt(np.maximum(price[free], SMALL_ACTIVATION**2)))
        return self._solve(self.moment_arms[:, free] * (np.sqrt(0.5) / root), gradient)

    def _solve(self, columns: Floats, right: Floats) -> Floats:
        hessian = columns @ columns.T
        hessian.flat[:: hessian.shape[0] + 1] += self.slackness
        return np.asarray(np.linalg.solve(hessian, right))


def _ascend(
    dual: _Dual, multipliers: Floats, iterations: int, tolerance: float = TOLERANCE_NM
) -> Recruited:
    """Newton's method from these multipliers; the best point met."""
    price = dual.moment_arms.T @ multipliers
    best, answer = np.inf, (dual.lower, dual.required, multipliers)
    for iteration in range(iterations + 1):
        activation = dual.activation(price)
        reserves = dual.required - dual.moment_arms @ activation
        gradient = reserves - dual.slackness * multipliers
        error = dual.error(gradient)
        if error < best:
            best, answer = error, (activation, reserves, multipliers)
        if error <= tolerance or iteration == iterations:
            break
        step = dual.newton_step(gradient, price)
        line = _Line(dual, multipliers, step, price, dual.moment_arms.T @ step)
        length = line.best_length(float(gradient @ step))
        if length == 0.0:  # rounding leaves nothing to gain
            break
        multipliers = multipliers + length * step
        price = dual.moment_arms.T @ multipliers
    return Recruited(*answer, iterations=iteration, converged=best <= ACCEPTED_NM)


@dataclass(frozen=True, slots=True)
class _Line:
    """A ray of multipliers, with prices along it."""

    dual: _Dual
    multipliers: Floats
    step: Floats
    price: Floats
    price_step: Floats

    def slope(self, length: float) -> float:
        """Of the dual objective along the ray: falls as the ray goes on."""
        activation = self.dual.activation(self.price + length * self.price_step)
        reserves = self.dual.slackness * (self.multipliers + length * self.step)
        rise = self.step @ (self.dual.required - reserves)
        return float(rise - self.price_step @ activation)

    def best_length(self, at_start: float) -> float:
        """Where the slope is nearly nought: the whole step, else by false position (Illinois).

        at_start: the slope at length 0.
        """
        enough = SLOPE_KEPT * at_start
        if at_start <= 0.0:
            return 0.0
        low, high = (0.0, at_start), (1.0, self.slope(1.0))
        while high[1] > enough and high[0] < 4.0**SEARCH_STEPS:  # still rising: go further
            low, high = high, (4.0 * high[0], self.slope(4.0 * high[0]))
        if high[1] >= -enough:
            return high[0]
        for _ in range(SEARCH_STEPS):
            middle = (low[0] * high[1] - high[0] * low[1]) / (high[1] - low[1])
            slope = self.slope(middle)
            if abs(slope) <= enough:
                return middle
            if slope > 0:  # halve the other end's slope, so that both ends come in
                low, high = (middle, slope), (high[0], high[1] / 2)
            else:
                low, high = (low[0], low[1] / 2), (middle, slope)
        return low[0]
