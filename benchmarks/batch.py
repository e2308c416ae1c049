"""Cohorts: patients a second and the error against exact, beside simpler methods."""

import statistics
import time
from collections.abc import Callable, Iterable
from typing import get_args

import numpy as np
from rich.console import Console
from rich.table import Table

from hipspine.findings.model import Stage
from hipspine.findings.patient import Patient
from hipspine.pain_sources.batch import Effort, posterior_many
from hipspine.pain_sources.batch_encoding import encode
from hipspine.pain_sources.differential import differential
from hipspine.pain_sources.network import network
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.weighing import weigh

#: Patients for the speed, and those of them that are answered exactly too.
COHORT, EXACT, RANDOM = 6000, 1000, 300
RUNS = 25
#: Messages alone, until they settle; the enumeration left out.
MESSAGES = Effort(rounds=8, atoms=0)


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Shortest run and median processor seconds, after one run to compile.

    The shortest, as `timeit` advises: what others do on the machine only ever adds.
    """
    work()
    taken = []
    for _ in range(RUNS):
        start, busy = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - start, time.process_time() - busy))
    return min(t for t, _ in taken), statistics.median(b for _, b in taken)


def exactly(patients: Iterable[Patient]) -> tuple[np.ndarray, float]:
    """Exact probabilities (N, leaves), and the seconds for a patient's posterior alone."""
    rows, taken = [], 0.0
    for patient in patients:
        net = network(patient.age)
        priors, weighed = prior_of(patient)[None, :], weigh(patient.findings, net)
        start = time.perf_counter()
        rows.append(differential(net, priors, weighed).probability[0])
        taken += time.perf_counter() - start
    return np.array(rows), taken / len(rows)


def multiplied(patients: Iterable[Patient]) -> tuple[np.ndarray, float]:
    """The multiplied-LR calculator, with its own weighing of the findings."""
    from benchmarks.peers import multiplied_ratios

    start = time.perf_counter()
    stages = get_args(Stage)
    rows = [list(multiplied_ratios(p, stages).values()) for p in patients]
    return np.array(rows), (time.perf_counter() - start) / len(rows)


def _errors(table: Table, name: str, found: np.ndarray, wanted: np.ndarray) -> None:
    every = np.abs(found - wanted)
    for what, errors in (("largest of a patient", every.max(axis=1)), ("every source", every)):
        at = [np.quantile(errors, q) for q in (0.5, 0.95, 0.99)]
        figures = [float(errors.mean()), *map(float, at), float(errors.max())]
        table.add_row(name, what, *(f"{figure:.4f}" for figure in figures))


def main() -> None:
    """Print both tables."""
    from tests.pain_sources.forward_sampling import sampled_patient
    from tests.pain_sources.test_against_pyagrum import random_patient

    sampled = [sampled_patient(np.random.default_rng([2026, n])) for n in range(COHORT)]
    start = time.perf_counter()
    cohort = encode(sampled)
    encoding = (time.perf_counter() - start) / COHORT
    some = encode(sampled[:EXACT])
    wanted, sweep = exactly(sampled[:EXACT])
    ratios, calculator = multiplied(sampled[:EXACT])
    both, busy = seconds(lambda: posterior_many(cohort, threads=2))
    one, _ = seconds(lambda: posterior_many(cohort, threads=1))
    messages, _ = seconds(lambda: posterior_many(cohort, MESSAGES, threads=2))

    speed = Table("what", "patients/s", "us a patient", title=f"Cohort of {COHORT} patients")
    for what, each in (
        ("batch, encoded, two threads (target 25,000/s)", both / COHORT),
        ("batch, encoded, one thread", one / COHORT),
        ("batch, two threads, by median processor time", busy / COHORT / 2),
        ("messages alone (loopy belief propagation), two threads", messages / COHORT),
        ("exact sweep, one core", sweep),
        ("multiplied ratios with weighing, one core", calculator),
        ("encoding (weighing and priors), one core", encoding),
    ):
        speed.add_row(what, f"{1 / each:,.0f}", f"{each * 1e6:,.1f}")
    Console(width=110).print(speed)

    errors = Table("patients, method", "error", "mean", "median", "p95", "p99", "max")
    errors.title = "Error against the exact posterior (target p95 0.03, sampled)"
    _errors(errors, f"{EXACT} sampled, batch", posterior_many(some), wanted)
    _errors(errors, f"{EXACT} sampled, messages", posterior_many(some, MESSAGES), wanted)
    _errors(errors, f"{EXACT} sampled, multiplied", ratios, wanted)
    random = [random_patient(np.random.default_rng([2027, n]), 20) for n in range(RANDOM)]
    _errors(errors, f"{RANDOM} random, batch", posterior_many(random), exactly(random)[0])
    Console(width=110).print(errors)


if __name__ == "__main__":
    main()
