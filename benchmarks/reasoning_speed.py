"""How long the reasoning takes, by part: CPU time of one core, p50, p90 and p99.

Over the open cases and over random patients with up to 20 positive findings. Every patient has
been assessed once before it is timed, so that what patients share (network, draws of the published
figures, thresholds of correlated findings) is there; the order of its sources is planned anew.
The compiled sweep is loaded, as on a server.
Peers, on the same patients as far as they can cope: pyAgrum, with one factor a
source and group; pgmpy's variable elimination on a network cut down to a few sources and findings.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core, before NumPy is loaded

import gc
import importlib.util
import itertools
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from tests.pain_sources.agrum_twin import agrum_posterior
from tests.pain_sources.test_against_pyagrum import random_patient

from hipspine import read_cases
from hipspine.assessment import group_members
from hipspine.findings.patient import Patient
from hipspine.pain_sources import warming
from hipspine.pain_sources.differential import build_problem, differential
from hipspine.pain_sources.doubts import doubting, not_asked
from hipspine.pain_sources.intervals import DRAWS, interval
from hipspine.pain_sources.network import Network, network
from hipspine.pain_sources.next_test import testing
from hipspine.pain_sources.plan import forget_plans, plan
from hipspine.pain_sources.point import any_of, asked_together, point_of
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.reasons import explaining
from hipspine.pain_sources.weighing import Weighed, weigh

CASES = Path(__file__).parent.parent / "examples" / "cases"
RANDOM, MOST_POSITIVE = 60, 20
#: pgmpy's tables are over all parents of a finding: more sources or findings and it stops coping.
PGMPY_SOURCES, PGMPY_FINDINGS = 8, 6
PARTS = ("exact posterior", "point", "explanation, next test, doubts, groups", "500 draws", "all")


def timed(work: Callable[..., np.ndarray], *arguments: object) -> tuple[float, np.ndarray]:
    """CPU milliseconds of one call, and what it found."""
    start = time.process_time()
    found = work(*arguments)
    return (time.process_time() - start) * 1e3, found


def exactly(net: Network, priors: np.ndarray, weighed: tuple[Weighed, ...]) -> np.ndarray:
    """The exact posterior of every leaf, (leaves,); the order of the sources planned anew."""
    forget_plans()
    return differential(net, priors[None, :], weighed).probability[0]


def parts_of(patient: Patient) -> tuple[float, ...]:
    """Milliseconds of each of PARTS; the exact posterior is part of the point."""
    net = network(patient.age)
    priors, weighed = prior_of(patient), weigh(patient.findings, net)
    alone, _ = timed(exactly, net, priors, weighed)
    forget_plans()
    start = time.process_time()
    point = point_of(net, prior_of(patient), weigh(patient.findings, net))
    weighed_at = time.process_time()
    questions = (
        explaining(patient, point),
        testing(patient, point),
        doubting(point),
        any_of(point, group_members(net)),
    )
    asked_together(point, questions)
    not_asked(patient, point)
    asked_at = time.process_time()
    interval(point, patient.setting)
    drawn_at = time.process_time()
    moments = (start, weighed_at, asked_at, drawn_at)
    steps = [1e3 * (b - a) for a, b in itertools.pairwise(moments)]
    return alone, *steps, sum(steps)


def by_part(table: Table, label: str, patients: Sequence[Patient]) -> None:
    """A row for each part."""
    for patient in patients:
        parts_of(patient)
    gc.collect()
    taken = np.array([parts_of(patient) for patient in patients])
    targets = {"exact posterior": "p99 <= 25", "all": "p99 <= 100"}
    for name, column in zip(PARTS, taken.T, strict=True):
        table.add_row(label, name, *_quantiles(column), targets.get(name, ""))


def beside_pyagrum(table: Table, patients: Iterable[Patient]) -> None:
    """Our exact posterior and pyAgrum's, the same patients one after the other."""
    ours, theirs, worst = [], [], 0.0
    for patient in patients:
        net = network(patient.age)
        priors, weighed = prior_of(patient), weigh(patient.findings, net)
        order = _order(net, priors, weighed)
        taken, found = timed(exactly, net, priors, weighed)
        ours.append(taken)
        taken, wanted = timed(agrum_posterior, net, priors, weighed, order)
        theirs.append(taken)
        worst = max(worst, float(np.abs(found - wanted).max()))
    table.add_row("random", "exact posterior, hipspine", *_quantiles(ours), "")
    table.add_row("random", "exact posterior, pyAgrum", *_quantiles(theirs), "")
    ratio = np.median(np.array(theirs) / np.array(ours))
    table.add_row("random", "pyAgrum / hipspine, median ratio", f"{ratio:.1f}", "", "", "")
    table.add_row("random", "largest difference", f"{worst:.0e}", "", "", "1e-6")


def _order(net: Network, priors: np.ndarray, weighed: tuple[Weighed, ...]) -> list[int]:
    """Our order of the sources: pyAgrum's own runs out of memory."""
    problem = build_problem(net, priors[None, :], weighed)
    sizes = [unit.findings for unit in problem.units]
    order, _ = plan([source.zeta.keys() for source in problem.sources], sizes)
    return [*order, *(i for i in range(len(net.leaves)) if i not in set(order))]


def beside_pgmpy(table: Table) -> None:
    """Variable elimination on one finding after the other of a few sources, midline ones only."""
    label = f"{PGMPY_SOURCES} sources, {PGMPY_FINDINGS} findings"
    if importlib.util.find_spec("pgmpy") is None:
        table.add_row(label, "pgmpy: not installed (pip install pgmpy), left out", "", "", "", "")
        return
    from benchmarks.pgmpy_twin import cut_down, ours_of, pgmpy_posterior

    ours, theirs, worst = [], [], 0.0
    for number in range(10):
        small = cut_down(network(), PGMPY_SOURCES, PGMPY_FINDINGS, np.random.default_rng(number))
        taken, found = timed(ours_of, small)
        ours.append(taken)
        taken, wanted = timed(pgmpy_posterior, small)
        theirs.append(taken)
        worst = max(worst, float(np.abs(found - wanted).max()))
    table.add_row(label, "exact posterior, hipspine", *_quantiles(ours), "")
    table.add_row(label, "exact posterior, pgmpy", *_quantiles(theirs), "")
    table.add_row(label, "largest difference", f"{worst:.0e}", "", "", "1e-6")


def _quantiles(taken: Sequence[float] | np.ndarray) -> list[str]:
    return [f"{value:.1f}" for value in np.percentile(taken, [50, 90, 99])]


def main() -> None:
    """Print the table."""
    warming.warm()
    columns = ("patients", "what", "p50", "p90", "p99", "target")
    table = Table(*columns, title=f"Reasoning: CPU ms of one core, {DRAWS} draws")
    by_part(table, "open cases", read_cases(CASES))
    drawn = [random_patient(np.random.default_rng([5, n]), MOST_POSITIVE) for n in range(RANDOM)]
    by_part(table, "random", drawn)
    beside_pyagrum(table, drawn[:30])
    beside_pgmpy(table)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
