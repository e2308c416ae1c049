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

import numpy as np

from hipspine.evidence import MechanismCriterion, evidence
from hipspine.findings.model import Findings, Observation, denied, implied
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.mechanism_figures import EFFECT_WEIGHTS, MECHANISMS, Figures, figures
from hipspine.pain_sources.reasons import LEAST_DECIBANS, MOST_REASONS, Reason, cite
from hipspine.pain_sources.weighing import POSSIBLE


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
    terms = {together: _log_likelihood(together, table) for together in _together(stated)}
    posterior = np.log(table.share) + sum(terms.values())
    p = _as_an_examiner_would(posterior, table)
    return Mechanism(float(p[0]), float(p[1]), float(p[2]), len(stated), _why(terms, posterior))


def stated_criteria(findings: Findings) -> tuple[Stated, ...]:
    """The criteria that the findings show or deny, each once, in the order of the table."""
    told = [o for o in findings if o.certainty != "equivocal"]
    found = (_stated(criterion, told) for criterion in figures().criteria)
    return tuple(entry for entry in found if entry is not None)


def _stated(criterion: MechanismCriterion, told: list[Observation]) -> Stated | None:
    """What was said of the criterion itself; else what shows it; else what denies it.

    A specific finding (a weak great toe) outweighs the denial of the general one.
    """
    own = [o for o in told if o.finding == criterion.finding_id]
    specific = any(o.present and criterion.finding_id in implied(o.finding) for o in told)
    if own and not specific:
        present = any(o.present for o in own)
        sure = max(_sure(o) for o in own if o.present == present)
        return Stated(criterion, criterion.finding_id, present, sure)
    shows = frozenset((criterion.finding_id, *criterion.shown_by))
    # What would be absent if the general were, shows the general.
    shows |= frozenset().union(*(denied(finding) for finding in shows))
    showing = {o.finding: o for o in told if o.present and shows & {o.finding, *implied(o.finding)}}
    if showing:  # of two possible showings one is enough to be true
        sure = 1 - math.prod(1 - _sure(o) for o in showing.values())
        return Stated(criterion, next(iter(showing)), True, sure)
    absent = {f: o for o in told if not o.present for f in (o.finding, *denied(o.finding))}
    for group in (criterion.finding_id, *criterion.denied_by):
        needed = group.split("&")
        if all(finding in absent for finding in needed):
            sure = min(_sure(absent[finding]) for finding in needed)
            return Stated(criterion, absent[needed[0]].finding, False, sure)
    return None


def _sure(observation: Observation) -> float:
    return 1.0 if observation.certainty == "definite" else POSSIBLE


def _together(stated: tuple[Stated, ...]) -> list[tuple[Stated, ...]]:
    """Those of no cluster by the list that holds them; each of a cluster by itself."""
    lists: dict[tuple[str, ...], list[Stated]] = {}
    for entry in stated:
        own = (entry.criterion.finding_id,)
        key = own if entry.criterion.cluster else entry.criterion.consensus
        lists.setdefault(key, []).append(entry)
    return [tuple(entries) for entries in lists.values()]


def _log_likelihood(together: tuple[Stated, ...], table: Figures) -> Floats:
    """Log-likelihood (mechanisms,) of criteria that share a random effect, if they are several.

    Each keeps its own frequency, whatever the correlation.
    """
    likelihood = np.ones_like(table.given_effect[0])
    for entry in together:
        row = table.rows[entry.criterion.finding_id]
        likelihood = likelihood * _answer(table.given_effect[row], entry)
    mixed: Floats = np.log(EFFECT_WEIGHTS @ likelihood)
    return mixed


def _answer(frequency: Floats, entry: Stated) -> Floats:
    """How probable what was told is; told as possible, it may be the other way."""
    told = frequency if entry.present else 1 - frequency
    return entry.sure * told + (1 - entry.sure) * (1 - told)


def _as_an_examiner_would(log_posterior: Floats, table: Figures) -> Floats:
    """The posterior, mixed with the shares as often as examiners err.

    If each examiner names the right mechanism with probability r and else one by its share, two
    of them agree with kappa r squared.
    """
    odds = np.exp(log_posterior - log_posterior.max())
    right = math.sqrt(table.kappa)
    p: Floats = right * odds / odds.sum() + (1 - right) * table.share
    answer: Floats = p / p.sum()
    return answer


def _why(
    terms: Mapping[tuple[Stated, ...], Floats], posterior: Floats
) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
    """Decibans of each criterion for each mechanism: the odds with it over those without it.

    By the evidence alone: the examiner's own doubt would make all reasons look small.
    """
    told: dict[str, list[Reason]] = {mechanism: [] for mechanism in MECHANISMS}
    with_all = _decibans(posterior)
    for together, term in terms.items():
        for entry in together:
            others = tuple(other for other in together if other is not entry)
            rest = _log_likelihood(others, figures()) if others else np.zeros_like(term)
            moved = with_all - _decibans(posterior - term + rest)
            cited = _citations(entry.criterion)
            for mechanism, decibans in zip(MECHANISMS, moved, strict=True):
                if abs(decibans) >= LEAST_DECIBANS:
                    reason = Reason(entry.finding, entry.present, float(decibans), cited)
                    told[mechanism].append(reason)
    return tuple((mechanism, _strongest(found)) for mechanism, found in told.items())


def _citations(criterion: MechanismCriterion) -> tuple[str, ...]:
    """Where the criterion stands in print; what nobody has read there says so."""
    cluster = evidence().mechanism_clusters.get(criterion.cluster)
    seen = {cluster.study: cluster.verified} if cluster else {}
    return tuple(cite(study, seen.get(study, criterion.verified)) for study in criterion.studies)


def _strongest(found: list[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(found, key=lambda r: (-abs(r.decibans), r.finding))[:MOST_REASONS])


def _decibans(log_posterior: Floats) -> Floats:
    """10 log10 of the odds of each mechanism against the other two together."""
    against = [np.logaddexp.reduce(np.delete(log_posterior, i)) for i in range(len(MECHANISMS))]
    decibans: Floats = 10 * (log_posterior - np.array(against)) / math.log(10)
    return decibans
