"""From a patient to the probability of every source: the exact posterior and its states."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from hipspine.pain_sources.exact import MAX_WIDTH, Problem, Source, Unit, log_evidence, posterior
from hipspine.pain_sources.graded import Parts, parts
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.network import Network
from hipspine.pain_sources.units import Heard, Parameters, heard, something_hurts, together
from hipspine.pain_sources.weighing import Weighed


@dataclass(frozen=True)
class Differential:
    """Posterior of every leaf: `states` (B, S) each; B = 1 for the point, or variants."""

    leaves: tuple[str, ...]
    states: tuple[Floats, ...]
    exact: bool

    @property
    def probability(self) -> Floats:
        """P(source is true on any side), (B, leaves)."""
        return np.stack([1 - s[:, 0] for s in self.states], axis=1)


def build_problem(
    network: Network,
    priors: Floats,
    weighed: tuple[Weighed, ...],
    parameters: Parameters | None = None,
    rho: float | None = None,
) -> Problem:
    """The patient's factor graph.

    priors (B, leaves); parameters give leak and fires of a finding (default: the point values);
    rho replaces the correlation of every group.
    """
    said = parameters or (lambda entry: point_of_finding(network, entry))
    groups = together(network, weighed)
    told = [heard(network, group, said, rho) for group in groups]
    return assembled(network, priors, [*told, something_hurts(network)])


def point_of_finding(network: Network, entry: Weighed) -> Parts:
    """What a statement asks of the model, at the published figures."""
    solved = network.findings[entry.model].noisy_or
    return parts(network.ladders.get(entry.model), entry.present, entry.place, solved)


def assembled(network: Network, priors: Floats, said: Sequence[Heard]) -> Problem:
    """Sources with their priors, and what was heard of them."""
    sources = [
        Source(prior_states(priors[:, i], lateral, network.bilateral_fraction[i]))
        for i, lateral in enumerate(network.lateral)
    ]
    units: list[Unit] = []
    for one in said:
        for column, leaf in enumerate(one.leaves):
            states = slice(None) if network.lateral[leaf] else slice(0, 4, 3)
            source = sources[leaf]
            source.belief = source.belief * one.factor[:, column, states]
            zeta = one.zeta[:, column, states]
            if one.unit is not None and (zeta != 1).any():
                source.zeta[len(units)] = np.broadcast_to(
                    zeta, (source.belief.shape[0], *zeta.shape[1:])
                )
        if one.unit is not None:
            units.append(one.unit)
    batch = priors.shape[0]
    wide = [Unit(np.broadcast_to(u.leak, (batch, u.value.size)), u.value) for u in units]
    return Problem(sources, wide)


def differential(
    network: Network,
    priors: Floats,
    weighed: tuple[Weighed, ...],
    max_width: int = MAX_WIDTH,
    rho: float | None = None,
) -> Differential:
    """Posterior of all sources given what was weighed."""
    answer = posterior(build_problem(network, priors, weighed, rho=rho), max_width)
    return Differential(network.leaves, tuple(answer.states), answer.exact)


def probabilities_of_any(problem: Problem, groups: Iterable[Sequence[int]]) -> list[float]:
    """P(at least one of these leaves is true | all findings) for each group, exactly."""
    everything = log_evidence(problem)[0]
    return [
        float(-np.expm1(min(log_evidence(_without(problem, leaves))[0] - everything, 0.0)))
        for leaves in groups
    ]


def _without(problem: Problem, leaves: Iterable[int]) -> Problem:
    """The problem in which these leaves are not true."""
    sources = [Source(s.belief, s.zeta) for s in problem.sources]
    for leaf in leaves:
        belief = np.zeros_like(sources[leaf].belief)
        belief[:, 0] = sources[leaf].belief[:, 0]
        sources[leaf] = Source(belief, sources[leaf].zeta)
    return Problem(sources, problem.units)


def prior_states(prior: Floats, lateral: bool, bilateral: float) -> Floats:
    """P(none), P(left), P(right), P(both) of a source, (B, 4); (B, 2) of a midline one."""
    if not lateral:
        return np.stack([1 - prior, prior], axis=1)
    one = prior * (1 - bilateral) / 2
    return np.stack([1 - prior, one, one, prior * bilateral], axis=1)
