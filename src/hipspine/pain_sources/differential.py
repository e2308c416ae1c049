"""From a patient to the probability of every source: the exact posterior and its states."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from hipspine.pain_sources.exact import MAX_WIDTH, Problem, Source, log_evidence, posterior
from hipspine.pain_sources.graded import Parts, Shares, parts
from hipspine.pain_sources.leaks import Floats, NoisyOr
from hipspine.pain_sources.network import Network
from hipspine.pain_sources.prior import UNLISTED_SOURCE
from hipspine.pain_sources.weighing import Weighed, Where

#: States of a lateral source, in order; a midline one has the first and the last.
STATES = ("none", "left", "right", "both")
#: A source on one side alone sets a finding seen on both sides this much less (judgement).
ONE_SIDE_OF_TWO = 0.15

_REACH: dict[Where, tuple[float, float, float, float]] = {
    "unknown": (0.0, 1.0, 1.0, 1.0),
    "left": (0.0, 1.0, 0.0, 1.0),
    "right": (0.0, 0.0, 1.0, 1.0),
    "both": (0.0, ONE_SIDE_OF_TWO, ONE_SIDE_OF_TWO, 1.0),
}
_REACH_ABSENT: dict[Where, tuple[float, float, float, float]] = {
    **_REACH,
    "both": (0.0, 1.0, 1.0, 1.0),
}


@dataclass(frozen=True)
class Differential:
    """Posterior of every leaf: `states` (B, S) each; B = 1 for the point, or draws."""

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
    parameters: dict[str, NoisyOr] | None = None,
    shares: dict[str, dict[str, Shares]] | None = None,
) -> Problem:
    """The patient's factor graph; priors (B, leaves), parameters by finding (default: points).

    `shares`: those of the rungs of graded findings, by finding and rung (default: points).
    """
    batch = priors.shape[0]
    sources = [
        Source(_prior_states(priors[:, i], lateral, network.bilateral_fraction[i]))
        for i, lateral in enumerate(network.lateral)
    ]
    split = [(entry, _parts(network, entry, parameters or {}, shares or {})) for entry in weighed]
    positives = [(entry, part.present) for entry, part in split if part.present is not None]
    leak = np.empty((batch, len(positives) + 1))
    for bit, (entry, solved) in enumerate(positives):
        leak[:, bit] = solved.leak
        _set_positive(network, sources, bit, entry, solved)
    leak[:, -1] = UNLISTED_SOURCE
    for source in sources:
        hurts = np.ones_like(source.belief)
        hurts[:, 0] = 0.0
        source.fire[len(positives)] = hurts
    for entry, part in split:
        for solved in part.absent:
            _weigh_absent(network, sources, entry, solved)
    return Problem(sources, leak, np.array([*(entry.sure for entry, _ in positives), 1.0]))


def _parts(
    network: Network,
    entry: Weighed,
    parameters: dict[str, NoisyOr],
    shares: dict[str, dict[str, Shares]],
) -> Parts:
    """The noisy-ORs that one statement sets or leaves unset; several when its value is graded."""
    solved = parameters.get(entry.model, network.findings[entry.model].noisy_or)
    ladder = network.ladders.get(entry.model)
    return parts(ladder, entry.present, entry.place, solved, shares.get(entry.model))


def differential(
    network: Network,
    priors: Floats,
    weighed: tuple[Weighed, ...],
    parameters: dict[str, NoisyOr] | None = None,
    max_width: int = MAX_WIDTH,
    shares: dict[str, dict[str, Shares]] | None = None,
) -> Differential:
    """Posterior of all sources given what was weighed."""
    answer = posterior(build_problem(network, priors, weighed, parameters, shares), max_width)
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
    sources = [Source(s.belief, s.fire) for s in problem.sources]
    for leaf in leaves:
        belief = np.zeros_like(sources[leaf].belief)
        belief[:, 0] = sources[leaf].belief[:, 0]
        sources[leaf] = Source(belief, sources[leaf].fire)
    return Problem(sources, problem.leak, problem.set_weight)


def _prior_states(prior: Floats, lateral: bool, bilateral: float) -> Floats:
    if not lateral:
        return np.stack([1 - prior, prior], axis=1)
    one = prior * (1 - bilateral) / 2
    return np.stack([1 - prior, one, one, prior * bilateral], axis=1)


def _reach(network: Network, leaf: int, where: Where, present: bool) -> Floats:
    """How far each state of a source reaches a finding on that side, (S,)."""
    reach = (_REACH if present else _REACH_ABSENT)[where]
    return np.array(reach if network.lateral[leaf] else (0.0, 1.0))


def _set_positive(
    network: Network,
    sources: list[Source],
    bit: int,
    entry: Weighed,
    solved: NoisyOr,
) -> None:
    for column, leaf in enumerate(network.findings[entry.model].leaves):
        reach = _reach(network, leaf, entry.where, present=True)
        fire = solved.fire[:, column, None] * reach[None, :]
        if fire.any():
            sources[leaf].fire[bit] = np.broadcast_to(
                fire, (sources[leaf].belief.shape[0], reach.size)
            )
        _speak_against(sources[leaf], entry.sure * solved.against_present[:, column], reach)


def _weigh_absent(
    network: Network,
    sources: list[Source],
    entry: Weighed,
    solved: NoisyOr,
) -> None:
    for column, leaf in enumerate(network.findings[entry.model].leaves):
        reach = _reach(network, leaf, entry.where, present=False)
        source = sources[leaf]
        kept = 1 - solved.fire[:, column, None] * reach[None, :]
        source.belief = source.belief * (entry.sure * kept + (1 - entry.sure))
        _speak_against(source, entry.sure * solved.against_absent[:, column], reach)


def _speak_against(source: Source, log_ratio: Floats, reach: Floats) -> None:
    """The log-linear term of findings that are rarer with the source than without."""
    if np.any(log_ratio):
        source.belief = source.belief * np.exp(log_ratio[:, None] * reach[None, :])
