"""From a patient to the probability of every source: the exact posterior and its states."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hipspine.pain_sources.exact import MAX_WIDTH, Problem, Source, Unit, posterior
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
    """Sources with their priors, and what was heard of them; priors (B, leaves).

    What is the same in all variants stays with one row.
    """
    lateral = np.array(network.lateral)
    belief = prior_states(priors, np.where(lateral, network.bilateral_fraction, 1.0))
    units: list[Unit] = []
    zetas: list[dict[int, Floats]] = [{} for _ in network.leaves]
    for one in said:
        belief[:, list(one.leaves)] *= one.factor
        if one.unit is None:
            continue
        speaks = (one.zeta != 1).any(axis=(0, 3)).tolist()
        for column, leaf in enumerate(one.leaves):
            if lateral[leaf]:
                if any(speaks[column]):
                    zetas[leaf][len(units)] = one.zeta[:, column]
            elif speaks[column][0] or speaks[column][3]:
                zetas[leaf][len(units)] = one.zeta[:, column, 0:4:3]
        units.append(one.unit)
    return Problem(
        [
            Source(belief[:, i] if lateral[i] else belief[:, i, 0:4:3], zeta)
            for i, zeta in enumerate(zetas)
        ],
        units,
    )


def prior_states(priors: Floats, both: Floats) -> Floats:
    """P(none), P(left), P(right), P(both) of every source, (B, leaves, 4)."""
    one = priors * (1 - both) / 2
    return np.stack([1 - priors, one, one, priors * both], axis=2)


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
