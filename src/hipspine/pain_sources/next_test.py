"""Which test to do next: expected gain in certainty, bedside before imaging before block.

First form: the gain of a finding is the expected fall of the entropy of each source taken by
itself, added up over the sources; the findings known so far act through their posterior.
"""

from dataclasses import dataclass

import numpy as np

from hipspine.evidence import FindingDefinition, evidence
from hipspine.findings.model import Findings
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.network import FindingModel, Network

STAGES = ("history", "exam", "lab", "imaging", "block")
#: Relative cost and invasiveness of a test by stage (judgement), 0 none to 4.
COST = {"history": 0, "exam": 0, "lab": 1, "imaging": 3, "block": 4}
INVASIVENESS = {"history": 0, "exam": 0, "lab": 1, "imaging": 1, "block": 4}
#: A costlier test must gain this many times more for each step of cost and invasiveness.
WORTH_A_STEP = 0.35
MOST_TESTS = 5
LEAST_GAIN_BITS = 0.02
#: Kinds that are asked or computed, not tests to be done.
NOT_TESTS = {"demographic", "context", "exposure", "medication", "pain_location"}


@dataclass(frozen=True, slots=True)
class NextTest:
    """A test worth doing: `gain_bits` expected, cost and invasiveness 0 (none) to 4."""

    finding: str
    gain_bits: float
    cost: int
    invasiveness: int
    why: str


def next_tests(findings: Findings, network: Network, probability: Floats) -> tuple[NextTest, ...]:
    """The most useful tests not yet done; probability (leaves,)."""
    options = []
    clusters = evidence().clusters
    for name, model in network.findings.items():
        definition = evidence().findings[name]
        if definition.kind in NOT_TESTS or name in clusters or _known(findings, name):
            continue
        gain, about = _gain(model, probability)
        if gain >= LEAST_GAIN_BITS:
            options.append((_worth(definition, gain), _test(definition, gain, network, about)))
    ranked = sorted(options, key=lambda option: (-option[0], option[1].finding))
    return tuple(test for _, test in ranked[:MOST_TESTS])


def _known(findings: Findings, name: str) -> bool:
    return findings.is_present(name) is not None


def _worth(definition: FindingDefinition, gain: float) -> float:
    steps = COST[definition.stage] + INVASIVENESS[definition.stage]
    return gain / (1 + WORTH_A_STEP * steps)


def _test(definition: FindingDefinition, gain: float, network: Network, about: int) -> NextTest:
    source = evidence().conditions[network.leaves[about]].name
    return NextTest(
        finding=definition.id,
        gain_bits=round(gain, 3),
        cost=COST[definition.stage],
        invasiveness=INVASIVENESS[definition.stage],
        why=f"settles most about {source}",
    )


def _gain(model: FindingModel, probability: Floats) -> tuple[float, int]:
    """Expected fall of entropy in bits over the linked leaves, and the leaf it is most about."""
    leaves = np.array(model.leaves)
    p = probability[leaves]
    fire = model.noisy_or.fire[0]
    others = np.prod(1 - p * fire) / np.clip(1 - p * fire, 1e-9, None)
    absent_without = (1 - model.noisy_or.leak[0]) * others
    present_without = 1 - absent_without
    present_with = 1 - absent_without * (1 - fire)
    against = model.noisy_or.against_present[0]
    present_with = np.where(against < 0, present_without * np.exp(against), present_with)
    present = p * present_with + (1 - p) * present_without
    after_present = p * present_with / np.clip(present, 1e-12, None)
    after_absent = p * (1 - present_with) / np.clip(1 - present, 1e-12, None)
    expected = present * _entropy(after_present) + (1 - present) * _entropy(after_absent)
    gains = np.clip(_entropy(p) - expected, 0.0, None)
    return float(gains.sum()), int(leaves[int(np.argmax(gains))])


def _entropy(p: Floats) -> Floats:
    inside = np.clip(p, 1e-12, 1 - 1e-12)
    bits: Floats = -(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside))
    return bits
