"""Why a source stands where it does: what each finding adds, in decibans, with its studies.

decibans = 10 log10(odds with everything / odds with everything but this one). 10 decibans
make the odds ten times as high; what speaks against a source is negative.
"""

from dataclasses import dataclass

import numpy as np

from hipspine.evidence import evidence, needs_checking
from hipspine.findings.patient import Patient
from hipspine.pain_sources.differential import differential
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.network import Network
from hipspine.pain_sources.prior import prior_of, shifts_of
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


def reasons(
    patient: Patient,
    network: Network,
    priors: Floats,
    weighed: tuple[Weighed, ...],
    probability: Floats,
) -> dict[str, tuple[Reason, ...]]:
    """Reasons of every leaf, strongest first; `probability` (leaves,) is with everything."""
    told: dict[str, list[Reason]] = {leaf: [] for leaf in network.leaves}
    for entry in weighed:
        rest = tuple(other for other in weighed if other is not entry)
        without = differential(network, priors, rest).probability[0]
        for leaf, decibans in zip(network.leaves, _decibans(probability, without), strict=True):
            if abs(decibans) >= LEAST_DECIBANS:
                cited = _citations(network, entry, leaf)
                told[leaf].append(Reason(entry.finding, entry.present, float(decibans), cited))
    exposures = _exposures(patient, network)
    if exposures:
        unexposed = np.stack([prior_of(patient, without=exposure) for exposure in exposures])
        without_each = differential(network, unexposed, weighed).probability
        for exposure, without in zip(exposures, without_each, strict=True):
            present = bool(patient.findings.is_present(exposure))
            for leaf, decibans in zip(network.leaves, _decibans(probability, without), strict=True):
                if abs(decibans) >= LEAST_DECIBANS:
                    cited = _exposure_citations(patient, exposure, leaf)
                    told[leaf].append(Reason(exposure, present, float(decibans), cited))
    return {
        leaf: tuple(sorted(found, key=lambda r: (-abs(r.decibans), r.finding))[:MOST_REASONS])
        for leaf, found in told.items()
    }


def _decibans(with_all: Floats, without: Floats) -> Floats:
    return 10 * (_log10_odds(with_all) - _log10_odds(without))


def _log10_odds(p: Floats) -> Floats:
    inside = np.clip(p, 1e-12, 1 - 1e-12)
    odds: Floats = np.log10(inside / (1 - inside))
    return odds


def _citations(network: Network, entry: Weighed, leaf: str) -> tuple[str, ...]:
    """Studies of this finding in this source; if it acts through others, those of the rest."""
    model = network.findings[entry.model]
    own = [link for link in model.links if link.condition == leaf]
    links = own or sorted(model.links, key=lambda link: -link.sensitivity.n)[:2]
    return tuple(
        dict.fromkeys(cite(study, link.verified) for link in links for study in link.studies)
    )


def cite(study: str, verified: bool) -> str:
    """A citation for the screen; what nobody checked says so."""
    citation = evidence().studies[study].citation
    return f"{citation} [figure not checked]" if needs_checking(study, verified) else citation


def _exposures(patient: Patient, network: Network) -> list[str]:
    return sorted({s.finding for leaf in network.leaves for s in shifts_of(patient, leaf)})


def _exposure_citations(patient: Patient, exposure: str, leaf: str) -> tuple[str, ...]:
    shifts = [s for s in shifts_of(patient, leaf) if s.finding == exposure]
    return tuple(cite(s.row.study, s.row.verified) for s in shifts)
