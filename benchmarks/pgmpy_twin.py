"""A few midline sources and single findings in pgmpy, and the same problem in ours."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipspine.pain_sources.correlation import moebius
from hipspine.pain_sources.exact import Problem, Source, Unit, posterior
from hipspine.pain_sources.network import Network

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CutDown:
    """prior (S,), leak (F,) and fire (F, S) of noisy-ORs whose findings are all present."""

    prior: Floats
    leak: Floats
    fire: Floats


def cut_down(net: Network, sources: int, findings: int, rng: np.random.Generator) -> CutDown:
    """Sources at random, and findings at random that at least two of them cause."""
    chosen = rng.choice(len(net.leaves), sources, replace=False)
    fires, leaks = [], []
    for name in rng.permutation(sorted(net.findings)):
        model = net.findings[str(name)]
        fire = np.zeros(len(net.leaves))
        fire[list(model.leaves)] = model.noisy_or.fire[0]
        if (fire[chosen] > 0).sum() >= 2:
            fires.append(fire[chosen])
            leaks.append(float(model.noisy_or.leak[0]))
    prior = rng.uniform(0.02, 0.2, sources)
    return CutDown(prior, np.array(leaks[:findings]), np.array(fires[:findings]))


def ours_of(small: CutDown) -> Floats:
    """P(source) of each, (S,)."""
    sources = []
    for i, prior in enumerate(small.prior):
        zeta = {
            f: np.array([[[1.0, 1.0], [1 - fire, 1.0]]])
            for f, fire in enumerate(small.fire[:, i])
            if fire > 0
        }
        sources.append(Source(np.array([[1 - prior, prior]]), zeta))
    units = [Unit(np.array([[1 - leak, 1.0]]), moebius(np.ones(1))) for leak in small.leak]
    return np.array([s[0, 1] for s in posterior(Problem(sources, units)).states])


def pgmpy_posterior(small: CutDown) -> Floats:
    """The same by pgmpy: a table of each finding over its parents, and variable elimination."""
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteBayesianNetwork

    parents = [np.flatnonzero(fire > 0) for fire in small.fire]
    edges = [(f"s{i}", f"f{f}") for f, found in enumerate(parents) for i in found]
    model = DiscreteBayesianNetwork(edges)
    model.add_nodes_from([f"s{i}" for i in range(small.prior.size)])
    for i, prior in enumerate(small.prior):
        model.add_cpds(TabularCPD(f"s{i}", 2, [[1 - prior], [prior]]))
    for f, found in enumerate(parents):
        absent = np.array([1 - small.leak[f]])
        for i in found:
            absent = np.concatenate([absent[:, None], absent[:, None] * (1 - small.fire[f, i])], 1)
            absent = absent.ravel()
        names, sizes = [f"s{i}" for i in found], [2] * found.size
        model.add_cpds(TabularCPD(f"f{f}", 2, [absent, 1 - absent], names, sizes))
    inference = VariableElimination(model)
    told = {f"f{f}": 1 for f in range(len(parents))}
    return np.array(
        [
            inference.query([f"s{i}"], told, show_progress=False).values[1]
            for i in range(small.prior.size)
        ]
    )
