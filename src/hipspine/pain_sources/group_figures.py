"""A published figure of a group of sources, held on average over the sources of the group.

Studies report on "any radiculopathy", the network has its roots. Where the figure of each root
is a judgement, the judgement keeps its say on how the roots differ, and the study on how often
the finding is present over all: every sensitivity moves by one constant in log odds until the
mean, weighted by how common the roots are, is the published figure.
"""

import numpy as np

from hipspine.pain_sources.leaks import Floats

#: No figure moves further than this in log odds (a factor of 55 in the odds).
MOST_SHIFT = 4.0
_HALVINGS = 60


def shift_to_hold(p: Floats, weight: Floats, target: float) -> float:
    """The constant that, added to the log odds of all, brings the weighted mean to `target`.

    p: probabilities (L,) and target inside 0..1; weight (L,) above 0. Within +-MOST_SHIFT.
    """
    share = weight / weight.sum()
    low, high = -MOST_SHIFT, MOST_SHIFT
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        short = share @ moved(p, middle) < target
        low, high = (middle, high) if short else (low, middle)
    return (low + high) / 2


def moved(p: Floats, shift: float) -> Floats:
    """Probabilities moved by a constant in log odds, (L,): their odds ratios stay as they are."""
    log_odds = np.log(p / (1 - p)) + shift
    probability: Floats = 1 / (1 + np.exp(-log_odds))
    return probability


def specificity_of_one(specificity: float, sensitivity: Floats, prevalence: Floats) -> Floats:
    """The specificity for each source alone that a specificity for the whole group implies, (L,).

    A study of the group compares with patients who have none of its sources; a patient without
    one source may have a sibling of it that makes the finding present:
    Sp_i = Sp * prod over siblings j of (1 - prevalence_j * fire_j), fire = 1 - (1 - Se) / Sp.
    """
    fire = np.clip(1 - (1 - sensitivity) / specificity, 0.0, 1.0)
    absent = 1 - prevalence * fire
    alone: Floats = specificity * absent.prod() / absent
    return alone


def patients_of_one(group: float, own: Floats, weight: Floats) -> Floats:
    """Patients that each source's shifted figure is worth, (L,).

    The study's variance is shared by all; what a source differs from the mean stays judgement
    (`own` patients), the less of it the more of the group the source is:
    1/n = 1/group + (1 - share)/own.
    """
    share = weight / weight.sum()
    worth: Floats = 1 / (1 / group + (1 - share) / own)
    return worth
