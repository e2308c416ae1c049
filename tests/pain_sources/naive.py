"""The naive twin of the exact posterior: every configuration of every source, one by one."""

import itertools

import numpy as np

from hipspine.pain_sources.exact import Problem, Source


def enumerate_posterior(problem: Problem) -> tuple[list[np.ndarray], float]:
    """P(state | findings) per source for the first draw, and P(findings), by brute force."""
    sizes = [source.belief.shape[1] for source in problem.sources]
    totals = [np.zeros(size) for size in sizes]
    for states in itertools.product(*(range(size) for size in sizes)):
        weight = 1.0
        unset = 1 - problem.leak[0]
        for source, state in zip(problem.sources, states, strict=True):
            weight *= source.belief[0, state]
            for bit, fire in source.fire.items():
                unset[bit] *= 1 - fire[0, state]
        for sure, off in zip(problem.set_weight, unset, strict=True):
            weight *= sure * (1 - off) + (1 - sure) * off
        for total, state in zip(totals, states, strict=True):
            total[state] += weight
    evidence = totals[0].sum()
    return [total / total.sum() for total in totals], float(evidence)


def random_problem(rng: np.random.Generator, sources: int, findings: int, edges: float) -> Problem:
    """A random network: rare sources with 2 or 4 states, findings with small leaks."""
    built = []
    for _ in range(sources):
        size = int(rng.choice([2, 4]))
        prior = rng.uniform(0.0005, 0.3)
        belief = np.full((1, size), prior / (size - 1))
        belief[0, 0] = 1 - prior
        built.append(Source(belief * rng.uniform(0.2, 1.0, size)))
    for bit in range(findings):
        for source in built:
            if rng.random() < edges:
                fire = rng.uniform(0, 0.98, source.belief.shape)
                fire[:, 0] = 0.0
                if source.belief.shape[1] == 4:
                    fire[:, 1 + int(rng.integers(2))] = 0.0
                source.fire[bit] = fire
    return Problem(
        built,
        rng.uniform(0.001, 0.4, (1, findings)),
        rng.choice([1.0, 1.0, 1.0, 0.75], findings),
    )
