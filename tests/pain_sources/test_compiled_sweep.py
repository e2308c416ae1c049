"""The compiled sweep against the sweep it stands for, over random networks of sources."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.pain_sources import exact, warming
from hipspine.pain_sources.exact import Answer, Problem, Source, Unit, posterior
from tests.pain_sources.naive import enumerate_posterior, random_problem

pytest.importorskip("numba", reason="what it compiles with")


def many_rows(problem: Problem, rows: int, rng: np.random.Generator) -> Problem:
    """The problem with beliefs of their own in every row; the tables are the same in all."""
    sources = [
        Source(source.belief * rng.uniform(0.3, 1.0, (rows, source.belief.shape[1])), source.zeta)
        for source in problem.sources
    ]
    return Problem(sources, [Unit(unit.leak, unit.value) for unit in problem.units])


def both_ways(problem: Problem, *, single: bool) -> tuple[Answer, Answer]:
    """By the compiled sweep and by the other."""
    assert warming.warm()
    compiled = posterior(problem, single=single)
    warming.cool()
    return compiled, posterior(problem)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    sources=st.integers(2, 9),
    sizes=st.lists(st.integers(1, 5), min_size=1, max_size=4),
    edges=st.floats(0.3, 1.0),
)
def test_it_finds_the_same(seed: int, sources: int, sizes: list[int], edges: float) -> None:
    """Units of one to five findings: all three ways in which the kernel feeds a unit."""
    rng = np.random.default_rng(seed)
    problem = many_rows(random_problem(rng, sources, sizes, edges), 70, rng)
    compiled, usual = both_ways(problem, single=False)
    assert compiled.log_evidence == pytest.approx(usual.log_evidence, abs=1e-8)
    for ours, theirs in zip(compiled.states, usual.states, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-8)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_single_precision_is_good_to_three_digits(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = many_rows(random_problem(rng, 7, [1, 2, 1, 3], 0.8), 70, rng)
    compiled, usual = both_ways(problem, single=True)
    for ours, theirs in zip(compiled.states, usual.states, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-3)


def test_it_agrees_with_brute_force() -> None:
    """Every row alike: each is the enumeration of all configurations."""
    rng = np.random.default_rng(5)
    one = random_problem(rng, 4, [1, 3, 2], 0.9)
    rows = [np.repeat(source.belief, 70, axis=0) for source in one.sources]
    sources = [Source(b, s.zeta) for b, s in zip(rows, one.sources, strict=True)]
    compiled, _ = both_ways(Problem(sources, one.units), single=False)
    wanted, evidence = enumerate_posterior(one)
    assert np.exp(compiled.log_evidence[-1]) == pytest.approx(evidence, rel=1e-9)
    for ours, theirs in zip(compiled.states, wanted, strict=True):
        assert ours[-1] == pytest.approx(theirs, abs=1e-9)


def test_it_is_what_answers_many_variants_once_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the tests above would compare the usual sweep with itself."""
    rng = np.random.default_rng(8)
    problem = many_rows(random_problem(rng, 6, [1, 1, 2], 1.0), 70, rng)
    warming.warm()
    monkeypatch.setattr(exact, "swept", None)  # the usual one may not be asked
    assert len(posterior(problem).states) == 6
    warming.cool()
    with pytest.raises(TypeError):
        posterior(problem)
