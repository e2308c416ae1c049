"""Posteriors of a cohort: exact when nothing is left out, close to exact at the usual effort."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("numba", reason="the cohort extra is not installed")
pytest.importorskip("pyagrum", reason="the random patients stand beside the oracle")

from hipspine.evidence import evidence
from hipspine.evidence.limits import limit_of
from hipspine.findings.model import Findings, Observation
from hipspine.findings.patient import Patient
from hipspine.pain_sources.batch import Effort, posterior_many
from hipspine.pain_sources.batch_encoding import encode, encode_weighed
from hipspine.pain_sources.batch_kernel import NODES
from hipspine.pain_sources.correlation import QUADRATURE
from hipspine.pain_sources.differential import differential
from hipspine.pain_sources.graded import NOWHERE
from hipspine.pain_sources.network import network
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.units import together
from hipspine.pain_sources.weighing import Weighed, weigh
from tests.pain_sources.forward_sampling import sampled_patient
from tests.pain_sources.test_against_pyagrum import random_patient

#: Every state of every possible source, all configurations of them.
NOTHING_LEFT_OUT = Effort(atoms=30, odds=0.0, least=0.0, most=20_000)
FEW_SOURCES = 6
#: The exact model's thresholds keep a margin to 1e-8 only; here it is the published figure.
TOLERANCE = 1e-6


def exact(patient: Patient) -> np.ndarray:
    net = network(patient.age)
    weighed = weigh(patient.findings, net)
    return differential(net, prior_of(patient)[None, :], weighed).probability[0]


def largest_errors(patients: list[Patient]) -> np.ndarray:
    """The largest error over all sources, for each patient."""
    wanted = np.array([exact(patient) for patient in patients])
    return np.abs(posterior_many(patients) - wanted).max(axis=1)


def graded(rng: np.random.Generator) -> list[Observation]:
    """Three values, so that statements lie between rungs."""
    told = []
    for name in rng.choice(sorted(network().ladders), 3, replace=False):
        definition = evidence().findings[name]
        limit = limit_of(definition.present_if)
        assert limit and definition.plausible_high is not None
        value = float(rng.uniform(0, min(definition.plausible_high, 3 * limit.number)))
        told.append(
            Observation(str(name), limit.met(value), ("left", None)[rng.integers(2)], value)
        )
    return told


def with_values(patient: Patient, rng: np.random.Generator) -> Patient:
    values = graded(rng)
    named = {o.finding for o in values}
    kept = [o for o in patient.findings if o.finding not in named]
    return replace(patient, findings=Findings([*kept, *values]))


def test_exact_when_nothing_is_left_out() -> None:
    """Groups, sides, doubts, values, findings against; all configurations of six sources."""
    cases: list[tuple[np.ndarray, tuple[Weighed, ...]]] = []
    net = network()
    for number in range(60):
        rng = np.random.default_rng([300, number])
        patient = with_values(random_patient(rng, 14), rng)
        weighed = tuple(
            replace(entry, sure=0.75) if rng.random() < 0.2 and entry.place == NOWHERE else entry
            for entry in weigh(patient.findings, net)
        )
        priors = prior_of(patient)
        possible = rng.choice(priors.size, FEW_SOURCES, replace=False)
        cases.append((np.where(np.isin(np.arange(priors.size), possible), priors, 0.0), weighed))
    found = posterior_many(encode_weighed((net, *case) for case in cases), NOTHING_LEFT_OUT)
    for (priors, weighed), row in zip(cases, found, strict=True):
        wanted = differential(net, priors[None, :], weighed).probability[0]
        assert row == pytest.approx(wanted, abs=TOLERANCE)
    groups = [len(group) for _, weighed in cases for group in together(net, weighed)]
    assert sum(size > 1 for size in groups) >= 30
    assert sum(entry.place != NOWHERE for _, weighed in cases for entry in weighed) >= 30
    assert {entry.where for _, w in cases for entry in w} == {"left", "right", "both", "unknown"}


def test_correlated_findings_of_one_structure_in_one_unit() -> None:
    """All five provocation tests of the sacroiliac joint and three negative ones, as exact."""
    net = network()
    tests = [
        f
        for f in sorted(net.findings)
        if (g := net.group_of(f)) and g.id == "sacroiliac_provocation"
    ]
    told = [Observation(f, number < 5, side="left") for number, f in enumerate(tests[:8])]
    patient = Patient("sacroiliac", Findings(told))
    priors = np.where(np.isin(np.arange(57), net.findings[tests[0]].leaves[:FEW_SOURCES]), 0.1, 0.0)
    weighed = weigh(patient.findings, net)
    assert len(together(net, weighed)) == 1
    found = posterior_many(encode_weighed([(net, priors, weighed)]), NOTHING_LEFT_OUT)
    wanted = differential(net, priors[None, :], weighed).probability
    assert found == pytest.approx(wanted, abs=TOLERANCE)


def test_error_on_patients_sampled_from_the_model() -> None:
    """Stated: p95 of the largest error of a patient at most 0.03 (`python -m benchmarks.batch`)."""
    errors = largest_errors([sampled_patient(np.random.default_rng([301, n])) for n in range(80)])
    assert np.quantile(errors, 0.95) <= 0.03
    assert np.median(errors) <= 0.005


def test_error_on_random_findings_which_no_few_sources_explain() -> None:
    errors = largest_errors(
        [random_patient(np.random.default_rng([302, n]), 20) for n in range(40)]
    )
    assert np.quantile(errors, 0.95) <= 0.08
    assert np.median(errors) <= 0.02


def test_without_findings_only_that_something_hurts() -> None:
    """All sources stand at their priors, given that one of them or an unlisted one is true."""
    patient = Patient("silent", age=50.0)
    assert posterior_many([patient])[0] == pytest.approx(exact(patient), abs=1e-12)


def test_an_empty_cohort_has_no_rows() -> None:
    assert posterior_many([]).shape == (0, len(network().leaves))


def test_a_patient_answers_alike_alone_and_in_any_company() -> None:
    patients = [sampled_patient(np.random.default_rng([303, n])) for n in range(12)]
    together_ = posterior_many(patients, threads=2)
    assert np.array_equal(posterior_many(patients[::-1], threads=1)[::-1], together_)
    for patient, row in zip(patients, together_, strict=True):
        assert np.array_equal(posterior_many([patient])[0], row)


def test_probabilities_whatever_is_found() -> None:
    """Thirty positives and thirty negatives at random: like no patient, still probabilities."""
    names = sorted(network().findings)
    patients = []
    for number in range(20):
        rng = np.random.default_rng([304, number])
        chosen = rng.choice(names, 60, replace=False)
        told = [Observation(str(name), i < 30) for i, name in enumerate(chosen)]
        patients.append(Patient("strange", Findings(told)))
    found = posterior_many(patients)
    assert np.isfinite(found).all()
    assert (found >= 0).all() and (found <= 1 + 1e-12).all()


def test_encoded_once_and_answered_twice() -> None:
    encoded = encode([sampled_patient(np.random.default_rng([305, n])) for n in range(3)])
    assert len(encoded) == 3
    assert np.array_equal(posterior_many(encoded), posterior_many(encoded))


def test_the_nodes_are_those_of_the_exact_model() -> None:
    assert NODES == QUADRATURE


def test_importing_it_does_not_import_the_compiler() -> None:
    code = "import sys, hipspine.pain_sources.batch; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
