"""Intervals and next tests of the shipped way against a slow exact twin, over random patients.

The twin weighs every draw, and both answers of every candidate test, in double precision over all
sources; it never folds, splits or uses messages. It shares the sweep with the shipped way, which
has tests of its own against brute force (`test_exact`) and pyAgrum. Patients with more than
`TWIN_WIDTH` findings open at one time are too slow for it, and left out: at most one in ten.
All the others are within 0.02 with the same first three tests. Not covered: beyond 14 findings
open at one time variants are rough (see `point`); no random patient of these had so many.
Every other chunk is answered by the compiled sweep, the twin never is.
"""

import numpy as np
import pytest

from hipspine.findings.patient import Patient
from hipspine.pain_sources import intervals, point, warming
from hipspine.pain_sources.differential import assembled
from hipspine.pain_sources.exact import posterior
from hipspine.pain_sources.network import network
from hipspine.pain_sources.next_test import next_tests
from hipspine.pain_sources.point import Point, Variants, point_of
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.units import Heard, something_hurts
from hipspine.pain_sources.weighing import weigh

pytest.importorskip("pyagrum", reason="the random patients are those of its test")

from tests.pain_sources.test_against_pyagrum import random_patient

PATIENTS, CHUNKS = 100, 10
MOST_POSITIVE = 20
TWIN_WIDTH = 12
WITHIN = 0.02


def exactly(
    self: Point, priors: np.ndarray, told: list[Heard], *, single: bool = False
) -> Variants:
    """The slow twin of `Point.variants`."""
    problem = assembled(self.network, priors, [*told, something_hurts(self.network)])
    answer = posterior(problem, max_width=99)
    probability = np.stack([1 - states[:, 0] for states in answer.states], axis=1)
    return Variants(probability, answer.log_evidence - self.log_evidence)


def drawn(seed: tuple[int, int]) -> tuple[Patient, Point]:
    patient = random_patient(np.random.default_rng(seed), MOST_POSITIVE)
    net = network(patient.age)
    return patient, point_of(net, prior_of(patient), weigh(patient.findings, net))


def answers(patient: Patient, at: Point) -> tuple[np.ndarray, list[str]]:
    """Both interval ends of every leaf, and the first three next tests."""
    ends = np.stack(intervals.interval(at, patient.setting))
    return ends, [one.finding for one in next_tests(patient, at)[:3]]


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_intervals_and_next_tests_of_a_hundred_random_patients(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0
    for number in range(PATIENTS // CHUNKS):
        patient, at = drawn((300 + chunk, number))
        assert at.exact
        if at.width > TWIN_WIDTH:
            continue
        compared += 1
        if chunk % 2:
            warming.warm()
        ends, tests = answers(patient, at)
        warming.cool()
        with monkeypatch.context() as slow:
            slow.setattr(Point, "variants", exactly)
            exact_ends, exact_tests = answers(patient, at)
        assert ends == pytest.approx(exact_ends, abs=WITHIN)
        assert tests == exact_tests
    assert compared >= PATIENTS // CHUNKS - 1


def test_rough_variants_of_a_narrow_patient_are_close(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folding alone, nothing split off: improbable sources stand where the point leaves them."""
    for number in range(60):
        patient, at = drawn((400, number))
        if 4 <= at.width <= 7:
            break
    ends = np.stack(intervals.interval(at, patient.setting))
    monkeypatch.setattr(point, "ROOM", 0)
    rough = np.stack(intervals.interval(at, patient.setting))
    assert not np.array_equal(rough, ends)
    assert rough == pytest.approx(ends, abs=WITHIN)
