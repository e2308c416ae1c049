"""The same network in pyAgrum's algebra, built from the solved parameters and not from our tables.

Every positive finding is a chain b_0 -> b_1 -> ... over its parents: b_0 is set by the leak, and
b_i is set when b_{i-1} is, or when parent i sets it. Whether parent i sets it is the noisy-OR
fire for a finding by itself. For a group of correlated findings it is the effect node of that
source and group: one factor with a state for each Gauss-Hermite node, on which the fires of the
group depend. The conditional chances are solved here by SciPy, not by `correlation`.

pyAgrum's own triangulation runs out of memory on 57 sources and 20 positive findings, so its
tensors are multiplied and summed out here source by source, forwards and backwards.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyagrum as gum
from scipy.optimize import brentq
from scipy.special import ndtr

from hipspine.pain_sources.network import FindingModel, Network
from hipspine.pain_sources.prior import UNLISTED_SOURCE
from hipspine.pain_sources.units import ONE_SIDE_OF_TWO, together
from hipspine.pain_sources.weighing import Weighed

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
WEIGHTS = WEIGHTS / WEIGHTS.sum()
REACHED = {
    "unknown": {"left": 1.0, "right": 1.0, "both": 1.0},
    "left": {"left": 1.0, "right": 0.0, "both": 1.0},
    "right": {"left": 0.0, "right": 1.0, "both": 1.0},
}


@cache
def given_effect(chance: float, rho: float) -> np.ndarray:
    """P(set | node), (9,), with mean `chance`: a probit random effect."""
    if chance <= 0 or rho == 0:
        return np.full(NODES.size, chance)

    def conditional(a: float) -> np.ndarray:
        return ndtr((a - np.sqrt(rho) * NODES) / np.sqrt(1 - rho))

    return conditional(brentq(lambda a: conditional(a) @ WEIGHTS - chance, -12, 12, xtol=1e-14))


def tensor(values: np.ndarray, *variables: gum.LabelizedVariable) -> gum.Tensor:
    """A pyAgrum tensor with an axis of `values` for each variable."""
    made = gum.Tensor()
    for variable in variables:
        made.add(variable)
    made.fillWith([float(x) for x in np.asarray(values).ravel(order="F")])
    return made


@cache
def node(name: str, size: int) -> gum.LabelizedVariable:
    """A variable, made once: pyAgrum knows variables by identity."""
    return gum.LabelizedVariable(name, name, size)


@dataclass
class Item:
    """One finding: its fires by source, and what it weighs when unset and when set."""

    name: str
    leak: float
    fires: dict[int, np.ndarray]
    weight: np.ndarray

    @property
    def unset_only(self) -> bool:
        """Certainly absent: only the unset branch of the chain lives, so no chain is needed."""
        return self.weight[1] == 0

    def bit(self, number: int) -> gum.LabelizedVariable:
        return node(f"{self.name}_{number}", 2)


@dataclass
class Group:
    """Findings that share effect nodes; rho None: a finding by itself."""

    items: list[Item]
    rho: float | None

    @property
    def parents(self) -> set[int]:
        return {i for item in self.items for i in item.fires}

    def spread(self, chance: np.ndarray) -> np.ndarray:
        """P(set | state, node): one node where nothing is correlated."""
        if self.rho is None:
            return np.asarray(chance)[..., None]
        return np.array([given_effect(float(c), self.rho) for c in np.ravel(chance)])

    @property
    def weights(self) -> np.ndarray:
        return np.ones(1) if self.rho is None else WEIGHTS


class Twin:
    """One patient; `order` of the sources changes nothing but the time it takes."""

    def __init__(self, network: Network, priors: np.ndarray, weighed: tuple[Weighed, ...]) -> None:
        self.network = network
        self.prior = {}
        for i in range(len(network.leaves)):
            both, p = float(network.bilateral_fraction[i]), float(priors[i])
            sides = [p * (1 - both) / 2, p * (1 - both) / 2, p * both]
            self.prior[i] = np.array([1 - p, *(sides if network.lateral[i] else [p])])
        self.groups = [self._group(entries) for entries in together(network, weighed)]
        everyone = {i: np.array([0.0] + [1.0] * (u.size - 1)) for i, u in self.prior.items()}
        pain = Item("pain", UNLISTED_SOURCE, everyone, np.array([0.0, 1.0]))
        self.groups.append(Group([pain], None))

    def _group(self, entries: tuple[Weighed, ...]) -> Group:
        known = self.network.group_of(entries[0].model)
        items = []
        for entry in entries:
            model = self.network.findings[entry.model]
            fires = {}
            for column, i in enumerate(model.leaves):
                reach = _reach(self.network, i, entry)
                fires[i] = float(model.noisy_or.fire[0, column]) * reach
                self.prior[i] = self.prior[i] * _against(model, column, entry, reach)
            weight = [1 - entry.sure, entry.sure] if entry.present else [1.0, 1 - entry.sure]
            name = f"{entry.model}_{entry.where}_{entry.present}"
            items.append(Item(name, float(model.noisy_or.leak[0]), fires, np.array(weight)))
        return Group(items, known.rho if known and len(items) > 1 else None)

    def posterior(self, order: list[int]) -> np.ndarray:
        """P(source present) of every leaf, given all and that something hurts."""
        left = [set(group.parents) for group in self.groups]
        message, kept = tensor(np.ones(1), node("start", 1)), []
        for number, i in enumerate(order):
            for group, parents in zip(self.groups, left, strict=True):
                if i in parents and len(parents) == len(group.parents):
                    message = message * self._start(group, number)
            here = message * tensor(self.prior[i], self._source(i))
            for group in self.groups:
                here = self._step(here, group, i, number, forwards=True)
            kept.append(here)
            message = here.sumOut([self._source(i).name()])
            for group, parents in zip(self.groups, left, strict=True):
                parents.discard(i)
                for item in group.items if i in group.parents and not parents else ():
                    if not item.unset_only:
                        bit = item.bit(number + 1)
                        message = (message * tensor(item.weight, bit)).sumOut([bit.name()])
            message = message.scale(1 / message.max())
        return self._backwards(order, kept)

    def _backwards(self, order: list[int], kept: list[gum.Tensor]) -> np.ndarray:
        found = np.zeros(len(order))
        seen = [set() for _ in self.groups]
        message = tensor(np.ones(1), node("start", 1))
        for number, i in reversed(list(enumerate(order))):
            for group, parents in zip(self.groups, seen, strict=True):
                for item in group.items if i in group.parents and not parents else ():
                    if not item.unset_only:
                        message = message * tensor(item.weight, item.bit(number + 1))
                if i in group.parents:
                    parents.add(i)
            states = (kept[number] * message).sumIn([self._source(i).name()]).toarray()
            found[i] = 1 - states[0] / states.sum()
            message = message * tensor(self.prior[i], self._source(i))
            for group in self.groups:
                message = self._step(message, group, i, number, forwards=False)
            message = message.sumOut([self._source(i).name()])
            for group, parents in zip(self.groups, seen, strict=True):
                if i in group.parents and parents == group.parents:
                    started = self._start(group, number)
                    message = message * started
                    names = [v for v in started.names if v != "start"]
                    message = message.sumOut(names) if names else message
            message = message.scale(1 / message.max())
        return found

    def _source(self, i: int) -> gum.LabelizedVariable:
        return node(f"source{self.prior[i].size}", self.prior[i].size)

    def _start(self, group: Group, number: int) -> gum.Tensor:
        """P(leaks of the group), its effect summed out."""
        effect = node(f"effect{group.weights.size}", group.weights.size)
        total = tensor(group.weights, effect) * tensor(np.ones(1), node("start", 1))
        for item in group.items:
            chance = group.spread(np.array([item.leak]))[0]
            if item.unset_only:
                total = total * tensor(1 - chance, effect)
            else:
                total = total * tensor(np.array([1 - chance, chance]), item.bit(number), effect)
        return total.sumOut([effect.name()])

    def _step(
        self, message: gum.Tensor, group: Group, i: int, number: int, *, forwards: bool
    ) -> gum.Tensor:
        """Source i may set findings of the group: bits `number` become bits `number` + 1."""
        for item in group.items:
            if not item.unset_only and (i not in group.parents) and self._open(item, message):
                message = _renamed(message, item, number, forwards)
        if i not in group.parents:
            return message
        effect = node(f"effect{group.weights.size}", group.weights.size)
        message = message * tensor(group.weights, effect)
        size = self.prior[i].size
        for item in group.items:
            fire = item.fires.get(i, np.zeros(size))
            chance = group.spread(fire)
            if item.unset_only:
                message = message * tensor(1 - chance, self._source(i), effect)
                continue
            link = np.zeros((2, 2, *chance.shape))
            link[0, 0], link[0, 1], link[1, 1] = 1 - chance, chance, 1.0
            before, after = item.bit(number), item.bit(number + 1)
            message = message * tensor(link, before, after, self._source(i), effect)
            message = message.sumOut([(before if forwards else after).name()])
        return message.sumOut([effect.name()])

    @staticmethod
    def _open(item: Item, message: gum.Tensor) -> bool:
        return any(name.startswith(item.name + "_") for name in message.names)


def _renamed(message: gum.Tensor, item: Item, number: int, forwards: bool) -> gum.Tensor:
    """An open finding that this source does not feed passes on unchanged."""
    before, after = item.bit(number), item.bit(number + 1)
    message = message * tensor(np.eye(2), before, after)
    return message.sumOut([(before if forwards else after).name()])


def agrum_posterior(
    network: Network, priors: np.ndarray, weighed: tuple[Weighed, ...], order: list[int]
) -> np.ndarray:
    """P(source present) of every leaf by pyAgrum's tensors."""
    return Twin(network, priors, weighed).posterior(order)


def _reach(network: Network, i: int, entry: Weighed) -> np.ndarray:
    if not network.lateral[i]:
        return np.array([0.0, 1.0])
    if entry.where == "both":
        one = ONE_SIDE_OF_TWO if entry.present else 1.0
        return np.array([0.0, one, one, 1.0])
    reached = REACHED[entry.where]
    return np.array([0.0, reached["left"], reached["right"], reached["both"]])


def _against(model: FindingModel, column: int, entry: Weighed, reach: np.ndarray) -> np.ndarray:
    """The likelihood ratio of a finding that is rarer with the source than without."""
    solved = model.noisy_or
    log_ratio = (solved.against_present if entry.present else solved.against_absent)[0, column]
    return np.exp(entry.sure * log_ratio * reach)
