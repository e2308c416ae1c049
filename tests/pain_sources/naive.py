"""The naive twin of the exact posterior: every configuration of every source, one by one."""

import itertools

import numpy as np

from hipspine.pain_sources.correlation import moebius
from hipspine.pain_sources.exact import Problem, Source, Unit


def enumerate_posterior(problem: Problem) -> tuple[list[np.ndarray], float]:
    """P(state | findings) per source for the first draw, and P(findings), by brute force."""
    sizes = [source.belief.shape[1] for source in problem.sources]
    totals = [np.zeros(size) for size in sizes]
    for states in itertools.product(*(range(size) for size in sizes)):
        weight = 1.0
        free = [unit.leak[0].astype(float).copy() for unit in problem.units]
        for source, state in zip(problem.sources, states, strict=True):
            weight *= source.belief[0, state]
            for unit, zeta in source.zeta.items():
                free[unit] *= zeta[0, state]
        for unit, table in zip(problem.units, free, strict=True):
            weight *= float(unit.value @ table)
        for total, state in zip(totals, states, strict=True):
            total[state] += weight
    evidence = totals[0].sum()
    return [total / total.sum() for total in totals], float(evidence)


def single(fire: np.ndarray) -> np.ndarray:
    """zeta (B, S, 2) of one finding from its fire (B, S): it stays unset, it is free."""
    return np.stack([1 - fire, np.ones_like(fire)], axis=-1)


def correlated(chances: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """zeta (..., 2^n) of n findings that one of three kinds of patient shows alike."""
    kinds = np.array([0.3, 1.0, 1.4])
    weights = rng.dirichlet(np.ones(3))
    table = np.ones((*chances.shape[:-1], 3, 1))
    for i in range(chances.shape[-1]):
        unset = 1 - np.clip(chances[..., i, None] * kinds, 0, 0.99)[..., None]
        table = np.concatenate([table * unset, table], axis=-1)
    return np.einsum("...ka,k->...a", table, weights)


def random_problem(
    rng: np.random.Generator, sources: int, sizes: list[int], edges: float
) -> Problem:
    """A random network: rare sources with 2 or 4 states, units of `sizes` findings each."""
    built = []
    for _ in range(sources):
        size = int(rng.choice([2, 4]))
        prior = rng.uniform(0.0005, 0.3)
        belief = np.full((1, size), prior / (size - 1))
        belief[0, 0] = 1 - prior
        built.append(Source(belief * rng.uniform(0.2, 1.0, size)))
    units = []
    for number, n in enumerate(sizes):
        sure = rng.choice([1.0, 1.0, 1.0, 0.75], n)
        leak = rng.uniform(0.001, 0.4, (1, n))
        units.append(Unit(correlated(leak, rng), moebius(sure)))
        for source in built:
            if rng.random() < edges:
                fire = rng.uniform(0, 0.98, (*source.belief.shape, n))
                fire[:, 0] = 0.0
                if source.belief.shape[1] == 4:
                    fire[:, 1 + int(rng.integers(2))] = 0.0
                kept = np.where(fire.any(axis=-1), rng.uniform(0.3, 1.0), 1.0)
                source.zeta[number] = correlated(fire, rng) * kept[..., None]
    return Problem(built, units)
