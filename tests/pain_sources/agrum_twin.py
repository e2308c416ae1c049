"""The same network in pyAgrum, built from the solved parameters and not from our own graph.

Every positive finding is a chain z_0 -> z_1 -> ... over its parents: z_0 is the leak, and z_i
is set when z_{i-1} is, or with the fire of parent i. The last link is the finding. That is a
noisy-OR with small tables, so that any exact engine can handle it.

A graded value is a noisy-MAX: the links have three levels (not beyond the rung, between two
rungs, beyond the next one), each parent causes a level, and the highest one stands.
"""

import numpy as np
import pyagrum as gum

from hipspine.pain_sources.differential import ONE_SIDE_OF_TWO
from hipspine.pain_sources.graded import NOWHERE, levels
from hipspine.pain_sources.network import FindingModel, Network
from hipspine.pain_sources.prior import UNLISTED_SOURCE
from hipspine.pain_sources.weighing import Weighed

REACHED = {
    "unknown": {"left": 1.0, "right": 1.0, "both": 1.0},
    "left": {"left": 1.0, "right": 0.0, "both": 1.0},
    "right": {"left": 0.0, "right": 1.0, "both": 1.0},
}


def agrum_posterior(
    network: Network, priors: np.ndarray, weighed: tuple[Weighed, ...]
) -> dict[str, float]:
    """P(source present) by pyAgrum's LazyPropagation; sources with prior 0 are left out."""
    net = gum.BayesNet()
    unary = {}
    possible = [i for i in range(len(network.leaves)) if priors[i] > 0]
    for i in possible:
        leaf = network.leaves[i]
        labels = ["none", "left", "right", "both"] if network.lateral[i] else ["none", "both"]
        net.add(gum.LabelizedVariable(leaf, leaf, labels))
        both = float(network.bilateral_fraction[i])
        p = float(priors[i])
        table = [1 - p, p * (1 - both) / 2, p * (1 - both) / 2, p * both]
        net.cpt(leaf)[:] = table if network.lateral[i] else [1 - p, p]
        unary[leaf] = np.ones(len(labels))
    soft: dict[str, list[float]] = {}
    for number, entry in enumerate(weighed):
        model = network.findings[entry.model]
        linked = [(column, i) for column, i in enumerate(model.leaves) if i in possible]
        for column, i in linked:
            unary[network.leaves[i]] *= _unary(network, model, column, i, entry)
        if entry.place != NOWHERE:
            last = _levels(net, f"f{number}", network, entry, possible)
            soft[last] = [0.0, 1.0, 0.0] if entry.place.not_beyond else [0.0, 1.0, 1.0]
            if not entry.present and entry.place.beyond is None:
                soft[last] = [1.0, 1.0, 0.0]
        elif entry.present:
            fires = {
                network.leaves[i]: [
                    float(model.noisy_or.fire[0, column]) * reach
                    for reach in _reach(network, i, entry)
                ]
                for column, i in linked
            }
            last = _chain(net, f"f{number}", float(model.noisy_or.leak[0]), fires)
            soft[last] = [1 - entry.sure, entry.sure]
    everyone = {leaf: [0.0] + [1.0] * (len(states) - 1) for leaf, states in unary.items()}
    soft[_chain(net, "pain", UNLISTED_SOURCE, everyone)] = [0.0, 1.0]
    engine = gum.LazyPropagation(net)
    for name, likelihood in soft.items():
        engine.addEvidence(name, likelihood)
    for leaf, likelihood in unary.items():
        if not np.allclose(likelihood, 1.0):
            engine.addEvidence(leaf, [float(x) for x in likelihood / likelihood.max()])
    engine.makeInference()
    found = {leaf: 1 - float(engine.posterior(leaf)[0]) for leaf in unary}
    return {leaf: found.get(leaf, 0.0) for leaf in network.leaves}


def _reach(network: Network, i: int, entry: Weighed) -> list[float]:
    if not network.lateral[i]:
        return [0.0, 1.0]
    if entry.where == "both":
        one = ONE_SIDE_OF_TWO if entry.present else 1.0
        return [0.0, one, one, 1.0]
    reached = REACHED[entry.where]
    return [0.0, reached["left"], reached["right"], reached["both"]]


def _unary(
    network: Network, model: FindingModel, column: int, i: int, entry: Weighed
) -> np.ndarray:
    """What a finding says about one source by itself: absent findings, and those against it."""
    reach = np.array(_reach(network, i, entry))
    solved = model.noisy_or
    log_ratio = (solved.against_present if entry.present else solved.against_absent)[0, column]
    likelihood = np.exp(entry.sure * log_ratio * reach)
    if not entry.present:
        unset = 1 - solved.fire[0, column] * reach
        likelihood = likelihood * (entry.sure * unset + 1 - entry.sure)
    return likelihood


def _chain(net: gum.BayesNet, name: str, leak: float, fires: dict[str, list[float]]) -> str:
    previous = f"{name}_0"
    net.add(gum.LabelizedVariable(previous, previous, 2))
    net.cpt(previous)[:] = [1 - leak, leak]
    for number, (parent, fire) in enumerate(fires.items(), 1):
        link = f"{name}_{number}"
        net.add(gum.LabelizedVariable(link, link, 2))
        net.addArc(previous, link)
        net.addArc(parent, link)
        for state, chance in enumerate(fire):
            net.cpt(link)[{previous: 0, parent: state}] = [1 - chance, chance]
            net.cpt(link)[{previous: 1, parent: state}] = [0.0, 1.0]
        previous = link
    return previous


def _levels(
    net: gum.BayesNet, name: str, network: Network, entry: Weighed, possible: list[int]
) -> str:
    """A noisy-MAX chain; levels 0, 1, 2 as between the two rungs of the entry's place."""
    model = network.findings[entry.model]
    ladder = network.ladders[entry.model]
    inner, outer = levels(ladder, entry.present, entry.place, model.noisy_or)
    nothing = (0.0, np.zeros(len(model.leaves)))
    near, far = (
        nothing if level is None else (float(level.leak[0]), level.fire[0])
        for level in (inner or outer, outer)
    )
    previous = f"{name}_0"
    net.add(gum.LabelizedVariable(previous, previous, 3))
    net.cpt(previous)[:] = [1 - near[0], near[0] - far[0], far[0]]
    for column, i in enumerate(model.leaves):
        if i not in possible:
            continue
        parent, link = network.leaves[i], f"{name}_{column + 1}"
        net.add(gum.LabelizedVariable(link, link, 3))
        net.addArc(previous, link)
        net.addArc(parent, link)
        for state, reach in enumerate(_reach(network, i, entry)):
            one, two = near[1][column] * reach, far[1][column] * reach
            caused = [1 - one, one - two, two]
            net.cpt(link)[{previous: 0, parent: state}] = caused
            net.cpt(link)[{previous: 1, parent: state}] = [0.0, caused[0] + caused[1], caused[2]]
            net.cpt(link)[{previous: 2, parent: state}] = [0.0, 0.0, 1.0]
        previous = link
    return previous
