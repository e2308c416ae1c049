"""Calibration on simulated patients whose findings correlate otherwise than the model believes.

`python -m benchmarks.calibration` draws 4,000 patients for each true correlation within groups
(0, 0.3, 0.6; the model keeps its own figures), and 1,000 for each of a few harder variants;
`--quick` 400 and no variants, which is what `python -m benchmarks` does. The truth is drawn with
one effect a group and patient, the model has one for each cause; sides are told as a clinic tells
them. Beside hipspine stands, on the same patients, a calculator that multiplies likelihood ratios.
Slope and intercept are those of a logistic regression of the truth on the log odds, over all pairs
of source and patient: 1 and 0 are right, a slope below 1 is over-confident. All this tests the
reasoning, not the evidence: the patients come out of the same tables.
"""

import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import pairwise

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.open_cases import EVERYTHING
from benchmarks.peers import multiplied_ratios
from hipspine.pain_sources.differential import differential
from hipspine.pain_sources.network import network
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.simulate import Scenario, simulate
from hipspine.pain_sources.weighing import weigh

PATIENTS, HARDER_PATIENTS, QUICK = 4000, 1000, 400
SEED = 20_260_101
PROCESSES = 2
#: Patients that a process takes at a time.
CHUNK = 100
SLOPE = (0.85, 1.15)
SURE, WITHIN = 0.9, 0.05
LEAST = 1e-9
METHODS = ("hipspine", "multiplied LRs")
BINS = (0.0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0)

#: Positive findings of one group from which on a patient is scored apart, too.
MANY = 3


@dataclass(frozen=True)
class Setup:
    """How patients are drawn, and the correlation that the model is given (None: its own)."""

    scenario: Scenario
    model_rho: float | None = None


SCENARIOS = {
    "true correlation 0": Setup(Scenario(rho=0.0)),
    "true correlation 0.3": Setup(Scenario(rho=0.3)),
    "true correlation 0.6": Setup(Scenario(rho=0.6)),
}
#: Further from the model, or a lesser model; no targets.
HARDER = {
    "0.3, other figures in every patient": Setup(Scenario(rho=0.3, draw_figures=True)),
    "0.3, only half of what is absent told": Setup(Scenario(rho=0.3, absent_told=0.5)),
    "0.3, primary care": Setup(Scenario(rho=0.3, setting="primary_care")),
    "0.6, hipspine without its groups": Setup(Scenario(rho=0.6), model_rho=0.0),
}


@dataclass(frozen=True)
class Bin:
    """Pairs of source and patient with low < p <= high, their mean p and the share that is true."""

    low: float
    high: float
    pairs: int
    mean: float
    true: float


@dataclass(frozen=True)
class Calibration:
    """Scores of one method in one scenario; log score and Brier are sums over the sources."""

    method: str
    patients: int
    slope: float
    slope_error: float
    intercept: float
    sure: int
    sure_mean: float
    sure_right: float
    log_score: float
    brier: float
    first: float
    bins: tuple[Bin, ...]

    @property
    def meets(self) -> bool:
        """Whether slope and sure answers are as wanted."""
        near = abs(self.sure_right - self.sure_mean) <= WITHIN
        return SLOPE[0] <= self.slope <= SLOPE[1] and near


@dataclass(frozen=True)
class Answers:
    """Probabilities (methods, patients, leaves), truth (patients, leaves), and the most positive
    findings of one group in each patient, (patients,).
    """

    said: np.ndarray
    truth: np.ndarray
    positive: np.ndarray


def answers(setup: Setup, first: int, count: int) -> Answers:
    """What is said of patients number `first` and on."""
    said, truth, positive = [], [], []
    for one in simulate(setup.scenario, count, SEED, first):
        net = network(one.patient.age)
        priors, weighed = prior_of(one.patient)[None, :], weigh(one.patient.findings, net)
        exact = differential(net, priors, weighed, rho=setup.model_rho).probability[0]
        said.append([exact, list(multiplied_ratios(one.patient, EVERYTHING).values())])
        truth.append([leaf in one.conditions for leaf in net.leaves])
        groups = Counter(g.id for e in weighed if e.present and (g := net.group_of(e.model)))
        positive.append(max(groups.values(), default=0))
    return Answers(np.array(said).swapaxes(0, 1), np.array(truth), np.array(positive))


def regression(log_odds: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    """Intercept, slope and its standard error of truth on log odds, by maximum likelihood."""
    x = np.stack([np.ones_like(log_odds), log_odds], axis=1)
    beta = np.array([np.log(truth.mean() / (1 - truth.mean())), 0.0])

    def loss(b: np.ndarray) -> float:
        return float(np.logaddexp(0, x @ b).sum() - truth @ (x @ b))

    for _ in range(50):
        mean = 1 / (1 + np.exp(-(x @ beta)))
        curvature = x.T @ (x * (mean * (1 - mean))[:, None])
        step = np.linalg.solve(curvature, x.T @ (truth - mean))
        while loss(beta + step) > loss(beta) and np.abs(step).max() > 1e-10:
            step = step / 2
        beta = beta + step
        if np.abs(step).max() < 1e-9:
            break
    return float(beta[0]), float(beta[1]), float(np.sqrt(np.linalg.inv(curvature)[1, 1]))


def scored(method: str, p: np.ndarray, truth: np.ndarray) -> Calibration:
    """Scores of probabilities (patients, leaves)."""
    inside = np.clip(p, LEAST, 1 - LEAST)
    log_odds = np.log(inside / (1 - inside))
    intercept, slope, error = regression(log_odds.ravel(), truth.ravel().astype(float))
    sure = p > SURE
    floor = np.clip(p, 1e-6, 1 - 1e-6)
    loss = -np.where(truth, np.log(floor), np.log(1 - floor))
    best = p.argmax(axis=1)
    return Calibration(
        method=method,
        patients=len(p),
        slope=slope,
        slope_error=error,
        intercept=intercept,
        sure=int(sure.sum()),
        sure_mean=float(p[sure].mean()) if sure.any() else float("nan"),
        sure_right=float(truth[sure].mean()) if sure.any() else float("nan"),
        log_score=float(loss.sum(axis=1).mean()),
        brier=float(((p - truth) ** 2).sum(axis=1).mean()),
        first=float(truth[np.arange(len(p)), best].mean()),
        bins=tuple(_bin(low, high, p, truth) for low, high in pairwise(BINS)),
    )


def _bin(low: float, high: float, p: np.ndarray, truth: np.ndarray) -> Bin:
    inside = (p > low) & (p <= high)
    if not inside.any():
        return Bin(low, high, 0, 0.0, 0.0)
    return Bin(low, high, int(inside.sum()), float(p[inside].mean()), float(truth[inside].mean()))


@dataclass(frozen=True)
class Study:
    """Scores by setup, one a method: of all patients, and of those with MANY positive findings."""

    everyone: dict[str, list[Calibration]]
    many: dict[str, list[Calibration]]


def study(count: int) -> Study:
    """Every setup, in two processes; the harder ones in the whole study only."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    setups = SCENARIOS | (HARDER if count >= PATIENTS else {})
    found = Study({}, {})
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        for name, setup in setups.items():
            patients = count if name in SCENARIOS else HARDER_PATIENTS
            tasks = [
                (setup, first, min(CHUNK, patients - first)) for first in range(0, patients, CHUNK)
            ]
            parts = pool.starmap(answers, tasks, chunksize=1)
            said = np.concatenate([part.said for part in parts], axis=1)
            truth = np.concatenate([part.truth for part in parts])
            many = np.concatenate([part.positive for part in parts]) >= MANY
            found.everyone[name] = _each(said, truth)
            found.many[name] = _each(said[:, many], truth[many])
    return found


def _each(said: np.ndarray, truth: np.ndarray) -> list[Calibration]:
    return [scored(method, p, truth) for method, p in zip(METHODS, said, strict=True)]


def figures(count: int = PATIENTS) -> dict[str, object]:
    """`study` as plain data for the model card."""
    found = study(count)
    return {
        "patients": count,
        "seed": SEED,
        "many": MANY,
        "scenarios": _plain(found.everyone),
        "many_positive": _plain(found.many),
    }


def _plain(found: dict[str, list[Calibration]]) -> dict[str, list[dict[str, object]]]:
    return {name: [asdict(one) for one in rows] for name, rows in found.items()}


def show(found: Study, count: int) -> None:
    """Print the scores, and how often what is said comes true."""
    console = Console(width=130)
    console.print(_scores(found.everyone, f"Calibration: {count} simulated patients each"))
    console.print(f"Target: slope {SLOPE[0]} to {SLOPE[1]}; right within {WITHIN:.0%} of the mean.")
    if HARDER.keys() & found.everyone:
        console.print(f"Without a target: {HARDER_PATIENTS} patients each.")
    console.print(_scores(found.many, f"Of these, {MANY} or more findings of one group positive"))
    reliability = Table("p", *found.everyone, title="hipspine: said, and came true (pairs)")
    for number, (low, high) in enumerate(pairwise(BINS)):
        reliability.add_row(f"{low:g} to {high:g}", *_cells(found.everyone.values(), number))
    console.print(reliability)


def _scores(found: dict[str, list[Calibration]], title: str) -> Table:
    table = Table(
        *("simulated patients", "method", "n", "slope", "intercept"),
        *(f"mean p where p > {SURE}", "right there", "log score", "Brier", "first", "target"),
        title=title,
    )
    for name, rows in found.items():
        for one in rows:
            verdict = "met" if one.meets else "missed"
            table.add_row(
                *(name, one.method, str(one.patients)),
                *(f"{one.slope:.2f} ± {1.96 * one.slope_error:.2f}", f"{one.intercept:+.2f}"),
                *(f"{one.sure_mean:.1%} (n {one.sure})", f"{one.sure_right:.1%}"),
                *(f"{one.log_score:.2f}", f"{one.brier:.3f}", f"{one.first:.0%}"),
                verdict if name in SCENARIOS else "",
            )
    return table


def _cells(rows: Iterable[list[Calibration]], number: int) -> list[str]:
    bins = [one[0].bins[number] for one in rows]
    return [f"{b.mean:.1%}, {b.true:.1%} ({b.pairs})" if b.pairs else "none" for b in bins]


def main(count: int = QUICK) -> None:
    """Run the study and print it."""
    show(study(count), count)


if __name__ == "__main__":
    main(QUICK if "--quick" in sys.argv[1:] else PATIENTS)
