"""How long things take, as medians, beside a peer in the same run."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

CASES = Path(__file__).parent.parent / "examples" / "cases"
RUNS = 7


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median seconds of `runs` calls."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def python(*arguments: str) -> Callable[[], object]:
    """A fresh interpreter with these arguments."""
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def processes(table: Table) -> None:
    """Whole processes, beside an interpreter that does nothing and one that imports numpy."""
    case = str(sorted(CASES.glob("*.json"))[0])
    table.add_row("process: python, nothing", _ms(seconds(python("-c", "pass"))), "")
    table.add_row("process: import numpy", _ms(seconds(python("-c", "import numpy"))), "")
    table.add_row("process: import hipspine", _ms(seconds(python("-c", "import hipspine"))), "300")
    hipspine = str(Path(sys.executable).with_name("hipspine"))
    assess = seconds(python(hipspine, "assess", case))
    table.add_row("process: hipspine assess FILE", _ms(assess), "1500")


def posteriors(table: Table) -> None:
    """The exact posterior of the open cases and of random patients, beside pyAgrum."""
    from hipspine import assess, read_cases
    from hipspine.pain_sources.differential import differential
    from hipspine.pain_sources.network import network
    from hipspine.pain_sources.prior import prior_of
    from hipspine.pain_sources.weighing import weigh

    patients = read_cases(CASES)
    net = network()
    inputs = [(prior_of(p)[None, :], weigh(p.findings, net)) for p in patients]
    exact = [seconds(lambda p=p, w=w: differential(net, p, w), 3) for p, w in inputs]
    whole = [seconds(lambda p=p: assess(p), 1) for p in patients]
    table.add_row("open cases: exact posterior, median", _ms(float(np.median(exact))), "")
    table.add_row("open cases: exact posterior, p99", _ms(float(np.quantile(exact, 0.99))), "25")
    table.add_row("open cases: whole assessment, median", _ms(float(np.median(whole))), "")
    table.add_row("open cases: whole assessment, p99", _ms(float(np.quantile(whole, 0.99))), "")
    _beside_pyagrum(table)


def _beside_pyagrum(table: Table) -> None:
    from tests.pain_sources.agrum_twin import agrum_posterior
    from tests.pain_sources.test_against_pyagrum import random_patient

    from hipspine.pain_sources.differential import differential
    from hipspine.pain_sources.network import network
    from hipspine.pain_sources.prior import prior_of
    from hipspine.pain_sources.weighing import weigh

    net = network()
    ours, theirs, worst = [], [], 0.0
    for number in range(40):
        patient = random_patient(np.random.default_rng([77, number]), 3)
        priors, weighed = prior_of(patient), weigh(patient.findings, net)
        start = time.perf_counter()
        found = differential(net, priors[None, :], weighed).probability[0]
        middle = time.perf_counter()
        wanted = agrum_posterior(net, priors, weighed)
        theirs.append(time.perf_counter() - middle)
        ours.append(middle - start)
        errors = [abs(p - wanted[leaf]) for leaf, p in zip(net.leaves, found, strict=True)]
        worst = max(worst, *errors)
    table.add_row("random patients: exact posterior, median", _ms(statistics.median(ours)), "")
    table.add_row("random patients: exact posterior, p99", _ms(float(np.quantile(ours, 0.99))), "")
    table.add_row("random patients: pyAgrum, median", _ms(statistics.median(theirs)), "")
    ratio = statistics.median(t / o for t, o in zip(theirs, ours, strict=True))
    table.add_row("random patients: pyAgrum / hipspine, median ratio", f"{ratio:.1f}", "")
    table.add_row("random patients: largest difference", f"{worst:.1e}", "1e-6")


def _ms(value: float) -> str:
    return f"{value * 1000:.1f} ms"


def main() -> None:
    """Print the table."""
    table = Table("what", "measured", "target (ms)", title="Speed")
    processes(table)
    posteriors(table)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
