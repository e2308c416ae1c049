"""The published cases: how often the true source stands first, or among the first three.

`leading_findings` are dropped. Beside hipspine stand, on the same cases and the same figures,
a calculator that multiplies likelihood ratios and a naive Bayes that allows one source only.
Nothing is fitted to these cases.
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.peers import multiplied_ratios, single_source_bayes
from hipspine import Patient, assess, patient_of
from hipspine.findings.model import Stage
from hipspine.pain_sources.network import network
from hipspine.pain_sources.prior import prior_of

CASES = Path(__file__).parent.parent / "examples" / "cases"
BEDSIDE: tuple[Stage, ...] = ("history", "exam")
EVERYTHING: tuple[Stage, ...] = ("history", "exam", "lab", "imaging", "block")


@dataclass(frozen=True)
class Truth:
    """The published answer: any of `conditions` counts."""

    conditions: frozenset[str]
    acceptable: frozenset[str]
    side: str | None


@dataclass(frozen=True)
class Scored:
    """One case under one method."""

    case: str
    rank: int
    lenient_rank: int
    log_score: float
    brier: float
    top: tuple[tuple[str, float], ...]
    top_probability: float


Method = Callable[[Patient, Sequence[Stage]], dict[str, float]]


def load(folder: Path = CASES, *, leading: bool = False) -> list[tuple[Patient, Truth]]:
    """Cases and their published answers; without leading findings, unless these are wanted."""
    loaded = []
    for path in sorted(folder.glob("*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        told_away = set() if leading else set(raw.get("leading_findings", []))
        raw["findings"] = [f for f in raw["findings"] if f["name"] not in told_away]
        answer = raw["diagnosis"]
        truth = Truth(
            frozenset(answer["conditions"]),
            frozenset(answer["conditions"]) | frozenset(answer.get("also_acceptable", [])),
            raw.get("side"),
        )
        loaded.append((patient_of(raw, path.name), truth))
    return loaded


def hipspine_method(patient: Patient, stages: Sequence[Stage]) -> dict[str, float]:
    """Posterior of every leaf by hipspine."""
    return {s.condition: s.probability for s in assess(patient, stages=stages).sources}


METHODS: dict[str, Method] = {
    "hipspine": hipspine_method,
    "multiplied LRs": multiplied_ratios,
    "naive Bayes, one source": single_source_bayes,
}


def score(case: str, p: dict[str, float], truth: Truth) -> Scored:
    """Rank of the best true source; log and Brier score summed over the leaves."""
    order = sorted(p, key=lambda c: (-p[c], c))
    loss = brier = 0.0
    for condition, probability in p.items():
        inside = min(max(probability, 1e-6), 1 - 1e-6)
        true = condition in truth.conditions
        loss -= math.log(inside if true else 1 - inside)
        brier += (probability - true) ** 2
    return Scored(
        case=case,
        rank=1 + min(order.index(c) for c in truth.conditions if c in p),
        lenient_rank=1 + min(order.index(c) for c in truth.acceptable if c in p),
        log_score=loss,
        brier=brier,
        top=tuple((c, p[c]) for c in order[:3]),
        top_probability=p[order[0]],
    )


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927)."""
    z = 1.96
    centre = (hits + z * z / 2) / (n + z * z)
    half = z * math.sqrt(hits * (n - hits) / n + z * z / 4) / (n + z * z)
    return centre - half, centre + half


def main(folder: Path = CASES) -> None:
    """Print the table and where each miss comes from."""
    console = Console(width=130)
    cases = load(folder)
    missed: list[Scored] = []
    table = Table(
        "stages",
        "method",
        "first",
        "any of first three",
        "log score",
        "Brier",
        "right when P > 0.9",
        title=f"{len(cases)} published cases",
    )
    for label, stages in (("history + exam", BEDSIDE), ("all", EVERYTHING)):
        for name, method in METHODS.items():
            scored = [score(p.id, method(p, stages), truth) for p, truth in cases]
            table.add_row(label, name, *_row(scored))
            if name == "hipspine" and label == "all":
                missed = [s for s in scored if s.rank > 1]
    console.print(table)
    console.print("Published marks (other cases): symptom checkers 34 % first, 51-58 % in three;")
    console.print("physicians 72 % first, 84 % in three (Semigran 2016); lower scores are better.")
    console.print(f"\nNot first with all stages ({len(missed)}):")
    truths = {p.id: truth for p, truth in cases}
    by_id = {p.id: p for p, _ in cases}
    for s in missed:
        true = ", ".join(sorted(truths[s.case].conditions))
        top = ", ".join(f"{c} {probability:.2f}" for c, probability in s.top)
        console.print(f"  {s.case}: {true} at {s.rank} (acceptable at {s.lenient_rank}); {top}")
        console.print(f"    {_why_missed(by_id[s.case], truths[s.case])}", style="dim")
    _understanding(console, cases)


def _why_missed(patient: Patient, truth: Truth) -> str:
    """What spoke for and against the true source that came nearest, and what was not read."""
    sources = assess(patient).sources
    nearest = next(s for s in sources if s.condition in truth.conditions)
    prior = dict(zip(network().leaves, prior_of(patient), strict=True))[nearest.condition]
    strongest = sorted(nearest.why, key=lambda r: r.decibans)
    signed = [f"{'+' if r.present else '-'}{r.finding} {r.decibans:+.0f}" for r in strongest]
    unread = sum(not r.understood for r in patient.readings)
    return (
        f"{nearest.condition}: prior {prior:.2%}; for: {', '.join(signed[:-4:-1]) or 'nothing'}; "
        f"against: {', '.join(signed[:2]) or 'nothing'} (decibans); {unread} findings not read"
    )


def _row(scored: list[Scored]) -> list[str]:
    n = len(scored)
    cells = []
    for most in (1, 3):
        hits = sum(s.rank <= most for s in scored)
        low, high = wilson(hits, n)
        cells.append(f"{hits}/{n} = {hits / n:.0%} ({low:.0%} to {high:.0%})")
    sure = [s for s in scored if s.top_probability > 0.9]
    right = sum(s.rank == 1 for s in sure)
    return [
        *cells,
        f"{np.mean([s.log_score for s in scored]):.2f}",
        f"{np.mean([s.brier for s in scored]):.2f}",
        f"{right}/{len(sure)}",
    ]


def _understanding(console: Console, cases: list[tuple[Patient, Truth]]) -> None:
    readings = [r for patient, _ in cases for r in patient.readings]
    understood = sum(r.understood for r in readings)
    ignored = sum(r.understood and not r.findings for r in readings)
    console.print(
        f"\nWords understood: {understood}/{len(readings)} = {understood / len(readings):.1%} "
        f"({ignored} of them without bearing, reason stated)"
    )


if __name__ == "__main__":
    main()
