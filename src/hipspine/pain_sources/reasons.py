"""Why a source stands where it does: what each finding adds, in decibans, with its studies.

decibans = 10 log10(odds with everything / odds with everything but this one). 10 decibans
make the odds ten times as high; what speaks against a source is negative. Findings that are
correlated are also told together, with what they would add if they were independent and if they
were as alike as the upper end of the range of rho says.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hipspine.evidence import evidence, needs_checking
from hipspine.findings.patient import Patient
from hipspine.pain_sources.differential import point_of_finding
from hipspine.pain_sources.graded import Parts, studies_of
from hipspine.pain_sources.leaks import Floats, NoisyOr
from hipspine.pain_sources.network import Network
from hipspine.pain_sources.point import Point, Question, Row, asked, log_odds, silenced
from hipspine.pain_sources.prior import prior_of, shifts_of
from hipspine.pain_sources.units import Heard, heard
from hipspine.pain_sources.weighing import Weighed

#: Reasons weaker than this are not told.
LEAST_DECIBANS = 0.3
MOST_REASONS = 8


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding (or exposure) and what it does to the odds of one source."""

    finding: str
    present: bool
    decibans: float
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClusterReason:
    """Correlated findings together: decibans at rho, at 0 and at the upper end of its range."""

    cluster: str
    findings: tuple[str, ...]
    decibans: float
    if_independent: float
    if_more_alike: float
    rho: float
    citation: str


@dataclass(frozen=True)
class Explanation:
    """Reasons and clusters of every leaf, strongest first."""

    reasons: dict[str, tuple[Reason, ...]]
    clusters: dict[str, tuple[ClusterReason, ...]]


def explain(patient: Patient, point: Point) -> Explanation:
    """What every finding, cluster and exposure does to every leaf."""
    return asked(point, explaining(patient, point))


def explaining(patient: Patient, point: Point) -> Question[Explanation]:
    """`explain`, as a question to be asked with others."""
    rows: list[Row] = []
    entries = [(g, entry) for g, group in enumerate(point.groups) for entry in group]
    rows += [Row(told={g: without(point, g, [entry])}) for g, entry in entries]
    exposures = sorted(
        {s.finding for leaf in point.network.leaves for s in shifts_of(patient, leaf)}
    )
    rows += [Row(priors=prior_of(patient, without=exposure)) for exposure in exposures]
    several = [g for g, group in enumerate(point.groups) if len(group) > 1]
    for g in several:
        group = point.network.group_of(point.groups[g][0].model)
        assert group is not None
        rows.append(Row(told={g: silenced(point.told[g])}))
        rows += [Row(told={g: _at(point, g, rho)}) for rho in (0.0, group.high)]
    moved = log_odds((yield rows).probability)
    added = 10 / np.log(10) * (log_odds(point.probability) - moved)
    known, exposed = added[: len(entries)], added[len(entries) : len(entries) + len(exposures)]
    told: dict[str, list[Reason]] = {leaf: [] for leaf in point.network.leaves}
    for (_, entry), decibans in zip(entries, known, strict=True):
        for leaf, worth in zip(point.network.leaves, decibans, strict=True):
            if abs(worth) >= LEAST_DECIBANS:
                cited = _citations(point.network, entry, leaf)
                told[leaf].append(Reason(entry.finding, entry.present, float(worth), cited))
    for exposure, decibans in zip(exposures, exposed, strict=True):
        present = bool(patient.findings.is_present(exposure))
        for leaf, worth in zip(point.network.leaves, decibans, strict=True):
            if abs(worth) >= LEAST_DECIBANS:
                cited = _exposure_citations(patient, exposure, leaf)
                told[leaf].append(Reason(exposure, present, float(worth), cited))
    first = len(entries) + len(exposures)
    clusters = _clusters(point, several, added[first:].reshape(-1, 3, added.shape[1]))
    strongest = {
        leaf: tuple(sorted(found, key=lambda r: (-abs(r.decibans), r.finding))[:MOST_REASONS])
        for leaf, found in told.items()
    }
    return Explanation(strongest, clusters)


def without(point: Point, group: int, left_out: Sequence[Weighed]) -> Heard:
    """A group of findings as if some of them were not known, in the same table."""

    def parameters(entry: Weighed) -> Parts:
        parts = point_of_finding(point.network, entry)
        return _unheard(parts) if entry in left_out else parts

    return heard(point.network, point.groups[group], parameters)


def _unheard(parts: Parts) -> Parts:
    """Says nothing: what is present would be set anyway, what is absent never."""
    return Parts(
        None if parts.present is None else _certain(parts.present, 1.0),
        tuple(_certain(one, 0.0) for one in parts.absent),
    )


def _certain(solved: NoisyOr, leak: float) -> NoisyOr:
    nothing = np.zeros_like(solved.fire)
    return NoisyOr(np.full_like(solved.leak, leak), nothing, nothing, nothing)


def _at(point: Point, group: int, rho: float) -> Heard:
    network = point.network
    return heard(network, point.groups[group], lambda e: point_of_finding(network, e), float(rho))


def _clusters(
    point: Point, several: Sequence[int], added: Floats
) -> dict[str, tuple[ClusterReason, ...]]:
    """added (groups, 3, leaves): of the point over it without the group, at rho 0 and high."""
    found: dict[str, list[ClusterReason]] = {leaf: [] for leaf in point.network.leaves}
    for g, (whole, over_none, over_high) in zip(several, added, strict=True):
        entries = point.groups[g]
        group = point.network.group_of(entries[0].model)
        assert group is not None
        row = evidence().correlated[entries[0].model]
        for i, leaf in enumerate(point.network.leaves):
            if abs(whole[i]) >= LEAST_DECIBANS:
                found[leaf].append(
                    ClusterReason(
                        cluster=group.id,
                        findings=tuple(entry.finding for entry in entries),
                        decibans=float(whole[i]),
                        if_independent=float(whole[i] - over_none[i]),
                        if_more_alike=float(whole[i] - over_high[i]),
                        rho=group.rho,
                        citation=cite(row.study, row.verified),
                    )
                )
    return {
        leaf: tuple(sorted(told, key=lambda c: (-abs(c.decibans), c.cluster)))
        for leaf, told in found.items()
    }


def _citations(network: Network, entry: Weighed, leaf: str) -> tuple[str, ...]:
    """Studies of this finding in this source; if it acts through others, those of the rest."""
    model = network.findings[entry.model]
    own = [(n, link) for n, link in enumerate(model.links) if link.condition == leaf]
    chosen = own or sorted(enumerate(model.links), key=lambda pair: -pair[1].sensitivity.n)[:2]
    ladder = network.ladders.get(entry.model)
    graded = [s for n, _ in chosen for s in studies_of(ladder, entry.place, n)]
    plain = [(study, link.verified) for _, link in chosen for study in link.studies]
    return tuple(dict.fromkeys(cite(study, verified) for study, verified in [*graded, *plain]))


def cite(study: str, verified: bool) -> str:
    """A citation for the screen; what nobody checked says so."""
    citation = evidence().studies[study].citation
    return f"{citation} [figure not checked]" if needs_checking(study, verified) else citation


def _exposure_citations(patient: Patient, exposure: str, leaf: str) -> tuple[str, ...]:
    shifts = [s for s in shifts_of(patient, leaf) if s.finding == exposure]
    return tuple(cite(s.row.study, s.row.verified) for s in shifts)
