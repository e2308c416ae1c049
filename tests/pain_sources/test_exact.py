"""The posterior by tables of open findings against brute force over all configurations."""

import numpy as np
import pytest

from hipspine.pain_sources.correlation import moebius
from hipspine.pain_sources.exact import Problem, Source, Unit, posterior
from tests.pain_sources.naive import enumerate_posterior, random_problem, single


def drawn_problem(seed: int, *, something_hurts: bool) -> Problem:
    """Up to six sources and four units of one to three findings; maybe the unit of pain too."""
    rng = np.random.default_rng(seed)
    sizes = [int(n) for n in rng.integers(1, 4, int(rng.integers(0, 5)))]
    problem = random_problem(rng, int(rng.integers(1, 7)), sizes, 0.5)
    if something_hurts:
        for source in problem.sources:
            source.zeta[len(sizes)] = np.ones((*source.belief.shape, 2))
            source.zeta[len(sizes)][:, 1:, 0] = 0.0
        problem.units.append(Unit(np.array([[0.9, 1.0]]), moebius(np.ones(1))))
    return problem


@pytest.mark.parametrize("something_hurts", [False, True])
@pytest.mark.parametrize("seed", range(40))
def test_agrees_with_brute_force(seed: int, something_hurts: bool) -> None:
    problem = drawn_problem(seed, something_hurts=something_hurts)
    wanted, evidence = enumerate_posterior(problem)
    answer = posterior(problem)
    assert answer.exact
    for got, want in zip(answer.states, wanted, strict=True):
        assert got[0] == pytest.approx(want, abs=1e-11)
    assert posterior(problem).log_evidence[0] == pytest.approx(np.log(evidence), abs=1e-9)


@pytest.mark.parametrize("seed", range(40))
def test_single_precision_is_good_to_four_digits(seed: int) -> None:
    problem = drawn_problem(seed, something_hurts=bool(seed % 2))
    wanted, evidence = enumerate_posterior(problem)
    answer = posterior(problem, single=True)
    for got, want in zip(answer.states, wanted, strict=True):
        assert got[0] == pytest.approx(want, abs=1e-4)
    assert answer.log_evidence[0] == pytest.approx(np.log(evidence), abs=1e-3)


def test_one_source_one_finding_is_bayes_rule() -> None:
    """prior 0.2, leak 0.1, fire 0.5: P(+|D) = 1 - 0.9*0.5 = 0.55, P(+|no D) = 0.1."""
    source = Source(np.array([[0.8, 0.2]]), {0: single(np.array([[0.0, 0.5]]))})
    problem = Problem([source], [Unit(np.array([[0.9, 1.0]]), moebius(np.ones(1)))])
    wanted = 0.2 * 0.55 / (0.2 * 0.55 + 0.8 * 0.1)
    assert posterior(problem).states[0][0, 1] == pytest.approx(wanted, abs=1e-15)


def test_keeps_its_precision_where_alternating_sums_lose_it() -> None:
    """Twenty rare findings of two sources, each with a tiny leak: the first is all but certain."""
    strong, weak = (single(np.array([[0.0, fire]])) for fire in (0.9, 0.01))
    sources = [
        Source(np.array([[0.999, 0.001]]), dict.fromkeys(range(20), strong)),
        Source(np.array([[0.9, 0.1]]), dict.fromkeys(range(20), weak)),
    ]
    unit = Unit(np.array([[1 - 1e-4, 1.0]]), moebius(np.ones(1)))
    states = posterior(Problem(sources, [unit] * 20)).states
    assert states[0][0, 1] == pytest.approx(1.0, abs=1e-12)
    explained, both = 1 - (1 - 1e-4) * 0.1, 1 - (1 - 1e-4) * 0.1 * 0.99
    odds = 0.1 / 0.9 * (both / explained) ** 20
    assert states[1][0, 1] == pytest.approx(odds / (1 + odds), rel=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_variants_are_independent_rows(seed: int) -> None:
    """Other beliefs, leaks and zetas side by side; what all have in common stays one row."""
    rng = np.random.default_rng(seed)
    one = random_problem(rng, 5, [1, 2, 1, 3], 0.7)
    other = Problem(
        [Source(s.belief * rng.uniform(0.2, 1, s.belief.shape), dict(s.zeta)) for s in one.sources],
        [Unit(u.leak ** rng.uniform(0.5, 2), u.value) for u in one.units],
    )
    both = Problem(
        [
            Source(np.vstack([a.belief, b.belief]), a.zeta)
            for a, b in zip(one.sources, other.sources, strict=True)
        ],
        [
            Unit(np.vstack([a.leak, b.leak]), a.value)
            for a, b in zip(one.units, other.units, strict=True)
        ],
    )
    together = posterior(both)
    for row, problem in enumerate((one, other)):
        apart = posterior(problem)
        for got, want in zip(together.states, apart.states, strict=True):
            assert got[row] == pytest.approx(want[0], abs=1e-11)
        assert together.log_evidence[row] == pytest.approx(apart.log_evidence[0], abs=1e-9)


def test_many_variants_in_chunks_are_the_same_as_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(3)
    problem = random_problem(rng, 6, [1, 2, 1], 0.9)
    for source in problem.sources:
        source.belief = source.belief * rng.uniform(0.1, 1, (7, source.belief.shape[1]))
    whole = posterior(problem).states
    monkeypatch.setattr("hipspine.pain_sources.sweep.CHUNK", 300)
    for got, want in zip(posterior(problem).states, whole, strict=True):
        assert got == pytest.approx(want, abs=1e-13)


@pytest.mark.parametrize("seed", range(20))
def test_split_off_findings_stay_close(seed: int) -> None:
    """With a third of the width allowed, the posterior stays within a few hundredths."""
    problem = random_problem(np.random.default_rng(seed), 8, [1] * 6, 0.5)
    exact, rough = posterior(problem), posterior(problem, max_width=2)
    errors = [abs(a[0] - b[0]).max() for a, b in zip(exact.states, rough.states, strict=True)]
    assert exact.exact
    assert rough.exact == (exact.width <= 2)
    assert np.median(errors) < 0.02
    assert max(errors) < 0.35


def test_too_many_findings_are_answered_and_said_to_be_approximate() -> None:
    rng = np.random.default_rng(11)
    problem = random_problem(rng, 30, [1] * 60, 0.8)
    answer = posterior(problem, max_width=6)
    assert not answer.exact
    for states in answer.states:
        assert np.all(np.isfinite(states))
        assert states.sum() == pytest.approx(1.0)
