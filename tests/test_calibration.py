"""The calibration study measures what it says; its figures are in `python -m benchmarks`."""

import numpy as np
import pytest
from benchmarks.calibration import Setup, answers, regression, scored

from hipspine.pain_sources.simulate import Scenario


def said_and_true(slope: float, intercept: float, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Log odds as said, and a truth that follows `intercept + slope * log odds`."""
    rng = np.random.default_rng(1)
    said = rng.normal(-2, 2, n)
    chance = 1 / (1 + np.exp(-(intercept + slope * said)))
    return said, (rng.random(n) < chance).astype(float)


@pytest.mark.parametrize(("slope", "intercept"), [(1.0, 0.0), (0.5, -1.0), (1.3, 0.4)])
def test_slope_and_intercept_are_found_again(slope: float, intercept: float) -> None:
    a, b, error = regression(*said_and_true(slope, intercept, 40_000))
    assert b == pytest.approx(slope, abs=4 * error)
    assert a == pytest.approx(intercept, abs=0.1)


def test_no_other_line_is_more_likely() -> None:
    """The naive twin: step aside in every direction and look."""
    said, true = said_and_true(0.6, -0.5, 3000)
    a, b, _ = regression(said, true)

    def log_likelihood(a: float, b: float) -> float:
        p = 1 / (1 + np.exp(-(a + b * said)))
        return float(np.log(np.where(true == 1, p, 1 - p)).sum())

    for da, db in ((0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01), (0.01, -0.01)):
        assert log_likelihood(a + da, b + db) < log_likelihood(a, b)


def test_over_confidence_shows_in_slope_bins_and_sure_answers() -> None:
    said, true = said_and_true(0.5, 0.0, 40_000)
    p = (1 / (1 + np.exp(-said))).reshape(-1, 4)
    found = scored("too sure", p, true.reshape(-1, 4) == 1)
    assert found.slope < 0.55 and not found.meets
    assert found.sure_right < found.sure_mean - 0.05
    assert sum(b.pairs for b in found.bins) == p.size
    last = found.bins[-1]
    assert (last.mean, last.true, last.pairs) == (found.sure_mean, found.sure_right, found.sure)


def test_scores_of_two_patients_by_hand() -> None:
    """Patient 1: source A true, said 0.8 and 0.1. Patient 2: B true, said 0.5 and 0.6."""
    p = np.array([[0.8, 0.1], [0.5, 0.6]])
    true = np.array([[True, False], [False, True]])
    found = scored("by hand", p, true)
    assert found.log_score == pytest.approx(-np.log([0.8 * 0.9, 0.5 * 0.6]).mean())
    assert found.brier == pytest.approx((0.04 + 0.01 + 0.25 + 0.16) / 2)
    assert found.first == 1.0


def test_hipspine_is_calibrated_where_the_calculator_is_not() -> None:
    """160 patients only: the whole study has 4,000 for each correlation."""
    found = answers(Setup(Scenario(rho=0.3)), 0, 160)
    ours, calculator = (scored("", p, found.truth) for p in found.said)
    assert 0.8 < ours.slope < 1.2
    assert calculator.slope < 0.5
    assert ours.log_score < calculator.log_score / 3
    again = answers(Setup(Scenario(rho=0.3)), 100, 1)
    assert again.said[:, 0] == pytest.approx(found.said[:, 100])


def test_without_groups_correlated_findings_say_too_much() -> None:
    """Where the truth correlates by 0.6, independence makes sure answers surer, not better."""
    own, apart = (answers(Setup(Scenario(rho=0.6), rho), 0, 160) for rho in (None, 0.0))
    assert (own.truth == apart.truth).all() and (own.positive == apart.positive).all()
    with_groups, without = (scored("", found.said[0], found.truth) for found in (own, apart))
    assert without.slope < with_groups.slope
    assert without.sure > with_groups.sure
    many = own.positive >= 3
    assert 5 < many.sum() < 100
    assert np.abs(own.said[0] - apart.said[0])[many].max() > 0.05
