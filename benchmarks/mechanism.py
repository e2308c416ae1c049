"""The pain mechanism against an examiner's class in 154 real patients with low back pain.

The patients lie in a folder `shared` beside the repository (or where HIPSPINE_SHARED says) that is
no part of it; without it the benchmark says so and ends. No figure is fitted to them: the model
was written down from the literature and by judgement, then scored; one variant was scored. The
patients are of the kind that Smart et al. studied, perhaps the same ones: the published cluster
accuracies may have been measured on them, so this is agreement with that study and its examiners,
not validation elsewhere.
"""

import csv
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from hipspine import Patient, assess, patient_of
from hipspine.evidence import evidence
from hipspine.pain_sources.mechanism import stated_criteria
from hipspine.pain_sources.mechanism_figures import MECHANISMS, figures

SHARED = Path(os.environ.get("HIPSPINE_SHARED", Path(__file__).parents[2] / "shared")) / "data"
PATIENTS = SHARED / "lbp_mechanism_dev_154.csv"
CRITERIA = SHARED / "lbp_mechanism_criteria.csv"
TARGET = 0.88
DRAWS = 2000
#: The class as the file names it, as an index of MECHANISMS.
CLASSES = {"nociceptive": 0, "peripheral_neuropathic": 1, "central": 2}

Method = Callable[[Patient], Sequence[float]]


@dataclass(frozen=True)
class Score:
    """Agreement with the examiner; `confusion[true, answered]`, recall by mechanism."""

    confusion: np.ndarray
    recall: np.ndarray
    balanced_accuracy: float
    low: float
    high: float
    log_loss: float
    brier: float


def wordings() -> dict[str, str]:
    """The criteria's wordings by column."""
    with CRITERIA.open(encoding="utf-8", newline="") as file:
        return {row["column"]: row["wording"] for row in csv.DictReader(file)}


def load() -> list[tuple[Patient, int]]:
    """Patients as cases of plain words, each with the examiner's class; a blank is not told."""
    words = wordings()
    loaded = []
    with PATIENTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told = [
                {"name": words[column], "present": row[column] == "1"}
                for column in words
                if row[column] != ""
            ]
            patient = patient_of({"id": row["patient_id"], "findings": told})
            loaded.append((patient, CLASSES[row["expert_class"]]))
    return loaded


def hipspine_method(patient: Patient) -> Sequence[float]:
    """Probabilities by `assess`."""
    return list(assess(patient).mechanism.values())


def counted_clusters(patient: Patient) -> Sequence[float]:
    """The share of each published cluster's criteria that the patient meets, made to add up to 1.

    The criteria of the nociceptive cluster that its experts list for others count when absent.
    """
    met = np.zeros(len(MECHANISMS))
    size = np.zeros(len(MECHANISMS))
    for entry in stated_criteria(patient.findings):
        if entry.criterion.cluster:
            own = MECHANISMS.index(entry.criterion.cluster)
            row = figures().frequency[figures().rows[entry.criterion.finding_id]]
            wanted = row[own] > np.delete(row, own).mean()
            met[own] += entry.present == wanted
            size[own] += 1
    share = (met + 1e-9) / np.maximum(size, 1)
    return list(share / share.sum())


def counted_lists(patient: Patient) -> Sequence[float]:
    """The share of each expert list that the patient meets, made to add up to 1."""
    met = np.full(len(MECHANISMS), 1e-9)
    size = np.zeros(len(MECHANISMS))
    for entry in stated_criteria(patient.findings):
        for mechanism in entry.criterion.consensus:
            met[MECHANISMS.index(mechanism)] += entry.present
            size[MECHANISMS.index(mechanism)] += 1
    share = met / np.maximum(size, 1)
    return list(share / share.sum())


def shares(patient: Patient) -> Sequence[float]:
    """The prior: always the most frequent mechanism."""
    return [evidence().mechanism_clusters[m].share for m in MECHANISMS]


METHODS: dict[str, Method] = {
    "hipspine": hipspine_method,
    "nearest published cluster, counted": counted_clusters,
    "expert lists, counted": counted_lists,
    "prior (majority)": shares,
}


def score(p: np.ndarray, truth: np.ndarray) -> Score:
    """Scores of probabilities (patients, mechanisms); 95 % interval by bootstrap over patients."""
    answered = p.argmax(axis=1)
    confusion = np.zeros((len(MECHANISMS), len(MECHANISMS)), dtype=int)
    np.add.at(confusion, (truth, answered), 1)
    recall = confusion.diagonal() / confusion.sum(axis=1)
    random = np.random.default_rng(1)
    drawn = []
    for _ in range(DRAWS):
        at = random.integers(0, len(truth), len(truth))
        right = answered[at] == truth[at]
        drawn.append(np.mean([right[truth[at] == k].mean() for k in range(len(MECHANISMS))]))
    low, high = np.quantile(drawn, (0.025, 0.975))
    of_truth = np.clip(p[np.arange(len(truth)), truth], 1e-6, 1)
    brier = ((p - np.eye(len(MECHANISMS))[truth]) ** 2).sum(axis=1).mean()
    return Score(
        confusion, recall, recall.mean(), low, high, float(-np.log(of_truth).mean()), float(brier)
    )


def main() -> None:
    """Print how well each method agrees with the examiner."""
    console = Console(width=130)
    if not PATIENTS.exists():
        console.print("Pain mechanism: the shared data is not here; nothing measured.")
        return
    patients = load()
    truth = np.array([k for _, k in patients])
    names = Counter(MECHANISMS[k] for k in truth)
    table = Table(
        "method",
        "balanced accuracy",
        *(f"{m} (of {names[m]})" for m in MECHANISMS),
        "log loss",
        "Brier",
        title=f"Pain mechanism: {len(patients)} patients, an examiner's class as the reference",
    )
    for name, method in METHODS.items():
        p = np.array([method(patient) for patient, _ in patients])
        s = score(p, truth)
        cells = [f"{recall:.1%}" for recall in s.recall]
        interval = f"{s.balanced_accuracy:.3f} ({s.low:.3f} to {s.high:.3f})"
        table.add_row(name, interval, *cells, f"{s.log_loss:.2f}", f"{s.brier:.3f}")
        if name == "hipspine":
            ours, probabilities = s, p
    console.print(table)
    console.print(f"Target: balanced accuracy of at least {TARGET}; nothing is fitted.")
    _details(console, ours, probabilities, truth)


def _details(console: Console, s: Score, p: np.ndarray, truth: np.ndarray) -> None:
    table = Table("examiner \\ hipspine", *MECHANISMS, title="Confusion")
    for mechanism, row in zip(MECHANISMS, s.confusion, strict=True):
        table.add_row(mechanism, *map(str, row))
    console.print(table)
    top = p.max(axis=1)
    right = p.argmax(axis=1) == truth
    for low, high in ((0.0, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.0)):
        inside = (top > low) & (top <= high)
        if inside.any():
            console.print(
                f"  said {low:.0%} to {high:.0%} (mean {top[inside].mean():.0%}): "
                f"right {right[inside].sum()} of {inside.sum()} = {right[inside].mean():.0%}"
            )


if __name__ == "__main__":
    main()
