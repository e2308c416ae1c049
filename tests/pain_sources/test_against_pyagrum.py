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
#: The oracle keeps a table over all positive findings at once; ours is checked beyond by the naive
#: twin (test_exact).
MOST_POSITIVE = 3


def random_patient(rng: np.random.Generator) -> Patient:
    """Up to 3 positive and 12 negative findings, half of the positives of one true source."""
    net = network()
    names = sorted(net.findings)
    leaf = int(rng.integers(len(net.leaves)))
    of_leaf = [n for n in names if leaf in net.findings[n].leaves]
    wanted = int(rng.integers(0, MOST_POSITIVE + 1))
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


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(10))
def test_posterior_is_that_of_pyagrum(chunk: int) -> None:
    net = network()
    for number in range(PATIENTS // 10):
        rng = np.random.default_rng([chunk, number])
        patient = random_patient(rng)
        weighed = weigh(patient.findings, net)
        priors = prior_of(patient)
        found = differential(net, priors[None, :], weighed)
        assert found.exact
        wanted = agrum_posterior(net, priors, weighed)
        for leaf, p in zip(net.leaves, found.probability[0], strict=True):
            assert p == pytest.approx(wanted[leaf], abs=1e-6), (chunk, number, leaf)
