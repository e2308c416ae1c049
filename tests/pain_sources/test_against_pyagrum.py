"""300 random patients on the shipped network, against pyAgrum: within 1e-6."""

import numpy as np
import pytest

from hipspine.findings.model import Findings, Observation
from hipspine.findings.patient import Patient
from hipspine.pain_sources.differential import differential
from hipspine.pain_sources.network import network
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.weighing import weigh

pytest.importorskip("pyagrum", reason="the oracle is not installed")

from tests.pain_sources.agrum_twin import agrum_posterior

PATIENTS = 300
#: The oracle needs a table over all possible sources or over all positive findings at once: it
#: is asked about many findings with few possible sources, and about few findings with all.
MANY_FINDINGS, FEW_SOURCES = 20, 7
FEW_FINDINGS = 3


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


def compare(patient: Patient, priors: np.ndarray) -> None:
    net = network()
    weighed = weigh(patient.findings, net)
    found = differential(net, priors[None, :], weighed)
    assert found.exact
    wanted = agrum_posterior(net, priors, weighed)
    for leaf, p in zip(net.leaves, found.probability[0], strict=True):
        assert p == pytest.approx(wanted[leaf], abs=1e-6), leaf


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(10))
def test_up_to_twenty_positive_findings_with_seven_possible_sources(chunk: int) -> None:
    for number in range(PATIENTS // 10):
        rng = np.random.default_rng([chunk, number])
        patient = random_patient(rng, MANY_FINDINGS)
        priors = prior_of(patient)
        possible = rng.choice(priors.size, FEW_SOURCES, replace=False)
        compare(patient, np.where(np.isin(np.arange(priors.size), possible), priors, 0.0))


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(10))
def test_up_to_three_positive_findings_with_all_sources(chunk: int) -> None:
    for number in range(PATIENTS // 10):
        rng = np.random.default_rng([100 + chunk, number])
        patient = random_patient(rng, FEW_FINDINGS)
        compare(patient, prior_of(patient))
