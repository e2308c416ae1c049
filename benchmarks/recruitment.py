"""Muscle recruitment beside DAQP (active set) and Clarabel (interior point), same problems."""

import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
from rich.console import Console
from rich.table import Table
from tests.mechanics.recruitment_problems import Problem, feasible, strenuous

from hipspine.mechanics.recruitment import recruit

PROBLEMS = 60
BATCH = 3000
TARGET_MS, TARGET_BATCH = 0.2, 10_000
Floats = np.ndarray


def _ours(problem: Problem, power: int = 2) -> Floats:
    return recruit(*problem.arguments, power).activation


def _daqp(problem: Problem) -> Floats:
    import daqp

    n, rows = problem.lower.size, problem.required.size
    high = np.concatenate([problem.upper, problem.required])
    low = np.concatenate([problem.lower, problem.required])
    kinds = np.concatenate([np.zeros(n, np.int32), np.full(rows, 5, np.int32)])  # 5: equality
    return daqp.solve(np.eye(n), np.zeros(n), problem.moment_arms, high, low, kinds)[0]


def _clarabel(problem: Problem) -> Floats:
    import clarabel
    from scipy import sparse

    n, rows = problem.lower.size, problem.required.size
    eye = sparse.identity(n, format="csc")
    left = sparse.vstack([sparse.csc_matrix(problem.moment_arms), eye, -eye], format="csc")
    right = np.concatenate([problem.required, problem.upper, -problem.lower])
    cones = [clarabel.ZeroConeT(rows), clarabel.NonnegativeConeT(2 * n)]
    options = clarabel.DefaultSettings()
    options.verbose = False
    solver = clarabel.DefaultSolver(eye, np.zeros(n), left, right, cones, options)
    return np.array(solver.solve().x)


def _timed(solve: Callable[[Problem], Floats], made: list[Problem]) -> tuple[float, list[Floats]]:
    """Median seconds (after one call to warm up) and the answers."""
    solve(made[0])
    taken, answers = [], []
    for problem in made:
        start = time.perf_counter()
        answers.append(solve(problem))
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), answers


def single(table: Table) -> None:
    """One posture at a time: 27 rows, 290 muscles."""
    for name, kind in (("usual", feasible), ("strenuous", strenuous)):
        made = [kind(np.random.default_rng(seed)) for seed in range(PROBLEMS)]
        ours, answers = _timed(_ours, made)
        target = str(TARGET_MS) if kind is feasible else ""
        table.add_row(f"{name}: hipspine, a^2", f"{ours * 1e3:.3f} ms", target)
        table.add_row(f"{name}: hipspine, a^3", f"{_timed(_cubes, made)[0] * 1e3:.3f} ms", "")
        for peer, solve in (("daqp", _daqp), ("clarabel", _clarabel)):
            if find_spec(peer) is None:
                table.add_row(f"{name}: {peer}", "not installed (extra bench)", "")
                continue
            theirs, others = _timed(solve, made)
            costs = [(a @ a) / (b @ b) - 1 for a, b in zip(answers, others, strict=True)]
            table.add_row(f"{name}: {peer}", f"{theirs * 1e3:.3f} ms", "")
            table.add_row(f"{name}: {peer} / hipspine", f"{theirs / ours:.1f} times", "")
            worst = max(np.abs(costs))
            table.add_row(f"{name}: largest difference of cost", f"{worst:.1e}", "1e-5")
        left = max(np.abs(recruit(*p.arguments).reserves_nm).max() for p in made)
        table.add_row(f"{name}: largest reserve", f"{left:.1e} Nm", "1e-4")


def _cubes(problem: Problem) -> Floats:
    return _ours(problem, 3)


def batch(table: Table) -> None:
    """Many at once, compiled, on one core and on all."""
    if find_spec("numba") is None:
        table.add_row("batch", "numba is not installed (extra mechanics)", "")
        return
    from hipspine.mechanics.recruitment_batch import recruit_batch

    made = [feasible(np.random.default_rng(seed)) for seed in range(BATCH)]
    stacked = [np.stack(part) for part in zip(*(p.arguments for p in made), strict=True)]
    for name, parallel in (("one core", False), ("every core", True)):
        for power in (2, 3):
            recruit_batch(*(part[:2] for part in stacked), power, parallel)
            start = time.perf_counter()
            recruit_batch(*stacked, power, parallel)
            rate = BATCH / (time.perf_counter() - start)
            target = f"{TARGET_BATCH:,}" if not parallel else ""
            table.add_row(f"batch, {name}, a^{power}", f"{rate:,.0f} a second", target)


def main() -> None:
    """Print the table."""
    table = Table("what", "measured", "target", title="Muscle recruitment, 27 rows x 290 muscles")
    single(table)
    batch(table)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
