"""500 random patients on the shipped network, against pyAgrum: within 1e-6."""

import numpy as np
import pytest

from hipspine.findings.model import Findings, Observation
from hipspine.findings.patient import Patient
from hipspine.pain_sources.differential import build_problem
from hipspine.pain_sources.exact import posterior
from hipspine.pain_sources.network import network
from hipspine.pain_sources.plan import plan
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.units import together
from hipspine.pain_sources.weighing import weigh

pytest.importorskip("pyagrum", reason="the oracle is not installed")

from tests.pain_sources.agrum_twin import agrum_posterior

PATIENTS = 500
MANY_FINDINGS = 20


def random_patient(rng: np.random.Generator, most_positive: int) -> Patient:
    """Positive findings, half of them of one true source, and up to 12 negative ones."""
    net = network()
    names = sorted(net.findings)
    leaf = int(rng.integers(len(net.leaves)))
    of_leaf = [n for n in names if leaf in net.findings[n].leaves]
    wanted = int(rng.integers(0, most_positive + 1))
    own = list(rng.permutation(of_leaf))[: wanted // 2]
    rest = [n for n in rng.permutation(names) if n not in own]
    positives = own + rest[: wanted - len(own)]
    negatives = rest[wanted : wanted + int(rng.integers(0, 13))]
    sides = [None, "left", "left", "right", "bilateral"]
    side = sides[int(rng.integers(len(sides)))]
    observations = [
        Observation(str(name), present, side=side if rng.random() < 0.9 else None)
        for present, group in ((True, positives), (False, negatives))
        for name in group
    ]
    return Patient(
        "random",
        Findings(observations),
        age=float(rng.integers(18, 90)),
        sex=("F", "M", "X")[int(rng.integers(3))],
    )


def compare(patient: Patient, priors: np.ndarray) -> float:
    net = network(patient.age)
    weighed = weigh(patient.findings, net)
    problem = build_problem(net, priors[None, :], weighed)
    order = plan([s.zeta for s in problem.sources], [u.findings for u in problem.units])[0]
    order += [i for i in range(len(net.leaves)) if i not in order]
    answer = posterior(problem)
    assert answer.exact
    found = np.array([1 - states[0, 0] for states in answer.states])
    return float(np.abs(found - agrum_posterior(net, priors, weighed, order)).max())


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(20))
def test_up_to_twenty_positive_findings_and_all_sources(chunk: int) -> None:
    """Correlated groups, graded values and doubtful findings among them."""
    for number in range(PATIENTS // 20):
        patient = random_patient(np.random.default_rng([chunk, number]), MANY_FINDINGS)
        assert compare(patient, prior_of(patient)) < 1e-6


def test_groups_of_correlated_findings_are_among_them() -> None:
    """Else the comparison above would say nothing about them."""
    net = network()
    patients = (random_patient(np.random.default_rng([0, n]), MANY_FINDINGS) for n in range(25))
    groups = [together(net, weigh(patient.findings, net)) for patient in patients]
    assert sum(len(group) > 1 for found in groups for group in found) > 20


@pytest.mark.slow
def test_a_group_told_as_a_whole() -> None:
    """Five sacroiliac tests, the last three absent: one factor of five findings a source."""
    tests = ("distraction_sij", "thigh_thrust", "compression_sij", "gaenslen", "sacral_thrust")
    for positive in range(6):
        told = [Observation(name, n < positive, side="left") for n, name in enumerate(tests)]
        patient = Patient("sij", Findings(told), age=44.0, sex="F")
        assert compare(patient, prior_of(patient)) < 1e-6
