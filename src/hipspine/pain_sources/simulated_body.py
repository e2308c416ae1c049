"""What would be found in a patient whose true sources are known, for every modelled finding.

The chance of a finding is the noisy-OR of the true sources: (1 - leak) * prod (1 - fire) is
the chance that it is absent, times the likelihood ratios of sources that speak against it, made to
add up to one. Findings of one group are drawn together so that each keeps its chance, whatever
the correlation. Two forms of it:

- `given_sources`: one standard normal effect a group and patient. x = sqrt(rho) z + sqrt(1 - rho) e
  is standard normal, and a finding is present where Phi(x) lies below its chance; any two findings
  of a group then correlate by rho given the sources (tetrachoric), whatever sets them.
- `each_cause`: the model's own form. Every true source, and the leak, has an effect of its own
  and sets findings by itself; what nothing sets is absent.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hipspine.evidence import evidence
from hipspine.pain_sources.ageing import decade_of
from hipspine.pain_sources.correlation import normal_cdf
from hipspine.pain_sources.intervals import DRAWS, drawn, drawn_rho
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.network import Network, network

Effect = Literal["given_sources", "each_cause"]
#: The side that is examined; None: findings are told without a side, of either.
Examined = Literal["left", "right"] | None
#: States of a source, as in `units`.
LEFT, RIGHT, BOTH = 1, 2, 3
REACHES: dict[Examined, tuple[int, ...]] = {
    None: (LEFT, RIGHT, BOTH),
    "left": (LEFT, BOTH),
    "right": (RIGHT, BOTH),
}


@dataclass(frozen=True, eq=False)
class LinksOfLeaf:
    """The findings (rows of `Figures`) that one source is linked to, and how."""

    rows: NDArray[np.int64]
    fire: Floats
    against_present: Floats
    against_absent: Floats


@dataclass(frozen=True, eq=False)
class Figures:
    """Leak (F,) of every finding, and the links of every leaf; group (F,), -1 is none."""

    names: tuple[str, ...]
    sided: NDArray[np.bool_]
    leak: Floats
    leaves: tuple[LinksOfLeaf, ...]
    group: NDArray[np.int64]
    group_rho: Floats

    def rho(self, asked: float | None) -> Floats:
        """Correlation of each finding with its group, (F,): the groups' own, or `asked` for all."""
        own = self.group_rho if asked is None else np.full(self.group_rho.size, asked)
        return np.where(self.group >= 0, own[np.maximum(self.group, 0)], 0.0)


def figures_of(age: float, draw: int | None = None) -> Figures:
    """The published figures at an age in years, or one draw of them (0 .. DRAWS - 1)."""
    return _of_decade(decade_of(age), draw)


@lru_cache(maxsize=16)
def _of_decade(decade: int, draw: int | None) -> Figures:
    net = network(decade)
    names = tuple(net.findings)
    models = list(net.findings.values())
    row = 0 if draw is None else draw % DRAWS
    solved = [model.noisy_or if draw is None else drawn(model) for model in models]
    cells: list[list[tuple[float, ...]]] = [[] for _ in net.leaves]
    for number, (model, one) in enumerate(zip(models, solved, strict=True)):
        for column, leaf in enumerate(model.leaves):
            against = one.against_present[row, column], one.against_absent[row, column]
            cells[leaf].append((number, one.fire[row, column], *against))
    group, group_rho = _groups(net, None if draw is None else row)
    return Figures(
        names=names,
        sided=np.array([evidence().findings[name].sided for name in names]),
        leak=np.array([one.leak[row] for one in solved]),
        leaves=tuple(_links(one) for one in cells),
        group=group,
        group_rho=group_rho,
    )


def _links(cells: list[tuple[float, ...]]) -> LinksOfLeaf:
    table = np.array(cells, dtype=float).reshape(-1, 4)
    return LinksOfLeaf(table[:, 0].astype(np.int64), table[:, 1], table[:, 2], table[:, 3])


def _groups(net: Network, row: int | None) -> tuple[NDArray[np.int64], Floats]:
    """The group of each finding, and the correlation of each group."""
    number: dict[str, int] = {}
    rho: list[float] = []
    group = np.full(len(net.findings), -1, np.int64)
    for at, name in enumerate(net.findings):
        own = net.group_of(name)
        if own is not None:
            if own.id not in number:
                number[own.id] = len(rho)
                rho.append(own.rho if row is None else float(drawn_rho(own)[row]))
            group[at] = number[own.id]
    return group, np.array(rho)


@dataclass(frozen=True, eq=False)
class Causes:
    """P(set) by the leak and by each true source, (1 + sources, F), and P(present), (F,)."""

    fire: Floats
    chance: Floats


def causes(figures: Figures, states: dict[int, int], examined: Examined) -> Causes:
    """What sets the findings of a patient; `states`: the state of each true leaf.

    A sided finding is that of the examined side; a source on the other side does not set it.
    """
    fire = np.zeros((1 + len(states), figures.leak.size))
    fire[0] = figures.leak
    present, absent = np.zeros(figures.leak.size), np.zeros(figures.leak.size)
    for number, (leaf, state) in enumerate(states.items(), start=1):
        links = figures.leaves[leaf]
        reached = ~figures.sided[links.rows] | (state in REACHES[examined])
        fire[number, links.rows] = links.fire * reached
        present[links.rows] += links.against_present * reached
        absent[links.rows] += links.against_absent * reached
    unset = np.prod(1 - fire, axis=0)
    odds = (1 - unset) * np.exp(present), unset * np.exp(absent)
    return Causes(fire, odds[0] / (odds[0] + odds[1]))


def drawn_findings(
    figures: Figures,
    found: Causes,
    rho: float | None,
    effect: Effect,
    rng: np.random.Generator,
) -> tuple[NDArray[np.bool_], Floats]:
    """Which findings are present, (F,), and how far: uniform in 0..1 among those present (or
    absent), lowest for those furthest beyond the threshold.
    """
    share = figures.rho(rho)
    if effect == "given_sources":
        uniform = _together(figures, share, rng)
        present = uniform < found.chance
        above = (uniform - found.chance) / np.maximum(1 - found.chance, 1e-12)
        return present, np.where(present, uniform / np.maximum(found.chance, 1e-12), above)
    each = np.stack([_together(figures, share, rng) for _ in found.fire])
    is_set = (each < found.fire).any(axis=0)
    unset = np.prod(1 - found.fire, axis=0)
    # Sources that speak against a finding take it away from some of those that have it.
    stays = rng.random(is_set.size) < found.chance / np.maximum(1 - unset, 1e-12)
    return is_set & stays, rng.random(is_set.size)


def _together(figures: Figures, rho: Floats, rng: np.random.Generator) -> Floats:
    """Uniform numbers (F,), correlated within groups on the normal scale."""
    of_group = rng.standard_normal(figures.group_rho.size)
    own = rng.standard_normal(rho.size)
    common = np.where(figures.group >= 0, of_group[np.maximum(figures.group, 0)], 0.0)
    return normal_cdf(np.sqrt(rho) * common + np.sqrt(1 - rho) * own)
