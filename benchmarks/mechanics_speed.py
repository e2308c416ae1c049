"""How long loads take, and ten thousand hostile postures: `python -m benchmarks.mechanics_speed`.

One core. The plain path needs numpy alone; the compiled one comes with numba and is what batches
and a warmed-up server use.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from rich.console import Console
from rich.table import Table

CALL = (
    "from hipspine.mechanics import solve, Posture; "
    "solve(Posture(mass_kg=75, height_m=1.75, stance='left_leg'))"
)
STANCES = ("two_leg", "left_leg", "right_leg", "sitting")
MANY = 4_096
HOSTILE = 10_000


def milliseconds(work: Callable[[int], object], runs: int) -> float:
    """Median of `runs` calls."""
    taken = []
    for i in range(runs):
        start = time.perf_counter()
        work(i)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e3


def process(code: str) -> float:
    """Milliseconds of a fresh interpreter that runs this."""
    command = [sys.executable, "-c", code]
    return milliseconds(lambda _: subprocess.run(command, check=True), 3)


def main() -> None:
    """Print the table."""
    from hipspine.mechanics import Posture, solve, solve_arrays, warm

    postures = [
        Posture(
            mass_kg=81,
            height_m=1.76,
            sex="M",
            stance=STANCES[i % 4],
            trunk_flexion_deg=float(i % 40),
            trunk_lateral_lean_deg=float(i % 7 - 3),
        )
        for i in range(MANY)
    ]
    table = Table(title="Loads of postures, one core", title_justify="left")
    for heading in ("what", "measured", "target"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    nothing = process("pass")
    table.add_row(
        "process: first posture, start-up taken off", _ms(process(CALL) - nothing), "1500"
    )
    solve(postures[0])
    one = milliseconds(lambda i: solve(postures[i]), 300)
    table.add_row("one posture, plain", _ms(one), "")
    if warm():
        one = milliseconds(lambda i: solve(postures[i]), 500)
        table.add_row("one posture, warmed up", _ms(one), "1")
        banded = milliseconds(lambda i: solve(postures[i]).bands, 100)
        table.add_row("one posture with bands", _ms(banded), "")
        solve_arrays(postures[:256])
        start = time.process_time()
        solve_arrays(postures)
        rate = MANY / (time.process_time() - start)
        table.add_row("batch, exact moment arms, a second", f"{rate:,.0f}", "3,000")
    Console().print(table)
    hostile_postures()


def hostile_postures() -> None:
    """Every field at its limits or anywhere between: all answered, none with NaN."""
    from tests.mechanics.random_postures import hostile

    from hipspine.mechanics import solve_arrays

    answer = solve_arrays(hostile(HOSTILE, seed=1))
    finite = bool(np.isfinite(answer.figures).all() and np.isfinite(answer.reserves_nm).all())
    Console().print(
        f"{HOSTILE:,} hostile postures: all finite: {finite}; "
        f"held by the muscles: {answer.held.mean():.0%}, the others say so"
    )


def _ms(value: float) -> str:
    return f"{value:.2f} ms"


if __name__ == "__main__":
    main()
