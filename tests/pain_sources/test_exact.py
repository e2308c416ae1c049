"""The posterior by tables of open bits against brute force over all configurations."""

import numpy as np
import pytest

from hipspine.pain_sources.correlation import moebius
from hipspine.pain_sources.exact import Problem, Source, Unit, log_evidence, posterior
from tests.pain_sources.naive import enumerate_posterior, random_problem, single


def some_sizes(rng: np.random.Generator) -> list[int]:
    """Findings in each unit: single ones, and groups of two or three correlated ones."""
    return rng.choice([1, 1, 1, 2, 3], int(rng.integers(0, 6))).tolist()


@pytest.mark.parametrize("seed", range(60))
def test_agrees_with_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = random_problem(rng, int(rng.integers(1, 7)), some_sizes(rng), 0.5)
    wanted, evidence = enumerate_posterior(problem)
    answer = posterior(problem)
    assert answer.exact
    for got, want in zip(answer.states, wanted, strict=True):
        assert got[0] == pytest.approx(want, abs=1e-10)
    assert log_evidence(problem)[0] == pytest.approx(np.log(evidence), abs=1e-9)
    assert answer.log_evidence[0] == pytest.approx(np.log(evidence), abs=1e-9)


@pytest.mark.parametrize("loss", [1e-15, 1e-3])
def test_bits_and_zeta_form_say_the_same(loss: float) -> None:
    """All units as bits, or all in zeta form: the two ways of keeping the table."""
    for seed in range(20):
        rng = np.random.default_rng(1000 + seed)
        problem = random_problem(rng, 6, some_sizes(rng), 0.6)
        usual = posterior(problem).states
        for one, other in zip(posterior(problem, loss=loss).states, usual, strict=True):
            assert one == pytest.approx(other, abs=1e-9)


def test_one_source_one_finding_is_bayes_rule() -> None:
    """prior 0.2, leak 0.1, fire 0.5: P(+|D) = 1 - 0.9*0.5 = 0.55, P(+|no D) = 0.1."""
    source = Source(np.array([[0.8, 0.2]]), {0: single(np.array([[0.0, 0.5]]))})
    problem = Problem([source], [Unit(single(np.array([0.1])), moebius(np.ones(1)))])
    wanted = 0.2 * 0.55 / (0.2 * 0.55 + 0.8 * 0.1)
    assert posterior(problem).states[0][0, 1] == pytest.approx(wanted, abs=1e-15)


def test_keeps_its_precision_where_alternating_sums_lose_it() -> None:
    """Twenty rare findings of one source, each with a tiny leak: the source is all but certain."""
    sources = [
        Source(np.array([[0.999, 0.001]]), {b: single(np.array([[0.0, 0.9]])) for b in range(20)}),
        Source(np.array([[0.9, 0.1]]), {b: single(np.array([[0.0, 0.01]])) for b in range(20)}),
    ]
    unit = Unit(single(np.array([1e-4])), moebius(np.ones(1)))
    problem = Problem(sources, [unit] * 20)
    states = posterior(problem).states
    assert states[0][0, 1] == pytest.approx(1.0, abs=1e-12)
    explained, both = 1 - (1 - 1e-4) * 0.1, 1 - (1 - 1e-4) * 0.1 * 0.99
    odds = 0.1 / 0.9 * (both / explained) ** 20
    assert states[1][0, 1] == pytest.approx(odds / (1 + odds), rel=1e-9)


def test_draws_are_independent_rows() -> None:
    rng = np.random.default_rng(7)
    one, two = (random_problem(rng, 4, [1, 2, 1, 1], 0.6) for _ in range(2))
    for first, second in zip(one.sources, two.sources, strict=True):
        second.belief = rng.uniform(0.1, 1, first.belief.shape)
        second.zeta = {unit: 0.5 + zeta / 2 for unit, zeta in first.zeta.items()}
    two.units = [Unit(u.leak, v.value) for u, v in zip(two.units, one.units, strict=True)]
    sources = [
        Source(
            np.vstack([a.belief, b.belief]),
            {unit: np.vstack([a.zeta[unit], b.zeta[unit]]) for unit in a.zeta},
        )
        for a, b in zip(one.sources, two.sources, strict=True)
    ]
    units = [
        Unit(np.vstack([a.leak, b.leak]), a.value)
        for a, b in zip(one.units, two.units, strict=True)
    ]
    together = posterior(Problem(sources, units)).states
    for row, problem in enumerate((one, two)):
        apart = posterior(problem).states
        for got, want in zip(together, apart, strict=True):
            assert got[row] == pytest.approx(want[0], abs=1e-11)


@pytest.mark.parametrize("seed", range(20))
def test_split_off_findings_stay_close(seed: int) -> None:
    """With a third of the width allowed, the posterior stays within a few hundredths."""
    problem = random_problem(np.random.default_rng(seed), 8, [1] * 6, 0.5)
    exact, rough = posterior(problem), posterior(problem, max_width=2)
    assert not rough.exact
    errors = [abs(a[0] - b[0]).max() for a, b in zip(exact.states, rough.states, strict=True)]
    assert np.median(errors) < 0.02
    assert max(errors) < 0.35


def test_too_many_findings_are_answered_and_said_to_be_approximate() -> None:
    rng = np.random.default_rng(11)
    problem = random_problem(rng, 30, [1] * 200, 0.8)
    answer = posterior(problem, max_width=6)
    assert not answer.exact
    for states in answer.states:
        assert np.all(np.isfinite(states))
        assert states.sum() == pytest.approx(1.0)
