"""How often each criterion is met with each mechanism, made to agree with the published clusters.

The three studies of Smart et al. (2012) print, for one cluster of criteria each, with what
sensitivity and specificity it told its mechanism from the other two. How often the single criteria
are met is our judgement; how far those frequencies lie apart is not: within a cluster they are
drawn together or apart, on the scale of log-odds, until the cluster as a whole is as accurate as
published. What its criteria share is thereby counted once. The criteria of no cluster that one
list of the experts holds share a random effect instead (`RHO`), as clusters of tests do.
"""

from dataclasses import dataclass
from functools import cache
from itertools import product
from statistics import NormalDist

import numpy as np

from hipspine.evidence import MechanismCriterion, evidence
from hipspine.pain_sources.leaks import Floats

MECHANISMS = ("nociceptive", "neuropathic", "nociplastic")
#: Correlation of criteria that one list of the experts holds, on the probit scale (judgement).
RHO = 0.3
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
#: Weights of the nodes at which the random effect is integrated; they add up to 1.
EFFECT_WEIGHTS: Floats = _WEIGHTS / _WEIGHTS.sum()
_WIDEST = 8.0
_HALVINGS = 50


@dataclass(frozen=True)
class Figures:
    """Frequencies (criteria, mechanisms), `rows` by finding; `share` (mechanisms,) adds up to 1.

    `given_effect` (criteria, nodes, mechanisms): the frequencies at each node of the random effect.
    """

    criteria: tuple[MechanismCriterion, ...]
    rows: dict[str, int]
    frequency: Floats
    given_effect: Floats
    share: Floats
    kappa: float


@cache
def figures() -> Figures:
    """Compiled once from the evidence tables."""
    tables = evidence()
    clusters = [tables.mechanism_clusters[m] for m in MECHANISMS]
    criteria = tuple(tables.mechanism_criteria.values())
    share = np.array([cluster.share for cluster in clusters])
    judged = np.array([[c.nociceptive, c.neuropathic, c.nociplastic] for c in criteria])
    frequency = judged.copy()
    for own, cluster in enumerate(clusters):
        rows = [i for i, c in enumerate(criteria) if c.cluster == cluster.mechanism]
        published = (cluster.sensitivity + cluster.specificity) / 2
        frequency[rows] = _agreeing(judged[rows], own, share, published)
    index = {c.finding_id: i for i, c in enumerate(criteria)}
    given_effect = np.array(
        [_at_nodes(f, 0.0 if c.cluster else RHO) for f, c in zip(frequency, criteria, strict=True)]
    )
    kappa = float(np.mean([cluster.kappa for cluster in clusters]))
    return Figures(criteria, index, frequency, given_effect, share, kappa)


def _at_nodes(frequency: Floats, rho: float) -> Floats:
    """Frequencies (nodes, mechanisms) at each node; their weighted mean is `frequency`."""
    normal = NormalDist()
    threshold = np.array([normal.inv_cdf(f) for f in frequency])
    shifted = (threshold[None, :] - np.sqrt(rho) * _NODES[:, None]) / np.sqrt(1 - rho)
    return np.array([[normal.cdf(x) for x in row] for row in shifted])


def _agreeing(judged: Floats, own: int, share: Floats, accuracy: float) -> Floats:
    """The judged frequencies spread until the cluster's balanced accuracy is the published one."""
    narrow, wide = 0.0, _WIDEST
    for _ in range(_HALVINGS):
        spread = (narrow + wide) / 2
        if balanced_accuracy(_spread(judged, own, share, spread), own, share) < accuracy:
            narrow = spread
        else:
            wide = spread
    return _spread(judged, own, share, (narrow + wide) / 2)


def _spread(judged: Floats, own: int, share: Floats, by: float) -> Floats:
    """Log-odds moved from the middle between the mechanism and the rest, `by` times as far."""
    logit = np.log(judged / (1 - judged))
    rest = np.delete(np.arange(share.size), own)
    others = logit[:, rest] @ share[rest] / share[rest].sum()
    middle = ((logit[:, own] + others) / 2)[:, None]
    spread: Floats = 1 / (1 + np.exp(-(middle + by * (logit - middle))))
    return spread


def balanced_accuracy(frequency: Floats, own: int, share: Floats) -> float:
    """Mean of sensitivity and specificity of a cluster (criteria, mechanisms) for one mechanism.

    Over all answers to its criteria, independent within a mechanism, each answer counted for the
    side on which it is more probable.
    """
    answers = np.array(list(product((0.0, 1.0), repeat=len(frequency))))
    odds = np.log(frequency / (1 - frequency))
    probability = np.exp(answers @ odds + np.log(1 - frequency).sum(axis=0))
    rest = np.delete(np.arange(share.size), own)
    others = probability[:, rest] @ share[rest] / share[rest].sum()
    return float(np.maximum(probability[:, own], others).sum() / 2)
