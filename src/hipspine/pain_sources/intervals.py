"""95 % intervals from the uncertainty of the published figures and priors.

Each draw takes every sensitivity and specificity from a Beta worth its study's patients, and
every prior from a logit-normal through its published range, solves the leaks anew and runs
the posterior. Findings that would open too many bits are treated one by one here (the point
estimate is exact), so the ends of the interval are approximate.
"""

import numpy as np

from hipspine.evidence import evidence
from hipspine.findings.patient import Patient
from hipspine.pain_sources.differential import differential  # noqa
from hipspine.pain_sources.leaks import Floats, NoisyOr, Studied, solve
from hipspine.pain_sources.network import FindingModel, Network
from hipspine.pain_sources.weighing import Weighed

DRAWS = 200
SEED = 20_240_501
#: Bits that may be open at once in the draws.
WIDTH_IN_DRAWS = 6
_WIDE = 0.9  # standard deviation of a prior's log odds when its range is not stated


def interval(
    patient: Patient, network: Network, priors: Floats, weighed: tuple[Weighed, ...]
) -> tuple[Floats, Floats]:
    """Ends of the 95 % interval of every leaf, (leaves,) each."""
    rng = np.random.default_rng(SEED)
    drawn_priors = _draw_priors(patient, network, priors, rng)
    parameters = {
        name: _draw(network.findings[name], rng) for name in sorted({w.model for w in weighed})
    }
    drawn = differential(network, drawn_priors, weighed, parameters, WIDTH_IN_DRAWS).probability
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    return low, high


def _draw_priors(
    patient: Patient, network: Network, priors: Floats, rng: np.random.Generator
) -> Floats:
    spread = np.array([_spread(patient, leaf) for leaf in network.leaves])
    log_odds = np.log(priors / (1 - priors))
    noise = rng.standard_normal((DRAWS, len(network.leaves)))
    drawn: Floats = 1 / (1 + np.exp(-(log_odds + spread * noise)))
    return drawn


def _spread(patient: Patient, leaf: str) -> float:
    """Standard deviation of the prior's log odds: its stated range is taken as 95 %."""
    row = evidence().priors[leaf]
    primary = patient.setting == "primary_care"
    low = row.primary_low if primary else row.clinic_low
    high = row.primary_high if primary else row.clinic_high
    if not low or not high:
        return _WIDE
    width = float(np.log(high / (1 - high)) - np.log(low / (1 - low)))
    return width / 3.92


def _draw(model: FindingModel, rng: np.random.Generator) -> NoisyOr:
    point = model.studied
    n_se = np.array([link.sensitivity.n for link in model.links])
    base_weight = point.base_weight
    return solve(
        Studied(
            sensitivity=_beta(point.sensitivity, n_se, rng),
            specificity=_beta(point.specificity, point.weight, rng),
            weight=point.weight,
            prevalence=point.prevalence,
            beside=point.beside,
            base_rate=_beta(point.base_rate, base_weight, rng),
            base_weight=base_weight,
            default_leak=point.default_leak,
            max_leak=point.max_leak,
        )
    )


def _beta(point: Floats, n: Floats, rng: np.random.Generator) -> Floats:
    """DRAWS draws of each probability (1, L), worth n patients; NaN stays NaN."""
    known = ~np.isnan(point[0])
    drawn = np.full((DRAWS, point.shape[1]), np.nan)
    p = point[0, known]
    size = np.maximum(n[known], 4.0)
    drawn[:, known] = rng.beta(p * size, (1 - p) * size, size=(DRAWS, int(known.sum())))
    clipped: Floats = np.clip(drawn, 0.003, 0.997)
    return clipped
