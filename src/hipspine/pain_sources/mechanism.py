"""By which mechanism the pain arises: nociceptive, neuropathic or nociplastic.

Bayes over the criteria of Smart et al.: the prior is the share of each mechanism among their
patients; a criterion of a published cluster speaks with the figures that give the cluster its
published accuracy; one that experts list but no cluster holds speaks with judged frequencies,
those of one list sharing a random effect (the correlation `RHO`, as for clusters of tests).
A criterion about which nothing is known leaves the odds alone; with none known the answer is
the prior.

The reference standard is an examiner's judgement. Two examiners agree with kappa 0.77: as if each
now and then named a mechanism by its share alone. The same is granted to the answer, so that it is
never surer than an examiner can be.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from hipspine.evidence import MechanismCriterion
from hipspine.findings.model import Findings, Observation, denied, implied
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.mechanism_figures import MECHANISMS, Figures, figures
from hipspine.pain_sources.reasons import LEAST_DECIBANS, MOST_REASONS, Reason, cite
from hipspine.pain_sources.weighing import POSSIBLE

#: Correlation of criteria that one list of the experts holds, on the probit scale (judgement).
RHO = 0.3
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Mechanism(Mapping[str, float]):
    """Probabilities that add up to 1, also by name as a mapping; `known` criteria speak.

    `why` holds, by mechanism, what speaks for it (decibans above 0) and against it.
    """

    nociceptive: float
    neuropathic: float
    nociplastic: float
    known: int
    why: tuple[tuple[str, tuple[Reason, ...]], ...]

    def __getitem__(self, mechanism: str) -> float:
        if mechanism not in MECHANISMS:
            raise KeyError(mechanism)
        probability: float = getattr(self, mechanism)
        return probability

    def __iter__(self) -> Iterator[str]:
        return iter(MECHANISMS)

    def __len__(self) -> int:
        return len(MECHANISMS)


@dataclass(frozen=True, slots=True)
class Stated:
    """A criterion that is known; `finding` is what states it, `sure` how certainly (0..1)."""

    criterion: MechanismCriterion
    finding: str
    present: bool
    sure: float


def mechanism_of(findings: Findings) -> Mechanism:
    """The probability of each mechanism, given what is known of its criteria."""
    table = figures()
    stated = stated_criteria(findings)
    log_odds = _log_posterior(stated, table)
    p = _as_an_examiner_would(log_odds, table)
    why = _why(stated, table, log_odds)
    return Mechanism(float(p[0]), float(p[1]), float(p[2]), len(stated), why)


def stated_criteria(findings: Findings) -> tuple[Stated, ...]:
    """The criteria that the findings show or deny, each once, in the order of the table."""
    told = [o for o in findings if o.certainty != "equivocal"]
    found = (_stated(criterion, told) for criterion in figures().criteria)
    return tuple(entry for entry in found if entry is not None)


def _stated(criterion: MechanismCriterion, told: list[Observation]) -> Stated | None:
    """Present when anything shows it: of two possible showings, one is enough to be true."""
    shows = {criterion.finding_id, *criterion.shown_by}
    showing = [o for o in told if o.present and shows & {o.finding, *implied(o.finding)}]
    if showing:
        doubt = math.prod(1 - _sure(o) for o in {o.finding: o for o in showing}.values())
        own = [o for o in showing if o.finding == criterion.finding_id]
        return Stated(criterion, (own or showing)[0].finding, True, 1 - doubt)
    absent = {f: o for o in told if not o.present for f in (o.finding, *denied(o.finding))}
    for group in (criterion.finding_id, *criterion.denied_by):
        needed = group.split("&")
        if all(finding in absent for finding in needed):
            sure = min(_sure(absent[finding]) for finding in needed)
            return Stated(criterion, absent[needed[0]].finding, False, sure)
    return None


def _sure(observation: Observation) -> float:
    return 1.0 if observation.certainty == "definite" else POSSIBLE


def _log_posterior(stated: tuple[Stated, ...], table: Figures) -> Floats:
    """Log of prior times likelihood (mechanisms,), not normalised."""
    total: Floats = np.log(table.share)
    lists: dict[tuple[str, ...], list[Stated]] = {}
    for entry in stated:
        frequency = table.frequency[table.row(entry.criterion.finding_id)]
        if entry.criterion.cluster:
            total = total + np.log(_answer(frequency, entry))
        else:
            lists.setdefault(entry.criterion.consensus, []).append(entry)
    for together in lists.values():
        total = total + np.log(_correlated(together, table))
    return total


def _answer(frequency: Floats, entry: Stated) -> Floats:
    """How probable what was told is; told as possible, it may be the other way."""
    told = frequency if entry.present else 1 - frequency
    return entry.sure * told + (1 - entry.sure) * (1 - told)


def _correlated(together: list[Stated], table: Figures) -> Floats:
    """Likelihood (mechanisms,) of criteria that share a random effect; each keeps its frequency."""
    likelihood = np.ones((len(_NODES), len(MECHANISMS)))
    for entry in together:
        frequency = table.frequency[table.row(entry.criterion.finding_id)]
        threshold = np.array([_NORMAL.inv_cdf(f) for f in frequency])
        at_nodes = (threshold[None, :] - math.sqrt(RHO) * _NODES[:, None]) / math.sqrt(1 - RHO)
        given_effect = np.array([[_NORMAL.cdf(x) for x in row] for row in at_nodes])
        likelihood *= _answer(given_effect, entry)
    mixed: Floats = _WEIGHTS @ likelihood
    return mixed


def _as_an_examiner_would(log_posterior: Floats, table: Figures) -> Floats:
    """The posterior, mixed with the shares as often as examiners err.

    If each examiner names the right mechanism with probability r and else one by its share, two
    of them agree with kappa r squared.
    """
    odds = np.exp(log_posterior - log_posterior.max())
    right = math.sqrt(table.kappa)
    p: Floats = right * odds / odds.sum() + (1 - right) * table.share
    return p / p.sum()


def _why(
    stated: tuple[Stated, ...], table: Figures, log_posterior: Floats
) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
    """Decibans of each criterion for each mechanism: the odds with it over those without it.

    By the evidence alone: the examiner's own doubt would make all reasons look small.
    """
    told: dict[str, list[Reason]] = {mechanism: [] for mechanism in MECHANISMS}
    for entry in stated:
        rest = tuple(other for other in stated if other is not entry)
        moved = _decibans(log_posterior) - _decibans(_log_posterior(rest, table))
        cited = _citations(entry.criterion)
        for mechanism, decibans in zip(MECHANISMS, moved, strict=True):
            if abs(decibans) >= LEAST_DECIBANS:
                reason = Reason(entry.finding, entry.present, float(decibans), cited)
                told[mechanism].append(reason)
    return tuple(
        (mechanism, tuple(sorted(found, key=lambda r: (-abs(r.decibans), r.finding))[:MOST_REASONS]))
        for mechanism, found in told.items()
    )


def _decibans(log_posterior: Floats) -> Floats:
    """10 log10 of the odds of each mechanism against the other two together."""
    against = [np.logaddexp.reduce(np.delete(log_posterior, i)) for i in range(len(MECHANISMS))]
    decibans: Floats = 10 * (log_posterior - np.array(against)) / math.log(10)
    return decibans


def _citations(criterion: MechanismCriterion) -> tuple[str, ...]:
    """Where the criterion stands in print; its frequencies are judged unless verified."""
    return tuple(cite(study, True) for study in criterion.studies)
