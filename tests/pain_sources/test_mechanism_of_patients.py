"""Real patients with an examiner's class: how often the most probable mechanism is that class.

They lie outside the repository; without them nothing is tested here. No figure is fitted to them.
"""

from collections.abc import Callable

import numpy as np
import pytest
from benchmarks import mechanism as bench

from hipspine import assess
from hipspine.pain_sources.mechanism import mechanism_of
from hipspine.pain_sources.mechanism_figures import MECHANISMS

pytestmark = pytest.mark.skipif(not bench.PATIENTS.exists(), reason="the shared data is not here")


def test_the_examiners_class_is_the_most_probable_mechanism(
    record_property: Callable[[str, object], None],
) -> None:
    """0.923 on the first and only variant scored; not below what was reached, less one patient."""
    patients = bench.load()
    truth = np.array([k for _, k in patients])
    p = np.array([list(mechanism_of(patient.findings).values()) for patient, _ in patients])
    scored = bench.score(p, truth)
    told = f"balanced accuracy {scored.balanced_accuracy:.3f}, recall {scored.recall}"
    record_property("mechanism", told)
    assert scored.balanced_accuracy >= max(bench.TARGET, 0.923 - 1 / 34 / len(MECHANISMS)), told
    assert scored.recall.min() >= 0.85


def test_every_word_of_every_patient_is_understood() -> None:
    for patient, _ in bench.load():
        assert all(
            reading.understood and len(reading.findings) == 1 for reading in patient.readings
        )
        assert patient.notices == ()


def test_assess_answers_the_same() -> None:
    for patient, _ in bench.load()[::50]:
        assert dict(assess(patient).mechanism) == dict(mechanism_of(patient.findings))
