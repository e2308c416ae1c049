"""Which findings are correlated, and the published figures that rho was computed from.

Tests that a source makes positive with known chances p_1..p_n would, were they independent, be
positive in a number that follows from the p alone. Studies print how many were positive. Where
many or none are positive more often than that, the tests go together: rho is the correlation of
the normal variables behind them at which the printed counts are most likely.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from hipspine.errors import InvalidEvidence
from hipspine.evidence import Evidence, evidence
from hipspine.evidence.checks import problems
from hipspine.evidence.loader import _by
from hipspine.pain_sources.network import network

NORMAL = NormalDist()
NODES, _weights = np.polynomial.hermite_e.hermegauss(41)
WEIGHTS = _weights / _weights.sum()
RHO = np.linspace(0.0, 0.95, 96)
CHI_SQUARE_95 = 3.84

Likelihood = Callable[[float], float]
#: (k, share of people with k or more positive items), k rising.
AtLeast = Sequence[tuple[int, float]]


@cache
def given_z(p: float, rho: float) -> Any:
    """P(positive | z) at the nodes of z; its mean is p."""
    x = (NORMAL.inv_cdf(p) - math.sqrt(rho) * NODES) / math.sqrt(1 - rho)
    return np.array([NORMAL.cdf(value) for value in x])


def both(p: float, q: float, rho: float) -> float:
    return float(given_z(p, rho) * given_z(q, rho) @ WEIGHTS)


def numbers_positive(p: Sequence[float], rho: float) -> Any:
    """P(0, 1, ... n positive)."""
    counts = np.ones((1, len(NODES)))
    for item in (given_z(chance, rho) for chance in p):
        more = np.vstack([counts * (1 - item), np.zeros(len(NODES))])
        more[1:] += counts * item
        counts = more
    return counts @ WEIGHTS


def log_likelihood(p: Sequence[float], printed: AtLeast, people: int, rho: float) -> float:
    counts = numbers_positive(p, rho)
    steps = pairwise([(0, 1.0), *printed, (len(p) + 1, 0.0)])
    return people * sum(
        (share - rarer) * math.log(max(counts[k:more].sum(), 1e-9))
        for (k, share), (more, rarer) in steps
    )


def of_tests(p: Sequence[float], printed: AtLeast, people: int) -> Likelihood:
    """The chances of the single tests are printed too."""
    return lambda rho: log_likelihood(p, printed, people, rho)


def of_equal_items(n: int, printed: AtLeast, people: int) -> Likelihood:
    """They are not: all n items equally frequent, however frequent fits best."""
    return lambda rho: max(
        log_likelihood([p] * n, printed, people, rho) for p in np.linspace(0.02, 0.98, 33)
    )


def best_rho(*groups: Likelihood) -> tuple[float, float, float]:
    """Low, best, high: the most likely rho and its 95 % profile interval."""
    found = np.array([sum(group(float(rho)) for group in groups) for rho in RHO])
    likely = RHO[found > found.max() - CHI_SQUARE_95 / 2]
    return float(likely.min()), float(RHO[found.argmax()]), float(likely.max())


def tetrachoric(p: float, q: float, p_and_q: float) -> float:
    return float(RHO[np.abs([both(p, q, rho) - p_and_q for rho in RHO]).argmin()])


def of_phi(phi: float, p: float, q: float) -> float:
    return tetrachoric(p, q, p * q + phi * math.sqrt(p * (1 - p) * q * (1 - q)))


def stated(group: str) -> tuple[float, float, float]:
    row = evidence().correlation_groups[group][0]
    return row.rho_low, row.rho, row.rho_high


def test_without_correlation_the_counts_are_binomial() -> None:
    assert numbers_positive([0.3] * 4, 0.0) == pytest.approx(
        [math.comb(4, k) * 0.3**k * 0.7 ** (4 - k) for k in range(5)]
    )


def test_correlation_keeps_every_margin() -> None:
    counts = numbers_positive([0.2, 0.5, 0.9], 0.6)
    assert counts.sum() == pytest.approx(1)
    assert counts @ np.arange(4) == pytest.approx(0.2 + 0.5 + 0.9, abs=1e-4)


def test_sacroiliac_tests_laslett_2005() -> None:
    """Distraction, thigh thrust, Gaenslen of both sides, compression, sacral thrust: 16 people
    with and 32 without sacroiliac pain. Independent tests would all be negative in 15 % of those
    without; 44 % were."""
    sensitivity = (0.60, 0.88, 0.53, 0.53, 0.69, 0.63)
    false_positive = (0.19, 0.31, 0.29, 0.29, 0.31, 0.25)
    assert numbers_positive(false_positive, 0.0)[0] == pytest.approx(0.15, abs=0.005)
    found = best_rho(
        of_tests(sensitivity, ((3, 0.94), (4, 0.60), (5, 0.27)), 16),
        of_tests(false_positive, ((1, 0.56), (2, 0.34), (3, 0.22), (4, 0.19), (5, 0.12)), 32),
    )
    assert stated("sacroiliac_provocation") == pytest.approx(found, abs=0.015)


def test_planes_of_the_hip_birrell_2001() -> None:
    """Any of three planes restricted, and all three."""
    found = best_rho(
        of_equal_items(3, ((1, 0.86), (3, 0.33)), 84),
        of_equal_items(3, ((1, 0.46), (3, 0.07)), 106),
    )
    assert stated("hip_range") == pytest.approx(found, abs=0.015)


def test_inflammatory_back_pain_sieper_2009_and_rudwaleit_2006() -> None:
    """Within the experts' yes and no (the yes is made of the items, so that is too low), in all
    648 at once (too high), and within ankylosing spondylitis and mechanical back pain."""
    yes, no = ((3, 0.951), (4, 0.796), (5, 0.386)), ((3, 0.525), (4, 0.276), (5, 0.081))
    mixed = tuple((k, (u + v) / 2) for (k, u), (_, v) in zip(yes, no, strict=True))
    within = best_rho(of_equal_items(5, yes, 324), of_equal_items(5, no, 324))[1]
    in_all = best_rho(of_equal_items(5, mixed, 648))[1]
    rudwaleit = best_rho(
        of_equal_items(4, ((2, 0.703), (3, 0.336)), 101),
        of_equal_items(4, ((2, 0.188), (3, 0.027)), 112),
    )[1]
    low, rho, high = stated("inflammatory_back_pain")
    assert low <= rudwaleit <= within <= rho <= in_all <= high
    assert (rudwaleit, within, in_all) == pytest.approx((0.01, 0.08, 0.27), abs=0.025)


def test_straight_leg_raise_and_slump_walsh_2009() -> None:
    """Half of 45 people have a source that each test shows with 0.70/0.70. At rho = 0.85 the two
    agree with kappa 0.69; angles sitting and lying correlate 0.25 (Fajolu 2018)."""
    agree = both(0.7, 0.7, 0.85) + both(0.3, 0.3, 0.85)
    kappa = (agree - 0.5) / 0.5
    assert kappa == pytest.approx(0.69, abs=0.01)
    assert stated("root_tension_low") == pytest.approx((0.25, (0.25 + 0.85) / 2, 0.85))


def test_signs_of_the_first_sacral_root() -> None:
    """H reflex (63 % abnormal) with ankle reflex and with sensation, half abnormal (assumed)."""
    ankle, sensation = of_phi(0.491, 0.5, 0.63), of_phi(0.232, 0.5, 0.63)
    assert (ankle, sensation) == pytest.approx((0.72, 0.36), abs=0.015)
    low, rho, high = stated("deficit_s1")
    assert low < sensation and rho < (ankle + sensation) / 2 and high <= ankle


def test_limb_signs_of_spondyloarthritis() -> None:
    """Arthritis, dactylitis and heel pain in the two classes (18 % and 16 %) with it."""
    axial, limbs = (0.11, 0.05, 0.15), (0.65, 0.35, 0.76)
    share = 0.16 / (0.18 + 0.16)

    def mean(a: float, b: float) -> float:
        return (1 - share) * a + share * b

    p = [mean(a, b) for a, b in zip(axial, limbs, strict=True)]
    pairs = [
        tetrachoric(p[i], p[j], mean(axial[i] * axial[j], limbs[i] * limbs[j]))
        for i, j in ((0, 1), (0, 2), (1, 2))
    ]
    assert pairs == pytest.approx([0.37, 0.52, 0.41], abs=0.015)
    low, rho, high = stated("spondyloarthritis_limbs")
    assert low < min(pairs) < rho < max(pairs) and high == pytest.approx(max(pairs), abs=0.025)


def test_neuropathic_words_of_dn4() -> None:
    """Alpha = n r / (1 + (n - 1) r) of n = 10 items gives the mean phi r."""
    n, alpha = 10, 0.74
    phi = alpha / (n - (n - 1) * alpha)
    assert phi == pytest.approx(0.22, abs=0.005)
    low, rho, high = stated("neuropathic_words")
    assert low < rho < of_phi(phi, 0.5, 0.5) == pytest.approx(high, abs=0.015)


def test_acute_phase_mckenzie_2023() -> None:
    """ESR raised in 54 %, CRP in 76 %, in 93 % of those with a raised ESR."""
    found = tetrachoric(0.54, 0.76, 0.93 * 0.54)
    low, rho, high = stated("acute_phase")
    assert low < rho < found == pytest.approx(high, abs=0.015)


def test_what_is_not_published_is_wide() -> None:
    groups = [rows[0] for rows in evidence().correlation_groups.values()]
    judged = [row for row in groups if row.basis == "judgement"]
    assert {row.basis for row in groups} == {"judgement", "derived"}
    assert all(row.rho_high - row.rho_low >= 0.5 for row in judged)


def test_most_findings_with_figures_stand_in_a_group() -> None:
    """Those left alone are one of a kind (an age, a block of one structure), or places of pain:
    two places of one region are alternatives as often as companions."""
    weighed = set(network().findings)
    grouped = set(evidence().correlated)
    assert grouped <= weighed
    assert len(grouped) / len(weighed) > 0.8


def test_a_group_stays_small_enough_to_be_computed_exactly() -> None:
    assert max(len(rows) for rows in evidence().correlation_groups.values()) <= 16


def test_a_finding_in_two_groups_is_refused() -> None:
    row = evidence().correlated["slr"]
    with pytest.raises(InvalidEvidence, match="correlated_findings: 'slr' stands twice"):
        _by("finding_id", "correlated_findings", [row, replace(row, group_id="other")])


def with_row(finding: str, **changes: Any) -> Evidence:
    row = replace(evidence().correlated[finding], **changes)
    return replace(evidence(), correlated={**evidence().correlated, row.finding_id: row})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rho": 0.8}, r"must rise from 0 to below 1"),
        ({"rho_high": 1.0}, r"must rise from 0 to below 1"),
        ({"rho_low": -0.1}, r"must rise from 0 to below 1"),
        ({"study": "nobody_1999"}, "study 'nobody_1999' is not in studies"),
        ({"study": ""}, "has no study"),
        ({"basis": "hearsay"}, "basis 'hearsay' is not one of"),
        ({"finding_id": "slrr"}, "finding 'slrr' is defined nowhere"),
        ({"group_id": "alone"}, "alone: one finding is no group"),
        ({"rho": 0.31}, "root_tension_high: rho, its source and note must be those of one row"),
        ({"verified": True}, "a judgement names expert_judgement and is not verified"),
        ({"basis": "derived"}, "the note must say where rho comes from"),
    ],
)
def test_a_wrong_row_is_named(changes: dict[str, Any], said: str) -> None:
    found = problems(with_row("femoral_nerve_stretch", **changes))
    assert any(said in problem for problem in found), found
