"""How long a plan of care takes: CPU time of one core, p50, p90 and p99, with and without posture.

Over the open cases, each with a body of 80 kg and 1.75 m so that posture can be simulated, and
each planned once before it is timed (the tables are read, the body is built). Also how many
treatments are offered and withheld, so that a plan that became a dump is seen.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core, before NumPy is loaded

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from tests.plan.planning import context_of

from hipspine import assess, read_cases
from hipspine.plan.care_plan import plan_of
from hipspine.plan.model import CarePlan

CASES = Path(__file__).parent.parent / "examples" / "cases"
BODY = {"mass_kg": 80.0, "height_m": 1.75}
REPEATS = 5


def milliseconds(work: Callable[[], CarePlan]) -> float:
    """Median CPU time of one call, after one that is not counted."""
    work()
    taken = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1e3)
    return float(np.median(taken))


def main() -> None:
    """Print the table."""
    rows: list[tuple[float, float]] = []
    offered, withheld = [], []
    for path in sorted(CASES.glob("*.json")):
        for patient in read_cases(path):
            assessment = assess(replace(patient, **BODY))
            context, tests = context_of(assessment), assessment.next_tests
            plan = plan_of(context, next_tests=tests)
            offered.append(len(plan.items))
            withheld.append(len(plan.not_recommended))
            without = milliseconds(
                lambda c=context, t=tests: plan_of(c, next_tests=t, simulate=False)
            )
            whole = milliseconds(lambda c=context, t=tests: plan_of(c, next_tests=t))
            rows.append((without, whole - without))
    table = Table(title=f"A plan of care, {len(rows)} open cases, ms of CPU", title_justify="left")
    for column in ("part", "p50", "p90", "p99"):
        table.add_column(column, justify="left" if column == "part" else "right")
    for name, values in zip(("plan", "posture simulated"), np.array(rows).T, strict=True):
        table.add_row(name, *(f"{q:.1f}" for q in np.quantile(values, [0.5, 0.9, 0.99])))
    console = Console()
    console.print(table)
    console.print(
        f"treatments offered: median {np.median(offered):.0f}, most {max(offered)};"
        f" withheld with a reason: median {np.median(withheld):.0f}, most {max(withheld)}"
    )


if __name__ == "__main__":
    main()
