"""How long a whole assessment takes, posture, ledger, risks and plan included: CPU ms, warm.

The open cases and random patients, each with a posture (a lean to the painful side, 60 % of the
weight on the other leg) and two courses of steroids added; mass and height where they are not told.
Every patient has been assessed once before.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core, before NumPy is loaded

import datetime
import gc
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from rich.console import Console
from rich.table import Table
from tests.pain_sources.test_against_pyagrum import random_patient

from benchmarks.reasoning_speed import CASES, MOST_POSITIVE, RANDOM
from hipspine import assess, read_cases, warm
from hipspine.findings.patient import Patient, SteroidCourse

TARGET = "p99 <= 150"
TODAY = datetime.date(2026, 1, 1)


def whole(patient: Patient) -> Patient:
    """The patient with a posture and with steroids."""
    lean = -5.0 if patient.side == "left" else 5.0
    share = 0.4 if patient.side == "left" else 0.6
    course = SteroidCourse(
        drug="prednisone",
        dose_mg_low=40.0,
        dose_mg_high=40.0,
        per_day=1.0,
        route="oral",
        start=datetime.date(2024, 3, 1),
        end=datetime.date(2024, 5, 30),
        joint=None,
        side=None,
    )
    later = replace(course, dose_mg_low=5.0, dose_mg_high=10.0, start=course.end, end=None)
    return replace(
        patient,
        date=TODAY,
        mass_kg=patient.mass_kg or 74.0,
        height_m=patient.height_m or 1.7,
        posture={
            "stance": "two_leg",
            "weight_share_left": share,
            "trunk_lateral_lean_deg": lean,
            "trunk_flexion_deg": 6.0,
        },
        steroid_courses=(course, later),
    )


def milliseconds(patient: Patient) -> float:
    """CPU time of one whole assessment."""
    start = time.process_time()
    assess(patient)
    return (time.process_time() - start) * 1e3


def by_label(table: Table, label: str, patients: Sequence[Patient]) -> None:
    """A row of quantiles."""
    for patient in patients:
        milliseconds(patient)
    gc.collect()
    taken = [milliseconds(patient) for patient in patients]
    table.add_row(label, *(f"{v:.0f}" for v in np.percentile(taken, [50, 90, 99])), TARGET)


def main() -> None:
    """Print the table."""
    warm()
    table = Table("patients", "p50", "p90", "p99", "target", title="Whole assessment: CPU ms")
    by_label(table, "open cases", [whole(patient) for patient in read_cases(CASES)])
    drawn = [random_patient(np.random.default_rng([5, n]), MOST_POSITIVE) for n in range(RANDOM)]
    by_label(table, "random", [whole(patient) for patient in drawn])
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
