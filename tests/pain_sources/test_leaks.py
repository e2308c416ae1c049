"""The noisy-OR of a finding gives back the figures that were published about it.

In the model a finding stays absent when nothing sets it off:
    P(absent | true sources) = (1 - leak) * (1 - fire) of each true source.
A study prints P(absent | no such source) = Sp and P(absent | source) = 1 - Se, in patients who
may have other sources as well. The tests go back from leak and fires to those two.
"""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.pain_sources.leaks import NoisyOr, Studied, solve, solve_many

UNSTATED = float("nan")


def studied(
    sensitivity: list[float],
    specificity: list[float],
    *,
    prevalence: list[float] | None = None,
    beside: list[float] | None = None,
    base_rates: list[tuple[float, float]] | None = None,
    **changes: Any,
) -> Studied:
    """One finding; every study of 100 patients; base_rates as (rate, patients)."""
    none = [0.0] * len(sensitivity)
    rates = base_rates or []
    return Studied(
        **{
            "sensitivity": np.array([sensitivity]),
            "specificity": np.array([specificity]),
            "weight": np.full(len(sensitivity), 100.0),
            "prevalence": np.array(prevalence or none),
            "beside": np.array(beside or none),
            "base_rate": np.array([[rate for rate, _ in rates]]),
            "base_weight": np.array([patients for _, patients in rates]),
            "default_leak": 0.05,
            **changes,
        }
    )


def absent(solved: NoisyOr, true: dict[int, float]) -> float:
    """P(absent) when source j is true with chance true[j], summed over who is true and who not."""
    total = 0.0
    for states in itertools.product((False, True), repeat=len(true)):
        chance, stays = 1.0, 1 - solved.leak[0]
        for (source, share), state in zip(true.items(), states, strict=True):
            chance *= share if state else 1 - share
            stays *= 1 - solved.fire[0, source] if state else 1.0
        total += chance * stays
    return total


def test_one_source_alone() -> None:
    """Se 0.8, Sp 0.9: leak 0.1; 0.9 * (1 - fire) = 0.2, so fire = 7/9."""
    solved = solve(studied([0.8], [0.9]))
    assert solved.leak[0] == pytest.approx(0.1)
    assert solved.fire[0, 0] == pytest.approx(7 / 9)
    assert absent(solved, {0: 1.0}) == pytest.approx(1 - 0.8)


def test_leak_and_fires_are_found_again() -> None:
    """Figures made by hand from leak 0.1 and fires 0.5 and 0.4.

    In a comparison group the other one is true in 25 % and 20 %:
        Sp = 0.9 * (1 - 0.25 * 0.4) = 0.81 and 0.9 * (1 - 0.20 * 0.5) = 0.81.
    Beside a true source the other one is true in 5 % and 10 %:
        1 - Se = 0.9 * 0.5 * (1 - 0.05 * 0.4) = 0.441 and 0.9 * 0.6 * (1 - 0.10 * 0.5) = 0.513.
    """
    figures = studied([0.559, 0.487], [0.81, 0.81], prevalence=[0.2, 0.25], beside=[0.1, 0.05])
    solved = solve(figures)
    assert solved.leak[0] == pytest.approx(0.1, abs=1e-9)
    assert solved.fire[0] == pytest.approx([0.5, 0.4], abs=1e-9)


def test_published_margins_hold_with_other_sources_beside() -> None:
    """Three sources, one specificity: nothing pulls two ways, so every figure must hold."""
    prevalence, beside = [0.3, 0.2, 0.1], [0.15, 0.1, 0.05]
    sensitivity = [0.85, 0.6, 0.4]
    figures = studied(sensitivity, [0.7, UNSTATED, UNSTATED], prevalence=prevalence, beside=beside)
    solved = solve(figures)
    others = {1: prevalence[1], 2: prevalence[2]}
    assert absent(solved, others) == pytest.approx(0.7, abs=1e-9)
    assert solved.leak[0] < 0.3, "part of the false positives is due to the other sources"
    for source, wanted in enumerate(sensitivity):
        company = {j: share for j, share in enumerate(beside) if j != source}
        assert absent(solved, {source: 1.0, **company}) == pytest.approx(1 - wanted, abs=1e-9)


def test_a_base_rate_pulls_the_leak() -> None:
    """Sp 0.81 and a base rate of 0.36, 100 patients each: sqrt(0.81 * 0.64) = 0.9 * 0.8 = 0.72."""
    solved = solve(studied([0.9], [0.81], base_rates=[(0.36, 100.0)]))
    assert solved.leak[0] == pytest.approx(0.28)
    assert absent(solved, {0: 1.0}) == pytest.approx(0.1), "the sensitivity holds all the same"


def test_a_base_rate_of_more_patients_pulls_harder() -> None:
    """300 against 100: 0.81^(1/4) * 0.64^(3/4) = sqrt(0.9 * 0.512) = 0.6788."""
    solved = solve(studied([0.9], [0.81], base_rates=[(0.36, 300.0)]))
    assert solved.leak[0] == pytest.approx(1 - 0.6788, abs=5e-5)


def test_a_base_rate_alone_is_the_leak() -> None:
    assert solve(studied([0.9], [UNSTATED], base_rates=[(0.36, 40.0)])).leak[0] == pytest.approx(
        0.36
    )


def test_without_any_figure_on_others_the_default_leak_stands() -> None:
    assert solve(studied([0.9], [UNSTATED], default_leak=0.12)).leak[0] == pytest.approx(0.12)


def test_a_source_with_which_the_finding_is_rarer_speaks_against() -> None:
    """There in 40 % without the source and in 10 % with it: ratios 0.1 / 0.4 and 0.9 / 0.6."""
    solved = solve(studied([0.1], [0.6]))
    assert solved.fire[0, 0] == 0.0
    assert np.exp(solved.against_present[0, 0]) == pytest.approx(0.25)
    assert np.exp(solved.against_absent[0, 0]) == pytest.approx(1.5)


def test_company_counts_before_a_source_speaks_against() -> None:
    """Leak 0.2, and a companion that fires 0.5, in 40 %: there in 1 - 0.8 * 0.8 = 36 % anyway.

    So the second source, with Se 0.09, has ratios 0.09 / 0.36 and 0.91 / 0.64. The companion
    (1 - Se = 0.8 * 0.5) raises the finding and speaks against nothing.
    """
    figures = studied([0.6, 0.09], [0.8, UNSTATED], prevalence=[0.4, 0.1], beside=[0.4, 0.0])
    solved = solve(figures)
    assert solved.fire[0] == pytest.approx([0.5, 0.0])
    assert np.exp(solved.against_present[0]) == pytest.approx([1.0, 0.25])
    assert np.exp(solved.against_absent[0]) == pytest.approx([1.0, 0.91 / 0.64])


def test_hardly_rarer_is_no_evidence() -> None:
    """39.5 % against 40 % is left without a link."""
    solved = solve(studied([0.395], [0.6]))
    assert solved.fire[0, 0] == solved.against_present[0, 0] == solved.against_absent[0, 0] == 0


@pytest.mark.parametrize(
    ("sensitivity", "specificity", "changes", "leak"),
    [
        (0.9999, 0.99999, {}, 0.001),  # never is nothing found by accident
        (0.97, 0.01, {}, 0.95),
        (0.9, 0.3, {"max_leak": 0.1}, 0.1),  # a place does not hurt in 70 % for no reason
    ],
)
def test_the_leak_keeps_its_bounds(
    sensitivity: float, specificity: float, changes: dict[str, float], leak: float
) -> None:
    solved = solve(studied([sensitivity], [specificity], **changes))
    assert solved.leak[0] == pytest.approx(leak)
    assert solved.fire[0, 0] <= 0.995


@st.composite
def any_finding(draw: st.DrawFn) -> Studied:
    share = st.floats(0.01, 0.99)
    sources = draw(st.integers(1, 4))
    of_each = {"min_size": sources, "max_size": sources}
    prevalence = draw(st.lists(st.floats(0.0, 0.4), **of_each))
    return studied(
        draw(st.lists(share, **of_each)),
        draw(st.lists(share | st.just(UNSTATED), **of_each)),
        prevalence=prevalence,
        beside=[p / 2 for p in prevalence],
        base_rates=draw(st.lists(st.tuples(share, st.floats(1.0, 200.0)), max_size=2)),
        max_leak=draw(st.sampled_from([0.1, 0.95])),
    )


@settings(deadline=None)
@given(st.lists(any_finding(), min_size=1, max_size=5))
def test_many_at_once_are_solved_as_one_by_one(several: list[Studied]) -> None:
    for together, one in zip(solve_many(several), several, strict=True):
        alone = solve(one)
        for part in ("leak", "fire", "against_present", "against_absent"):
            assert getattr(together, part) == pytest.approx(getattr(alone, part), abs=1e-12)


@settings(deadline=None)
@given(any_finding())
def test_whatever_is_published_the_parameters_are_possible(figures: Studied) -> None:
    solved = solve(figures)
    assert 0.001 - 1e-12 <= solved.leak[0] <= figures.max_leak + 1e-12
    assert ((solved.fire >= 0) & (solved.fire <= 0.995)).all()
    assert ((solved.against_present <= 0) & (solved.against_absent >= 0)).all()
    assert not ((solved.fire > 0) & (solved.against_present < 0)).any(), "raises, or speaks against"
