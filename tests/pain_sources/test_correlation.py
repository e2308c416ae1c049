"""Correlated findings: published margins stay, five tests that say the same count for less."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipspine import assess, patient_of
from hipspine.pain_sources.correlation import (
    QUADRATURE,
    WEIGHTS,
    moebius,
    spread,
    spread_many,
    zeta,
)
from hipspine.pain_sources.network import network
from hipspine.pain_sources.point import point_of
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.weighing import weigh

SACROILIAC = ("distraction_sij", "thigh_thrust", "compression_sij", "gaenslen", "sacral_thrust")
chances = st.floats(0.001, 0.999)


@given(chances, st.floats(0.0, 0.9))
def test_the_published_chance_is_the_mean_over_the_effect(chance: float, rho: float) -> None:
    assert spread(np.array(chance), rho) @ WEIGHTS == pytest.approx(chance, abs=1e-9)


@pytest.mark.parametrize("rho", [0.1, 0.3, 0.6])
def test_two_findings_are_as_often_together_as_a_bivariate_normal_says(rho: float) -> None:
    """P(both) from nine nodes against SciPy's bivariate normal with tetrachoric correlation rho."""
    stats = pytest.importorskip("scipy.stats", reason="the second opinion is not installed")
    for one, two in ((0.5, 0.5), (0.2, 0.7), (0.1, 0.1), (0.9, 0.6)):
        nodes = spread(np.array([one, two]), rho)
        found = moebius(np.ones(2)) @ zeta(nodes, np.ones(QUADRATURE))
        cut = [stats.norm.ppf(one), stats.norm.ppf(two)]
        wanted = stats.multivariate_normal([0, 0], [[1, rho], [rho, 1]]).cdf(cut)
        assert found == pytest.approx(float(wanted), abs=0.003)


@given(st.lists(chances, min_size=1, max_size=5), st.floats(0, 0.8), st.data())
def test_patterns_are_a_distribution(p: list[float], rho: float, data: st.DataObject) -> None:
    """Present and absent in every pattern add up to one; doubtful ones lie between."""
    nodes = spread(np.array(p), rho)
    total = 0.0
    for pattern in range(2 ** len(p)):
        present = [i for i in range(len(p)) if pattern >> i & 1]
        kept = np.prod([1 - nodes[i] for i in range(len(p)) if i not in present], axis=0)
        table = zeta(nodes[present], np.broadcast_to(kept, (QUADRATURE,)))
        total += float(moebius(np.ones(len(present))) @ table)
    assert total == pytest.approx(1.0, abs=1e-9)
    sure = data.draw(st.floats(0.5, 1.0))
    one = float(moebius(np.array([sure])) @ zeta(nodes[:1], np.ones(QUADRATURE)))
    assert one == pytest.approx(sure * p[0] + (1 - sure) * (1 - p[0]), abs=1e-9)


def test_the_table_for_draws_is_the_formula() -> None:
    rho = np.array([0.0, 0.3, 0.45, 0.3])
    chance = np.array([0.2, 0.01, 0.97, 0.5])
    for row in range(4):
        wanted = spread(chance[row], float(rho[row]))
        assert spread_many(chance, rho)[row] == pytest.approx(wanted, abs=2e-4)


def sacroiliac_ratio(positive: int) -> float:
    """Odds of sacroiliac pain with the five tests told, over those with nothing told."""
    told = [{"name": name, "present": n < positive} for n, name in enumerate(SACROILIAC)]
    patient = patient_of({"id": "invented", "findings": told})
    net = network()
    leaf = net.leaves.index("sacroiliac_joint_pain")
    after = point_of(net, prior_of(patient), weigh(patient.findings, net)).probability[leaf]
    before = point_of(net, prior_of(patient), ()).probability[leaf]
    return float(after / (1 - after) / (before / (1 - before)))


def test_all_five_sacroiliac_tests_positive() -> None:
    """Multiplied they would be 92; a published cluster of three or more of six has LR+ 4."""
    assert 3 < sacroiliac_ratio(5) < 15


def test_three_of_five_sacroiliac_tests_positive() -> None:
    assert 2 < sacroiliac_ratio(3) < 6


def test_more_positive_tests_speak_louder() -> None:
    ratios = [sacroiliac_ratio(positive) for positive in range(6)]
    assert ratios == sorted(ratios)
    assert ratios[0] < 1 < ratios[5]


def test_the_reasons_tell_the_cluster_and_what_independence_would_claim() -> None:
    """A woman with five positive tests: together they add less than five independent ones would."""
    told = [{"name": name, "side": "left"} for name in SACROILIAC]
    assessment = assess(patient_of({"id": "invented", "age": 40, "sex": "F", "findings": told}))
    source = next(s for s in assessment.sources if s.condition == "sacroiliac_joint_pain")
    cluster = source.clusters[0]
    assert set(cluster.findings) == set(SACROILIAC)
    assert cluster.decibans < cluster.if_independent
    assert cluster.if_more_alike < cluster.decibans
    assert 5 < cluster.decibans < 12
