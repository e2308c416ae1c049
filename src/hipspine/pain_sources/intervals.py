"""95 % intervals from the uncertainty of published figures, priors and correlations.

Each of `DRAWS` draws takes every sensitivity, specificity and base rate from a Beta worth its
study's patients, every prior from a logit-normal through its published range, and every
correlation from a triangle over its range; solves the leaks anew and weighs the likeliest
configurations again. A finding's figures are drawn once and the same for all patients, so that
two assessments of one patient differ by what was found and not by chance. The median of the draws
is not used: the interval is that of the exact point moved by each draw's shift.
"""

import zlib
from dataclasses import replace
from functools import cache

import numpy as np

from hipspine.evidence import evidence
from hipspine.findings.patient import Setting
from hipspine.pain_sources.correlation import RHO_STEP
from hipspine.pain_sources.graded import NOWHERE, Ladder, Parts, Shares, drawn_shares, parts
from hipspine.pain_sources.leaks import Floats, NoisyOr, solve
from hipspine.pain_sources.network import Correlation, FindingModel, Network
from hipspine.pain_sources.point import Point
from hipspine.pain_sources.units import heard
from hipspine.pain_sources.weighing import Weighed

DRAWS = 500
SEED = 20_240_501
#: Rounds for a leak that starts from the solution at the published figures.
ROUNDS = 3
_WIDE = 0.9  # standard deviation of a prior's log odds when its range is not stated
ENDS = (0.025, 0.975)


def interval(point: Point, setting: Setting) -> tuple[Floats, Floats]:
    """Ends of the 95 % interval of every leaf, (leaves,) each; they hold the point."""
    low, high = np.quantile(drawn_probabilities(point, setting), ENDS, axis=0)
    return np.minimum(low, point.probability), np.maximum(high, point.probability)


def drawn_probabilities(point: Point, setting: Setting) -> Floats:
    """P(source) in every draw, (DRAWS, leaves)."""
    network = point.network
    priors = drawn_priors(point.priors, network.leaves, setting)
    told = [
        heard(
            network,
            group,
            lambda entry: drawn_parts(network, entry),
            drawn_rho(network.group_of(group[0].model)),
        )
        for group in point.groups
    ]
    return point.variants(priors, told).probability


def drawn_parts(network: Network, entry: Weighed) -> Parts:
    """What a statement asks of the model, in every draw."""
    ladder = network.ladders.get(entry.model)
    shares = _drawn_shares(ladder) if ladder and entry.place != NOWHERE else None
    solved = drawn(network.findings[entry.model])
    return parts(ladder, entry.present, entry.place, solved, shares)


_SHARES: dict[str, dict[str, Shares]] = {}


def _drawn_shares(ladder: Ladder) -> dict[str, Shares]:
    if ladder.finding not in _SHARES:
        rng = np.random.default_rng([SEED, zlib.crc32(f"ladder {ladder.finding}".encode())])
        _SHARES[ladder.finding] = drawn_shares(ladder, DRAWS, rng)
    return _SHARES[ladder.finding]


@cache
def drawn(model: FindingModel) -> NoisyOr:
    """Leak and fires of a finding in every draw."""
    rng = np.random.default_rng([SEED, zlib.crc32(model.finding.encode())])
    point = model.studied
    n_se = np.array([link.sensitivity.n for link in model.links])
    studied = replace(
        point,
        sensitivity=_beta(point.sensitivity, n_se, rng),
        specificity=_beta(point.specificity, point.weight, rng),
        base_rate=_beta(point.base_rate, point.base_weight, rng),
    )
    return solve(studied, model.noisy_or, ROUNDS)


@cache
def drawn_rho(group: Correlation | None) -> Floats:
    """The correlation of a group in every draw, in steps of RHO_STEP."""
    if group is None or group.low == group.high:
        return np.full(DRAWS, group.rho if group else 0.0)
    rng = np.random.default_rng([SEED, zlib.crc32(group.id.encode())])
    rho = rng.triangular(group.low, group.rho, group.high, DRAWS)
    return np.asarray(np.round(rho / RHO_STEP) * RHO_STEP)


def drawn_priors(priors: Floats, leaves: tuple[str, ...], setting: Setting) -> Floats:
    """Priors in every draw, (DRAWS, leaves): the patient's log odds with the table's spread."""
    noise = np.random.default_rng(SEED).standard_normal((DRAWS, len(leaves)))
    log_odds = np.log(priors / (1 - priors))
    drawn: Floats = 1 / (1 + np.exp(-(log_odds + _spreads(leaves, setting) * noise)))
    return drawn


@cache
def _spreads(leaves: tuple[str, ...], setting: Setting) -> Floats:
    return np.array([_spread(leaf, setting) for leaf in leaves])


def _spread(leaf: str, setting: Setting) -> float:
    """Standard deviation of the prior's log odds: its stated range is taken as 95 %."""
    row = evidence().priors[leaf]
    primary = setting == "primary_care"
    low = row.primary_low if primary else row.clinic_low
    high = row.primary_high if primary else row.clinic_high
    if not low or not high:
        return _WIDE
    width = float(np.log(high / (1 - high)) - np.log(low / (1 - low)))
    return width / 3.92


def _beta(point: Floats, n: Floats, rng: np.random.Generator) -> Floats:
    """DRAWS draws of each probability (1, L), worth n patients; NaN stays NaN."""
    known = ~np.isnan(point[0])
    drawn = np.full((DRAWS, point.shape[1]), np.nan)
    p = point[0, known]
    size = np.maximum(n[known], 4.0)
    drawn[:, known] = rng.beta(p * size, (1 - p) * size, size=(DRAWS, int(known.sum())))
    clipped: Floats = np.clip(drawn, 0.003, 0.997)
    return clipped
