"""How often each criterion is met with each mechanism, made to agree with the published clusters.

The three studies of Smart et al. (2012) print, for one cluster of criteria each, with what
sensitivity and specificity it told its mechanism from the other two. How often the single criteria
are met is our judgement; how far those frequencies lie apart is not: within a cluster they are
drawn together or apart, on the scale of log-odds, until the cluster as a whole is as accurate as
published. What its criteria share is thereby counted once.
"""

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from hipspine.evidence import MechanismCriterion, evidence
from hipspine.pain_sources.leaks import Floats

MECHANISMS = ("nociceptive", "neuropathic", "nociplastic")
_WIDEST = 8.0
_HALVINGS = 50


@dataclass(frozen=True)
class Figures:
    """Frequencies (criteria, mechanisms) by criterion; `share` (mechanisms,) adds up to 1."""

    criteria: tuple[MechanismCriterion, ...]
    frequency: Floats
    share: Floats
    kappa: float

    def row(self, finding: str) -> int:
        """The row of a criterion; raises KeyError for any other finding."""
        return self._rows[finding]

    @property
    def _rows(self) -> dict[str, int]:
        return {c.finding_id: i for i, c in enumerate(self.criteria)}


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
    return Figures(criteria, frequency, share, float(np.mean([c.kappa for c in clusters])))


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
