"""300 random patients on the shipped network, against pyAgrum: within 1e-6."""

import numpy as np
import pytest

from hipspine.evidence import evidence
from hipspine.evidence.limits import limit_of
from hipspine.findings.model import Findings, Observation
from hipspine.findings.patient import Patient
from hipspine.pain_sources.differential import differential
from hipspine.pain_sources.graded import NOWHERE
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


@pytest.mark.parametrize("chunk", range(6))
def test_graded_values_against_a_noisy_max_of_three_levels(chunk: int) -> None:
    """Values at random on random ladders, with random company: the oracle knows no rungs."""
    net = network()
    graded = 0
    for number in range(10):
        rng = np.random.default_rng([200 + chunk, number])
        company = random_patient(rng, FEW_FINDINGS).findings
        observations = list(company)
        for name in rng.choice(sorted(net.ladders), 3, replace=False):
            definition = evidence().findings[name]
            limit = limit_of(definition.present_if)
            assert limit and definition.plausible_high is not None
            value = float(rng.uniform(0, min(definition.plausible_high, 3 * limit.number)))
            side = ("left", "right", None)[int(rng.integers(3))]
            observations = [o for o in observations if o.finding != name]
            observations.append(Observation(name, limit.met(value), side, value))
        told = Findings(o for o in observations if not _bilateral(o, observations))
        possible = rng.choice(len(net.leaves), FEW_SOURCES, replace=False)
        priors = prior_of(Patient("x", told, age=50.0))
        graded += sum(entry.place != NOWHERE for entry in weigh(told, net))
        compare(
            Patient("x", told),
            np.where(np.isin(np.arange(priors.size), possible), priors, 0.0),
        )
    assert graded >= 10


def _bilateral(one: Observation, others: list[Observation]) -> bool:
    """Both sides at once are a reading of their own, without rungs in the oracle."""
    return one.side == "right" and any(
        o.finding == one.finding and o.side == "left" for o in others
    )
