"""What is gained by acting now on what is known: the value of a test for the treatment.

The utility of acting on family f, with n_g the expected number of true sources of family g:

    U(f) = sum over g of n_g * (c_fg * benefit_g - (1 - c_fg) * harm_g) - burden_f

c_fg is the share of what g needs that acting on f does (1 for f itself). One unit is a common
source treated rightly; all of it is judgement. U is linear in the probabilities, so what an
answer is expected to add, E[max U after] - max U now, is never negative: a test that cannot
change what is done adds 0.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from hipspine.evidence import Evidence, evidence
from hipspine.pain_sources.leaks import Floats

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Decisions:
    """Families in table order; `of_leaf` (leaves, F) 0 or 1; `value` (F acting, F true) a source;
    `burden` (F,). Leaves are in the order of the conditions table, as in the network."""

    families: tuple[str, ...]
    of_leaf: Floats
    value: Floats
    burden: Floats

    def utilities(self, probability: Floats) -> Floats:
        """The utility of acting on each family; probability (B, leaves) -> (B, F)."""
        by_family = probability @ self.of_leaf
        utility: Floats = by_family @ self.value.T - self.burden
        return utility


@cache
def decisions() -> Decisions:
    """Of the tables of this package."""
    return decisions_of(evidence())


def decisions_of(tables: Evidence) -> Decisions:
    """The tables as arrays."""
    families = tuple(tables.treatment_families)
    index = {family: i for i, family in enumerate(families)}
    rows = list(tables.treatment_families.values())
    benefit = np.array([row.benefit for row in rows])
    harm = np.array([row.harm_if_missed for row in rows])
    covered = np.eye(len(families))
    for row in tables.treatment_covers:
        covered[index[row.acting_on], index[row.true_family]] = row.share
    of_leaf = np.zeros((len(tables.leaves), len(families)))
    for i, leaf in enumerate(tables.leaves):
        of_leaf[i, index[tables.treatment_decisions[leaf.id].family]] = 1.0
    return Decisions(
        families=families,
        of_leaf=of_leaf,
        value=covered * benefit - (1 - covered) * harm,
        burden=np.array([row.burden for row in rows]),
    )


def expected_utility(probability: Floats) -> tuple[Floats, Indices]:
    """The utility of the best thing to do and which family that is.

    probability (B, leaves) -> (B,) and (B,) indices into `decisions().families`.
    """
    utility = decisions().utilities(probability)
    best = utility.argmax(axis=1)
    return utility[np.arange(len(utility)), best], best


def expected_gain(present: Floats, if_present: Floats, if_absent: Floats) -> Floats:
    """What each of T answers is expected to add to the utility of the best thing to do, (T,).

    present (T,): probability that the finding is there; if_present, if_absent (T, leaves):
    posteriors after either answer. What is known now is their mean.
    """
    chance = present[:, None]
    now, _ = expected_utility(chance * if_present + (1 - chance) * if_absent)
    yes, _ = expected_utility(if_present)
    no, _ = expected_utility(if_absent)
    gain: Floats = present * yes + (1 - present) * no - now
    return np.clip(gain, 0.0, None)
