"""Random recruitment problems of the size and shape of the body's, some of them hostile."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
ROWS, MUSCLES = 27, 290


@dataclass(frozen=True)
class Problem:
    """Arguments of `recruit`."""

    moment_arms: Floats
    required: Floats
    lower: Floats
    upper: Floats

    @property
    def arguments(self) -> tuple[Floats, Floats, Floats, Floats]:
        return self.moment_arms, self.required, self.lower, self.upper


def feasible(rng: np.random.Generator, rows: int = ROWS, muscles: int = MUSCLES) -> Problem:
    """Moments that activations of 1 to 40 % give; each muscle crosses a third of the joints."""
    arms = rng.normal(size=(rows, muscles)) * rng.exponential(20, size=muscles)
    arms *= rng.random((rows, muscles)) < 0.35
    lower, upper = np.full(muscles, 0.01), np.ones(muscles)
    return Problem(arms, arms @ rng.uniform(0.01, 0.4, muscles), lower, upper)


def strenuous(rng: np.random.Generator) -> Problem:
    """Many muscles must be at a bound."""
    problem = feasible(rng)
    given = rng.choice([0.01, 0.5, 1.0], problem.upper.size)
    return replace(problem, required=problem.moment_arms @ given)


def at_the_limit(rng: np.random.Generator) -> Problem:
    """One activation alone gives these moments: every muscle at a bound."""
    problem = feasible(rng)
    pulls = problem.moment_arms[0] + problem.moment_arms[1] > 0
    given = np.where(pulls, problem.upper, problem.lower)
    return replace(problem, required=problem.moment_arms @ given)


def beyond(rng: np.random.Generator) -> Problem:
    """Far more than the muscles have."""
    problem = feasible(rng)
    return replace(problem, required=rng.normal(size=ROWS) * 3000)


def unheld_row(rng: np.random.Generator) -> Problem:
    """A joint that no muscle crosses, with 5 Nm to hold."""
    problem = feasible(rng)
    arms, required = problem.moment_arms.copy(), problem.required.copy()
    arms[3], required[3] = 0.0, 5.0
    return replace(problem, moment_arms=arms, required=required)


def doubled_rows(rng: np.random.Generator) -> Problem:
    """Two rows alike: the Hessian is singular but for the slackness."""
    problem = feasible(rng)
    arms, required = problem.moment_arms.copy(), problem.required.copy()
    arms[5], required[5] = arms[4], required[4]
    return replace(problem, moment_arms=arms, required=required)


def tied_muscles(rng: np.random.Generator) -> Problem:
    """Muscles without freedom: lower = upper for every third."""
    problem = feasible(rng)
    lower, upper = problem.lower.copy(), problem.upper.copy()
    lower[::3] = upper[::3] = 0.2
    activation = np.clip(rng.uniform(0.01, 0.4, upper.size), lower, upper)
    return Problem(problem.moment_arms, problem.moment_arms @ activation, lower, upper)
