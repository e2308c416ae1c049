"""Muscle recruitment: three other solvers, the optimality conditions, and hostile problems."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.mechanics.recruitment import recruit
from tests.mechanics import recruitment_problems as problems
from tests.mechanics.recruitment_problems import Problem

SOLVABLE = [
    problems.feasible,
    problems.strenuous,
    problems.doubled_rows,
    problems.tied_muscles,
]
EVERY = [*SOLVABLE, problems.at_the_limit, problems.beyond, problems.unheld_row]


def test_two_muscles_by_hand() -> None:
    """An arm of 10 Nm and one of 30 Nm must give 8 Nm together.

    least a1^2 + a2^2 with 10 a1 + 30 a2 = 8:  a = 8 (10, 30) / (10^2 + 30^2) = (0.08, 0.24)
    """
    arms = np.array([[10.0, 30.0]])
    found = recruit(arms, np.array([8.0]), np.zeros(2), np.ones(2))
    np.testing.assert_allclose(found.activation, [0.08, 0.24], atol=1e-9)
    assert abs(found.reserves_nm[0]) < 1e-6


def test_two_muscles_by_hand_with_cubes() -> None:
    """Least a1^3 + a2^3: a_i = sqrt(arm_i * price), so a2 = a1 sqrt 3 and 10 a1 + 30 a2 = 8."""
    arms = np.array([[10.0, 30.0]])
    found = recruit(arms, np.array([8.0]), np.zeros(2), np.ones(2), 3)
    first = 8 / (10 + 30 * np.sqrt(3))
    np.testing.assert_allclose(found.activation, [first, first * np.sqrt(3)], atol=1e-8)


def test_a_full_muscle_leaves_the_rest_to_the_other() -> None:
    arms = np.array([[10.0, 30.0]])
    found = recruit(arms, np.array([35.0]), np.zeros(2), np.ones(2))
    np.testing.assert_allclose(found.activation, [0.5, 1.0], atol=1e-6)


def test_too_heavy_is_answered_with_the_reserve() -> None:
    """40 Nm is all there is; 100 Nm leaves 60."""
    arms = np.array([[10.0, 30.0]])
    found = recruit(arms, np.array([100.0]), np.zeros(2), np.ones(2))
    np.testing.assert_allclose(found.activation, [1.0, 1.0])
    np.testing.assert_allclose(found.reserves_nm, [60.0])
    assert found.converged


def test_an_uncrossed_joint_is_a_reserve_and_troubles_no_other() -> None:
    problem = problems.unheld_row(np.random.default_rng(5))
    found = recruit(*problem.arguments)
    assert found.reserves_nm[3] == pytest.approx(5.0)
    assert np.abs(np.delete(found.reserves_nm, 3)).max() < 1e-4


@pytest.mark.parametrize("kind", SOLVABLE)
@pytest.mark.parametrize("power", [2, 3])
@pytest.mark.parametrize("seed", range(5))
def test_reserves_are_nearly_nothing_where_muscles_suffice(kind, power, seed) -> None:
    problem = kind(np.random.default_rng(seed))
    found = recruit(*problem.arguments, power)
    assert found.converged
    assert np.abs(found.reserves_nm).max() <= 1e-4


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("power", [2, 3])
@pytest.mark.parametrize("seed", range(5))
def test_every_problem_is_answered_within_the_bounds(kind, power, seed) -> None:
    problem = kind(np.random.default_rng(seed))
    found = recruit(*problem.arguments, power)
    assert found.converged
    assert (found.activation >= problem.lower).all()
    assert (found.activation <= problem.upper).all()
    given = problem.moment_arms @ found.activation
    np.testing.assert_allclose(given + found.reserves_nm, problem.required, atol=1e-8)


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("seed", range(3))
def test_no_other_activation_leaves_smaller_reserves(kind, seed) -> None:
    """Bounded least squares of SciPy finds the least reserves that there are."""
    optimize = pytest.importorskip("scipy.optimize")
    problem = kind(np.random.default_rng(seed))
    least = optimize.lsq_linear(
        problem.moment_arms, problem.required, (problem.lower - 1e-12, problem.upper + 1e-12)
    )
    found = recruit(*problem.arguments)
    ours = float(found.reserves_nm @ found.reserves_nm) / 2
    assert ours <= least.cost * (1 + 1e-6) + 1e-6


def _cost(activation: np.ndarray, power: int = 2) -> float:
    return float((activation**power).sum())


@pytest.mark.parametrize("kind", SOLVABLE)
@pytest.mark.parametrize("seed", range(4))
def test_squares_agree_with_daqp(kind, seed) -> None:
    """DAQP is an active-set solver: bounds and equality rows, no slackness."""
    daqp = pytest.importorskip("daqp")
    problem = kind(np.random.default_rng(seed))
    ours = recruit(*problem.arguments)
    n, rows = problem.lower.size, problem.required.size
    theirs, _, flag, _ = daqp.solve(
        np.eye(n),
        np.zeros(n),
        problem.moment_arms,
        np.concatenate([problem.upper, problem.required + 1e-7]),
        np.concatenate([problem.lower, problem.required - 1e-7]),
        np.zeros(n + rows, dtype=np.int32),
    )
    assert flag > 0
    assert _cost(ours.activation) == pytest.approx(_cost(theirs), rel=1e-6)
    np.testing.assert_allclose(ours.activation, theirs, atol=1e-5)


@pytest.mark.parametrize("kind", SOLVABLE)
@pytest.mark.parametrize("seed", range(2))
def test_cubes_agree_with_clarabel(kind, seed) -> None:
    """Clarabel is an interior-point solver of cones; a^3 <= t is a power cone."""
    clarabel = pytest.importorskip("clarabel")
    sparse = pytest.importorskip("scipy.sparse")
    problem = kind(np.random.default_rng(seed))
    ours = recruit(*problem.arguments, 3)
    theirs = _clarabel_cubes(clarabel, sparse, problem)
    assert _cost(ours.activation, 3) == pytest.approx(_cost(theirs, 3), rel=1e-4)
    np.testing.assert_allclose(ours.activation, theirs, atol=2e-3)


def _clarabel_cubes(clarabel, sparse, problem: Problem) -> np.ndarray:
    """Variables (a, t); (t, 1, a) in the power cone of exponent 1/3: t^(1/3) >= |a|."""
    n, rows = problem.lower.size, problem.required.size
    eye, none = sparse.identity(n), sparse.csc_matrix((n, n))
    cone = sparse.lil_matrix((3 * n, 2 * n))
    right = np.zeros(3 * n)
    for m in range(n):
        cone[3 * m, n + m], cone[3 * m + 2, m], right[3 * m + 1] = -1.0, -1.0, 1.0
    left = sparse.vstack(
        [
            sparse.hstack([sparse.csc_matrix(problem.moment_arms), sparse.csc_matrix((rows, n))]),
            sparse.hstack([eye, none]),
            sparse.hstack([-eye, none]),
            cone,
        ]
    ).tocsc()
    right = np.concatenate([problem.required, problem.upper, -problem.lower, right])
    cones = [clarabel.ZeroConeT(rows), clarabel.NonnegativeConeT(2 * n)]
    cones += [clarabel.PowerConeT(1 / 3)] * n
    options = clarabel.DefaultSettings()
    options.verbose = False
    cost = np.concatenate([np.zeros(n), np.ones(n)])
    nothing = sparse.csc_matrix((2 * n, 2 * n))
    solution = clarabel.DefaultSolver(nothing, cost, left, right, cones, options).solve()
    assert str(solution.status) in {"Solved", "AlmostSolved"}
    return np.array(solution.x[:n])


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    rows=st.integers(1, 12),
    muscles=st.integers(1, 60),
    power=st.sampled_from([2, 3]),
    load=st.floats(0.0, 3.0),
)
def test_optimality_conditions(seed, rows, muscles, power, load) -> None:
    """Karush, Kuhn, Tucker: a muscle inside its bounds has a^(p-1) = price; at its lower bound
    the price is at most that, at its upper at least that; reserves are price times slackness."""
    rng = np.random.default_rng(seed)
    problem = problems.feasible(rng, rows, muscles)
    found = recruit(
        problem.moment_arms, load * problem.required, problem.lower, problem.upper, power
    )
    assert found.converged
    if np.abs(found.reserves_nm).max() > 1e-4:
        return  # beyond the muscles: the test above and below say what holds there
    price = problem.moment_arms.T @ found.multipliers
    wanted = found.activation ** (power - 1)
    inside = (found.activation > problem.lower) & (found.activation < problem.upper)
    np.testing.assert_allclose(price[inside], wanted[inside], atol=1e-9)
    assert (price[found.activation == problem.lower] <= 0.01 ** (power - 1) + 1e-9).all()
    assert (price[found.activation == problem.upper] >= 1 - 1e-9).all()


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), turn=st.floats(0.0, 2.0))
def test_a_start_near_by_gives_the_same_answer(seed, turn) -> None:
    problem = problems.feasible(np.random.default_rng(seed))
    cold = recruit(*problem.arguments)
    warm = recruit(*problem.arguments, 2, cold.multipliers * turn)
    np.testing.assert_allclose(warm.activation, cold.activation, atol=1e-6)


def test_its_own_multipliers_are_the_answer_at_once() -> None:
    problem = problems.strenuous(np.random.default_rng(1))
    cold = recruit(*problem.arguments)
    assert recruit(*problem.arguments, 2, cold.multipliers).iterations == 0


@pytest.mark.parametrize("power", [2, 3])
def test_the_batch_gives_what_one_at_a_time_gives(power) -> None:
    pytest.importorskip("numba")
    from hipspine.mechanics.recruitment_batch import recruit_batch

    made = [kind(np.random.default_rng(seed)) for kind in EVERY for seed in range(3)]
    stacked = [np.stack(part) for part in zip(*(p.arguments for p in made), strict=True)]
    many = recruit_batch(*stacked, power)
    assert many.converged.all()
    for n, problem in enumerate(made):
        one = recruit(*problem.arguments, power)
        atol = 1e-6 if np.abs(one.reserves_nm).max() < 1e-4 else 5e-3
        np.testing.assert_allclose(many.activation[n], one.activation, atol=atol)
        np.testing.assert_allclose(many.reserves_nm[n], one.reserves_nm, atol=1e-3)
