"""Which findings of a simulated patient a clinician gets to know.

A body map first; then what one would ask and examine for the two sources that the map suggests,
the tests of one structure as a battery (these correlate), and some others at random; images,
blood tests and blocks in some. What is looked for depends on what is known so far, never on the
truth itself, and what is looked for and not found is told too. No two findings are asked of which
one follows from the other. How much is asked, in whom, is judgement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from hipspine.evidence import evidence
from hipspine.findings.model import denied, implied
from hipspine.pain_sources.ageing import decade_of
from hipspine.pain_sources.leaks import Floats
from hipspine.pain_sources.simulated_body import BOTH, Figures, causes, figures_of

BODY_MAP = (
    *("pain_low_back", "pain_buttock", "pain_groin", "pain_lateral_hip", "pain_anterior_thigh"),
    *("pain_posterior_thigh", "pain_knee", "pain_calf", "pain_shin_anterior", "pain_heel"),
)
#: Share of the places that are asked for.
MARKED = 0.85
BEDSIDE = ("history", "exam")
#: Fewest and most findings: for each of two suspected sources, in one battery, and at random.
FOR_A_SUSPECT, BATTERY, OTHERS = (1, 3), (2, 4), (2, 4)


@dataclass(frozen=True, slots=True)
class Further:
    """Findings of a stage that some patients have: in what share, fewest and most."""

    stage: str
    share: float
    fewest: int
    most: int


FURTHER = {
    "spine_and_hip_clinic": (
        Further("imaging", 0.6, 2, 4),
        Further("lab", 0.3, 1, 2),
        Further("block", 0.12, 1, 1),
    ),
    "primary_care": (Further("imaging", 0.2, 1, 2), Further("lab", 0.15, 1, 2)),
}


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What is known of findings in general, by row of `Figures`.

    alone (F, leaves): P(present) when one source alone is true; related (F, F): one finding
    follows from the other, or is an item of it.
    """

    figures: Figures
    alone: Floats
    worth: Floats
    stage: NDArray[np.str_]
    related: NDArray[np.bool_]


def knowledge(age: float) -> Knowledge:
    """The published figures at an age in years, as a clinician knows them."""
    return _at_decade(decade_of(age))


@cache
def _at_decade(decade: int) -> Knowledge:
    figures = figures_of(decade)
    count = len(figures.leaves)
    alone = np.stack([causes(figures, {d: BOTH}, None).chance for d in range(count)], axis=1)
    stage = np.array([evidence().findings[name].stage for name in figures.names])
    worth = np.abs(alone - figures.leak[:, None])
    return Knowledge(figures, alone, worth, stage, _related(figures.names))


@lru_cache(maxsize=2)
def _related(names: tuple[str, ...]) -> NDArray[np.bool_]:
    row = {name: number for number, name in enumerate(names)}
    related = np.zeros((len(names), len(names)), bool)
    clusters = evidence().clusters
    for name, number in row.items():
        wider = implied(name) | denied(name)
        summed = {c.id for c in clusters.values() if not {name, *wider}.isdisjoint(c.items)}
        for other in wider | summed | {name}:
            if other in row:
                related[number, row[other]] = related[row[other], number] = True
    return related


def examination(
    known: Knowledge,
    priors: Floats,
    present: NDArray[np.bool_],
    further: Sequence[Further],
    rng: np.random.Generator,
) -> list[int]:
    """The rows of `Figures` that are looked for, in the order of looking."""
    names = known.figures.names
    asked = [names.index(p) for p in BODY_MAP if p in names and rng.random() < MARKED]
    bedside = np.isin(known.stage, BEDSIDE) & ~np.isin(names, BODY_MAP)
    suspects = _suspects(known, priors, present, asked, rng)
    weight = _battery(known, suspects[0], bedside)
    asked += _chosen(known, weight, _between(BATTERY, rng), asked, rng)
    for suspect in suspects:
        weight = known.worth[:, suspect] ** 2 * bedside
        asked += _chosen(known, weight, _between(FOR_A_SUSPECT, rng), asked, rng)
    asked += _chosen(known, bedside.astype(float), _between(OTHERS, rng), asked, rng)
    for one in further:
        if rng.random() < one.share:
            suspect = _suspects(known, priors, present, asked, rng)[0]
            weight = known.worth[:, suspect] ** 2 * (known.stage == one.stage)
            asked += _chosen(known, weight, _between((one.fewest, one.most), rng), asked, rng)
    return asked


def _suspects(
    known: Knowledge,
    priors: Floats,
    present: NDArray[np.bool_],
    asked: Sequence[int],
    rng: np.random.Generator,
) -> list[int]:
    """Two sources that explain well what is known so far, each as if it were the only one."""
    chance = np.clip(known.alone[list(asked)], 0.01, 0.99)
    told = present[list(asked), None]
    log = np.log(priors) + np.log(np.where(told, chance, 1 - chance)).sum(axis=0)
    return [int(d) for d in np.argsort(-(log + rng.gumbel(size=log.size)))[:2]]


def _battery(known: Knowledge, suspect: int, bedside: NDArray[np.bool_]) -> Floats:
    """Weights (F,) of the bedside tests of the group that tells most about a source."""
    worth = known.worth[:, suspect] * bedside
    grouped = known.figures.group >= 0
    total = np.bincount(known.figures.group[grouped], worth[grouped])
    battery: Floats = worth * (known.figures.group == total.argmax())
    return battery


def _between(ends: tuple[int, int], rng: np.random.Generator) -> int:
    return int(rng.integers(ends[0], ends[1] + 1))


def _chosen(
    known: Knowledge, weight: Floats, count: int, asked: Sequence[int], rng: np.random.Generator
) -> list[int]:
    """Up to `count` findings, the weightier ones more often, none related to one asked."""
    free = ~known.related[list(asked)].any(axis=0)
    with np.errstate(divide="ignore"):
        keys = np.where(free, np.log(weight), -np.inf) + rng.gumbel(size=weight.size)
    chosen: list[int] = []
    while len(chosen) < count and np.isfinite(keys.max()):
        best = int(keys.argmax())
        chosen.append(best)
        keys[known.related[best]] = -np.inf
    return chosen
